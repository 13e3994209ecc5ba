"""Points, boxes and great-circle distances (WGS84 degrees in, kilometres out)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
_KM_PER_DEGREE = math.radians(1.0) * EARTH_RADIUS_KM


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place on earth: WGS84 degrees, longitude first as in GeoJSON."""

    lon: float
    lat: float


def coordinates(points: list[Point] | tuple[Point, ...]) -> FloatArray:
    """Return an (n, 2) array of longitude, latitude in degrees."""
    return np.array([(p.lon, p.lat) for p in points], dtype=np.float64).reshape(-1, 2)


def distances_km(origins: FloatArray, destinations: FloatArray) -> FloatArray:
    """Return the (n, m) great-circle distances in km between (n, 2) and (m, 2) lon/lat degrees."""
    a, b = np.radians(origins)[:, None, :], np.radians(destinations)[None, :, :]
    half = np.sin((b - a) / 2.0) ** 2
    h = half[..., 1] + np.cos(a[..., 1]) * np.cos(b[..., 1]) * half[..., 0]
    km: FloatArray = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return km


@dataclass(frozen=True, slots=True)
class Box:
    """A box of longitudes and latitudes, in degrees, its edges included."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, places: FloatArray) -> npt.NDArray[np.bool_]:
        """Return which of (n, 2) lon/lat degrees are in the box."""
        inside: npt.NDArray[np.bool_] = (
            (places[:, 0] >= self.west)
            & (places[:, 0] <= self.east)
            & (places[:, 1] >= self.south)
            & (places[:, 1] <= self.north)
        )
        return inside

    def widened(self, km: float) -> Box:
        """Return the box with a margin of that many kilometres on every side."""
        up = km / _KM_PER_DEGREE
        farthest = min(89.0, max(abs(self.south - up), abs(self.north + up)))
        aside = up / math.cos(math.radians(farthest))
        return Box(self.west - aside, self.south - up, self.east + aside, self.north + up)


def box_around(places: FloatArray, margin_km: float) -> Box:
    """Return the box of (n, 2) lon/lat degrees, n at least 1, with a margin in kilometres."""
    west, south = places.min(axis=0)
    east, north = places.max(axis=0)
    return Box(float(west), float(south), float(east), float(north)).widened(margin_km)
