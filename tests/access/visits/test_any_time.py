"""Laws of visits by a means that leaves at any time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.access.visits.any_time import at_any_time, whole_seconds
from maillage.access.visits.model import RoundTrips, Starts
from maillage.access.visits.round_trips import (
    NEVER,
    ExhaustiveVisits,
    Terms,
    Ways,
    no_profiles,
)

ways = st.one_of(st.integers(0, 60), st.just(NEVER))
windows = st.tuples(st.integers(0, 100), st.integers(0, 40), st.integers(0, 30))


def as_starts(drawn: list[tuple[int, int, int]]) -> Starts:
    """Return windows of so many seconds, each closing so long after its last visit is over."""
    table = np.array([(0, a, a + d, c) for a, d, c in drawn], dtype=np.int32).reshape(-1, 4)
    return Starts(table[:, 0], table[:, 1], table[:, 2], table[:, 2] + 10 + table[:, 3])


def table(found: RoundTrips) -> list[object]:
    """Return the five arrays in plain lists."""
    arrays = (found.leave, found.start, found.back, found.spare, found.obstacle)
    return [array.tolist() for array in arrays]


@given(
    st.lists(st.tuples(ways, ways), min_size=1, max_size=4),
    st.lists(windows, min_size=1, max_size=3),
    st.integers(0, 60),
    st.integers(60, 200),
)
def test_it_is_what_trying_every_second_finds(
    homes: list[tuple[int, int]],
    drawn: list[tuple[int, int, int]],
    leave_after: int,
    back_by: int,
) -> None:
    """The exhaustive twin without any timetable gives the same visits and obstacles."""
    out, back = (np.array(column, dtype=np.int32) for column in zip(*homes, strict=True))
    starts, terms = as_starts(drawn), Terms(10, leave_after, back_by)
    nothing = no_profiles(len(homes))
    expected = ExhaustiveVisits().best(Ways(nothing, nothing, out, back), starts, terms)
    assert table(at_any_time(out, back, starts, terms)) == table(expected)


def test_minutes_become_whole_seconds() -> None:
    """Rounded up, so that nobody is promised a way that is too short; inf is never."""
    assert whole_seconds(np.array([0.0, 1.0, 0.51, np.inf])).tolist() == [0, 60, 31, NEVER]
