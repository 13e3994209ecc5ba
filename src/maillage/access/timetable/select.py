"""Parts of a network: some of its trips, some of its stops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from maillage.access.timetable.model import (
    Calls,
    FlagArray,
    IntArray,
    Network,
    Stops,
    Transfers,
    Trips,
)

LongArray = npt.NDArray[np.int64]


def trip_of_calls(trips: Trips) -> IntArray:
    """Return the (n calls,) number of the trip that each call is of."""
    lengths = np.diff(trips.first_call)
    return np.repeat(np.arange(len(trips.ids), dtype=np.int32), lengths)


def laid_end_to_end(firsts: LongArray | IntArray, lengths: LongArray | IntArray) -> LongArray:
    """Return the numbers of ranges, end to end: each from ``first``, ``length`` of them."""
    ends = np.cumsum(lengths, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    shifts = np.repeat(firsts - (ends - lengths), lengths)
    numbers: LongArray = np.arange(total, dtype=np.int64) + shifts
    return numbers


def pick_trips(network: Network, chosen: LongArray) -> Network:
    """Return the network with these trips, in this order; a number told twice is two trips."""
    trips, calls = network.trips, network.calls
    lengths = np.diff(trips.first_call)[chosen]
    at = laid_end_to_end(trips.first_call[:-1][chosen], lengths)
    first = np.zeros(len(chosen) + 1, dtype=np.int32)
    np.cumsum(lengths, out=first[1:])
    return replace(
        network,
        trips=Trips(
            tuple(trips.ids[trip] for trip in chosen),
            trips.lines[chosen],
            trips.services[chosen],
            tuple(trips.headsigns[trip] for trip in chosen),
            trips.step_free[chosen],
            first,
            trips.blocks[chosen],
            trips.headways[chosen],
        ),
        calls=Calls(
            calls.stops[at],
            calls.arrivals[at],
            calls.departures[at],
            calls.boards[at],
            calls.alights[at],
            calls.uncertain[at],
        ),
    )


def keep_trips(network: Network, kept: FlagArray) -> Network:
    """Return the network with some of its (n,) trips; the network itself where all are kept."""
    return network if kept.all() else pick_trips(network, np.flatnonzero(kept))


def keep_stops(network: Network, kept: FlagArray) -> Network:
    """Return the network with some of its (n,) stops, and their stations.

    Every stop that is called at must be kept. Changes between stops that are not are dropped.
    """
    stops = network.stops
    kept = kept.copy()
    kept[stops.stations[kept]] = True
    number = np.cumsum(kept, dtype=np.int32) - 1
    at = np.flatnonzero(kept)
    changes = network.transfers
    stay = kept[changes.origins] & kept[changes.destinations]
    return replace(
        network,
        stops=Stops(
            tuple(stops.ids[stop] for stop in at),
            tuple(stops.names[stop] for stop in at),
            stops.places[at],
            number[stops.stations[at]],
            stops.step_free[at],
        ),
        calls=replace(network.calls, stops=number[network.calls.stops]),
        transfers=Transfers(
            number[changes.origins[stay]],
            number[changes.destinations[stay]],
            changes.seconds[stay],
        ),
    )
