"""What every engine of travel times must hold. A new engine is one more line in ``ENGINES``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.strategies import points
from tests.builders import BETHUNE, east_of

from maillage.access.travel import Mode, StraightLine, TravelTimes, Trip
from maillage.kernel.geometry import coordinates, distances_km
from maillage.kernel.parameters import Parameters, load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
ENGINES: tuple[Callable[[Parameters], TravelTimes], ...] = (StraightLine,)
STRAIGHT = {StraightLine.name}
every_engine = pytest.mark.parametrize("make", ENGINES, ids=lambda make: make.__name__)
every_mode = pytest.mark.parametrize("mode", Mode, ids=lambda mode: mode.code)
some_points = st.lists(points, max_size=5)


@every_engine
@every_mode
@given(origins=some_points, destinations=some_points)
def test_one_time_per_pair_and_none_negative(
    make: Callable[[Parameters], TravelTimes], mode: Mode, origins: list, destinations: list
) -> None:
    """The matrix is (origins, destinations) minutes, each told and not negative."""
    matrix = make(PARAMETERS).matrix(coordinates(origins), coordinates(destinations), Trip(mode))
    assert matrix.shape == (len(origins), len(destinations))
    assert matrix.dtype == np.float64
    assert not np.isnan(matrix).any()
    assert (matrix >= 0).all()


@every_engine
@every_mode
def test_staying_takes_no_more_than_the_fixed_time(
    make: Callable[[Parameters], TravelTimes], mode: Mode
) -> None:
    """From a place to itself takes the fixed minutes of the mode, no more."""
    here = coordinates([BETHUNE])
    minutes = make(PARAMETERS).matrix(here, here, Trip(mode))[0, 0]
    assert minutes <= PARAMETERS.number(f"travel.{mode.code}.fixed_minutes") + 1e-6


@every_engine
@every_mode
def test_a_long_way_takes_longer_than_a_short_one(
    make: Callable[[Parameters], TravelTimes], mode: Mode
) -> None:
    """Fifteen kilometres take longer than one."""
    places = coordinates([east_of(BETHUNE, 1.0), east_of(BETHUNE, 15.0)])
    near, far = make(PARAMETERS).matrix(coordinates([BETHUNE]), places, Trip(mode))[0]
    assert near < far


@every_engine
def test_no_mode_beats_the_car_far_away(make: Callable[[Parameters], TravelTimes]) -> None:
    """Fifteen kilometres take less by car than by bicycle, and by bicycle than on foot."""
    here, there = coordinates([BETHUNE]), coordinates([east_of(BETHUNE, 15.0)])
    engine = make(PARAMETERS)
    walk, bicycle, car = (
        engine.matrix(here, there, Trip(mode))[0, 0] for mode in (Mode.WALK, Mode.BICYCLE, Mode.CAR)
    )
    assert walk > bicycle > car


@every_engine
def test_an_engine_tells_its_name_and_what_it_measures(
    make: Callable[[Parameters], TravelTimes],
) -> None:
    """The name is a stable word, the description one French sentence."""
    engine = make(PARAMETERS)
    assert engine.name == engine.name.lower().replace(" ", "-")
    assert engine.describe().endswith(".")


@pytest.mark.parametrize(
    "make", [make for make in ENGINES if make(PARAMETERS).name in STRAIGHT], ids=["StraightLine"]
)
@every_mode
@given(drawn=st.lists(points, min_size=2, max_size=6))
def test_a_straight_line_is_the_same_both_ways_and_grows_with_distance(
    make: Callable[[Parameters], TravelTimes], mode: Mode, drawn: list
) -> None:
    """Straight lines are symmetric, and a farther place never takes less time."""
    places = coordinates(drawn)
    minutes = make(PARAMETERS).matrix(places, places, Trip(mode))
    np.testing.assert_allclose(minutes, minutes.T, atol=1e-6)
    km = distances_km(places, places)[0]
    order = np.argsort(km)
    assert (np.diff(minutes[0][order]) >= -1e-9).all()


def test_the_straight_line_is_distance_times_detour_over_speed() -> None:
    """4 km on foot at 4 km/h with a detour of 1.3 and no fixed time: 78 minutes."""
    parameters = PARAMETERS
    for what, value in (("speed_kmh", 4.0), ("detour", 1.3), ("fixed_minutes", 0.0)):
        parameters = parameters.replaced(f"travel.walk.{what}", value)
    here, there = coordinates([BETHUNE]), coordinates([east_of(BETHUNE, 4.0)])
    minutes = StraightLine(parameters).matrix(here, there, Trip(Mode.WALK))[0, 0]
    assert minutes == pytest.approx(78.0, rel=1e-4)
