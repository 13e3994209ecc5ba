"""Contours of zones: from GeoJSON, joined, and points seen from them.

Shapely is loaded only where it is used: a territory without maps does without it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.territory.model import Contour, Ring, Zone

if TYPE_CHECKING:
    from shapely import LinearRing
    from shapely.geometry.base import BaseGeometry

_LEAST_RING = 4  # a closed triangle
_SLIVER_DEG = 0.0005  # twice and a half what published contours are simplified by


def contour_of(geometry: object) -> Contour:
    """Return the contour of a GeoJSON Polygon or MultiPolygon.

    Raises ValueError where it is something else, or a ring is not closed degrees.
    """
    told = geometry if isinstance(geometry, dict) else {}
    kind, parts = told.get("type"), told.get("coordinates")
    if kind == "Polygon":
        parts = [parts]
    elif kind != "MultiPolygon":
        raise ValueError(str(kind))
    if not isinstance(parts, list) or not parts:
        raise ValueError(f"{kind}: {parts!r}"[:60])
    return tuple(_polygon(part) for part in parts)


def _polygon(rings: object) -> tuple[Ring, ...]:
    if not isinstance(rings, list) or not rings:
        raise ValueError(repr(rings)[:60])
    return tuple(_ring(ring) for ring in rings)


def _ring(positions: object) -> Ring:
    if not isinstance(positions, list):
        raise ValueError(repr(positions)[:60])  # noqa: TRY004 - the file is wrong, not the call
    try:
        ring = tuple((float(p[0]), float(p[1])) for p in positions)
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise ValueError(repr(positions)[:60]) from error
    if len(ring) < _LEAST_RING or ring[0] != ring[-1]:
        raise ValueError(f"{len(ring)} points")
    if any(not (abs(lon) <= 180.0 and abs(lat) <= 90.0) for lon, lat in ring):
        raise ValueError(f"{ring[0]}")
    return ring


def outline(zones: Iterable[Zone]) -> Contour:
    """Return the contour of the union of the zones; empty where no zone has one.

    Contours simplified one by one leave slivers between neighbours: gaps narrower than a hundred
    metres are closed.
    """
    from shapely import union_all  # noqa: PLC0415 - heavy, loaded where used

    shapes = [shape(zone.contour) for zone in zones if zone.contour is not None]
    if not shapes:
        return ()
    swollen = union_all([each.buffer(_SLIVER_DEG, join_style="mitre") for each in shapes])
    return contour_from(swollen.buffer(-_SLIVER_DEG, join_style="mitre"))


def united(contours: Sequence[Contour]) -> Contour:
    """Return the contour of the union of some; the same, however they are ordered."""
    from shapely import union_all  # noqa: PLC0415 - heavy, loaded where used

    if len(contours) == 1:
        return contours[0]
    return contour_from(union_all([shape(each) for each in sorted(contours)]))


def shape(contour: Contour) -> BaseGeometry:
    """Return the valid shapely geometry of a contour."""
    from shapely import MultiPolygon, make_valid  # noqa: PLC0415 - heavy, loaded where used

    return make_valid(MultiPolygon([(polygon[0], list(polygon[1:])) for polygon in contour]))


def inner_point(contour: Contour) -> Point:
    """Return a point that stands inside the contour."""
    point = shape(contour).representative_point()
    return Point(float(point.x), float(point.y))


def spread_points(zone: Zone, wanted: int) -> tuple[Point, ...]:
    """Return about that many points on a regular grid inside a zone, west to east.

    A zone without contour, or too thin for the grid, has its own point only.
    """
    if zone.contour is None:
        return (zone.point,)
    return spread_in(zone.contour, wanted) or (zone.point,)


def spread_in(contour: Contour, wanted: int) -> tuple[Point, ...]:
    """Return about that many points on a regular grid inside a contour, west to east.

    None at all where it is too thin for the grid.
    """
    from shapely import contains_xy  # noqa: PLC0415 - heavy, loaded where used

    area = shape(contour)
    step = math.sqrt(area.area / wanted)
    west, south, east, north = area.bounds
    lon, lat = np.meshgrid(
        np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step)
    )
    inside = contains_xy(area, lon.ravel(), lat.ravel())
    grid = sorted(zip(lon.ravel()[inside].tolist(), lat.ravel()[inside].tolist(), strict=True))
    return tuple(Point(*place) for place in grid)


def outside_km(contour: Contour, point: Point) -> float:
    """Return how far the point stands outside the contour, in km; 0 inside."""
    from shapely.geometry import Point as ShapelyPoint  # noqa: PLC0415 - heavy, loaded where used
    from shapely.ops import nearest_points  # noqa: PLC0415

    there = ShapelyPoint(point.lon, point.lat)
    nearest = nearest_points(shape(contour), there)[0]
    near = Point(float(nearest.x), float(nearest.y))
    return float(distances_km(coordinates([near]), coordinates([point]))[0, 0])


def contour_from(geometry: BaseGeometry) -> Contour:
    """Return the contour of the polygons of a shapely geometry in degrees; empty without any."""
    from shapely import Polygon  # noqa: PLC0415 - heavy, loaded where used

    parts: Sequence[BaseGeometry] = getattr(geometry, "geoms", [geometry])
    polygons = [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
    contour = [
        (_positions(polygon.exterior), *sorted(_positions(hole) for hole in polygon.interiors))
        for polygon in polygons
    ]
    return tuple(sorted(contour))


def _positions(ring: LinearRing) -> Ring:
    return tuple((float(lon), float(lat)) for lon, lat in ring.coords)
