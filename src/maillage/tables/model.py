"""A file of rows as it was read: text cells, and the line that an editor would show."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maillage.kernel.findings import Finding


class TableKind(enum.Enum):
    """The clothes a table came in."""

    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"
    SPREADSHEET = "spreadsheet"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file (from 1, header included) and its told cells.

    A cell that is not told (empty CSV cell, JSON null or "") is absent. A JSON empty list is told:
    its text is "". Lists are joined with "|", nested objects kept as JSON text. A GeoJSON point
    gives ``longitude`` and ``latitude`` where the properties have none.
    """

    line: int
    cells: Mapping[str, str]

    def get(self, *names: str) -> str | None:
        """Return the first told cell among these column names, else None."""
        for name in names:
            if name in self.cells:
                return self.cells[name]
        return None


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file in their order, with what was doubtful in the file as such."""

    path: Path
    kind: TableKind
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()
