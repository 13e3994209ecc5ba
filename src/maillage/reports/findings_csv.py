"""findings.csv: every doubt, line by line, with what to do; safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maillage.diagnosis.model import Diagnosis
from maillage.kernel.atomic import write_whole
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.tables.write import csv_bytes

COLUMNS = (
    "gravité", "code", "source", "ligne", "sujet", "champ", "valeur", "constat", "que faire",
)  # fmt: skip


class FindingsCsv:
    """Writes ``findings.csv``."""

    @property
    def file_name(self) -> str:
        """The name of the file it makes."""
        return "findings.csv"

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the table in the folder and return its path."""
        path = folder / self.file_name
        write_whole(path, findings_bytes(diagnosis.findings))
        return path


def findings_bytes(findings: Sequence[Finding]) -> bytes:
    """Return the table of some findings."""
    return csv_bytes(COLUMNS, [_row(finding) for finding in findings], neutralise=True)


def _row(finding: Finding) -> dict[str, str | None]:
    where = finding.where
    return {
        "gravité": tr(finding.severity.label),
        "code": finding.code,
        "source": where.source,
        "ligne": None if where.line is None else str(where.line),
        "sujet": where.subject,
        "champ": where.field,
        "valeur": finding.value,
        "constat": finding.message,
        "que faire": finding.advice,
    }
