"""Keep these, move that: the best plan within k moves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.siting.scenarios.fields import EXACT, asked, goals, goals_of_people, setting, settings

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.siting.posts.exhaustive import plans
from maillage.siting.posts.judge import better, value
from maillage.siting.posts.model import Goal, Held, VenueRules
from maillage.siting.scenarios import keep_and_move as module
from maillage.siting.scenarios.allowed import why_no_plan
from maillage.siting.scenarios.ceilings import ceilings
from maillage.siting.scenarios.keep_and_move import keep_and_move, one_by_one
from maillage.siting.scenarios.moves import left_of
from maillage.siting.scenarios.worlds import Setting, worlds

PRESENT = (Held(0, 0), Held(1, 1))


@effort(max_examples=20, deadline=None)
@given(settings, goals, st.integers(0, 2))
def test_the_best_within_moves_is_found(drawn: Setting, goal: Goal, moves: int) -> None:
    """The plan is the best of all those that give up at most so many present half-days."""
    problem = worlds(drawn, asked(goal)).low
    within = [
        held for held in plans(problem) if (Counter(PRESENT) - Counter(held)).total() <= moves
    ]
    sign = 1 if goal.is_of_people else -1
    best = sign * max(sign * value(problem, held) for held in within)
    told = keep_and_move(problem, PRESENT, moves, EXACT, most_searches=100)
    assert np.isclose(told.value, best)
    assert told.proved
    assert np.isclose(told.bound, best)
    assert len(told.removed) <= moves
    assert value(problem, told.held) == told.value


@effort(max_examples=20, deadline=None)
@given(settings, goals)
def test_a_search_cut_short_is_still_bounded(drawn: Setting, goal: Goal) -> None:
    """With one search alone, the bound is still no worse than the best within two moves."""
    problem = worlds(drawn, asked(goal)).low
    cut = keep_and_move(problem, PRESENT, 1, EXACT, most_searches=1)
    whole = keep_and_move(problem, PRESENT, 1, EXACT, most_searches=100)
    assert not better(problem, whole.value, cut.bound) or np.isclose(whole.value, cut.bound)
    assert not better(problem, cut.value, whole.value)


@effort(max_examples=20, deadline=None)
@given(settings, goals)
def test_no_plan_passes_its_ceiling(drawn: Setting, goal: Goal) -> None:
    """Whatever is held besides some half-days kept, the plan does no better than their ceiling."""
    problem = worlds(drawn, asked(goal)).low
    kept = (Held(0, 0),)
    ceiling = float(ceilings(problem, [kept], problem.budget - 1)[0])
    for held in plans(problem):
        if kept[0] in held:
            worth = value(problem, held)
            assert not better(problem, worth, ceiling) or np.isclose(worth, ceiling)


@effort(max_examples=10, deadline=None)
@given(drawn=settings, goal=goals_of_people)
def test_one_move_after_the_other_is_bounded_by_the_best_of_all(drawn: Setting, goal: Goal) -> None:
    """Where sets are too many, moves are made one by one, and the bound is that of any plan."""
    problem = worlds(drawn, asked(goal)).low
    free = EXACT.solve(problem)
    stepwise = one_by_one(problem, PRESENT, 2, EXACT, most_searches=100)
    assert np.isclose(stepwise.bound, free.value)
    assert stepwise.value >= value(problem, PRESENT)
    assert len(stepwise.removed) <= 2


def test_too_many_sets_are_moved_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the sets that can be looked at, the answer is that of one move after the other."""
    problem = worlds(setting(11), asked()).low
    monkeypatch.setattr(module, "MOST_SETS", 0)
    told = keep_and_move(problem, PRESENT, 2, EXACT, most_searches=100)
    assert told == one_by_one(problem, PRESENT, 2, EXACT, most_searches=100)


@effort(max_examples=20, deadline=None)
@given(settings, goals, st.integers(0, 2))
def test_no_move_is_made_for_nothing(drawn: Setting, goal: Goal, moves: int) -> None:
    """No worse than the present; whatever was given up costs something when it is put back."""
    problem = worlds(drawn, asked(goal)).low
    told = keep_and_move(problem, PRESENT, moves, EXACT, most_searches=100)
    assert not better(problem, value(problem, PRESENT), told.value)
    assert told.removed == left_of(PRESENT, told.held)
    for old in told.removed:
        for new in told.added:
            back = tuple(sorted((*left_of(told.held, (new,)), old)))
            worse = better(problem, told.value, value(problem, back))
            assert worse or why_no_plan(problem, back)


@effort(max_examples=20, deadline=None)
@given(drawn=settings, goal=goals_of_people, seconds=st.integers(0, 2))
def test_time_that_ends_leaves_a_bounded_plan(drawn: Setting, goal: Goal, seconds: int) -> None:
    """Whenever time ends, the plan is no worse than the present and its bound no lie."""
    problem = worlds(drawn, asked(goal)).low
    whole = keep_and_move(problem, PRESENT, 1, EXACT, most_searches=100)
    left = iter([1.0] * seconds)
    ending = replace(EXACT, budget=Budget(seconds_left=lambda: next(left, 0.0)))
    cut = keep_and_move(problem, PRESENT, 1, ending, most_searches=100)
    assert value(problem, PRESENT) <= cut.value <= whole.value + 1e-9
    assert cut.bound >= whole.value - 1e-9


def test_a_half_day_that_is_closed_now_must_move() -> None:
    """It is given up first; where more must than may, the refusal names the venues."""
    drawn = setting(11)
    problem = worlds(drawn, asked()).low
    closed = problem.may_open.copy()
    closed[PRESENT[0].half_day, PRESENT[0].venue] = 0
    shut = replace(problem, may_open=closed)
    moved = keep_and_move(shut, PRESENT, 1, EXACT, most_searches=100)
    assert moved.removed == (PRESENT[0],)
    assert not why_no_plan(shut, moved.held)
    with pytest.raises(ImpossibleDemand, match="Mairie 0"):
        keep_and_move(shut, PRESENT, 0, EXACT, most_searches=100)
    stepwise = one_by_one(shut, PRESENT, 2, EXACT, most_searches=100)
    assert PRESENT[0] in stepwise.removed
    assert len(stepwise.removed) <= 2


def test_why_half_days_are_no_plan_is_told_whole() -> None:
    """Too many, two posts at once, no room for them, a closed venue: each in its words."""
    problem = worlds(setting(11), asked()).low
    twice = why_no_plan(problem, (Held(0, 0), Held(0, 0), Held(1, 11)))
    said = " ; ".join(twice)
    for words in ("3 demi-journées", "pas de place pour 2 postes", "n'est pas ouvert", "2 perman"):
        assert words in said
    assert why_no_plan(problem, PRESENT) == ()


def test_a_present_against_the_rules_must_move() -> None:
    """Where a present half-day is in a forbidden venue, it is the one given up."""
    told = replace(asked(), rules=VenueRules(forbidden=frozenset({1})))
    problem = worlds(setting(11), told).low
    moved = keep_and_move(problem, PRESENT, 1, EXACT, most_searches=100)
    assert moved.removed == (Held(1, 1),)
    with pytest.raises(ImpossibleDemand, match="interdit"):
        keep_and_move(problem, PRESENT, 0, EXACT, most_searches=100)
