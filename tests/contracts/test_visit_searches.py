"""What every search of visits must hold. A new engine is one more line in ``ENGINES``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.access.journeys.exhaustive import profiles_of, useful
from maillage.access.journeys.model import Profiles, Window
from maillage.access.visits.any_time import at_any_time
from maillage.access.visits.model import Obstacle, RoundTrips, Starts
from maillage.access.visits.round_trips import (
    NEVER,
    ExhaustiveVisits,
    Terms,
    VisitSearch,
    Ways,
    no_profiles,
)
from maillage.engines.round_trips import CompiledVisits

ENGINES: tuple[Callable[[], VisitSearch], ...] = (ExhaustiveVisits, CompiledVisits)
every_engine = pytest.mark.parametrize("make", ENGINES, ids=lambda make: make.__name__)
FIELDS = ("leave", "start", "back", "spare", "obstacle")
ALWAYS = Window(-1000, 1000)

journeys = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda drawn: (drawn[0], sum(drawn))),
    max_size=6,
)
directs = st.lists(st.sampled_from((NEVER, NEVER, 3, 10, 25)), min_size=2, max_size=2)
terms_drawn = st.builds(
    Terms, st.sampled_from((0, 2, 8)), st.sampled_from((-5, 0, 10)), st.sampled_from((40, 60, 90))
)


def _profiles(rows: Sequence[list[tuple[int, int]]]) -> Profiles:
    return profiles_of([useful(row, ALWAYS) for row in rows])


def _seconds(values: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(values, dtype=np.int32)


ways_drawn = st.builds(
    lambda out, back, out_direct, back_direct: Ways(
        _profiles(out), _profiles(back), _seconds(out_direct), _seconds(back_direct)
    ),
    *(st.lists(journeys, min_size=2, max_size=2),) * 2,
    directs,
    directs,
)


def _starts(windows: Sequence[tuple[int, int, int]]) -> Starts:
    """Return windows from (first second, how long after it one may still begin, closing)."""
    table = np.array(windows, dtype=np.int32).reshape(-1, 3)
    earliest = table[:, 0]
    return Starts(np.zeros_like(earliest), earliest, earliest + table[:, 1], table[:, 2])


starts_drawn = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 20), st.just(80)), max_size=3
).map(_starts)


def _absences(trips: RoundTrips) -> np.ndarray:
    return np.where(trips.obstacle == Obstacle.NONE.number, trips.back - trips.leave, NEVER)


def _one(row: list[tuple[int, int]]) -> Profiles:
    return _profiles([row])


@given(ways=ways_drawn, starts=starts_drawn, terms=terms_drawn)
@settings(max_examples=150)
def test_the_compiled_visits_are_those_that_trying_all_finds(
    ways: Ways, starts: Starts, terms: Terms
) -> None:
    """The compiled search gives what comes of all ways out, all beginnings, all ways back."""
    for asked in (starts, replace(starts, closings=None)):
        fast, slow = (
            make().best(ways, asked, terms) for make in (CompiledVisits, ExhaustiveVisits)
        )
        for field in FIELDS:
            np.testing.assert_array_equal(getattr(fast, field), getattr(slow, field), field)
            assert getattr(fast, field).dtype == getattr(slow, field).dtype


@every_engine
@given(ways=ways_drawn, starts=starts_drawn, terms=terms_drawn)
@settings(max_examples=30)
def test_a_visit_keeps_to_its_terms(
    make: Callable[[], VisitSearch], ways: Ways, starts: Starts, terms: Terms
) -> None:
    """One leaves, is served, then is back, in that order, within the window and the day."""
    trips = make().best(ways, starts, terms)
    done = trips.obstacle == Obstacle.NONE.number
    assert trips.leave.shape == (2, len(starts.earliest))
    assert (trips.leave[done] >= terms.leave_after).all()
    assert (trips.leave <= trips.start)[done].all()
    assert (trips.start >= starts.earliest[None, :])[done].all()
    assert (trips.start <= starts.latest[None, :])[done].all()
    assert (trips.back >= trips.start + terms.serve)[done].all()
    assert (trips.back[done] <= terms.back_by).all()
    for field in FIELDS[:-1]:
        assert (getattr(trips, field)[~done] == -1).all()


@every_engine
@given(ways=ways_drawn, starts=starts_drawn, terms=terms_drawn)
@settings(max_examples=30)
def test_opening_for_a_shorter_time_never_gives_more(
    make: Callable[[], VisitSearch], ways: Ways, starts: Starts, terms: Terms
) -> None:
    """In a window cut short at either end, no visit appears and none takes less time."""
    whole = _absences(make().best(ways, starts, terms))
    later = replace(starts, earliest=np.minimum(starts.earliest + np.int32(5), starts.latest))
    sooner = replace(starts, latest=np.maximum(starts.latest - np.int32(5), starts.earliest))
    for shorter in (later, sooner):
        assert (_absences(make().best(ways, shorter, terms)) >= whole).all()


@every_engine
@given(ways=ways_drawn, starts=starts_drawn, terms=terms_drawn, more=journeys)
@settings(max_examples=30)
def test_one_journey_more_never_worsens_a_visit(
    make: Callable[[], VisitSearch],
    ways: Ways,
    starts: Starts,
    terms: Terms,
    more: list[tuple[int, int]],
) -> None:
    """With more ways out, or back, visits are no fewer and take no longer."""
    before = _absences(make().best(ways, starts, terms))
    for side in ("out", "back"):
        old: Profiles = getattr(ways, side)
        rows = [
            list(zip(old.departures[a:b].tolist(), old.arrivals[a:b].tolist(), strict=True))
            for a, b in ((old.first[0], old.first[1]), (old.first[1], old.first[2]))
        ]
        richer = replace(ways, **{side: _profiles([row + more for row in rows])})
        assert (_absences(make().best(richer, starts, terms)) <= before).all()


@every_engine
@given(direct=st.tuples(directs, directs), starts=starts_drawn, terms=terms_drawn)
@settings(max_examples=30)
def test_a_way_at_any_time_needs_no_timetable(
    make: Callable[[], VisitSearch],
    direct: tuple[list[int], list[int]],
    starts: Starts,
    terms: Terms,
) -> None:
    """Without a timetable the visits are those of the closed form for ways at any time."""
    out, back = map(_seconds, direct)
    ways = Ways(no_profiles(2), no_profiles(2), out, back)
    found, told = make().best(ways, starts, terms), at_any_time(out, back, starts, terms)
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(found, field), getattr(told, field), field)


@every_engine
def test_who_comes_before_opening_waits_and_so_leaves_as_late_as_helps(
    make: Callable[[], VisitSearch],
) -> None:
    """Of the buses that arrive before opening only the last counts, and waiting is told."""
    ways = Ways(
        _one([(100, 150), (200, 250), (300, 700)]), _one([(400, 450)]), *(_seconds([NEVER]),) * 2
    )
    trips = make().best(ways, _starts([(300, 200, 600)]), Terms(60, 0, 1000))
    assert [int(getattr(trips, f)[0, 0]) for f in FIELDS] == [200, 300, 450, 40, 0]


@every_engine
def test_who_walks_there_begins_when_the_way_back_allows(make: Callable[[], VisitSearch]) -> None:
    """On foot one leaves just in time to be served before the bus home."""
    ways = Ways(_one([]), _one([(400, 450), (900, 950)]), _seconds([50]), _seconds([NEVER]))
    trips = make().best(ways, _starts([(300, 250, 700)]), Terms(60, 0, 1000))
    assert [int(getattr(trips, f)[0, 0]) for f in FIELDS] == [290, 340, 450, 300, 0]


@every_engine
def test_the_obstacle_is_the_first_that_stands_in_the_way(
    make: Callable[[], VisitSearch],
) -> None:
    """Nobody arrives in time: no way out; one arrives and nothing leads home: no way back."""
    starts, terms = _starts([(300, 100, 500)]), Terms(60, 0, 1000)
    for out, back, obstacle in (
        ([(100, 401)], [(500, 550)], Obstacle.NO_WAY_OUT),
        ([(100, 400)], [(459, 550)], Obstacle.NO_WAY_BACK),
        ([(100, 400)], [(460, 1001)], Obstacle.NO_WAY_BACK),
        ([(100, 400)], [(460, 1000)], Obstacle.NONE),
    ):
        ways = Ways(_one(out), _one(back), *(_seconds([NEVER]),) * 2)
        assert make().best(ways, starts, terms).obstacle.tolist() == [[obstacle.number]]
