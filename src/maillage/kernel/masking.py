"""Counts of few cases hidden so that no total gives them back.

A count is *small* where it is under ``least``, 0 included: what is hidden is « fewer than
``least`` », and nobody can tell it from none. Where the total would still tell a small count, the
next smallest counts are hidden with it, until another table with the same totals, the same counts
shown and the same small ones exists that differs by it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from maillage.kernel.intervals import Rate, rate

Key = TypeVar("Key", bound=Hashable)
Masked = tuple[int | None, ...]
Hidden = list[list[bool]]


def masked(counts: Sequence[int], least: int) -> Masked:
    """Return the counts that may be shown beside their total, None for each that is hidden."""
    hidden = {at for at, n in enumerate(counts) if n < least}
    if all(counts[at] == 0 for at in hidden):
        return tuple(counts)
    # Equal counts go together: which of them went would tell how the others are. What is left
    # does not depend on the order, so that hidden counts may be swapped and look the same.
    sizes = sorted({n for n in counts if n >= least})
    while sizes and not _doubtful([counts[at] for at in hidden], least):
        smallest = sizes.pop(0)
        hidden.update(at for at, n in enumerate(counts) if n == smallest)
    return tuple(None if at in hidden else n for at, n in enumerate(counts))


def masked_by(counts: Mapping[Key, int], least: int) -> dict[Key, int | None]:
    """Return what ``masked`` does, by the same keys in their order."""
    return dict(zip(counts, masked(tuple(counts.values()), least), strict=True))


def shown(n: int, least: int) -> int | None:
    """Return a count that stands alone, None where it is of few cases (0 is told)."""
    return n if n == 0 or n >= least else None


def shown_rate(n_yes: int, n: int, least: int) -> Rate | None:
    """Return a share that stands alone, None where it would tell of few that they did or did not.

    >>> shown_rate(2, 40, 5), shown_rate(38, 40, 5), shown_rate(0, 3, 5)
    (None, None, None)
    """
    if n < max(least, 1) or shown(n_yes, least) is None or shown(n - n_yes, least) is None:
        return None
    return rate(n_yes, n)


def masked_table(table: Sequence[Sequence[int]], least: int) -> tuple[Masked, ...]:
    """Return the counts of a table that may be shown beside the totals of its rows and columns.

    ``table`` is of any number of rows of one length. All is hidden where nothing less would do.
    """
    hidden = [[n < least for n in row] for row in table]
    small = [at for at in _cells(table) if 0 < table[at[0]][at[1]] < least]
    for row, column in small:
        if _is_doubtful(table, hidden, least, (row, column)):
            continue
        corner = _cheapest_corner(table, hidden, least, (row, column))
        if corner is None:
            return tuple((None,) * len(line) for line in table)
        for at_row, at_column in _rectangle((row, column), corner):
            hidden[at_row][at_column] = True
    if not small:
        return tuple(tuple(row) for row in table)
    return tuple(
        tuple(None if hides else n for n, hides in zip(row, flags, strict=True))
        for row, flags in zip(table, hidden, strict=True)
    )


def _doubtful(hidden: Sequence[int], least: int) -> bool:
    """Say whether the sum of hidden counts leaves each small one in doubt: at least two values."""
    total, n_large = sum(hidden), sum(n >= least for n in hidden)
    if len(hidden) < 2 or total < least:
        return False
    return n_large > 0 or total < (least - 1) * len(hidden)


Cell = tuple[int, int]


def _cells(table: Sequence[Sequence[int]]) -> Iterator[Cell]:
    return ((row, column) for row, line in enumerate(table) for column in range(len(line)))


def _rectangle(one: Cell, other: Cell) -> tuple[Cell, Cell, Cell, Cell]:
    return one, (one[0], other[1]), (other[0], one[1]), other


def _corners(table: Sequence[Sequence[int]], cell: Cell) -> Iterator[Cell]:
    return (at for at in _cells(table) if at[0] != cell[0] and at[1] != cell[1])


def _is_doubtful(table: Sequence[Sequence[int]], hidden: Hidden, least: int, cell: Cell) -> bool:
    """Say whether one case moved round hidden cells makes another table that looks the same."""
    return any(
        all(hidden[row][column] for row, column in _rectangle(cell, corner))
        and _may_turn(table, least, _rectangle(cell, corner))
        for corner in _corners(table, cell)
    )


def _may_turn(
    table: Sequence[Sequence[int]], least: int, cells: tuple[Cell, Cell, Cell, Cell]
) -> bool:
    """Say whether +1, -1, -1, +1 or its contrary leaves small cells small and large ones large."""
    one, across, down, opposite = (table[row][column] for row, column in cells)

    def less(n: int) -> bool:
        """Say whether a count may lose one."""
        return n > 0 and n != least

    def more(n: int) -> bool:
        """Say whether a count may gain one."""
        return n != least - 1

    return (more(one) and less(across) and less(down) and more(opposite)) or (
        less(one) and more(across) and more(down) and less(opposite)
    )


def _cheapest_corner(
    table: Sequence[Sequence[int]], hidden: Hidden, least: int, cell: Cell
) -> Cell | None:
    """Return the opposite corner of the rectangle that hides the fewest cases more."""

    def cost(corner: Cell) -> tuple[int, Cell]:
        """Return how many cases more are hidden, then the place, for one order."""
        more = (table[r][c] for r, c in _rectangle(cell, corner) if not hidden[r][c])
        return sum(more), corner

    able = [
        corner
        for corner in _corners(table, cell)
        if _may_turn(table, least, _rectangle(cell, corner))
    ]
    return min(able, key=cost, default=None)
