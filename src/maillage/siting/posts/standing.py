"""Where the search for a proof stands: the best plan so far, what none passes, why it stopped."""

from __future__ import annotations

from dataclasses import dataclass, replace

from maillage.kernel.budget import Budget
from maillage.siting.model import PROVED_WITHIN, Stopped
from maillage.siting.posts.judge import better, plan_of, value
from maillage.siting.posts.model import PostPlan, PostProblem
from maillage.siting.posts.rules import Held

SOLVER_TOLERANCE = 1e-6
"""A solver of programs keeps to its rows within this share, and its bound is no surer."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The best plan so far, its value, and a bound; ``stopped`` None: searched to the end."""

    held: tuple[Held, ...]
    worth: float
    bound: float
    stopped: Stopped | None = None

    @property
    def is_proved(self) -> bool:
        """Whether the bound says that no plan is better."""
        return abs(self.bound - self.worth) <= PROVED_WITHIN * abs(self.worth)


def standing_of(problem: PostProblem, held: tuple[Held, ...], bound: float) -> Standing:
    """Return where the search stands with a first plan; a bound behind its value is its value."""
    worth = value(problem, held)
    behind = better(problem, worth, bound)
    return Standing(held, worth, worth if behind else bound)


def bettered(problem: PostProblem, standing: Standing, held: tuple[Held, ...]) -> Standing:
    """Return the standing with another plan where it is better."""
    worth = value(problem, held)
    if not better(problem, worth, standing.worth):
        return standing
    return replace(standing, held=held, worth=worth)


def bounded(problem: PostProblem, standing: Standing, bound: float) -> Standing:
    """Return the standing with another bound where it is nearer, never behind the value."""
    nearer = bound if better(problem, standing.bound, bound) else standing.bound
    if abs(nearer - standing.worth) <= SOLVER_TOLERANCE * abs(standing.worth):
        nearer = standing.worth
    if better(problem, standing.worth, nearer):
        nearer = standing.worth
    return replace(standing, bound=nearer)


def plan_from(problem: PostProblem, standing: Standing, budget: Budget, engine: str) -> PostPlan:
    """Return the plan as it stands, proved where its bound says so."""
    stopped = None
    if not standing.is_proved:
        stopped = standing.stopped or (Stopped.TIME if budget.ended else Stopped.EFFORT)
    bound = standing.worth if stopped is None else standing.bound
    return plan_of(problem, standing.held, bound, stopped, engine)
