"""A plan beside the present."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from tests.siting.scenarios.fields import asked, goals, setting, settings

from maillage.siting.posts.model import Goal, Held
from maillage.siting.scenarios.present import compare
from maillage.siting.scenarios.worlds import Setting, worlds

PLAN = (Held(0, 0), Held(2, 1))


@given(settings, goals)
def test_the_same_plan_betters_nothing(drawn: Setting, goal: Goal) -> None:
    """A plan beside itself is no better; with nothing held the present is what it is."""
    both = worlds(drawn, asked(goal))
    told = compare(both, PLAN, PLAN)
    assert (told.better_by.low, told.better_by.high) == (0, 0)
    assert np.isclose(told.nothing.in_reach.low, both.low.zone_reached.sum())


@given(settings)
def test_those_in_reach_and_left_out_are_the_public(drawn: Setting) -> None:
    """People in reach and left out are the whole public, and no plan leaves out more."""
    both = worlds(drawn, asked())
    told = compare(both, PLAN)
    assert told.held_now is None
    for one in (told.nothing, told.plan):
        assert np.isclose(one.in_reach.high + one.left_out.high, both.high.zone_people.sum())
    assert told.plan.left_out.low <= told.nothing.left_out.low


def test_without_a_told_present_the_plan_is_beside_nothing() -> None:
    """Where no present permanence is told the plan is compared with no new half-day."""
    both = worlds(setting(6), asked())
    told = compare(both, PLAN)
    assert told.better_by.low == told.plan.lived.low.value - told.nothing.lived.low.value
