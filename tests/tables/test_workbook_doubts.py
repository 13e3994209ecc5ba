"""Laws of workbooks as people send them: several sheets, hidden ones, formulas, macros."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter

from maillage.tables.model import Table
from maillage.tables.read import read_table


def codes(table: Table) -> list[str]:
    """Return the codes of a table's findings."""
    return [finding.code for finding in table.findings]


def sheets(folder: Path, hidden: tuple[str, ...] = (), **rows: int) -> Path:
    """Write a workbook whose sheets have so many rows of two cells, under their own header."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, n_rows in rows.items():
        sheet = book.create_sheet(name)
        sheet.append(["nom", name])
        for number in range(n_rows):
            sheet.append([f"lieu {number}", "Auchel"])
        if name in hidden:
            sheet.sheet_state = "hidden"
    path = folder / "lieux.xlsx"
    book.save(path)
    return path


def test_the_largest_sheet_is_read_and_said(tmp_path: Path) -> None:
    """A cover sheet first does not hide the table; the sheets left aside are named."""
    table = read_table(sheets(tmp_path, notice=1, lieux=5, annexe=2))
    assert table.columns == ("nom", "lieux")
    (said,) = table.findings
    assert said.code == "file-other-sheets"
    assert said.value == "notice, annexe"
    assert "« lieux »" in said.message


def test_a_hidden_sheet_is_read_only_where_no_other_is(tmp_path: Path) -> None:
    """A hidden list of choices is never taken for the places, however long; it is named hidden."""
    table = read_table(sheets(tmp_path, ("listes",), listes=9, lieux=2))
    assert table.columns == ("nom", "lieux")
    assert "listes (masquée)" in table.findings[0].message


def test_sheets_of_one_size_are_read_in_their_order(tmp_path: Path) -> None:
    """Of two sheets alike the first is read."""
    assert read_table(sheets(tmp_path, premiere=2, seconde=2)).columns[1] == "premiere"


def formulas(folder: Path, name: str = "lieux.xlsx") -> Path:
    """Write a workbook whose formulas have a value saved, none, an empty one, or an error."""
    path = folder / name
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["nom", "commune", "code_postal", "telephone"])
    sheet.write_formula(1, 0, '=HYPERLINK("http://x.example","CCAS")', None, "CCAS")
    sheet.write_formula(1, 1, "=UPPER(A9)", None, "")
    sheet.write_formula(1, 2, "=60000+2400", None, 62400)
    sheet.write_formula(1, 3, "=NA()", None, "#N/A")
    book.close()
    return path


def test_the_saved_value_of_a_formula_is_read_never_the_formula(tmp_path: Path) -> None:
    """A formula gives what the spreadsheet last computed; without that, or in error, nothing."""
    table = read_table(formulas(tmp_path))
    assert dict(table.rows[0].cells) == {"nom": "CCAS", "code_postal": "62400"}
    told = {finding.code: finding.value for finding in table.findings}
    assert told == {"file-formulas-without-value": "1", "file-cells-in-error": "1"}


def test_a_formula_never_computed_is_not_told(tmp_path: Path) -> None:
    """A workbook made by software that computes nothing: its formulas are said, its texts read."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["nom", "commune"])
    sheet.append(["CCAS", "=A1"])
    path = tmp_path / "lieux.xlsx"
    book.save(path)
    table = read_table(path)
    assert dict(table.rows[0].cells) == {"nom": "CCAS"}
    assert codes(table) == ["file-formulas-without-value"]


def test_macros_are_never_run_and_said(tmp_path: Path) -> None:
    """A workbook with macros is read as any other, and the user is told that they were left."""
    plain, path = sheets(tmp_path, lieux=2), tmp_path / "lieux.xlsm"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    table = read_table(path)
    assert len(table.rows) == 2
    assert codes(table) == ["file-macros-ignored"]
    assert codes(read_table(plain)) == []
