"""Which visits are found: what is not known of the timetables never counts as a no."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from tests.access.journeys.timetables import run
from tests.access.visits.towns import (
    COMPILED,
    DAYS,
    MONDAY,
    PARAMETERS,
    STRAIGHT,
    asked_of,
    at_km,
    hours,
    kind_of,
    network_at,
)

from maillage.access.homes import HomeBasis, Homes
from maillage.access.timetable.model import Network, Services
from maillage.access.timetable.weeks import Likeness
from maillage.access.visits.find import VisitMeans, VisitsFound, find_visits, same_type_of
from maillage.access.visits.model import Obstacle
from maillage.kernel.progress import Silent

NINE = 9 * 3600


def _network() -> Network:
    """A bus from 0 km to 10 km at nine, and back at ten, on the Monday, the whole week told."""
    stops = at_km(0.0, 10.0)
    out, back = run((0, NINE), (1, NINE + 900)), run((1, NINE + 3600), (0, NINE + 4500))
    made = network_at(stops, [out, back])
    runs = np.array([[True, *[False] * 6]])
    feed = replace(made.feeds[0], first_day=MONDAY, last_day=MONDAY + dt.timedelta(days=6))
    return replace(made, services=Services(("every",), MONDAY, runs), feeds=(feed,))


def _found(network: Network, *, a_bus_is_missing: bool = False) -> VisitsFound:
    home = at_km(0.0)
    asked = asked_of(home, at_km(10.0), [[hours((540, 720))]], [kind_of()])
    homes = Homes(
        ("h",), home, np.zeros(1, dtype=np.int32), np.ones(1), np.zeros(1), (HomeBasis.GIVEN,)
    )
    means = VisitMeans(
        STRAIGHT, network, COMPILED, PARAMETERS, "62", a_bus_is_missing=a_bus_is_missing
    )
    return find_visits(asked, homes, means, {}, Silent())


def _read(found: VisitsFound) -> tuple[int, int, int]:
    """Return the half-days, low and high, and the obstacle, of any service, at told hours."""
    (week,) = found.weeks
    low, high = (int(one.half_days[-1, 0, 0]) for one in (week.low, week.high))
    return low, high, int(week.low.obstacles.number[-1, 0, 0])


def test_what_is_told_of_the_week_is_certain() -> None:
    """A feed that covers the week gives one figure, and supposes nothing."""
    found = _found(_network())
    assert _read(found) == (1, 1, Obstacle.NONE.number)
    assert not any("Borne haute" in one for one in found.how)


def test_a_timetable_that_no_week_can_be_read_of_is_never_a_no() -> None:
    """A feed of one Thursday: both bounds, an unknown timetable, and what is supposed is said."""
    network = _network()
    thursday = DAYS[0] + dt.timedelta(days=3)
    feed = replace(network.feeds[0], first_day=thursday, last_day=thursday)
    found = _found(replace(network, feeds=(feed,)))
    assert _read(found) == (0, 1, Obstacle.UNKNOWN_TIMETABLE.number)
    assert sum("un bus sans horaires connus est supposé" in one for one in found.how) == 1
    assert found.searched is not None
    assert found.searched.a_bus_is_missing


@pytest.mark.parametrize("headway", [0, 3600])
def test_what_is_to_be_booked_counts_in_the_high_bound_alone(headway: int) -> None:
    """A bus on request, or every hour at no hour held to: low 0, high 1, said in words."""
    network = _network()
    calls, trips = network.calls, network.trips
    if headway:
        trips = replace(trips, headways=np.full(2, headway, dtype=np.int32))
    else:
        calls = replace(calls, uncertain=np.ones(4, dtype=np.bool_))
    found = _found(replace(network, calls=calls, trips=trips))
    assert _read(found) == (0, 1, Obstacle.ON_REQUEST.number)
    assert any("à la demande, à réserver" in one for one in found.how)


ARMISTICE, PLAIN_MONDAY = dt.date(2024, 11, 11), dt.date(2024, 11, 18)


def test_a_public_holiday_never_stands_for_another_day() -> None:
    """11 November never stands for a Monday; a Monday stands for it only for want of better."""
    alike = same_type_of("62")
    assert alike(PLAIN_MONDAY, ARMISTICE) is Likeness.NEVER
    assert alike(ARMISTICE, PLAIN_MONDAY) is Likeness.UNLIKE
    assert alike(ARMISTICE, dt.date(2024, 4, 1)) is Likeness.ALIKE


def test_school_days_stand_for_their_like_where_they_are_known() -> None:
    """In the zone of the place; in Corsica, or where no département is told, nobody knows."""
    school, holiday = dt.date(2024, 11, 19), dt.date(2024, 10, 22)
    assert same_type_of("62")(school, holiday) is Likeness.UNLIKE
    assert same_type_of("62")(school, dt.date(2024, 11, 26)) is Likeness.ALIKE
    for departement in ("2A", "974", ""):
        assert same_type_of(departement)(school, dt.date(2024, 11, 26)) is Likeness.UNTOLD
        assert same_type_of(departement)(PLAIN_MONDAY, ARMISTICE) is Likeness.NEVER
