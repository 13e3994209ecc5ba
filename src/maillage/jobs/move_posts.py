"""« Gardez ceux-ci, déplacez celui-là »: the best plan within a few moves of a present one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.access.unreached.model import Venue
from maillage.jobs.kept_plan import KeptPlan, known_held
from maillage.kernel.parameters import Parameters
from maillage.siting.model import Stopped
from maillage.siting.posts.judge import plan_of
from maillage.siting.posts.judge import value as value_of
from maillage.siting.posts.model import Held, PostPlan, PostProblem
from maillage.siting.scenarios.allowed import why_no_plan
from maillage.siting.scenarios.keep_and_move import keep_and_move
from maillage.siting.scenarios.moves import Move, moves_between
from maillage.siting.scenarios.valued import gain
from maillage.siting.scenarios.worlds import Search


@dataclass(frozen=True, slots=True)
class PresentPlan:
    """A plan that stands, and how many of its half-days may be given up."""

    plan: KeptPlan
    moves: int


@dataclass(frozen=True, slots=True)
class PlanMoved:
    """A plan made of a present one.

    ``held`` is the present, called ``name``, worth ``value``; at most ``allowed`` of its half-days
    are given up. ``flaws`` are French clauses: why it can be held no more as it is, nothing where
    it can. ``moves`` are what changes, ``better_by`` how much better the plan is than the present,
    ``best_of_all`` the best plan that keeps nothing, ``short_of_best`` how much better that is; in
    the unit of the goal.
    """

    name: str
    allowed: int
    held: tuple[Held, ...]
    value: float
    flaws: tuple[str, ...]
    moves: tuple[Move, ...]
    better_by: float
    best_of_all: PostPlan
    short_of_best: float


def moved_plan(
    problem: PostProblem,
    present: PresentPlan,
    venues: Sequence[Venue],
    search: Search,
    parameters: Parameters,
) -> PostPlan:
    """Return the best plan found within the moves; its bound is of those that make no more.

    ImpossibleDemand where a venue of the present is no candidate any more, or where what is kept
    contradicts the rules or the means.
    """
    found = keep_and_move(
        problem,
        known_held(present.plan, venues),
        present.moves,
        search,
        most_searches=round(parameters.number("posts.moves_searches")),
    )
    stopped = Stopped.TIME if search.budget.ended else Stopped.EFFORT
    best = search.solve(problem)
    why = None if found.proved else stopped
    return plan_of(problem, found.held, found.bound, why, best.engine)


def told_moves(
    problem: PostProblem,
    present: PresentPlan,
    plan: PostPlan,
    venues: Sequence[Venue],
    search: Search,
) -> PlanMoved:
    """Return what becomes of a present plan in another, and how far the best of all is."""
    held = known_held(present.plan, venues)
    value, best = value_of(problem, held), search.solve(problem)
    return PlanMoved(
        name=present.plan.name,
        allowed=present.moves,
        held=held,
        value=value,
        flaws=why_no_plan(problem, held),
        moves=moves_between(held, plan.held),
        better_by=gain(problem, plan.value, value),
        best_of_all=best,
        short_of_best=max(0.0, gain(problem, best.value, plan.value)),
    )
