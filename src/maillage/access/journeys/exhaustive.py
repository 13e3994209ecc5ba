"""The honest twin of the compiled search: it tries every departure, one after the other.

From each second at which leaving could be of use, the earliest arrivals are spread from stop to
stop and from run to run in order of time (Dijkstra); then what is beaten is crossed out. Slow and
plain: for tests, small networks and the telling of one journey.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from maillage.access.journeys.model import DayTimetable, Profiles, Walks, Window
from maillage.access.timetable.model import IntArray

Useful = list[tuple[int, int]]  # (departure, arrival), each in seconds
_AT_STOP, _ABOARD = 0, 1
_NEVER = 1 << 40


class Movements:
    """A day's hops and footpaths in plain lists, to be walked through one at a time."""

    def __init__(self, day: DayTimetable, between: Walks) -> None:
        self.origins, self.destinations = day.origins.tolist(), day.destinations.tolist()
        self.departures, self.arrivals = day.departures.tolist(), day.arrivals.tolist()
        self.boards, self.alights = day.boards.tolist(), day.alights.tolist()
        self.stays = _stays(day)
        self.footpaths = [row_of(between, stop) for stop in range(day.n_stops)]
        self.boardings: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for hop, (stop, departure) in enumerate(zip(self.origins, self.departures, strict=True)):
            if self.boards[hop]:
                self.boardings[stop].append((departure, hop))

    def alightings(self, ready: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
        """Give all that one can get off at, being ready at some stops at a second told.

        Each is (now, stop, second of arrival) of one hop, in order of ``now``, the second at which
        the hop leaves: what is given later leaves no sooner.
        """
        aboard: set[int] = set()
        soonest = dict(ready)
        waiting = [(time, _AT_STOP, stop) for stop, time in ready.items()]
        heapq.heapify(waiting)
        while waiting:
            time, kind, number = heapq.heappop(waiting)
            if kind == _AT_STOP and time == soonest[number]:
                from_then = bisect_left(self.boardings[number], (time, -1))
                for departure, hop in self.boardings[number][from_then:]:
                    heapq.heappush(waiting, (departure, _ABOARD, hop))
            if kind == _ABOARD and number not in aboard:
                aboard.add(number)
                if (onward := self.stays[number]) is not None:
                    heapq.heappush(waiting, (self.departures[onward], _ABOARD, onward))
                if self.alights[number]:
                    stop, arrival = self.destinations[number], self.arrivals[number]
                    yield time, stop, arrival
                    for other, seconds in self.footpaths[stop]:
                        if arrival + seconds < soonest.get(other, _NEVER):
                            soonest[other] = arrival + seconds
                            heapq.heappush(waiting, (arrival + seconds, _AT_STOP, other))

    def alighting_times(self, ready: Mapping[int, int]) -> dict[int, int]:
        """Return when one can first get off at each stop, being ready at some at a second told."""
        alighted: dict[int, int] = {}
        for _, stop, arrival in self.alightings(ready):
            alighted[stop] = min(arrival, alighted.get(stop, arrival))
        return alighted

    def first_arrival(self, ready: Mapping[int, int], ends: Mapping[int, int]) -> int | None:
        """Return when one is first at a door some seconds from some stops; None = never."""
        first: int | None = None
        for now, stop, arrival in self.alightings(ready):
            if first is not None and now >= first:
                break
            if stop in ends:
                there = arrival + ends[stop]
                first = there if first is None else min(there, first)
        return first


class ExhaustiveSearch:
    """Every useful journey of a day, found by trying every departure."""

    name = "exhaustive"

    def to_place(
        self,
        day: DayTimetable,
        between: Walks,
        homes: Walks,
        place: tuple[IntArray, IntArray],
        window: Window,
    ) -> Profiles:
        """Return the journeys of each home to one place within the window."""
        movements, ends = Movements(day, between), _nearest(place)
        rows: list[Useful] = []
        for home in range(len(homes.first) - 1):
            walks = dict(row_of(homes, home))
            found = []
            for leave in _departures(movements, walks, window):
                alighted = movements.alighting_times({s: leave + w for s, w in walks.items()})
                found += [(leave, alighted[s] + w) for s, w in ends.items() if s in alighted]
            rows.append(useful(found, window))
        return profiles_of(rows)

    def from_place(
        self,
        day: DayTimetable,
        between: Walks,
        homes: Walks,
        place: tuple[IntArray, IntArray],
        window: Window,
    ) -> Profiles:
        """Return the journeys from one place to each home within the window."""
        movements, walks = Movements(day, between), _nearest(place)
        found: list[Useful] = [[] for _ in range(len(homes.first) - 1)]
        for leave in _departures(movements, walks, window):
            alighted = movements.alighting_times({s: leave + w for s, w in walks.items()})
            for home, journeys in enumerate(found):
                ends = row_of(homes, home)
                journeys += [(leave, alighted[s] + w) for s, w in ends if s in alighted]
        return profiles_of([useful(journeys, window) for journeys in found])


def row_of(walks: Walks, row: int) -> list[tuple[int, int]]:
    """Return the walks of one row: (stop, seconds)."""
    low, high = walks.first[row], walks.first[row + 1]
    return list(zip(walks.stops[low:high].tolist(), walks.seconds[low:high].tolist(), strict=True))


def useful(journeys: Iterable[tuple[int, int]], window: Window) -> Useful:
    """Return the journeys within the window that no other beats, in order of departure."""
    kept: Useful = []
    for leave, arrival in sorted(journeys, key=lambda one: (-one[0], one[1])):
        inside = window.earliest <= leave and arrival <= window.latest
        if inside and (not kept or arrival < kept[-1][1]):
            kept.append((leave, arrival))
    return kept[::-1]


def profiles_of(rows: list[Useful]) -> Profiles:
    """Return rows of (departure, arrival) laid end to end."""
    journeys = [journey for row in rows for journey in row]
    table = np.array(journeys, dtype=np.int32).reshape(-1, 2)
    first = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    return Profiles(first, table[:, 0].copy(), table[:, 1].copy())


def _nearest(place: tuple[IntArray, IntArray]) -> dict[int, int]:
    """Return the shortest walk told between the place and each stop."""
    walks: dict[int, int] = {}
    for stop, seconds in zip(place[0].tolist(), place[1].tolist(), strict=True):
        walks[stop] = min(seconds, walks.get(stop, seconds))
    return walks


def _departures(movements: Movements, walks: Mapping[int, int], window: Window) -> list[int]:
    """Return the seconds at which to leave so as to be at a stop just when something goes."""
    leaving = {
        departure - seconds
        for stop, seconds in walks.items()
        for departure, _ in movements.boardings[stop]
    }
    return sorted(t for t in leaving if window.earliest <= t <= window.latest)


def _stays(day: DayTimetable) -> list[int | None]:
    """Return the hop that the same vehicle goes on with after each: None = it ends there."""
    stays: list[int | None] = [None] * len(day.runs)
    last: dict[int, int] = {}
    for hop, vehicle in enumerate(day.vehicles[day.runs].tolist()):
        if vehicle in last:
            stays[last[vehicle]] = hop
        last[vehicle] = hop
    return stays
