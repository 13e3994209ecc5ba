"""How many cells a workbook would fill once opened, counted in its XML as it streams past.

A spreadsheet is opened as full rectangles: two cells far apart are billions of cells, in a file of
one kilobyte. The extent that a sheet tells of itself is not believed.
"""

from __future__ import annotations

import re
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.tables.limits import MAX_CELLS, MAX_UNZIPPED_BYTES

_CHUNK = 1 << 16
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_FAR = 1 << 62  # beyond any row and column
_ODS_CELLS = ("table:table-cell", "table:covered-table-cell")


class _TooManyCellsError(Exception):
    """The rectangle of a sheet, or of all, is beyond the limit; tells its last corner."""


class _DoctypeError(Exception):
    """A document type: no spreadsheet has one, and its entities could be a bomb."""


class _Sheet(Protocol):
    """What counts the cells of a sheet as its tags pass."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """See a tag open."""

    @property
    def n_cells(self) -> int:
        """The cells of the rectangles seen so far."""

    @property
    def corner(self) -> str:
        """The last cell of the rectangle."""


def check_extent(path: Path) -> None:
    """Refuse a zipped workbook (xlsx, ods) that would fill more than ``MAX_CELLS`` cells.

    Raises UnusableFile naming the furthest cell, or saying that the workbook is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_all(archive)
    except _TooManyCellsError as error:
        message = tr(
            "ce classeur est démesuré : lu jusqu'à sa dernière cellule remplie, il dépasserait "
            "{limit} millions de cellules ; effacez les cellules éloignées du tableau, "
            "ou enregistrez-le en CSV"
        )
        limit = MAX_CELLS // 1_000_000
        raise UnusableFile(path, message.format(limit=limit), value=str(error)) from None
    except (_DoctypeError, expat.ExpatError, zipfile.BadZipFile, OSError, ValueError) as error:
        message = tr("ce classeur est abîmé : enregistrez-le de nouveau, ou en CSV")
        raise UnusableFile(path, message, value=str(error)) from None
    except (NotImplementedError, RuntimeError):  # zipped in a way of its own, or with a password
        message = tr("ce classeur est protégé par un mot de passe : enregistrez-le sans protection")
        raise UnusableFile(path, message) from None


def _check_all(archive: zipfile.ZipFile) -> None:
    room = MAX_CELLS
    for info in archive.infolist():
        sheet = _sheet(info.filename)
        if sheet is not None:
            with archive.open(info) as stream:
                _scan(stream.read, sheet, room)
            room -= sheet.n_cells


def _sheet(name: str) -> _Sheet | None:
    if name == "content.xml":
        return _OdsSheet()
    is_part = name.startswith("xl/") and name.endswith(".xml")
    return _XlsxSheet() if is_part else None


class _Reads(Protocol):
    def __call__(self, size: int, /) -> bytes:
        """Return the next bytes, at most ``size``."""


def _scan(read: _Reads, sheet: _Sheet, room: int) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = sheet.begin
    parser.StartDoctypeDeclHandler = _refuse_doctype
    n_bytes, isfinal = 0, True
    while chunk := read(_CHUNK):
        n_bytes += len(chunk)
        parser.Parse(chunk)
        if sheet.n_cells > room or n_bytes > MAX_UNZIPPED_BYTES:
            raise _TooManyCellsError(sheet.corner)
    parser.Parse(b"", isfinal)


def _refuse_doctype(*_told: object) -> None:
    raise _DoctypeError(tr("document de type déclaré"))


class _XlsxSheet:
    """The rectangle of the cells of an xlsx sheet that hold a value; formatted ones hold none."""

    def __init__(self) -> None:
        self._row = self._column = 0  # the cell being read, from 1
        self._top = self._left = _FAR
        self._bottom = self._right = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """See a row, a cell or its value begin; what has no place follows what came before."""
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._column += 1
            if match := _PLACE.fullmatch(attributes.get("r", "")):
                self._row, self._column = int(match[2]), _number(match[1])
        elif tag in {"v", "is"}:
            self._hold(self._row, self._column)
        elif tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0

    def _hold(self, row: int, column: int) -> None:
        self._top, self._bottom = min(self._top, row), max(self._bottom, row)
        self._left, self._right = min(self._left, column), max(self._right, column)

    @property
    def n_cells(self) -> int:
        """The cells of the rectangle, from its first told row and column to its last."""
        if self._bottom == 0:
            return 0
        return (self._bottom - self._top + 1) * (self._right - self._left + 1)

    @property
    def corner(self) -> str:
        """The last cell, as a spreadsheet names it: XFD1048576."""
        return f"{_letters(self._right)}{self._bottom}"


@lru_cache(maxsize=20_000)
def _number(letters: str) -> int:
    """Return the number of a column, from 1: B is 2, XFD 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class _OdsSheet:
    """The cells of an ods document up to the last told one, those said to repeat counted."""

    def __init__(self) -> None:
        self._done = 0  # cells of the sheets before this one
        self._rows = 0  # rows up to and with this one
        self._cell = 0  # column up to which the present cell repeats
        self._told_rows = self._told_columns = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """See a sheet, a row or a cell begin, or the text of a cell."""
        if name in _ODS_CELLS:
            self._cell += _times(attributes, "table:number-columns-repeated")
            if "office:value-type" in attributes:
                self._hold()
        elif name == "table:table-row":
            self._rows += _times(attributes, "table:number-rows-repeated")
            self._cell = 0
        elif name == "text:p" and self._cell:
            self._hold()
        elif name == "table:table":
            self._done = self.n_cells
            self._rows = self._cell = self._told_rows = self._told_columns = 0

    def _hold(self) -> None:
        self._told_rows = self._rows
        self._told_columns = max(self._told_columns, self._cell)

    @property
    def n_cells(self) -> int:
        """The cells of the rectangles from the first cell to the last told one, all sheets."""
        return self._done + self._told_rows * self._told_columns

    @property
    def corner(self) -> str:
        """The last cell, as a spreadsheet names it."""
        return f"{_letters(self._told_columns)}{self._told_rows}"


def _times(attributes: dict[str, str], name: str) -> int:
    return int(attributes.get(name, "1"))
