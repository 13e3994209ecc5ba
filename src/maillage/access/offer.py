"""The offer as arrays: where the lieux stand, how many permanences give each service there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.access.model import ServiceKey
from maillage.directory.model import Directory, Lieu, Permanence
from maillage.kernel.geometry import FloatArray, Point, coordinates
from maillage.standard import mednum

SERVICE_KEYS: tuple[ServiceKey, ...] = (*mednum.Service, None)
"""The rows of every array by service: the nine in the standard's order, then any of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """The lieux that can be reached: those with a point and at least one told service, by id.

    ``places`` is (n_lieux, 2) lon/lat degrees; ``n_permanences`` is (10, n_lieux): how many
    permanences give each of ``SERVICE_KEYS`` at each lieu.
    """

    lieu_ids: tuple[str, ...]
    places: FloatArray
    n_permanences: FloatArray


def offer_of(directory: Directory) -> Offer:
    """Return the offer of a directory, neighbours' lieux included."""
    kinds = {service.id: service.kind for service in directory.services}
    told: dict[str, list[set[ServiceKey]]] = {}
    for permanence in directory.permanences:
        given = _given(permanence, kinds)
        if given:
            told.setdefault(permanence.lieu_id, []).append(given)
    placed = _placed(directory, set(told))
    counts = [
        [sum(key in given for given in told[lieu.id]) for lieu, _ in placed] for key in SERVICE_KEYS
    ]
    return Offer(
        lieu_ids=tuple(lieu.id for lieu, _ in placed),
        places=coordinates([point for _, point in placed]),
        n_permanences=np.array(counts, dtype=np.float64).reshape(len(SERVICE_KEYS), len(placed)),
    )


def lieux_untold(directory: Directory) -> tuple[Lieu, ...]:
    """Return the lieux of which no permanence says its services: unknown offer, not no offer."""
    told = {p.lieu_id for p in directory.permanences if p.service_ids is not None}
    untold = {p.lieu_id for p in directory.permanences} - told
    return tuple(lieu for lieu in directory.lieux if lieu.id in untold)


def _given(permanence: Permanence, kinds: dict[str, mednum.Service]) -> set[ServiceKey]:
    services: set[ServiceKey] = {kinds[i] for i in permanence.service_ids or ()}
    return services | {None} if services else services


def _placed(directory: Directory, wanted: set[str]) -> list[tuple[Lieu, Point]]:
    lieux = sorted((lieu for lieu in directory.lieux if lieu.id in wanted), key=lambda p: p.id)
    return [(lieu, lieu.point) for lieu in lieux if lieu.point is not None]
