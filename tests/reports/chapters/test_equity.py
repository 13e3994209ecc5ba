"""Lorenz curves read at a share of people."""

from __future__ import annotations

import pytest

from maillage.reports.chapters.equity import share_at

CURVE = ((0.0, 0.0), (0.5, 0.1), (1.0, 1.0))


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.0), (0.25, 0.05), (0.5, 0.1), (0.75, 0.55), (1, 1)])
def test_the_curve_is_read_straight_between_its_points(x: float, y: float) -> None:
    """Between two points of the curve the share grows straight."""
    assert share_at(CURVE, x) == pytest.approx(y)


def test_a_step_in_the_curve_is_no_division_by_zero() -> None:
    """Two points at one place do not break the reading."""
    assert share_at(((0.0, 0.0), (0.5, 0.2), (0.5, 0.4), (1.0, 1.0)), 0.5) in (0.2, 0.4)
