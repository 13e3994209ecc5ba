"""One vehicle's day: in which order and at which minutes it holds the stops it is given.

Every order that the hours allow is weighed, by kilometres, until there are too many of them (days
of eight sessions and more): what was found by then is the answer, and nothing is said to be
impossible. A day is one way out of the depot and one way back. Roads are driven at a stretch, in
whole minutes (rounded up). The break is taken standing: before setting up at the first stop,
between two stops (before the road or after it), or once the last one is packed up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from maillage.rounds.model import FixedSession, Range, RoundProblem

NO_ROAD = 1_000_000
_MOST_STEPS = 30_000
_FLOAT_DUST = 1e-9


@dataclass(frozen=True, slots=True)
class DayRoute:
    """The stops of a day in order, when each begins to receive and how long, and the break."""

    order: tuple[int, ...]
    starts: tuple[int, ...]
    lasting: tuple[int, ...]
    rest: int | None
    kilometres: float
    driving: int


@dataclass(frozen=True, slots=True)
class Task:
    """A session to hold: the minutes at which it may begin (both ends kept), how long it lasts.

    It begins on a multiple of ``step`` minutes of the day.
    """

    stop: int
    begins: tuple[tuple[int, int], ...]
    lasting: int
    step: int = 1


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours asked of a day: starts by (stop, minute), and stops that begin on the ``step``."""

    pins: tuple[tuple[int, int], ...] = ()
    on_step: frozenset[int] = frozenset()
    step: int = 1


ANY_HOURS = Hours()

_NOTHING = DayRoute((), (), (), None, 0.0, 0)


def drive_minutes(problem: RoundProblem) -> list[list[int]]:
    """Return whole minutes of driving between places, rounded up; ``NO_ROAD`` where none goes."""
    told = np.ceil(problem.minutes - _FLOAT_DUST)
    told[~np.isfinite(problem.kilometres)] = np.inf
    table: list[list[int]] = np.where(np.isfinite(told), told, NO_ROAD).astype(int).tolist()
    return table


def shortest_ways(table: list[list[int]]) -> list[list[int]]:
    """Return the minutes where passing through other places may shorten: never more than given."""
    ways = np.array(table)
    for middle in range(len(ways)):
        np.minimum(ways, ways[:, middle, None] + ways[None, middle, :], out=ways)
    closed: list[list[int]] = ways.tolist()
    return closed


class DayPlanner:
    """Finds the shortest day of a vehicle for a set of stops, and remembers it.

    Commitments of a day are always among its stops. ``drive`` are whole minutes between places.
    ``hours``: starts that (vehicle, date, stop) keep, if held, where the windows still allow them.
    """

    def __init__(
        self,
        problem: RoundProblem,
        drive: list[list[int]],
        hours: Mapping[tuple[int, int, int], int] | None = None,
    ) -> None:
        self.problem, self.drive, self._hours = problem, drive, dict(hours or {})
        self._shifts = [dict(vehicle.shifts) for vehicle in problem.vehicles]
        self._windows = [dict(stop.windows) for stop in problem.stops]
        self._fixed: dict[tuple[int, int], dict[int, FixedSession]] = {}
        for fixed in problem.fixed:
            self._fixed.setdefault((fixed.vehicle, fixed.date), {})[fixed.stop] = fixed
        self._known: dict[object, tuple[DayRoute | None, bool]] = {}
        self._asked: dict[object, tuple[DayRoute | None, bool]] = {}
        self._tasks: dict[tuple[int, int, int], Task] = {}
        self._kilometres: list[list[float]] = problem.kilometres.tolist()

    def committed(self, vehicle: int, date: int) -> frozenset[int]:
        """Return the stops where the vehicle has to be that date."""
        return frozenset(self._fixed.get((vehicle, date), ()))

    def route(
        self, vehicle: int, date: int, stops: frozenset[int], hours: Hours = ANY_HOURS
    ) -> DayRoute | None:
        """Return the day of fewest kilometres, None where the stops do not hold in it."""
        return self._searched(vehicle, date, stops, hours)[0]

    def is_impossible(self, vehicle: int, date: int, stops: frozenset[int]) -> bool:
        """Whether it is certain that no order and no hours hold the stops."""
        found, exact = self._searched(vehicle, date, stops, ANY_HOURS)
        return found is None and exact

    def asked(
        self, vehicle: int, date: int, stops: frozenset[int], hours: Hours = ANY_HOURS
    ) -> tuple[int, Range | None, tuple[Task, ...]]:
        """Return all that a day depends on: days alike have the same routes."""
        every = stops | self.committed(vehicle, date)
        tasks = tuple(self._free_task(vehicle, date, stop) for stop in sorted(every))
        if hours != ANY_HOURS:
            pins = dict(hours.pins)
            tasks = tuple(_at_hours(task, hours, pins.get(task.stop)) for task in tasks)
        return vehicle, self._shifts[vehicle].get(date), tasks

    def _searched(
        self, vehicle: int, date: int, stops: frozenset[int], hours: Hours
    ) -> tuple[DayRoute | None, bool]:
        """Return the route and whether the search was whole; the same date's are at hand first."""
        asked = (vehicle, date, stops, hours)
        if asked not in self._asked:
            key = self.asked(vehicle, date, stops, hours)
            if key not in self._known:
                self._known[key] = self._found(*key)
            self._asked[asked] = self._known[key]
        return self._asked[asked]

    def _found(
        self, vehicle: int, shift: Range | None, tasks: tuple[Task, ...]
    ) -> tuple[DayRoute | None, bool]:
        if not tasks:
            return _NOTHING, True
        if shift is None or not all(task.begins for task in tasks):
            return None, True
        search = _DaySearch(self, vehicle, shift, tasks)
        return search.best, not search.gave_up

    def _free_task(self, vehicle: int, date: int, stop: int) -> Task:
        at = (vehicle, date, stop)
        if at not in self._tasks:
            self._tasks[at] = self._made_task(vehicle, date, stop)
        return self._tasks[at]

    def _made_task(self, vehicle: int, date: int, stop: int) -> Task:
        fixed = self._fixed.get((vehicle, date), {}).get(stop)
        if fixed is not None:
            return Task(stop, ((fixed.start, fixed.start),), fixed.end - fixed.start)
        lasting = self.problem.session_minutes
        told = sorted((w.start, w.end) for w in self._windows[stop].get(date, ()))
        begins = tuple((start, end - lasting) for start, end in told if end - start >= lasting)
        kept = self._hours.get((vehicle, date, stop))
        if kept is not None and any(low <= kept <= high for low, high in begins):
            begins = ((kept, kept),)
        return Task(stop, begins, lasting)

    def kilometres_between(self, start: int, end: int) -> float:
        """Return the kilometres of a road."""
        return self._kilometres[start][end]


