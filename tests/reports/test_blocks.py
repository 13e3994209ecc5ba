"""Blocks know how they want to be laid out."""

from __future__ import annotations

from maillage.reports.blocks import LONG_TABLE, Cell, Column, Span, Table


def _table(n_rows: int, *columns: Column) -> Table:
    row = tuple(Cell("x") for _ in columns)
    return Table("t", "Titre", columns, (row,) * n_rows)


def test_a_table_is_long_beyond_the_limit() -> None:
    """A table of just the limit stands among sentences, one row more folds it."""
    assert not _table(LONG_TABLE, Column("a")).long
    assert _table(LONG_TABLE + 1, Column("a")).long


def test_spans_join_neighbours_of_one_group() -> None:
    """Neighbouring columns of one group share a heading; ungrouped ones have an empty one each."""
    table = _table(1, Column("a"), Column("b"), Column("c", group="G"), Column("d", group="G"))
    assert table.spans == (Span("", 1), Span("", 1), Span("G", 2))


def test_no_group_no_upper_row() -> None:
    """A table without groups has no upper row of headings."""
    assert _table(1, Column("a"), Column("b")).spans == ()


def test_wordy_columns_are_those_with_sentences() -> None:
    """Only a column with a cell of many letters asks for room."""
    rows = ((Cell("court"), Cell("long " * 20)),)
    assert Table("t", "", (Column("a"), Column("b")), rows).wordy == (False, True)
