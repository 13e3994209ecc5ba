"""Single journeys: which one is told of several, and how."""

from __future__ import annotations

from dataclasses import replace

from tests.access.journeys.timetables import (
    make_day,
    make_network,
    make_place,
    make_walks,
    run,
)

from maillage.access.journeys.legs import Journey, JourneyFinder, RideLeg, WalkLeg, replay
from maillage.access.journeys.telling import clock
from maillage.kernel.french import FIXED

HOME, PLACE = make_place({0: 60}), make_place({3: 120})
BETWEEN = make_walks([{0: 60}, {1: 60, 2: 300}, {1: 300, 2: 60}, {3: 60}])
NINE = 9 * 3600
DIRECT = run((0, NINE + 600), (3, NINE + 3000))
FIRST = run((0, NINE + 600), (1, NINE + 1200))
SECOND = run((2, NINE + 1500), (3, NINE + 2400))


def _finder(*runs: object) -> JourneyFinder:
    network = make_network(4, list(runs))
    return JourneyFinder(network, make_day(network), BETWEEN)


def _found(*runs: object) -> Journey:
    journey = _finder(*runs).leaving_at(HOME, PLACE, NINE)
    assert journey is not None
    return journey


def test_a_journey_is_told_leg_by_leg() -> None:
    """Walk, ride, walk to change, ride, walk: each leg begins where and when it can."""
    first, ride, change, then, last = _found(FIRST, SECOND).legs
    assert first == WalkLeg(NINE + 540, NINE + 600, None, 0, None, "Arrêt 0")
    assert isinstance(ride, RideLeg)
    assert (ride.line, ride.headsign, ride.first_call, ride.last_call) == ("0", "Fin 0", 0, 1)
    assert change == WalkLeg(NINE + 1200, NINE + 1500, 1, 2, "Arrêt 1", "Arrêt 2")
    assert (then.depart, then.arrive) == (NINE + 1500, NINE + 2400)
    assert last == WalkLeg(NINE + 2400, NINE + 2520, 3, None, "Arrêt 3", None)


def test_who_asks_early_leaves_as_late_as_arrives_as_early() -> None:
    """Asked from nine, one leaves just in time for the bus."""
    assert _found(DIRECT).depart == NINE + 540


def test_of_journeys_that_arrive_together_the_one_with_fewest_vehicles_is_told() -> None:
    """A direct bus is preferred to a change that leaves and arrives with it."""
    changing = (run((0, NINE + 600), (1, NINE + 900)), run((1, NINE + 1200), (3, NINE + 3000)))
    assert [ride.run for ride in _found(*changing, DIRECT).rides] == [2]


def test_by_a_deadline_one_leaves_as_late_as_possible() -> None:
    """The last bus that is there in time is told, and none where there is none."""
    later = run((0, NINE + 1800), (3, NINE + 4000))
    finder = _finder(DIRECT, later)
    by = {}
    for deadline in (3119, 3120, 4119, 4120):
        journey = finder.arriving_by(HOME, PLACE, NINE + deadline, 0)
        by[deadline] = None if journey is None else journey.depart - NINE
    assert by == {3119: None, 3120: 540, 4119: 540, 4120: 1740}
    assert finder.arriving_by(HOME, PLACE, NINE + 3120, NINE + 541) is None
    assert finder.leaving_at(HOME, PLACE, NINE + 1741) is None


def test_a_journey_home_begins_at_the_place() -> None:
    """Ends swapped, the same finder leads home."""
    journey = _finder(run((3, NINE), (0, NINE + 900))).leaving_at(PLACE, HOME, 0)
    assert journey is not None
    assert (journey.depart, journey.arrive) == (NINE - 120, NINE + 960)


def test_replay_finds_what_the_timetable_contradicts() -> None:
    """A journey that holds is not reproached anything; a ride or a walk made up is."""
    network = make_network(4, [FIRST, SECOND])
    day = make_day(network)
    journey = _found(FIRST, SECOND)
    assert replay(journey, network, day, BETWEEN) == ()
    ride, change = journey.legs[1], journey.legs[2]
    for at, wrong in (
        (1, replace(ride, to_stop=2)),
        (1, replace(ride, depart=ride.depart - 60)),
        (1, replace(ride, last_call=2)),
        (2, replace(change, arrive=change.arrive - 60)),
        (2, replace(change, depart=change.depart + 60)),
    ):
        legs = (*journey.legs[:at], wrong, *journey.legs[at + 1 :])
        assert replay(Journey(legs), network, day, BETWEEN) != ()


def test_the_clock_tells_which_day() -> None:
    """Seconds past midnight are told to be of the day after, or before."""
    told = [clock(second).replace(FIXED, " ") for second in (59, 90_000, -60)]
    assert told == ["0 h 00", "1 h 00 (le lendemain)", "23 h 59 (la veille)"]


def test_one_stays_aboard_while_the_vehicle_begins_another_run() -> None:
    """One ride over two lines of one vehicle, both named, which replay holds; none without it."""
    runs = [run((0, NINE), (1, NINE + 600)), run((1, NINE + 630), (3, NINE + 1200))]
    network = make_network(4, runs, blocks=(0, 0))
    day = make_day(network)
    journey = JourneyFinder(network, day, BETWEEN).leaving_at(HOME, PLACE, NINE - 60)
    assert journey is not None
    (ride,) = journey.rides
    assert (ride.line, ride.headsign, ride.run, ride.last_run) == ("0 puis 1", "Fin 1", 0, 1)
    assert (ride.depart, ride.arrive) == (NINE, NINE + 1200)
    assert replay(journey, network, day, BETWEEN) == ()
    apart = make_network(4, runs)
    assert replay(journey, apart, make_day(apart), BETWEEN) != ()
    assert JourneyFinder(apart, make_day(apart), BETWEEN).leaving_at(HOME, PLACE, 0) is None
