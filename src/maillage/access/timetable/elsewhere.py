"""Timetables of another place: none of their stops is where they are asked for."""

from __future__ import annotations

import numpy as np

from maillage.access.timetable.model import Network
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number
from maillage.kernel.geometry import Box
from maillage.kernel.language import tr

STOPS_SWAPPED = FindingKind(
    "timetable-stops-swapped",
    Severity.ERROR,
    "Aucun arrêt de ce jeu ({n}) n'est dans le territoire ni ses abords : leur latitude et leur "
    "longitude sont inversées. Rien n'en est lu.",
    "Échangez les deux colonnes dans le fichier des arrêts, ou signalez-le à son producteur.",
)
STOPS_ELSEWHERE = FindingKind(
    "timetable-stops-elsewhere",
    Severity.ERROR,
    "Aucun arrêt de ce jeu ({n}) n'est dans le territoire ni ses abords : leur milieu est à la "
    "{value}. Rien n'en est lu.",
    "Vérifiez que c'est le bon fichier, et la position des arrêts. D'ici là, les visites sont "
    "données entre deux bornes.",
)


def stops_elsewhere(network: Network, box: Box) -> Finding | None:
    """Return the finding that no stop of one feed is in the box; None where some stop is."""
    places = network.stops.places
    if box.holds(places).any():
        return None
    (feed,) = network.feeds
    where, n_stops = Where(feed.name), number(len(places))
    if box.holds(np.ascontiguousarray(places[:, ::-1])).any():
        return STOPS_SWAPPED.at(where, n=n_stops)
    lon, lat = np.median(places, axis=0) if len(places) else (0.0, 0.0)
    told = tr("latitude {lat} et à la longitude {lon}").format(
        lat=number(lat, 2), lon=number(lon, 2)
    )
    return STOPS_ELSEWHERE.at(where, value=told, n=n_stops)
