"""Visits by a means that leaves at any time: on foot, by bicycle, by car, by a supposed bus."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from maillage.access.timetable.model import IntArray
from maillage.access.travel import TravelTimes, Trip
from maillage.access.visits.model import Obstacle, RoundTrips, Starts
from maillage.access.visits.round_trips import NEVER, Terms, closings
from maillage.kernel.geometry import FloatArray


def whole_seconds(minutes: FloatArray) -> IntArray:
    """Return minutes as whole seconds, rounded up; inf is NEVER."""
    reached = np.isfinite(minutes)
    seconds = np.ceil(np.where(reached, minutes, 0.0) * 60.0)
    return np.where(reached, seconds, NEVER).astype(np.int32)


def minutes_both_ways(
    streets: TravelTimes, homes: FloatArray, places: FloatArray, trip: Trip
) -> tuple[FloatArray, FloatArray]:
    """Return the (n, m) minutes from the homes to the places, and home again."""
    there = streets.matrix(homes, places, trip)
    return there, streets.matrix(places, homes, trip).T


def at_any_time(
    direct_out: IntArray, direct_back: IntArray, starts: Starts, terms: Terms
) -> RoundTrips:
    """Return the best visits of n homes, (n, k), that no timetable stands in the way of.

    ``direct_out`` and ``direct_back`` are (n,) seconds, NEVER = no way. Nobody waits, so the time
    away is the same all along a window and the latest visit is the best. It gives what a
    ``VisitSearch`` gives without profiles, at once and without a compiled engine.
    """
    out, back = (way.astype(np.int64)[:, None] for way in (direct_out, direct_back))
    return _best(out, back, starts, terms)


def row_by_row(
    direct_out: IntArray, direct_back: IntArray, starts: Starts, terms: Terms
) -> RoundTrips:
    """Return the best visit of each of w windows by its own ways; all, the result too, are (w,)."""
    return _best(direct_out.astype(np.int64), direct_back.astype(np.int64), starts, terms)


def _best(
    out: npt.NDArray[np.int64], back: npt.NDArray[np.int64], starts: Starts, terms: Terms
) -> RoundTrips:
    first = np.maximum(starts.earliest, terms.leave_after + out)
    last = np.minimum(starts.latest, terms.back_by - terms.serve - back)
    works = first <= last
    until = np.minimum(closings(starts, terms.serve), terms.back_by - back)
    end = last + terms.serve
    parts = (last - out, last, end + back, until - end)
    leave, start, home, spare = (np.where(works, p, -1).astype(np.int32) for p in parts)
    late = np.where(first > starts.latest, Obstacle.NO_WAY_OUT.number, Obstacle.NO_WAY_BACK.number)
    obstacle = np.where(works, Obstacle.NONE.number, late).astype(np.int8)
    return RoundTrips(leave, start, home, spare, obstacle)
