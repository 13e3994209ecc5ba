"""Which zone a point belongs to: by the codes told for it, by the contour that holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from maillage.kernel.geometry import FloatArray
from maillage.territory.contours import shape
from maillage.territory.model import Territory, Zone
from maillage.territory.tiles import codes_told_for

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Numbers = npt.NDArray[np.intp]


def zones_holding(points: FloatArray, zones: Sequence[Zone]) -> Numbers:
    """Return the number of the first zone whose contour holds each of (n, 2) points; -1 if none."""
    from shapely import contains_xy  # noqa: PLC0415 - heavy, loaded where used

    found = np.full(len(points), -1, dtype=np.intp)
    for number, zone in enumerate(zones):
        if zone.contour is None:
            continue
        area = shape(zone.contour)
        west, south, east, north = area.bounds
        lon, lat = points[:, 0], points[:, 1]
        near = np.flatnonzero(
            (found < 0) & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        )
        found[near[contains_xy(area, lon[near], lat[near])]] = number
    return found


def zones_told(points: FloatArray, codes: Sequence[Sequence[str]], territory: Territory) -> Numbers:
    """Return the number of each point's zone by the INSEE codes told for it; -1 outside.

    Of several zones, the one whose contour holds the (n, 2) point, else the nearest: by its contour
    where it is known, by its own point else.
    """
    told = codes_told_for(territory)
    of_code: dict[str, list[int]] = defaultdict(list)
    for number, zone in enumerate(territory.zones):
        of_code[zone.code_insee].append(number)
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, some in enumerate(codes):
        members[tuple(some)].append(row)
    found = np.full(len(points), -1, dtype=np.intp)
    for some, rows in members.items():
        today = sorted({told[code] for code in some if code in told})
        numbers = np.array([n for code in today for n in of_code[code]], dtype=np.intp)
        if not len(numbers):
            continue
        found[rows] = numbers[0]
        if len(numbers) > 1:
            zones = [territory.zones[n] for n in numbers.tolist()]
            held = zones_holding(points[rows], zones)
            astray = held < 0
            held[astray] = _nearest(points[rows][astray], zones)
            found[rows] = numbers[held]
    return found


def _nearest(points: FloatArray, zones: Sequence[Zone]) -> Numbers:
    """Return the number of the zone nearest to each of (n, 2) points; of two as near the first."""
    import shapely  # noqa: PLC0415 - heavy, loaded where used

    aside = np.array([np.cos(np.radians(zones[0].point.lat)), 1.0])
    spots = shapely.points(points * aside)
    far = [
        shapely.distance(shapely.transform(_place_of(zone), lambda at: at * aside), spots)
        for zone in zones
    ]
    nearest: Numbers = np.argmin(np.array(far).reshape(len(zones), -1), axis=0)
    return nearest


def _place_of(zone: Zone) -> BaseGeometry:
    from shapely import Point  # noqa: PLC0415 - heavy, loaded where used

    alone = Point(zone.point.lon, zone.point.lat)
    return alone if zone.contour is None else shape(zone.contour)
