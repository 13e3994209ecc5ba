"""What one boards first, told from when one leaves the door."""

from __future__ import annotations

from hypothesis import given, settings
from tests.access.journeys.timetables import (
    Case,
    cases,
    journeys_of,
    make_day,
    make_network,
    make_place,
    run,
)

from maillage.access.journeys.exhaustive import ExhaustiveSearch
from maillage.access.journeys.first_ride import first_rides
from maillage.access.journeys.legs import JourneyFinder
from maillage.access.matrix import walks_of
from maillage.access.timetable.model import Vehicle


@given(cases())
@settings(max_examples=25, deadline=None)
def test_what_a_useful_journey_boards_is_among_them(case: Case) -> None:
    """Of every useful journey from a place, found leg by leg, the first ride is told."""
    day, between, homes, place, window = case.asked()
    finder = JourneyFinder(case.network, day, between)
    found = ExhaustiveSearch().from_place(day, between, homes, place, window)
    for home in range(len(case.homes)):
        for leave, _ in journeys_of(found, home):
            journey = finder.leaving_at(place, walks_of(homes, home), leave)
            assert journey is not None
            ride = journey.rides[0]
            told = first_rides(case.network, day, place, leave)
            assert (ride.depart, ride.vehicle) in told


def test_nothing_is_boarded_by_waiting() -> None:
    """A bus that leaves a second later, or from a stop farther away, is another journey's."""
    network = make_network(3, [run((0, 100), (2, 200)), run((1, 101), (2, 200))])
    day, place = make_day(network), make_place({0: 10, 1: 10})
    assert first_rides(network, day, place, 90) == {(100, Vehicle.BUS)}
    assert first_rides(network, day, place, 91) == {(101, Vehicle.BUS)}
    assert first_rides(network, day, place, 89) == set()
