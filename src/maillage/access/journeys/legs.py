"""One journey, leg by leg: what to walk, what to ride, when and where, for a sheet in words.

A profile says when to leave and when one is there; here the way itself is found. Of all ways that
leave as late and arrive as early: the fewest vehicles, then the least walking, then no waiting.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from maillage.access.journeys.exhaustive import Movements
from maillage.access.journeys.model import DayTimetable, Walks
from maillage.access.timetable.model import IntArray, Network, Vehicle
from maillage.kernel.language import tr

Place = tuple[IntArray, IntArray]
"""The (k,) stops near a door and the (k,) seconds between it and each."""
_Cost = tuple[int, int]  # vehicles, seconds on foot
_NO_WAY: _Cost = (1 << 30, 0)


@dataclass(frozen=True, slots=True)
class WalkLeg:
    """A walk, in seconds of the day. None stands for a door, at either end of the journey.

    Between two rides: from the stop where one alights to that where one boards, be it the same.
    """

    depart: int
    arrive: int
    from_stop: int | None
    to_stop: int | None
    from_name: str | None
    to_name: str | None


@dataclass(frozen=True, slots=True)
class RideLeg:
    """A ride: the run, its calls where one boards and alights (numbers of the network), words.

    Where one stays aboard while the vehicle begins another run, ``last_run`` is that one: the last
    call is of it, ``line`` names all lines in turn, ``headsign`` is the last run's.
    """

    depart: int
    arrive: int
    from_stop: int
    to_stop: int
    from_name: str
    to_name: str
    run: int
    first_call: int
    last_call: int
    vehicle: Vehicle
    line: str
    headsign: str
    last_run: int


Leg = WalkLeg | RideLeg


@dataclass(frozen=True, slots=True)
class Journey:
    """A journey from door to door: a walk, then rides and walks in turn, a walk last."""

    legs: tuple[Leg, ...]

    @property
    def depart(self) -> int:
        """The second at which one leaves the door."""
        return self.legs[0].depart

    @property
    def arrive(self) -> int:
        """The second at which one is at the other door."""
        return self.legs[-1].arrive

    @property
    def rides(self) -> tuple[RideLeg, ...]:
        """The vehicles taken, in order."""
        return tuple(leg for leg in self.legs if isinstance(leg, RideLeg))


class JourneyFinder:
    """Finds single journeys on one day; make it once for all the journeys of that day."""

    def __init__(self, network: Network, day: DayTimetable, between: Walks) -> None:
        self._network, self._day = network, day
        self._movements = Movements(day, between)

    def leaving_at(self, origin: Place, destination: Place, depart: int) -> Journey | None:
        """Return the journey that arrives first, leaving at ``depart`` or later; None = none.

        It leaves as late as it can without arriving later. For the way home, the place is the
        origin.
        """
        ready = {stop: depart + seconds for stop, seconds in _walks(origin)}
        arrival = self._movements.first_arrival(ready, dict(_walks(destination)))
        if arrival is None:
            return None
        way = _Ways(self._movements, destination, arrival).latest(origin, depart)
        return None if way is None else self._told(way)

    def arriving_by(
        self, origin: Place, destination: Place, arrive_by: int, not_before: int
    ) -> Journey | None:
        """Return the journey that leaves last and arrives by then; None = none.

        One leaves at ``not_before`` at the earliest. It arrives as early as it can without
        leaving earlier.
        """
        way = _Ways(self._movements, destination, arrive_by).latest(origin, not_before)
        return None if way is None else self.leaving_at(origin, destination, way.leave)

    def _told(self, way: _Way) -> Journey:
        movements, names = self._movements, self._network.stops.names
        time, at = way.leave, None
        legs: list[Leg] = []
        for board, alight, seconds in way.rides:
            stop = movements.origins[board]
            legs.append(_walk(time, seconds, (at, stop), names))
            legs.append(self._ride(board, alight))
            time, at = movements.arrivals[alight], movements.destinations[alight]
        legs.append(_walk(time, way.last_walk, (at, None), names))
        return Journey(tuple(legs))

    def _ride(self, board: int, alight: int) -> RideLeg:
        day, network, movements = self._day, self._network, self._movements
        runs = self._runs(board, alight)
        trips = day.trips[runs].tolist()
        lines = [network.lines[line] for line in network.trips.lines[trips].tolist()]
        ends = movements.origins[board], movements.destinations[alight]
        return RideLeg(
            depart=movements.departures[board],
            arrive=movements.arrivals[alight],
            from_stop=ends[0],
            to_stop=ends[1],
            from_name=network.stops.names[ends[0]],
            to_name=network.stops.names[ends[1]],
            run=runs[0],
            first_call=int(day.calls[board]),
            last_call=int(day.calls[alight]) + 1,
            vehicle=lines[0].vehicle,
            line=tr(" puis ").join(dict.fromkeys(one.short_name or one.long_name for one in lines)),
            headsign=network.trips.headsigns[trips[-1]],
            last_run=runs[-1],
        )

    def _runs(self, board: int, alight: int) -> list[int]:
        """Return the runs that one rides from one hop to another aboard one vehicle, in order."""
        runs: dict[int, None] = {}
        hop: int | None = board
        while hop is not None:
            runs[int(self._day.runs[hop])] = None
            hop = None if hop == alight else self._movements.stays[hop]
        return list(runs)


def _walk(
    depart: int, seconds: int, ends: tuple[int | None, int | None], names: tuple[str, ...]
) -> WalkLeg:
    named = [None if stop is None else names[stop] for stop in ends]
    return WalkLeg(depart, depart + seconds, *ends, *named)


def _walks(place: Place) -> Iterator[tuple[int, int]]:
    """Give the stops near a door and the seconds to each: told twice, the shortest comes last."""
    pairs = zip(place[0].tolist(), place[1].tolist(), strict=True)
    yield from sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True, slots=True)
class _Way:
    """When to leave, and each ride: hop boarded, hop alighted from, the walk to it before."""

    leave: int
    rides: tuple[tuple[int, int, int], ...]
    last_walk: int


class _Boardings:
    """What boarding at one stop costs, filled from the last departure to the first."""

    def __init__(self) -> None:
        self._negated: list[int] = []  # departures, negated so that they go up
        self._best: list[tuple[_Cost, int]] = []

    def add(self, departure: int, cost: _Cost, hop: int) -> None:
        """Note a boarding, no later than those before it; of two as cheap the earlier counts."""
        if not self._best or cost <= self._best[-1][0]:
            self._negated.append(-departure)
            self._best.append((cost, hop))

    def best_from(self, time: int) -> tuple[_Cost, int] | None:
        """Return the cheapest boarding at a time or later: its cost, its hop."""
        at = bisect_right(self._negated, -time)
        return self._best[at - 1] if at else None


class _Ways:
    """The cheapest ways to a door by a deadline, found from the last hop to the first."""

    def __init__(self, movements: Movements, destination: Place, arrive_by: int) -> None:
        self._movements, self._arrive_by = movements, arrive_by
        self._ends = dict(_walks(destination))
        self._boardings = [_Boardings() for _ in movements.footpaths]
        self._cost: dict[int, _Cost] = {}
        # what follows a hop: ("stay", next hop, 0), ("end", 0, walk) or ("change", hop, walk)
        self._then: dict[int, tuple[str, int, int]] = {}

    def latest(self, origin: Place, not_before: int) -> _Way | None:
        """Return the cheapest of the ways that leave last, at ``not_before`` or later."""
        walks = dict(_walks(origin))
        best: tuple[int, _Cost, int] | None = None
        for hops in self._by_departure():
            departure = self._movements.departures[hops[0]]
            if departure < (not_before if best is None else -best[0]):
                break
            self._settle(hops)
            for hop in hops:
                stop = self._movements.origins[hop]
                if stop in walks and self._movements.boards[hop] and hop in self._cost:
                    leave = departure - walks[stop]
                    vehicles, on_foot = self._cost[hop]
                    key = (-leave, (vehicles, on_foot + walks[stop]), hop)
                    if leave >= not_before and (best is None or key < best):
                        best = key
        if best is None:
            return None
        return self._followed(-best[0], best[2], walks)

    def _by_departure(self) -> Iterator[list[int]]:
        """Give the hops of each second of departure, the last first, once they can be of use."""
        departures = self._movements.departures
        high = bisect_right(departures, self._arrive_by)
        while high > 0:
            low = high - 1
            while low > 0 and departures[low - 1] == departures[high - 1]:
                low -= 1
            yield list(range(high - 1, low - 1, -1))
            high = low

    def _settle(self, hops: list[int]) -> None:
        """Cost the hops of one second, over and over where they lead to each other in no time."""
        movements = self._movements
        tied = any(movements.arrivals[hop] == movements.departures[hop] for hop in hops)
        changed = True
        while changed:
            changed = False
            for hop in hops:
                cost, then = min(self._choices(hop), default=(_NO_WAY, ("", 0, 0)))
                if cost < self._cost.get(hop, _NO_WAY):
                    self._cost[hop], self._then[hop] = cost, then
                    changed = tied
                    if movements.boards[hop]:
                        stop = movements.origins[hop]
                        self._boardings[stop].add(movements.departures[hop], cost, hop)

    def _choices(self, hop: int) -> Iterator[tuple[_Cost, tuple[str, int, int]]]:
        """Give what can follow a hop, with its cost: vehicles (this one too), seconds on foot."""
        movements = self._movements
        onward = movements.stays[hop]
        if onward is not None and onward in self._cost:
            yield self._cost[onward], ("stay", onward, 0)
        if not movements.alights[hop]:
            return
        stop, arrival = movements.destinations[hop], movements.arrivals[hop]
        if stop in self._ends and arrival + self._ends[stop] <= self._arrive_by:
            yield (1, self._ends[stop]), ("end", 0, self._ends[stop])
        for other, seconds in movements.footpaths[stop]:
            best = self._boardings[other].best_from(arrival + seconds)
            if best is not None:
                (vehicles, on_foot), boarded = best
                yield (vehicles + 1, on_foot + seconds), ("change", boarded, seconds)

    def _followed(self, leave: int, hop: int, walks: dict[int, int]) -> _Way:
        """Return the way from boarding a hop to the door, as it was costed."""
        rides, seconds = [], walks[self._movements.origins[hop]]
        board = hop
        while True:
            kind, following, then_walk = self._then[hop]
            if kind != "stay":
                rides.append((board, hop, seconds))
                board, seconds = following, then_walk
            if kind == "end":
                return _Way(leave, tuple(rides), then_walk)
            hop = following


def replay(
    journey: Journey, network: Network, day: DayTimetable, between: Walks
) -> tuple[str, ...]:
    """Return what the timetable contradicts in a journey, in English words; () = it holds.

    The first and the last walk are to be held against the walks that were asked with.
    """
    wrong = [f"leg {at} begins where or when the one before does not end" for at in _gaps(journey)]
    for ride in journey.rides:
        wrong += _against_calls(ride, network, day)
    for leg in journey.legs[1:-1]:
        if isinstance(leg, WalkLeg):
            wrong += _against_footpaths(leg, between)
    return tuple(wrong)


def _gaps(journey: Journey) -> list[int]:
    return [
        at
        for at, (one, then) in enumerate(pairwise(journey.legs), 1)
        if one.to_stop != then.from_stop
        or one.arrive > then.depart
        or (isinstance(then, WalkLeg) and one.arrive != then.depart)
        or type(one) is type(then)
    ]


def _against_calls(leg: RideLeg, network: Network, day: DayTimetable) -> Iterator[str]:
    """Give what the calls of the run's trip contradict, its shift in time being the run's own."""
    calls, trips = network.calls, network.trips
    trip, last = int(day.trips[leg.run]), int(day.trips[leg.last_run])
    begins, ends = trips.first_call[trip], trips.first_call[trip + 1]
    if leg.run != leg.last_run:
        if day.vehicles[leg.run] != day.vehicles[leg.last_run]:
            yield f"run {leg.run}: run {leg.last_run} is not of the same vehicle"
        if not trips.first_call[last] < leg.last_call < trips.first_call[last + 1]:
            yield f"run {leg.last_run}: call {leg.last_call} is not of its trip"
        if not begins <= leg.first_call < ends:
            yield f"run {leg.run}: call {leg.first_call} is not of its trip"
    elif not begins <= leg.first_call < leg.last_call < ends:
        yield f"run {leg.run}: calls {leg.first_call} to {leg.last_call} are not of its trip"
    if (calls.stops[leg.first_call], calls.stops[leg.last_call]) != (leg.from_stop, leg.to_stop):
        yield f"run {leg.run}: it calls at other stops"
    if not (calls.boards[leg.first_call] and calls.alights[leg.last_call]):
        yield f"run {leg.run}: one may not board or alight there"
    told = calls.arrivals[leg.last_call] - calls.departures[leg.first_call]
    if told != leg.arrive - leg.depart:
        yield f"run {leg.run}: {leg.arrive - leg.depart} s aboard, {told} s told"
    hop = (day.runs == leg.run) & (day.calls == leg.first_call)
    if not (hop & (day.departures == leg.depart)).any():
        yield f"run {leg.run}: does not leave at {leg.depart}"


def _against_footpaths(leg: WalkLeg, between: Walks) -> Iterator[str]:
    if leg.from_stop is None or leg.to_stop is None:
        yield "a door in the middle of the journey"
        return
    row = slice(between.first[leg.from_stop], between.first[leg.from_stop + 1])
    told = between.seconds[row][between.stops[row] == leg.to_stop]
    if told.tolist() != [leg.arrive - leg.depart]:
        yield f"walk from {leg.from_stop} to {leg.to_stop}: {told.tolist()} s told"
