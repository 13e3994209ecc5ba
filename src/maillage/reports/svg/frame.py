"""From degrees to the units of a drawing: a local equirectangular projection."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from maillage.kernel.geometry import EARTH_RADIUS_KM, Point

SIDE = 960
"""The longer side of a map, in user units: coordinates are whole numbers of them."""
MARGIN = 14
_LEAST_SPAN = 0.02  # degrees: a territory of one point still has room around it


@dataclass(frozen=True, slots=True)
class Frame:
    """A map's frame: where degrees fall, in whole user units, y downwards."""

    west: float
    north: float
    shrink: float
    scale: float
    width: int
    height: int

    def place(self, lon: float, lat: float) -> tuple[int, int]:
        """Return where a point in degrees falls."""
        x = (lon - self.west) * self.shrink * self.scale + MARGIN
        y = (self.north - lat) * self.scale + MARGIN
        return round(x), round(y)

    def holds(self, point: Point) -> bool:
        """Return whether a point falls inside the frame."""
        x, y = self.place(point.lon, point.lat)
        return 0 <= x <= self.width and 0 <= y <= self.height

    @property
    def units_per_km(self) -> float:
        """How many user units one kilometre takes."""
        return self.scale / (math.pi * EARTH_RADIUS_KM / 180.0)


def frame_around(degrees: Iterable[tuple[float, float]]) -> Frame:
    """Return the frame that holds these (lon, lat) points, ``SIDE`` units on its longer side.

    Raises ValueError where there is no point at all.
    """
    points = list(degrees)
    if not points:
        raise ValueError("no point to draw a map around")
    west, east = _wide(min(p[0] for p in points), max(p[0] for p in points))
    south, north = _wide(min(p[1] for p in points), max(p[1] for p in points))
    shrink = math.cos(math.radians((south + north) / 2.0))
    span_x, span_y = (east - west) * shrink, north - south
    scale = (SIDE - 2 * MARGIN) / max(span_x, span_y)
    return Frame(
        west=west,
        north=north,
        shrink=shrink,
        scale=scale,
        width=round(span_x * scale) + 2 * MARGIN,
        height=round(span_y * scale) + 2 * MARGIN,
    )


def _wide(low: float, high: float) -> tuple[float, float]:
    lack = max(0.0, _LEAST_SPAN - (high - low)) / 2.0
    return low - lack, high + lack
