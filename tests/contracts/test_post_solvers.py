"""What every solver of posts must hold. A new one is one more line in ``SOLVERS``."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.siting.posts.draws import changed, problem_of, problems, solved

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand, TooLarge
from maillage.kernel.progress import Silent
from maillage.siting.model import Stopped
from maillage.siting.posts.exhaustive import ExhaustivePosts, keeps_to_rules
from maillage.siting.posts.floor import under_floor
from maillage.siting.posts.judge import value
from maillage.siting.posts.model import Goal, PostPlan, PostProblem, PostSolver, VenueRules
from maillage.siting.posts.twin import PostTwin
from maillage.wiring.posts import post_solver

SOLVERS: tuple[Callable[[], PostSolver], ...] = (ExhaustivePosts, PostTwin, post_solver)
every_solver = pytest.mark.parametrize("make", SOLVERS, ids=lambda make: make.__name__)
proving = pytest.mark.parametrize(
    "make", (ExhaustivePosts, post_solver), ids=lambda make: make.__name__
)
some = settings(max_examples=12, suppress_health_check=[HealthCheck.filter_too_much])


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))


def _at_least(problem: PostProblem, one: float, other: float) -> bool:
    """Say whether one value is as good as another."""
    return _close(one, other) or (one > other if problem.goal.is_of_people else one < other)


def _answer(problem: PostProblem, solver: PostSolver | None = None) -> PostPlan | None:
    """Return a plan, None where there is said to be none."""
    try:
        return solved(problem, solver)
    except ImpossibleDemand:
        return None


@every_solver
@given(problem=problems())
@some
def test_a_plan_keeps_to_all_that_is_asked(
    make: Callable[[], PostSolver], problem: PostProblem
) -> None:
    """Kept half-days are held, forbidden venues never, groups as told, no more than the posts."""
    plan = _answer(problem, make())
    if plan is None:
        assert problem.floor is not None
        return
    assert keeps_to_rules(problem, plan.held)
    assert under_floor(problem, plan.held) == ()
    assert list(plan.held) == sorted(plan.held)
    assert plan.value == value(problem, plan.held)
    assert plan.proved == (plan.stopped is None)
    assert len(plan.served) == problem.n_points
    if problem.goal.is_of_people:
        assert _close(sum(plan.served), plan.value)


@every_solver
@given(problem=problems())
@some
def test_the_bound_holds_and_a_proof_is_one(
    make: Callable[[], PostSolver], problem: PostProblem
) -> None:
    """No plan passes the bound; a plan said to be proved is the best of all."""
    best, plan = _answer(problem), _answer(problem, make())
    if best is None or plan is None:
        assert plan is None
        return
    assert _at_least(problem, plan.bound, best.value)
    assert _at_least(problem, best.value, plan.value)
    assert not plan.proved or _close(plan.value, best.value)


@given(problem=problems())
@settings(some, max_examples=50)
def test_the_exact_solver_finds_and_proves_the_best(problem: PostProblem) -> None:
    """HiGHS and trying every plan come to the same value, or both say that there is none."""
    best, plan = _answer(problem), _answer(problem, post_solver())
    assert (best is None) == (plan is None)
    if best is not None and plan is not None:
        assert plan.proved
        assert _close(plan.value, best.value)


@proving
@given(problem=problems(floors=False))
@some
def test_one_more_post_never_serves_fewer(
    make: Callable[[], PostSolver], problem: PostProblem
) -> None:
    """With one post more the best plan is as good at least."""
    then = solved(changed(problem, n_posts=problem.n_posts + 1), make())
    assert _at_least(problem, then.value, solved(problem, make()).value)


@proving
@given(seed=st.integers(0, 2**32 - 1), goal=st.sampled_from(list(Goal)))
@some
def test_the_order_of_points_and_venues_changes_no_value(
    make: Callable[[], PostSolver], seed: int, goal: Goal
) -> None:
    """The same problem told in another order is worth the same."""
    problem = problem_of(seed, goal)
    generator = np.random.default_rng(seed)
    p, v = generator.permutation(problem.n_points), generator.permutation(problem.n_venues)
    moved = changed(
        problem,
        wanting=problem.wanting[p],
        zone=problem.zone[p],
        reached=problem.reached[:, v][:, :, p],
        minutes=problem.minutes[v][:, p],
        may_open=problem.may_open[:, v],
    )
    assert _close(solved(moved, make()).value, solved(problem, make()).value)


@every_solver
@given(problem=problems(floors=False))
@some
def test_stopped_by_time_it_still_answers(
    make: Callable[[], PostSolver], problem: PostProblem
) -> None:
    """With no time at all the plan keeps to the rules, and its bound is one."""
    plan = make().solve(problem, Budget(seconds_left=lambda: 0.0), Silent())
    assert keeps_to_rules(problem, plan.held)
    assert _at_least(problem, plan.bound, solved(problem).value)
    assert plan.stopped in (None, Stopped.TIME)


@every_solver
@given(problem=problems(floors=False))
@some
def test_the_same_seed_gives_the_same_plan(
    make: Callable[[], PostSolver], problem: PostProblem
) -> None:
    """Asked twice with the same seed, the answer is the same to the last sign."""
    assert solved(problem, make(), seed=3) == solved(problem, make(), seed=3)


@every_solver
def test_nobody_to_serve_is_answered(make: Callable[[], PostSolver]) -> None:
    """Without any demand every goal is answered, and proved."""
    for goal in Goal:
        plan = solved(problem_of(5, goal, n_points=0), make())
        assert (plan.value, plan.proved, plan.served) == (0.0, True, ())


@every_solver
def test_what_is_forbidden_leaves_only_the_kept(make: Callable[[], PostSolver]) -> None:
    """Where one venue alone may be used, it alone is held."""
    problem = problem_of(3, Goal.REACHED)
    rules = VenueRules(forced=frozenset((0,)), forbidden=frozenset((1, 2, 3)))
    plan = solved(changed(problem, rules=rules), make())
    assert {one.venue for one in plan.held} == {0}


@pytest.mark.parametrize("make", SOLVERS[1:], ids=lambda make: make.__name__)
def test_what_memory_cannot_hold_is_refused_before_beginning(
    make: Callable[[], PostSolver],
) -> None:
    """A problem whose estimate passes the memory allowed is refused with both figures."""
    for goal in Goal:
        with pytest.raises(TooLarge, match=r"Gio de mémoire"):
            make().solve(problem_of(1, goal), Budget(memory_bytes=1_000), Silent())


def test_too_many_plans_are_not_tried_one_by_one() -> None:
    """The exhaustive solver refuses what would take too long."""
    problem = problem_of(1, Goal.NEAR)
    with pytest.raises(TooLarge, match="plans à essayer"):
        solved(changed(problem, may_open=np.ones_like(problem.may_open)))
