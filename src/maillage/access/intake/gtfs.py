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
from maillage.access.intake.gtfs_estimate import estimate_times
from maillage.access.intake.gtfs_files import FeedFiles, open_feed
from maillage.access.intake.gtfs_frequencies import write_out_frequencies
from maillage.access.intake.gtfs_lines import (
    Edition,
    Operators,
    ToldTrips,
    read_edition,
    read_lines,
    read_operators,
    read_trips,
)
from maillage.access.intake.gtfs_places import read_places
from maillage.access.intake.gtfs_transfers import read_seats, read_transfers
from maillage.access.intake.no_trips import ever_runs, without_trips
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import Calls, Feed, FlagArray, Network, Trips
from maillage.access.timetable.select import keep_trips
from maillage.access.timetable.sound import sound_trips
from maillage.access.timetable.weeks import to_whole_weeks
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
    swelling zip, a needed file or column missing, no trip that runs on any day.
    """
    told = progress or Silent()
    told.step(tr("Lecture de {name}").format(name=path.name))
    files = open_feed(path, limits)
    doubts = Doubts(name or path.stem)
    places, calendar = read_places(files, doubts), read_calendar(files, doubts)
    operators = read_operators(files, doubts, timezone)
    lines = read_lines(files, operators, doubts)
    trips = read_trips(files, lines, calendar.services.ids, doubts)
    trips = replace(trips, blocks=read_seats(files, trips, doubts))
    calls = read_calls(files, places, trips, doubts, told)
    calls, untimed = estimate_times(calls, places.stops.places, trips.ids, doubts)
    network = Network(
        places.stops,
        lines,
        _trips(trips, calls),
        _calls(calls),
        calendar.services,
        read_transfers(files, places, doubts),
        (),
    )
    network = sound_trips(keep_trips(network, ~untimed), doubts, CALLS)
    network = write_out_frequencies(network, files, doubts)
    if not ever_runs(network):
        raise without_trips(path, KIND, network, doubts.findings())
    feed = _feed(name or path.stem, network, calendar, _edition(files, operators, doubts))
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
    return Trips(
        trips.ids,
        trips.lines,
        trips.services,
        trips.headsigns,
        trips.step_free,
        first,
        trips.blocks,
        np.zeros(len(trips.ids), dtype=np.int32),
    )


def _calls(calls: ToldCalls) -> Calls:
    times = calls.arrivals, calls.departures
    return Calls(calls.stops, *times, calls.boards, calls.alights, calls.uncertain)


def _edition(files: FeedFiles, operators: Operators, doubts: Doubts) -> Edition:
    told = read_edition(files, doubts)
    names = ", ".join(dict.fromkeys(operators.names.values()))
    return replace(told, publisher=told.publisher or names)


def _feed(name: str, network: Network, calendar: Calendar, edition: Edition) -> Feed:
    """Return what the network was made of; its days are those of the services that trips use."""
    used = np.unique(network.trips.services)
    used = used[calendar.ends[used] >= calendar.begins[used]]
    first = last = calendar.services.first_day
    if used.size:
        begin, end = int(calendar.begins[used].min()), int(calendar.ends[used].max())
        first, last = first + timedelta(days=begin), first + timedelta(days=end)
        running: FlagArray = np.asarray(network.services.runs[used, begin : end + 1].any(axis=0))
        first, last = to_whole_weeks(first, last, running, edition.days)
    told, n_trips, n_stops = edition, len(network.trips.ids), len(network.stops.ids)
    return Feed(name, KIND, told.publisher, told.version, first, last, n_trips, n_stops)
