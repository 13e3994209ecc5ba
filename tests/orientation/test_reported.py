"""Requests without an answer are corrected for the desks that say nothing, and told as unsure."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.access.unreached.model import UnmetNeed
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.orientation.reported import DeskMonth, RecordedNeed, as_demand, reported

ON = dt.date(2026, 11, 23)
MONTH = dt.date(2026, 11, 1)
PARAMETERS = load_parameters(ON)


@pytest.fixture
def parameters() -> Parameters:
    """The parameters in force."""
    return PARAMETERS


def needs_of(*counts: int) -> tuple[RecordedNeed, ...]:
    """Return so many requests of each desk, numbered desks from 0."""
    need = UnmetNeed("62119", None, ON)
    return tuple(RecordedNeed(need, f"desk-{d}") for d, n in enumerate(counts) for _ in range(n))


def test_all_desks_reporting_leave_nothing_to_correct(parameters: Parameters) -> None:
    """Where every desk reports, the total is the count and nothing is unsure."""
    found = reported(needs_of(3, 5), (), 2, parameters)
    assert (found.estimate, found.low, found.high, found.weight) == (8.0, 8.0, 8.0, 1.0)


def test_half_of_the_desks_reporting_doubles_the_count(parameters: Parameters) -> None:
    """Desks that say nothing are supposed to be asked as often as those that report."""
    found = reported(needs_of(4, 4), (), 4, parameters)
    assert (found.estimate, found.low, found.high) == (16.0, 16.0, 16.0)


def test_desks_that_differ_make_the_total_unsure(parameters: Parameters) -> None:
    """The interval is that of the expansion estimator: checked against the sum by hand.

    Two desks of four, with 2 and 6 requests: s² = 8, standard error 4 √(8/2 × ½), t(1) = 12.706.
    """
    found = reported(needs_of(2, 6), (), 4, parameters)
    assert found.estimate == 16.0
    assert found.high == pytest.approx(16.0 + 12.706 * 4 * 2**0.5)
    assert found.low == 8.0


def test_one_desk_alone_has_no_upper_end(parameters: Parameters) -> None:
    """How much desks differ cannot be known of a single one: no upper end is told."""
    found = reported(needs_of(7), (), 10, parameters)
    assert (found.estimate, found.low, found.high) == (70.0, 7.0, None)


def test_a_desk_that_searched_and_recorded_nothing_counts_as_reporting(
    parameters: Parameters,
) -> None:
    """A desk that often seeks help and never fails says that nothing was unmet there."""
    months = (DeskMonth("busy", MONTH, 3), DeskMonth("busy", dt.date(2026, 10, 1), 2))
    found = reported(needs_of(4), months, 2, parameters)
    assert (found.n_reporting, found.estimate) == (2, 4.0)
    assert reported(needs_of(4), months[:1], 2, parameters).n_reporting == 1


def test_nobody_reporting_says_nothing_of_the_total(parameters: Parameters) -> None:
    """Where no desk reports, the upper end is unknown, not zero."""
    found = reported((), (), 5, parameters)
    assert (found.n_reporting, found.estimate, found.high) == (0, 0.0, None)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(0, 30))
def test_the_truth_is_never_under_what_was_recorded(counts: list[int], silent: int) -> None:
    """Recorded ≤ low ≤ estimate ≤ high, whatever desks say."""
    months = [DeskMonth(f"desk-{d}", MONTH, 9) for d in range(len(counts))]
    found = reported(needs_of(*counts), months, len(counts) + silent, PARAMETERS)
    assert found.n_recorded <= found.low <= found.estimate
    assert found.high is None or found.estimate <= found.high
    weights = [need.weight for need in as_demand(needs_of(*counts), found)]
    assert sum(weights) == pytest.approx(found.estimate)
