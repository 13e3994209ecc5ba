"""A real network written as NeTEx by a writer that shares no code with the reader reads back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from bench.netex_writer import write_netex

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.intake.netex import read_netex
from maillage.access.timetable.model import Network
from maillage.kernel.findings import Finding

pytestmark = pytest.mark.mirror


class Both(NamedTuple):
    """One network, read from its GTFS and from that GTFS written as NeTEx."""

    gtfs: Network
    netex: Network
    findings: tuple[Finding, ...]


def _both(gtfs: Path, folder: Path) -> Both:
    netex = folder / "netex.zip"
    write_netex(gtfs, netex)
    return Both(read_gtfs(gtfs)[0], *read_netex(netex))


@pytest.fixture(scope="module")
def perigueux(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Périgueux's whole bus network."""
    return _both(mirror / "gtfs" / "perigueux-2025-12.zip", tmp_path_factory.mktemp("perigueux"))


def _bare(told: str) -> str:
    """Return the GTFS id that the writer put in a NeTEx one, FR:Quay:<id>:."""
    return told.split(":", 2)[2].removesuffix(":")


def _stops(network: Network, *, netex: bool) -> dict[str, tuple[object, ...]]:
    stops = network.stops
    ids = [_bare(one) if netex else one for one in stops.ids]
    return {
        ids[at]: (stops.names[at], *stops.places[at], ids[stops.stations[at]], stops.step_free[at])
        for at in range(len(ids))
    }


def _trips(network: Network, *, netex: bool) -> list[tuple[object, ...]]:
    """Return of each trip its line, headsign, wheelchairs and callsand id."""
    trips, calls, stops = network.trips, network.calls, network.stops
    ids = [_bare(one) if netex else one for one in stops.ids]
    lines = [_bare(one.id) if netex else one.id for one in network.lines]
    rows = list(
        zip(
            (ids[stop] for stop in calls.stops),
            calls.arrivals.tolist(),
            calls.departures.tolist(),
            calls.boards.tolist(),
            calls.alights.tolist(),
            strict=True,
        )
    )
    return [
        (
            lines[trips.lines[at]],
            trips.headsigns[at],
            int(trips.step_free[at]),
            tuple(rows[trips.first_call[at] : trips.first_call[at + 1]]),
            _bare(trip) if netex else trip,
        )
        for at, trip in enumerate(trips.ids)
    ]


def _on_each_day(
    network: Network, trips: list[tuple[object, ...]]
) -> dict[dt.date, list[tuple[object, ...]]]:
    """Return what runs on each day, days on which nothing does left out."""
    services = network.services
    found = {}
    for n in range(services.runs.shape[1]):
        day = services.first_day + dt.timedelta(days=n)
        on = np.flatnonzero(services.on(day)[network.trips.services])
        if on.size:
            found[day] = sorted(trips[at] for at in on)
    return found


def _same_days(both: Both) -> int:
    """Check that the same trips make the same calls on each day; return the number of runs."""
    expected = _on_each_day(both.gtfs, _trips(both.gtfs, netex=False))
    assert _on_each_day(both.netex, _trips(both.netex, netex=True)) == expected
    return sum(map(len, expected.values()))


def test_stops_are_where_the_gtfs_says(perigueux: Both) -> None:
    """Each stop keeps its name, place, station and access."""
    expected = _stops(perigueux.gtfs, netex=False)
    assert _stops(perigueux.netex, netex=True) == expected
    assert len(expected) > 1000


def test_lines_are_those_of_the_gtfs(perigueux: Both) -> None:
    """Each line keeps its names, vehicle, operator and colour."""
    told = [
        (line.short_name, line.long_name, line.vehicle, line.operator, line.colour)
        for line in sorted(perigueux.gtfs.lines, key=lambda line: line.id)
    ]
    lines = sorted(perigueux.netex.lines, key=lambda line: _bare(line.id))
    read = [(i.short_name, i.long_name, i.vehicle, i.operator, i.colour) for i in lines]
    assert read == told


def test_each_day_runs_what_the_gtfs_says(perigueux: Both) -> None:
    """On every day of the calendar the same trips make the same calls at the same seconds."""
    assert _same_days(perigueux) > 10_000
    assert perigueux.findings == ()


_OTHERS = (
    "nantes-tan-2014.zip", "ter-200072460-2025-01.zip", "poa_trensurb.zip", "poa_eptc.zip",
)  # fmt: skip


@pytest.mark.full
@pytest.mark.parametrize("feed", _OTHERS)
def test_other_networks_read_back_too(mirror: Path, tmp_path: Path, feed: str) -> None:
    """Trams, regional trains, and buses with most of their times left blank come back the same."""
    assert _same_days(_both(mirror / "gtfs" / feed, tmp_path)) > 100