@dataclass(slots=True)
class _State:
    """Where the vehicle stands while a day is being made."""

    place: int
    time: int
    kilometres: float
    driving: int
    rest: int | None
    order: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()


class _DaySearch:
    """Goes through the orders of one day, dropping those that cannot beat the best."""

    def __init__(
        self, planner: DayPlanner, vehicle: int, shift: Range, tasks: tuple[Task, ...]
    ) -> None:
        problem = planner.problem
        self.planner, self.shift, self.tasks = planner, shift, tasks
        self.vehicle = problem.vehicles[vehicle]
        self.setup, self.packing = problem.setup_minutes, problem.packing_minutes
        self.best: DayRoute | None = None
        self.steps_left, self.gave_up = _MOST_STEPS, False
        depot = _State(self.vehicle.depot, shift.start, 0.0, 0, None)
        longest_drive = self.vehicle.longest_drive
        self.longest_drive = NO_ROAD - 1 if longest_drive is None else longest_drive
        work = sum(self.setup + task.lasting + self.packing for task in tasks)
        if self.vehicle.break_minutes == 0 or work <= self.vehicle.break_after:
            self._extend(depot, (1 << len(tasks)) - 1, resting=False)
        if self.vehicle.break_minutes > 0:
            self._extend(depot, (1 << len(tasks)) - 1, resting=True)

    def _extend(self, state: _State, left: int, *, resting: bool) -> None:
        """Go on from a state by each stop left; ``resting``: the break is taken on the way."""
        self.steps_left -= 1
        if self.steps_left < 0:
            self.gave_up = True
            return
        if not left:
            self._close(state, resting=resting)
            return
        for number, task in enumerate(self.tasks):
            if left >> number & 1:
                for to_rest in (False, True) if resting and state.rest is None else (False,):
                    after = self._gone(state, task, to_rest=to_rest)
                    if after is not None:
                        self._extend(after, left & ~(1 << number), resting=resting)

    def _gone(self, state: _State, task: Task, *, to_rest: bool) -> _State | None:
        """Return the state once the next stop is packed up, None where it cannot be."""
        minutes = self.planner.drive[state.place][task.stop]
        kilometres = state.kilometres + self.planner.kilometres_between(state.place, task.stop)
        driving = state.driving + minutes
        if driving > self.longest_drive or not self._may_be_best(kilometres):
            return None
        rest, ready = state.rest, state.time + minutes
        if to_rest:
            rest = self._rest(state.time, minutes, at_depot=not state.order)
            if rest is None:
                return None
            is_before = rest < state.time + minutes
            ready = rest + self.vehicle.break_minutes + (minutes if is_before else 0)
        start = _first_start(task, ready + self.setup)
        if start is None or start + task.lasting + self.packing > self.shift.end:
            return None
        return _State(
            task.stop,
            start + task.lasting + self.packing,
            kilometres,
            driving,
            rest,
            (*state.order, task.stop),
            (*state.starts, start),
        )

    def _rest(self, ready: int, minutes: int, *, at_depot: bool) -> int | None:
        """Return the first minute when the break can begin: after the road, else before it."""
        window = self.vehicle.break_window
        after = max(ready + minutes, window.start)
        if after <= window.end:
            return after
        before = max(ready, window.start)
        return before if before <= window.end and not at_depot else None

    def _may_be_best(self, kilometres: float) -> bool:
        return self.best is None or kilometres < self.best.kilometres - _FLOAT_DUST

    def _close(self, state: _State, *, resting: bool) -> None:
        """Go home, and keep the day if it is the best."""
        depot = self.vehicle.depot
        minutes = self.planner.drive[state.place][depot]
        kilometres = state.kilometres + self.planner.kilometres_between(state.place, depot)
        driving = state.driving + minutes
        if driving > self.longest_drive or not self._may_be_best(kilometres):
            return
        time, rest, starts = state.time, state.rest, state.starts
        if resting and rest is None:
            rest = max(time, self.vehicle.break_window.start)
            if rest > self.vehicle.break_window.end:
                return
            time = rest + self.vehicle.break_minutes
        if time + minutes > self.shift.end:
            return
        if not resting:
            short = self._short_enough(state.order)
            if short is None:
                return
            starts = short
        lasting = {task.stop: task.lasting for task in self.tasks}
        lengths = tuple(lasting[stop] for stop in state.order)
        self.best = DayRoute(state.order, starts, lengths, rest, kilometres, driving)

    def _short_enough(self, order: tuple[int, ...]) -> tuple[int, ...] | None:
        """Return starts that keep the vehicle out no longer than it may be without a break."""
        by_stop = {task.stop: task for task in self.tasks}
        tasks = [by_stop[stop] for stop in order]
        depot, drive = self.vehicle.depot, self.planner.drive
        out, home = drive[depot][order[0]], drive[order[-1]][depot]
        earliest = self.shift.start + out + self.setup
        longest = self.vehicle.break_after if self.vehicle.break_minutes else NO_ROAD
        while True:
            starts = self._forward(tasks, earliest)
            if starts is None:
                return None
            back = starts[-1] + tasks[-1].lasting + self.packing + home
            if back > self.shift.end:
                return None
            starts, slack = self._backward(tasks, starts)
            if back - (starts[0] - self.setup - out) <= longest:
                return tuple(starts)
            earliest = starts[0] + slack + 1

    def _forward(self, tasks: list[Task], earliest: int) -> list[int] | None:
        starts: list[int] = []
        for number, task in enumerate(tasks):
            start = _first_start(task, earliest)
            if start is None:
                return None
            starts.append(start)
            if number + 1 < len(tasks):
                earliest = start + self._between(task, tasks[number + 1])
        return starts

    def _backward(self, tasks: list[Task], starts: list[int]) -> tuple[list[int], int]:
        """Return the latest starts with the same last one, and by how much all may be put off."""
        late = [starts[-1]]
        for task, following in zip(tasks[-2::-1], tasks[:0:-1], strict=True):
            latest = late[0] - self._between(task, following)
            late.insert(0, _last_start(task, latest))
        if any(task.step > 1 for task in tasks):  # put off by a minute, they fall out of step
            return late, 0
        slack = min(
            next(high for low, high in task.begins if low <= start <= high) - start
            for task, start in zip(tasks, late, strict=True)
        )
        return late, slack

    def _between(self, task: Task, following: Task) -> int:
        """Return the minutes from one start to the next one's, at least."""
        road = self.planner.drive[task.stop][following.stop]
        return task.lasting + self.packing + road + self.setup


def _at_hours(task: Task, hours: Hours, pin: int | None) -> Task:
    """Return a session held to the hours asked of it."""
    step = hours.step if task.stop in hours.on_step else 1
    if pin is None:
        return replace(task, step=step)
    may = any(low <= pin <= high for low, high in task.begins) and pin % step == 0
    return replace(task, begins=((pin, pin),) if may else (), step=step)


def _first_start(task: Task, earliest: int) -> int | None:
    starts = (
        (-(-max(low, earliest) // task.step) * task.step, high)
        for low, high in task.begins
        if earliest <= high
    )
    return next((start for start, high in starts if start <= high), None)


def _last_start(task: Task, latest: int) -> int:
    """Return the last start by ``latest``: there is one."""
    starts = (
        (low, min(latest, high) // task.step * task.step)
        for low, high in task.begins
        if low <= latest
    )
    return max(start for low, start in starts if start >= low)
