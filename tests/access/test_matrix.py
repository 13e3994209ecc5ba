"""Times between points by public transport: at one moment, and over a window."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.access.journeys.model import DayTimetable, Profiles, Walks, Window
from maillage.access.matrix import Departure, TransitPlan, transit_matrix
from maillage.access.timetable.model import IntArray
from maillage.kernel.progress import Silent

_NONE = np.zeros(0, dtype=np.int32)
_DAY = DayTimetable(
    0,
    _NONE,
    _NONE,
    _NONE,
    _NONE,
    _NONE,
    _NONE,
    _NONE.astype(bool),
    _NONE.astype(bool),
    _NONE,
    _NONE,
)
_NO_WALKS = Walks(np.zeros(3, dtype=np.int32), _NONE, _NONE)
_ONE_WALK = Walks(np.zeros(2, dtype=np.int32), _NONE, _NONE)
EIGHT = 8 * 3600


class _Known:
    """A search whose answer is known: bus every 20 minutes from the first place, none else."""

    name = "known"

    def to_place(
        self,
        day: DayTimetable,
        between: Walks,
        homes: Walks,
        place: tuple[IntArray, IntArray],
        window: Window,
    ) -> Profiles:
        """Return the journeys of two homes: the second has none."""
        leaves = np.arange(EIGHT, EIGHT + 7200, 1200, dtype=np.int32)
        leaves = leaves[leaves + 600 <= window.latest]
        first = np.array([0, len(leaves), len(leaves)], dtype=np.int32)
        return Profiles(first, leaves, leaves + np.int32(600))

    from_place = to_place


def _minutes(on_foot: list[list[float]], departure: Departure) -> list[list[float]]:
    plan = TransitPlan(_Known(), _DAY, _NO_WALKS)
    found = transit_matrix(plan, (_NO_WALKS, _ONE_WALK), np.array(on_foot), departure, Silent())
    return [[float(value) for value in row] for row in found]


def test_waiting_counts_from_the_moment_one_leaves() -> None:
    """Leaving just after a bus, one waits for the next: travel time holds the wait."""
    assert _minutes([[np.inf], [np.inf]], Departure(EIGHT, 0, 240)) == [[10.0], [np.inf]]
    assert _minutes([[np.inf], [np.inf]], Departure(EIGHT + 60, 0, 240)) == [[29.0], [np.inf]]


def test_over_a_window_the_median_departure_is_told() -> None:
    """With a bus every 20 minutes the median over an hour is half the wait and the ride."""
    assert _minutes([[np.inf], [25.0]], Departure(EIGHT, 60, 240)) == [[19.5], [25.0]]


def test_walking_all_the_way_always_counts() -> None:
    """No journey is longer than walking."""
    assert _minutes([[12.0], [12.0]], Departure(EIGHT + 60, 0, 240)) == [[12.0], [12.0]]


@pytest.mark.parametrize(("longest", "told"), [(29, 29.0), (28, np.inf)])
def test_what_takes_too_long_is_unreachable(longest: int, told: float) -> None:
    """A journey longer than the longest asked counts as none."""
    assert _minutes([[np.inf], [np.inf]], Departure(EIGHT + 60, 0, longest))[0] == [told]
