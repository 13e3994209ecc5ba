"""HiGHS on what bounds leave over: the best choice under what is asked, or word that none is."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from tests.siting.draws import problems

from maillage.engines import highs_siting
from maillage.engines.highs_siting import HighsRemainder
from maillage.kernel.budget import Budget
from maillage.kernel.errors import MissingExtra
from maillage.kernel.progress import Silent
from maillage.siting.core import core_of
from maillage.siting.exhaustive import ExhaustiveSiting
from maillage.siting.model import Choice, Covering, PMedian, Problem, Stopped
from maillage.wiring.siting import siting_solver


@given(problem=problems)
@settings(max_examples=40)
def test_the_best_of_a_core_is_found_where_it_is_under_what_is_asked(problem: Problem) -> None:
    """Asked for a choice under a little more than the best, HiGHS gives it; under it, none."""
    core = core_of(problem)
    if core.settled:
        return
    value = ExhaustiveSiting().solve(problem, Budget(), Silent()).value
    best = float(problem.weights.sum()) - value if isinstance(problem, Covering) else value
    slack = 1e-6 * (1 + best)
    found = HighsRemainder().solve(core, best + 1.0, slack, Budget())
    assert found.stopped is None
    assert found.chosen is not None
    assert int(found.chosen.sum()) == core.n_sites
    assert core.value(found.chosen) == pytest.approx(best, abs=2 * slack)
    if best > 0:
        none = HighsRemainder().solve(core, 0.5 * best, slack, Budget())
        assert none.stopped is None
        assert none.chosen is None or core.value(none.chosen) >= best - 2 * slack


def _city() -> PMedian:
    places = np.random.default_rng(2).random((60, 2))
    costs = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    return PMedian(costs, Choice(6))


def test_time_that_ends_stops_it() -> None:
    """With no time left HiGHS stops, and what it says bounds the best from below."""
    core = core_of(_city())
    budget = Budget(seconds_left=lambda: 0.0)
    answer = HighsRemainder().solve(core, np.inf, 0.0, budget)
    assert answer.stopped is Stopped.TIME
    assert answer.bound <= core.value(core.any_choice)


def test_large_ladders_are_left_to_our_own_branching(monkeypatch: pytest.MonkeyPatch) -> None:
    """What rises by many steps is refused over its limit; flat covering has a larger one."""
    core = core_of(_city())
    monkeypatch.setattr(highs_siting, "LARGEST_LADDERS", 10)
    assert not HighsRemainder().accepts(core)
    flat = np.where(_city().costs < 0.3, 0.0, 1.0)
    assert HighsRemainder().accepts(core_of(PMedian(flat, Choice(3), np.ones(60))))


def test_without_highspy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra HiGHS says how to have it, and siting works alone."""
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(MissingExtra, match=r"maillage\[siting\]"):
        HighsRemainder()
    assert "HiGHS" not in siting_solver().name
