"""Minutes to the nearest help: one matrix per mode, cut in blocks of zones to stay small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from maillage.access.model import NearestTimes, ServiceKey
from maillage.access.offer import SERVICE_KEYS, Offer, offer_of
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.directory.model import Directory
from maillage.kernel.geometry import FloatArray, coordinates
from maillage.territory.model import Territory

BLOCK_CELLS = 1_000_000
"""Most cells of a travel-time matrix held at once (8 MB a copy)."""

ByServiceAndMode = Mapping[tuple[ServiceKey, Mode], FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class TwoNearest:
    """The nearest lieu of each service, and the minutes to the second: what is left if it closes.

    ``second[service, mode]`` is (n_zones,) minutes, inf where there is no second lieu.
    """

    first: NearestTimes
    second: ByServiceAndMode


def nearest_times(territory: Territory, directory: Directory, engine: TravelTimes) -> NearestTimes:
    """Return the minutes from each zone to its nearest lieu, by service and mode."""
    return two_nearest(territory, directory, engine).first


def two_nearest(territory: Territory, directory: Directory, engine: TravelTimes) -> TwoNearest:
    """Return the nearest and second-nearest lieu of each zone, by service and mode.

    Of lieux equally near, the first by id counts as the nearest.
    """
    offer = offer_of(directory)
    origins = coordinates(tuple(zone.point for zone in territory.zones))
    minutes: dict[tuple[ServiceKey, Mode], FloatArray] = {}
    nearest: dict[tuple[ServiceKey, Mode], FloatArray] = {}
    second: dict[tuple[ServiceKey, Mode], FloatArray] = {}
    for mode in Mode:
        found = _nearest_by_mode(origins, offer, engine, Trip(mode))
        for s, key in enumerate(SERVICE_KEYS):
            nearest[key, mode] = found[0, s]
            minutes[key, mode] = found[1, s]
            second[key, mode] = found[2, s]
    n_lieux = {
        key: int(np.count_nonzero(offer.n_permanences[s])) for s, key in enumerate(SERVICE_KEYS)
    }
    return TwoNearest(NearestTimes(minutes, nearest, offer.lieu_ids, n_lieux), second)


def minutes_to_nearest(
    origins: FloatArray, places: FloatArray, engine: TravelTimes, trip: Trip
) -> FloatArray:
    """Return the (n,) minutes from (n, 2) origins to the nearest of (m, 2) places, inf if none."""
    minutes = np.full(len(origins), np.inf)
    if len(places):
        for rows, block in matrix_blocks(origins, places, engine, trip):
            minutes[rows] = block.min(axis=1)
    return minutes


def matrix_blocks(
    origins: FloatArray, places: FloatArray, engine: TravelTimes, trip: Trip
) -> Iterator[tuple[slice, FloatArray]]:
    """Give the travel-time matrix by blocks of origins: (rows, (n_rows, m) minutes)."""
    height = max(1, BLOCK_CELLS // max(1, len(places)))
    for start in range(0, len(origins), height):
        rows = slice(start, min(start + height, len(origins)))
        yield rows, engine.matrix(origins[rows], places, trip)


def _nearest_by_mode(
    origins: FloatArray, offer: Offer, engine: TravelTimes, trip: Trip
) -> FloatArray:
    """Return (3, 10, n_zones): index of the nearest lieu, its minutes, minutes to the second."""
    found = np.full((3, len(SERVICE_KEYS), len(origins)), np.inf)
    found[0] = -1.0
    columns = [np.flatnonzero(row) for row in offer.n_permanences]
    if offer.lieu_ids:
        for rows, block in matrix_blocks(origins, offer.places, engine, trip):
            for s, giving in enumerate(columns):
                if len(giving):
                    found[:, s, rows] = two_least(block[:, giving], giving)
    return found


def two_least(block: FloatArray, giving: np.ndarray[tuple[int], np.dtype[np.intp]]) -> FloatArray:
    """Return (3, n_rows): the lieu index of the least (-1 if inf), the least, the second.

    ``block`` is (n_rows, n) minutes to the lieux whose indices are ``giving``; it is spent.
    """
    at = block.argmin(axis=1)
    rows = np.arange(len(block))
    least = block[rows, at]
    block[rows, at] = np.inf
    return np.stack([np.where(np.isfinite(least), giving[at], -1.0), least, block.min(axis=1)])
