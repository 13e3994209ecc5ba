"""Trips that nobody can ride: told, and left out of the network."""

from __future__ import annotations

import numpy as np

from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import FlagArray, Network
from maillage.access.timetable.select import keep_trips, trip_of_calls
from maillage.kernel.findings import FindingKind, Severity

TIMES_GO_BACK = FindingKind(
    "timetable-times-go-back",
    Severity.ERROR,
    "Courses dont les heures reculent d'un arrêt au suivant, laissées de côté : {n} "
    "(ainsi {value}).",
    "Demandez au producteur de corriger ces heures : on ne devine pas laquelle est fausse.",
)
TRIP_WITHOUT_RIDE = FindingKind(
    "timetable-trip-without-ride",
    Severity.WARNING,
    "Courses de moins de deux arrêts, laissées de côté : {n} (ainsi {value}).",
    "Vérifiez que le jeu est complet : il leur manque sans doute des passages.",
)
MOSTLY_WITHOUT_RIDE = FindingKind(
    "timetable-mostly-without-ride",
    Severity.ERROR,
    "L'essentiel de cet horaire manque : plus de la moitié des courses ({n}, ainsi {value}) ont "
    "moins de deux arrêts. Ce qui en reste ne dit pas ce qui circule.",
    "Demandez au réseau un jeu complet ; en attendant, tenez l'horaire pour manquant.",
)


def sound_trips(network: Network, doubts: Doubts, subject: str) -> Network:
    """Return the network without the trips whose times go back or that call only once.

    Each kind is told of ``subject`` (the file or feed they come from), with their number.
    """
    calls, trips = network.calls, network.trips
    of_trip = trip_of_calls(trips)
    back = calls.arrivals > calls.departures
    same = of_trip[1:] == of_trip[:-1]
    back[1:] |= same & (calls.arrivals[1:] < calls.departures[:-1])
    wrong: FlagArray = np.bincount(of_trip[back], minlength=len(trips.ids)) > 0
    short: FlagArray = np.diff(trips.first_call) < 2
    gutted = len(short) > 0 and short.mean() > 0.5
    of_short = MOSTLY_WITHOUT_RIDE if gutted else TRIP_WITHOUT_RIDE
    for kind, which in ((TIMES_GO_BACK, wrong & ~short), (of_short, short)):
        doubts.tell_all(kind, subject, [trips.ids[trip] for trip in np.flatnonzero(which)])
    return keep_trips(network, ~(wrong | short))
