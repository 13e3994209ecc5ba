"""The national schema, old and new, in JSON, GeoJSON or CSV: hubs, counsellors, the map."""

from __future__ import annotations

import datetime as dt

from maillage.directory.hours import parse_hours
from maillage.directory.intake.reading import Recipe, told
from maillage.directory.intake.records import Keep, RawPlace, SourcedRecord
from maillage.kernel.findings import Finding, Where
from maillage.kernel.provenance import LocalFile
from maillage.standard.aliases import field_of_column
from maillage.tables.model import Row

_PLACE = {"code_postal", "code_insee", "latitude", "longitude"}
COLUMNS = frozenset({"nom", "adresse", "code_postal", "commune"})


def read(
    file: LocalFile, keep: Keep, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    """Return the records wanted; older column names and wordings are those ``standard`` knows."""
    return Recipe(place, translate).read(file, keep, on)


def place(row: Row) -> RawPlace:
    """Return where a row of the national schema says it is, under whichever of its column names."""
    told_here: dict[str, str] = {}
    for column, text in row.cells.items():
        found = field_of_column(column)
        if found is not None and found[0] in _PLACE:
            told_here.setdefault(found[0], text)
    return RawPlace(**told_here)


def translate(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
    """Return the row with its hours in OSM syntax; its other columns are read by ``standard``."""
    cells: dict[str, str] = {}
    told_hours: list[str] = []
    for column, text in row.cells.items():
        found = field_of_column(column)
        if found is not None and found[0] == "horaires":
            told_hours.append(text)
        else:
            cells[column] = text
    hours, new = parse_hours(told_hours[0] if told_hours else None, where)
    doubts += new
    return told(cells, horaires=hours)
