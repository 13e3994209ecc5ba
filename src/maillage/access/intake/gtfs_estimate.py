"""Times that a feed leaves blank, between those it tells: by the distance run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maillage.access.intake.gtfs_calls import CALLS, ToldCalls
from maillage.access.intake.gtfs_doubts import TIMES_ESTIMATED, TRIP_ENDS_UNTIMED
from maillage.access.intake.gtfs_values import UNTOLD
from maillage.access.timetable.distances import along_km
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import FlagArray, IntArray
from maillage.kernel.geometry import FloatArray


def estimate_times(
    calls: ToldCalls, places: FloatArray, trip_ids: tuple[str, ...], doubts: Doubts
) -> tuple[ToldCalls, FlagArray]:
    """Return the calls with every time told, whole seconds rounded down, and the trips left out.

    Between two timed calls a vehicle goes at one speed along the distances that the feed tells of
    the whole trip, else along straight lines between the (n, 2) ``places`` of the stops. Trips
    whose first or last call is untimed are told and left out: the (n trips,) flags.
    """
    left_out = _untimed_at_an_end(calls, len(trip_ids))
    untimed = [trip_ids[trip] for trip in np.flatnonzero(left_out)]
    doubts.tell_all(TRIP_ENDS_UNTIMED, CALLS, untimed)
    kept = calls.where(~left_out[calls.trips]) if untimed else calls
    blank = kept.arrivals == UNTOLD
    if not blank.any():
        return kept, left_out
    doubts.tell(TIMES_ESTIMATED, CALLS, n=int(blank.sum()))
    times = _between(kept, blank, _run(kept, places))
    arrivals = np.where(blank, times, kept.arrivals)
    departures = np.where(blank, times, kept.departures)
    return replace(kept, arrivals=arrivals, departures=departures), left_out


def _untimed_at_an_end(calls: ToldCalls, n_trips: int) -> FlagArray:
    untimed = calls.arrivals == UNTOLD
    change = np.flatnonzero(np.diff(calls.trips, prepend=-1, append=-1))
    first, last = change[:-1], change[1:] - 1
    left_out = np.zeros(n_trips, dtype=np.bool_)
    left_out[calls.trips[first]] = untimed[first] | untimed[last]
    return left_out


def _run(calls: ToldCalls, places: FloatArray) -> FloatArray:
    """Return the distance run since the beginning of all trips, in km or as the feed tells it."""
    straight = np.cumsum(along_km(places[calls.stops], calls.trips))
    n_trips = int(calls.trips[-1]) + 1
    same = np.diff(calls.trips, prepend=-1) == 0
    back = np.zeros(len(same), dtype=np.bool_)
    back[1:] = same[1:] & ~(np.diff(calls.distances) >= 0)  # NaN included
    odd = np.bincount(calls.trips, weights=back | np.isnan(calls.distances), minlength=n_trips) > 0
    return np.where(odd[calls.trips], straight, calls.distances)


def _between(calls: ToldCalls, blank: FlagArray, run: FloatArray) -> IntArray:
    """Return (n,) times, right where blank: both ends of a trip are timed."""
    n = len(blank)
    here = np.arange(n)
    before = np.maximum.accumulate(np.where(blank, 0, here))
    after = np.minimum.accumulate(np.where(blank, n - 1, here)[::-1])[::-1]
    whole, part = run[after] - run[before], run - run[before]
    standing = whole <= 0  # all at one place: then by the number of calls
    share = np.where(standing, here - before, part) / np.where(
        standing, np.maximum(after - before, 1), whole
    )
    left, reached = calls.departures[before], calls.arrivals[after]
    return np.floor(left + (reached - left) * share).astype(np.int32)
