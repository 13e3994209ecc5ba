"""Several timetables put together into one network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from maillage.access.timetable.model import (
    Calls,
    Feed,
    IntArray,
    Network,
    Services,
    Stops,
    Transfers,
    Trips,
)

MARK = ":"
"""What stands between a feed's name and the publisher's id."""


def merge_networks(networks: Sequence[Network]) -> Network:
    """Return one network of all: each id behind its feed's name, the calendars side by side.

    Stops of two feeds stay two stops, however near. Feeds keep their order. Networks that were
    merged before may be merged again: ids are marked once.
    Raises ValueError where there is no network, or where two feeds have one name.
    """
    names = [feed.name for network in networks for feed in network.feeds]
    if not networks or len(set(names)) < len(names):
        message = f"a merge needs feeds of different names: {names}"
        raise ValueError(message)
    marked = [_marked(network) for network in networks]
    first_trips = _before(marked, lambda one: len(one.calls.stops))
    return Network(
        _stops(marked),
        tuple(line for one in marked for line in one.lines),
        _trips(marked, first_trips),
        _calls(marked),
        _services([one.services for one in marked]),
        _transfers(marked),
        tuple(feed for one in marked for feed in one.feeds),
        tuple(name for one in marked for name in one.untold),
    )


def feeds_of(network: Network, ids: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the (n,) number, among the network's feeds, of the feed that each id came from."""
    if len(network.feeds) == 1:
        return np.zeros(len(ids), dtype=np.int64)
    number = {_mark(feed): at for at, feed in enumerate(network.feeds)}
    marks = (id_.partition(MARK)[0] + MARK for id_ in ids)
    return np.array([number[mark] for mark in marks], dtype=np.int64)


def _mark(feed: Feed) -> str:
    return feed.name.replace(MARK, "-") + MARK


def _marked(network: Network) -> Network:
    """Return the network with its ids behind its feed's name; as it is where they are already."""
    if len(network.feeds) != 1 or _is_marked(network):
        return network
    mark = _mark(network.feeds[0])
    return replace(
        network,
        stops=replace(network.stops, ids=tuple(mark + id_ for id_ in network.stops.ids)),
        lines=tuple(replace(line, id=mark + line.id) for line in network.lines),
        trips=replace(network.trips, ids=tuple(mark + id_ for id_ in network.trips.ids)),
        services=replace(network.services, ids=tuple(mark + i for i in network.services.ids)),
    )


def _is_marked(network: Network) -> bool:
    mark = _mark(network.feeds[0])
    ids = (network.services.ids, network.trips.ids, network.stops.ids)
    return all(id_.startswith(mark) for some in ids for id_ in some)


def _before(networks: Sequence[Network], size: Callable[[Network], int]) -> list[int]:
    """Return how many things the networks before each one have."""
    sizes = [size(network) for network in networks]
    return [sum(sizes[:at]) for at in range(len(sizes))]


def _joined(arrays: Sequence[IntArray], shifts: Sequence[int]) -> IntArray:
    moved = [array + np.int32(by) for array, by in zip(arrays, shifts, strict=True)]
    return np.concatenate(moved).astype(np.int32)


def _stops(networks: Sequence[Network]) -> Stops:
    before = _before(networks, lambda one: len(one.stops.ids))
    return Stops(
        tuple(id_ for one in networks for id_ in one.stops.ids),
        tuple(name for one in networks for name in one.stops.names),
        np.concatenate([one.stops.places for one in networks]),
        _joined([one.stops.stations for one in networks], before),
        np.concatenate([one.stops.step_free for one in networks]),
    )


def _trips(networks: Sequence[Network], first_calls: Sequence[int]) -> Trips:
    lines = _before(networks, lambda one: len(one.lines))
    services = _before(networks, lambda one: len(one.services.ids))
    ends = np.array([sum(len(one.calls.stops) for one in networks)], dtype=np.int32)
    firsts = _joined([one.trips.first_call[:-1] for one in networks], first_calls)
    return Trips(
        tuple(id_ for one in networks for id_ in one.trips.ids),
        _joined([one.trips.lines for one in networks], lines),
        _joined([one.trips.services for one in networks], services),
        tuple(sign for one in networks for sign in one.trips.headsigns),
        np.concatenate([one.trips.step_free for one in networks]),
        np.concatenate([firsts, ends]),
        _blocks(networks),
        np.concatenate([one.trips.headways for one in networks]),
    )


def _blocks(networks: Sequence[Network]) -> IntArray:
    """Return the blocks of all trips, those of each network after those of the ones before."""
    before = _before(networks, lambda one: int(one.trips.blocks.max(initial=-1)) + 1)
    parts = [
        np.where(one.trips.blocks < 0, -1, one.trips.blocks + shift)
        for one, shift in zip(networks, before, strict=True)
    ]
    return np.concatenate(parts).astype(np.int32)


def _calls(networks: Sequence[Network]) -> Calls:
    before = _before(networks, lambda one: len(one.stops.ids))
    return Calls(
        _joined([one.calls.stops for one in networks], before),
        np.concatenate([one.calls.arrivals for one in networks]),
        np.concatenate([one.calls.departures for one in networks]),
        np.concatenate([one.calls.boards for one in networks]),
        np.concatenate([one.calls.alights for one in networks]),
        np.concatenate([one.calls.uncertain for one in networks]),
    )


def _services(services: Sequence[Services]) -> Services:
    first = min(one.first_day for one in services)
    last = max(one.last_day for one in services)
    ids = tuple(id_ for one in services for id_ in one.ids)
    runs = np.zeros((len(ids), (last - first) // dt.timedelta(days=1) + 1), dtype=np.bool_)
    row = 0
    for one in services:
        at = (one.first_day - first).days
        runs[row : row + len(one.ids), at : at + one.runs.shape[1]] = one.runs
        row += len(one.ids)
    return Services(ids, first, runs)


def _transfers(networks: Sequence[Network]) -> Transfers:
    before = _before(networks, lambda one: len(one.stops.ids))
    return Transfers(
        _joined([one.transfers.origins for one in networks], before),
        _joined([one.transfers.destinations for one in networks], before),
        np.concatenate([one.transfers.seconds for one in networks]),
    )
