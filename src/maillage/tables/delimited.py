"""Text with separators (CSV and its cousins) → grid."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path

from maillage.kernel import french
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.tables.encoding import decode
from maillage.tables.findings import OTHER_SEPARATOR
from maillage.tables.grid import Grid, Line
from maillage.tables.limits import MAX_ROWS, MAX_SIGNS, too_many_rows
from maillage.tables.model import TableKind
from maillage.tables.sniff import Look, whole_bytes

SEPARATORS = (",", ";", "\t", "|")
_NAMES = {
    ",": "des virgules",
    ";": "des points-virgules",
    "\t": "des tabulations",
    "|": "des barres verticales",
}
_SAMPLE_ROWS = 300
_MAX_ROW_CHARS = 200_000
_CELL_LINES = 50  # line breaks that a row read with another separator may hold
_MIN_REGULAR_SHARE = 0.3  # rows of the same width, below which it is not a table


def read_delimited(path: Path, look: Look) -> Grid:
    """Return the grid of a text file; one without the look of a table is an UnusableFile."""
    where = Where(source=path.name, subject=path.name)
    separator = _separator(path, look)
    text, doubts = decode(whole_bytes(path, look), where)
    lines = _lines(path, text, separator)
    texts = _source_lines(text) if _is_uneven(lines) else []

    def resplit(line: Line, expected: int) -> tuple[list[str], Finding] | None:
        """Return the cells of a line of this file under another separator."""
        place = replace(where, line=line.number)
        return _with_another(texts, line.number, separator, expected, place)

    return Grid(path, TableKind.CSV, lines, doubts, resplit)


def _separator(path: Path, look: Look) -> str:
    """Return the separator under which the first rows are most alike and widest."""
    text, _ = decode(look.sample, Where())
    if not look.whole:
        text = text[: text.rfind("\n") + 1]
    longest = max((len(line) for line in text.splitlines()[:_SAMPLE_ROWS]), default=0)
    if not text or longest > _MAX_ROW_CHARS:
        _refuse(path, tr("ses lignes sont démesurées"))
    scores = {sep: _score(text, sep) for sep in SEPARATORS}
    best = max(SEPARATORS, key=lambda sep: scores[sep][0])
    score, regular = scores[best]
    if score == 0.0:
        return ","  # a table of one column: any separator reads it
    if regular < _MIN_REGULAR_SHARE:
        _refuse(path, tr("ses lignes n'ont pas le même nombre de cellules"))
    return best


def _score(text: str, separator: str) -> tuple[float, float]:
    """Return how much the text looks cut by ``separator``, and the share of regular rows."""
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for _, row in zip(range(_SAMPLE_ROWS), reader, strict=False):
            if any(row):
                widths[len(row)] += 1
    except csv.Error:
        pass  # an unclosed quote: the full reading will say where
    wide = {width: n for width, n in widths.items() if width > 1}
    if not wide:
        return 0.0, 1.0
    width, n = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
    share = n / widths.total()
    return share * math.log(width), share


def _refuse(path: Path, why: str) -> None:
    message = tr("ce fichier n'est pas un tableau : {why} ; attendu : {expected}")
    expected = tr("CSV, JSON, GeoJSON ou classeur (xlsx, xls, ods)")
    raise UnusableFile(path, message.format(why=why, expected=expected), line=1)


def _lines(path: Path, text: str, separator: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines: list[Line] = []
    begun = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                _check_length(path, begun, cells)
                lines.append(Line(begun, cells))
                if len(lines) > MAX_ROWS:
                    raise too_many_rows(path)
            begun = reader.line_num + 1
    except (
        csv.Error
    ):  # a lenient reader finds one fault: a cell beyond the limit set for all the process
        _refuse_long_cell(path, begun)
    if lines and _ends_open(text, separator, lines):
        _refuse_open_quote(path, lines[-1].number)
    return lines


def _check_length(path: Path, line: int, cells: list[str]) -> None:
    # csv's own limit is one setting for all the process, which any library may have raised
    if max(map(len, cells)) > MAX_SIGNS:
        _refuse_long_cell(path, line)


def _refuse_long_cell(path: Path, line: int) -> None:
    message = tr(
        "une cellule de cette ligne dépasse {limit} signes : un guillemet ouvert n'y est sans "
        "doute jamais refermé ; refermez-le ou doublez-le, ou raccourcissez la cellule"
    )
    raise UnusableFile(path, message.format(limit=french.number(MAX_SIGNS)), line=line)


def _refuse_open_quote(path: Path, line: int) -> None:
    message = tr(
        "un guillemet ouvert sur cette ligne n'est jamais refermé : la suite du fichier "
        "ne peut pas être lue ; refermez-le ou doublez-le"
    )
    raise UnusableFile(path, message, line=line)


def _ends_open(text: str, separator: str, lines: list[Line]) -> bool:
    """Say whether the file ends inside a quoted cell (only a multi-line last row can)."""
    if '"' not in text:
        return False
    last = _source_lines(text)[lines[-1].number - 1 :]
    try:
        list(csv.reader(last, delimiter=separator, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _source_lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline=""))


def _is_uneven(lines: list[Line]) -> bool:
    return len({len(line.cells) for line in lines}) > 1


def _first_row(texts: list[str], separator: str) -> list[str]:
    try:
        return next(csv.reader(texts, delimiter=separator), [])
    except csv.Error:  # the whole line is one cell beyond the limit: not cut by this separator
        return []


def _with_another(
    texts: list[str], number: int, separator: str, expected: int, place: Where
) -> tuple[list[str], Finding] | None:
    """Return the cells of a line under another separator that gives the expected number."""
    if not texts or expected < 3:
        return None
    for other in SEPARATORS:
        if other == separator:
            continue
        cells = _first_row(texts[number - 1 : number + _CELL_LINES], other)
        if len(cells) == expected:
            names = {"value": tr(_NAMES[other]), "usual": tr(_NAMES[separator])}
            return [c.strip() for c in cells], OTHER_SEPARATOR.at(place, **names)
    return None
