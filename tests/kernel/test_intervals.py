"""Shares observed on few, and how sure they are."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel import intervals
from maillage.kernel.intervals import rate

counts = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_the_interval_holds_the_share_within_0_and_1(told: tuple[int, int]) -> None:
    """What was observed stands in its interval, which is of some width and within 0-1."""
    found = rate(*told)
    assert found.share is not None
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.low < found.high


@given(counts, st.integers(2, 9))
def test_more_cases_of_the_same_share_are_surer(told: tuple[int, int], times: int) -> None:
    """The same share of more cases has a narrower interval."""
    few, many = rate(*told), rate(told[0] * times, told[1] * times)
    assert many.high - many.low < few.high - few.low


@given(counts)
def test_yes_and_no_are_mirrored(told: tuple[int, int]) -> None:
    """The share that did not is as sure as the share that did."""
    n_yes, n = told
    did, did_not = rate(n_yes, n), rate(n - n_yes, n)
    assert did.low == pytest.approx(1 - did_not.high)
    assert did.high == pytest.approx(1 - did_not.low)


@pytest.mark.parametrize(
    ("n_yes", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (8, 10, 0.4902, 0.9433),
        (15, 148, 0.0624, 0.1605),
        (81, 263, 0.2553, 0.3662),
        (1, 29, 0.0061, 0.1718),
        (10, 10, 0.7225, 1.0),
    ],
)
def test_known_values(n_yes: int, n: int, low: float, high: float) -> None:
    """The intervals are those that are published (Newcombe 1998, method 3), to four decimals."""
    found = rate(n_yes, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nothing_nothing_is_known() -> None:
    """Without a case the share is not told, and may be anything; more than all is no share."""
    found = rate(0, 0)
    assert (found.share, found.low, found.high) == (None, 0.0, 1.0)
    with pytest.raises(ValueError, match="3 of 2"):
        rate(3, 2)


def test_the_examples_are_true() -> None:
    """What the docstrings show is what comes out."""
    assert doctest.testmod(intervals).failed == 0
