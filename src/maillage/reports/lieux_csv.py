"""lieux.csv and lieux-incomplets.csv: the directory in the national schema, cut in two.

Rows that can't be valid without inventing something stand in the second file, with what they lack;
together the two files are the permanences of the territory, each once. A cell that a spreadsheet
would run as a formula is made text by a leading apostrophe.
"""

from __future__ import annotations

from pathlib import Path

from maillage.diagnosis.model import Diagnosis
from maillage.directory.exports import split_exportable
from maillage.kernel.atomic import write_whole
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.tables.write import csv_bytes

CODE, MESSAGE = "constat_code", "constat_message"


class LieuxCsv:
    """Writes ``lieux.csv``: the rows that are valid against the national schema."""

    @property
    def file_name(self) -> str:
        """The name of the file it makes."""
        return "lieux.csv"

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the table in the folder and return its path."""
        valid, _ = split_exportable(diagnosis.directory)
        path = folder / self.file_name
        write_whole(path, csv_bytes(mednum.COLUMNS, valid, neutralise=True))
        return path


class LieuxIncompletsCsv:
    """Writes ``lieux-incomplets.csv``: the other rows, each with what keeps it out."""

    @property
    def file_name(self) -> str:
        """The name of the file it makes."""
        return "lieux-incomplets.csv"

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the table in the folder and return its path."""
        _, incomplete = split_exportable(diagnosis.directory)
        rows = [{**row, **what_is_lacking(findings)} for row, findings in incomplete]
        path = folder / self.file_name
        write_whole(path, csv_bytes((*mednum.COLUMNS, CODE, MESSAGE), rows, neutralise=True))
        return path


def what_is_lacking(findings: tuple[Finding, ...]) -> dict[str, str]:
    """Return the codes and the messages; the lead keeps a spreadsheet from seeing a formula."""
    codes = mednum.SEPARATOR.join(sorted({finding.code for finding in findings}))
    messages = tr("À compléter : {messages}").format(
        messages=" ".join(finding.message for finding in findings)
    )
    return {CODE: codes, MESSAGE: messages}
