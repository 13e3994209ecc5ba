"""A week of visits: for each home and each service, what works and what stands in the way.

A half-day (a morning or an afternoon of one date) works when one visit at one permanence at least
can be done in it, and counts once however many permanences would do. *Certain* counts told hours
only; *possible* adds places whose hours are untold, if they open at the usual hours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.model import IntArray
from maillage.access.visits.model import (
    Certainty,
    Obstacle,
    OpeningOn,
    RoundTrips,
    Starts,
    VisitKind,
)
from maillage.access.visits.sole import HALF_DAYS_A_DAY, SoleLieux
from maillage.standard import mednum

CERTAINTIES = (Certainty.CERTAIN, Certainty.POSSIBLE)
"""The second axis of every array of a week."""

_LongArray = npt.NDArray[np.int64]
_NONE = -1
# Keys of comparison: fields side by side in one whole number, the most telling first.
_SECONDS_BITS, _DAY_BITS, _PRESENCE_BITS = 18, 5, 20
_MOST = tuple((1 << bits) - 1 for bits in (_SECONDS_BITS, _DAY_BITS, _PRESENCE_BITS))
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Presence:
    """A permanence that gives told services at a lieu: what visits are made to."""

    permanence_id: str
    lieu_id: str
    services: frozenset[mednum.Service]


@dataclass(frozen=True, slots=True, eq=False)
class DayVisits:
    """What can be done of one presence, by its number, on one day.

    ``trips`` are those of the homes in the windows of ``starts``; None where there is no window.
    """

    presence: int
    opening: OpeningOn
    starts: Starts
    trips: RoundTrips | None


@dataclass(frozen=True, slots=True, eq=False)
class BestVisits:
    """The visit of the week that takes the least time away from home; of two, the later to leave.

    All (10, 2, n); -1 where there is none. ``day`` is a number in the days of the week,
    ``presence`` in its presences; times are seconds of that day; ``spare`` as in RoundTrips.
    """

    presence: IntArray
    day: IntArray
    leave: IntArray
    start: IntArray
    back: IntArray
    spare: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Obstacles:
    """What stands in the way where no half-day works, all (10, 2, n).

    ``number`` is an Obstacle's: of all presences and days, the one that comes closest to a visit.
    ``presence`` and ``day`` say which one, -1 where there is none: of two alike the shortest trip,
    then the first day, then the first presence.
    """

    number: npt.NDArray[np.int8]
    presence: IntArray
    day: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class VisitWeek:
    """One kind of visit over one week, for n homes; arrays are (10, 2, n).

    The first axis follows ``SERVICE_KEYS`` (nine services, then any of them), the second
    ``CERTAINTIES``. ``half_days`` is how many work; ``earliest`` the number of the first day that
    works, -1 where none does. ``sole_lieux`` (10, 2, half-days, n) tells of each half-day of the
    week, morning then afternoon, the lieu that alone makes it work (see ``visits.sole``).
    """

    kind: VisitKind
    days: tuple[dt.date, ...]
    presences: tuple[Presence, ...]
    half_days: npt.NDArray[np.int8]
    earliest: IntArray
    best: BestVisits
    obstacles: Obstacles
    sole_lieux: IntArray


def visit_week(
    visits: Iterable[DayVisits],
    presences: Sequence[Presence],
    kind: VisitKind,
    days: Sequence[dt.date],
    n_homes: int,
) -> VisitWeek:
    """Return the week of n homes from what can be done of each presence on each day.

    Visits come one at a time and in any order. Raises ValueError where a visit's day is none of
    ``days``, or there are more than 31 days or a million presences.
    """
    sums = WeekSums(n_homes, kind, days, presences)
    for visit in visits:
        sums.add(visit)
    return sums.week()


def _rows(presence: Presence) -> list[int]:
    given = [row for row, key in enumerate(SERVICE_KEYS) if key in presence.services]
    return [*given, len(SERVICE_KEYS) - 1] if given else []


class WeekSums:
    """A week being made, visit after visit, in any order: nothing of them is kept but the best."""

    def __init__(
        self,
        n_homes: int,
        kind: VisitKind,
        days: Sequence[dt.date],
        presences: Sequence[Presence],
    ) -> None:
        """Begin a week; raises ValueError for more than 31 days or a million presences."""
        if len(days) > _MOST[1] or len(presences) > _MOST[2]:
            raise ValueError(f"{len(days)} days, {len(presences)} presences")
        self._kind, self._days, self._presences = kind, tuple(days), tuple(presences)
        self._numbers = {day: number for number, day in enumerate(days)}
        shape = (len(SERVICE_KEYS), len(CERTAINTIES), n_homes)
        self._bits = np.zeros(shape, dtype=np.int64)
        self._key = np.full(shape, _NEVER, dtype=np.int64)
        self._start = np.full(shape, _NONE, dtype=np.int32)
        self._spare = np.full(shape, _NONE, dtype=np.int32)
        self._obstacle = np.zeros(shape, dtype=np.int64)
        self._sole = SoleLieux([one.lieu_id for one in presences], len(days), shape)

    def add(self, visit: DayVisits) -> None:
        """Count what can be done of one presence on one day.

        Raises ValueError where that day is none of the week's.
        """
        if visit.opening.date not in self._numbers:
            raise ValueError(f"{visit.opening.date} is not in the week")
        at = (self._numbers[visit.opening.date], visit.presence)
        rows = _rows(self._presences[visit.presence])
        known = visit.opening.certainty
        for column, certainty in enumerate(CERTAINTIES):
            counts = known is Certainty.CERTAIN or known is certainty
            if not counts:
                self._hinder(rows, column, _obstacle_key(Obstacle.UNKNOWN_HOURS, at))
            elif visit.trips is None:
                self._hinder(rows, column, _obstacle_key(Obstacle.CLOSED, at))
            else:
                self._visit(rows, column, at, visit.starts, visit.trips)

    def _visit(
        self,
        rows: list[int],
        column: int,
        at: tuple[int, int],
        starts: Starts,
        trips: RoundTrips,
    ) -> None:
        for window, half in enumerate(starts.half_days.tolist()):
            found = _Window(trips, window, self._kind)
            half_day = at[0] * HALF_DAYS_A_DAY + half
            bit = np.int64(1) << np.int64(half_day)
            self._bits[rows, column] |= np.where(found.works, bit, 0)
            self._sole.add(at[1], half_day, (rows, column), found.works)
            self._hinder(rows, column, found.obstacle_keys(at))
            keys = found.keys(at)
            better = keys < self._key[rows, column]
            for held, new in (
                (self._key, keys),
                (self._start, trips.start[:, window]),
                (self._spare, trips.spare[:, window]),
            ):
                held[rows, column] = np.where(better, new, held[rows, column])

    def _hinder(self, rows: list[int], column: int, keys: _LongArray | np.int64) -> None:
        self._obstacle[rows, column] = np.maximum(self._obstacle[rows, column], keys)

    def week(self) -> VisitWeek:
        """Return the week as it stands."""
        works = self._bits != 0
        first_bit = np.where(works, self._bits & -self._bits, 1)
        first_day = np.bitwise_count(first_bit - 1).astype(np.int32) // 2  # uint8 has no -1
        return VisitWeek(
            kind=self._kind,
            days=self._days,
            presences=self._presences,
            half_days=np.bitwise_count(self._bits).astype(np.int8),
            earliest=np.where(works, first_day, _NONE),
            best=self._best(works),
            obstacles=self._obstacles(works),
            sole_lieux=self._sole.kept(),
        )

    def _best(self, works: npt.NDArray[np.bool_]) -> BestVisits:
        absence, unleft, day, presence = _fields(self._key)
        leave = _MOST[0] - unleft
        parts = (presence, day, leave, self._start, leave + absence, self._spare)
        return BestVisits(*(np.where(works, part, _NONE).astype(np.int32) for part in parts))

    def _obstacles(self, works: npt.NDArray[np.bool_]) -> Obstacles:
        number, _, undone, unpresent = _fields(self._obstacle)
        hindered = ~works & (number > 0)
        nothing = np.where(works, Obstacle.NONE.number, Obstacle.NO_SERVICE.number)
        return Obstacles(
            number=np.where(hindered, number, nothing).astype(np.int8),
            presence=np.where(hindered, _MOST[2] - unpresent, _NONE).astype(np.int32),
            day=np.where(hindered, _MOST[1] - undone, _NONE).astype(np.int32),
        )


class _Window:
    """One window of one presence on one day, for every home."""

    def __init__(self, trips: RoundTrips, window: int, kind: VisitKind) -> None:
        self._leave = trips.leave[:, window].astype(np.int64)
        self._absence = trips.back[:, window] - self._leave
        done = trips.obstacle[:, window] == Obstacle.NONE.number
        short = self._absence - kind.minutes * 60 <= kind.budget_minutes * 60
        self.works = done & short
        self._number = np.where(
            done & ~short, Obstacle.TOO_LONG.number, trips.obstacle[:, window]
        ).astype(np.int64)

    def keys(self, at: tuple[int, int]) -> _LongArray:
        """Return the keys of the visits that work, the best being the least."""
        key = _joined(self._absence, _MOST[0] - self._leave, *at)
        return np.where(self.works, key, _NEVER)

    def obstacle_keys(self, at: tuple[int, int]) -> _LongArray:
        """Return the keys of the obstacles, the one nearest to a visit being the greatest."""
        too_long = self._number == Obstacle.TOO_LONG.number
        ahead = np.where(too_long, _MOST[0] - self._absence, 0)
        return _joined(self._number, ahead, _MOST[1] - at[0], _MOST[2] - at[1])


def _obstacle_key(obstacle: Obstacle, at: tuple[int, int]) -> np.int64:
    day, presence = at
    number = np.array([obstacle.number], dtype=np.int64)
    return np.int64(_joined(number, 0 * number, _MOST[1] - day, _MOST[2] - presence)[0])


def _joined(first: _LongArray, second: _LongArray, day: int, presence: int) -> _LongArray:
    key = (first << _SECONDS_BITS) | second
    return (((key << _DAY_BITS) | day) << _PRESENCE_BITS) | presence


def _fields(key: _LongArray) -> tuple[_LongArray, _LongArray, _LongArray, _LongArray]:
    """Return the four fields of keys, the most telling first."""
    presence = key & _MOST[2]
    day = (key >> _PRESENCE_BITS) & _MOST[1]
    second = (key >> (_PRESENCE_BITS + _DAY_BITS)) & _MOST[0]
    first = key >> (_PRESENCE_BITS + _DAY_BITS + _SECONDS_BITS)
    return first, second, day, presence
