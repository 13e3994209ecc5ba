"""A layer as GeoParquet 1.1, through pyarrow: what notebooks and DuckDB read fastest."""

from __future__ import annotations

import io
import json
from types import ModuleType
from typing import Any

from maillage.access.layers import Layer, Segment, Shape
from maillage.kernel.errors import MissingExtra
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr

_GEOMETRY = "geometry"


def layer_geoparquet(layer: Layer) -> bytes:
    """Return the file: WKB geometries, longitude and latitude in degrees (OGC:CRS84).

    Same layer, same bytes. Raises MissingExtra where pyarrow is not installed.
    """
    pa, parquet = _modules()
    columns = list(zip(*layer.rows, strict=True)) if layer.rows else [()] * len(layer.kinds)
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    arrays = [
        pa.array(values, type=types[kind])
        for values, kind in zip(columns, layer.kinds.values(), strict=True)
    ]
    shapes = pa.array([_wkb(shape) for shape in layer.shapes], type=pa.binary())
    table = pa.table([*arrays, shapes], names=[*layer.kinds, _GEOMETRY])
    table = table.replace_schema_metadata({"geo": json.dumps(_geo(layer))})
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _geo(layer: Layer) -> dict[str, Any]:
    """Return the metadata that the GeoParquet standard asks for."""
    kinds = sorted({_kind(shape) for shape in layer.shapes})
    return {
        "version": "1.1.0",
        "primary_column": _GEOMETRY,
        "columns": {_GEOMETRY: {"encoding": "WKB", "geometry_types": kinds}},
    }


def _kind(shape: Shape) -> str:
    if isinstance(shape, Point):
        return "Point"
    return "LineString" if isinstance(shape, Segment) else "MultiPolygon"


def _wkb(shape: Shape) -> bytes:
    import shapely

    if isinstance(shape, Point):
        return bytes(shapely.to_wkb(shapely.Point(shape.lon, shape.lat), byte_order=1))
    if isinstance(shape, Segment):
        ends = [(end.lon, end.lat) for end in (shape.start, shape.end)]
        return bytes(shapely.to_wkb(shapely.LineString(ends), byte_order=1))
    polygons = [(outer, holes) for outer, *holes in shape]
    return bytes(shapely.to_wkb(shapely.MultiPolygon(polygons), byte_order=1))


def _modules() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        message = tr(
            'Le format GeoParquet demande pyarrow. Installez-le : pip install "maillage[exports]"'
        )
        raise MissingExtra(message) from error
    return pa, parquet
