"""The catalogue of public sources: each declared once, in ``catalogue.yaml``."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from maillage.sources.formats import Format

FILE = Path(__file__).parent / "catalogue.yaml"
WHOLE_FRANCE = "france"
TERRITORY, EXTRACT = "{siren}", "{extract}"

FEEDS: Mapping[str, str] = {
    "territory": "le territoire",
    "directory": "l'annuaire",
    "suggestions": "la recherche d'un territoire",
    "activity": "l'activité des conseillers",
    "hubs": "la reprise de fichiers de hubs",
    "surroundings": "les revenus autour des lieux",
    "checks": "la vérification des calculs",
    "timetables": "les horaires de transport",
    "journeys": "les trajets sans voiture",
    "streets": "les rues",
    "texts": "les textes de référence",
    "surveys": "les enquêtes",
}


class LiveStatus(enum.Enum):
    """What is known of a source's address."""

    VERIFIED = ("verified", "adresse vérifiée")
    ON_REQUEST = ("on-request", "adresse vérifiée, téléchargée seulement si on le demande")
    LEFT_OUT = ("left-out", "publiée, non téléchargée d'office")
    UNKNOWN = ("unknown", "adresse inconnue")
    ASSEMBLED = ("assembled", "assemblée pour un territoire, sans adresse")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label

    @property
    def is_verified(self) -> bool:
        """Whether there is an address to download from."""
        return self in {LiveStatus.VERIFIED, LiveStatus.ON_REQUEST}


class VintageRule(enum.Enum):
    """How a downloaded copy is dated."""

    DECLARED = ("declared", "le millésime déclaré vaut pour toute copie")
    DATED = ("dated", "une copie porte la date du serveur, à défaut celle du téléchargement")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Source:
    """One public source. Texts are French, as ``maillage sources`` shows them.

    ``live`` and ``mirror`` are templates that may hold ``{siren}``, where each EPCI has its file,
    or ``{extract}``, where each extract of OpenStreetMap has (``extracts.yaml``): their *key*.
    Beside the live file stands its MD5, where ``checksum`` says what its address ends with.
    ``only_for`` names the EPCI that a source speaks of (empty: any). ``about_bytes`` is a hint of
    its size, None where it was never seen. ``names_territory``: where this source is not there, the
    EPCI is unknown. ``by_hand`` tells how people get what is not downloaded. ``stands_for`` is the
    wider source that is not needed where this one, cut from it, is at hand.
    """

    id: str
    name: str
    publisher: str
    licence: str
    format: Format
    vintage: str
    vintage_rule: VintageRule
    live_status: LiveStatus
    feeds: tuple[str, ...]
    required: bool
    for_what: str
    mirror: str | None = None
    live: str | None = None
    live_format: Format | None = None
    live_verified: str | None = None
    licence_url: str | None = None
    page: str | None = None
    only_for: tuple[str, ...] = ()
    names_territory: bool = False
    about_bytes: int | None = None
    checksum: str | None = None
    by_hand: str | None = None
    stands_for: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def by_territory(self) -> bool:
        """Whether each EPCI has its own file."""
        return self._holds(TERRITORY)

    @property
    def by_extract(self) -> bool:
        """Whether each extract of OpenStreetMap is a file: an EPCI may need several."""
        return self._holds(EXTRACT)

    @property
    def format_when_live(self) -> Format:
        """The format of the downloaded file, which may not be the mirror's."""
        return self.live_format or self.format

    def concerns(self, siren: str) -> bool:
        """Whether this source may speak of that EPCI."""
        return not self.only_for or siren in self.only_for

    def live_address(self, key: str) -> str | None:
        """Return the address to download for one key, None where none is known."""
        return None if self.live is None else _filled(self.live, key)

    def checksum_address(self, key: str) -> str | None:
        """Return where the MD5 of the live file stands, None where none is published."""
        address = self.live_address(key)
        return None if address is None or self.checksum is None else address + self.checksum

    def mirror_path(self, key: str) -> str | None:
        """Return the path in a mirror folder for one key, None where the mirror has no place."""
        return None if self.mirror is None else _filled(self.mirror, key)

    def public_address(self, key: str) -> str | None:
        """Return the address people are told: the file's where it is known, else its page."""
        return self.live_address(key) or self.page

    def copy_key(self, key: str) -> str:
        """Return what tells apart the copies kept of this source: its key, or all France."""
        return key if self.by_territory or self.by_extract else WHOLE_FRANCE

    def _holds(self, place: str) -> bool:
        return any(place in template for template in (self.live, self.mirror) if template)


def _filled(template: str, key: str) -> str:
    return template.replace(TERRITORY, key).replace(EXTRACT, key)


class Catalogue:
    """All sources, in the order in which they are read."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self._by_id = {source.id: source for source in sources}

    def __iter__(self) -> Iterator[Source]:
        """Go through the sources in order."""
        return iter(self.sources)

    def __getitem__(self, source_id: str) -> Source:
        """Return one source. An unknown id is a KeyError: ids are written in code, not typed."""
        return self._by_id[source_id]

    def feeding(self, room: str, siren: str) -> tuple[str, ...]:
        """Return the ids of the sources that feed a room for one EPCI, in order."""
        return tuple(s.id for s in self.sources if room in s.feeds and s.concerns(siren))


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """Return the catalogue that comes with Maillage."""
    return read_catalogue(FILE)


def read_catalogue(path: Path) -> Catalogue:
    """Return the catalogue written in a YAML file; a badly written entry is a TypeError."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Catalogue(tuple(_source(entry) for entry in entries))


def _source(entry: Mapping[str, Any]) -> Source:
    words = dict(entry)
    formats = {kind.code: kind for kind in Format}
    statuses = {status.code: status for status in LiveStatus}
    rules = {rule.code: rule for rule in VintageRule}
    words["format"] = formats[words["format"]]
    if "live_format" in words:
        words["live_format"] = formats[words["live_format"]]
    words["live_status"] = statuses[words["live_status"]]
    words["vintage_rule"] = rules[words["vintage_rule"]]
    for name in ("feeds", "only_for", "notes"):
        words[name] = tuple(words.get(name, ()))
    return Source(**words)
