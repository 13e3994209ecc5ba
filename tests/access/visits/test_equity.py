"""How evenly half-days are shared, and between whom."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.visits.test_week import HOUR, N_HOMES, told, towns
from tests.access.visits.weeks import Stand, week_of_stands

from maillage.access.equity import gini
from maillage.access.homes import HomeBasis, Homes
from maillage.access.visits.equity import VisitEquity, measure_visit_equity
from maillage.access.visits.model import Certainty

people_of = st.lists(st.integers(0, 50).map(float), min_size=N_HOMES, max_size=N_HOMES)


def homes_with(people: list[float], fragile: list[float], *, fragile_told: bool = True) -> Homes:
    """Return homes of two zones, the first two in one."""
    return Homes(
        zone_ids=("A", "B"),
        points=np.zeros((len(people), 2)),
        zone=np.array([0, 0, 1], dtype=np.int32),
        people=np.array(people),
        fragile=np.array(fragile),
        bases=(HomeBasis.GIVEN,) * 2,
        fragile_told=fragile_told,
    )


def any_service(found: tuple[VisitEquity, ...], certainty: Certainty) -> VisitEquity:
    """Return what is told of any service."""
    (one,) = (e for e in found if e.service is None and e.certainty is certainty)
    return one


def test_known_answer_by_hand() -> None:
    """Two half-days for 60 people, one for 20, none for 20: mean 1,4; the worst tenth has none."""
    mornings = tuple(told((540, 720), day=day) for day in (0, 1))
    far = float("inf")
    week = week_of_stands(
        [Stand((5.0, far, far), mornings), Stand((far, 5.0, far), mornings[:1])], HOUR, N_HOMES
    )
    found = measure_visit_equity(
        week, week.presences, homes_with([60.0, 20.0, 20.0], [0.0, 5.0, 15.0])
    )
    sure = any_service(found, Certainty.CERTAIN)
    assert sure.equity.mean == pytest.approx(1.4)
    assert sure.equity.worst_tenth_mean == 0.0
    assert sure.equity.worst_zone_ids == ("B",)
    assert sure.mean_fragile == pytest.approx(5 / 20)
    assert sure.fragile_gap == pytest.approx(0.25 - 1.4)
    assert sure.equity.gini == pytest.approx(
        gini(np.array([2.0, 1.0, 0.0]), np.array([60.0, 20.0, 20.0]))
    )
    assert "horaires connus" in sure.equity.label


def test_nothing_is_said_of_the_fragile_where_nothing_is_told() -> None:
    """Untold is not none."""
    week = week_of_stands([Stand((5.0,) * N_HOMES, (told((540, 720)),))], HOUR, N_HOMES)
    untold = homes_with([1.0, 1.0, 1.0], [0.0] * 3, fragile_told=False)
    for homes in (untold, homes_with([1.0, 1.0, 1.0], [0.0] * 3)):
        found = any_service(measure_visit_equity(week, week.presences, homes), Certainty.CERTAIN)
        assert (found.mean_fragile, found.fragile_gap) == (None, None)
    assert measure_visit_equity(week, week.presences, homes_with([0.0] * 3, [0.0] * 3)) == ()


@given(towns, people_of)
def test_if_all_are_fragile_there_is_no_gap(stands: list[Stand], people: list[float]) -> None:
    """The fragile against everybody: no difference where they are everybody; possible ≥ certain."""
    week = week_of_stands(stands, HOUR, N_HOMES)
    found = measure_visit_equity(week, week.presences, homes_with(people, people))
    assert (not found) == (sum(people) == 0)
    for one in found:
        assert one.fragile_gap is not None
        assert math.isclose(one.fragile_gap, 0.0, abs_tol=1e-9)
    for sure, maybe in zip(found[::2], found[1::2], strict=True):
        assert maybe.equity.mean >= sure.equity.mean - 1e-12
