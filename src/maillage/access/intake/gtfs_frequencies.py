"""Trips told by how often they run: ``frequencies.txt``, written out as trips of their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from maillage.access.intake.gtfs_doubts import (
    HEADWAY_OF_UNKNOWN_TRIP,
    HEADWAY_REVERSED,
    HEADWAYS_NOT_EXACT,
    TOO_MANY_CALLS,
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
_LAST_SECOND = 48 * 3600  # of a frequency: two days hold any that passes midnight
MAX_CALLS = 1_500_000  # of all runs written out: three times those of a national feed
_CALLS_A_RUN = 10  # that a run counts for at least: the runs themselves take room too


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
    headways = _within_limit(headways, network, doubts)
    inexact = sorted({one.trip for one in headways if not one.exact})
    ids = network.trips.ids
    doubts.tell_all(HEADWAYS_NOT_EXACT, FREQUENCIES, [ids[trip] for trip in inexact])
    held = {  # of a run told twice, the surest is kept
        (one.trip, start): 0 if one.exact else one.starts.step
        for one in sorted(headways, key=lambda one: (one.exact, -one.starts.step))
        for start in one.starts
    }
    runs = sorted(held)
    ordinary = np.setdiff1d(np.arange(len(ids)), np.array(sorted(told), dtype=np.int64))
    chosen = np.concatenate([ordinary, np.array([trip for trip, _ in runs], dtype=np.int64)])
    written = _started(pick_trips(network, chosen), len(ordinary), [start for _, start in runs])
    waits = np.array([held[run] for run in runs], dtype=np.int32)
    trips, n_runs = written.trips, len(runs)
    alone = np.concatenate([trips.blocks[: len(ordinary)], np.full(n_runs, -1, dtype=np.int32)])
    every = np.concatenate([trips.headways[: len(ordinary)], waits])
    return replace(written, trips=replace(trips, blocks=alone, headways=every))


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
        elif times[0] >= times[1] or times[1] > _LAST_SECOND:
            doubts.tell(HEADWAY_REVERSED, FREQUENCIES, f"{begin} - {end}", line=line)
        elif times[2] < _SHORTEST_HEADWAY:
            doubts.tell(TOO_MANY_RUNS, FREQUENCIES, str(_SHORTEST_HEADWAY), line=line)
        else:
            headways.append(_Headway(number[trip], range(*times), exact == "1"))
    return told, headways


def _within_limit(headways: list[_Headway], network: Network, doubts: Doubts) -> list[_Headway]:
    """Return the headways without those of the heaviest trips, where all make too many calls."""
    n_runs: Counter[int] = Counter()
    for one in headways:
        n_runs[one.trip] += len(one.starts)
    lengths = np.diff(network.trips.first_call)
    calls = {trip: n * max(int(lengths[trip]), _CALLS_A_RUN) for trip, n in n_runs.items()}
    lightest = sorted(calls, key=lambda trip: (calls[trip], trip))
    totals = accumulate(calls[trip] for trip in lightest)
    kept = {trip for trip, total in zip(lightest, totals, strict=True) if total <= MAX_CALLS}
    left = [network.trips.ids[trip] for trip in sorted(calls.keys() - kept)]
    doubts.tell_all(TOO_MANY_CALLS, FREQUENCIES, left)
    return [one for one in headways if one.trip in kept]
