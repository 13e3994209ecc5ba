"""Lines of cells → named rows: finds the header, numbers doubled names, tells of odd rows."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.tables import findings as kinds
from maillage.tables.header_rows import BETWEEN, Span, on_two_rows
from maillage.tables.model import Row, Table, TableKind

_HEADER_IS_AMONG = 30  # rows looked at for the header
_UNNAMED = "\x00"  # stands for a name to be made; no header cell can hold it


@dataclass(frozen=True, slots=True)
class Line:
    """Stripped cells, and the number of the line of the file on which they begin."""

    number: int
    cells: list[str]


Resplit = Callable[[Line, int], tuple[list[str], Finding] | None]


def never_resplit(_line: Line, _expected: int) -> None:
    """Leave a line of the wrong width as it is (spreadsheets have no separators)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A file as lines of cells, blank lines left out, with the doubts met so far.

    ``resplit`` may find another way to cut a line whose number of cells is not the header's.
    ``merges`` are the merged cells of a spreadsheet, by their own rows and columns.
    """

    path: Path
    kind: TableKind
    lines: Sequence[Line]
    findings: tuple[Finding, ...] = ()
    resplit: Resplit = never_resplit
    merges: tuple[Span, ...] = ()

    @property
    def where(self) -> Where:
        """The file as a place for findings."""
        return Where(source=self.path.name, subject=self.path.name)


def table_of(grid: Grid) -> Table:
    """Return the table of a grid; one without any told cell is an UnusableFile."""
    if not grid.lines:
        raise UnusableFile(grid.path, tr("aucune cellule de ce fichier n'est remplie"))
    first, last, header, doubts = _header(grid, _header_index(grid))
    doubts = [*_titles(grid, first), *doubts]
    body = grid.lines[last + 1 :]
    width = len(header)
    if grid.kind is TableKind.SPREADSHEET:
        width = max([width, *(len(line.cells) for line in body)])
    names, naming = _names(header, _used_unnamed(header, width, body), grid.where)
    rows, odd = _rows(grid, names, body)
    if not rows:
        odd.append(kinds.NO_ROWS.at(grid.where))
    columns = tuple(name for name in names if name)
    doubts = [*grid.findings, *doubts, *naming, *odd]
    return Table(grid.path, grid.kind, columns, tuple(rows), tuple(doubts))


def _told(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell)


def _header_index(grid: Grid) -> int:
    """Return the first row that tells more than half as many cells as is typical."""
    lines = grid.lines[:_HEADER_IS_AMONG]
    head = [_told(line.cells) for line in lines]
    typical = statistics.median([n for n in head if n > 1] or [1])
    usual = statistics.mode([len(line.cells) for line in lines])
    for index, (line, n) in enumerate(zip(lines, head, strict=True)):
        if n * 2 > typical or (len(line.cells) != usual and grid.resplit(line, usual)):
            return index
    return 0


def _titles(grid: Grid, first: int) -> list[Finding]:
    """Return the finding of the lines that stand above the header, if any."""
    if not first:
        return []
    title = " / ".join(cell for above in grid.lines[:first] for cell in above.cells if cell)
    place = replace(grid.where, line=grid.lines[0].number)
    return [kinds.TITLE_ROWS.at(place, value=title, n_rows=first)]


def _header(grid: Grid, start: int) -> tuple[int, int, list[str], list[Finding]]:
    """Return the first and last index of the header's lines, its names, and its doubts."""
    near = range(min(start + 2, len(grid.lines)))
    rows = [(grid.lines[index].number, grid.lines[index].cells) for index in near]
    two = on_two_rows(rows, start, grid.merges)
    if two is not None:
        top, names = two
        example = next(name for name in names if BETWEEN in name)
        place = replace(grid.where, line=grid.lines[top].number)
        return top, top + 1, names, [kinds.HEADER_ON_TWO_ROWS.at(place, value=example)]
    line = grid.lines[start]
    body = grid.lines[start + 1 : start + 1 + _HEADER_IS_AMONG]
    usual = statistics.mode([len(other.cells) for other in body]) if body else len(line.cells)
    if len(line.cells) != usual and (again := grid.resplit(line, usual)):
        return start, start, again[0], [again[1]]
    return start, start, line.cells, []


def _used_unnamed(header: list[str], width: int, body: Sequence[Line]) -> list[str]:
    """Return the header stretched to ``width``, nameless columns marked if any row fills them."""
    names = header + [""] * (width - len(header))
    for position, name in enumerate(names):
        if not name and any(position < len(row.cells) and row.cells[position] for row in body):
            names[position] = _UNNAMED
    return names


def _names(header: list[str], names: list[str], where: Where) -> tuple[list[str], list[Finding]]:
    taken = {name for name in header if name}
    seen: set[str] = set()
    doubts: list[Finding] = []
    for position, name in enumerate(names):
        if not name:
            continue
        if name == _UNNAMED:
            new = free_name(tr("colonne {n}").format(n=position + 1), taken | seen)
            place = where.on(new)
            doubts.append(kinds.UNNAMED_COLUMN.at(place, value=new, position=position + 1))
        elif name in seen:
            new = free_name(name, taken | seen)
            doubts.append(kinds.DUPLICATE_COLUMN.at(where.on(name), value=name, name=new))
        else:
            new = name
        names[position] = new
        seen.add(new)
    return names, doubts


def free_name(name: str, taken: set[str]) -> str:
    """Return ``name``, or ``name (2)``, ``name (3)``… the first that nobody bears."""
    candidate, n = name, 2
    while candidate in taken:
        candidate, n = f"{name} ({n})", n + 1
    return candidate


def _rows(grid: Grid, names: list[str], body: Sequence[Line]) -> tuple[list[Row], list[Finding]]:
    rows: list[Row] = []
    doubts: list[Finding] = []
    width = len(names)
    for line in body:
        cells = line.cells
        if len(cells) != width and grid.kind is not TableKind.SPREADSHEET:
            cells, doubt = _mended(grid, line, width)
            doubts.extend(doubt)
        told = {name: cell for name, cell in zip(names, cells, strict=False) if cell and name}
        rows.append(Row(line.number, told))
    return rows, doubts


def _mended(grid: Grid, line: Line, width: int) -> tuple[list[str], list[Finding]]:
    """Return the cells of a line of the wrong width, and what is to be said about it."""
    again = grid.resplit(line, width)
    if again is not None:
        return again[0], [again[1]]
    place = replace(grid.where, line=line.number)
    n = len(line.cells)
    if n < width:
        return line.cells, [kinds.ROW_TOO_SHORT.at(place, value=n, expected=width)]
    if any(line.cells[width:]):
        return line.cells, [kinds.ROW_TOO_LONG.at(place, value=n, expected=width)]
    return line.cells, []
