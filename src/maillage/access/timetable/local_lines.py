"""Whether the timetable of the local network is at hand: not the trains alone, nor one coach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from maillage.access.timetable.distances import pairs_km
from maillage.access.timetable.model import FlagArray, Network, Vehicle
from maillage.access.timetable.select import trip_of_calls
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import Parameters


def local_lines_run(
    network: Network, days: Sequence[dt.date], zones: FloatArray, parameters: Parameters
) -> bool:
    """Tell whether lines other than trains run near a fair share of zones on an ordinary day.

    ``network`` is the week's own (``network_on``), ``days`` those of that week, ``zones`` the (n,
    2) lon/lat degrees of the zones. Near: within the walk to a stop, as the crow flies. The median
    of the days counts, against ``timetable.local_lines.zone_share``. False where there is no zone,
    no day or no line.
    """
    if not len(zones) or not days:
        return False
    calls, trips = network.calls, network.trips
    local = np.array([line.vehicle is not Vehicle.TRAIN for line in network.lines], dtype=np.bool_)
    of_trip = trip_of_calls(trips)
    km = _walk_km(parameters)
    shares = []
    for day in days:
        runs: FlagArray = local[trips.lines] & network.services.on(day)[trips.services]
        called = np.unique(calls.stops[runs[of_trip] & ~calls.uncertain])
        near = [
            bool(
                (
                    pairs_km(np.broadcast_to(zone, (len(called), 2)), network.stops.places[called])
                    <= km
                ).any()
            )
            for zone in zones
        ]
        shares.append(float(np.mean(near)))
    return float(np.median(shares)) >= parameters.number("timetable.local_lines.zone_share")


def _walk_km(parameters: Parameters) -> float:
    """Return how far, in a straight line, the walk to a stop leads at most."""
    hours = parameters.number("journeys.anybody.to_stop_minutes") / 60.0
    return (
        hours * parameters.number("travel.walk.speed_kmh") / parameters.number("travel.walk.detour")
    )
