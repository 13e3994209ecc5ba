"""Points and great-circle distances (WGS84 degrees in, kilometres out)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


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
