"""Which choices stand in both worlds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as effort
from tests.siting.scenarios.fields import EXACT, asked, goals, setting, settings

from maillage.kernel.errors import ImpossibleDemand
from maillage.siting.posts.judge import value
from maillage.siting.posts.model import Goal
from maillage.siting.scenarios.survive import survive
from maillage.siting.scenarios.worlds import Setting, worlds


@effort(max_examples=15)
@given(settings, goals)
def test_a_plan_regrets_nothing_in_its_own_world(drawn: Setting, goal: Goal) -> None:
    """The best plan of a world leaves nothing there, and the defended one regrets least of all."""
    both = worlds(drawn, asked(goal))
    told = survive(both, EXACT)
    low, high, _ = told.tried
    assert low.regret.low == 0
    assert high.regret.high == 0
    assert told.defended.largest_regret == min(one.largest_regret for one in told.tried)


@effort(max_examples=15)
@given(settings, goals)
def test_each_choice_is_told_once(drawn: Setting, goal: Goal) -> None:
    """Venues and half-days of both best plans are told once each: in both, or in one."""
    told = survive(worlds(drawn, asked(goal)), EXACT)
    low, high, _ = told.tried
    assert sorted((*told.held_in_both, *told.held_in_one.low)) == sorted(low.plan.held)
    assert sorted((*told.held_in_both, *told.held_in_one.high)) == sorted(high.plan.held)
    venues = {*told.venues_in_both, *told.venues_in_one.low, *told.venues_in_one.high}
    assert venues == {one.venue for plan in (low, high) for one in plan.plan.held}
    assert not set(told.venues_in_both) & {*told.venues_in_one.low, *told.venues_in_one.high}


def test_the_newly_served_are_those_of_the_defended_plan() -> None:
    """The people told, from bound to bound, are what the defended plan serves in each world."""
    both = worlds(setting(5), asked())
    told = survive(both, EXACT)
    held = told.defended.plan.held
    assert told.newly_served.low == value(both.low, held)
    assert told.newly_served.high == value(both.high, held)


def test_a_floor_that_no_plan_comes_to_in_the_other_world_is_not_asked_there() -> None:
    """What is asked of the world planned for never ends what is told of the other one."""
    both = worlds(setting(14), replace(asked(half_days_each=1), floor=0.7))
    with pytest.raises(ImpossibleDemand):
        EXACT.solve(both.high)
    low, high, _ = survive(both, EXACT).tried
    assert low.plan == EXACT.solve(both.low)
    assert high.plan == EXACT.solve(replace(both.high, floor=None))
