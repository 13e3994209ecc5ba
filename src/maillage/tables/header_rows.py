"""Headers on two rows: « Horaires » over « Lundi », « Mardi »… become « Horaires | Lundi »."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int, int, int]
"""Merged cells: first row, first column, last row, last column, all counted from 0."""

NumberedCells = tuple[int, list[str]]
"""The line of the file (from 1) and its cells."""

BETWEEN = " | "
_LEAST_RUN = 3  # columns under one name, where nothing says that cells are merged
_LONGEST_NAME = 40  # signs; a longer cell is data


def on_two_rows(
    rows: Sequence[NumberedCells], start: int, merges: Sequence[Span]
) -> tuple[int, list[str]] | None:
    """Return the index of the upper row of a header on two rows, and the joined names.

    ``start`` is the row taken for the header: it may be the upper or the lower of the two. None
    where the header is on one row.
    """
    for top in (start - 1, start):
        if 0 <= top < len(rows) - 1 and rows[top + 1][0] == rows[top][0] + 1:
            names = _joined(rows[top], rows[top + 1], merges)
            if names is not None:
                return top, names
    return None


def _joined(upper: NumberedCells, lower: NumberedCells, merges: Sequence[Span]) -> list[str] | None:
    width = max(len(upper[1]), len(lower[1]))
    above, below = _widened(upper[1], width), _widened(lower[1], width)
    spans = _merged(upper[0] - 1, merges, width) if merges else _runs(above, below)
    groups = {c: first for first, last in spans for c in range(first, last + 1) if above[first]}
    if not _is_header(above, below, groups) or (not merges and _told_outside(below, groups)):
        return None
    return [_name(column, above, below, groups) for column in range(width)]


def _widened(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _merged(row: int, merges: Sequence[Span], width: int) -> list[tuple[int, int]]:
    """Return the first and last columns of the cells merged along one row."""
    return [
        (left, min(right, width - 1))
        for top, left, bottom, right in sorted(merges)
        if top == bottom == row and left < right and left < width
    ]


def _runs(above: list[str], below: list[str]) -> list[tuple[int, int]]:
    """Return the runs of one name followed by blanks that the row below fills throughout."""
    starts = [column for column, name in enumerate(above) if name]
    ends = [*(column - 1 for column in starts[1:]), len(above) - 1]
    return [
        (first, last)
        for first, last in zip(starts, ends, strict=True)
        if last - first + 1 >= _LEAST_RUN and all(below[first : last + 1])
    ]


def _is_header(above: list[str], below: list[str], groups: dict[int, int]) -> bool:
    """Whether the lower row names what the groups hold, and is not the first row of data."""
    named = [below[column] for column in groups if below[column]]
    if not named or any(_is_data(cell) for cell in named):
        return False
    outside = [column for column in range(len(above)) if column not in groups]
    if any(above[column] and below[column] for column in outside):
        return False
    if any(above[column] for column in outside) or len(set(groups.values())) > 1:
        return True
    # One name over a whole table is its title.
    return min(groups) > min(column for column, cell in enumerate(below) if cell)


def _told_outside(below: list[str], groups: dict[int, int]) -> bool:
    return any(cell and column not in groups for column, cell in enumerate(below))


def _is_data(cell: str) -> bool:
    return cell[:1].isdigit() or "@" in cell or len(cell) > _LONGEST_NAME


def _name(column: int, above: list[str], below: list[str], groups: dict[int, int]) -> str:
    if column not in groups:
        return above[column] or below[column]
    over = above[groups[column]]
    return f"{over}{BETWEEN}{below[column]}" if below[column] else above[column]
