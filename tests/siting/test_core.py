"""The core: what narrowing keeps true."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from tests.siting.draws import covering, problems

from maillage.siting.core import Core, core_of, narrowed, needed_bytes, step_of
from maillage.siting.model import Choice, Covering, PMedian, Problem
from maillage.siting.radius import n_entries, radius_model


def _choices(core: Core) -> list[np.ndarray]:
    return [
        np.isin(np.arange(core.n_free), picked)
        for picked in combinations(range(core.n_free), core.n_sites)
    ]


def _told(problem: Problem, sites: tuple[int, ...]) -> float:
    value = problem.value(sites)
    return float(problem.weights.sum()) - value if isinstance(problem, Covering) else value


@given(problem=problems)
def test_the_core_is_worth_what_the_problem_is(problem: Problem) -> None:
    """Each choice of the core costs what its sites cost in the problem, the floor at least."""
    core = core_of(problem)
    for chosen in _choices(core):
        value = core.value(chosen)
        assert value == pytest.approx(_told(problem, core.told(chosen)))
        assert core.floor <= value + 1e-9


@given(problem=problems)
def test_opening_and_closing_change_no_value(problem: Problem) -> None:
    """With its first free site opened or closed, the rest of a core is worth the same."""
    core = core_of(problem)
    if not 0 < core.n_sites < core.n_free:
        return
    site = np.arange(core.n_free) == 0
    for smaller in (
        narrowed(core, site, np.zeros_like(site)),
        narrowed(core, np.zeros_like(site), site),
    ):
        for chosen in _choices(smaller):
            assert smaller.value(chosen) == pytest.approx(_told(problem, smaller.told(chosen)))


@given(problem=problems)
def test_the_radius_model_says_the_same(problem: Problem) -> None:
    """The steps that no chosen site spares sum to what the choice costs."""
    core = core_of(problem)
    model = radius_model(core)
    assert model.first[-1] <= n_entries(core)
    for chosen in _choices(core):
        spared = [
            bool(chosen[model.sites[model.first[row] : model.first[row + 1]]].any())
            for row in range(model.n_rows)
        ]
        paid = model.constant + model.steps[~np.array(spared, dtype=bool)].sum()
        assert paid == pytest.approx(core.value(chosen))


def test_the_step_is_the_divisor_of_whole_costs() -> None:
    """Costs of 6, 9 and 12 differ by 3 at least; with a real one, by nothing certain."""
    assert step_of(PMedian(np.array([[6.0, 9.0], [12.0, 0.0]]), Choice(1))) == 3.0
    assert step_of(PMedian(np.array([[6.5, 9.0]]), Choice(1))) == 0.0
    assert step_of(PMedian(np.array([[6.0, np.inf]]), Choice(1), np.array([4.0]))) == 2.0
    assert step_of(covering((4, 10), ((0,), (1,)), Choice(1))) == 2.0
    assert step_of(covering((4, 10), ((0,), (1,)), Choice(1), (0.1, 1.0))) == 0.0


def test_memory_grows_with_pairs_and_swaps() -> None:
    """Twice the pairs take more memory, and so do more sites to choose."""
    assert needed_bytes(2_000, 5, 100) > needed_bytes(1_000, 5, 100)
    assert needed_bytes(1_000, 50, 100) > needed_bytes(1_000, 5, 100)
