"""Spreadsheets (xlsx, xlsm, xls, ods) → grid, through calamine."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass
from pathlib import Path

import python_calamine

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.tables.extent import check_extent
from maillage.tables.findings import OTHER_SHEETS
from maillage.tables.grid import Grid, Line
from maillage.tables.header_rows import Span
from maillage.tables.limits import MAX_ROWS, too_many_rows
from maillage.tables.model import TableKind
from maillage.tables.workbook_doubts import workbook_doubts


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that holds something."""

    name: str
    visible: bool
    lines: list[Line]
    merges: tuple[Span, ...]
    first_column: int

    @property
    def size(self) -> tuple[bool, int]:
        """What makes a sheet the one to be read: seen by people, then its number of told cells."""
        return self.visible, sum(1 for line in self.lines for cell in line.cells if cell)

    @property
    def label(self) -> str:
        """The sheet's name, marked where the workbook hides it."""
        return self.name if self.visible else tr("{name} (masquée)").format(name=self.name)


def read_spreadsheet(path: Path) -> Grid:
    """Return the grid of the largest sheet that is not hidden; others are told of in a finding.

    A hidden sheet is read only where no other holds anything. Values are those saved in the file:
    formulas are not computed and macros not run, which findings say. A workbook that would fill
    too many cells is an UnusableFile before it is opened.
    """
    sheets, doubts = _opened(path)
    if not sheets:
        return Grid(path, TableKind.SPREADSHEET, [])
    read = max(sheets, key=lambda sheet: sheet.size)
    others = [sheet.label for sheet in sheets if sheet is not read]
    if others:
        where = Where(source=path.name, subject=path.name)
        said = OTHER_SHEETS.at(where, value=", ".join(others), read=read.label)
        doubts = (said, *doubts)
    return Grid(path, TableKind.SPREADSHEET, read.lines, doubts, merges=read.merges)


@dataclass(frozen=True, slots=True)
class NamedSheet:
    """A sheet as it is laid out: ``lines`` tell their cells from ``first_column`` (0 is A) on."""

    name: str
    first_column: int
    lines: tuple[Line, ...]


def read_sheets(path: Path) -> tuple[tuple[NamedSheet, ...], tuple[Finding, ...]]:
    """Return every sheet that holds anything, hidden ones too, in the workbook's order, and doubts.

    Raises UnusableFile as ``read_spreadsheet`` does.
    """
    sheets, doubts = _opened(path)
    named = tuple(NamedSheet(one.name, one.first_column, tuple(one.lines)) for one in sheets)
    return named, doubts


def _opened(path: Path) -> tuple[list[_Sheet], tuple[Finding, ...]]:
    """Return the sheets that hold anything, and what of the workbook is no value."""
    doubts: tuple[Finding, ...] = ()
    if zipfile.is_zipfile(path):
        check_extent(path)
        doubts = workbook_doubts(path)
    try:
        return _sheets(path, python_calamine.CalamineWorkbook.from_path(str(path))), doubts
    except python_calamine.PasswordError:
        message = tr("ce classeur est protégé par un mot de passe : enregistrez-le sans protection")
        raise UnusableFile(path, message) from None
    except UnusableFile:
        raise
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        message = tr("ce classeur ne peut pas être ouvert : enregistrez-le de nouveau, ou en CSV")
        raise UnusableFile(path, message, value=str(error)) from None


def _sheets(path: Path, workbook: python_calamine.CalamineWorkbook) -> list[_Sheet]:
    """Return the sheets that hold anything, in the workbook's order."""
    worksheet = python_calamine.SheetTypeEnum.WorkSheet
    shown = python_calamine.SheetVisibleEnum.Visible
    found = []
    for told in workbook.sheets_metadata:
        if told.typ != worksheet:
            continue
        sheet = workbook.get_sheet_by_name(told.name)
        lines = _lines(path, sheet)
        if lines:
            first = sheet.start[1] if sheet.start else 0
            found.append(_Sheet(told.name, told.visible == shown, lines, _merges(sheet), first))
    return found


def _merges(sheet: python_calamine.CalamineSheet) -> tuple[Span, ...]:
    """Return the merged cells; formats that do not tell them have none."""
    spans = sheet.merged_cell_ranges or []
    return tuple(sorted((*first, *last) for first, last in spans))


def _lines(path: Path, sheet: python_calamine.CalamineSheet) -> list[Line]:
    """Return the rows of a sheet that tell anything, trailing empty cells left out."""
    lines: list[Line] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if row.count("") == len(row):
            continue  # sheets may end with a million empty rows
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            lines.append(Line(number, cells))
        if len(lines) > MAX_ROWS:
            raise too_many_rows(path)
    return lines


def _text(cell: object) -> str:
    """Return a cell as text: dates as ISO, whole numbers without decimals."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
