"""Trips told by how often they run: ``frequencies.txt``, written out as trips of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from maillage.access.intake.gtfs_doubts import (
    HEADWAY_OF_UNKNOWN_TRIP,
    HEADWAYS_NOT_EXACT,
    TOO_MANY_RUNS,
    UNREADABLE_VALUE,
)
from maillage.access.intake.gtfs_files import FeedFiles
from maillage.access.intake.gtfs_values import Seconds, Whole
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import Network
from maillage.access.timetable.select import pick_trips

FREQUENCIES = "frequencies.txt"
_NAMES = ("trip_id", "start_time", "end_time", "headway_secs", "exact_times")
_SHORTEST_HEADWAY = 10  # seconds: no doors open and close so fast


@dataclass(frozen=True, slots=True)
class _Headway:
    trip: int
    starts: range
    exact: bool


def write_out_frequencies(network: Network, files: FeedFiles, doubts: Doubts) -> Network:
    """Return the network with one trip for each run that a frequency makes, its id at its hour.

    The trip that a frequency is about only shows the way: it does not run itself. Where the
    publisher does not hold to the hours, that is told.
    """
    if FREQUENCIES not in files:
        return network
    told, headways = _headways(network, files, doubts)
    inexact = sorted({one.trip for one in headways if not one.exact})
    ids = network.trips.ids
    doubts.tell_all(HEADWAYS_NOT_EXACT, FREQUENCIES, [ids[trip] for trip in inexact])
    runs = sorted({(one.trip, start) for one in headways for start in one.starts})
    ordinary = np.setdiff1d(np.arange(len(ids)), np.array(sorted(told), dtype=np.int64))
    chosen = np.concatenate([ordinary, np.array([trip for trip, _ in runs], dtype=np.int64)])
    return _started(pick_trips(network, chosen), len(ordinary), [start for _, start in runs])


def _started(network: Network, n_ordinary: int, starts: list[int]) -> Network:
    """Return the network with the trips after the ordinary ones beginning at these seconds."""
    trips, calls = network.trips, network.calls
    first = trips.first_call[n_ordinary:-1]
    shifts = np.zeros(len(trips.ids), dtype=np.int32)
    shifts[n_ordinary:] = np.array(starts, dtype=np.int32) - calls.departures[first]
    later = np.repeat(shifts, np.diff(trips.first_call))
    named = [
        f"{trip}@{start // 3600:02d}:{start // 60 % 60:02d}:{start % 60:02d}"
        for trip, start in zip(trips.ids[n_ordinary:], starts, strict=True)
    ]
    return replace(
        network,
        trips=replace(trips, ids=(*trips.ids[:n_ordinary], *named)),
        calls=replace(calls, arrivals=calls.arrivals + later, departures=calls.departures + later),
    )


def _headways(
    network: Network, files: FeedFiles, doubts: Doubts
) -> tuple[set[int], list[_Headway]]:
    """Return the numbers of the trips told by frequency, and how often each runs."""
    number = {trip: at for at, trip in enumerate(network.trips.ids)}
    seconds, whole = Seconds(), Whole()
    table = files.read(FREQUENCIES, _NAMES, doubts)
    told: set[int] = set()
    headways = []
    for cells, line in zip(table.rows(_NAMES), table.lines, strict=True):
        trip, begin, end, headway, exact = cells
        if trip not in number:
            doubts.tell(HEADWAY_OF_UNKNOWN_TRIP, FREQUENCIES, trip, line=line)
            continue
        told.add(number[trip])
        times = seconds[begin], seconds[end], whole[headway]
        if min(times) < 0:
            seen = f"{begin}, {end}, {headway}"
            doubts.tell(UNREADABLE_VALUE, FREQUENCIES, seen, line=line)
        elif times[2] < _SHORTEST_HEADWAY:
            doubts.tell(TOO_MANY_RUNS, FREQUENCIES, str(_SHORTEST_HEADWAY), line=line)
        else:
            headways.append(_Headway(number[trip], range(*times), exact == "1"))
    return told, headways
