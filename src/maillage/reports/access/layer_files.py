"""A layer as CSV or GeoJSON (RFC 7946): same layer, same bytes."""

from __future__ import annotations

import json
from typing import Any

from maillage.access.layers import Cell, Layer, Segment, Shape
from maillage.kernel.geometry import Point
from maillage.tables.write import csv_bytes

_DEGREES = 6  # decimals: about ten centimetres


def layer_csv(layer: Layer) -> bytes:
    """Return the rows without their shapes: empty = not known; no cell is a live formula."""
    names = tuple(layer.kinds)
    rows = ({n: _text(cell) for n, cell in zip(names, row, strict=True)} for row in layer.rows)
    return csv_bytes(names, rows, neutralise=True)


def layer_geojson(layer: Layer) -> bytes:
    """Return a feature collection, one feature a line; null = not known."""
    names = tuple(layer.kinds)
    features = [
        {
            "type": "Feature",
            "geometry": geometry(shape),
            "properties": dict(zip(names, row, strict=True)),
        }
        for row, shape in zip(layer.rows, layer.shapes, strict=True)
    ]
    lines = [json.dumps(one, ensure_ascii=False, allow_nan=False) for one in features]
    return ('{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def geometry(shape: Shape) -> dict[str, Any]:
    """Return the GeoJSON geometry of a point, a line or a contour."""
    if isinstance(shape, Point):
        return {"type": "Point", "coordinates": _rounded(shape.lon, shape.lat)}
    if isinstance(shape, Segment):
        ends = [_rounded(end.lon, end.lat) for end in (shape.start, shape.end)]
        return {"type": "LineString", "coordinates": ends}
    polygons = [[[_rounded(*spot) for spot in ring] for ring in polygon] for polygon in shape]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _rounded(lon: float, lat: float) -> list[float]:
    return [round(lon, _DEGREES), round(lat, _DEGREES)]


def _text(cell: Cell) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    return f"{cell:g}" if isinstance(cell, float) and cell == int(cell) else str(cell)
