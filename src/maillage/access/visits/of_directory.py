"""What visits are made to in a territory: the permanences whose services and place are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from maillage.access.visits.model import OpeningOn
from maillage.access.visits.opening import openings
from maillage.access.visits.territory_visits import Presences
from maillage.access.visits.week import Presence
from maillage.directory.model import Directory
from maillage.kernel.parameters import Parameters


def presences_of(
    directory: Directory, days: Sequence[dt.date], parameters: Parameters
) -> Presences:
    """Return the presences of a directory, neighbours' included, open as told or as usual."""
    kinds = {service.id: service.kind for service in directory.services}
    structures = {structure.id: structure for structure in directory.structures}
    lieux = {lieu.id: lieu for lieu in directory.lieux if lieu.point is not None}
    presences: list[Presence] = []
    opened: dict[str, tuple[OpeningOn, ...]] = {}
    for one in sorted(directory.permanences, key=lambda p: p.id):
        services = frozenset(kinds[i] for i in one.service_ids or ())
        lieu = lieux.get(one.lieu_id)
        if lieu is None or not services:
            continue
        presences.append(Presence(one.id, lieu.id, services))
        opened[one.id] = openings(one, lieu, structures[one.structure_id], days, parameters)
    places = {
        lieu.id: np.array([lieu.point.lon, lieu.point.lat])
        for lieu in lieux.values()
        if lieu.point is not None
    }
    return Presences(tuple(presences), places, opened)
