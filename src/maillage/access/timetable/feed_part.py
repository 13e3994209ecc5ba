"""The part of a network that came from one feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from maillage.access.timetable.merge import feeds_of
from maillage.access.timetable.model import Feed, FlagArray, Network


@dataclass(frozen=True, slots=True, eq=False)
class FeedPart:
    """One feed and which stops, trips and services of the network are its own: (n,) flags."""

    network: Network
    feed: Feed
    stops: FlagArray
    trips: FlagArray
    services: FlagArray


def feed_parts(network: Network) -> Iterator[FeedPart]:
    """Give the part of each feed of a network, in order."""
    owners = [
        feeds_of(network, ids)
        for ids in (network.stops.ids, network.trips.ids, network.services.ids)
    ]
    for at, feed in enumerate(network.feeds):
        yield FeedPart(network, feed, *(np.equal(owner, at) for owner in owners))
