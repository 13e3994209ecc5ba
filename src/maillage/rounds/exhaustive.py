"""Every month is tried. For tiny problems, and to hold the others against."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand, TooLarge
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.rounds.calendar import Calendar, Ground, Held
from maillage.rounds.contradictions import refuse_impossible
from maillage.rounds.hours import planned
from maillage.rounds.insertion import Inserter, Worth, is_better
from maillage.rounds.model import RoundPlan, RoundProblem
from maillage.rounds.value import most_people

MOST_MONTHS = 200_000


class ExhaustiveRounds:
    """Tries every way of holding every stop, regular or not. Parameters as the other solvers'."""

    def __init__(self, odd_day_km: float, hour_step: int) -> None:
        self.odd_day_km, self.hour_step = odd_day_km, hour_step

    @property
    def name(self) -> str:
        """What it is, in French."""
        return tr("tous les mois essayés")

    def solve(self, problem: RoundProblem, budget: Budget, progress: Progress) -> RoundPlan:
        """Return the best plan. Raises ImpossibleDemand; TooLarge for over 200,000 months."""
        ground = Ground(problem)
        refuse_impossible(ground)
        ways = [list(_ways(ground, stop)) for stop in range(len(problem.stops))]
        n_months = math.prod(len(told) for told in ways)
        if n_months > MOST_MONTHS:
            message = tr("{n} mois à essayer un par un : c'est trop.")
            raise TooLarge(message.format(n=n_months))
        progress.step(tr("Tous les mois, l'un après l'autre"), n_months)
        inserter = Inserter(ground, Worth(problem), self.odd_day_km)
        best: tuple[tuple[float, float], Calendar] | None = None
        stopped = None
        for month in product(*ways):
            if best is not None and budget.ended:
                stopped = "time"
                break
            calendar = _calendar(ground, month)
            if calendar is not None:
                score = inserter.score(calendar)
                if best is None or is_better(score, best[0]):
                    best = score, calendar
            progress.advance()
        if best is None:
            raise ImpossibleDemand((tr("aucun mois ne tient tout ce qui est imposé"),))
        bound = most_people(problem) if stopped else 0.0
        return planned(best[1], self.hour_step, self.odd_day_km, (bound, stopped, self.name))


def _ways(ground: Ground, stop: int) -> Iterator[Held | None]:
    """Yield how a stop may be held: not at all, or any place in each week of any rhythm."""
    if stop not in ground.must:
        yield None
    for rhythm in ground.rhythms[stop]:
        weeks = [
            [place for place in ground.places[stop] if ground.week[place[1]] == week]
            for week in rhythm.weeks
        ]
        for places in product(*weeks):
            yield Held(rhythm, places)


def _calendar(ground: Ground, month: tuple[Held | None, ...]) -> Calendar | None:
    """Return the month, None where a day of it cannot be driven or sessions are too many."""
    held = {stop: told for stop, told in enumerate(month) if told is not None}
    calendar = Calendar(ground, held)
    most = ground.problem.most_sessions
    if most is not None and calendar.n_sessions > most:
        return None
    for place, stops in sorted(calendar.days.items()):
        if ground.planner.route(*place, stops) is None:
            return None
    return calendar
