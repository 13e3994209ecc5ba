"""Where and when trips call: ``stop_times.txt``, by far the longest file of a feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import numpy.typing as npt

from maillage.access.intake.gtfs_doubts import (
    CALL_AT_STATION,
    CALL_AT_UNKNOWN_STOP,
    CALL_OF_UNKNOWN_TRIP,
    CALL_TWICE,
    CALL_WITHOUT_STOP,
    ON_REQUEST,
    ON_SIGN,
    UNREADABLE_VALUE,
)
from maillage.access.intake.gtfs_files import Columns, FeedFiles
from maillage.access.intake.gtfs_lines import ToldTrips
from maillage.access.intake.gtfs_places import Places
from maillage.access.intake.gtfs_values import UNREADABLE, UNTOLD, Seconds, Whole, distance_along
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import FlagArray, IntArray
from maillage.kernel.findings import FindingKind
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress

CALLS = "stop_times.txt"
_NAMES = (
    "trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time", "pickup_type",
    "drop_off_type", "shape_dist_traveled",
)  # fmt: skip
_UNKNOWN, _LEFT_OUT = -1, -3
_NONE, _ON_REQUEST, _ON_SIGN = 1, 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class ToldCalls:
    """The calls of a feed in order of trip then rank: (n,) arrays.

    Times are ``UNTOLD`` where blank; ``distances`` along the trip, NaN where not told;
    ``uncertain`` where one has to book.
    """

    trips: IntArray
    stops: IntArray
    ranks: IntArray
    arrivals: IntArray
    departures: IntArray
    boards: FlagArray
    alights: FlagArray
    uncertain: FlagArray
    distances: FloatArray

    def where(self, at: FlagArray | npt.NDArray[np.int64]) -> ToldCalls:
        """Return some of the calls."""
        return ToldCalls(*(getattr(self, name)[at] for name in self.__slots__))


@dataclass(slots=True)
class _Reader:
    """What is known while the file goes by."""

    trips: Mapping[str, int]
    stops: Mapping[str, int]
    stations: npt.NDArray[np.int64]
    doubts: Doubts
    seconds: Seconds
    whole: Whole


def read_calls(
    files: FeedFiles, places: Places, trips: ToldTrips, doubts: Doubts, progress: Progress
) -> ToldCalls:
    """Return the calls of a feed, in order whatever that of the file; blank times stay untold.

    Calls of an unknown trip, at an unknown stop, or unreadable are told and left out.
    """
    numbers = dict.fromkeys(trips.left_out, _LEFT_OUT)
    numbers |= {trip: at for at, trip in enumerate(trips.ids)}
    stops = {stop: at for at, stop in enumerate(places.stops.ids)}
    stations = np.flatnonzero(places.are_stations)
    reader = _Reader(numbers, stops, stations, doubts, Seconds(), Whole())
    progress.step(tr("Lecture des passages"), files.members[CALLS].size)
    parts = [_empty()]
    for chunk in files.chunks(CALLS, _NAMES, doubts):
        parts.append(_read(chunk, reader))
        progress.advance(chunk.n_bytes)
    names = ToldCalls.__slots__
    calls = ToldCalls(*(np.concatenate([getattr(part, n) for part in parts]) for n in names))
    return _in_order(calls, trips, doubts)


def _empty() -> ToldCalls:
    numbers = np.zeros(0, dtype=np.int32)
    flags = np.zeros(0, dtype=np.bool_)
    return ToldCalls(*(numbers,) * 5, flags, flags, flags, np.zeros(0))


def _read(chunk: Columns, reader: _Reader) -> ToldCalls:
    trips = _numbers(chunk.of("trip_id"), reader.trips)
    stops = _numbers(chunk.of("stop_id"), reader.stops)
    ranks, arrivals, departures, pick_up, drop_off = (
        np.fromiter(map(known.__getitem__, chunk.of(name)), np.int32, len(chunk))
        for name, known in (
            ("stop_sequence", reader.whole),
            ("arrival_time", reader.seconds),
            ("departure_time", reader.seconds),
            ("pickup_type", reader.whole),
            ("drop_off_type", reader.whole),
        )
    )
    calls = ToldCalls(
        trips,
        stops,
        ranks,
        np.where(arrivals == UNTOLD, departures, arrivals),
        np.where(departures == UNTOLD, arrivals, departures),
        pick_up != _NONE,
        drop_off != _NONE,
        (pick_up == _ON_REQUEST) | (drop_off == _ON_REQUEST),
        _distances(chunk),
    )
    unreadable = (ranks < 0) | (arrivals == UNREADABLE) | (departures == UNREADABLE)
    kept = _usable(chunk, calls, unreadable, reader)
    on_sign = ~calls.uncertain & ((pick_up == _ON_SIGN) | (drop_off == _ON_SIGN))
    for kind, which in ((ON_REQUEST, calls.uncertain), (ON_SIGN, on_sign)):
        reader.doubts.tell(kind, CALLS, n=int((kept & which).sum()))
    return calls.where(kept)


def _numbers(ids: list[str], known: Mapping[str, int]) -> IntArray:
    return np.fromiter(map(known.get, ids, repeat(_UNKNOWN)), np.int32, len(ids))


def _distances(chunk: Columns) -> FloatArray:
    if "shape_dist_traveled" not in chunk.cells:
        return np.full(len(chunk), np.nan)
    return np.fromiter(map(distance_along, chunk.of("shape_dist_traveled")), float, len(chunk))


def _usable(chunk: Columns, calls: ToldCalls, unreadable: FlagArray, reader: _Reader) -> FlagArray:
    """Return the (n,) calls that can be used; what is wrong with the others is told."""
    doubts = reader.doubts
    of_known_trip = calls.trips >= 0
    nowhere = np.array([not stop for stop in chunk.of("stop_id")], dtype=np.bool_)
    at_unknown = of_known_trip & (calls.stops < 0)
    wrong = (
        (CALL_OF_UNKNOWN_TRIP, calls.trips == _UNKNOWN, "trip_id"),
        (CALL_WITHOUT_STOP, at_unknown & nowhere, "trip_id"),
        (CALL_AT_UNKNOWN_STOP, at_unknown & ~nowhere, "stop_id"),
    )
    for kind, which, name in wrong:
        _tell(doubts, kind, chunk, (which, (name,)))
    kept: FlagArray = of_known_trip & ~at_unknown
    seen = ("stop_sequence", "arrival_time", "departure_time")
    _tell(doubts, UNREADABLE_VALUE, chunk, (kept & unreadable, seen))
    kept &= ~unreadable
    at_station = kept & np.isin(calls.stops, reader.stations)
    _tell(doubts, CALL_AT_STATION, chunk, (at_station, ("stop_id",)))
    return kept


def _tell(
    doubts: Doubts,
    kind: FindingKind,
    chunk: Columns,
    which: tuple[FlagArray, tuple[str, ...]],
) -> None:
    rows, names = np.flatnonzero(which[0]).tolist(), which[1]
    if rows:
        columns = [chunk.of(name) for name in names]
        values = [" / ".join(column[at] for column in columns) for at in rows]
        doubts.tell_all(kind, CALLS, values, [chunk.lines[at] for at in rows])


def _in_order(calls: ToldCalls, trips: ToldTrips, doubts: Doubts) -> ToldCalls:
    """Return the calls in order of trip and rank; of two of one rank, the earlier is kept."""
    keys = (
        calls.alights, calls.boards, calls.stops, calls.departures, calls.arrivals, calls.ranks,
        calls.trips,
    )  # fmt: skip
    ordered = calls.where(np.lexsort(keys))
    same = np.zeros(len(ordered.trips), dtype=np.bool_)
    same[1:] = (np.diff(ordered.trips) == 0) & (np.diff(ordered.ranks) == 0)
    doubts.tell_all(CALL_TWICE, CALLS, [trips.ids[trip] for trip in ordered.trips[same]])
    return ordered.where(~same) if same.any() else ordered
