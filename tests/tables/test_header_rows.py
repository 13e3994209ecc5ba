"""Laws of headers that stand on two rows, in workbooks and in CSV."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from maillage.tables.model import Table
from maillage.tables.read import read_table

DAYS = ["Lundi", "Mardi", "Mercredi"]
NAMES = ("nom", "commune", *(f"Horaires | {day}" for day in DAYS))
ROWS = [["CCAS", "Auchel", "9h-12h", "", "14h-17h"], ["Mairie", "Lillers", "9h", "10h", "11h"]]


def book(folder: Path, rows: list[list[str]], *merges: str) -> Table:
    """Write the rows as a workbook with those cells merged, and read it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in rows:
        sheet.append([cell or None for cell in row])
    for span in merges:
        sheet.merge_cells(span)
    path = folder / "lieux.xlsx"
    workbook.save(path)
    return read_table(path)


def text(folder: Path, *lines: str) -> Table:
    """Write the lines as a CSV file, and read it."""
    path = folder / "lieux.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_table(path)


def codes(table: Table) -> list[str]:
    """Return the codes of a table's findings."""
    return [finding.code for finding in table.findings]


TOP = ["nom", "commune", "Horaires", "", ""]
FULL = ["", "", "Horaires", "", ""]


@pytest.mark.parametrize(
    ("upper", "lower", "merges"),
    [
        (TOP, ["", "", *DAYS], ("A1:A2", "B1:B2", "C1:E1")),
        (TOP, ["", "", *DAYS], ("C1:E1",)),
        (FULL, ["nom", "commune", *DAYS], ("C1:E1",)),
    ],
)
def test_a_merged_name_is_joined_to_those_below(
    tmp_path: Path, upper: list[str], lower: list[str], merges: tuple[str, ...]
) -> None:
    """A name merged over several columns goes before each name under it, and no row is lost."""
    table = book(tmp_path, [upper, lower, *ROWS], *merges)
    assert table.columns == NAMES
    assert [row.line for row in table.rows] == [3, 4]
    assert table.rows[0].cells["Horaires | Mercredi"] == "14h-17h"
    assert codes(table) == ["file-header-on-two-rows"]


def test_titles_above_a_header_on_two_rows_are_set_aside(tmp_path: Path) -> None:
    """Two merged title rows, then a header on two rows: lines stay those an editor shows."""
    title = [["Les lieux du territoire", "", "", "", ""], ["Mise à jour 2024", "", "", "", ""]]
    table = book(
        tmp_path, [*title, TOP, ["", "", *DAYS], *ROWS], "A1:E1", "A2:E2", "A3:A4", "C3:E3"
    )
    assert table.columns == NAMES
    assert table.rows[0].line == 5
    assert codes(table) == ["file-title-rows", "file-header-on-two-rows"]


@pytest.mark.parametrize("span", ["A1:E1", "A1:C1"])
def test_a_title_merged_over_the_table_is_no_name(tmp_path: Path, span: str) -> None:
    """One merged cell that begins with the table is its title, however far it reaches."""
    head = ["nom", "commune", "lundi", "mardi", "mercredi"]
    table = book(tmp_path, [["Les lieux", "", "", "", ""], head, *ROWS], span)
    assert table.columns == tuple(head)
    assert codes(table) == ["file-title-rows"]


def test_a_row_of_data_under_a_merged_name_is_kept(tmp_path: Path) -> None:
    """A name merged for its looks over two columns does not swallow the first row."""
    head = ["nom", "Adresse", "", "commune"]
    rows = [["CCAS", "rue", "Haute", "Auchel"], ["Mairie", "rue", "Basse", "Lillers"]]
    table = book(tmp_path, [head, *rows], "B1:C1")
    assert [row.cells["nom"] for row in table.rows] == ["CCAS", "Mairie"]


def test_a_text_file_too_has_headers_on_two_rows(tmp_path: Path) -> None:
    """The same table saved as CSV: the blanks after a name stand for its merged cells."""
    table = text(
        tmp_path,
        "nom,commune,Horaires,,",
        ",,Lundi,Mardi,Mercredi",
        "CCAS,Auchel,9h-12h,,14h-17h",
        "Mairie,Lillers,9h,10h,11h",
    )
    assert table.columns == NAMES
    assert [row.line for row in table.rows] == [3, 4]


@pytest.mark.parametrize(
    "first", ["CCAS,Auchel,9h,10h,11h", ",,9h,10h,11h", ",,contact@a.fr,x,y", ",,Lundi,,Mardi"]
)
def test_a_text_file_with_nameless_columns_keeps_its_rows(tmp_path: Path, first: str) -> None:
    """Blanks in a header are nameless columns where what follows is data."""
    table = text(tmp_path, "nom,commune,Horaires,,", first, "Mairie,Lillers,9h,10h,11h")
    assert [row.line for row in table.rows] == [2, 3]
    assert "file-header-on-two-rows" not in codes(table)
