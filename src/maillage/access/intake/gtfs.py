"""A GTFS feed, zipped or in a folder, to a network; what is doubtful in it is told.

Row order never matters: stops, lines, trips and services are numbered in order of their ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from maillage.access.intake.archives import Limits
from maillage.access.intake.gtfs_calendar import Calendar, read_calendar
from maillage.access.intake.gtfs_calls import CALLS, ToldCalls, read_calls
from maillage.access.intake.gtfs_doubts import NO_TRIP
from maillage.access.intake.gtfs_estimate import estimate_times
from maillage.access.intake.gtfs_files import FeedFiles, open_feed
from maillage.access.intake.gtfs_frequencies import write_out_frequencies
from maillage.access.intake.gtfs_lines import (
    TRIPS,
    Operators,
    ToldTrips,
    read_lines,
    read_operators,
    read_trips,
    read_version,
)
from maillage.access.intake.gtfs_places import read_places
from maillage.access.intake.gtfs_transfers import read_transfers
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import Calls, Feed, Network, Trips
from maillage.access.timetable.select import keep_trips
from maillage.access.timetable.sound import sound_trips
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress, Silent

KIND = "GTFS"
FRENCH_CLOCK = "Europe/Paris"


def read_gtfs(
    path: Path,
    *,
    name: str | None = None,
    progress: Progress | None = None,
    timezone: str = FRENCH_CLOCK,
    limits: Limits | None = None,
) -> tuple[Network, tuple[Finding, ...]]:
    """Return the network that a feed tells of, and one finding for each kind of doubt and file.

    ``name`` is the feed's in what is shown (its file's name otherwise). Ids are the publisher's.
    Raises UnusableFile where there is no timetable to be had: no such file, a damaged or
    swelling zip, a needed file or column missing.
    """
    told = progress or Silent()
    told.step(tr("Lecture de {name}").format(name=path.name))
    files = open_feed(path, limits)
    doubts = Doubts(name or path.stem)
    places, calendar = read_places(files, doubts), read_calendar(files, doubts)
    operators = read_operators(files, doubts, timezone)
    lines = read_lines(files, operators, doubts)
    trips = read_trips(files, lines, calendar.services.ids, doubts)
    calls = read_calls(files, places, trips, doubts, told)
    calls, untimed = estimate_times(calls, places.stops.places, trips.ids, doubts)
    network = Network(
        places.stops,
        lines,
        _trips(trips, calls),
        Calls(calls.stops, calls.arrivals, calls.departures, calls.boards, calls.alights),
        calendar.services,
        read_transfers(files, places, doubts),
        (),
    )
    network = sound_trips(keep_trips(network, ~untimed), doubts, CALLS)
    network = write_out_frequencies(network, files, doubts)
    if not network.trips.ids:
        doubts.tell(NO_TRIP, TRIPS)
    feed = _feed(name or path.stem, network, calendar, _version(files, operators, doubts))
    return replace(network, feeds=(feed,)), doubts.findings()


def feed_names(paths: Sequence[Path]) -> tuple[str, ...]:
    """Return a short name for each feed, all different: that of its file, its folder's before it.

    Feeds whose folders are named alike too are numbered.
    """
    stems = Counter(path.stem for path in paths)
    names = [
        path.stem if stems[path.stem] == 1 else f"{path.resolve().parent.name}/{path.stem}"
        for path in paths
    ]
    seen: Counter[str] = Counter()
    different = []
    for name in names:
        seen[name] += 1
        different.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(different)


def _trips(trips: ToldTrips, calls: ToldCalls) -> Trips:
    first = np.searchsorted(calls.trips, np.arange(len(trips.ids) + 1)).astype(np.int32)
    return Trips(trips.ids, trips.lines, trips.services, trips.headsigns, trips.step_free, first)


def _version(files: FeedFiles, operators: Operators, doubts: Doubts) -> tuple[str, str]:
    publisher, version = read_version(files, doubts)
    return publisher or ", ".join(dict.fromkeys(operators.names.values())), version


def _feed(name: str, network: Network, calendar: Calendar, version: tuple[str, str]) -> Feed:
    """Return what the network was made of; its days are those of the services that trips use."""
    used = np.unique(network.trips.services)
    used = used[calendar.ends[used] >= calendar.begins[used]]
    first = last = calendar.services.first_day
    if used.size:
        begin, end = int(calendar.begins[used].min()), int(calendar.ends[used].max())
        first, last = first + timedelta(days=begin), first + timedelta(days=end)
    trips, stops = network.trips, network.stops
    return Feed(name, KIND, *version, first, last, len(trips.ids), len(stops.ids))
