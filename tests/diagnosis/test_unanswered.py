"""Indicators of requests without an answer, and counts that nobody can be read out of."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from maillage.diagnosis.unanswered import (
    Counted,
    MonthAsked,
    gathered,
    indicators,
    share_unanswered,
    unanswered_a_month,
)


def month(number: int, asked: int, recorded: int, *, whole: bool = True) -> MonthAsked:
    """Return a month of 2026 whose correction doubles what was recorded."""
    return MonthAsked(dt.date(2026, number, 1), asked, recorded, 2.0 * recorded, whole)


def others(n: int) -> str:
    """Name so many rows."""
    return f"{n} autres"


def test_the_share_is_of_all_that_was_asked() -> None:
    """Two of ten then four of ten: three tenths; nobody asked: not known, rather than none."""
    assert share_unanswered([month(1, 10, 2), month(2, 10, 4)]) == 0.3
    assert share_unanswered([month(1, 0, 0)]) is None
    assert [month(1, 10, 2).share, month(1, 0, 0).share] == [0.2, None]


def test_a_month_is_one_that_is_over_and_since_desks_ask() -> None:
    """Months before the first that was asked, and the running one, change nothing."""
    months = [month(1, 0, 0), month(2, 10, 2), month(3, 0, 0), month(4, 9, 9, whole=False)]
    assert unanswered_a_month(months) == 2.0
    assert unanswered_a_month(months[1:3]) == 2.0
    assert unanswered_a_month(months[:1]) is None
    assert unanswered_a_month(months[3:]) is None


def test_indicators_have_a_name_a_value_and_a_baseline() -> None:
    """An action plan finds them by code; what was not measured before has no baseline."""
    found = indicators([month(1, 4, 1)], [])
    assert [(one.code, one.value, one.baseline) for one in found] == [
        ("unanswered-share", 0.25, None),
        ("unanswered-a-month", 2.0, None),
    ]


def test_small_counts_are_put_together() -> None:
    """Two small ones make one row; a lone small one takes the next smallest with it."""
    rows = [Counted("a", 9, 9.0), Counted("b", 3, 3.0), Counted("c", 2, 2.0)]
    assert gathered(rows, 5, others) == (rows[0], Counted("2 autres", 5, 5.0, 2))
    assert gathered(rows[:2], 5, others) == (Counted("2 autres", 12, 12.0, 2),)
    assert gathered(rows[:1], 5, others) == (rows[0],)
    assert gathered(rows[1:2], 5, others) == ()


@given(st.lists(st.integers(1, 12), max_size=12), st.integers(1, 8))
def test_no_row_tells_too_few(counts: list[int], least: int) -> None:
    """No row is under the least, none is lost, and no difference with the total tells one."""
    rows = [Counted(str(n), count, float(count)) for n, count in enumerate(counts)]
    told = gathered(rows, least, others)
    assert all(row.n >= least for row in told)
    assert not told or sum(row.n for row in told) == sum(counts)
    assert bool(told) == (sum(counts) >= least and bool(counts))
    assert sum(row.n_gathered for row in told) == (len(counts) if told else 0)
    assert gathered(rows[::-1], least, others) == told
