"""Any file of rows → a table: the one door of this room."""

from __future__ import annotations

from pathlib import Path

from maillage.tables.delimited import read_delimited
from maillage.tables.grid import table_of
from maillage.tables.json_rows import read_json
from maillage.tables.model import Table
from maillage.tables.signs import cleaned
from maillage.tables.sniff import Content, look


def read_table(path: Path) -> Table:
    """Return the rows of a CSV, JSON, GeoJSON, xlsx, xls or ods file, known by its content.

    Cells are stripped of outer blanks and of control signs (``signs.cleaned``). What is doubtful in
    the file as such stands in the table's findings; a file that cannot be used at all is one
    UnusableFile that says why.
    """
    seen = look(path)
    if seen.content is Content.JSON:
        return cleaned(read_json(path, seen))
    if seen.content is Content.SPREADSHEET:
        from maillage.tables.spreadsheet import read_spreadsheet  # noqa: PLC0415 - heavy, seldom

        return cleaned(table_of(read_spreadsheet(path)))
    return cleaned(table_of(read_delimited(path, seen)))
