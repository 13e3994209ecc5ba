"""Great-circle distances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.geometry import Point, coordinates, distances_km

BETHUNE, LILLE, PARIS = Point(2.6409, 50.5303), Point(3.0573, 50.6292), Point(2.3522, 48.8566)
PLACES = st.builds(Point, st.floats(-180, 180), st.floats(-89, 89))


def test_known_distances() -> None:
    """Béthune is some 31.4 km from Lille and 187.3 km from Paris, as the crow flies."""
    km = distances_km(coordinates([BETHUNE]), coordinates([LILLE, PARIS]))[0]
    assert km == pytest.approx([31.4, 187.3], abs=0.3)


@given(PLACES, PLACES)
def test_there_and_back_are_equal(a: Point, b: Point) -> None:
    """A distance is never negative, the same both ways, and nothing to oneself."""
    there = distances_km(coordinates([a]), coordinates([b]))[0, 0]
    back = distances_km(coordinates([b]), coordinates([a]))[0, 0]
    assert there >= 0
    assert there == pytest.approx(back, abs=1e-6)
    assert distances_km(coordinates([a]), coordinates([a]))[0, 0] == 0


def test_no_points_give_an_empty_matrix() -> None:
    """No destinations make a matrix without columns, not an error."""
    assert distances_km(coordinates([BETHUNE]), coordinates([])).shape == (1, 0)
    assert np.isfinite(distances_km(coordinates([BETHUNE]), coordinates([BETHUNE]))).all()
