"""A floor that the means cannot hold everywhere is held but for some communes."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.siting.scenarios.fields import EXACT, TWIN, asked, setting, settings

from maillage.access.visits.bounds import Bounds
from maillage.engines.highs_posts import HighsPrograms
from maillage.kernel.budget import Budget
from maillage.siting.posts.cover_program import least_short_program
from maillage.siting.posts.exhaustive import plans
from maillage.siting.posts.floor import FloorTooHigh, shortage, under_floor
from maillage.siting.posts.ground import ground
from maillage.siting.posts.model import PostProblem
from maillage.siting.scenarios.floor_where_possible import floor_where_possible, shares_under
from maillage.siting.scenarios.worlds import Search, Setting, worlds
from maillage.wiring.posts import post_solver

HIGHS = Search(post_solver(), EXACT.budget, EXACT.progress)
FLOORS = st.sampled_from((0.3, 0.6, 0.9, 1.0))


def _floored(drawn: Setting, floor: float) -> Bounds[PostProblem]:
    return worlds(drawn, replace(asked(half_days_each=1), floor=floor))


@effort(max_examples=40)
@given(settings, FLOORS)
def test_some_plan_always_holds_it_then_and_no_more_communes_are_spared_than_needed(
    drawn: Setting, floor: float
) -> None:
    """Tried plan by plan: a floor that can be held spares nobody, another those of the least."""
    both = _floored(drawn, floor)
    told = floor_where_possible(both, EXACT, high=False)
    plan = EXACT.solve(told.low)
    assert not under_floor(told.low, plan.held)
    try:
        EXACT.solve(both.low)
    except FloorTooHigh as error:
        assert told.low.spared == told.high.spared == frozenset(error.zones) != frozenset()
    else:
        assert told == both


@effort(max_examples=40)
@given(settings, FLOORS)
def test_the_solver_leaves_as_few_people_short_as_trying_every_plan(
    drawn: Setting, floor: float
) -> None:
    """The least of its program is the least of all plans; what it spares makes the floor hold."""
    low = _floored(drawn, floor).low
    program = least_short_program(ground(low, merged=False)).program
    least = HighsPrograms().least(program, None, Budget()).bound
    assert least == pytest.approx(
        min(math.fsum(shortage(low, held)) for held in plans(low)), abs=1e-5
    )
    told = floor_where_possible(Bounds(low, low), HIGHS, high=False).low
    assert not under_floor(told, HIGHS.solve(told).held)
    assert bool(told.spared) == (least > 1e-5)


@pytest.mark.parametrize("search", [EXACT, TWIN, HIGHS], ids=["exhaustive", "twin", "highs"])
def test_a_floor_of_all_with_one_half_day_names_who_stays_under(search: Search) -> None:
    """Each solver answers; shares told are those of the plan, under the floor."""
    told = floor_where_possible(_floored(setting(3), 1.0), search, high=False).low
    plan = search.solve(told)
    under = shares_under(told, plan.held)
    assert told.spared
    assert {zone for zone, _ in under} <= told.spared
    assert all(0 <= share < 1 for _, share in under)


def test_without_a_floor_nothing_is_spared() -> None:
    """What asks nothing is given back as it is."""
    both = worlds(setting(3), asked())
    assert floor_where_possible(both, EXACT, high=False) is both
    assert shares_under(both.low, ()) == ()
