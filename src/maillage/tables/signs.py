"""Signs that nobody can see or store leave the cells, and it is said.

A database refuses NUL, a PDF refuses control signs, UTF-8 refuses half a surrogate pair.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.tables.findings import STRAY_SIGNS
from maillage.tables.grid import free_name
from maillage.tables.model import Row, Table

# Everything that is a control sign but tab and line ends, surrogates, and the two non-characters.
_STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNREADABLE = "\ufffd"


def clean(text: str) -> str:
    """Return the text without control signs; half a surrogate is shown as « � ».

    A control sign that parts words (vertical tab, form feed) becomes a space, and one that is a
    sign of Windows (an apostrophe pasted from a word processor) becomes that sign.
    """
    return _STRAY.sub(_instead, text)


def _instead(match: re.Match[str]) -> str:
    sign = match[0]
    if sign >= "\ud800":
        return _UNREADABLE
    if "\x80" <= sign <= "\x9f":  # Windows' apostrophes and dashes, taken for Latin-1 somewhere
        return sign.encode("latin-1").decode("cp1252", errors="ignore")
    return " " if sign.isspace() else ""


@dataclass(slots=True)
class _Column:
    """What was stray in a column: the number of cells, and the first of them, cleaned."""

    first: Where
    value: str
    n_cells: int = 0


@dataclass(slots=True)
class _Strays:
    """The columns in which something was stray, in the order in which they were met."""

    source: str
    columns: dict[str, _Column] = field(default_factory=dict)

    def add(self, column: str, line: int | None, value: str) -> None:
        """Count one more cell (or, without line, the name) of a column."""
        where = Where(self.source, line, self.source, column)
        self.columns.setdefault(column, _Column(where, value)).n_cells += 1

    def findings(self) -> list[Finding]:
        """Return one finding a column."""
        return [
            STRAY_SIGNS.at(told.first, value=told.value, n_cells=told.n_cells)
            for told in self.columns.values()
        ]


def cleaned(table: Table) -> Table:
    """Return the table without stray signs in names, cells and findings, with what was stray told.

    Two columns whose names become the same stay two; a cell of stray signs only is not told.
    """
    strays = _Strays(table.path.name)
    names = _names(table.columns, strays)
    rows = tuple(_row(row, names, strays) for row in table.rows)
    if not strays.columns and not any(_is_stray(finding) for finding in table.findings):
        return table
    said = (_finding(finding) for finding in table.findings)
    columns = tuple(names.values())
    return replace(table, columns=columns, rows=rows, findings=(*said, *strays.findings()))


def _names(columns: Sequence[str], strays: _Strays) -> dict[str, str]:
    """Return the clean name of each column, by its name in the file."""
    taken = {name for name in columns if not _STRAY.search(name)}
    names: dict[str, str] = {}
    for position, name in enumerate(columns, start=1):
        new = name
        if _STRAY.search(name):
            bare = clean(name).strip() or tr("colonne {n}").format(n=position)
            new = free_name(bare, taken)
            taken.add(new)
            strays.add(new, None, new)
        names[name] = new
    return names


def _row(row: Row, names: Mapping[str, str], strays: _Strays) -> Row:
    if not any(map(_STRAY.search, row.cells.values())) and not strays.columns:
        return row
    cells: dict[str, str] = {}
    for name, told in row.cells.items():
        text = told
        if _STRAY.search(told):
            text = clean(told).strip()
            strays.add(names[name], row.line, text)
        if text or not told:
            cells[names[name]] = text
    return Row(row.line, cells)


def _is_stray(finding: Finding) -> bool:
    return _STRAY.search(finding.message) is not None


def _finding(finding: Finding) -> Finding:
    return replace(
        finding,
        message=clean(finding.message),
        value=None if finding.value is None else clean(finding.value),
        where=replace(finding.where, field=finding.where.field and clean(finding.where.field)),
    )
