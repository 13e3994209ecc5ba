"""Layers given to mapping tools: the same rows in CSV, GeoJSON and GeoParquet."""

from __future__ import annotations

import csv
import io
import json

import pytest

from maillage.access.layers import Layer, Segment
from maillage.engines.geoparquet import layer_geoparquet
from maillage.kernel.geometry import Point
from maillage.reports.access.layer_files import layer_csv, layer_geojson

_SQUARE = ((((2.0, 50.0), (2.1, 50.0), (2.1, 50.1), (2.0, 50.0)),),)


@pytest.fixture
def layer() -> Layer:
    """Give three rows, one of which knows little and begins with a formula."""
    return Layer(
        "essai",
        {"id": str, "n": int, "minutes": float},
        (("a", 2, 12.5), ("=1+1", None, None), ("b", 3, 4.0)),
        (Point(2.64, 50.53), _SQUARE, Segment(Point(2.0, 50.0), Point(2.5, 50.1234567))),
    )


def test_csv_holds_the_rows_and_no_live_formula(layer: Layer) -> None:
    """What is not known is an empty cell; what a spreadsheet would run is made text."""
    rows = list(csv.DictReader(io.StringIO(layer_csv(layer).decode())))
    assert rows == [
        {"id": "a", "n": "2", "minutes": "12.5"},
        {"id": "'=1+1", "n": "", "minutes": ""},
        {"id": "b", "n": "3", "minutes": "4"},
    ]


def test_geojson_holds_rows_and_shapes(layer: Layer) -> None:
    """Each row is a feature with its shape, null where nothing is known."""
    features = json.loads(layer_geojson(layer))["features"]
    assert [f["geometry"]["type"] for f in features] == ["Point", "MultiPolygon", "LineString"]
    assert features[2]["geometry"]["coordinates"] == [[2.0, 50.0], [2.5, 50.123457]]
    assert features[1]["properties"] == {"id": "=1+1", "n": None, "minutes": None}


def test_geoparquet_is_read_back_by_another_program(layer: Layer) -> None:
    """Pyarrow and shapely read the same rows; the metadata say where the geometry is, and how."""
    import pyarrow.parquet as pq
    import shapely

    made = layer_geoparquet(layer)
    table = pq.read_table(io.BytesIO(made))
    assert table.column("minutes").to_pylist() == [12.5, None, 4.0]
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["columns"][geo["primary_column"]]["encoding"] == "WKB"
    first, second, third = (
        shapely.from_wkb(value) for value in table.column("geometry").to_pylist()
    )
    assert (first.x, first.y) == (2.64, 50.53)
    assert second.geom_type == "MultiPolygon"
    assert list(third.coords) == [(2.0, 50.0), (2.5, 50.1234567)]
    assert geo["columns"]["geometry"]["geometry_types"] == ["LineString", "MultiPolygon", "Point"]
    assert made == layer_geoparquet(layer)
