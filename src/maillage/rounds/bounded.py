"""The solver: a greedy month, bettered; a whole-number program that chooses, and bounds it all.

Choice and calendar are one program (``choice``), roads left aside. What it chooses is put on the
road day by day; a day that cannot be driven is cut off and the choice made anew, until every day
can be (then nothing is better), or effort or time ends. Each choice on the way is mended by the
inserter: stops whose days do not hold are put elsewhere or dropped. The best month seen is told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.rounds.calendar import Calendar, Ground, Held
from maillage.rounds.choice import ChoiceEngine, ChoiceModel
from maillage.rounds.contradictions import refuse_impossible
from maillage.rounds.hours import planned
from maillage.rounds.insertion import Inserter, Worth, bettered, is_better
from maillage.rounds.model import RoundPlan, RoundProblem
from maillage.rounds.sharing import RouteEngine, shared_out
from maillage.rounds.size import check_size
from maillage.rounds.twin import no_room
from maillage.rounds.value import PROVED_WITHIN, most_people

MOST_CUTTINGS = 200
"""How many times the choice is made anew, at most."""
_FIRST_PART, _CHOICE_PART = 0.2, 0.8
"""Shares of the time left: bettering before the choice, then the choice; bettering has the rest."""
_MOST_RELAXED = 40
_LITTLE = 1e-4
"""A bound that falls by less than this share of itself is left to the whole program."""


@dataclass(slots=True)
class _Search:
    """The best month so far, what no month can beat, and why the search stopped."""

    calendar: Calendar | None
    bound: float
    stopped: str | None = None


class BoundedRounds:
    """Plans a month, with a bound. Without engines it is the greedy month, bettered.

    ``odd_day_km``: kilometres driven rather than hold one session on another weekday, or at
    another hour, than the others of its stop. ``hour_step``: minutes in which hours are told.
    """

    def __init__(
        self,
        odd_day_km: float,
        hour_step: int,
        choice: ChoiceEngine | None = None,
        routes: RouteEngine | None = None,
    ) -> None:
        self.odd_day_km, self.hour_step = odd_day_km, hour_step
        self.choice, self.routes = choice, routes

    @property
    def name(self) -> str:
        """What it is, in French, with its engines."""
        engines = [engine.name for engine in (self.choice, self.routes) if engine is not None]
        return " + ".join((tr("au plus utile d'abord, puis amélioré"), *engines))

    def solve(self, problem: RoundProblem, budget: Budget, progress: Progress) -> RoundPlan:
        """Return the best plan found, and a bound. Raises ImpossibleDemand, TooLarge."""
        check_size(problem, budget.memory_bytes)
        progress.step(tr("Ce que chaque arrêt permet"))
        ground = Ground(problem)
        refuse_impossible(ground)
        inserter = Inserter(ground, Worth(problem), self.odd_day_km)
        progress.step(tr("Arrêts choisis, le plus utile d'abord"))
        calendar = Calendar(ground)
        found = calendar if inserter.fill(calendar) else None
        search = _Search(found, most_people(problem), "effort")
        if found is not None:
            progress.step(tr("Arrêts retirés, d'autres mis à leur place"))
            search.calendar = bettered(inserter, found, _part(budget, _FIRST_PART))
        if self.choice is not None:
            progress.step(tr("Choix des arrêts et des jours, avec une borne"))
            self._choose(self.choice, inserter, search, _part(budget, _CHOICE_PART))
        if search.calendar is None:
            raise ImpossibleDemand((no_room(),))
        progress.step(tr("Routes et heures"))
        calendar = search.calendar
        if self.choice is not None:
            calendar = bettered(inserter, calendar, budget)
        if self.routes is not None:
            calendar = shared_out(inserter, calendar, self.routes, budget)
        stopped = search.stopped or ("time" if budget.ended else None)
        answer = (search.bound, stopped, self.name)
        return planned(calendar, self.hour_step, self.odd_day_km, answer)

    def _choose(
        self, engine: ChoiceEngine, inserter: Inserter, search: _Search, budget: Budget
    ) -> None:
        """Choose and cut until the days chosen can all be driven, or nothing can be better."""
        model = ChoiceModel(inserter.ground, inserter.worth)
        _relax(engine, model, search, budget)
        for _ in range(MOST_CUTTINGS):
            start = None if search.calendar is None else model.start(search.calendar)
            chosen = engine.solve(model.program(), start, budget)
            if chosen.impossible:
                if search.calendar is None:
                    raise ImpossibleDemand((_contradicting(inserter.ground),))
                return
            search.bound = min(search.bound, chosen.bound)
            search.stopped = chosen.stopped
            if chosen.values is None:
                return
            held = model.held(chosen.values)
            _keep_best(inserter, search, _mended(inserter, held))
            if _is_proved(inserter, search) or chosen.stopped is not None:
                return
            if model.cut(held) + model.tightened(chosen.values) == 0:
                break
        search.stopped = "effort"


def _relax(engine: ChoiceEngine, model: ChoiceModel, search: _Search, budget: Budget) -> None:
    """Tighten the people served before anything need be whole, until little is told too high."""
    for _ in range(_MOST_RELAXED):
        chosen = engine.solve(model.program(relaxed=True), None, budget)
        if chosen.values is None:
            return
        before, search.bound = search.bound, min(search.bound, chosen.bound)
        if not model.tightened(chosen.values) or before - chosen.bound < _LITTLE * chosen.bound:
            return


def _part(budget: Budget, share: float) -> Budget:
    """Return a budget that leaves the rest of the time for what follows."""
    later = budget.seconds_left() * (1 - share)
    if math.isinf(later):
        return budget
    return replace(budget, seconds_left=lambda: budget.seconds_left() - later)


def _mended(inserter: Inserter, held: dict[int, Held]) -> Calendar | None:
    """Return a month that can be driven, as near to the choice as it can be, and filled."""
    calendar = Calendar(inserter.ground)
    gains = {stop: float(inserter.worth.good(told.rhythm.often)[stop] @ inserter.worth.wanting)
             for stop, told in held.items()}  # fmt: skip
    must = set(inserter.ground.must)
    for stop in sorted(held, key=lambda s: (s not in must, -gains[s], s)):
        told = held[stop]
        fits = all(calendar.added(place, stop) is not None for place in told.places)
        again = told if fits else inserter.best_held(calendar, stop, told.rhythm)
        if again is not None:
            calendar.add(stop, again)
    return calendar if inserter.fill(calendar) else None


def _keep_best(inserter: Inserter, search: _Search, calendar: Calendar | None) -> None:
    """Keep a month that is better."""
    if calendar is None:
        return
    score = inserter.score(calendar)
    if search.calendar is None or is_better(score, inserter.score(search.calendar)):
        search.calendar = calendar


def _is_proved(inserter: Inserter, search: _Search) -> bool:
    if search.calendar is None:
        return False
    people = inserter.worth.people(search.calendar)
    return search.bound - people <= PROVED_WITHIN * max(1.0, search.bound)


def _contradicting(ground: Ground) -> str:
    names = [ground.problem.stops[stop].name for stop in ground.must]
    return tr(
        "les arrêts imposés et les séances fixées ({names}) ne tiennent pas tous ensemble dans les "
        "heures des équipes"
    ).format(names=", ".join(names))
