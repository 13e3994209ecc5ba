"""Records in their commune, and those of one permanence put together.

What tells a permanence, a lieu or a structure apart is read from the merged record alone, and rows
are put together until nothing more can be: so a directory that is written and read again is the
same directory.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

from maillage.directory.gazetteer import Gazetteer
from maillage.directory.groups import grouped
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.keys import address_key, is_itinerant, name_key, origin_key
from maillage.directory.locate import Location, locate
from maillage.directory.merge import freshest_first, merge
from maillage.directory.model import Precision
from maillage.kernel.findings import Finding
from maillage.kernel.ids import make_id
from maillage.kernel.words import commune_key, plain
from maillage.standard.record import MednumRecord


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
    def keys(self) -> list[Hashable]:
        """What it shares with the records of the same permanence."""
        origin = origin_key(self.sourced)
        by_id: list[Hashable] = [("id", origin, "at", self.area), ("id", origin, "is", self.name)]
        return [*by_id, *place_keys(self.name, self)]

    def id(self, prefix: str) -> str:
        """Return the opaque id of a thing whose oldest record it is."""
        ref = self.sourced.ref
        return make_id(prefix, ref.source_id, ref.record_id)


@dataclass(frozen=True)
class Presence:
    """The records of one permanence, oldest first, and the one that tells its address best."""

    members: tuple[Placed, ...]
    best: Placed
    record: MednumRecord

    @property
    def first(self) -> Placed:
        """The oldest record: the one that ids are made of."""
        return self.members[0]

    @cached_property
    def name(self) -> str:
        """The key of its name in its commune."""
        return name_key(self.record.nom, self.best.commune)

    @cached_property
    def itinerant(self) -> bool:
        """Whether it is on the move."""
        return is_itinerant(self.record)

    @property
    def collector(self) -> str:
        """Who tells it: the collector its rows name, else the source of the oldest."""
        return plain(self.record.source or self.first.sourced.ref.source_id)

    @property
    def keys(self) -> list[Hashable]:
        """What it shares with the same permanence told by others: as its rows do, and as one."""
        own = [key for member in self.members for key in member.keys]
        return [*own, *place_keys(self.name, self.best)]


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


def presences_of(
    records: Sequence[SourcedRecord], gazetteer: Gazetteer
) -> tuple[list[Presence], list[Finding]]:
    """Return the permanences of the records that stand here or near, and the doubts of all."""
    placed: list[Placed] = []
    doubts: list[Finding] = []
    for sourced in sorted(records, key=lambda r: (*r.order, r.record.nom or "")):
        location, found = locate(sourced, gazetteer)
        doubts += found
        if location is not None:
            placed.append(_placed(sourced, location))
    return _put_together(placed), doubts


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


def _put_together(placed: Sequence[Placed]) -> list[Presence]:
    """Return the permanences; one that, merged, tells the place of another is the same."""
    groups = [[placed[i] for i in group] for group in grouped([p.keys for p in placed])]
    while True:
        presences = [_presence(group) for group in groups]
        joined = grouped([presence.keys for presence in presences])
        if len(joined) == len(presences):
            return presences
        groups = [
            sorted((m for i in group for m in presences[i].members), key=_age) for group in joined
        ]


def _age(placed: Placed) -> tuple[object, ...]:
    return (*placed.sourced.order, placed.sourced.record.nom or "")


def _presence(members: list[Placed]) -> Presence:
    by_record = {id(m.sourced): m for m in members}
    fresh = [by_record[id(sourced)] for sourced in freshest_first(m.sourced for m in members)]
    address = next((m.address for m in fresh if m.address), "")
    best = min(
        fresh,
        key=lambda m: (m.address != address, m.location.precision is not Precision.ADDRESS),
    )
    record = merge([m.sourced for m in members], members[0].id("permanence"), best.sourced)
    return Presence(tuple(members), best, record)
