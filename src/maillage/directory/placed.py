"""Records in their commune, with the keys of their names and addresses there."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from maillage.directory.gazetteer import Gazetteer
from maillage.directory.geocoding.model import FoundPoint
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.keys import address_key, name_key, origin_key
from maillage.directory.locate import Location, locate
from maillage.directory.model import Precision
from maillage.directory.record_key import RecordKey
from maillage.kernel.findings import Finding
from maillage.kernel.words import commune_key


@dataclass(frozen=True, slots=True)
class Placed:
    """A record in its commune, with the keys of its name and address there."""

    sourced: SourcedRecord
    location: Location
    area: str
    commune: str | None
    name: str
    address: str

    @property
    def key(self) -> RecordKey:
        """The name of its record for ever."""
        return self.sourced.key

    @property
    def keys(self) -> list[Hashable]:
        """What it shares with the records of the same permanence."""
        origin = origin_key(self.sourced)
        by_id: list[Hashable] = [("id", origin, "at", self.area), ("id", origin, "is", self.name)]
        return [*by_id, *place_keys(self.name, self)]


def place_keys(name: str, placed: Placed) -> list[Hashable]:
    """Return the key of a name at an address or, where none is told, at a point; none else."""
    if placed.address:
        return [("place", name, placed.area, placed.address)]
    if placed.location.precision is Precision.ADDRESS:
        return [("point", name, placed.area, rounded(placed.location))]
    return []


def rounded(location: Location) -> tuple[float, float] | None:
    """Return the point to some ten metres, None where there is none."""
    point = location.point
    return (round(point.lon, 4), round(point.lat, 4)) if point else None


def place_records(
    records: Sequence[SourcedRecord], gazetteer: Gazetteer, points: Sequence[FoundPoint] = ()
) -> tuple[list[Placed], list[Finding]]:
    """Return the records that stand here or near, the oldest first, and the doubts of all.

    ``points`` are those that a geocoder found for some of them.
    """
    placed: list[Placed] = []
    proposals = {(p.key.source_id, p.key.record_id): p.proposal for p in points}
    doubts: list[Finding] = []
    for sourced in sorted(records, key=lambda r: (*r.order, r.record.nom or "")):
        location, found = locate(sourced, gazetteer, proposals)
        doubts += found
        if location is not None:
            placed.append(_placed(sourced, location))
    return placed, doubts


def _placed(sourced: SourcedRecord, location: Location) -> Placed:
    record = sourced.record
    commune = location.commune if location.code_insee else record.commune
    told = record.code_postal or commune_key(record.commune or "")
    return Placed(
        sourced,
        location,
        area=location.code_insee or f"? {told}",
        commune=commune,
        name=name_key(record.nom, commune),
        address=address_key(record.adresse, record.code_postal, commune),
    )
