"""JSON and GeoJSON → rows, each with the line of the file on which its object begins."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from maillage.kernel.findings import Finding, Where
from maillage.tables.encoding import decode
from maillage.tables.findings import NOT_A_POINT
from maillage.tables.json_scan import Found, check_beginning, find_objects
from maillage.tables.model import Row, Table, TableKind
from maillage.tables.sniff import Look, whole_bytes


def read_json(path: Path, look: Look) -> Table:
    """Return the table of a JSON file: a list of objects, or an object that holds one.

    GeoJSON features and one object per line (JSON Lines) are read too. What cannot be read is an
    UnusableFile naming line and column.
    """
    where = Where(source=path.name, subject=path.name)
    if not look.whole:
        check_beginning(path, decode(look.sample, where)[0])
    text, doubts = decode(whole_bytes(path, look), where)
    found, is_geo = find_objects(path, text)
    if not is_geo:
        return _table(path, TableKind.JSON, _numbered(text, found), doubts)
    rows, shapes = _features(path, text, found)
    return _table(path, TableKind.GEOJSON, rows, (*doubts, *shapes))


def _numbered(text: str, found: list[Found]) -> list[Row]:
    lines = _line_numbers(text, found)
    return [Row(n, _cells(item.value)) for n, item in zip(lines, found, strict=True)]


def _line_numbers(text: str, found: list[Found]) -> Iterator[int]:
    line, before = 1, 0
    for item in found:
        line += text.count("\n", before, item.start)
        before = item.start
        yield line


def _features(path: Path, text: str, found: list[Found]) -> tuple[list[Row], list[Finding]]:
    rows: list[Row] = []
    shapeless: list[tuple[int, str]] = []
    for line, item in zip(_line_numbers(text, found), found, strict=True):
        properties = item.value.get("properties")
        cells = _cells(properties if isinstance(properties, dict) else {})
        geometry = item.value.get("geometry")
        if not isinstance(geometry, dict):
            geometry = {}
        if geometry.get("type") == "Point":
            _place(cells, geometry.get("coordinates"))
        elif geometry:
            shapeless.append((line, str(geometry.get("type"))))
        if "id" not in cells and item.value.get("id") is not None:
            cells["id"] = _text(item.value["id"])
        rows.append(Row(line, cells))
    if not shapeless:
        return rows, []
    line, shape = shapeless[0]
    place = Where(path.name, line, path.name)
    return rows, [NOT_A_POINT.at(place, value=shape, n_features=len(shapeless))]


def _place(cells: dict[str, str], coordinates: object) -> None:
    """Add longitude and latitude where the properties tell neither."""
    if "longitude" in cells or "latitude" in cells or not isinstance(coordinates, list):
        return
    if len(coordinates) >= 2 and all(isinstance(c, int | float | str) for c in coordinates[:2]):
        cells["longitude"], cells["latitude"] = map(_text, coordinates[:2])


def _cells(value: dict[str, Any]) -> dict[str, str]:
    """Return the told cells of an object; null and "" are not told, an empty list is."""
    cells: dict[str, str] = {}
    for key, item in value.items():
        if isinstance(item, str):
            if told := item.strip():
                cells[key] = told
        elif item is not None:
            cells[key] = _text(item)
    return cells


def _text(item: object) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, list) and not any(isinstance(part, dict | list) for part in item):
        return "|".join(_text(part) for part in item if part is not None)
    return json.dumps(item, ensure_ascii=False)


def _table(path: Path, kind: TableKind, rows: list[Row], doubts: tuple[Finding, ...]) -> Table:
    columns = dict.fromkeys(key for row in rows for key in row.cells)
    return Table(path, kind, tuple(columns), tuple(rows), tuple(doubts))
