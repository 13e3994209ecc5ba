"""Trips that run too fast to be true, and trips told twice."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from maillage.access.timetable.distances import along_km
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.feed_part import FeedPart
from maillage.access.timetable.model import Network
from maillage.access.timetable.select import trip_of_calls
from maillage.kernel import french
from maillage.kernel.findings import FindingKind, Severity
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

TOO_FAST = FindingKind(
    "timetable-too-fast",
    Severity.WARNING,
    "Courses à une vitesse impossible entre deux arrêts : {n} (ainsi {value}).",
    "Vérifiez la position des arrêts et les heures : l'une des deux est fausse.",
)
TRIP_TWICE = FindingKind(
    "timetable-trip-twice",
    Severity.INFO,
    "Courses qui en répètent une autre de la même ligne, aux mêmes heures et le même jour : {n} "
    "(ainsi {value}).",
    "Rien à faire : les temps de trajet n'en dépendent pas.",
)


def speeds_kmh(network: Network, rounding_seconds: float) -> FloatArray:
    """Return the (n calls,) km/h from the call before in a straight line, 0 at first calls.

    ``rounding_seconds`` are added to each duration: what rounding to the minute can have taken.
    """
    calls, of_trip = network.calls, trip_of_calls(network.trips)
    km = along_km(network.stops.places[calls.stops], of_trip)
    seconds = np.zeros(len(km))
    seconds[1:] = calls.arrivals[1:] - calls.departures[:-1]
    return np.divide(km * 3600.0, seconds + rounding_seconds, out=np.zeros(len(km)), where=km > 0)


def check_speeds(
    part: FeedPart, speeds: FloatArray, parameters: Parameters, doubts: Doubts
) -> None:
    """Tell of the trips of one feed that go faster than their kind of vehicle can."""
    network = part.network
    limits = [
        parameters.number(f"timetable.fastest_kmh.{line.vehicle.name.lower()}")
        for line in network.lines
    ]
    of_trip = trip_of_calls(network.trips)
    limit = np.array(limits)[network.trips.lines][of_trip]
    fast = np.flatnonzero((speeds > limit) & part.trips[of_trip])
    _, first = np.unique(of_trip[fast], return_index=True)
    doubts.tell_all(TOO_FAST, "", [_told(network, call, speeds[call]) for call in fast[first]])


def _told(network: Network, call: int, speed: float) -> str:
    names = network.stops.names
    line = network.lines[
        network.trips.lines[np.searchsorted(network.trips.first_call, call, side="right") - 1]
    ]
    return tr("{line} de {origin} à {destination} : {speed} km/h").format(
        line=line.short_name or line.long_name,
        origin=names[network.calls.stops[call - 1]],
        destination=names[network.calls.stops[call]],
        speed=french.number(speed),
    )


def check_repeats(part: FeedPart, doubts: Doubts) -> None:
    """Tell of the trips of one feed that do on some day what another of their line does."""
    trips, calls = part.network.trips, part.network.calls
    firsts = trips.first_call.tolist()
    alike: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    told = np.stack([calls.stops, calls.arrivals, calls.departures], axis=1)
    for trip in np.flatnonzero(part.trips).tolist():
        way = told[firsts[trip] : firsts[trip + 1]].tobytes()
        alike[int(trips.lines[trip]), way].append(trip)
    again = [
        trips.ids[trip]
        for group in alike.values()
        if len(group) > 1
        for trip in _again(part.network, group)
    ]
    doubts.tell_all(TRIP_TWICE, "", again)


def _again(network: Network, group: list[int]) -> list[int]:
    """Return those of the trips that run on a day on which one before them runs."""
    taken = np.zeros(network.services.runs.shape[1], dtype=np.bool_)
    again = []
    for trip in group:
        runs = network.services.runs[network.trips.services[trip]]
        if (taken & runs).any():
            again.append(trip)
        taken |= runs
    return again
