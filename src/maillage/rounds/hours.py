"""A calendar becomes a plan: the same hour for the same stop, told in quarters where it can be."""

from __future__ import annotations

from maillage.rounds.calendar import Calendar, Place
from maillage.rounds.model import Break, RoundPlan, Session
from maillage.rounds.routes import DayRoute, Pins
from maillage.rounds.value import plan_of


class _Clock:
    """Fixes the hour of each stop, one after the other, on days that stay drivable."""

    def __init__(self, calendar: Calendar, step: int, odd_day_km: float) -> None:
        self.calendar, self.step, self.odd_day_km = calendar, step, odd_day_km
        self.pinned: dict[Place, dict[int, int]] = {
            place: {} for place, held in calendar.days.items() if held
        }

    def route(self, place: Place, stop: int | None = None, at: int = 0) -> DayRoute | None:
        """Return the day with the hours fixed so far, and one more."""
        pins = dict(self.pinned[place])
        if stop is not None:
            pins[stop] = at
        asked: Pins = tuple(sorted(pins.items()))
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

    def _hours(self, stop: int, places: list[Place]) -> list[int]:
        """Return the hours worth trying: round ones, and those of the days as they stand."""
        problem = self.calendar.ground.problem
        windows = dict(problem.stops[stop].windows)
        hours = set()
        for place in places:
            route = self.route(place)
            if route is not None:
                hours.add(route.starts[route.order.index(stop)])
            for window in windows.get(place[1], ()):
                first = -(-window.start // self.step) * self.step
                last = window.end - problem.session_minutes
                hours |= set(range(first, last + 1, self.step))
        return sorted(hours)

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

    ``step`` minutes: hours are told in these where they can be. ``odd_day_km``: how many
    kilometres are driven rather than hold one session at another hour than the others.
    """
    clock = _Clock(calendar, step, odd_day_km)
    held = sorted(calendar.held.items(), key=lambda told: (-len(told[1].places), told[0]))
    for stop, told in held:
        clock.fix(stop, told.places)
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
