"""A round that runs already: who holds it, where it stops, when if anybody tells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.access.unreached.model import Venue, VenueKind
from maillage.access.visits.opening import ranges_on
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import Point
from maillage.territory.departements import departement


@dataclass(frozen=True, slots=True)
class ExistingStop:
    """A stop as told; ``horaires`` in OSM opening_hours syntax, None = not told.

    ``lieu_id`` is the lieu of the directory that stands there, None where none is known.
    """

    id: str
    name: str
    code_insee: str
    commune: str
    point: Point | None
    horaires: str | None = None
    lieu_id: str | None = None

    def minutes_on(self, dates: tuple[dt.date, ...]) -> int | None:
        """Return how many minutes people are received on these dates, None where not told."""
        if self.horaires is None:
            return None
        where = departement(self.code_insee)
        days = [ranges_on(self.horaires, day, where) for day in dates]
        if None in days:
            return None
        return sum(end - start for ranges in days for start, end in ranges or ())


@dataclass(frozen=True, slots=True)
class ExistingRound:
    """The stops of one operator, in order of id."""

    operator: str
    telephone: str | None
    stops: tuple[ExistingStop, ...]
    findings: tuple[Finding, ...] = ()

    def venues(self) -> tuple[Venue, ...]:
        """Return the stops that stand somewhere, as places whose reach can be looked for."""
        return tuple(
            Venue(
                id=stop.id,
                name=stop.name,
                code_insee=stop.code_insee,
                commune=stop.commune,
                lon=stop.point.lon,
                lat=stop.point.lat,
                kind=VenueKind.STOP,
                lieu_id=stop.lieu_id,
            )
            for stop in self.stops
            if stop.point is not None
        )
