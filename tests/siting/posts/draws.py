"""Problems of posts drawn for the properties, small enough to try every plan."""

from __future__ import annotations

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.progress import Silent
from maillage.siting.posts.exhaustive import ExhaustivePosts
from maillage.siting.posts.model import (
    Goal,
    Held,
    PostPlan,
    PostProblem,
    PostSolver,
    VenueRules,
)

BUDGET = Budget(iterations=200, tries=2, nodes=500)


def solved(problem: PostProblem, solver: PostSolver | None = None, seed: int = 0) -> PostPlan:
    """Return the answer of a solver (the exhaustive one) to a problem."""
    budget = Budget(seed=seed, iterations=200, tries=2, nodes=500)
    return (solver or ExhaustivePosts()).solve(problem, budget, Silent())


def problem_of(seed: int, goal: Goal, *, n_venues: int = 4, n_points: int = 6) -> PostProblem:
    """Return a problem without rules, the same for the same seed."""
    generator = np.random.default_rng(seed)
    may_open = np.zeros((N_HALF_DAYS, n_venues), dtype=np.int32)
    days = generator.choice(N_HALF_DAYS, 3, replace=False)
    may_open[days] = generator.integers(0, 3, (3, n_venues))
    may_open[days[0], 0] = 1
    minutes = np.round(generator.random((n_venues, n_points)) * 90, 1)
    near = generator.random((n_venues, n_points)) < 0.5
    alike = generator.random() < 0.5
    worked = near[None] & (alike | (generator.random((N_HALF_DAYS, n_venues, n_points)) < 0.7))
    minutes[~worked.any(axis=0)] = np.nan
    zone = np.sort(generator.integers(0, 2, n_points)).astype(np.int32)
    wanting = generator.integers(0, 9, n_points).astype(np.float64)
    return PostProblem(
        goal=goal,
        n_posts=int(generator.integers(1, 3)),
        half_days_each=int(generator.integers(1, 3)),
        wanting=wanting,
        reached=worked,
        minutes=minutes,
        may_open=may_open,
        zone=zone,
        zone_people=np.bincount(zone, wanting, 2) * 2,
        zone_reached=np.bincount(zone, wanting, 2) * 0.4,
        returns=((1.0,), (0.5, 0.8, 0.9), (0.6, 1.0, 1.0))[int(generator.integers(3))],
        people_per_half_day=float(generator.integers(1, 9)),
    )


@st.composite
def ruled(draw: st.DrawFn, problem: PostProblem) -> VenueRules:
    """Draw rules, which may well contradict."""
    venues = st.integers(0, problem.n_venues - 1)
    open_then = [Held(int(v), int(h)) for h, v in zip(*np.nonzero(problem.may_open), strict=True)]
    pairs = st.frozensets(venues, min_size=2, max_size=2)
    return VenueRules(
        kept=draw(st.frozensets(st.sampled_from(open_then), max_size=2)),
        forced=draw(st.frozensets(venues, max_size=1)),
        forbidden=draw(st.frozensets(venues, max_size=1)),
        together=tuple(draw(st.lists(pairs, max_size=2))),
        apart=tuple(draw(st.lists(pairs, max_size=1))),
    )


def changed(problem: PostProblem, **changes: object) -> PostProblem:
    """Return a problem with some fields changed; the example is set aside where it contradicts."""
    fields = {name: getattr(problem, name) for name in PostProblem.__dataclass_fields__}
    try:
        return PostProblem(**{**fields, **changes})  # type: ignore[arg-type]
    except ImpossibleDemand:
        assume(condition=False)
        raise


@st.composite
def problems(draw: st.DrawFn, *, floors: bool = True) -> PostProblem:
    """Draw a problem that its rules do not forbid; some floors may still be too high."""
    goal = draw(st.sampled_from(list(Goal)))
    problem = problem_of(draw(st.integers(0, 2**32 - 1)), goal)
    if draw(st.booleans()):
        problem = changed(problem, rules=draw(ruled(problem)))
    if floors and goal.is_of_people and draw(st.booleans()):
        problem = changed(problem, floor=draw(st.sampled_from((0.3, 0.5, 0.7))))
    return problem
