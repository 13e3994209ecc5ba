"""HiGHS on programs, and on the floors that twins can only guess at."""

from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from tests.siting.posts.draws import changed, problem_of, solved

from maillage.engines.highs_posts import HighsPrograms
from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand, MissingExtra
from maillage.siting.model import Stopped
from maillage.siting.posts.model import Goal, PostProblem
from maillage.siting.posts.program import Draft
from maillage.siting.posts.twin import PostTwin
from maillage.wiring.posts import post_solver


def _knapsack(high: float = 2.0) -> Draft:
    draft = Draft()
    columns = draft.add(np.ones(3), cost=(-1.0, -2.0, -3.0), whole=True)
    draft.row(columns, (1.0, 1.5, 1.2), high=high)
    return draft


def test_the_least_of_a_program_is_found() -> None:
    """The best of the whole numbers, with its bound; from a start that is worse as well."""
    start = np.arange(3, dtype=np.int32), np.array([1.0, 0.0, 0.0])
    for begin in (None, start):
        found = HighsPrograms().least(_knapsack().program(), begin, Budget())
        assert found.values is not None
        assert found.values.round().tolist() == [0.0, 0.0, 1.0]
        assert (found.bound, found.stopped) == (pytest.approx(-3.0), None)


def test_rows_that_nothing_keeps_to_are_told() -> None:
    """Where nothing keeps to the rows there are no values, and no stop."""
    found = HighsPrograms().least(_knapsack(high=-1.0).program(), None, Budget())
    assert (found.values, found.bound, found.stopped) == (None, math.inf, None)


def test_without_time_nothing_is_begun() -> None:
    """With no time left there is no value, and the bound says nothing."""
    budget = Budget(seconds_left=lambda: 0.0)
    found = HighsPrograms().least(_knapsack().program(), None, budget)
    assert (found.values, found.bound, found.stopped) == (None, -math.inf, Stopped.TIME)


def _two_far_communes() -> PostProblem:
    """Return one half-day, two communes of ten that no venue reaches together, and a floor."""
    problem = problem_of(0, Goal.REACHED, n_venues=2, n_points=2)
    may_open = np.zeros((12, 2), np.int32)
    may_open[0] = 1
    return changed(
        problem,
        n_posts=1,
        half_days_each=1,
        may_open=may_open,
        reached=np.repeat(np.eye(2, dtype=bool)[None], 12, axis=0),
        wanting=np.array([6.0, 6.0]),
        zone=np.array([0, 1], np.int32),
        zone_people=np.array([10.0, 10.0]),
        zone_reached=np.array([4.0, 3.0]),
        zone_names=("Allouagne", "Barlin"),
        floor=0.5,
    )


def test_a_floor_that_no_plan_holds_is_refused_with_the_best_share() -> None:
    """Who stays under the floor is named, and the best share for all told."""
    with pytest.raises(ImpossibleDemand) as caught:
        solved(_two_far_communes(), post_solver())
    told = str(caught.value)
    assert "plancher de 50 %" in told
    assert "au mieux 40 % partout" in told
    assert "Allouagne" in told
    assert "Barlin" not in told


def test_the_twin_says_that_it_proves_nothing_of_a_floor() -> None:
    """Without a solver a floor not held is refused without a word of impossibility proved."""
    with pytest.raises(ImpossibleDemand, match="rien ne prouve"):
        solved(_two_far_communes(), PostTwin())


def test_a_program_that_presolve_gets_wrong_is_solved_right() -> None:
    """HiGHS 1.14.0 calls 13 the most of these, presolve on: it is 15."""
    reach = np.array([[0, 0, 1, 0, 0, 1], [0] * 6, [1, 0, 0, 0, 0, 1], [0, 0, 0, 1, 0, 1]], bool)
    may_open = np.zeros((12, 4), np.int32)
    may_open[0], may_open[2], may_open[10] = (2, 0, 1, 2), (1, 0, 1, 0), (1, 0, 1, 0)
    problem = changed(
        problem_of(1, Goal.REACHED),
        n_posts=1,
        half_days_each=2,
        reached=np.repeat(reach[None], 12, axis=0),
        may_open=may_open,
        wanting=np.array([3.0, 0, 3, 5, 0, 7]),
        zone=np.array([0, 1, 1, 1, 1, 1], np.int32),
        zone_people=np.array([6.0, 30.0]),
        zone_reached=np.array([1.2, 6.0]),
        floor=0.3,
    )
    assert solved(problem, post_solver()).value == 15.0


def test_without_highspy_the_twin_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where HiGHS is not installed the engine says what to install, and the twin is wired."""
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(MissingExtra, match=r"maillage\[siting\]"):
        HighsPrograms()
    assert isinstance(post_solver(), PostTwin)
