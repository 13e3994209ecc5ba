"""What every solver of siting must hold. A new one is one more line in ``SOLVERS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.siting.draws import covering, medians, problems, solved

from maillage.engines.highs_siting import HighsRemainder
from maillage.kernel.budget import Budget
from maillage.kernel.errors import TooLarge
from maillage.kernel.progress import Silent
from maillage.siting.bounded import BoundedSiting
from maillage.siting.exhaustive import ExhaustiveSiting
from maillage.siting.model import (
    Choice,
    Covering,
    PMedian,
    Problem,
    Sited,
    SitingSolver,
    Stopped,
)


def bounded_with_highs() -> SitingSolver:
    """Return our own bounds, with HiGHS for what they leave over."""
    return BoundedSiting(HighsRemainder())


SOLVERS: tuple[Callable[[], SitingSolver], ...] = (
    ExhaustiveSiting,
    BoundedSiting,
    bounded_with_highs,
)
every_solver = pytest.mark.parametrize("make", SOLVERS, ids=lambda make: make.__name__)
some = settings(max_examples=30)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))


def _is_under(low: float, high: float) -> bool:
    return low <= high or _close(low, high)


def _bound_is_sound(problem: Problem, sited: Sited, best: float) -> bool:
    if isinstance(problem, Covering):
        return _is_under(best, sited.bound) and _is_under(sited.value, sited.bound)
    return _is_under(sited.bound, best) and _is_under(sited.bound, sited.value)


@every_solver
@given(problem=problems)
@some
def test_the_best_choice_is_found_and_proved(
    make: Callable[[], SitingSolver], problem: Problem
) -> None:
    """What a solver says is proved is the best of all choices, and its bound says the same."""
    best = solved(problem).value
    sited = solved(problem, make())
    assert sited.proved
    assert sited.stopped is None
    assert _close(sited.value, best)
    assert _close(sited.bound, best)
    assert sited.value == problem.value(sited.sites)
    assert sited.engine


@every_solver
@given(problem=problems)
@some
def test_constraints_are_kept(make: Callable[[], SitingSolver], problem: Problem) -> None:
    """There are as many sites as asked, in order; the forced are in, the forbidden never."""
    sites = solved(problem, make()).sites
    assert len(set(sites)) == problem.choice.n_sites
    assert list(sites) == sorted(sites)
    assert problem.choice.forced <= set(sites)
    assert not problem.choice.forbidden & set(sites)


@every_solver
@given(problem=problems)
@some
def test_one_more_site_is_never_worse(make: Callable[[], SitingSolver], problem: Problem) -> None:
    """With one site more, what demands pay does not rise, what is covered does not fall."""
    more = problem.choice.n_sites + 1
    if more > problem.n_candidates - len(problem.choice.forbidden):
        return
    now = solved(problem, make()).value
    then = solved(replace(problem, choice=replace(problem.choice, n_sites=more)), make()).value
    low, high = (now, then) if isinstance(problem, Covering) else (then, now)
    assert _is_under(low, high)


@every_solver
@given(problem=medians(), order=st.randoms(use_true_random=False))
@some
def test_the_order_of_demands_and_candidates_changes_no_value(
    make: Callable[[], SitingSolver], problem: PMedian, order: object
) -> None:
    """The same problem told in another order is worth the same."""
    generator = np.random.default_rng(problem.n_demands * 10 + problem.n_candidates)
    rows = generator.permutation(problem.n_demands)
    columns = generator.permutation(problem.n_candidates)
    back = np.argsort(columns)
    choice = Choice(
        problem.choice.n_sites,
        frozenset(int(back[site]) for site in problem.choice.forced),
        frozenset(int(back[site]) for site in problem.choice.forbidden),
    )
    unserved = None if problem.unserved is None else problem.unserved[rows]
    moved = PMedian(problem.costs[np.ix_(rows, columns)], choice, unserved)
    assert _close(solved(moved, make()).value, solved(problem, make()).value)


@every_solver
@given(problem=problems)
@some
def test_stopped_by_time_it_still_answers(
    make: Callable[[], SitingSolver], problem: Problem
) -> None:
    """With no time at all the answer keeps the constraints, and its bound is one."""
    sited = make().solve(problem, Budget(seconds_left=lambda: 0.0), Silent())
    assert len(set(sited.sites)) == problem.choice.n_sites
    assert problem.choice.forced <= set(sited.sites)
    assert not problem.choice.forbidden & set(sited.sites)
    assert _bound_is_sound(problem, sited, solved(problem).value)
    assert sited.proved == (sited.stopped is None)
    assert sited.stopped in (None, Stopped.TIME)


@every_solver
@given(problem=problems)
@some
def test_the_same_seed_gives_the_same_answer(
    make: Callable[[], SitingSolver], problem: Problem
) -> None:
    """Asked twice with the same seed, the answer is the same to the last sign."""
    assert solved(problem, make(), seed=3) == solved(problem, make(), seed=3)


@every_solver
def test_nobody_to_serve_is_answered(make: Callable[[], SitingSolver]) -> None:
    """Without any demand, any sites do, and nothing is paid."""
    sited = solved(PMedian(np.zeros((0, 4)), Choice(2)), make())
    assert (len(sited.sites), sited.value, sited.proved) == (2, 0.0, True)


@every_solver
def test_a_site_that_reaches_nobody_is_chosen_where_many_are_asked(
    make: Callable[[], SitingSolver],
) -> None:
    """Asked for more sites than help anybody, the number is kept and all is covered."""
    sited = solved(covering((3, 4), ((0,), (), (1,), ()), Choice(3)), make())
    assert (len(sited.sites), sited.value, sited.bound) == (3, 7.0, 7.0)


def _city(n_demands: int, n_candidates: int) -> np.ndarray:
    generator = np.random.default_rng(11)
    places = generator.random((n_demands, 2))
    return np.hypot(*(places[:, None] - places[None, :n_candidates]).transpose(2, 0, 1))


@pytest.mark.parametrize("make", SOLVERS[1:], ids=lambda make: make.__name__)
@pytest.mark.parametrize("nodes", [0, 3])
def test_stopped_by_effort_bound_and_value_surround_the_best(
    make: Callable[[], SitingSolver], nodes: int
) -> None:
    """With hardly any effort the best lies between the bound and the value."""
    problem = PMedian(_city(40, 24), Choice(4))
    best = solved(problem).value
    hurried = Budget(iterations=4, tries=0, nodes=nodes)
    sited = make().solve(problem, hurried, Silent())
    assert sited.bound <= best * (1 + 1e-9)
    assert sited.value >= best * (1 - 1e-9)
    assert sited.proved or sited.stopped is Stopped.EFFORT


@pytest.mark.parametrize("make", SOLVERS[1:], ids=lambda make: make.__name__)
def test_branching_reaches_the_proof(make: Callable[[], SitingSolver]) -> None:
    """Where the first bound proves nothing, branching does."""
    problem = PMedian(_city(40, 24), Choice(4))
    sited = make().solve(problem, Budget(iterations=2, tries=0, nodes=5_000), Silent())
    assert sited.proved
    assert _close(sited.value, solved(problem).value)


@pytest.mark.parametrize("make", SOLVERS[1:], ids=lambda make: make.__name__)
def test_what_memory_cannot_hold_is_refused_before_beginning(
    make: Callable[[], SitingSolver],
) -> None:
    """A problem whose estimate passes the memory allowed is refused with both figures."""
    problem = PMedian(np.ones((200, 100)), Choice(5))
    with pytest.raises(TooLarge, match=r"Gio de mémoire"):
        make().solve(problem, Budget(memory_bytes=1_000_000), Silent())
