"""What each further post brings, and what a newly served person costs."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from maillage.access.visits.bounds import Bounds
from maillage.kernel.errors import ImpossibleDemand
from maillage.siting.posts.judge import better
from maillage.siting.posts.model import PostPlan, PostProblem
from maillage.siting.scenarios.valued import Lived, gain, lived_in_both
from maillage.siting.scenarios.worlds import Search


@dataclass(frozen=True, slots=True)
class Step:
    """So many posts in all.

    ``plan`` is the best found for the world searched, its bound tightened by those of more posts.
    ``lived`` is what it is worth in both worlds. ``added`` is by how much the value is better than
    with one post fewer (with none, for the first), in the unit of the goal, never under 0.
    ``yearly_cost`` of all posts in euros; ``cost_per_person`` euros a year for each newly served
    person, None where there is none.
    """

    n_posts: int
    plan: PostPlan
    lived: Bounds[Lived]
    added: float
    yearly_cost: float
    cost_per_person: Bounds[float | None]


@dataclass(frozen=True, slots=True)
class Marginal:
    """The value of 1, 2… posts; ``impossible`` tells for which numbers no plan exists, and why."""

    steps: tuple[Step, ...]
    impossible: tuple[tuple[int, tuple[str, ...]], ...]


def marginal(
    both: Bounds[PostProblem], search: Search, *, n_most: int, yearly_cost: float
) -> Marginal:
    """Return the value of 1 to ``n_most`` posts, each solved in the low world.

    It never falls: where a search finds less with one more post, the plan of one fewer stands.
    ``yearly_cost`` is that of one post in euros.
    """
    plans: list[tuple[int, PostPlan]] = []
    impossible = []
    for n_posts in range(1, n_most + 1):
        try:
            problem = replace(both.low, n_posts=n_posts)
            found = search.solve(problem)
        except ImpossibleDemand as error:
            impossible.append((n_posts, error.contradictions))
            continue
        if plans and better(problem, plans[-1][1].value, found.value):
            found = replace(plans[-1][1], bound=found.bound, proved=False, stopped=found.stopped)
        plans.append((n_posts, found))
    return Marginal(_steps(both, _tightened(both.low, plans), yearly_cost), tuple(impossible))


def _tightened(
    problem: PostProblem, plans: list[tuple[int, PostPlan]]
) -> list[tuple[int, PostPlan]]:
    """Return the plans, none bounded more loosely than with more posts."""
    done: list[tuple[int, PostPlan]] = []
    sign = 1.0 if problem.goal.is_of_people else -1.0
    least = math.inf
    for n_posts, plan in reversed(plans):
        least = min(least, sign * plan.bound)
        done.append((n_posts, replace(plan, bound=sign * max(least, sign * plan.value))))
    return done[::-1]


def _steps(
    both: Bounds[PostProblem], plans: list[tuple[int, PostPlan]], yearly_cost: float
) -> tuple[Step, ...]:
    steps: list[Step] = []
    before = lived_in_both(both, ()).low.value
    for n_posts, plan in plans:
        lived = lived_in_both(both, plan.held)
        cost = n_posts * yearly_cost
        each = Bounds(cost_each(cost, lived.low.people), cost_each(cost, lived.high.people))
        added = max(0.0, gain(both.low, plan.value, before))
        steps.append(Step(n_posts, plan, lived, added, cost, each))
        before = plan.value
    return tuple(steps)


def cost_each(yearly_cost: float, people: float) -> float | None:
    """Return the euros a year for each newly served person, None where there is none."""
    return yearly_cost / people if people > 1e-9 else None
