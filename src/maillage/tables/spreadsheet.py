"""Spreadsheets (xlsx, xls, ods) → grid, through calamine."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import python_calamine

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Where
from maillage.kernel.language import tr
from maillage.tables.extent import check_extent
from maillage.tables.findings import OTHER_SHEETS
from maillage.tables.grid import Grid, Line
from maillage.tables.limits import MAX_ROWS, too_many_rows
from maillage.tables.model import TableKind


def read_spreadsheet(path: Path) -> Grid:
    """Return the grid of the first sheet that holds anything; others are told of in a finding.

    A workbook that would fill too many cells is an UnusableFile before it is opened.
    """
    if zipfile.is_zipfile(path):
        check_extent(path)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        names = _worksheets(workbook)
        filled = [(name, lines) for name in names if (lines := _lines(path, workbook, name))]
    except python_calamine.PasswordError:
        message = tr("ce classeur est protégé par un mot de passe : enregistrez-le sans protection")
        raise UnusableFile(path, message) from None
    except UnusableFile:
        raise
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        message = tr("ce classeur ne peut pas être ouvert : enregistrez-le de nouveau, ou en CSV")
        raise UnusableFile(path, message, value=str(error)) from None
    if not filled:
        return Grid(path, TableKind.SPREADSHEET, [])
    read, lines = filled[0]
    grid = Grid(path, TableKind.SPREADSHEET, lines)
    if len(filled) == 1:
        return grid
    others = ", ".join(name for name, _ in filled[1:])
    where = Where(source=path.name, subject=path.name)
    doubt = OTHER_SHEETS.at(where, value=others, read=read)
    return Grid(path, TableKind.SPREADSHEET, lines, (doubt,))


def _worksheets(workbook: python_calamine.CalamineWorkbook) -> list[str]:
    kind = python_calamine.SheetTypeEnum.WorkSheet
    return [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == kind]


def _lines(path: Path, workbook: python_calamine.CalamineWorkbook, name: str) -> list[Line]:
    """Return the rows of a sheet that tell anything, trailing empty cells left out."""
    sheet = workbook.get_sheet_by_name(name)
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
