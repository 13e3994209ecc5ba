"""Other means at the same yearly cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.siting.scenarios.fields import TWIN, asked, setting, settings

from maillage.access.travel import StraightLine
from maillage.access.visits.bounds import Bounds
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.siting.posts.model import PostProblem
from maillage.siting.posts.usual import usual_post
from maillage.siting.scenarios.means import Around, Means, MeansServed
from maillage.siting.scenarios.means_carried import (
    accompanied_served,
    distance_served,
    home_served,
    ride_served,
)
from maillage.siting.scenarios.means_compared import compare_means
from maillage.siting.scenarios.means_held import bus_served, posts_served
from maillage.siting.scenarios.rates import (
    rates_of,
    worked_half_days,
    yearly_cost,
)
from maillage.siting.scenarios.worlds import Setting, worlds

PARAMETERS = load_parameters(dt.date(2026, 11, 23))
Carrying = Callable[[Bounds[PostProblem], Around, Parameters], MeansServed | None]


def _around(drawn: Setting, budget: float) -> Around:
    carried = np.ones(len(drawn.unreached.people), dtype=bool)
    return Around(
        yearly_budget=budget,
        post_cost=yearly_cost(PARAMETERS),
        points=drawn.unreached.points,
        base=Point(2.6, 50.5),
        travel=StraightLine(PARAMETERS),
        carried=Bounds(carried, carried),
    )


@effort(max_examples=8, deadline=None)
@given(settings, st.sampled_from((0.0, 9_000.0, 45_000.0, 130_000.0)))
def test_no_means_passes_its_budget_nor_its_people(drawn: Setting, budget: float) -> None:
    """No means costs more than the budget, serves more than it reaches, or more than want help."""
    both = worlds(drawn, asked())
    told = compare_means(both, _around(drawn, budget), TWIN, PARAMETERS)
    for one in told.means:
        assert one.yearly_cost <= budget + 1e-6
        assert one.served.low <= one.within_reach.low + 1e-6 <= both.low.wanting.sum() + 1e-5
        assert one.served.high <= one.within_reach.high + 1e-6 <= both.high.wanting.sum() + 1e-5
        assert one.supposes
        assert all(sentence.endswith(".") for sentence in one.supposes)


@effort(max_examples=20, deadline=None)
@given(settings, st.floats(1, 20_000), st.floats(1, 20_000))
def test_more_money_never_serves_fewer_at_home(drawn: Setting, one: float, other: float) -> None:
    """A larger budget serves no fewer people, at home, by a ride and at a distance."""
    both = worlds(drawn, asked())
    small, large = _around(drawn, min(one, other)), _around(drawn, max(one, other))
    for means in (home_served, ride_served, accompanied_served, distance_served):
        less: MeansServed | None = means(both, small, PARAMETERS)
        more: MeansServed | None = means(both, large, PARAMETERS)
        assert less is not None
        assert more is not None
        assert less.served.low <= more.served.low + 1e-9


def test_home_visits_go_to_the_cheapest_first() -> None:
    """A budget that pays one person pays the nearest of those who want help, and costs itself."""
    drawn = setting(9)
    both = worlds(drawn, asked())
    told = home_served(both, _around(drawn, 50.0), PARAMETERS)
    assert told is not None
    assert told.yearly_cost == pytest.approx(50.0)
    rates = rates_of(PARAMETERS, yearly_cost(PARAMETERS))
    least = rates.visits * rates.visit_hours * rates.cost_per_hour
    assert 0 < told.served.low < 50.0 / least


def test_beyond_the_radius_nobody_is_visited() -> None:
    """A base far away visits nobody."""
    drawn = setting(9)
    far = replace(_around(drawn, 50_000.0), base=Point(5.0, 45.0))
    told = home_served(worlds(drawn, asked()), far, PARAMETERS)
    assert told is not None
    assert told.served == Bounds(0.0, 0.0)
    assert told.cost_per_person.low is None


def test_rides_not_measured_are_left_out_and_said() -> None:
    """Where nobody measured which points a car carries, rides are left out, in words."""
    drawn = setting(9)
    unknown = replace(_around(drawn, 50_000.0), carried=None)
    told = compare_means(worlds(drawn, asked()), unknown, TWIN, PARAMETERS)
    assert not {Means.RIDE, Means.ACCOMPANIED} & {one.means for one in told.means}
    assert sum("mesurés" in sentence for sentence in told.left_out) == 2


@pytest.mark.parametrize("means", [ride_served, accompanied_served])
def test_a_ride_helps_those_whom_a_car_brings_to_help_and_no_other(means: Carrying) -> None:
    """Of all who want help, those at the points carried; nobody where none is."""
    drawn = setting(9)
    both, around = worlds(drawn, asked()), _around(drawn, 50_000.0)
    here = np.arange(len(drawn.unreached.people)) % 2 == 0
    none = np.zeros_like(here)
    told = means(both, replace(around, carried=Bounds(here, here)), PARAMETERS)
    nobody = means(both, replace(around, carried=Bounds(none, none)), PARAMETERS)
    assert told is not None
    assert nobody is not None
    assert told.within_reach.low == pytest.approx(both.low.wanting[here].sum())
    assert told.within_reach.high == pytest.approx(both.high.wanting[here].sum())
    assert (nobody.served, nobody.yearly_cost) == (Bounds(0.0, 0.0), 0.0)


def test_a_ride_costs_its_two_trips_and_a_volunteer_the_kilometres() -> None:
    """Of a budget that pays for one visit a year, each tells the share of a person it serves."""
    drawn = setting(9)
    both, around = worlds(drawn, asked()), _around(drawn, 10.0)
    rates = rates_of(PARAMETERS, around.post_cost)
    of = PARAMETERS.number
    by_volunteer = (
        of("means.accompanied.km_per_visit") * of("means.accompanied.cost_per_km")
        + of("means.accompanied.hours_organising") * rates.cost_per_hour
    )
    for means, visit in (
        (ride_served, 2 * of("means.ride.cost_per_trip")),
        (accompanied_served, by_volunteer),
    ):
        told = means(both, around, PARAMETERS)
        assert told is not None
        assert told.served.low == pytest.approx(10.0 / (rates.visits * visit))
        assert told.yearly_cost == pytest.approx(10.0)


def test_a_budget_under_one_post_pays_none() -> None:
    """Less than one post or one bus pays neither, and both are told as left out."""
    drawn = setting(9)
    both, around = worlds(drawn, asked()), _around(drawn, 20_000.0)
    assert posts_served(both, around, TWIN, PARAMETERS) is None
    assert bus_served(both, around, TWIN, PARAMETERS) is None
    assert len(compare_means(both, around, TWIN, PARAMETERS).left_out) == 3


def test_posts_of_the_comparison_hold_no_more_than_their_weeks() -> None:
    """Posts hold their half-days; those that come back every second week hold twice as many."""
    drawn = setting(9, n_venues=6, n_half_days=10)
    told = compare_means(worlds(drawn, asked()), _around(drawn, 45_000.0), TWIN, PARAMETERS)
    by_label = {one.label: one for one in told.means}
    posts = by_label[Means.POSTS.label]
    assert posts.held is not None
    assert len(posts.held) <= usual_post(PARAMETERS).half_days_each
    flying = [one for one in told.means if one.means is Means.FLYING]
    assert [len(one.held or ()) <= 8 * n for one, n in zip(flying, (2, 4), strict=True)] == [
        True,
        True,
    ]


def test_the_grant_of_the_state_follows_its_dates() -> None:
    """A post cost its employer less while the State paid, and the whole since it pays no more."""
    then = load_parameters(dt.date(2023, 6, 1))
    assert yearly_cost(then, subsidised=True) < yearly_cost(then)
    assert yearly_cost(PARAMETERS, subsidised=True) == yearly_cost(PARAMETERS)


def test_hours_of_a_half_day_make_its_people() -> None:
    """The people of one weekly half-day are the same in a plan and among the other means."""
    rates = rates_of(PARAMETERS, 1.0)
    usual = usual_post(PARAMETERS)
    assert rates.people_per_hour_a_week * rates.hours == pytest.approx(usual.people_per_half_day)
    assert rates.half_days == usual.half_days_each
    assert worked_half_days(PARAMETERS) <= frozenset(range(12))
