"""A week being made, visit after visit: its half-days alone, or whole.

Days of one presence that are alike are counted at once, and nothing is kept of visits but the best.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn, RoundTrips, VisitKind
from maillage.access.visits.sole import HALF_DAYS_A_DAY, SoleLieux, cells
from maillage.access.visits.week import (
    CERTAINTIES,
    BestVisits,
    DayVisits,
    HalfDays,
    Obstacles,
    Presence,
    VisitWeek,
)

_LongArray = npt.NDArray[np.int64]
_NONE = -1
# Keys of comparison: fields side by side in one whole number, the most telling first.
_SECONDS_BITS, _DAY_BITS, _PRESENCE_BITS = 18, 5, 20
_MOST = tuple((1 << bits) - 1 for bits in (_SECONDS_BITS, _DAY_BITS, _PRESENCE_BITS))
_NEVER = np.iinfo(np.int64).max
_HOURS_ALONE = np.int64(16) << np.int64(_SECONDS_BITS + _DAY_BITS + _PRESENCE_BITS)
"""Added to a key to put it above those of every obstacle: nothing but unknown hours hinders."""


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


def rows_of(presence: Presence) -> list[int]:
    """Return the rows of ``SERVICE_KEYS`` that a presence counts in."""
    given = [row for row, key in enumerate(SERVICE_KEYS) if key in presence.services]
    return [*given, len(SERVICE_KEYS) - 1] if given else []


class HalfDaySums:
    """The half-days that work, counted visit after visit, in any order."""

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
        self._shape = (len(SERVICE_KEYS), len(CERTAINTIES), n_homes)
        self._bits = np.zeros(self._shape, dtype=np.int64)
        self._waits_for = _NONE
        self._waiting: dict[tuple[object, ...], tuple[DayVisits, list[int]]] = {}

    def add(self, visit: DayVisits) -> None:
        """Count what can be done of one presence on one day.

        Days of one presence that are alike wait to be counted at once. Raises ValueError where
        that day is none of the week's.
        """
        if visit.opening.date not in self._numbers:
            raise ValueError(f"{visit.opening.date} is not in the week")
        if visit.presence != self._waits_for:
            self._count_all()
            self._waits_for = visit.presence
        day = self._numbers[visit.opening.date]
        alike = (id(visit.trips), visit.opening.certainty, visit.starts.half_days.tobytes())
        self._waiting.setdefault(alike, (visit, []))[1].append(day)

    def add_bits(self, presence: int, bits: _LongArray) -> None:
        """Count the (2, n) half-days that one presence gives, by certainty, as ``HalfDays``."""
        self._bits[rows_of(self._presences[presence])] |= bits

    def _count_all(self) -> None:
        if self._waiting:
            bits = np.zeros(self._shape[1:], dtype=np.int64)
            for visit, days in self._waiting.values():
                counting, _ = columns_of(visit.opening)
                for window in _windows(visit, self._kind) if counting else ():
                    homes = np.flatnonzero(window.works)
                    for column in counting if len(homes) else ():
                        bits[column, homes] |= bits_of(days, window.half)
            if bits.any():
                self.add_bits(self._waits_for, bits)
        self._waiting.clear()

    def half_days(self) -> HalfDays:
        """Return the half-days as they stand."""
        self._count_all()
        return HalfDays.of(self._kind, self._bits)


class WeekSums(HalfDaySums):
    """A week being made, visit after visit, in any order: nothing of them is kept but the best."""

    def __init__(
        self,
        n_homes: int,
        kind: VisitKind,
        days: Sequence[dt.date],
        presences: Sequence[Presence],
    ) -> None:
        """Begin a week; raises ValueError for more than 31 days or a million presences."""
        super().__init__(n_homes, kind, days, presences)
        shape = self._shape
        self._key = np.full(shape, _NEVER, dtype=np.int64)
        self._start = np.full(shape, _NONE, dtype=np.int32)
        self._spare = np.full(shape, _NONE, dtype=np.int32)
        self._obstacle = np.zeros(shape, dtype=np.int64)
        self._sole = SoleLieux([one.lieu_id for one in presences], len(days), shape)

    def _count_all(self) -> None:
        for visit, days in self._waiting.values():
            self._count(visit, sorted(days))
        self._waiting.clear()

    def _count(self, visit: DayVisits, days: list[int]) -> None:
        """Count one presence on days that are alike: the best visit is on the first of them."""
        at = (days[0], visit.presence)
        rows = rows_of(self._presences[visit.presence])
        counting, unknown = columns_of(visit.opening)
        windows = _windows(visit, self._kind)
        if unknown:
            self._hinder((rows, unknown), self._unknown_keys(at, windows))
        if visit.trips is None and counting:
            self._hinder((rows, counting), _obstacle_key(Obstacle.CLOSED, at))
        for window in windows if counting else ():
            self._visit((rows, counting), days, visit.presence, window)

    def _visit(
        self, where: tuple[list[int], list[int]], days: list[int], presence: int, found: _Window
    ) -> None:
        at = (days[0], presence)
        self._hinder(where, found.obstacle_keys(at))
        homes = np.flatnonzero(found.works)
        if not len(homes):
            return
        half_days = [day * HALF_DAYS_A_DAY + found.half for day in days]
        some = cells(*where, homes)
        self._bits[some] |= bits_of(days, found.half)
        self._sole.add(presence, half_days, where, homes)
        keys = found.keys(at, homes)
        held = self._key[some]
        better = keys < held
        self._key[some] = np.where(better, keys, held)
        for kept, new in ((self._start, found.start), (self._spare, found.spare)):
            kept[some] = np.where(better, new[homes], kept[some])

    def _unknown_keys(self, at: tuple[int, int], windows: Sequence[_Window]) -> _LongArray:
        """Return the keys of hours that are not known, the greatest where all the rest would do.

        Where a visit works at the hours supposed, nothing but the hours stands in the way: it says
        more than any lieu out of reach.
        """
        keys = np.full(self._key.shape[2], _obstacle_key(Obstacle.UNKNOWN_HOURS, at))
        for works in (window.works for window in windows):
            keys[works] |= _HOURS_ALONE
        return keys

    def _hinder(self, where: tuple[list[int], list[int]], keys: _LongArray | np.int64) -> None:
        some = cells(*where)
        self._obstacle[some] = np.maximum(self._obstacle[some], keys)

    def week(self) -> VisitWeek:
        """Return the week as it stands."""
        self._count_all()
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
        number %= 16
        hindered = ~works & (number > 0)
        nothing = np.where(works, Obstacle.NONE.number, Obstacle.NO_SERVICE.number)
        return Obstacles(
            number=np.where(hindered, number, nothing).astype(np.int8),
            presence=np.where(hindered, _MOST[2] - unpresent, _NONE).astype(np.int32),
            day=np.where(hindered, _MOST[1] - undone, _NONE).astype(np.int32),
        )


class _Window:
    """One window of one presence on one day, for every home."""

    def __init__(self, trips: RoundTrips, window: int, half: int, kind: VisitKind) -> None:
        self._leave = trips.leave[:, window].astype(np.int64)
        self._absence = trips.back[:, window] - self._leave
        self._obstacle = trips.obstacle[:, window]
        self.start, self.spare, self.half = trips.start[:, window], trips.spare[:, window], half
        self.works = _works_within(self._absence, self._obstacle, kind)

    def keys(self, at: tuple[int, int], homes: npt.NDArray[np.intp]) -> _LongArray:
        """Return the keys of the visits of some homes, all of which work, the best the least."""
        return _joined(self._absence[homes], _MOST[0] - self._leave[homes], *at)

    def obstacle_keys(self, at: tuple[int, int]) -> _LongArray:
        """Return the keys of the obstacles, the one nearest to a visit being the greatest."""
        too_long = (self._obstacle == Obstacle.NONE.number) & ~self.works
        number = np.where(too_long, Obstacle.TOO_LONG.number, self._obstacle).astype(np.int64)
        ahead = np.where(too_long, _MOST[0] - self._absence, 0)
        return _joined(number, ahead, _MOST[1] - at[0], _MOST[2] - at[1])


def _windows(visit: DayVisits, kind: VisitKind) -> list[_Window]:
    if visit.trips is None:
        return []
    halves = visit.starts.half_days.tolist()
    return [_Window(visit.trips, at, half, kind) for at, half in enumerate(halves)]


def columns_of(opening: OpeningOn) -> tuple[list[int], list[int]]:
    """Return the numbers of the certainties that an opening counts in, and of those it does not."""
    known = opening.certainty
    counts = [known is Certainty.CERTAIN or known is one for one in CERTAINTIES]
    columns = range(len(CERTAINTIES))
    return [c for c in columns if counts[c]], [c for c in columns if not counts[c]]


def bits_of(days: Sequence[int], half: int) -> np.int64:
    """Return the bits of a half (0 morning, 1 afternoon) of some days, by number."""
    return np.int64(sum(1 << (day * HALF_DAYS_A_DAY + half) for day in days))


def _works_within(
    absence: _LongArray, obstacle: npt.NDArray[np.int8], kind: VisitKind
) -> npt.NDArray[np.bool_]:
    """Tell which trips can be made, and take no more travel and waiting than their kind allows."""
    done: npt.NDArray[np.bool_] = obstacle == Obstacle.NONE.number
    return done & (absence <= (kind.minutes + kind.budget_minutes) * 60)


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
