"""The national schema, old and new, in JSON, GeoJSON or CSV: hubs, counsellors, the map."""

from __future__ import annotations

import datetime as dt

from maillage.directory.hours import parse_hours
from maillage.directory.intake.reading import Recipe, told, told_in
from maillage.directory.intake.records import Keep, RawPlace, SourcedRecord
from maillage.kernel.findings import Finding, Where
from maillage.kernel.provenance import LocalFile
from maillage.standard.aliases import field_of_column
from maillage.standard.html_text import without_html
from maillage.tables.model import Row

_PLACE = {"code_postal", "code_insee", "latitude", "longitude", "commune", "cle_ban"}
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
        field = _field(column)
        if field in _PLACE:
            told_here.setdefault(field, without_html(text))
    cle_ban = told_here.pop("cle_ban", "")
    if cle_ban:  # an address of the Base Adresse Nationale begins with its INSEE code
        told_here.setdefault("code_insee", cle_ban.split("_")[0])
    return RawPlace(**told_here)


def translate(row: Row, where: Where, doubts: list[Finding]) -> dict[str, str]:
    """Return the row with its hours in OSM syntax; its other columns are read by ``standard``."""
    hours, new = parse_hours(told_in(row.cells, "horaires"), where)
    doubts += new
    cells = {column: text for column, text in row.cells.items() if _field(column) != "horaires"}
    return told(cells, horaires=hours)


def _field(column: str) -> str | None:
    found = field_of_column(column)
    return found[0] if found else None
