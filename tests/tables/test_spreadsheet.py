"""Laws of spreadsheets."""

from __future__ import annotations

import datetime as dt
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

from maillage.kernel.errors import UnusableFile
from maillage.tables import spreadsheet
from maillage.tables.limits import MAX_CELLS
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


def book_of(folder: Path, *cells: str) -> Path:
    """Write a workbook whose sheets each hold « x » at the two or more places told."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, places in enumerate(cells):
        sheet = book.create_sheet(f"Feuille {number}")
        for place in places.split():
            sheet[place] = "x"
    path = folder / "lieux.xlsx"
    book.save(path)
    return path


def refusal(path: Path) -> str:
    """Return the sentence with which a file is refused, made without a large memory."""
    tracemalloc.start()
    with pytest.raises(UnusableFile) as refused:
        read_table(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20
    return str(refused.value)


@pytest.mark.parametrize("cells", [("A1 XFD1048576",), ("A1 B2", "A1 J600000")])
def test_a_sheet_of_two_cells_far_apart_is_refused(tmp_path: Path, cells: tuple[str, ...]) -> None:
    """What counts is the rectangle to be read, not the weight of the file; the far cell is told."""
    message = refusal(book_of(tmp_path, *cells))
    assert cells[-1].split()[-1] in message
    assert "ce classeur" in message


def test_a_far_cell_of_a_narrow_sheet_is_read(tmp_path: Path) -> None:
    """A note on the last line of a two-column sheet is no reason to refuse it."""
    table = read_table(book_of(tmp_path, "A1 B1 A2 B2 A1048576"))
    assert [row.line for row in table.rows] == [2, 1_048_576]


def raw_book(folder: Path, sheet: str) -> Path:
    """Write a workbook whose only sheet is that XML."""
    source = book_of(folder, "A1")
    path = folder / "cru.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, sheet if name.startswith("xl/worksheets/") else content)
    return path


NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_xml(rows: str) -> str:
    """Return a sheet of those rows, whose header lies that it is tiny."""
    return (
        f'<worksheet xmlns="{NAMESPACE}"><dimension ref="A1:B2"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def test_a_sheet_that_lies_about_its_extent_is_measured(tmp_path: Path) -> None:
    """The extent told by the sheet is not believed; cells and rows without a place are counted."""
    far = '<row r="1048570"><c r="XFD1048570"><v>1</v></c></row>'
    rows = f"<row><c><v>1</v></c></row>{far}"
    assert "XFD1048570" in refusal(raw_book(tmp_path, sheet_xml(rows)))


def test_a_dense_sheet_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    """Cells beyond the limit are counted as they pass, in little memory."""
    row = "<row>" + "<c><v>1</v></c>" * 1_000 + "</row>"
    path = raw_book(tmp_path, sheet_xml(row * (MAX_CELLS // 1_000 + 1)))
    assert path.stat().st_size < 2 << 20
    assert "démesuré" in refusal(path)


def test_a_sheet_that_is_not_xml_is_refused(tmp_path: Path) -> None:
    """A sheet that cannot be measured is not handed on."""
    assert "abîmé" in refusal(raw_book(tmp_path, "<worksheet><sheetData>"))
    bomb = '<!DOCTYPE a [<!ENTITY b "x">]>' + sheet_xml("")
    assert "abîmé" in refusal(raw_book(tmp_path, bomb))


def test_too_many_rows_are_refused_as_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit of rows holds in workbooks as in other files."""
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 2)
    with pytest.raises(UnusableFile, match="lignes"):
        read_table(book_of(tmp_path, "A1 A2 A3"))


ODS = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
_TOLD = '<table:table-cell office:value-type="string"{more}><text:p>x</text:p></table:table-cell>'


def ods(folder: Path, rows: str) -> Path:
    """Write an OpenDocument workbook of those rows."""
    path = folder / "lieux.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        book.writestr("content.xml", ODS.format(rows=rows))
    return path


def test_repeated_cells_of_an_ods_are_counted(tmp_path: Path) -> None:
    """A cell said to repeat a million times is a million cells, told or between told ones."""
    wide = ' table:number-columns-repeated="16384"'
    row = f'<table:table-row table:number-rows-repeated="1000000">{_TOLD.format(more=wide)}'
    assert "démesuré" in refusal(ods(tmp_path, row + "</table:table-row>"))
    gap = f'<table:table-row table:number-rows-repeated="1000000"><table:table-cell{wide}/>'
    row = f"{gap}</table:table-row><table:table-row><table:table-cell{wide}/>"
    told = f"<table:table-row>{_TOLD.format(more='')}</table:table-row>"
    last = f"{told}{row}{_TOLD.format(more='')}</table:table-row>"
    assert "démesuré" in refusal(ods(tmp_path, last))


def test_the_empty_million_rows_at_the_end_of_an_ods_count_for_nothing(tmp_path: Path) -> None:
    """Office suites end every sheet with a repeated empty row: it is no cell."""
    told = _TOLD.format(more="")
    rows = f"<table:table-row>{told}{told}</table:table-row>" * 2
    empty = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert len(read_table(ods(tmp_path, rows + empty)).rows) == 1


def test_a_binary_workbook_is_refused_by_its_name(tmp_path: Path) -> None:
    """xlsb cannot be measured: the user is told to save it otherwise."""
    path = tmp_path / "lieux.xlsb"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.bin", b"\x83\x01\x00")
    assert "xlsb" in refusal(path)
