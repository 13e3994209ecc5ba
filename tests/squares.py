"""Two communes side by side with contours, for tests of where people live."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import BETHUNE, east_of, make_territory

from maillage.kernel.geometry import Point
from maillage.territory.model import Contour, Territory


def square(centre: Point, half_km: float) -> Contour:
    """Return a square contour around a point."""
    west, east = east_of(centre, -half_km, -half_km), east_of(centre, half_km, half_km)
    a, b, c, d = west.lon, west.lat, east.lon, east.lat
    return ((((a, b), (c, b), (c, d), (a, d), (a, b)),),)


def two_squares() -> Territory:
    """Return communes 62000 (1,000 people) and 62001 (500), each a square of some 4 km."""
    land = make_territory(2, points=[BETHUNE, east_of(BETHUNE, 4.0)], populations=(1000, 500))
    zones = (replace(zone, contour=square(zone.point, 2.0)) for zone in land.zones)
    return replace(land, zones=tuple(zones))
