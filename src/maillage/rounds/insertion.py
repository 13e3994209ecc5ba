"""Stops put into a calendar one by one, the most people for a minute of the crew first."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.rounds.calendar import Calendar, Ground, Held, Place, Rhythm
from maillage.rounds.model import Often, RoundProblem

_FLOAT_DUST = 1e-9


class Worth:
    """What each stop at each frequency does at each point; points that are alike are one."""

    def __init__(self, problem: RoundProblem) -> None:
        reach, alike = np.unique(problem.reach, axis=1, return_inverse=True)
        weights = np.bincount(alike.ravel(), weights=problem.wanting, minlength=reach.shape[1])
        self.wanting: FloatArray = weights.astype(np.float64)
        self._problem, self._reach = problem, reach
        self._tables: dict[Often, FloatArray] = {}

    def good(self, often: Often) -> FloatArray:
        """Return (s, p) what each stop does at each point, held so."""
        problem = self._problem
        # without a capacity, how many sessions there are changes nothing
        key = often if problem.capacity is not None else Often(often.frequency, 0)
        if key not in self._tables:
            share = [problem.received(stop, often) for stop in range(len(self._reach))]
            each = problem.good(often.frequency) * np.array(share)
            self._tables[key] = self._reach * each[:, None]
        return self._tables[key]

    def served(self, calendar: Calendar) -> FloatArray:
        """Return the share served at each point."""
        best = np.zeros(len(self.wanting))
        for stop, held in sorted(calendar.held.items()):
            np.maximum(best, self.good(held.rhythm.often)[stop], out=best)
        return best

    def people(self, calendar: Calendar) -> float:
        """Return the people served."""
        return math.fsum(self.wanting * self.served(calendar))

    def gains(self, calendar: Calendar, asked: Iterable[Often]) -> dict[Often, FloatArray]:
        """Return (s,) the people that each stop would add, held so, by how often."""
        best = self.served(calendar)
        return {often: np.maximum(self.good(often) - best, 0.0) @ self.wanting for often in asked}


@dataclass(frozen=True, slots=True)
class Insertion:
    """A stop that could be held so; ``cost`` in minutes of the crew, ``gain`` in people."""

    stop: int
    held: Held
    gain: float
    cost: float


class Inserter:
    """Puts stops into calendars of one ground.

    ``odd_day_km`` is how many kilometres are driven rather than hold one session on another
    weekday than the others of its stop. ``staying``: a stop that is to be held more often keeps
    the sessions it has.
    """

    def __init__(
        self, ground: Ground, worth: Worth, odd_day_km: float, *, staying: bool = False
    ) -> None:
        self.ground, self.worth, self.odd_day_km = ground, worth, odd_day_km
        self.staying = staying
        self.order = [stop.id for stop in ground.problem.stops]

    def score(self, calendar: Calendar) -> tuple[float, float]:
        """Return (people, cost): of two calendars the better has more of one, then less."""
        return self.worth.people(calendar), self.cost(calendar)

    def cost(self, calendar: Calendar) -> float:
        """Return the kilometres, and those that sessions on other weekdays are worth."""
        return calendar.total_kilometres + self.odd_day_km * calendar.odd_days

    def may_add(self, calendar: Calendar, stop: int, n_sessions: int) -> bool:
        """Whether the number of sessions allows a stop not held to have so many."""
        new = n_sessions - len(self.ground.commitments.get(stop, ()))
        most = self.ground.problem.most_sessions
        return most is None or calendar.n_sessions + new <= most

    def best_held(
        self,
        calendar: Calendar,
        stop: int,
        rhythm: Rhythm,
        stay: Mapping[int, Place] | None = None,
    ) -> Held | None:
        """Return the cheapest days on which a stop not held can be, None where it cannot.

        ``stay``: by week, the place to keep if there is room.
        """
        if not self.may_add(calendar, stop, len(rhythm.weeks)):
            return None
        weeks: dict[int, list[tuple[float, Place]]] = {week: [] for week in rhythm.weeks}
        for place in self.ground.places[stop]:
            if self.ground.week[place[1]] in weeks:
                added = calendar.added(place, stop)
                if added is not None:
                    weeks[self.ground.week[place[1]]].append((added, place))
        if not all(weeks.values()):
            return None
        for week, place in (stay or {}).items():
            kept = [told for told in weeks.get(week, ()) if told[1] == place]
            if kept:
                weeks[week] = kept
        weekdays = {self.ground.weekday[p[1]] for told in weeks.values() for _, p in told}
        _, _, places = min(self._on(weekday, weeks) for weekday in sorted(weekdays))
        return Held(rhythm, places)

    def _on(
        self, weekday: int, weeks: dict[int, list[tuple[float, Place]]]
    ) -> tuple[float, int, tuple[Place, ...]]:
        """Return the cost of standing on a weekday, and the places; on another where it must."""
        total, places = 0.0, []
        for _, told in sorted(weeks.items()):
            cost, _, place = min(
                (km + self.odd_day_km * (self.ground.weekday[p[1]] != weekday), p[1], p)
                for km, p in told
            )
            total += cost
            places.append(place)
        return total, weekday, tuple(places)

    def fill(self, calendar: Calendar, noise: random.Random | None = None) -> bool:
        """Hold what must be, then what serves most for its minutes; False where it must and cannot.

        ``noise`` blurs the choice.
        """
        for stop in sorted(self.ground.must, key=lambda n: (len(self.ground.places[n]), n)):
            if stop not in calendar.held and not self._force(calendar, stop):
                return False
        while True:
            insertion = self._next(calendar, noise)
            if insertion is None:
                return True
            if insertion.stop in calendar.held:
                calendar.remove(insertion.stop)
            calendar.add(insertion.stop, insertion.held)

    def _force(self, calendar: Calendar, stop: int) -> bool:
        """Hold a stop that must be, with as few sessions as may be."""
        for rhythm in sorted(self.ground.rhythms[stop], key=lambda r: (len(r.weeks), r.weeks)):
            held = self.best_held(calendar, stop, rhythm)
            if held is not None:
                calendar.add(stop, held)
                return True
        return False

    def _next(self, calendar: Calendar, noise: random.Random | None) -> Insertion | None:
        """Return the stop, or the higher frequency, that adds most people a minute."""
        asked = sorted(self._asked(calendar, noise), key=lambda told: (-told[0], told[1], told[2]))
        best, best_rate = None, 0.0
        for most, _, _, stop, rhythm, gain in asked:
            if most <= best_rate:
                break
            insertion = self._tried(calendar, stop, rhythm, gain)
            if insertion is not None:
                rate = most * _at_least(self.ground, calendar, stop, rhythm) / insertion.cost
                if rate > best_rate:
                    best, best_rate = insertion, rate
        return best

    def _asked(
        self, calendar: Calendar, noise: random.Random | None
    ) -> Iterator[tuple[float, str, tuple[int, ...], int, Rhythm, float]]:
        """Yield what would add people: most a minute, id, weeks, stop, rhythm, people."""
        told = {rhythm.often for rhythms in self.ground.rhythms for rhythm in rhythms}
        gains = self.worth.gains(calendar, told)
        smallest = _FLOAT_DUST * max(1.0, math.fsum(self.worth.wanting))
        for stop, rhythms in enumerate(self.ground.rhythms):
            blur = 1.0 if noise is None else math.exp(noise.gauss(0.0, 0.3))
            for rhythm in rhythms:
                gain = float(gains[rhythm.often][stop])
                if gain > smallest:
                    most = blur * gain / _at_least(self.ground, calendar, stop, rhythm)
                    yield most, self.order[stop], rhythm.weeks, stop, rhythm, gain

    def _tried(
        self, calendar: Calendar, stop: int, rhythm: Rhythm, gain: float
    ) -> Insertion | None:
        trial, stay = calendar, {}
        if stop in calendar.held:
            trial = calendar.copy()
            places = trial.remove(stop).places
            stay = {self.ground.week[p[1]]: p for p in places} if self.staying else {}
        held = self.best_held(trial, stop, rhythm, stay)
        if held is None:
            return None
        roads = sum(self._road(trial, place, stop) for place in held.places)
        cost = _at_least(self.ground, calendar, stop, rhythm) + max(0, roads)
        return Insertion(stop, held, gain, cost)

    def _road(self, calendar: Calendar, place: Place, stop: int) -> int:
        """Return the minutes of driving that a session adds."""
        planner, now = self.ground.planner, calendar.days.get(place, frozenset())
        before, after = planner.route(*place, now), planner.route(*place, now | {stop})
        return after.driving - before.driving if before and after else 0


def _at_least(ground: Ground, calendar: Calendar, stop: int, rhythm: Rhythm) -> float:
    """Return the minutes of the crew that a rhythm takes more than now, roads apart; 1 at least."""
    held = calendar.held.get(stop)
    now = len(held.places) if held else len(ground.commitments.get(stop, ()))
    return max(1.0, float((len(rhythm.weeks) - now) * ground.service))


def bettered(inserter: Inserter, calendar: Calendar, budget: Budget) -> Calendar:
    """Return a calendar at least as good: stops are taken out, others put in, many times.

    Every other time it is the same ones that are put back, as often, on cheaper days.
    """
    noise = random.Random(budget.seed)
    best, best_score = calendar, inserter.score(calendar)
    for turn in range(2 * budget.iterations):
        if budget.ended or not best.held:
            break
        trial = best.copy()
        out = [(stop, trial.remove(stop)) for stop in _taken_out(trial, noise)]
        if turn % 2:
            noise.shuffle(out)
            filled = all(_put_back(inserter, trial, *told) for told in out)
        else:
            filled = inserter.fill(trial, noise)
        if not filled:
            continue
        score = inserter.score(trial)
        if is_better(score, best_score):
            best, best_score = trial, score
    return best


def _put_back(inserter: Inserter, calendar: Calendar, stop: int, before: Held) -> bool:
    """Hold a stop as often as before, on the cheapest days of all; False where there are none."""
    best: tuple[float, Held] | None = None
    for rhythm in inserter.ground.rhythms[stop]:
        if rhythm.frequency is before.rhythm.frequency:
            held = inserter.best_held(calendar, stop, rhythm)
            if held is not None:
                calendar.add(stop, held)
                cost = inserter.cost(calendar)
                calendar.remove(stop)
                best = (cost, held) if best is None or cost < best[0] else best
    if best is not None:
        calendar.add(stop, best[1])
    return best is not None


def is_better(score: tuple[float, float], than: tuple[float, float]) -> bool:
    """Whether there are more people, or as many for a lower cost."""
    dust = _FLOAT_DUST * max(1.0, abs(than[0]))
    if abs(score[0] - than[0]) > dust:
        return score[0] > than[0]
    return score[1] < than[1] - _FLOAT_DUST


def _taken_out(calendar: Calendar, noise: random.Random) -> list[int]:
    """Return one to four stops held: at random, or that share a day with one of them."""
    held = sorted(calendar.held)
    first = noise.choice(held)
    near = {s for p in calendar.held[first].places for s in calendar.days[p]}
    pool = sorted(near & set(held)) if noise.random() < 0.5 else held
    others = noise.sample(pool, min(len(pool), noise.randint(0, 3)))
    return sorted({first, *others})
