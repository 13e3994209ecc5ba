"""What the diagnosis tells of visits without a car."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.model import Catchment, ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.calendar import TypicalWeek
from maillage.access.visits.equity import VisitEquity
from maillage.access.visits.losses import Loss
from maillage.access.visits.measure import Bottleneck, Shortfall
from maillage.access.visits.model import Obstacle, VisitKind
from maillage.access.visits.unknown_hours import UnknownHours
from maillage.access.visits.variants import ShareRange
from maillage.kernel.geometry import FloatArray


@dataclass(frozen=True, slots=True)
class KindShares:
    """Who falls short of any service for one kind of visit: fewer than one half-day, than two."""

    kind: VisitKind
    shortfalls: tuple[Shortfall, ...]


@dataclass(frozen=True, slots=True)
class ModeShares:
    """Who falls short by one mode, by service; ``how`` says by what times."""

    mode: Mode
    how: str
    shortfalls: tuple[Shortfall, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OtherWeek:
    """The week of another type, beside the one that the figures are of.

    ``same_hours`` and ``same_timetable``: nothing known opens, or runs, otherwise; where both are
    so the figures are those of the first week, not searched again. ``shortfalls`` and
    ``half_days`` as in ``VisitsWithoutCar``; ``how`` are sentences on its timetables.
    """

    week: TypicalWeek
    same_hours: bool
    same_timetable: bool
    has_timetable: bool
    bus_is_missing: bool
    shortfalls: tuple[Shortfall, ...]
    half_days: FloatArray
    how: tuple[str, ...]

    @property
    def is_the_same(self) -> bool:
        """Whether nothing known tells the two weeks apart."""
        return self.same_hours and self.same_timetable


@dataclass(frozen=True, slots=True, eq=False)
class ZoneObstacles:
    """What stops those of each zone who can do no visit, at the usual hours.

    ``number`` (10, n_zones) is the Obstacle that stops the most of them, NONE where nobody is
    stopped, -1 where nobody lives; ``people`` (10, n_zones) how many are stopped by any.
    """

    number: npt.NDArray[np.int8]
    people: FloatArray

    def of(self, service: ServiceKey, zone: int) -> Obstacle | None:
        """Return the obstacle of one zone, None where nobody lives."""
        number = int(self.number[SERVICE_KEYS.index(service), zone])
        return next((one for one in Obstacle if one.number == number), None)


@dataclass(frozen=True, slots=True)
class LineEnd:
    """What the end of one line would take away of any service, at the usual hours."""

    label: str
    loss: Bounds[Loss]


@dataclass(frozen=True, slots=True)
class LineEnds:
    """Of the ``n_lines`` that call here, those whose end was measured and is felt, worst first."""

    n_lines: int
    n_measured: int
    ends: tuple[LineEnd, ...]


@dataclass(frozen=True, slots=True, eq=False)
class VisitsWithoutCar:
    """What people can visit without a car in one week, by one kind of visit.

    ``half_days`` is (10, 4, n_zones): services in the order of ``SERVICE_KEYS``, then the four
    readings of ``Shares`` (certain and possible hours, each at the low and the high bound), mean
    number of half-days of the people of the zone; NaN where nobody lives. ``bus_is_missing``: a
    bus is supposed in the high bound, for no timetable tells what runs. ``kinds`` are all kinds of
    visit; ``by_mode`` the same visit by bicycle and by car. ``call_first`` are the lieux whose
    hours are unknown, those that most people would visit first. ``losses`` are what the closing of
    each lieu would take away of any service, at the usual hours and by what runs for sure, the
    worst first; ``lines`` the same of lines, None where no timetable is known. ``ranges`` say
    between what the shares of any service stand when suppositions are shifted. ``hours`` is the
    supply counted in opening hours, shared (E2SFCA). ``how`` are sentences.
    """

    week: TypicalWeek
    kind: VisitKind
    bus_is_missing: bool
    shortfalls: tuple[Shortfall, ...]
    bottlenecks: tuple[Bottleneck, ...]
    obstacles: ZoneObstacles
    equity: Bounds[tuple[VisitEquity, ...]]
    losses: tuple[Loss, ...]
    half_days: FloatArray
    unknown_hours: tuple[UnknownHours, ...]
    call_first: tuple[str, ...]
    kinds: tuple[KindShares, ...]
    by_mode: tuple[ModeShares, ...]
    other_week: OtherWeek | None
    lines: LineEnds | None
    ranges: tuple[ShareRange, ...]
    hours: tuple[Catchment, ...]
    how: tuple[str, ...]

    @property
    def has_two_bounds(self) -> bool:
        """Whether some share has a low and a high bound that differ."""
        return self.bus_is_missing or any(s.people.has_two_bounds for s in self.shortfalls)

    def shortfall(self, service: ServiceKey, fewer_than: int) -> Shortfall:
        """Return who has fewer than so many half-days for a service."""
        return shortfall_of(self.shortfalls, service, fewer_than)


def shortfall_of(
    shortfalls: tuple[Shortfall, ...], service: ServiceKey, fewer_than: int
) -> Shortfall:
    """Return the shortfall of one service and number. Raises StopIteration where it is not told."""
    return next(s for s in shortfalls if s.service is service and s.fewer_than == fewer_than)
