"""Rows → the bytes of a CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"[+-]\d[\d .,]*")


def csv_bytes(
    columns: Sequence[str], rows: Iterable[Mapping[str, str | None]], *, neutralise: bool = False
) -> bytes:
    """Return a CSV file: UTF-8 without mark, commas, ``\\n`` line ends, quotes where needed.

    Cells of a row that are absent or None are empty; cells outside ``columns`` are not written.
    With ``neutralise``, a cell that a spreadsheet would run as a formula is made text by a leading
    apostrophe. A signed plain number runs nothing: phone numbers such as +33321000000 and negative
    longitudes are left as they are, so that national-schema files stay valid.
    """
    lines = [_line(columns)]
    for row in rows:
        cells = [row.get(column) or "" for column in columns]
        lines.append(_line([neutral(cell) for cell in cells] if neutralise else cells))
    return "".join(lines).encode("utf-8")


def spreadsheet_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the CSV that French spreadsheets open with a double click: UTF-8 marked so, « ; ».

    Cells stand in the order of ``columns``; None is empty; none of them is a live formula.
    """
    held = io.StringIO(newline="")
    table = csv.writer(held, delimiter=";", lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow(["" if cell is None else neutral(str(cell)) for cell in row])
    return b"\xef\xbb\xbf" + held.getvalue().encode("utf-8", "replace")


def _line(cells: Sequence[str]) -> str:
    """Return one line.

    It is written with both signs of a line's end, so that each of them is quoted in a cell: a
    carriage return left bare would begin a new row, whose first cell may be live.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + "\n"


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet runs: itself, or behind an apostrophe."""
    if cell.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def as_before(cell: str) -> str:
    """Return a cell as it was before ``neutral``."""
    bare = cell.removeprefix("'")
    return bare if bare != cell and neutral(bare) == cell else cell
