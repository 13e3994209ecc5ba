"""Which stops, how often, on which days: one whole-number program, and what it leaves aside.

Whole variables: z[stop, rhythm] and x[stop, vehicle, date]; real ones tell the people served
(``serving``). Rows: one rhythm a stop; one session in each week of the rhythm; the minutes of each
vehicle's day, with the shortest road that leads to each stop; the pairs of stops that no day holds,
by groups of which one only can be; the number of sessions. Roads and hours are left aside but for
that, so that its best is a bound on every plan. A day that cannot be driven is then cut off by a
row of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.rounds.calendar import Calendar, Ground, Held, Place
from maillage.rounds.insertion import Worth
from maillage.rounds.routes import NO_ROAD
from maillage.rounds.serving import Row, serving


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Get the most of ``gains`` @ v, v between ``lower`` and ``upper``, the first n_whole whole."""

    gains: FloatArray
    lower: FloatArray
    upper: FloatArray
    n_whole: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """What an engine answers: variables (None: none found), a bound, why it ended before proof.

    ``impossible``: it is proved that nothing answers the rows.
    """

    values: FloatArray | None
    bound: float
    stopped: str | None
    impossible: bool = False


class ChoiceEngine(Protocol):
    """What solves whole-number programs."""

    @property
    def name(self) -> str:
        """What it is, with its version."""

    def solve(self, program: Program, start: FloatArray | None, budget: Budget) -> Chosen:
        """Return the best variables found, from a start where there is one, and a bound."""


