"""The two worlds: what is asked, of what runs for sure and of the bus supposed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.siting.scenarios.fields import asked, goals, setting, settings, venue

from maillage.siting.posts.judge import value
from maillage.siting.posts.model import Goal, Held
from maillage.siting.scenarios.valued import reached_shares
from maillage.siting.scenarios.worlds import Setting, may_open, side_by_side, worlds


@given(settings)
def test_wanting_and_reached_make_the_public(drawn: Setting) -> None:
    """In each commune those reached today and those wanting are the public together."""
    both = worlds(drawn, asked())
    for world in (both.low, both.high):
        wanting = np.bincount(world.zone, world.wanting, len(world.zone_people))
        assert np.allclose(world.zone_reached + wanting, world.zone_people)


def test_requests_in_vain_belong_to_the_public() -> None:
    """A request that nobody could answer makes one more person of the public, not yet reached."""
    drawn = setting(3)
    unmet = drawn.unreached.unmet.copy()
    unmet[-1, 0] = 5.0
    more = worlds(Setting(replace(drawn.unreached, unmet=unmet), drawn.reach), asked()).low
    before = worlds(drawn, asked()).low
    assert more.zone_people.sum() == before.zone_people.sum() + 5.0
    assert more.zone_reached.sum() == before.zone_reached.sum()


def test_an_untold_venue_is_supposed_usable_when_people_work() -> None:
    """A venue that tells no half-day may be used on those worked alone, by one helper."""
    table = may_open((venue(0, None), venue(1, frozenset({11}), 3)), frozenset({0, 4}))
    assert np.argwhere(table).tolist() == [[0, 0], [4, 0], [11, 1]]
    assert table[11, 1] == 3
    assert table[0, 0] == 1


@given(settings, goals, st.integers(0, 3), st.integers(0, 1))
def test_side_by_side_is_worth_the_mean(
    drawn: Setting, goal: Goal, where: int, half_day: int
) -> None:
    """Half-days are worth in both worlds side by side the mean of what they are worth in each."""
    both = worlds(drawn, asked(goal))
    held = (Held(where, half_day),)
    low, high = value(both.low, held), value(both.high, held)
    joined = value(side_by_side(both), held)
    if goal is Goal.SERVED:
        assert joined >= (low + high) / 2 - 1e-9
    elif goal is not Goal.WORST:
        assert np.isclose(joined, (low + high) / 2)


@given(settings)
def test_shares_in_reach_stay_shares(drawn: Setting) -> None:
    """With every half-day held no commune has more than its public in reach."""
    problem = worlds(drawn, asked()).high
    everything = tuple(Held(v, h) for v in range(problem.n_venues) for h in range(2))
    shares = reached_shares(problem, everything)
    told = shares[~np.isnan(shares)]
    assert ((told >= 0) & (told <= 1 + 1e-9)).all()
