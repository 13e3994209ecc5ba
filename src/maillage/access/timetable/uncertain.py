"""What may not be there at its hour: to be booked, or run at headways that are not held to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maillage.access.timetable.model import FlagArray, Network
from maillage.access.timetable.select import trip_of_calls
from maillage.kernel.parameters import Parameters


def doubting_headways(network: Network, parameters: Parameters) -> Network:
    """Return the network with the calls of trips of too long a headway uncertain.

    Of headways that are not held to, those up to ``timetable.certain_headway_minutes``: one waits
    that long at most, and figures are that much off at most.
    """
    longest = parameters.number("timetable.certain_headway_minutes") * 60
    doubtful: FlagArray = network.trips.headways > longest
    if not doubtful.any():
        return network
    uncertain = network.calls.uncertain | doubtful[trip_of_calls(network.trips)]
    return replace(network, calls=replace(network.calls, uncertain=uncertain))


def has_uncertain(network: Network) -> bool:
    """Tell whether a trip that runs on some day has a call that is uncertain."""
    of_calls = trip_of_calls(network.trips)[network.calls.uncertain]
    running: FlagArray = np.asarray(network.services.runs.any(axis=1))
    return bool(running[network.trips.services[np.unique(of_calls)]].any())
