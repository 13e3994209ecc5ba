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
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = [row.get(column) or "" for column in columns]
        writer.writerow([_neutral(cell) for cell in cells] if neutralise else cells)
    return text.getvalue().encode("utf-8")


def _neutral(cell: str) -> str:
    if cell.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
