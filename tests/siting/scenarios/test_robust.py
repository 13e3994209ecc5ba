"""How a plan stands when something changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from tests.siting.scenarios.fields import EXACT, asked, goals, setting, settings

from maillage.kernel.errors import ImpossibleDemand
from maillage.siting.posts.model import Goal, Held, PostProblem
from maillage.siting.scenarios.explain import replacements, without_venue
from maillage.siting.scenarios.robust import Variant, contrasted, other_weights, robust
from maillage.siting.scenarios.worlds import Setting, worlds


@effort(max_examples=12)
@given(settings, goals)
def test_recovery_is_no_worse_than_any_replacement(drawn: Setting, goal: Goal) -> None:
    """What is still lost after recovery is no more than what is lost, nor than by one venue put in.

    The closed venue holds nothing, all others stay.
    """
    problem = worlds(drawn, asked(goal)).low
    held = EXACT.solve(problem).held
    for closure in robust(problem, held, EXACT).closures:
        rest = without_venue(held, closure.venue)
        assert closure.still_lost <= closure.lost + 1e-9
        assert closure.venue not in {one.venue for one in closure.recovered.held}
        assert set(rest) <= set(closure.recovered.held)
        for other in replacements(problem, held, closure.venue):
            assert closure.still_lost <= other.loss + 1e-9


@effort(max_examples=12)
@given(settings)
def test_a_variant_that_changes_nothing_keeps_every_venue_worth(drawn: Setting) -> None:
    """Under the same problem the plan regrets nothing, and every venue of it stays."""
    problem = worlds(drawn, asked()).low
    held = EXACT.solve(problem).held
    told = robust(problem, held, EXACT, (Variant("rien ne change", problem),))
    assert told.variants[0].regret == 0
    assert all(times == 1 for _, times in told.staying)


@given(settings)
def test_contrast_one_changes_no_fragility(drawn: Setting) -> None:
    """Multiplied by one the differences are the same; by zero every share is that of the whole."""
    assert np.allclose(contrasted(drawn.unreached, 1.0).fragile, drawn.unreached.fragile)
    flat = contrasted(drawn.unreached, 0.0)
    assert np.isclose(flat.fragile.sum(), drawn.unreached.fragile.sum())


def test_all_people_count_in_the_first_variant() -> None:
    """The first of the other weights counts everybody who lacks the service."""
    drawn = setting(4)
    first, *others = other_weights(drawn, asked(), (0.5, 1.5))
    lacking = drawn.unreached.lacks.low[-1]
    assert first.problem.wanting.sum() == drawn.unreached.people[lacking].sum()
    assert len({one.label for one in others}) == 2


def test_a_variant_of_other_venues_is_refused() -> None:
    """A variant that numbers other venues would tell nonsense: it is refused."""
    problem = worlds(setting(4), asked()).low
    other = worlds(setting(4, n_venues=3), asked()).low
    with pytest.raises(ValueError, match="venues"):
        robust(problem, (Held(0, 0),), EXACT, (Variant("autre", other),))


def test_a_floor_that_no_plan_comes_to_then_is_not_asked() -> None:
    """Under a supposition where the floor is out of reach, the best plan is told without it."""
    free = worlds(setting(5), asked(n_posts=1, half_days_each=1)).low
    floored = next(
        told
        for told in (replace(free, floor=share / 10) for share in range(10, 0, -1))
        if impossible(told)
    )
    told = robust(free, (Held(0, 0),), EXACT, (Variant("plancher", floored),))
    assert told.variants[0].best.value == EXACT.solve(free).value


def impossible(problem: PostProblem) -> bool:
    """Whether no plan comes to the floor of a problem."""
    try:
        EXACT.solve(problem)
    except ImpossibleDemand:
        return True
    return False
