"""Latitude and longitude as told → WGS84 degrees in France, or absent with a finding."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from maillage.kernel.findings import Finding, Where
from maillage.standard import findings as kinds
from maillage.standard.cells import number

if TYPE_CHECKING:
    from pyproj import Transformer

# Boxes around France: south, north, west, east, in degrees; a little sea and border included.
_BOXES = (
    (41.2, 51.3, -5.4, 9.8),  # métropole
    (14.2, 18.3, -63.3, -60.7),  # Guadeloupe, Martinique, Saint-Martin, Saint-Barthélemy
    (2.0, 6.0, -54.7, -51.4),  # Guyane
    (-21.5, -20.7, 55.1, 56.0),  # La Réunion
    (-13.2, -12.4, 44.9, 45.4),  # Mayotte
    (46.6, 47.3, -56.6, -56.0),  # Saint-Pierre-et-Miquelon
    (-23.0, -17.5, 158.0, 172.5),  # Nouvelle-Calédonie
    (-28.0, -7.5, -155.0, -134.0),  # Polynésie française
    (-14.6, -13.0, -178.5, -176.0),  # Wallis-et-Futuna
)
_LAMBERT_X, _LAMBERT_Y = (0.0, 1_300_000.0), (6_000_000.0, 7_200_000.0)  # metres

Place = tuple[float, float]
Doubts = tuple[Finding, ...]


def parse_coordinates(
    latitude: str | None, longitude: str | None, where: Where
) -> tuple[Place | None, Doubts]:
    """Return (latitude, longitude) in degrees, and what was doubtful or mended.

    Decimal commas are read; swapped columns are swapped back and Lambert-93 metres converted,
    each with a finding; zeros, half a pair and places outside France are absent with a finding.
    """
    if latitude is None and longitude is None:
        return None, ()
    told = f"{latitude or ''}, {longitude or ''}"
    lat, lon = number(latitude or ""), number(longitude or "")
    if lat is None or lon is None:
        return None, (kinds.COORDINATES_UNREADABLE.at(where, value=told),)
    if in_france(lat, lon):
        return (lat, lon), ()
    return _mended(lat, lon, told, where)


def _mended(lat: float, lon: float, told: str, where: Where) -> tuple[Place | None, Doubts]:
    """Return where a pair outside France may truly be, with the finding that says how."""
    if lat == 0.0 and lon == 0.0:
        return None, (kinds.COORDINATES_ZERO.at(where, value=told),)
    if in_france(lon, lat):
        return (lon, lat), (kinds.COORDINATES_SWAPPED.at(where, value=told),)
    place = _from_lambert(lon, lat) or _from_lambert(lat, lon)
    if place is not None and in_france(*place):
        read = f"{place[0]:.5f}, {place[1]:.5f}"
        return place, (kinds.COORDINATES_LAMBERT.at(where, value=told, read=read),)
    return None, (kinds.COORDINATES_OUTSIDE.at(where, value=told),)


def in_france(lat: float, lon: float) -> bool:
    """Say whether degrees fall in one of the boxes around France, overseas included."""
    return any(s <= lat <= n and w <= lon <= e for s, n, w, e in _BOXES)


def _from_lambert(x: float, y: float) -> Place | None:
    """Return the degrees of Lambert-93 metres, to a tenth of a metre (6 decimals)."""
    if not (_LAMBERT_X[0] < x < _LAMBERT_X[1] and _LAMBERT_Y[0] < y < _LAMBERT_Y[1]):
        return None
    lon, lat = _lambert().transform(x, y)
    return round(lat, 6), round(lon, 6)


@lru_cache(maxsize=1)
def _lambert() -> Transformer:
    from pyproj import Transformer  # noqa: PLC0415 - heavy, and metres are seldom told

    return Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)
