"""The local network's timetable is at hand where its lines run near a fair share of the zones."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from tests.access.journeys.timetables import make_network, run
from tests.builders import BETHUNE, east_of

from maillage.access.timetable.local_lines import local_lines_run
from maillage.access.timetable.model import Network, Vehicle
from maillage.kernel.geometry import coordinates
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
MONDAY = dt.date(2026, 9, 7)
WEEK = [MONDAY + dt.timedelta(days=n) for n in range(7)]
ZONES = coordinates([east_of(BETHUNE, km) for km in (0.0, 5.0, 10.0, 15.0)])


def _bus(*days: int) -> Network:
    """A bus between the first zone and 20 km further, on these days of the week."""
    network = make_network(2, [run((0, 100), (1, 200))])
    runs = np.isin(np.arange(7), days)[None, :]
    return replace(
        network,
        stops=replace(network.stops, places=coordinates([BETHUNE, east_of(BETHUNE, 20.0)])),
        services=replace(network.services, first_day=MONDAY, runs=runs),
    )


def test_a_bus_near_one_zone_in_four_on_working_days_is_the_local_network() -> None:
    """A quarter of the zones is enough, a fifth is not."""
    fifth = np.vstack([ZONES, ZONES[-1:]])
    assert local_lines_run(_bus(0, 1, 2, 3, 4), WEEK, ZONES, PARAMETERS)
    assert not local_lines_run(_bus(0, 1, 2, 3, 4), WEEK, fifth, PARAMETERS)


def test_a_coach_of_one_day_is_not_the_local_network() -> None:
    """What runs on one day of the week, or in another week, tells nothing of the others."""
    assert not local_lines_run(_bus(0), WEEK, ZONES, PARAMETERS)
    later = [day + dt.timedelta(weeks=1) for day in WEEK]
    assert not local_lines_run(_bus(0, 1, 2, 3, 4), later, ZONES, PARAMETERS)


def test_trains_are_not_the_local_network() -> None:
    """Trains alone leave the bus's timetable missing."""
    network = _bus(0, 1, 2, 3, 4)
    trains = tuple(replace(line, vehicle=Vehicle.TRAIN) for line in network.lines)
    assert not local_lines_run(replace(network, lines=trains), WEEK, ZONES, PARAMETERS)


def test_a_bus_to_be_booked_is_not_the_local_network() -> None:
    """What is uncertain stops nowhere for sure."""
    network = _bus(0, 1, 2, 3, 4)
    calls = replace(network.calls, uncertain=np.ones(2, dtype=np.bool_))
    assert not local_lines_run(replace(network, calls=calls), WEEK, ZONES, PARAMETERS)


def test_without_zones_or_days_nothing_is_known() -> None:
    """No zone, no day: not the local network."""
    assert not local_lines_run(_bus(0, 1, 2, 3, 4), [], ZONES, PARAMETERS)
    assert not local_lines_run(_bus(0, 1, 2, 3, 4), WEEK, np.zeros((0, 2)), PARAMETERS)
