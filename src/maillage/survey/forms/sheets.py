"""An XLSForm file → its sheets, each cell known by its column and row, as an editor shows them.

Two clothes: a workbook (.xlsx), and our own sources, which are tables in a text that anyone can
read and compare (.md). There a sheet begins with a row that bears its name; what stands outside the
tables is comment. Rows are counted within the sheet, as they would stand in the workbook.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.survey.forms import findings as kinds
from maillage.survey.forms.columns import column_key
from maillage.tables.encoding import decode
from maillage.tables.limits import MAX_BYTES, too_heavy
from maillage.tables.signs import clean

_OLE = b"\xd0\xcf\x11\xe0"
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:-]+")
_BREAK = re.compile(r"<br\s*/?>")
SHEETS = ("survey", "choices", "settings")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number in the sheet, the line of the file, its told cells by column key."""

    number: int
    line: int
    cells: Mapping[str, str]

    def get(self, key: str) -> str:
        """Return a cell, "" where it tells nothing."""
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: rows below its headings; ``letters`` and ``headings`` by column key."""

    source: str
    name: str
    rows: tuple[SheetRow, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    header: tuple[int, int] = (1, 1)

    def where(self, key: str, row: SheetRow | None = None) -> Where:
        """Return the place of a cell; without row, of the column's heading."""
        number, line = (row.number, row.line) if row is not None else self.header
        return self.at(key, number, line)

    def at(self, key: str, number: int, line: int) -> Where:
        """Return the place of a cell by its row; of a column that is not there, the row's A."""
        cell = f"{self.name}!{self.letters.get(key, 'A')}{number}"
        return Where(self.source, line, cell)


@dataclass(frozen=True, slots=True)
class _Raw:
    """Cells as read: row number, line of the file, cells from column ``first`` (0 is A) on."""

    number: int
    line: int
    cells: list[str]
    first: int = 0


def read_sheets_of(path: Path) -> tuple[dict[str, Sheet], tuple[Finding, ...]]:
    """Return the sheets ``survey``, ``choices`` and ``settings`` that are there, and doubts.

    Raises UnusableFile: no such file, the old .xls, no workbook, no sheet ``survey``.
    """
    raw, doubts = _read(path)
    sheets: dict[str, Sheet] = {}
    found: list[Finding] = list(doubts)
    for name, rows in raw.items():
        key = name.strip().lower()
        if key in SHEETS and key not in sheets:
            sheets[key], odd = _sheet(path.name, key, rows)
            found += odd
    if not sheets.get("survey", Sheet("", "")).rows:
        message = tr(
            "ce fichier n'a pas de feuille « survey » avec des questions (feuilles lues : {names})"
            " ; un XLSForm en a une, dont la première ligne nomme les colonnes type, name, label"
        )
        names = ", ".join(raw) or tr("aucune")
        raise UnusableFile(path, message.format(names=names))
    return sheets, tuple(found)


def _read(path: Path) -> tuple[dict[str, list[_Raw]], tuple[Finding, ...]]:
    begun = _first_bytes(path)
    if begun.startswith(_OLE):
        message = tr(
            "c'est un classeur ancien (.xls) ou protégé par un mot de passe ; enregistrez-le en "
            ".xlsx, sans mot de passe"
        )
        raise UnusableFile(path, message)
    if not zipfile.is_zipfile(path):
        text, doubts = decode(path.read_bytes(), Where(source=path.name, subject=path.name))
        return _tables_in(clean(text)), doubts
    from maillage.tables.sniff import look  # noqa: PLC0415 - a workbook only
    from maillage.tables.spreadsheet import read_sheets  # noqa: PLC0415 - heavy, seldom

    look(path)
    sheets, doubts = read_sheets(path)
    raw = {
        sheet.name: [
            _Raw(line.number, line.number, [clean(cell) for cell in line.cells], sheet.first_column)
            for line in sheet.lines
        ]
        for sheet in sheets
    }
    return raw, doubts


def _first_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_heavy(path, path.stat().st_size)
        with path.open("rb") as file:
            return file.read(8)
    except FileNotFoundError:
        raise UnusableFile(path, tr("ce fichier n'existe pas : vérifiez son nom")) from None
    except OSError as error:
        message = tr("ce fichier ne peut pas être lu ({reason})").format(reason=error.strerror)
        raise UnusableFile(path, message) from None


def _tables_in(text: str) -> dict[str, list[_Raw]]:
    """Return the rows of each sheet that a text's tables hold."""
    sheets: dict[str, list[_Raw]] = {}
    rows: list[_Raw] = []
    for number, line in enumerate(text.split("\n"), 1):
        told = line.strip()
        if not told.startswith("|") or _RULE.fullmatch(told):
            continue
        first, *cells = (_cell(cell) for cell in _PIPE.split(told)[1:])
        if cells and not told.endswith("|"):
            cells = cells[:-1]  # what stands after the last bar is comment
        if first:
            rows = sheets.setdefault(first, [])
        if any(cells):
            rows.append(_Raw(len(rows) + 1, number, cells))
    return sheets


def _cell(cell: str) -> str:
    return _BREAK.sub("\n", cell.strip().replace(r"\|", "|"))


def _sheet(source: str, name: str, raw: list[_Raw]) -> tuple[Sheet, list[Finding]]:
    if not raw:
        return Sheet(source, name), []
    head = raw[0]
    keys: dict[int, str] = {}
    letters: dict[str, str] = {}
    headings: dict[str, str] = {}
    twice: list[tuple[str, str]] = []
    for at, heading in enumerate(head.cells, head.first):
        key = column_key(heading, name)
        if key and key in letters:
            twice.append((heading, _letters(at)))
        elif key:
            keys[at], letters[key], headings[key] = key, _letters(at), heading
    rows = tuple(_rows(raw[1:], keys))
    sheet = Sheet(source, name, rows, letters, headings, (head.number, head.line))
    doubts = [
        kinds.COLUMN_TWICE.at(
            Where(source, head.line, f"{name}!{letter}{head.number}"), value=heading
        )
        for heading, letter in twice
    ]
    return sheet, doubts


def _rows(raw: list[_Raw], keys: Mapping[int, str]) -> Iterator[SheetRow]:
    for row in raw:
        cells = {
            keys[at]: cell.strip()
            for at, cell in enumerate(row.cells, row.first)
            if cell.strip() and at in keys
        }
        if cells:
            yield SheetRow(row.number, row.line, cells)


def _letters(at: int) -> str:
    """Return the letters of a column, 0 is A.

    >>> _letters(0), _letters(25), _letters(27)
    ('A', 'Z', 'AB')
    """
    letters, left = "", at + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
