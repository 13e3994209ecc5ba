"""How far vehicles run, in straight lines from call to call."""

from __future__ import annotations

import numpy as np

from maillage.access.timetable.model import IntArray
from maillage.kernel.geometry import EARTH_RADIUS_KM, FloatArray


def pairs_km(origins: FloatArray, destinations: FloatArray) -> FloatArray:
    """Return the (n,) great-circle distances between (n, 2) and (n, 2) lon/lat degrees."""
    a, b = np.radians(origins), np.radians(destinations)
    half = np.sin((b - a) / 2.0) ** 2
    h = half[:, 1] + np.cos(a[:, 1]) * np.cos(b[:, 1]) * half[:, 0]
    km: FloatArray = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return km


def along_km(places: FloatArray, trips: IntArray) -> FloatArray:
    """Return the (n,) km from the call before of the same trip; 0 at each trip's first call.

    ``places`` are the (n, 2) lon/lat degrees of calls laid trip by trip, ``trips`` their trips.
    """
    km = np.zeros(len(trips))
    km[1:] = np.where(trips[1:] == trips[:-1], pairs_km(places[:-1], places[1:]), 0.0)
    return km
