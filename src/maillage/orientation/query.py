"""One question put to a desk: which permanences are looked at, and what can be done of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.unreached.model import half_day_number
from maillage.access.visits.each_place import EachPlace, WindowVisits, put_together
from maillage.access.visits.model import Certainty, Obstacle
from maillage.kernel.geometry import FloatArray
from maillage.orientation.candidates import PUBLICS, SERVICES, Candidate
from maillage.orientation.desk import Desk
from maillage.orientation.model import Reason, Situation, Visit

_NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A situation at a desk; ``near`` (k,) are the permanences looked at, ``km`` (k,) how far.

    ``days`` are those asked, ``each`` finds visits. All flags are (k,): ``gives`` the service
    wanted first, ``fits``: or does not tell its services, ``comes``: people can go there.
    """

    situation: Situation
    desk: Desk
    home: FloatArray
    near: IntArray
    km: FloatArray
    days: tuple[dt.date, ...]
    each: EachPlace
    gives: FlagArray
    fits: FlagArray
    comes: FlagArray

    def candidate(self, at: int) -> Candidate:
        """Return one of the permanences looked at."""
        return self.desk.candidates.each[int(self.near[at])]

    @property
    def conditions(self) -> IntArray:
        """(k,) which condition stands in the way, as a number of ``Reason``; -1 = none."""
        known, person = self.desk.candidates, self.situation.person
        found = np.full(len(self.near), _NONE, dtype=np.int32)
        found[self.full_from(max(self.days, default=self.desk.on))] = number_of(Reason.FULL)
        if person.publics:
            own = np.array([public in person.publics for public in PUBLICS])
            other = known.publics_told[self.near] & ~(known.publics[self.near] & own).any(axis=1)
            found[other] = number_of(Reason.OTHER_PUBLIC)
        if person.free_only:
            found[known.paying[self.near]] = number_of(Reason.NOT_FREE)
        found[~self.fits] = number_of(Reason.NO_SERVICE)
        return found

    def full_from(self, day: dt.date) -> FlagArray:
        """Return which (k,) take nobody more on a day."""
        until = [self.candidate(at).full_until for at in range(len(self.near))]
        full = [one is not None and one >= day for one in until]
        return np.array(full, dtype=np.bool_)

    def asked(self, rows: IntArray) -> FlagArray:
        """Return which windows are on a day, and a half-day, on which the person can."""
        windows, days = self.desk.windows, self.desk.days
        wanted = np.array([day in self.days for day in days], dtype=np.bool_)
        half_days = self.situation.when.half_days
        table = np.zeros((len(days), 2), dtype=np.bool_)
        for at, day in enumerate(days):
            for afternoon in (False, True):
                number = half_day_number(day.weekday(), afternoon=afternoon)
                table[at, int(afternoon)] = half_days is None or number in half_days
        chosen: FlagArray = (table & wanted[:, None])[windows.days[rows], windows.halves[rows]]
        latest = windows.table[windows.spans[rows], 1]
        in_time: FlagArray = chosen & ~(self.today(rows) & (latest < self.now))
        return in_time

    @property
    def now(self) -> int:
        """The second of the desk's day before which nobody leaves; 0 = the hour is not told."""
        return self.situation.when.now or 0

    def today(self, rows: IntArray) -> FlagArray:
        """Return which windows are on the desk's own day."""
        days = np.array([day == self.desk.on for day in self.desk.days], dtype=np.bool_)
        own: FlagArray = days[self.desk.windows.days[rows]]
        return own


def number_of(reason: Reason) -> int:
    """Return the rank of a reason."""
    return _RANKS[reason]


_REASONS = tuple(Reason)
_RANKS = {reason: rank for rank, reason in enumerate(_REASONS)}


def reason_of(number: int) -> Reason:
    """Return the reason of a rank."""
    return _REASONS[number]


def query_of(situation: Situation, desk: Desk) -> Query:
    """Return a question ready to be answered.

    Raises LookupError for an unknown commune, ValueError for a day that the desk does not open.
    """
    home = desk.home(situation)
    near, km = desk.near(home)
    known, days = desk.candidates, _days(situation, desk)
    for day in days:
        if day not in desk.days:
            raise ValueError(f"{day} is not a day of this desk")
    wanted = SERVICES.index(situation.needs[0].service)
    gives = known.gives[near, wanted]
    each = desk.each_place(situation.going, reduced_mobility=situation.person.reduced_mobility)
    fits = gives | ~known.services_told[near]
    comes = fits & known.receives[near] & np.isfinite(km)
    return Query(situation, desk, home, near, km, days, each, gives, fits, comes)


