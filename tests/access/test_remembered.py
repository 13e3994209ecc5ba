"""What was asked once of an engine is not computed again, and stays the same."""

from __future__ import annotations

import datetime as dt

import numpy as np

from maillage.access.remembered import Remembered
from maillage.access.travel import Mode, StraightLine, Trip
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))


class Counting(StraightLine):
    """Straight lines that count how often they are asked."""

    asked = 0

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the minutes, and count one more."""
        self.asked += 1
        return super().matrix(origins, destinations, trip)


def test_the_same_question_is_computed_once() -> None:
    """Equal points by the same trip are one question; another trip, or the way back, another."""
    engine = Counting(PARAMETERS)
    kept = Remembered(engine)
    homes, places = np.array([[2.0, 50.0]]), np.array([[2.1, 50.0], [2.2, 50.0]])
    first = kept.matrix(homes, places, Trip(Mode.WALK))
    np.testing.assert_array_equal(first, engine.matrix(homes, places, Trip(Mode.WALK)))
    asked = engine.asked
    np.testing.assert_array_equal(kept.matrix(homes.copy(), places, Trip(Mode.WALK)), first)
    assert engine.asked == asked
    assert not np.array_equal(kept.matrix(homes, places, Trip(Mode.CAR)), first)
    assert kept.matrix(places, homes, Trip(Mode.WALK)).shape == (2, 1)


def test_it_speaks_for_its_engine() -> None:
    """Name and sentence are those of the engine."""
    engine = StraightLine(PARAMETERS)
    kept = Remembered(engine)
    assert (kept.name, kept.describe((Mode.CAR,))) == (engine.name, engine.describe((Mode.CAR,)))
