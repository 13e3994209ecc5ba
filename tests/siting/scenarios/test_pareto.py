"""The front of people, equity and cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import settings as effort
from tests.siting.scenarios.fields import EXACT, asked, goals_of_people, setting, settings

from maillage.siting.posts.model import Goal
from maillage.siting.scenarios.pareto import evenness, pareto
from maillage.siting.scenarios.valued import lived
from maillage.siting.scenarios.worlds import Setting, worlds

FLOORS = (0.3, 0.6, 0.9)


@effort(max_examples=12)
@given(settings, goals_of_people)
def test_no_point_of_the_front_is_bettered(drawn: Setting, goal: Goal) -> None:
    """Nothing tried betters a point of the front, and every other is bettered by one of it."""
    problem = worlds(drawn, asked(goal)).low
    front = pareto(problem, EXACT, n_posts=(1, 2), floors=FLOORS, yearly_cost=1.0)
    tried = (*front.points, *front.bettered)
    assert front.points
    assert not any(other.betters(one) for one in front.points for other in tried)
    assert all(any(one.betters(lost) for one in front.points) for lost in front.bettered)


@effort(max_examples=12)
@given(settings)
def test_a_floor_asked_is_kept(drawn: Setting) -> None:
    """A plan found under a floor leaves no commune below it that any plan could lift."""
    problem = worlds(drawn, asked()).low
    front = pareto(problem, EXACT, n_posts=(1, 2), floors=FLOORS, yearly_cost=1.0)
    for point in (*front.points, *front.bettered):
        if point.floor is not None:
            assert not lived(replace(problem, floor=point.floor), point.plan.held).under_floor


def test_evenness_tells_the_worst_commune() -> None:
    """The worst commune is the one with the least share in reach; the worst tenth is no lower."""
    problem = worlds(setting(7), asked()).low
    even = evenness(problem, ())
    shares = problem.zone_reached / np.where(problem.zone_people > 0, problem.zone_people, np.nan)
    assert even.worst_zone == int(np.nanargmin(shares))
    assert even.worst_share == float(np.nanmin(shares))
    assert even.worst_tenth is not None
    assert even.worst_tenth >= even.worst_share


def test_nobody_anywhere_has_no_evenness() -> None:
    """Where nobody lives nothing is told of equity."""
    problem = worlds(setting(7), asked()).low
    zeros = np.zeros_like(problem.zone_people)
    empty = replace(problem, zone_people=zeros, zone_reached=zeros)
    assert evenness(empty, ()).worst_tenth is None