def _days(situation: Situation, desk: Desk) -> tuple[dt.date, ...]:
    return situation.when.days or desk.next_open_days(today=situation.when.now is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The windows of some permanences looked at, and the visit that can be made in each, (w,).

    ``owners`` are positions in ``Query.near``; ``asked``: the person can then.
    """

    query: Query
    rows: IntArray
    owners: IntArray
    asked: FlagArray
    visits: WindowVisits

    def minutes(self, at: IntArray) -> FloatArray:
        """Return, of some windows, the minutes of travel and waiting both ways; NaN = no way."""
        trips, serve = self.visits.trips, self.query.desk.kind.minutes
        away = (trips.back[at] - trips.leave[at]) / 60.0 - serve
        return np.where(trips.leave[at] >= 0, away, np.nan)

    def waits(self, at: IntArray) -> IntArray:
        """Return, of some windows, the days between the desk's day and theirs."""
        desk = self.query.desk
        days = np.array([(day - desk.on).days for day in desk.days], dtype=np.int32)
        return days[desk.windows.days[self.rows[at]]]

    def visit(self, at: int) -> Visit:
        """Return the visit in one window."""
        query, trips, row = self.query, self.visits.trips, int(self.rows[at])
        desk = query.desk
        day = int(desk.windows.days[row])
        start, serve = int(trips.start[at]), desk.kind.minutes * 60
        return Visit(
            date=desk.days[day],
            leave=int(trips.leave[at]),
            start=start,
            end=start + serve,
            back=int(trips.back[at]),
            minutes=float(self.minutes(np.array([at], dtype=np.int32))[0]),
            ranges=query.candidate(int(self.owners[at])).opened[day].ranges,
            certainty=Certainty.CERTAIN if desk.windows.certain[row] else Certainty.POSSIBLE,
            direct=bool(self.visits.direct[at]),
            unsure_ride=bool(self.visits.unsure[at]),
        )


def reach_of(query: Query, some: FlagArray, *, only_asked: bool) -> Reach:
    """Return what can be done of some (k,) permanences, on the days asked or on every day."""
    owners = np.flatnonzero(some).astype(np.int32)
    rows, which = query.desk.windows.rows_of(query.near[owners])
    asked = query.asked(rows)
    if only_asked:
        rows, which, asked = rows[asked], which[asked], asked[asked]
    return Reach(query, rows, owners[which], asked, _visits(query, rows))


def _visits(query: Query, rows: IntArray) -> WindowVisits:
    """Return the best visit of each window; today's leave no sooner than now."""
    found = query.each.visits(query.home, rows)
    own = np.flatnonzero(query.today(rows)).astype(np.int32)
    if not query.now or not len(own):
        return found
    return put_together(found, query.each.visits(query.home, rows[own], query.now), own)


def first_open(query: Query, some: FlagArray) -> dict[int, int]:
    """Return the first window on the days asked of some (k,) permanences, by position."""
    owners = np.flatnonzero(some).astype(np.int32)
    rows, which = query.desk.windows.rows_of(query.near[owners])
    asked = query.asked(rows)
    first: dict[int, int] = {}
    for owner, row in zip(owners[which][asked].tolist(), rows[asked].tolist(), strict=True):
        first.setdefault(owner, row)
    return first


def closest_obstacles(reach: Reach, n: int) -> tuple[IntArray, IntArray]:
    """Return (n,) the obstacle nearest to a visit on the days asked, and in which window; -1."""
    numbers = np.where(reach.asked, reach.visits.trips.obstacle, _NONE).astype(np.int32)
    order = np.lexsort((np.arange(len(numbers)), -numbers, reach.owners))
    owners, first = np.unique(reach.owners[order], return_index=True)
    obstacle, window = (np.full(n, _NONE, dtype=np.int32) for _ in range(2))
    obstacle[owners], window[owners] = numbers[order][first], order[first]
    return obstacle, window


OBSTACLE_REASONS = {
    Obstacle.NO_WAY_OUT.number: Reason.NO_WAY_OUT,
    Obstacle.NO_WAY_BACK.number: Reason.NO_WAY_BACK,
    Obstacle.TOO_LONG.number: Reason.TOO_LONG,
}


def days_known(candidate: Candidate, days: Sequence[dt.date]) -> bool:
    """Tell whether anything is known of some day."""
    return any(one.certainty is not None for one in candidate.opened if one.date in days)
