"""Counts of few cases are hidden, and no total, row or column gives them back."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from maillage.kernel.masking import masked, masked_by, masked_table, shown

LEAST = 3
small_lists = st.lists(st.integers(0, 6), min_size=1, max_size=4)
lists = st.lists(st.integers(0, 40), max_size=14)
tables = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda size: st.lists(
        st.lists(
            st.integers(0, 9) | st.just(0) | st.integers(1, 2), min_size=size[1], max_size=size[1]
        ),
        min_size=size[0],
        max_size=size[0],
    )
)


def _sums(n: int, total: int) -> list[tuple[int, ...]]:
    """Return every list of so many counts with a total."""
    return [one for one in product(range(total + 1), repeat=n) if sum(one) == total]


@settings(deadline=None)
@given(small_lists)
def test_who_knows_total_and_rules_learns_no_small_count(counts: list[int]) -> None:
    """Of all the lists that would be published alike, each small count takes two values at least.

    The reader knows the total, the rules of this house, and ``least``.
    """
    published = masked(counts, LEAST)
    alike = [c for c in _sums(len(counts), sum(counts)) if masked(c, LEAST) == published]
    assert tuple(counts) in alike
    for at, n in enumerate(counts):
        if 0 < n < LEAST:
            assert published[at] is None
            alone = len(counts) == 1 or sum(counts) < LEAST
            assert len({one[at] for one in alike}) > 1 or alone


@given(lists, st.integers(2, 9))
def test_what_is_shown_is_true_and_large(counts: list[int], least: int) -> None:
    """A count shown is the true one, and never under ``least`` but for 0 where none is small."""
    published = masked(counts, least)
    assert all(one in (None, n) for one, n in zip(published, counts, strict=True))
    assert not any(one is not None and 0 < one < least for one in published)
    if not any(0 < n < least for n in counts):
        assert published == tuple(counts)


@given(lists, st.integers(2, 9))
def test_few_large_counts_go_with_the_small(counts: list[int], least: int) -> None:
    """Where a large count is hidden, large counts of one size were enough."""
    published = masked(counts, least)
    hidden = [n for one, n in zip(published, counts, strict=True) if one is None]
    large = [n for n in hidden if n >= least]
    assert not hidden or sum(hidden) >= min(least, sum(counts))
    if any(one is not None for one in published):
        assert len(set(large)) <= 1


def test_counts_alone_and_by_key() -> None:
    """Two small reasons whose sum would tell them take the next smallest with them."""
    assert masked_by({"a": 4, "b": 4, "c": 9, "d": 12}, 5) == {
        "a": None, "b": None, "c": None, "d": 12,
    }  # fmt: skip
    assert masked((20, 30, 2), 5) == (None, 30, None)
    assert masked((1, 2, 0, 3, 30), 5) == (None, None, None, None, 30)
    assert [shown(n, 5) for n in (0, 1, 4, 5)] == [0, None, None, 5]


def _range(table: np.ndarray, published: np.ndarray, cell: tuple[int, int]) -> tuple[float, float]:
    """Return the least and the most that a hidden cell may be, for who knows all the totals.

    The reader also knows which hidden counts are small.
    """
    unknown = [tuple(at) for at in np.argwhere(published < 0)]
    rows = [[at[0] == row for at in unknown] for row in range(table.shape[0])]
    columns = [[at[1] == column for at in unknown] for column in range(table.shape[1])]
    known = np.where(published < 0, 0, published)
    totals = [*(table - known).sum(axis=1), *(table - known).sum(axis=0)]
    goal = np.array([float(at == cell) for at in unknown])
    within = [(0, LEAST - 1) if table[at] < LEAST else (LEAST, None) for at in unknown]
    lines = np.array([*rows, *columns], float)
    ends = [
        linprog(sign * goal, A_eq=lines, b_eq=totals, bounds=within, method="highs")
        for sign in (1, -1)
    ]
    return ends[0].fun, -ends[1].fun


@settings(deadline=None, max_examples=150)
@given(tables)
def test_no_row_nor_column_gives_a_small_count_back(told: list[list[int]]) -> None:
    """Who knows every total of a table cannot work out a small count: it may be another number.

    Where all is hidden, a table of one row or one column is told by its totals alone: those are
    masked before they are shown.
    """
    table = np.array(told)
    published = np.array(
        [[-1 if n is None else n for n in row] for row in masked_table(told, LEAST)]
    )
    assert np.all((published == table) | (published < 0))
    if np.all(published < 0):
        return
    for cell in np.argwhere((table > 0) & (table < LEAST)):
        at = (int(cell[0]), int(cell[1]))
        assert published[at] < 0
        low, high = _range(table, published, at)
        assert high - low > 0.5


def test_a_table_hides_no_more_than_it_must() -> None:
    """Small flows that hide one another hide no large one; a lone one takes a rectangle along."""
    both = masked_table([[2, 0, 40], [0, 3, 50]], 5)
    assert both == ((None, None, 40), (None, None, 50))
    lone = masked_table([[2, 8, 40], [9, 30, 50]], 5)
    assert lone == ((None, None, 40), (None, None, 50))
    assert masked_table([[8, 9], [0, 7]], 5) == ((8, 9), (0, 7))
    assert masked_table([[2, 40]], 5) == ((None, None),)
    assert masked_table([], 5) == ()
