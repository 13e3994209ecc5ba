"""Making a problem small changes nothing of what the best plan is worth."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.siting.posts.draws import BUDGET, changed, problem_of

from maillage.siting.posts.dealing import counted, dealt
from maillage.siting.posts.exhaustive import keeps_to_rules
from maillage.siting.posts.floor import lacking, out_of_floor
from maillage.siting.posts.ground import ground
from maillage.siting.posts.model import Goal, Held, VenueRules
from maillage.siting.posts.search import ceiling
from maillage.siting.posts.twin import good_week


def _everywhere_alike(goal: Goal) -> object:
    problem = problem_of(4, goal)
    reached = np.repeat(problem.reached[:1] | True, 12, axis=0)
    return changed(problem, reached=reached, may_open=np.ones((12, 4), np.int32))


def test_half_days_and_points_alike_are_put_together() -> None:
    """Twelve half-days alike, venues that reach the same: one class, one unit, one group."""
    small = ground(_everywhere_alike(Goal.CHOICE), merged=True)  # type: ignore[arg-type]
    assert small.classes == (tuple(range(12)),)
    assert (small.n_units, len(small.weight)) == (1, 1)


def test_with_hours_that_count_no_venue_is_useless() -> None:
    """For SERVED a venue that reaches no more than another still has hours."""
    small = ground(_everywhere_alike(Goal.SERVED), merged=True)  # type: ignore[arg-type]
    assert small.n_units == 4


def test_a_half_day_kept_is_a_class_of_its_own() -> None:
    """What is kept on one half-day stays there when the others are dealt out."""
    rules = VenueRules(kept=frozenset((Held(0, 3),)))
    problem = changed(_everywhere_alike(Goal.CHOICE), rules=rules)  # type: ignore[arg-type]
    assert (3,) in ground(problem, merged=True).classes


@given(seed=st.integers(0, 2**32 - 1), goal=st.sampled_from((Goal.CHOICE, Goal.SERVED)))
@settings(max_examples=30)
def test_half_days_dealt_out_keep_to_the_rules(seed: int, goal: Goal) -> None:
    """Units of a merged ground filled as far as they go are dealt out within all limits."""
    problem = changed(problem_of(seed, goal), n_posts=2, half_days_each=6)
    small = ground(problem, merged=True)
    times = np.zeros(small.n_units)
    for unit in range(small.n_units):
        kind = small.kind == small.kind[unit]
        room = 2 * small.sizes[small.kind[unit]] - times[kind].sum()
        times[unit] = min(float(small.most[unit]), float(room), 12 - float(times.sum()))
    held = dealt(small, times)
    assert keeps_to_rules(problem, held)
    assert np.array_equal(counted(small, held), times)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_no_week_passes_the_ceiling_of_another(seed: int) -> None:
    """What a week could still gain bounds every other week."""
    problem = problem_of(seed, Goal.CHOICE)
    week = good_week(ground(problem, merged=False), BUDGET)
    richer = changed(problem, n_posts=problem.n_posts)
    other = good_week(ground(richer, merged=False), BUDGET)
    week.set_to(np.zeros_like(week.held))
    assert other.people() <= ceiling(week) + 1e-9


def test_a_commune_that_no_venue_lifts_is_told_and_binds_nothing() -> None:
    """Out of reach of all venues, a commune under the floor is told with its best share."""
    problem = problem_of(2, Goal.REACHED)
    nowhere = changed(
        problem,
        floor=0.9,
        reached=np.zeros_like(problem.reached),
        zone_people=np.array([10.0, 10.0]),
        zone_reached=np.array([9.5, 4.0]),
    )
    assert out_of_floor(nowhere) == ((1, 0.4),)
    assert lacking(nowhere).tolist() == [0.0, 0.0]
