"""What each further post brings."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from tests.siting.scenarios.fields import EXACT, TWIN, asked, goals, setting, settings

from maillage.siting.posts.judge import value
from maillage.siting.posts.model import Goal, Held, VenueRules
from maillage.siting.scenarios.marginal import marginal
from maillage.siting.scenarios.worlds import Setting, worlds


@effort(max_examples=12)
@given(settings, goals)
def test_one_more_post_never_does_less(drawn: Setting, goal: Goal) -> None:
    """Values never fall as posts are added, whatever the solver, and no bound is worse than one."""
    both = worlds(drawn, asked(goal))
    sign = 1 if goal.is_of_people else -1
    steps = marginal(both, TWIN, n_most=3, yearly_cost=40_000).steps
    for before, after in pairwise(steps):
        assert sign * after.plan.value >= sign * before.plan.value
        assert sign * after.plan.bound >= sign * before.plan.bound - 1e-9
    for step in steps:
        assert sign * step.plan.bound >= sign * step.plan.value
        assert step.added >= 0


@effort(max_examples=12)
@given(settings)
def test_what_is_added_sums_to_the_value(drawn: Setting) -> None:
    """What all posts add, one after the other, is what they are worth together."""
    both = worlds(drawn, asked())
    steps = marginal(both, EXACT, n_most=3, yearly_cost=40_000).steps
    assert np.isclose(sum(step.added for step in steps), steps[-1].plan.value)
    assert value(both.low, steps[-1].plan.held) == steps[-1].plan.value


def test_a_number_of_posts_too_small_is_told() -> None:
    """Where two venues are forced on one half-day, one post is told as impossible, with why."""
    drawn = setting(1, n_half_days=1)
    rules = VenueRules(kept=frozenset({Held(0, 0), Held(1, 0)}))
    both = worlds(drawn, replace(asked(half_days_each=1, n_posts=2), rules=rules))
    told = marginal(both, EXACT, n_most=2, yearly_cost=1.0)
    assert [n for n, _ in told.impossible] == [1]
    assert told.impossible[0][1]
    assert [step.n_posts for step in told.steps] == [2]


def test_cost_is_shared_among_those_served() -> None:
    """A person costs the whole yearly cost over those served; nobody served has no cost."""
    both = worlds(setting(2), asked())
    step = marginal(both, EXACT, n_most=1, yearly_cost=100.0).steps[0]
    assert step.cost_per_person.low == pytest.approx(100.0 / step.lived.low.people)
    nobody = replace(both.low, wanting=np.zeros_like(both.low.wanting))
    empty = marginal(replace(both, low=nobody), EXACT, n_most=1, yearly_cost=100.0).steps[0]
    assert empty.cost_per_person.low is None