class ChoiceModel:
    """The program of a ground, to which cuts are added as days turn out not to be drivable."""

    def __init__(self, ground: Ground, worth: Worth) -> None:
        self.ground = ground
        self.rhythm_columns = [
            (stop, rhythm) for stop, told in enumerate(ground.rhythms) for rhythm in told
        ]
        held = {stop for stop, _ in self.rhythm_columns}
        self.session_columns = [
            (stop, place) for stop in sorted(held) for place in ground.places[stop]
        ]
        n_rhythms = len(self.rhythm_columns)
        self.session_at = {told: n_rhythms + n for n, told in enumerate(self.session_columns)}
        self.n_whole = n_rhythms + len(self.session_columns)
        self._by_place: dict[Place, list[int]] = {}
        for stop, place in self.session_columns:
            self._by_place.setdefault(place, []).append(stop)
        good = [worth.good(rhythm.often)[stop] for stop, rhythm in self.rhythm_columns]
        table: FloatArray = np.asarray(good, dtype=np.float64)
        self.serving = serving(table, worth.wanting, self.n_whole)
        self.rows = [*self._of_stops(), *self._of_days(), *self._of_number(), *self.serving.rows]
        self._cuts: set[tuple[Place, frozenset[int]]] = set()

    def program(self, *, relaxed: bool = False) -> Program:
        """Return the program as it stands, with the cuts so far; relaxed: nothing need be whole."""
        lower = np.zeros(self.n_whole + len(self.serving.upper))
        upper = np.concatenate((np.ones(self.n_whole), self.serving.upper))
        for stop, places in self.ground.commitments.items():
            for place in places:
                lower[self.session_at[stop, place]] = 1.0
        gains = np.concatenate((np.zeros(self.n_whole), self.serving.gains))
        return Program(gains, lower, upper, 0 if relaxed else self.n_whole, tuple(self.rows))

    def tightened(self, values: FloatArray) -> int:
        """Add rows where the people served are told too high; return how many."""
        n_rhythms = len(self.rhythm_columns)
        rows = self.serving.tightened(values[:n_rhythms], values[self.n_whole :])
        self.rows += rows
        return len(rows)

    def start(self, calendar: Calendar) -> FloatArray:
        """Return the variables of a calendar."""
        values = np.zeros(self.n_whole)
        for number, (stop, rhythm) in enumerate(self.rhythm_columns):
            held = calendar.held.get(stop)
            if held is not None and held.rhythm == rhythm:
                values[number] = 1.0
                for place in held.places:
                    values[self.session_at[stop, place]] = 1.0
        return np.concatenate((values, self.serving.start(values[: len(self.rhythm_columns)])))

    def held(self, values: FloatArray) -> dict[int, Held]:
        """Return what the variables say is held, whether its days can be driven or not."""
        sessions: dict[int, list[Place]] = {}
        for stop, place in self.session_columns:
            if values[self.session_at[stop, place]] > 0.5:
                sessions.setdefault(stop, []).append(place)
        return {
            stop: Held(rhythm, tuple(sorted(sessions.get(stop, ()), key=lambda p: (p[1], p[0]))))
            for number, (stop, rhythm) in enumerate(self.rhythm_columns)
            if values[number] > 0.5
        }

    def cut(self, held: dict[int, Held]) -> int:
        """Cut off the days among these that cannot be driven; return how many rows were added."""
        days: dict[Place, set[int]] = {}
        for stop, told in held.items():
            for place in told.places:
                days.setdefault(place, set()).add(stop)
        before = len(self.rows)
        for place, stops in sorted(days.items()):
            self._cut_day(place, frozenset(stops))
        return len(self.rows) - before

    def _cut_day(self, place: Place, stops: frozenset[int]) -> None:
        lenient, planner = self.ground.lenient, self.ground.planner
        if lenient.is_impossible(*place, stops):
            fewest = self._fewest(place, stops)
            for other in sorted(self._by_place):
                every = fewest <= set(self._by_place[other])
                if every and lenient.is_impossible(*other, fewest):
                    self._forbid(other, fewest, 0.0)
        elif planner.is_impossible(*place, stops):
            self._forbid(place, stops, -1.0)

    def _fewest(self, place: Place, stops: frozenset[int]) -> frozenset[int]:
        """Return some of the stops that already cannot be held together that day."""
        for stop in sorted(stops):
            fewer = stops - {stop}
            if self.ground.lenient.is_impossible(*place, fewer):
                stops = fewer
        return stops

    def _forbid(self, place: Place, stops: frozenset[int], others: float) -> None:
        """Forbid these stops together that day (with ``others`` -1: these and no other)."""
        if (place, stops) in self._cuts:
            return
        self._cuts.add((place, stops))
        own = sorted(stops)
        rest = sorted(set(self._by_place[place]) - stops) if others else []
        columns = tuple(self.session_at[stop, place] for stop in [*own, *rest])
        coefficients = (1.0,) * len(own) + (others,) * len(rest)
        self.rows.append(Row(columns, coefficients, -math.inf, len(own) - 1.0))

    def _of_stops(self) -> list[Row]:
        """Return the rows of each stop: one rhythm, one session in each of its weeks."""
        rows = []
        must = set(self.ground.must)
        for stop in sorted({stop for stop, _ in self.rhythm_columns}):
            own = [
                (number, rhythm)
                for number, (other, rhythm) in enumerate(self.rhythm_columns)
                if other == stop
            ]
            low = 1.0 if stop in must else 0.0
            rows.append(Row(tuple(n for n, _ in own), (1.0,) * len(own), low, 1.0))
            for week in self.ground.weeks[stop]:
                sessions = [
                    self.session_at[stop, place]
                    for place in self.ground.places[stop]
                    if self.ground.week[place[1]] == week
                ]
                chosen = [number for number, rhythm in own if week in rhythm.weeks]
                coefficients = (1.0,) * len(sessions) + (-1.0,) * len(chosen)
                rows.append(Row((*sessions, *chosen), coefficients, 0.0, 0.0))
        return rows

    def _of_days(self) -> list[Row]:
        rows = []
        known: dict[object, list[list[int]]] = {}
        for place, stops in sorted(self._by_place.items()):
            rows += self._minutes(place, stops)
            alike = self.ground.lenient.asked(*place, frozenset(stops))
            if alike not in known:
                known[alike] = self._groups(place, stops)
            rows += [
                Row(tuple(self.session_at[s, place] for s in group), (1.0,) * len(group), 0.0, 1.0)
                for group in known[alike]
            ]
        return rows

    def _minutes(self, place: Place, stops: list[int]) -> list[Row]:
        """Return the rows of the minutes of one vehicle's day, and of those it may drive."""
        vehicle = self.ground.problem.vehicles[place[0]]
        shift = dict(vehicle.shifts)[place[1]]
        drive, depot = self.ground.lenient.drive, vehicle.depot
        roads = [min(drive[p][s] for p in [depot, *stops] if p != s) for s in stops]
        home = min(drive[stop][depot] for stop in stops)
        lasting = shift.end - shift.start
        room = max(min(lasting, vehicle.break_after), lasting - vehicle.break_minutes) - home
        fixed = {f.stop: f.end - f.start for f in self.ground.problem.fixed
                 if (f.vehicle, f.date) == place}  # fmt: skip
        session = self.ground.problem.session_minutes
        around = self.ground.service - session
        columns = tuple(self.session_at[stop, place] for stop in stops)
        taken = [around + fixed.get(s, session) + r for s, r in zip(stops, roads, strict=True)]
        rows = [Row(columns, tuple(float(n) for n in taken), -math.inf, float(room))]
        most = int(np.searchsorted(np.cumsum(sorted(taken)), room, side="right"))
        rows.append(Row(columns, (1.0,) * len(columns), -math.inf, float(most)))
        if vehicle.longest_drive is not None and vehicle.longest_drive < NO_ROAD:
            driven = tuple(float(road) for road in roads)
            rows.append(Row(columns, driven, -math.inf, float(vehicle.longest_drive - home)))
        return rows

    def _groups(self, place: Place, stops: list[int]) -> list[list[int]]:
        """Return groups of stops of which a day holds one only, that name each such pair once."""
        lenient = self.ground.lenient
        apart: dict[int, set[int]] = {stop: set() for stop in stops}
        for at, stop in enumerate(stops):
            for other in stops[at + 1 :]:
                if lenient.is_impossible(*place, frozenset((stop, other))):
                    apart[stop].add(other)
                    apart[other].add(stop)
        left = {(a, b) for a in stops for b in apart[a] if a < b}
        groups = []
        for stop in sorted(stops, key=lambda s: (-len(apart[s]), s)):
            while any((min(stop, b), max(stop, b)) in left for b in apart[stop]):
                group = _grown(stop, apart, left)
                left -= {(a, b) for a in group for b in group}
                groups.append(sorted(group))
        return groups

    def _of_number(self) -> list[Row]:
        most = self.ground.problem.most_sessions
        if most is None:
            return []
        columns = tuple(range(len(self.rhythm_columns), self.n_whole))
        return [Row(columns, (1.0,) * len(columns), -math.inf, float(most))]


def _grown(stop: int, apart: dict[int, set[int]], left: set[tuple[int, int]]) -> list[int]:
    """Return a stop, one that it is apart from and not yet said so, and all that join them."""
    first = min(b for b in apart[stop] if (min(stop, b), max(stop, b)) in left)
    group, pool = [stop, first], apart[stop] & apart[first]
    while pool:
        following = min(pool, key=lambda s: (-len(apart[s] & pool), s))
        group.append(following)
        pool = pool & apart[following]
    return group
