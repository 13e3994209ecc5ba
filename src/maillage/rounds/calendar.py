"""When a stop may be held within the month: its weeks, its rhythms, and a calendar being made.

A *week that counts* for a stop is an ISO week of the dates in which some vehicle could hold it, had
it nothing else to do (or is committed to). A stop held weekly has one session in each of its weeks
that count; fortnightly, in each of every other week; monthly, one in all. A week lost to a holiday
is not made up for; but a rhythm that would lose half of its weeks or more is not that rhythm.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from maillage.rounds.model import Frequency, Often, RoundProblem
from maillage.rounds.routes import DayPlanner, drive_minutes, shortest_ways

Place = tuple[int, int]
"""Where a session stands in a calendar: (vehicle, date)."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A frequency, and the numbers of the weeks in which it has a session."""

    frequency: Frequency
    weeks: tuple[int, ...]

    @property
    def often(self) -> Often:
        """How the stop is then held."""
        return Often(self.frequency, len(self.weeks))


@dataclass(frozen=True, slots=True)
class Held:
    """A stop that is held: its rhythm, and the place of each session, in order of week."""

    rhythm: Rhythm
    places: tuple[Place, ...]


def week_numbers(dates: tuple[dt.date, ...]) -> tuple[int, ...]:
    """Return the number of each date's ISO week, 0 for that of the first date."""
    mondays = [day.toordinal() - day.weekday() for day in dates]
    return tuple((monday - mondays[0]) // 7 for monday in mondays)


class Ground:
    """What is worked out once of a problem: roads, weeks, and what each stop allows.

    ``hours``: starts that sessions keep (see ``DayPlanner``).
    """

    def __init__(
        self, problem: RoundProblem, hours: Mapping[tuple[int, int, int], int] | None = None
    ) -> None:
        self.problem = problem
        drive = drive_minutes(problem)
        ways = shortest_ways(drive)
        self.planner = DayPlanner(problem, drive, hours)
        self.lenient = self.planner if ways == drive else DayPlanner(problem, ways)
        self.week = week_numbers(problem.dates)
        self.weekday = tuple(day.weekday() for day in problem.dates)
        self.service = problem.session_minutes + problem.setup_minutes + problem.packing_minutes
        self.commitments: dict[int, tuple[Place, ...]] = {}
        for fixed in sorted(problem.fixed, key=lambda f: (f.stop, f.date, f.vehicle)):
            told = self.commitments.get(fixed.stop, ())
            self.commitments[fixed.stop] = (*told, (fixed.vehicle, fixed.date))
        stops = range(len(problem.stops))
        free = DayPlanner(_without_commitments(problem), drive)
        self.places = tuple(self._places(stop, self.planner) for stop in stops)
        self.weeks = tuple(self._weeks(stop, self._places(stop, free)) for stop in stops)
        self.rhythms = tuple(self._rhythms(stop) for stop in stops)

    def _places(self, stop: int, planner: DayPlanner) -> tuple[Place, ...]:
        """Return where a session could stand, were there none but those committed to."""
        alone = frozenset((stop,))
        taken = {self.week[date] for _, date in self.commitments.get(stop, ())}
        own = self.commitments.get(stop, ()) if planner is self.planner else ()
        found = {
            (vehicle, date)
            for date, _ in self.problem.stops[stop].windows
            for vehicle in range(len(self.problem.vehicles))
            if (planner is not self.planner or self.week[date] not in taken)
            and planner.route(vehicle, date, alone) is not None
        }
        return tuple(sorted(found | set(own), key=lambda place: (place[1], place[0])))

    def _weeks(self, stop: int, alone: tuple[Place, ...]) -> tuple[int, ...]:
        dates = {date for _, date in (*alone, *self.commitments.get(stop, ()))}
        return tuple(sorted({self.week[date] for date in dates}))

    def _rhythms(self, stop: int) -> tuple[Rhythm, ...]:
        """Return the rhythms that a stop may have, that hold its commitments."""
        places = {self.week[date] for _, date in self.places[stop]}
        return tuple(told for told in self.rhythms_alone(stop) if places.issuperset(told.weeks))

    def rhythms_alone(self, stop: int) -> tuple[Rhythm, ...]:
        """Return the rhythms that a stop could have, were nothing promised elsewhere."""
        weeks = self.weeks[stop]
        every = range(self.week[-1] + 1) if self.week else range(0)
        asked: dict[Frequency, list[range]] = {
            Frequency.WEEKLY: [every],
            Frequency.FORTNIGHTLY: [every[::2], every[1::2]],
            Frequency.MONTHLY: [every[week : week + 1] for week in every],
        }
        own = self.commitments.get(stop, ())
        committed = {self.week[date] for _, date in own}
        if len(committed) < len(own):
            return ()  # no rhythm has two sessions in a week
        found = []
        for frequency in Frequency:
            if frequency in self.problem.stops[stop].frequencies:
                for wanted in asked[frequency]:
                    kept = tuple(week for week in weeks if week in wanted)
                    whole = len(kept) * 2 > len(wanted) and committed <= set(kept)
                    found += [Rhythm(frequency, kept)] if whole else []
        return tuple(found)

    @property
    def must(self) -> tuple[int, ...]:
        """The stops that have to be held: forced, or committed to."""
        stops = enumerate(self.problem.stops)
        return tuple(n for n, stop in stops if stop.forced or n in self.commitments)


def _without_commitments(problem: RoundProblem) -> RoundProblem:
    return replace(problem, fixed=())


class Calendar:
    """A month being made: which stops are held, on which days. Every day of it can be driven."""

    def __init__(self, ground: Ground, held: dict[int, Held] | None = None) -> None:
        self.ground = ground
        self.held: dict[int, Held] = {}
        self.days: dict[Place, frozenset[int]] = {}
        for fixed in ground.problem.fixed:
            place = (fixed.vehicle, fixed.date)
            self.days[place] = self.days.get(place, frozenset()) | {fixed.stop}
        for stop, told in (held or {}).items():
            self.add(stop, told)

    def copy(self) -> Calendar:
        """Return a calendar that changes by itself."""
        other = Calendar(self.ground)
        other.held, other.days = dict(self.held), dict(self.days)
        return other

    def add(self, stop: int, held: Held) -> None:
        """Hold a stop; its places must have been found to have room."""
        self.held[stop] = held
        for place in held.places:
            self.days[place] = self.days.get(place, frozenset()) | {stop}

    def remove(self, stop: int) -> Held:
        """Let go of a stop, its commitments apart, which stay on their days."""
        held = self.held.pop(stop)
        for place in held.places:
            if place not in self.ground.commitments.get(stop, ()):
                self.days[place] = self.days[place] - {stop}
        return held

    @property
    def n_sessions(self) -> int:
        """How many sessions stand, those committed to of stops not yet held among them."""
        return sum(len(stops) for stops in self.days.values())

    def kilometres(self, place: Place) -> float:
        """Return what the day costs as it stands; infinite where it cannot be."""
        route = self.ground.planner.route(*place, self.days.get(place, frozenset()))
        return float("inf") if route is None else route.kilometres

    @property
    def total_kilometres(self) -> float:
        """What the month costs."""
        return sum(self.kilometres(place) for place in sorted(self.days))

    @property
    def odd_days(self) -> int:
        """How many sessions stand on another weekday than most of their stop's."""
        odd = 0
        for held in self.held.values():
            days = [self.ground.weekday[date] for _, date in held.places]
            odd += len(days) - max(days.count(day) for day in set(days))
        return odd

    def added(self, place: Place, stop: int) -> float | None:
        """Return the kilometres that a session more adds there, None where there is no room."""
        now = self.days.get(place, frozenset())
        if stop in now:
            return 0.0
        then = self.ground.planner.route(*place, now | {stop})
        return None if then is None else then.kilometres - self.kilometres(place)
