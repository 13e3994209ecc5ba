"""What an intake gives: records with the row they were made from, and which rows are wanted."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from maillage.directory.record_key import RecordKey
from maillage.kernel.provenance import SourceRef
from maillage.kernel.words import commune_key
from maillage.standard.cells import number, without_decimals
from maillage.standard.record import MednumRecord
from maillage.territory.departements import departement
from maillage.territory.model import Neighbour, Territory, Zone

# Some 4-5 km around the neighbours' points. No policy: it only says how many rows are looked at,
# where they stand is weighed later (``locate``). Wide is cheap, narrow loses places.
_MARGIN_DEG = 0.05
_READ_AS_CODE = re.compile(r"\d[\dAB]\d{3}")


@dataclass(frozen=True, slots=True)
class SourcedRecord:
    """A record of the national schema, the row it was made from, and the age of its file.

    ``vintage`` is the first day of the month or year that the file's own name tells; None where
    it tells none. It orders records that carry no date; it is never written as their date.
    """

    record: MednumRecord
    ref: SourceRef
    vintage: dt.date | None = None

    @property
    def key(self) -> RecordKey:
        """Its name for ever."""
        return RecordKey(self.ref.source_id, self.ref.record_id)

    @property
    def told_on(self) -> dt.date:
        """The record's own date, else its file's vintage, else the latest date there is."""
        return self.record.date_maj or self.vintage or dt.date.max

    @property
    def order(self) -> tuple[dt.date, str, str]:
        """The key that puts the oldest first, whatever the order of files and rows."""
        return (self.told_on, self.ref.source_id, self.ref.record_id)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of WGS84 degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point stands in the rectangle, its edges included."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


@dataclass(frozen=True, slots=True)
class RawPlace:
    """Where a row says it is, in the file's own words: read before anything costly is done."""

    code_postal: str | None = None
    code_insee: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    commune: str | None = None

    @property
    def told(self) -> bool:
        """Whether anything at all is said of the place."""
        return any((self.code_postal, self.code_insee, self.latitude, self.longitude, self.commune))


@dataclass(frozen=True, slots=True)
class Keep:
    """Which rows are wanted: one told sign is enough (a code, a point in the box, a name).

    A postal code is also looked for among INSEE codes and the other way round, and coordinates are
    tried in both orders: the rows that mix them up are to be found, not lost. ``names`` are keys
    (``commune_key``); a name counts where no code told is of another département than
    ``departements``: that one is a namesake's.
    """

    codes: frozenset[str] = frozenset()
    box: Box | None = None
    names: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()
    everything: bool = False

    def wants(self, place: RawPlace) -> bool:
        """Whether a row that says to be at that place is wanted."""
        if self.everything:
            return True
        codes = [_code(text) for text in (place.code_postal, place.code_insee) if text]
        if any(code in self.codes for code in codes):
            return True
        return self._in_box(place) or self._named(place.commune, codes)

    def _named(self, commune: str | None, codes: list[str]) -> bool:
        if not commune or commune_key(commune) not in self.names:
            return False
        told = [code for code in codes if _READ_AS_CODE.fullmatch(code)]
        return not told or any(departement(code) in self.departements for code in told)

    def _in_box(self, place: RawPlace) -> bool:
        if self.box is None or place.latitude is None or place.longitude is None:
            return False
        lat, lon = number(place.latitude), number(place.longitude)
        if lat is None or lon is None:
            return False
        return self.box.holds(lon, lat) or self.box.holds(lat, lon)


KEEP_ALL = Keep(everything=True)


def keep_around(territory: Territory) -> Keep:
    """Return the rows wanted for a territory: its communes, its neighbours, and the land around."""
    places: list[Zone | Neighbour] = [*territory.zones, *territory.neighbours]
    codes = {place.code_insee for place in places}
    codes |= {code for place in places for code in place.codes_postaux}
    if not places:
        return Keep()
    lons, lats = [p.point.lon for p in places], [p.point.lat for p in places]
    box = Box(
        min(lons) - _MARGIN_DEG,
        min(lats) - _MARGIN_DEG,
        max(lons) + _MARGIN_DEG,
        max(lats) + _MARGIN_DEG,
    )
    return Keep(
        codes=frozenset(codes),
        box=box,
        names=frozenset(commune_key(place.name) for place in places),
        departements=frozenset(departement(place.code_insee) for place in places),
    )


def _code(text: str) -> str:
    """Return a postal or INSEE code as it should read: "2100.0" is 02100, "62 400" is 62400."""
    return without_decimals(text).replace(" ", "").zfill(5)


_MONTH = re.compile(r"(?P<year>20\d\d)[-/](?P<month>0[1-9]|1[0-2])")
_YEAR = re.compile(r"(?P<year>20\d\d)")


def vintage_of(text: str) -> dt.date | None:
    """Return the first day that a dataset's vintage speaks of ("2024-08" → 1 August 2024)."""
    if match := _MONTH.search(text):
        return dt.date(int(match["year"]), int(match["month"]), 1)
    match = _YEAR.search(text)
    return dt.date(int(match["year"]), 1, 1) if match else None
