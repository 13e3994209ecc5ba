"""Streets where they are known, straight lines elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest

from maillage.access.streets.model import Snapped
from maillage.access.streets.where_known import WhereKnown
from maillage.access.travel import Mode, StraightLine, Trip
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import load_parameters

PLACES = np.array([[2.60, 50.50], [2.61, 50.50], [2.90, 50.50]])
WALK = Trip(Mode.WALK)


class _Town:
    """Streets of a town that ends at 2.8 degrees: seven minutes from anywhere to anywhere."""

    name = "town"

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return one sentence."""
        return f"Rues de la ville ({len(modes)})."

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return seven minutes within the town."""
        known = [self.snap(places, trip.mode).placed for places in (origins, destinations)]
        return np.where(known[0][:, None] & known[1][None, :], 7.0, np.inf)

    def snap(self, places: FloatArray, mode: Mode) -> Snapped:
        """Return which places stand in the town."""
        return Snapped(mode, np.where(places[:, 0] < 2.8, 0.0, np.inf), 300.0)


@pytest.fixture
def line() -> StraightLine:
    """Give the straight line."""
    return StraightLine(load_parameters(dt.date(2026, 11, 22)))


def test_streets_count_wherever_both_ends_are_known(line: StraightLine) -> None:
    """Between two points near streets the streets' time stands, whatever the estimate."""
    found = WhereKnown(_Town(), line).matrix(PLACES, PLACES, WALK)
    assert found[:2, :2].tolist() == [[7.0, 7.0], [7.0, 7.0]]


def test_a_point_far_from_streets_is_estimated_both_ways(line: StraightLine) -> None:
    """From or to a point far from any street the straight line speaks, the same as alone."""
    found = WhereKnown(_Town(), line).matrix(PLACES, PLACES, WALK)
    alone = line.matrix(PLACES, PLACES, WALK)
    assert np.array_equal(found[2], alone[2])
    assert np.array_equal(found[:, 2], alone[:, 2])
    assert np.isfinite(found).all()


def test_it_says_what_it_does_where(line: StraightLine) -> None:
    """The sentence names the streets and the estimate."""
    told = WhereKnown(_Town(), line).describe((Mode.WALK,))
    assert told.startswith("Rues de la ville (1).")
    assert "vol d'oiseau" in told
