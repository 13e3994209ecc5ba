"""The flat sheet on which the fictional territory is drawn, in whole metres, and where it lies.

The sheet lies in the open sea, in the bay of Biscay, some 130 km from the nearest shore: inside
the box where readers expect the coordinates of mainland France, yet where no real place is. So
nothing fictional is ever attached to a real place.

Only additions, multiplications and divisions are used on the way to the files, and all is rounded
to whole metres, then to five decimals of a degree: the same digits on every machine.
"""

from __future__ import annotations

from maillage.kernel.geometry import Point

Spot = tuple[int, int]
"""A place on the sheet: metres east, metres north of its middle."""

ORIGIN_LON, ORIGIN_LAT = -3.6, 46.0
_METRES_PER_DEGREE_EAST = 77_465  # at 46° north
_METRES_PER_DEGREE_NORTH = 111_195
DECIMALS = 5


def to_degrees(spot: Spot) -> Point:
    """Return the longitude and latitude of a spot, to five decimals (about one metre)."""
    return Point(
        lon=round(ORIGIN_LON + spot[0] / _METRES_PER_DEGREE_EAST, DECIMALS),
        lat=round(ORIGIN_LAT + spot[1] / _METRES_PER_DEGREE_NORTH, DECIMALS),
    )


def squared_metres(a: Spot, b: Spot) -> int:
    """Return the square of the distance between two spots."""
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
