"""Times between points as lines on the map: one for each pair."""

from __future__ import annotations

import numpy as np

from maillage.access.layers import Cell, Layer, Segment
from maillage.access.times import TimesTable
from maillage.kernel.geometry import FloatArray, Point
from maillage.reports.access.times_csv import COLUMNS

_KINDS: dict[str, type] = dict(zip(COLUMNS, (str, str, float), strict=True))


def times_layer(table: TimesTable) -> Layer:
    """Return one straight line a pair, in order of the points as given.

    Minutes have one decimal, as in the CSV; None = unreachable.
    """
    origins, destinations = (_points(end) for end in table.ends)
    rows: list[tuple[Cell, ...]] = []
    shapes: list[Segment] = []
    for i, origin in enumerate(table.origins):
        for j, destination in enumerate(table.destinations):
            minutes = float(table.minutes[i, j])
            told = float(np.round(minutes, 1)) if np.isfinite(minutes) else None
            rows.append((origin, destination, told))
            shapes.append(Segment(origins[i], destinations[j]))
    return Layer("times", _KINDS, rows, shapes)


def _points(places: FloatArray) -> list[Point]:
    return [Point(lon, lat) for lon, lat in places.tolist()]
