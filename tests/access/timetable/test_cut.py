"""A network cut to a box keeps every trip that can be ridden in it, whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from tests.access.feeds import TABLES, plain, read_changed, real_feed

from maillage.access.timetable.cut import Box, cut_network
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.merge import merge_networks

TOWN = Box(2.63, 50.52, 2.645, 50.54)  # Mairie and Gare, not Hôpital
TRANSFERS = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nmairie,gare-a,2,60\n"


def test_trips_with_two_calls_in_the_box_stay_whole(tmp_path: Path) -> None:
    """A trip that calls twice inside keeps its calls outside too, and their stops."""
    away = "away,Loin,48.0,2.0,0,,\n"
    trips = "20,school,far-1,,\n20,school,once,,\n"
    stop_times = """far-1,08:00:00,08:00:00,away,1
far-1,08:30:00,08:30:00,hopital,2
once,08:00:00,08:00:00,away,1
once,08:30:00,08:30:00,mairie,2
"""
    network, findings = read_changed(
        tmp_path,
        stops=TABLES["stops"] + away,
        trips=TABLES["trips"] + trips,
        stop_times=TABLES["stop_times"] + stop_times,
        transfers=TRANSFERS,
    )
    assert findings == ()
    cut = cut_network(network, TOWN)
    assert cut.trips.ids == ("bus-1", "bus-2", "train-1")
    assert cut.stops.ids == ("gare", "gare-a", "gare-b", "hopital", "mairie")
    assert (cut.feeds[0].n_trips, cut.feeds[0].n_stops) == (3, 5)
    assert network.feeds[0].n_trips == 5
    (origin,), (destination,) = cut.transfers.origins, cut.transfers.destinations
    assert (cut.stops.ids[origin], cut.stops.ids[destination]) == ("mairie", "gare-a")


def test_a_box_around_everything_changes_nothing(tmp_path: Path) -> None:
    """Cut to the world, a network is itself."""
    network, _ = read_changed(tmp_path, transfers=TRANSFERS)
    assert plain(cut_network(network, Box(-180, -90, 180, 90))) == plain(network)


def test_a_box_around_nothing_still_knows_its_feeds(tmp_path: Path) -> None:
    """A timetable without a trip in the box is empty there, and not forgotten."""
    network, _ = read_changed(tmp_path)
    cut = cut_network(merge_networks([network]), Box(0, 0, 1, 1))
    assert (cut.trips.ids, cut.stops.ids) == ((), ())
    assert (cut.feeds[0].name, cut.feeds[0].n_trips) == ("feed", 0)
    assert len(day_timetable(cut, dt.date(2024, 1, 19)).departures) == 0


@pytest.mark.mirror
def test_the_national_trains_cut_to_a_territory(mirror: Path) -> None:
    """Inside the box the cut has the very hops of the whole: France cut around Béthune."""
    box = Box(2.3, 50.3, 2.9, 50.7)
    whole, _ = real_feed(mirror / "gtfs" / "ter-france-2025-01.zip")
    cut = cut_network(whole, box)
    day = dt.date(2025, 2, 4)
    hops = []
    for network in (whole, cut):
        told = day_timetable(network, day)
        places = network.stops.places
        inside = box.holds(places[told.origins]) & box.holds(places[told.destinations])
        ids = np.array(network.stops.ids, dtype=object)
        hops.append(
            sorted(
                zip(
                    told.departures[inside].tolist(),
                    told.arrivals[inside].tolist(),
                    ids[told.origins[inside]],
                    ids[told.destinations[inside]],
                    strict=True,
                )
            )
        )
    assert hops[0] == hops[1]
    assert len(hops[0]) > 500
    assert len(cut.trips.ids) < len(whole.trips.ids) / 20
