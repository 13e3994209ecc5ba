"""A table whose rows stand on the map: what is given to a mapping tool, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.kernel.geometry import Point
from maillage.territory.model import Contour

Cell = str | int | float | bool | None
"""One value; None = not known."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line on the map, from one point to another: who is joined, not the way."""

    start: Point
    end: Point


Shape = Point | Segment | Contour
"""Where a row stands."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Columns of equal length, and the point, the line or the contour of each row.

    ``kinds`` gives the type of each column's values (str, int, float, bool), in order.
    """

    name: str
    kinds: Mapping[str, type]
    rows: Sequence[Sequence[Cell]]
    shapes: Sequence[Shape]
