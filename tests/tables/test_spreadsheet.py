"""Laws of spreadsheets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from maillage.kernel.errors import UnusableFile
from maillage.tables.model import TableKind
from maillage.tables.read import read_table


def test_an_office_workbook_is_read(tmp_path: Path) -> None:
    """Under a merged title, names and typed cells come out as text on the right lines."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B2"] = "Les lieux du territoire"
    sheet.merge_cells("B2:D2")
    for column, name in enumerate(("nom", "insee", "maj", "ouvre", "gratuit", "lat"), start=2):
        sheet.cell(4, column, name)
    values = ("CCAS", 62119, dt.date(2024, 5, 7), dt.time(9, 30), True, 50.53)
    for column, value in enumerate(values, start=2):
        sheet.cell(6, column, value)
    book.create_sheet("Notes")["A1"] = "à revoir"
    path = tmp_path / "lieux.csv"
    book.save(path)
    table = read_table(path)
    assert table.kind is TableKind.SPREADSHEET
    assert table.columns == ("nom", "insee", "maj", "ouvre", "gratuit", "lat")
    assert table.rows[0].line == 6
    assert list(table.rows[0].cells.values()) == [
        "CCAS",
        "62119",
        "2024-05-07",
        "09:30:00",
        "true",
        "50.53",
    ]
    assert [f.code for f in table.findings] == ["file-other-sheets", "file-title-rows"]


def test_a_million_empty_rows_are_passed_over(tmp_path: Path) -> None:
    """Formatted but empty rows down to the last line of the sheet are passed over."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["nom", "commune"])
    sheet.append(["A", "Auchel"])
    sheet.cell(1_048_576, 2).number_format = "0.00"
    path = tmp_path / "lieux.xlsx"
    book.save(path)
    assert len(read_table(path).rows) == 1


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    """A workbook whose cells are all empty is one clear refusal."""
    path = tmp_path / "vide.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(UnusableFile, match="aucune cellule"):
        read_table(path)


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    """An old workbook that is only its first bytes is refused without a traceback."""
    path = tmp_path / "lieux.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    with pytest.raises(UnusableFile, match="classeur"):
        read_table(path)
