"""Homes from addresses: the people of a commune shared evenly over its addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.access.homes import HomeBasis, KnownHomes, ReadKnown, rows_by_zone
from maillage.kernel.findings import FindingKind, Severity, Where
from maillage.kernel.french import number
from maillage.kernel.geometry import Box, FloatArray
from maillage.kernel.parameters import Parameters
from maillage.territory.contours import shape
from maillage.territory.locate import Numbers, zones_told
from maillage.territory.model import Territory, Zone

_CURVE_BITS = 16

ADDRESS_ASTRAY = FindingKind(
    "address-astray",
    Severity.WARNING,
    "{n} adresses sont à plus de {km} km de la commune qu'elles disent (la première : {value}) : "
    "elles ne sont pas comptées.",
    "Vérifiez leurs coordonnées.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Addresses:
    """Addresses where people may live: (n, 2) lon/lat degrees, and the INSEE code told for each."""

    points: FloatArray
    communes: tuple[str, ...]


def known_from_addresses(
    addresses: Addresses, territory: Territory, parameters: Parameters, source: str
) -> ReadKnown:
    """Return the addresses of each zone by its id, thinned to a dated number of points.

    An address of several zones is of the one whose contour holds it, else of the first by id. One
    far from its zone's contour is counted in a finding of ``source``, and for nothing else.
    """
    most = int(parameters.number("homes.addresses.most_per_commune"))
    km = parameters.number("homes.addresses.astray_km")
    codes: Sequence[tuple[str, ...]] = [(code,) for code in addresses.communes]
    zones = zones_told(addresses.points, codes, territory)
    astray = np.zeros(len(zones), dtype=np.bool_)
    for number_of, zone in enumerate(territory.zones):
        of = np.flatnonzero(zones == number_of)
        astray[of] = ~_near(zone, addresses.points[of], km)
    zones[astray] = -1
    known = {
        zone_id: _thinned(addresses.points[of], most)
        for zone_id, of in rows_by_zone(zones, territory)
    }
    if not astray.any():
        return ReadKnown(known)
    first = min(map(tuple, addresses.points[astray].tolist()))
    told = f"{first[0]:.4f}, {first[1]:.4f}"
    n = number(int(astray.sum()))
    where = Where(source, subject=source)
    return ReadKnown(known, (ADDRESS_ASTRAY.at(where, value=told, n=n, km=number(km)),))


def _near(zone: Zone, points: FloatArray, km: float) -> np.typing.NDArray[np.bool_]:
    """Return which of (n, 2) points are near the box of a zone's contour; all without a contour."""
    if zone.contour is None or not len(points):
        return np.ones(len(points), dtype=np.bool_)
    return Box(*map(float, shape(zone.contour).bounds)).widened(km).holds(points)


def _thinned(points: FloatArray, most: int) -> KnownHomes:
    """Return at most that many of the points, each counting for as many as it stands for.

    Points are put along a curve that keeps neighbours together and cut in equal runs; the one in
    the middle of a run stands for it. Whatever their order, the same ones are chosen.
    """
    n = len(points)
    along = points[_curve_order(points)]
    n_runs = min(most, n)
    edges = np.arange(n_runs + 1) * n // n_runs
    middles = (edges[:-1] + edges[1:] - 1) // 2
    chosen, which = np.unique(along[middles], axis=0, return_inverse=True)
    weights = np.zeros(len(chosen))
    np.add.at(weights, which.ravel(), np.diff(edges))
    return KnownHomes(chosen, weights, weights, HomeBasis.ADDRESSES, n_addresses=n)


def _curve_order(points: FloatArray) -> Numbers:
    """Return the order of (n, 2) points, n at least 1, along a Z-shaped curve over their box."""
    low, high = points.min(axis=0), points.max(axis=0)
    side = float((high - low).max()) or 1.0
    cells = ((points - low) / side * (2**_CURVE_BITS - 1)).astype(np.int64)
    along = np.zeros(len(points), dtype=np.int64)
    for bit in range(_CURVE_BITS):
        along |= ((cells[:, 0] >> bit) & 1) << (2 * bit)
        along |= ((cells[:, 1] >> bit) & 1) << (2 * bit + 1)
    order: Numbers = np.lexsort((points[:, 1], points[:, 0], along))
    return order
