"""What one home can do of every place: all journeys of it searched at once, window by window.

Everything that does not depend on the home is made ready beforehand, and what depends on it alone
is remembered for the homes last asked: a desk asks for the same communes again and again.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from maillage.access.journeys.footpaths import walks_to_stops
from maillage.access.journeys.model import Profiles
from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.timetable.on_week import WeekOfNetwork
from maillage.access.travel import Mode, Trip
from maillage.access.visits.any_time import minutes_both_ways, row_by_row, whole_seconds
from maillage.access.visits.find import VisitMeans
from maillage.access.visits.find_sheet import timetables_of
from maillage.access.visits.model import Obstacle, OpeningOn, RoundTrips, Starts, VisitKind
from maillage.access.visits.one_home import HomeWays, profile_of
from maillage.access.visits.open_windows import OpenWindows
from maillage.access.visits.round_trips import NEVER, Terms, Ways, no_profiles
from maillage.access.visits.territory_visits import (
    AskedWeek,
    Movement,
    Presences,
    WeekGround,
    walks_both_ways,
    week_ground,
)
from maillage.access.visits.week import Presence
from maillage.access.visits.why import Facts, facts_of
from maillage.access.visits.why_not import first_arrival_of, last_returns
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr

KEPT_HOMES = 64
Seconds = np.ndarray[tuple[int], np.dtype[np.int64]]
"""Seconds of a day, one a window."""


@dataclass(frozen=True, slots=True, eq=False)
class WindowVisits:
    """The best visit of one home in each of w windows, all (w,) as in ``RoundTrips``.

    ``obstacle`` is TOO_LONG too, where the trip takes longer than the kind of visit allows; the
    times of that trip are told. ``direct``: without any vehicle of a timetable. ``unsure``: by what
    must be booked or, for who climbs no step, tells nothing of its steps.
    """

    trips: RoundTrips
    direct: FlagArray
    unsure: FlagArray

    @property
    def works(self) -> FlagArray:
        """Where the visit can be done."""
        done: FlagArray = self.trips.obstacle == Obstacle.NONE.number
        return done


@dataclass(frozen=True, slots=True, eq=False)
class PlacesOpen:
    """The (m, 2) lon/lat points of the lieux, and when permanences open there, on which days."""

    places: FloatArray
    windows: OpenWindows
    days: tuple[dt.date, ...]
    kind: VisitKind
    noon: int


class EachPlace:
    """Places made ready for one way of moving; asked of one home at a time.

    ``means.mode`` None: on foot and by the timetables at hand.
    """

    def __init__(self, to: PlacesOpen, means: VisitMeans) -> None:
        """Make ready all that does not depend on the home."""
        self._to, self._means = to, means
        self._terms = Terms.of(to.kind)
        self._week = _week(to.days, means)
        self._margin = round(means.parameters.number("visits.sheet.margin_minutes") * 60)
        self._by = Movement(
            means.streets,
            None if self._week is None else self._week.network,
            None if self._week is None else means.searches,
            means.parameters,
            means.reduced_mobility,
        )
        self._grounds = self._ready()
        self._homes: OrderedDict[bytes, tuple[HomeWays, ...]] = OrderedDict()

    @cached_property
    def a_bus_is_missing(self) -> bool:
        """Whether some network runs there of which nobody here knows the timetable."""
        if self._means.mode is not None:
            return False
        unknown = self._week is not None and self._week.is_unknown
        return self._means.a_bus_is_missing or unknown

    @property
    def how(self) -> tuple[str, ...]:
        """On what it all stands, in French sentences."""
        streets = self._means.streets.describe((self._means.mode or Mode.WALK,))
        if self._means.mode is not None:
            return (streets,)
        none = (tr("Aucun horaire de transport : à pied seulement."),)
        return tuple(dict.fromkeys((streets, *(none if self._week is None else self._week.how))))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is doubtful in the timetables."""
        return () if self._week is None else self._week.findings

    def visits(self, home: FloatArray, rows: IntArray, leave_after: int = 0) -> WindowVisits:
        """Return the best visit of a (2,) lon/lat home in each of some windows.

        Each window must be of a permanence that stands on the map. ``leave_after``: the second of
        the day before which one cannot leave, beside what the kind of visit asks.
        """
        told, *untold = self._ways(home)
        soonest = max(leave_after, self._terms.leave_after)
        terms = replace(self._terms, leave_after=soonest)
        trips, direct = self._searched(told, self._grounds[0], rows, terms)
        unsure = np.zeros(len(rows), dtype=np.bool_)
        for ways in untold:
            left = np.flatnonzero(trips.obstacle != Obstacle.NONE.number)
            more, _ = self._searched(ways, self._grounds[1], rows[left], terms)
            better = more.obstacle == Obstacle.NONE.number
            _put(trips, left[better], more, better)
            unsure[left[better]] = True
        return WindowVisits(trips, direct, unsure)

    def minutes_there(self, home: FloatArray, lieux: IntArray, mode: Mode) -> FloatArray:
        """Return the minutes from a (2,) home to some lieux by a mode, however far: (k,)."""
        every = self._means.streets.matrix(home[None, :], self._to.places[lieux], Trip(mode))
        there: FloatArray = every[0]
        return there

    def out_of_reach(self, home: FloatArray, lieux: IntArray) -> FlagArray:
        """Return which lieux are too far to go to, or come back from, without any timetable."""
        out, back = (way[0, lieux] for way in self._ways(home)[0].direct)
        far: FlagArray = (out >= NEVER) | (back >= NEVER)
        return far

    def facts(self, home: FloatArray, lieu: int, opening: OpeningOn) -> Facts:
        """Return what is known of the ways to a lieu and back, on a day it opens."""
        ways, number = self._ways(home)[0], self._grounds[0].numbers.get(opening.date)
        out, home_again = (way[:, lieu] for way in ways.direct)
        there, back = (profile_of(one, lieu) for one in ways.profiles(number))
        if not len(there.departures) and not len(back.departures) and out[0] == NEVER:
            return facts_of(opening)
        both = Ways(there, back, out, home_again)
        last = [one for one in last_returns(both, 0, self._terms.back_by) if one is not None]
        return Facts(
            ranges=opening.ranges,
            first_arrival=first_arrival_of(both, 0, self._terms.leave_after),
            last_return=max(last, default=None),
        )

    def _ready(self) -> tuple[WeekGround, ...]:
        """Return the ground of what is told, then with what may run too, if there is such."""
        to, ids = self._to, tuple(f"{n:08d}" for n in range(len(self._to.places)))
        presences = tuple(Presence(one, one, frozenset()) for one in ids)
        where = Presences(presences, dict(zip(ids, to.places, strict=True)), {})
        nobody = np.zeros((0, 2), dtype=np.float64)
        asked = AskedWeek(nobody, where, to.days, (to.kind,), to.noon)
        ground = week_ground(asked, self._by)
        known = replace(ground, untold=None)
        return (known,) if ground.untold is None else (known, ground.untold)

    def _ways(self, home: FloatArray) -> tuple[HomeWays, ...]:
        key = home.tobytes()
        if key not in self._homes:
            self._homes[key] = self._found_ways(home[None, :])
            while len(self._homes) > KEPT_HOMES:
                self._homes.popitem(last=False)
        return self._homes[key]

    def _found_ways(self, home: FloatArray) -> tuple[HomeWays, ...]:
        by, mode = self._by, self._means.mode
        if mode in (Mode.BICYCLE, Mode.CAR):
            trip = Trip(mode, within=float(self._to.kind.budget_minutes))
            ways = minutes_both_ways(by.streets, home, self._to.places, trip)
            out, back = (whole_seconds(way) for way in ways)
        else:
            out, back = walks_both_ways(home, by, self._to.places)
        found = []
        for ground in self._grounds:
            transport = ground.transport
            if transport is not None and by.network is not None:
                stops = by.network.stops.places
                near = walks_to_stops(home, stops, by.streets, by.walking)
                transport = replace(transport, homes=near)
            own = replace(ground, transport=transport, out=out, back=back)
            found.append(HomeWays(by.searches, own, (out, back), self._to.kind))
        return tuple(found)

    def _searched(
        self, ways: HomeWays, ground: WeekGround, rows: IntArray, terms: Terms
    ) -> tuple[RoundTrips, FlagArray]:
        windows, (out, back) = self._to.windows, ways.direct
        lieux = windows.lieux[rows]
        there, home = out[0, lieux], back[0, lieux]
        begin = windows.starts(rows)
        if self._by.searches is None or ground.transport is None:
            trips = row_by_row(there, home, begin, terms)
        else:
            trips = self._by_timetable(ways, ground, rows, terms)
        serve = terms.serve
        direct = (trips.leave + there == trips.start) & (trips.start + serve + home == trips.back)
        direct &= trips.leave >= 0
        trips = self._with_margin(trips, direct, begin, there.astype(np.int64) + terms.leave_after)
        return self._within_budget(trips), direct

    def _by_timetable(
        self, ways: HomeWays, ground: WeekGround, rows: IntArray, terms: Terms
    ) -> RoundTrips:
        """Return the best visits, each different window of each lieu and timetable once."""
        windows, n_lieux = self._to.windows, len(self._to.places)
        n_spans = max(1, len(windows.table))
        numbers = np.array([ground.numbers[day] for day in self._to.days], dtype=np.int64)
        keys = numbers[windows.days[rows]] * n_spans + windows.spans[rows]
        keys = keys * n_lieux + windows.lieux[rows]
        different, which = np.unique(keys, return_inverse=True)
        groups, lieux = np.divmod(different, max(1, n_lieux))
        cuts = [*np.flatnonzero(np.diff(groups, prepend=-1)).tolist(), len(groups)]
        found = [
            self._of_window(ways, divmod(int(groups[a]), n_spans), lieux[a:b], terms)
            for a, b in pairwise(cuts)
        ]
        names = ("leave", "start", "back", "spare", "obstacle")
        none = np.zeros((0, 1), dtype=np.int32)
        parts = [
            np.concatenate([none, *(getattr(one, name) for one in found)])[which, 0]
            for name in names
        ]
        leave, start, back, spare, obstacle = (part.astype(np.int32) for part in parts)
        return RoundTrips(leave, start, back, spare, obstacle.astype(np.int8))

    def _of_window(
        self,
        ways: HomeWays,
        at: tuple[int, int],
        lieux: np.ndarray[tuple[int], np.dtype[np.int64]],
        terms: Terms,
    ) -> RoundTrips:
        """Return (n, 1) the best visits of n lieux in one window under one timetable."""
        timetable, span = at
        earliest, latest, closing = (self._to.windows.table[span : span + 1, i] for i in range(3))
        begin = Starts(np.zeros(1, dtype=np.int32), earliest, latest, closing)
        there, home = (profiles_of(one, lieux) for one in ways.profiles(timetable))
        out, back = (way[0, lieux] for way in ways.direct)
        if self._by.searches is None:
            raise ValueError("no search")
        return self._by.searches.visits.best(Ways(there, home, out, back), begin, terms)

    def _with_margin(
        self, trips: RoundTrips, direct: FlagArray, begin: Starts, soonest: Seconds
    ) -> RoundTrips:
        """Return the visits of who needs no vehicle begun earlier, as a person's sheet has them.

        ``soonest`` is the second at which one can be there without any vehicle.
        """
        first = np.maximum(begin.earliest, soonest)
        sooner = np.minimum(self._margin - trips.spare, trips.start - first)
        sooner = np.where(direct, np.maximum(sooner, 0), 0).astype(np.int32)
        return RoundTrips(
            trips.leave - sooner,
            trips.start - sooner,
            trips.back - sooner,
            trips.spare + sooner,
            trips.obstacle,
        )

    def _within_budget(self, trips: RoundTrips) -> RoundTrips:
        most = (self._to.kind.minutes + self._to.kind.budget_minutes) * 60
        long = (trips.obstacle == Obstacle.NONE.number) & (trips.back - trips.leave > most)
        obstacle = np.where(long, Obstacle.TOO_LONG.number, trips.obstacle).astype(np.int8)
        return replace(trips, obstacle=obstacle)


def put_together(visits: WindowVisits, others: WindowVisits, at: IntArray) -> WindowVisits:
    """Return visits with others in the stead of some, in place."""
    _put(visits.trips, at, others.trips, np.ones(len(at), dtype=np.bool_))
    visits.direct[at], visits.unsure[at] = others.direct, others.unsure
    return visits


def profiles_of(profiles: Profiles, places: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Profiles:
    """Return the journeys of some places, in their order."""
    lengths = profiles.first[places + 1] - profiles.first[places]
    first = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    if not first[-1]:
        return no_profiles(len(places))
    within = np.arange(first[-1]) - np.repeat(first[:-1], lengths)
    at = np.repeat(profiles.first[places], lengths) + within
    return Profiles(first, profiles.departures[at], profiles.arrivals[at])


def _week(days: Sequence[dt.date], means: VisitMeans) -> WeekOfNetwork | None:
    if means.mode is not None or means.network is None or means.searches is None:
        return None
    return timetables_of(days, means)


def _put(trips: RoundTrips, at: IntArray, more: RoundTrips, some: FlagArray) -> None:
    for name in ("leave", "start", "back", "spare", "obstacle"):
        getattr(trips, name)[at] = getattr(more, name)[some]
