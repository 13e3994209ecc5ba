"""The ground drawn around streets that are reached."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maillage.access.streets.isochrones import Reached, drawn
from maillage.territory.contours import shape

METRE = 1 / 111_195.08


def _street(length_m: float, minutes: float, begin: float = 0.0) -> Reached:
    return Reached(
        np.array([[0.0, 0.0]]),
        np.array([[length_m * METRE, 0.0]]),
        np.array([begin]),
        np.array([begin + minutes]),
    )


def test_a_street_is_cut_where_the_minutes_run_out() -> None:
    """Half of the time reaches half of the street."""
    half = _street(1000.0, 10.0).within(5.0)
    assert half.heads[0, 0] == pytest.approx(500 * METRE)
    assert half.end[0] == 5.0
    assert len(_street(1000.0, 10.0, begin=6.0).within(5.0).begin) == 0


def test_the_ground_is_as_wide_as_told() -> None:
    """Ground drawn 50 m around a street of 1 km holds that, and no more than a tenth beyond."""
    (found,) = drawn(_street(1000.0, 10.0), [10.0], 50.0)
    west, south, east, north = (side / METRE for side in shape(found.contour).bounds)
    assert 50.0 <= -west <= 55.0
    assert 50.0 <= north <= 55.0
    assert 1050.0 <= east <= 1055.0
    assert south == pytest.approx(-north)


def test_nothing_reached_is_no_ground() -> None:
    """Where no street is reached the contours are empty."""
    assert [each.contour for each in drawn(Reached.nothing(), [5.0, 10.0], 50.0)] == [(), ()]


@given(
    streets=st.lists(
        st.tuples(*[st.floats(0, 2000)] * 4, st.floats(0, 30), st.floats(0, 10)), max_size=8
    )
)
@example(streets=[(0.0, 0.0, 0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.7e-248, 1.0, 0.0, 0.0)])
def test_what_is_reached_sooner_lies_within_what_is_reached_later(streets: list) -> None:
    """Ground within 5 minutes lies in that within 10, in that within 20."""
    told = np.array(streets, dtype=np.float64).reshape(-1, 6)
    ends = told[:, :4] * METRE
    reached = Reached(ends[:, :2], ends[:, 2:], told[:, 4], told[:, 4] + told[:, 5])
    areas = [shape(each.contour) for each in drawn(reached, [20.0, 5.0, 10.0], 30.0)]
    for inner, outer in pairwise(areas):
        assert inner.difference(outer).area <= 1e-9 * max(outer.area, METRE**2)
