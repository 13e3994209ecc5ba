"""Why each venue was chosen."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.siting.scenarios.fields import EXACT, asked, goals, goals_of_people, settings

from maillage.siting.posts.judge import value
from maillage.siting.posts.model import Goal
from maillage.siting.scenarios.explain import explain, without_venue
from maillage.siting.scenarios.worlds import Setting, worlds


@effort(max_examples=20)
@given(settings, goals_of_people)
def test_what_one_venue_brings_is_what_is_lost_without_it(drawn: Setting, goal: Goal) -> None:
    """The people of a venue alone are the value lost without it, commune by commune."""
    problem = worlds(drawn, asked(goal)).low
    held = EXACT.solve(problem).held
    told = explain(problem, held)
    for one in told.chosen:
        lost = value(problem, held) - value(problem, without_venue(held, one.venue))
        assert np.isclose(one.loss, lost)
        assert np.isclose(one.people, lost)
        if goal is not Goal.SERVED:
            assert np.isclose(sum(zone.people for zone in one.from_communes), lost)


@effort(max_examples=20)
@given(settings, st.sampled_from((Goal.REACHED, Goal.CHOICE)))
def test_what_venues_bring_alone_is_no_more_than_the_plan(drawn: Setting, goal: Goal) -> None:
    """Summed over venues, what each brings alone is no more than the whole plan.

    Not so where hours are counted: one venue may bring the people, and another the hours.
    """
    problem = worlds(drawn, asked(goal, n_posts=2)).high
    held = EXACT.solve(problem).held
    told = explain(problem, held)
    assert sum(one.people for one in told.chosen) <= value(problem, held) + 1e-6


@effort(max_examples=20)
@given(settings, goals)
def test_no_replacement_betters_a_proved_plan(drawn: Setting, goal: Goal) -> None:
    """Against the best plan, each replacement and each runner-up loses something, or nothing."""
    problem = worlds(drawn, asked(goal)).low
    held = EXACT.solve(problem).held
    told = explain(problem, held)
    losses = [one.replacement.loss for one in told.chosen if one.replacement is not None]
    losses += [one.loss for one in told.runners_up]
    assert all(loss >= -1e-9 for loss in losses)
    assert [one.loss for one in told.runners_up] == sorted(one.loss for one in told.runners_up)
    assert not {one.venue for one in told.runners_up} & {one.venue for one in told.chosen}


@effort(max_examples=20)
@given(settings, goals)
def test_a_replacement_is_worth_what_it_says(drawn: Setting, goal: Goal) -> None:
    """The plan of a replacement keeps all other half-days, and its value is its own."""
    problem = worlds(drawn, asked(goal)).low
    held = EXACT.solve(problem).held
    for one in explain(problem, held).chosen:
        if one.replacement is not None:
            assert value(problem, one.replacement.held) == one.replacement.value
            assert set(without_venue(held, one.venue)) <= set(one.replacement.held)
            assert len(one.replacement.held) + one.replacement.unplaced == len(held)
