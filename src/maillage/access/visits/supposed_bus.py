"""A bus supposed at any time, where a network's timetable is missing: the ways of the high bound.

It goes from door to door, and from the doors to the stops of what is known, so that a real bus to
the station never does better than the bound. At most so many stops are tried from each door, those
that it reaches soonest (``visits.unknown_bus.stops_at_most``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.access.journeys.model import Walks
from maillage.access.matrix import walks_of
from maillage.access.timetable.model import IntArray
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.access.visits.all_visits import Supposed
from maillage.access.visits.any_time import minutes_both_ways, whole_seconds
from maillage.access.visits.bounds import slow_bus_minutes
from maillage.access.visits.round_trips import NEVER
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import Parameters

_AT_ONCE = 500  # doors asked of an engine together: bounds the matrix


@dataclass(frozen=True, slots=True, eq=False)
class ToStops:
    """The (s, 2) stops of what is known, and the walks to them from homes and from lieux."""

    stops: FloatArray
    homes: Walks
    near: Walks


@dataclass(frozen=True, slots=True, eq=False)
class SupposedBus:
    """The ways with a bus supposed, on foot where that is sooner.

    ``out`` and ``back`` are (n, m) seconds between homes and lieux; ``homes`` and ``near`` lead
    from the homes and from the lieux to stops, None where no timetable is at hand.
    """

    out: IntArray
    back: IntArray
    homes: Walks | None
    near: Walks | None

    def of_lieu(self, at: int) -> Supposed:
        """Return the supposed ways of one lieu, by its number."""
        none = np.zeros(0, dtype=np.int32)
        stops = (none, none) if self.near is None else walks_of(self.near, at)
        return Supposed(self.out[:, at], self.back[:, at], stops)


def supposed_bus(
    ends: tuple[FloatArray, FloatArray],
    on_foot: tuple[IntArray, IntArray],
    known: ToStops | None,
    streets: TravelTimes,
    parameters: Parameters,
) -> SupposedBus:
    """Return the ways by a bus supposed at any time between homes and lieux, the two ``ends``.

    ``on_foot`` are the (n, m) seconds of walking all the way, out and back.
    """
    ridden = _ridden_both_ways(streets, *ends, parameters)
    out, back = (np.minimum(w, r) for w, r in zip(on_foot, ridden, strict=True))
    if known is None:
        return SupposedBus(out, back, None, None)
    homes, near = (
        _ways_to_stops(doors, known.stops, walks, streets, parameters)
        for doors, walks in zip(ends, (known.homes, known.near), strict=True)
    )
    return SupposedBus(out, back, homes, near)


def _ridden_both_ways(
    streets: TravelTimes, homes: FloatArray, places: FloatArray, parameters: Parameters
) -> tuple[IntArray, IntArray]:
    """Return the (n, m) seconds by the supposed bus from homes to places, and home again."""
    out, back = (
        whole_seconds(slow_bus_minutes(way, parameters))
        for way in minutes_both_ways(streets, homes, places, Trip(Mode.CAR))
    )
    return out, back


def _ways_to_stops(
    doors: FloatArray, stops: FloatArray, on_foot: Walks, streets: TravelTimes, by: Parameters
) -> Walks:
    """Return the ways from (n, 2) doors to (s, 2) stops: the walks, and the supposed bus.

    A way counts as long both ways as the shorter of the two: a bound, not a timetable.
    """
    at_most = min(int(by.number("visits.unknown_bus.stops_at_most")), len(stops))
    rows = []
    for begin in range(0, len(doors), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        seconds = np.minimum(*_ridden_both_ways(streets, doors[some], stops, by))
        for door, ridden in enumerate(seconds, begin):
            rows.append(_row(on_foot, door, ridden, at_most))
    first = np.cumsum([0, *(len(stops_of) for stops_of, _ in rows)], dtype=np.int32)
    none = np.zeros(0, dtype=np.int32)
    return Walks(
        first,
        np.concatenate([none, *(stops_of for stops_of, _ in rows)]),
        np.concatenate([none, *(seconds_of for _, seconds_of in rows)]),
    )


def _row(on_foot: Walks, door: int, ridden: IntArray, at_most: int) -> tuple[IntArray, IntArray]:
    """Return the stops of one door, going up, and the seconds to each by the sooner way."""
    kept = np.argsort(ridden, kind="stable")[:at_most]
    sooner = np.full(len(ridden), NEVER, dtype=np.int32)
    sooner[kept] = ridden[kept]
    walks = slice(int(on_foot.first[door]), int(on_foot.first[door + 1]))
    walked = on_foot.stops[walks]
    sooner[walked] = np.minimum(sooner[walked], on_foot.seconds[walks])
    stops = np.flatnonzero(sooner < NEVER).astype(np.int32)
    return stops, sooner[stops]
