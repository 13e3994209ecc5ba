"""The best half-days, proved: the twin's plan to begin with, then programs of whole numbers."""

from __future__ import annotations

from maillage.kernel.budget import Budget
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.siting.model import SitingSolver
from maillage.siting.posts.ground import check_size
from maillage.siting.posts.minutes import least_of_worst, nearest
from maillage.siting.posts.model import Goal, PostPlan, PostProblem
from maillage.siting.posts.people import most_people
from maillage.siting.posts.program import ProgramSolver
from maillage.siting.posts.standing import plan_from


class ExactPosts:
    """Places posts with a solver of programs, and one of siting for NEAR."""

    def __init__(self, programs: ProgramSolver, siting: SitingSolver) -> None:
        self._programs = programs
        self._siting = siting

    @property
    def name(self) -> str:
        """What it is, with its version."""
        return self._programs.name

    def solve(self, problem: PostProblem, budget: Budget, progress: Progress) -> PostPlan:
        """Return the best plan found, and a bound.

        Raises TooLarge; ImpossibleDemand, with the best share possible, where no plan comes to
        the floor.
        """
        check_size(problem, budget.memory_bytes)
        progress.step(tr("Premier choix de demi-journées"))
        if problem.goal.is_of_people:
            standing = most_people(problem, self._programs, budget, progress)
        elif problem.goal is Goal.NEAR:
            standing = nearest(problem, self._programs, self._siting, budget, progress)
        else:
            standing = least_of_worst(problem, self._programs, budget, progress)
        return plan_from(problem, standing, budget, self.name)
