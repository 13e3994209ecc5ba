"""A network cut to a territory and its margin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maillage.access.timetable.merge import feeds_of
from maillage.access.timetable.model import Network
from maillage.access.timetable.select import keep_stops, keep_trips, trip_of_calls
from maillage.kernel.geometry import Box


def cut_network(network: Network, box: Box) -> Network:
    """Return the network of the trips that call twice or more in the box, whole, and their stops.

    Stops in the box stay, called at or not. Lines, services and feeds stay all, feeds with the
    number of trips and stops left: a timetable that has nothing in the box is still known.
    """
    inside = box.holds(network.stops.places)
    of_trip = trip_of_calls(network.trips)
    n_inside = np.bincount(of_trip[inside[network.calls.stops]], minlength=len(network.trips.ids))
    kept = keep_trips(network, n_inside >= 2)
    wanted = inside.copy()
    wanted[kept.calls.stops] = True
    smaller = keep_stops(kept, wanted)
    n_feeds = len(network.feeds)
    n_trips = np.bincount(feeds_of(network, smaller.trips.ids), minlength=n_feeds)
    n_stops = np.bincount(feeds_of(network, smaller.stops.ids), minlength=n_feeds)
    feeds = tuple(
        replace(feed, n_trips=int(n_trips[at]), n_stops=int(n_stops[at]))
        for at, feed in enumerate(network.feeds)
    )
    return replace(smaller, feeds=feeds)
