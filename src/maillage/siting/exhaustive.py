"""The twin: every choice is tried. For tiny problems, and to hold the others against."""

from __future__ import annotations

from itertools import combinations
from math import comb

from maillage.kernel.budget import Budget
from maillage.kernel.errors import TooLarge
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.siting.model import Covering, Problem, Sited, Stopped

MOST_CHOICES = 200_000


class ExhaustiveSiting:
    """Tries every choice that the constraints allow, in order of the sites' numbers."""

    @property
    def name(self) -> str:
        """What it is, in French."""
        return tr("tous les choix essayés")

    def solve(self, problem: Problem, budget: Budget, progress: Progress) -> Sited:
        """Return the best choice, the first of those alike. Raises TooLarge for over 200,000."""
        choice = problem.choice
        free = sorted(set(range(problem.n_candidates)) - choice.forced - choice.forbidden)
        n_picked = choice.n_sites - len(choice.forced)
        n_choices = comb(len(free), n_picked)
        if n_choices > MOST_CHOICES:
            message = tr("{n} choix à essayer un par un : c'est trop.")
            raise TooLarge(message.format(n=n_choices))
        progress.step(tr("Tous les choix, l'un après l'autre"), n_choices)
        sign = -1 if isinstance(problem, Covering) else 1
        best: tuple[float, tuple[int, ...]] | None = None
        for picked in combinations(free, n_picked):
            if best is not None and budget.ended:
                return self._answer(problem, best, sign, Stopped.TIME)
            sites = tuple(sorted((*choice.forced, *picked)))
            worth = sign * problem.value(sites)
            if best is None or worth < best[0]:
                best = worth, sites
            progress.advance()
        assert best is not None  # noqa: S101 - the problem has checked that a choice exists
        return self._answer(problem, best, sign, None)

    def _answer(
        self,
        problem: Problem,
        best: tuple[float, tuple[int, ...]],
        sign: int,
        stopped: Stopped | None,
    ) -> Sited:
        value = sign * best[0]
        bound = value if stopped is None else _trivial_bound(problem)
        return Sited(best[1], value, bound, stopped is None, stopped, self.name)


def _trivial_bound(problem: Problem) -> float:
    """Return what all candidates together would be worth."""
    return problem.value(range(problem.n_candidates))
