"""What the columns of a rule tell in one row, before any word is understood."""

from __future__ import annotations

from collections.abc import Iterable

from maillage.directory.mapping.addresses import whole_address
from maillage.directory.mapping.cells import parts, tells_nothing
from maillage.directory.mapping.model import LISTS, FieldRule
from maillage.kernel.words import plain
from maillage.standard import mednum
from maillage.standard.html_text import without_html
from maillage.tables.model import Row, Table

_BETWEEN_SLOTS = " / "  # as one day's slots are written side by side


def told_columns(table: Table) -> tuple[str, ...]:
    """Return the columns that some row tells, in the table's order."""
    told: set[str] = set()
    for row in table.rows:
        told |= {c for c, text in row.cells.items() if c not in told and not tells_nothing(text)}
    return tuple(column for column in table.columns if column in told)


def cell(row: Row, column: str) -> str | None:
    """Return what a cell tells, without HTML; None where it tells nothing."""
    text = row.cells.get(column)
    if text is None or tells_nothing(bare := without_html(text)):
        return None
    return bare


def cells(row: Row, columns: Iterable[str]) -> list[str]:
    """Return the told cells among these columns, in their order."""
    return [text for column in columns if (text := cell(row, column)) is not None]


def simple_text(field: str, rule: FieldRule, row: Row) -> str | None:
    """Return the text that a row tells of a field without closed vocabulary, None = not told."""
    texts = cells(row, rule.columns)
    if rule.part is not None:
        texts = [part for text in texts if (part := whole_address(text).get(rule.part))]
    if rule.join is not None:
        texts = [rule.join.join(texts)] if texts else []
    if field in LISTS:
        pieces = [piece for text in texts for piece in parts(text, rule.split)]
        texts = [mednum.SEPARATOR.join(dict.fromkeys(pieces))] if pieces else []
    if not texts:
        return None
    if not rule.values:
        return texts[0]
    words = {plain(found): meant for found, meant in rule.values.items()}.get(plain(texts[0]))
    return texts[0] if words is None else (words[0] if words else None)


def hours_text(columns: Iterable[str], row: Row) -> str | None:
    """Return the hours told by columns of one day, or by one column of the whole week."""
    told = [text.replace("\n", " ; ") for text in cells(row, columns)]
    return _BETWEEN_SLOTS.join(told) if told else None
