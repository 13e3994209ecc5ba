"""What the cells of a column look like: phones, dates, addresses, words."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maillage.directory.mapping.addresses import whole_address
from maillage.directory.mapping.cells import first_of_month, says, tells_nothing
from maillage.directory.mapping.model import Part
from maillage.kernel.findings import Where
from maillage.kernel.words import plain
from maillage.standard.cells import number, without_decimals
from maillage.standard.codes import parse_pivot
from maillage.standard.dates import parse_date
from maillage.standard.html_text import without_html
from maillage.tables.model import Table

_PHONE = re.compile(r"(?:(?:\+|00)\d{2,3}[\s.()-]*|0|(?=[1-9]))[1-9](?:[\s.()/-]*\d){8}(?!\d)")
_SHORT_PHONE = re.compile(r"(?:1\d{3}|3\d{3}|3\d \d\d|08\d{2}(?: \d{3}){2})")
_EMAIL = re.compile(r"[^@\s]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}(?:/\S*)?", re.IGNORECASE)
_POSTAL = re.compile(r"\d{2} ?\d{3}|\d{4}")
_INSEE = re.compile(r"\d{5}|2[AB]\d{3}")
_HOUSE = re.compile(r"\d{1,4}(?: ?(?:bis|ter|quater|[a-d]))?", re.IGNORECASE)
_WAY = re.compile(
    r"\b(?:rue|avenue|av|bd|boulevard|place|pl|route|chemin|allee|impasse|square|quai|cours|bourg"
    r"|village|mairie|parc|rond point|centre|zone|za|zi|lieu dit)\b"
)
_TIMES = re.compile(r"\d{1,2}\s*(?:h|:)|ferme|lundi|mardi|mercredi|jeudi|vendredi|rendez", re.I)
_LONG = 25  # signs: a description is longer than a name of place


@dataclass(frozen=True, slots=True)
class Profile:
    """The told cells of a column, without HTML, and how many times each stands."""

    column: str
    n_rows: int
    times: Mapping[str, int]

    @property
    def n_told(self) -> int:
        """How many rows tell it."""
        return sum(self.times.values())

    def share(self, looks: Callable[[str], bool]) -> float:
        """Return the share (0-1) of told cells that look so."""
        told = self.n_told
        return sum(n for text, n in self.times.items() if looks(text)) / told if told else 0.0

    def examples(self, most: int = 3) -> tuple[str, ...]:
        """Return the most usual cells, in order of text where they are as usual."""
        ranked = sorted(self.times.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(text for text, _ in ranked[:most])


def profiles_of(table: Table) -> dict[str, Profile]:
    """Return the profile of each column, those that tell nothing included."""
    counts: dict[str, Counter[str]] = {column: Counter() for column in table.columns}
    for row in table.rows:
        for column, text in row.cells.items():
            if not tells_nothing(bare := without_html(text)):
                counts[column][bare] += 1
    n_rows = len(table.rows)
    return {c: Profile(c, n_rows, MappingProxyType(counts[c])) for c in table.columns}


def _is_phone(text: str) -> bool:
    """Whether a cell looks like a number: its validity is asked later, of far fewer cells."""
    return bool(_PHONE.match(text) or _SHORT_PHONE.fullmatch(text))


def _is_date(text: str) -> bool:
    if text.isdigit() and len(text) < 8:  # a number of five digits may be anything
        return False
    told, doubts = parse_date(text, Where(), dt.date.max)
    return (told is not None and not doubts) or first_of_month(text) is not None


def _is_url(text: str) -> bool:
    return "@" not in text and bool(_URL.match(text))


def _is_name(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in text)
    return 2 < len(text) <= 150 and letters * 2 > len(text) and not _is_url(text)


def _is_commune(text: str) -> bool:
    return 1 < len(text) <= 50 and not any(sign.isdigit() for sign in text) and "@" not in text


def _is_pivot(text: str) -> bool:
    bare = without_decimals(text)
    if not bare.strip("0"):
        return True  # the placeholder of an unknown number
    return len(bare.replace(" ", "")) >= 9 and parse_pivot(bare, Where())[0] is not None


def _is_street(text: str) -> bool:
    return bool(_WAY.search(plain(text))) or bool(_HOUSE.match(text) and _is_name(text))


def is_whole_address(text: str) -> bool:
    """Say whether a cell tells a postal code beside its street."""
    told = whole_address(text)
    return Part.POSTAL in told and Part.COMMUNE in told


def is_house_number(text: str) -> bool:
    """Say whether a cell is a number in a street: 12, 4 bis."""
    return bool(_HOUSE.fullmatch(without_decimals(text)))


def is_yes_or_no(text: str) -> bool:
    """Say whether a cell answers by yes or no."""
    return says(text) is not None


def is_number(text: str) -> bool:
    """Say whether a cell is a number."""
    return number(text) is not None


LOOKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "pivot": _is_pivot,
        "nom": _is_name,
        "commune": _is_commune,
        "code_postal": lambda text: bool(_POSTAL.fullmatch(without_decimals(text))),
        "code_insee": lambda text: bool(_INSEE.fullmatch(without_decimals(text))),
        "adresse": _is_street,
        "complement_adresse": lambda text: len(text) <= 150,
        "telephone": _is_phone,
        "courriels": lambda text: bool(_EMAIL.search(text)),
        "site_web": _is_url,
        "horaires": lambda text: bool(_TIMES.search(text)),
        "presentation_detail": lambda text: len(text) >= _LONG,
        "structure_parente": _is_name,
        "date_maj": _is_date,
        "prise_rdv": _is_url,
        "fiche_acces_libre": lambda text: _is_url(text) and "acceslibre" in text,
    }
)
"""How the cells of a field without closed vocabulary look, by field."""
