"""The twin for tiny problems: every plan is tried, to hold the others against."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.errors import TooLarge
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.siting.model import Stopped
from maillage.siting.posts.floor import FloorTooHigh, shortage, under_floor
from maillage.siting.posts.judge import better, plan_of, value
from maillage.siting.posts.model import PostPlan, PostProblem
from maillage.siting.posts.rules import Held

MOST_PLANS = 300_000


class ExhaustivePosts:
    """Tries every plan that the rules allow, in order."""

    @property
    def name(self) -> str:
        """What it is, in French."""
        return tr("tous les plans essayés")

    def solve(self, problem: PostProblem, budget: Budget, progress: Progress) -> PostPlan:
        """Return the best plan, the first of those alike.

        Raises TooLarge for over 300,000 plans; ImpossibleDemand where none comes to the floor.
        """
        most = np.minimum(problem.may_open, problem.n_posts) * problem.usable
        n_plans = float(np.prod(most.astype(np.float64) + 1))
        if n_plans > MOST_PLANS:
            message = tr("{n:.0f} plans à essayer un par un : c'est trop.")
            raise TooLarge(message.format(n=n_plans))
        progress.step(tr("Tous les plans, l'un après l'autre"))
        best: tuple[float, tuple[Held, ...]] | None = None
        nearest: tuple[float, tuple[int, ...]] | None = None
        for held in plans(problem):
            if best is not None and budget.ended:
                return plan_of(problem, best[1], _trivial(problem), Stopped.TIME, self.name)
            under = under_floor(problem, held)
            if under:
                short = math.fsum(shortage(problem, held))
                nearest = min((short, under), nearest or (short, under))
                continue
            worth = value(problem, held)
            if best is None or better(problem, worth, best[0]):
                best = worth, held
        if best is None:
            clause = tr("aucun plan ne tient le plancher partout")
            raise FloorTooHigh(clause, () if nearest is None else nearest[1])
        return plan_of(problem, best[1], best[0], None, self.name)


def _trivial(problem: PostProblem) -> float:
    return float(problem.wanting.sum()) if problem.goal.is_of_people else 0.0


def keeps_to_rules(problem: PostProblem, held: tuple[Held, ...]) -> bool:
    """Say whether a plan keeps to everything asked of it, the floor set aside."""
    rules, venues = problem.rules, {one.venue for one in held}
    at_once = [sum(one.half_day == half_day for one in held) for half_day in range(12)]
    return (
        len(held) <= problem.budget
        and max(at_once) <= problem.n_posts
        and all(held.count(one) <= problem.may_open[one.half_day, one.venue] for one in held)
        and rules.kept <= set(held)
        and rules.needed <= venues
        and not rules.forbidden & venues
        and all(group <= venues or not group & venues for group in rules.together)
        and all(len(group & venues) <= 1 for group in rules.apart)
    )


def plans(problem: PostProblem) -> Iterator[tuple[Held, ...]]:
    """Yield every plan that the rules allow."""
    most = np.minimum(problem.may_open, problem.n_posts) * problem.usable
    cells = [Held(int(v), int(h)) for h, v in zip(*np.nonzero(most), strict=True)]

    def further(at: int, held: tuple[Held, ...]) -> Iterator[tuple[Held, ...]]:
        """Yield the plans that go on from some half-days."""
        if at == len(cells):
            if keeps_to_rules(problem, held):
                yield tuple(sorted(held))
            return
        cell = cells[at]
        now = sum(one.half_day == cell.half_day for one in held)
        room = min(problem.n_posts - now, problem.budget - len(held))
        for times in range(min(int(most[cell.half_day, cell.venue]), room) + 1):
            yield from further(at + 1, held + (cell,) * times)

    yield from further(0, ())
