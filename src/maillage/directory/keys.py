"""The keys by which records meet: names, addresses and ids written alike are the same."""

from __future__ import annotations

import re

from maillage.directory.intake.records import SourcedRecord
from maillage.kernel.words import commune_key, plain
from maillage.standard import mednum
from maillage.standard.record import MednumRecord

_SMALL = {"d", "de", "des", "du", "l", "la", "le", "les", "a", "au", "aux", "et", "en"}
_LONG = {
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "pl": "place",
    "r": "rue",
    "rte": "route",
    "che": "chemin",
    "chem": "chemin",
    "all": "allee",
    "imp": "impasse",
    "sq": "square",
    "res": "residence",
    "fbg": "faubourg",
    "fg": "faubourg",
    "gal": "general",
    "gl": "general",
    "mal": "marechal",
    "st": "saint",
    "ste": "sainte",
    "b": "bis",
}
_WAYS = "rue|avenue|boulevard|place|route|chemin|allee|impasse|square|quai|cours|residence|faubourg"
_NUMBERED = re.compile(rf"\b\d+ (?:(?:bis|ter|quater|\d+) )?(?:{_WAYS})\b")
_SQUARE = re.compile(r"(?:grand )?(?:place|square|parvis|esplanade)\b")
_GLUED_LETTER = re.compile(r"\b(\d+)(bis|ter|quater|[a-d])\b")
# fmt: off
_MOVING = {
    "mobile", "itinerant", "itinerante", "itinerants", "itinerantes", "itinerance", "bus",
    "camion", "fourgon", "camionnette", "caravane", "ambulant", "ambulante",
}
# fmt: on


def name_key(nom: str | None, commune: str | None) -> str:
    """Return the key of a name within a commune, whose own name and small words are set aside.

    >>> name_key("France Services - HAISNES", "Haisnes") == name_key("France services", "HAISNES")
    True
    >>> name_key("Mairie d'Ames", "Ames")
    'mairie'
    """
    words = plain(nom or "").split()
    bare = _without(words, commune_key(commune or "").split()) or words
    return " ".join(w for w in bare if w not in _SMALL) or " ".join(words)


def _without(words: list[str], commune: list[str]) -> list[str]:
    """Return the words without those of the commune, where they stand together."""
    key = [{"st": "saint", "ste": "sainte"}.get(w, w) for w in words]
    for start in range(len(key) - len(commune), -1, -1):
        if commune and key[start : start + len(commune)] == commune:
            return words[:start] + words[start + len(commune) :]
    return words


def operator_name(nom: str, commune: str | None) -> str:
    """Return a name without its commune, fit to be shown: "PIMMS Mobile Béthune" → "PIMMS Mobile".

    The name itself where nothing would be left, or where the commune is not one of its words.
    """
    parts = nom.split()
    wanted = commune_key(commune or "").split()
    for start in range(len(parts)):
        for end in range(len(parts), start, -1):
            if wanted and commune_key(" ".join(parts[start:end])).split() == wanted:
                left = _trimmed(parts[:start] + parts[end:])
                return left or nom
    return nom


def _trimmed(parts: list[str]) -> str:
    while parts and (plain(parts[-1]) in _SMALL or not plain(parts[-1])):
        parts = parts[:-1]
    return " ".join(parts)


def address_key(adresse: str | None, code_postal: str | None, commune: str | None) -> str:
    """Return the key of an address within its commune; "" where none is told.

    Ways are written in full, postal code, commune and small words set aside.

    >>> address_key("PL DU 8 MAI 62840 LAVENTIE", "62840", "Laventie")
    'place 8 mai'
    """
    text = _GLUED_LETTER.sub(r"\1 \2", plain(adresse or ""))
    words = [_LONG.get(word, word) for word in text.split()]
    if code_postal and code_postal in words[1:]:
        words = words[: words.index(code_postal, 1)]
    else:
        tail = commune_key(commune or "").split()
        if tail and len(words) > len(tail) and words[-len(tail) :] == tail and len(words) > 3:
            words = words[: -len(tail)]
    bare = [w for w in words if w not in _SMALL]
    return " ".join(w for i, w in enumerate(bare) if i == 0 or w != bare[i - 1])


def is_telling(address: str) -> bool:
    """Whether an address key names one place: a number in a way, or a square.

    A street without a number does not: two places of one long street are two.
    """
    return bool(_NUMBERED.search(address) or _SQUARE.match(address))


def origin_key(sourced: SourcedRecord) -> tuple[str, str]:
    """Return the collector and the collector's own id: the same row told by several files.

    The regional hub writes ``374-mediation-numerique-france-services`` for the France Services
    that the national list numbers 374.
    """
    collector = plain(sourced.record.source or sourced.ref.source_id)
    return collector.replace(" ", "-"), own_id(collector, sourced.ref.record_id)


def own_id(collector: str, record_id: str) -> str:
    """Return a collector's own id of a row, without the marks that those who pass it on add.

    >>> own_id("france services", "374-mediation-numerique-france-services")
    '374'
    """
    collector = collector.replace(" ", "-")
    own = record_id
    for suffix in (f"-mediation-numerique-{collector}", f"-{collector}"):
        own = own.removesuffix(suffix)
    return own.removeprefix(f"{collector}--")


def is_itinerant(record: MednumRecord) -> bool:
    """Whether a place moves: it is told so or, where nothing is told, its name says so."""
    if record.itinerance is not None:
        return mednum.Itinerance.ITINERANT in record.itinerance
    return not _MOVING.isdisjoint(name_key(record.nom, record.commune).split())
