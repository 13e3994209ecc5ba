"""Stops where none can be: at nought, far away, in the sea; and stops that nothing calls at."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from maillage.access.timetable.distances import pairs_km
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.feed_part import FeedPart
from maillage.access.timetable.model import FlagArray
from maillage.kernel.findings import FindingKind, Severity
from maillage.kernel.french import number
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

OnLand = Callable[[FloatArray], FlagArray]
"""Which of (n, 2) lon/lat degrees are on land, as far as is known."""

_NOUGHT_DEGREES = 1e-3  # some hundred metres around 0, 0: what rounding leaves of nothing

STOP_AT_NOUGHT = FindingKind(
    "timetable-stop-at-nought",
    Severity.ERROR,
    "Arrêts placés à la latitude 0 et à la longitude 0 : {n} (ainsi {value}).",
    "Demandez au producteur la vraie position de ces arrêts.",
)
STOP_FAR_AWAY = FindingKind(
    "timetable-stop-far-away",
    Severity.WARNING,
    "Arrêts très loin du milieu du réseau : {n} (ainsi {value}).",
    "Vérifiez que leur latitude et leur longitude ne sont ni inversées ni fausses.",
)
STOP_IN_THE_SEA = FindingKind(
    "timetable-stop-in-the-sea",
    Severity.WARNING,
    "Arrêts hors de toute commune connue, peut-être dans la mer : {n} (ainsi {value}).",
    "Vérifiez leur position sur la carte.",
)
STOP_NEVER_CALLED_AT = FindingKind(
    "timetable-stop-never-called-at",
    Severity.INFO,
    "Arrêts où rien ne passe : {n} (ainsi {value}).",
    "Rien à faire, sauf si l'un d'eux est desservi sur le terrain : il manque alors des courses.",
)


CHANGE_TOO_SHORT = FindingKind(
    "timetable-change-too-short",
    Severity.WARNING,
    "Correspondances publiées plus courtes que la plus rapide des marches : {n} (ainsi {value}). "
    "La marche en tient lieu, si elle n'est pas trop longue pour changer.",
    "Demandez au producteur si ces arrêts sont bien ceux-là, et la durée de la correspondance.",
)


def check_changes(part: FeedPart, parameters: Parameters, doubts: Doubts) -> None:
    """Tell of the published changes of one feed that nobody walks so fast."""
    stops, changes = part.network.stops, part.network.transfers
    km = pairs_km(stops.places[changes.origins], stops.places[changes.destinations])
    least = km / parameters.number("journeys.reach.straight_kmh") * 3600.0
    apart = km > parameters.number("journeys.change.told_metres") / 1000.0
    known = (changes.seconds >= 0) & part.stops[changes.origins]
    wrong = np.flatnonzero(known & apart & (changes.seconds < least))
    told = [
        tr("{origin} → {destination} : {seconds} s pour {km} km").format(
            origin=stops.names[changes.origins[at]],
            destination=stops.names[changes.destinations[at]],
            seconds=changes.seconds[at],
            km=number(float(km[at]), 1),
        )
        for at in wrong
    ]
    doubts.tell_all(CHANGE_TOO_SHORT, "", told)


def check_stops(
    part: FeedPart, parameters: Parameters, doubts: Doubts, on_land: OnLand | None
) -> None:
    """Tell of the doubtful stops of one feed; without ``on_land`` nothing is said of the sea."""
    own, places = np.flatnonzero(part.stops), part.network.stops.places[part.stops]
    nought: FlagArray = np.less(np.abs(places).max(axis=1), _NOUGHT_DEGREES)
    far = _far(places, nought, parameters)
    sea = np.zeros(len(own), dtype=np.bool_) if on_land is None else ~on_land(places)
    wrong = (
        (STOP_AT_NOUGHT, nought),
        (STOP_FAR_AWAY, far),
        (STOP_IN_THE_SEA, sea & ~nought & ~far),
        (STOP_NEVER_CALLED_AT, _uncalled(part)[own]),
    )
    stops = part.network.stops
    for kind, which in wrong:
        named = [f"{stops.names[stop]} [{stops.ids[stop]}]" for stop in own[which]]
        doubts.tell_all(kind, "", named)


def _far(places: FloatArray, nought: FlagArray, parameters: Parameters) -> FlagArray:
    """Return the stops far from the middle of the others: the median, which a few do not move."""
    if nought.all():
        return np.zeros(len(places), dtype=np.bool_)
    middle = np.median(places[~nought], axis=0)
    km = pairs_km(places, np.broadcast_to(middle, places.shape))
    least = parameters.number("timetable.far_stop.least_km")
    times = parameters.number("timetable.far_stop.times_median")
    far: FlagArray = ~nought & (km > max(least, times * float(np.median(km[~nought]))))
    return far


def _uncalled(part: FeedPart) -> FlagArray:
    """Return the stops that nothing calls at, stations aside that have stops of their own."""
    stops = part.network.stops
    used = np.zeros(len(stops.ids), dtype=np.bool_)
    used[part.network.calls.stops] = True
    numbers = np.arange(len(stops.ids))
    used[stops.stations[stops.stations != numbers]] = True
    return ~used
