"""Walks to stops, walks between stops, and how long a change takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.journeys.timetables import no_transfers
from tests.access.strategies import points
from tests.builders import BETHUNE, east_of

from maillage.access.journeys.exhaustive import row_of
from maillage.access.journeys.footpaths import OnFoot, footpaths, on_foot, walks_to_stops
from maillage.access.timetable.model import Stops, Transfers
from maillage.access.travel import Mode, StraightLine, TravelTimes, Trip
from maillage.kernel.geometry import FloatArray, Point, coordinates
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
STRAIGHT = StraightLine(PARAMETERS)
ANYBODY = OnFoot(
    pace=1.0,
    all_the_way=2700,
    to_stop=1200,
    between=480,
    stop_change=60,
    station_change=300,
    straight_kmh=7.0,
    walk_kmh=4.0,
    told_km=0.1,
)


class Counted:
    """The straight line, counting the pairs that it is asked."""

    name = "counted"

    def __init__(self) -> None:
        self.pairs = 0

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return the sentence of the straight line."""
        return STRAIGHT.describe(modes)

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the minutes in a straight line."""
        self.pairs += len(origins) * len(destinations)
        return STRAIGHT.matrix(origins, destinations, trip)


class Nowhere(Counted):
    """Streets that lead nowhere."""

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return that everything is out of reach."""
        return np.full((len(origins), len(destinations)), np.inf)


def _stops(*places: Point, stations: Sequence[int] | None = None) -> Stops:
    names = tuple(f"s{i}" for i in range(len(places)))
    told = range(len(places)) if stations is None else stations
    untold = np.full(len(places), -1, dtype=np.int8)
    return Stops(names, names, coordinates(places), np.array(told, dtype=np.int32), untold)


def _told(*changes: tuple[int, int, int]) -> Transfers:
    return Transfers(*(np.array(column, dtype=np.int32) for column in zip(*changes, strict=True)))


def _changes(stops: Stops, transfers: Transfers, engine: TravelTimes = STRAIGHT) -> list[dict]:
    found = footpaths(stops, transfers, engine, ANYBODY)
    return [dict(row_of(found, stop)) for stop in range(len(stops.ids))]


@given(st.lists(points, max_size=8), st.lists(points, max_size=8))
@settings(max_examples=40)
def test_walks_are_those_that_asking_for_all_pairs_finds(
    places: list[Point], stops: list[Point]
) -> None:
    """Tiles leave no walk out: all pairs within the limit, rounded up, in order of stop."""
    homes, ends = coordinates(places), coordinates(stops)
    found = walks_to_stops(homes, ends, STRAIGHT, ANYBODY)
    seconds = np.ceil(STRAIGHT.matrix(homes, ends, Trip(Mode.WALK)) * 60.0 - 1e-6)
    assert len(found.first) == len(places) + 1
    for home in range(len(places)):
        expected = [(i, int(s)) for i, s in enumerate(seconds[home]) if s <= ANYBODY.to_stop]
        assert row_of(found, home) == expected


def test_an_engine_is_not_asked_for_everything_against_everything() -> None:
    """Of a hundred villages, each is asked with the stops around it only."""
    line = coordinates([east_of(BETHUNE, 20.0 * i) for i in range(100)])
    engine = Counted()
    found = walks_to_stops(line, line, engine, ANYBODY)
    assert found.stops.tolist() == list(range(100))
    assert engine.pairs < 500


def test_who_walks_slowly_takes_longer_and_reaches_less() -> None:
    """The pace multiplies the time, and the limit is of the time so lengthened."""
    home, stop = coordinates([BETHUNE]), coordinates([east_of(BETHUNE, 0.3)])
    anybody, slow = on_foot(PARAMETERS), on_foot(PARAMETERS, reduced_mobility=True)
    quick = walks_to_stops(home, stop, STRAIGHT, anybody).seconds
    tired = walks_to_stops(home, stop, STRAIGHT, slow).seconds
    assert tired[0] == pytest.approx(quick[0] * slow.pace, abs=2)
    far = coordinates([east_of(BETHUNE, 0.45)])
    assert len(walks_to_stops(home, far, STRAIGHT, anybody).stops) == 1
    assert len(walks_to_stops(home, far, STRAIGHT, slow).stops) == 0


