"""From degrees to the units of a drawing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.reports.svg.frame import SIDE, frame_around

DEGREES = st.lists(
    st.tuples(st.floats(-5, 9), st.floats(42, 51)), min_size=1, max_size=30
)  # metropolitan France


@given(DEGREES)
def test_every_point_falls_inside(points: list[tuple[float, float]]) -> None:
    """The frame holds the points it was made around, whatever their number."""
    frame = frame_around(points)
    assert max(frame.width, frame.height) <= SIDE + 1
    assert all(frame.holds(Point(lon, lat)) for lon, lat in points)


def test_north_is_up_and_east_is_right() -> None:
    """Going north lessens y, going east adds to x."""
    frame = frame_around([(2.0, 50.0), (3.0, 51.0)])
    (west, south), (east, north) = frame.place(2.0, 50.0), frame.place(3.0, 51.0)
    assert west < east
    assert north < south


def test_a_kilometre_is_a_kilometre_both_ways() -> None:
    """Lengths agree with great-circle distances within 1 %, along and across."""
    frame = frame_around([(2.3, 50.3), (2.9, 50.7)])
    for a, b in (((2.3, 50.5), (2.9, 50.5)), ((2.6, 50.3), (2.6, 50.7))):
        (x0, y0), (x1, y1) = frame.place(*a), frame.place(*b)
        drawn = math.hypot(x1 - x0, y1 - y0) / frame.units_per_km
        real = distances_km(coordinates([Point(*a)]), coordinates([Point(*b)]))[0, 0]
        assert drawn == pytest.approx(real, rel=0.01)


def test_no_point_is_refused() -> None:
    """A map around nothing is an error that says so."""
    with pytest.raises(ValueError, match="no point"):
        frame_around([])
