"""A calendar becomes a plan: hours that people remember, the same for the same stop.

First each day: as many of its sessions as can begin on a round hour, for no kilometre more. Then
each stop: the hour that most of its days can have. A session begins off a round hour only where no
day of as few kilometres lets it, with the others that are on one.
"""

from __future__ import annotations

from maillage.rounds.calendar import Calendar, Place
from maillage.rounds.model import Break, RoundPlan, Session
from maillage.rounds.routes import DayRoute, Hours
from maillage.rounds.value import plan_of

_FLOAT_DUST = 1e-9


class _Clock:
    """Fixes the hour of each stop, one after the other, on days that stay drivable."""

    def __init__(self, calendar: Calendar, step: int, odd_day_km: float) -> None:
        self.calendar, self.step, self.odd_day_km = calendar, step, odd_day_km
        self.pinned: dict[Place, dict[int, int]] = {
            place: {} for place, held in calendar.days.items() if held
        }
        self.round: dict[Place, frozenset[int]] = {}
        for place in self.pinned:
            self.round[place] = self._most_round(place)

    def _most_round(self, place: Place) -> frozenset[int]:
        """Return sessions that can all begin on a round hour for no kilometre more.

        All of the day's where they can; else one after the other, by number.
        """
        held = self.calendar.days[place]
        if self._costs_nothing(place, held):
            return held
        chosen = frozenset[int]()
        for stop in sorted(held):
            if self._costs_nothing(place, chosen | {stop}):
                chosen |= {stop}
        return chosen

    def _costs_nothing(self, place: Place, on_step: frozenset[int]) -> bool:
        """Whether these can all begin on a round hour in a day that is as short."""
        held, planner = self.calendar.days[place], self.calendar.ground.planner
        shortest = planner.route(*place, held)
        then = planner.route(*place, held, Hours((), on_step, self.step))
        if shortest is None or then is None:
            return False
        return then.kilometres <= shortest.kilometres + _FLOAT_DUST

    def route(self, place: Place, stop: int | None = None, at: int = 0) -> DayRoute | None:
        """Return the day with the hours fixed so far, and one more."""
        pins = dict(self.pinned[place])
        if stop is not None:
            pins[stop] = at
        asked = Hours(tuple(sorted(pins.items())), self.round[place], self.step)
        return self.calendar.ground.planner.route(*place, self.calendar.days[place], asked)

    def fix(self, stop: int, places: tuple[Place, ...]) -> None:
        """Fix the hour that most of the places can have, for the fewest kilometres."""
        left = list(places)
        while left:
            at, holding = min(
                ((at, self._holding(stop, left, at)) for at in self._hours(stop, left)),
                key=lambda told: (*self._cost(stop, left, told), told[0] % self.step, told[0]),
            )
            if not holding:  # a day so long that its orders cannot all be tried
                return
            for place in holding:
                self.pinned[place][stop] = at
            left = [place for place in left if place not in holding]

    def rounded(self) -> None:
        """Put each session that a day as fixed still lets begin on a round hour on the nearest."""
        for place in sorted(self.pinned):
            while self._one_rounded(place):
                pass

    def _one_rounded(self, place: Place) -> bool:
        """Move one session that is off its round hours, all others as they are; False: none can."""
        route = self.route(place)
        if route is None:
            return False
        self.pinned[place] = dict(zip(route.order, route.starts, strict=True))
        for stop, start in zip(route.order, route.starts, strict=True):
            for hour in self._nearest(stop, place, start) if start % self.step else ():
                then = self.route(place, stop, hour)
                if then is not None and then.kilometres <= route.kilometres + _FLOAT_DUST:
                    self.pinned[place][stop] = hour
                    return True
        return False

    def _nearest(self, stop: int, place: Place, start: int) -> list[int]:
        hours = self._round_hours(stop, place)
        return sorted(hours, key=lambda hour: (abs(hour - start), hour))

    def _hours(self, stop: int, places: list[Place]) -> list[int]:
        """Return the hours worth trying: round ones, and those of the days as they stand."""
        hours = set()
        for place in places:
            route = self.route(place)
            if route is not None:
                hours.add(route.starts[route.order.index(stop)])
            hours |= self._round_hours(stop, place)
        return sorted(hours)

    def _round_hours(self, stop: int, place: Place) -> set[int]:
        """Return the round hours that a stop's windows hold a session from."""
        problem = self.calendar.ground.problem
        hours = set[int]()
        for window in dict(problem.stops[stop].windows).get(place[1], ()):
            first = -(-window.start // self.step) * self.step
            hours |= set(range(first, window.end - problem.session_minutes + 1, self.step))
        return hours

    def _holding(self, stop: int, places: list[Place], at: int) -> list[Place]:
        return [place for place in places if self.route(place, stop, at) is not None]

    def _cost(
        self, stop: int, places: list[Place], told: tuple[int, list[Place]]
    ) -> tuple[float, ...]:
        """Return what weighs on an hour: kilometres, and places where it cannot be."""
        at, holding = told
        if not holding:
            return (float("inf"),)
        roads = [self.route(place, stop, at) for place in holding]
        before = [self.route(place) for place in holding]
        more = sum(r.kilometres for r in roads if r) - sum(r.kilometres for r in before if r)
        return (round(more + self.odd_day_km * (len(places) - len(holding)), 6),)


def planned(
    calendar: Calendar, step: int, odd_day_km: float, answer: tuple[float, str | None, str]
) -> RoundPlan:
    """Return the plan of a calendar; ``answer``: its bound, why the search stopped, the engine.

    ``step`` minutes: a round hour is a multiple of these. ``odd_day_km``: how many
    kilometres are driven rather than hold one session at another hour than the others.
    """
    clock = _Clock(calendar, step, odd_day_km)
    held = sorted(calendar.held.items(), key=lambda told: (-len(told[1].places), told[0]))
    for stop, told in held:
        clock.fix(stop, told.places)
    clock.rounded()
    sessions: list[Session] = []
    breaks: list[Break] = []
    for vehicle, date in sorted(clock.pinned):
        route = clock.route((vehicle, date))
        if route is not None:
            sessions += _sessions(vehicle, date, route)
            breaks += _breaks(calendar, vehicle, date, route)
    frequencies = {stop: told.rhythm.frequency for stop, told in held}
    return plan_of(calendar.ground.problem, sessions, breaks, frequencies, answer)


def _sessions(vehicle: int, date: int, route: DayRoute) -> list[Session]:
    return [
        Session(vehicle, date, stop, start, start + lasting)
        for stop, start, lasting in zip(route.order, route.starts, route.lasting, strict=True)
    ]


def _breaks(calendar: Calendar, vehicle: int, date: int, route: DayRoute) -> list[Break]:
    if route.rest is None:
        return []
    lasting = calendar.ground.problem.vehicles[vehicle].break_minutes
    return [Break(vehicle, date, route.rest, route.rest + lasting)]