class _Stairs(StraightLine):
    """A town all in stairs: who climbs no step gets nowhere."""

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the minutes, none without steps."""
        minutes = super().matrix(origins, destinations, trip)
        return np.full_like(minutes, np.inf) if trip.step_free else minutes


def test_who_climbs_no_step_is_walked_without_any() -> None:
    """The engine is asked for ways without steps, for who has reduced mobility and nobody else."""
    places = coordinates([BETHUNE, east_of(BETHUNE, 0.2)])
    for reduced, n_walks in ((False, 4), (True, 0)):
        walking = on_foot(PARAMETERS, reduced_mobility=reduced)
        walks = walks_to_stops(places, places, _Stairs(PARAMETERS), walking)
        assert len(walks.stops) == n_walks


def test_a_change_takes_the_walk_and_no_less_than_a_change_at_one_stop() -> None:
    """20 m away still takes the change; 200 m its walk; 2 km is too far to change."""
    stops = _stops(BETHUNE, east_of(BETHUNE, 0.02), east_of(BETHUNE, 0.2), east_of(BETHUNE, 2.0))
    rows = _changes(stops, no_transfers())
    assert rows[0] == {0: 60, 1: 60, 2: 234}
    assert rows[3] == {3: 60}


def test_the_platforms_of_a_station_are_joined_even_where_streets_are_not() -> None:
    """Stops of one station lead to each other and to its own number."""
    stops = _stops(*[BETHUNE] * 4, stations=[0, 0, 0, 3])
    rows = _changes(stops, no_transfers(), Nowhere())
    assert rows == [
        {0: 60, 1: 300, 2: 300},
        {0: 300, 1: 60, 2: 300},
        {0: 300, 1: 300, 2: 60},
        {3: 60},
    ]


def test_what_the_publisher_tells_replaces_what_is_measured() -> None:
    """Seconds told count one way, also at one stop; minus one forbids; far stops may be told."""
    stops = _stops(BETHUNE, BETHUNE, east_of(BETHUNE, 9.0))
    rows = _changes(stops, _told((0, 1, 400), (1, 0, -1), (1, 1, 30), (0, 2, 9000)))
    assert rows == [{0: 60, 1: 400, 2: 9000}, {1: 30}, {2: 60}]


def test_what_is_told_of_a_station_holds_for_its_stops_unless_they_are_told_of() -> None:
    """A station's changes are those of its stops; a pair of stops told apart comes first."""
    stops = _stops(*[BETHUNE] * 3, stations=[0, 0, 2])
    rows = _changes(stops, _told((1, 2, 45), (0, 2, 500)))
    assert (rows[0][2], rows[1][2], rows[2][0]) == (500, 45, 60)


def test_the_parameters_of_walking_are_read() -> None:
    """Who has reduced mobility walks more slowly, and less far to a stop and to change."""
    anybody, slow = on_foot(PARAMETERS), on_foot(PARAMETERS, reduced_mobility=True)
    assert anybody.pace == 1.0 < slow.pace
    assert (slow.to_stop, slow.between) < (anybody.to_stop, anybody.between)
    assert anybody.stop_change == slow.stop_change == 120


def test_nobody_changes_sooner_than_on_foot_between_stops_that_stand_apart() -> None:
    """0 s told over 300 m is the walk in a straight line; over 50 m it is believed."""
    stops = _stops(BETHUNE, east_of(BETHUNE, 0.3), east_of(BETHUNE, 0.05))
    rows = _changes(stops, _told((0, 1, 0), (0, 2, 0), (1, 0, 4000)))
    assert rows[0][1] == pytest.approx(270, abs=2)
    assert (rows[0][2], rows[1][0]) == (0, 4000)


def test_a_change_told_over_more_than_anybody_walks_is_not_believed() -> None:
    """0 s over 2 km leads nowhere; an hour may be a way that the publisher knows of."""
    stops = _stops(BETHUNE, east_of(BETHUNE, 2.0))
    assert _changes(stops, _told((0, 1, 0), (1, 0, 3600))) == [{0: 60}, {0: 3600, 1: 60}]


def test_published_changes_take_longer_for_who_walks_slowly() -> None:
    """The pace lengthens what is told as it lengthens what is measured, walks apart too."""
    stops = _stops(BETHUNE, BETHUNE, east_of(BETHUNE, 0.2))
    slow = replace(ANYBODY, pace=1.6)
    row = dict(row_of(footpaths(stops, _told((0, 1, 100), (0, 2, 0)), STRAIGHT, slow), 0))
    assert row[1] == 160
    assert row[2] == pytest.approx(1.6 * 180, abs=3)
