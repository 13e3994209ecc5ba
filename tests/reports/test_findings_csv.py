"""findings.csv: every doubt, safe to open."""

from __future__ import annotations

import csv
from pathlib import Path

from maillage.diagnosis.model import Diagnosis
from maillage.reports.findings_csv import COLUMNS, FindingsCsv


def _rows(diagnosis: Diagnosis, folder: Path) -> list[dict[str, str]]:
    path = FindingsCsv().write(diagnosis, folder)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_finding_is_a_row(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """Nothing is left out, columns are in French, an absent line is an empty cell."""
    rows = _rows(diagnosis, tmp_path)
    assert [row["code"] for row in rows] == [f.code for f in diagnosis.findings]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["ligne"] == "9"
    assert rows[0]["gravité"] == "à vérifier"


def test_no_cell_runs_in_a_spreadsheet(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """A value that begins like a formula is made text."""
    rows = _rows(diagnosis, tmp_path)
    assert rows[2]["valeur"] == "'=Fabrique <du> coin"
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row.values())
