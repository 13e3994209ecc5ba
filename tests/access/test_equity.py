"""How evenly something is shared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.access.equity import gini, lorenz, measure_equity, worst_off

pairs = st.lists(
    st.tuples(st.floats(0.0, 1e4), st.integers(1, 100_000)), min_size=1, max_size=30
).map(lambda drawn: (np.array([v for v, _ in drawn]), np.array([float(p) for _, p in drawn])))


def test_known_gini() -> None:
    """One in four owns all: the Gini is 3/4; two people with 1 and 3: it is 1/4."""
    ones = np.ones(4)
    assert gini(np.array([0.0, 0.0, 0.0, 1.0]), ones) == pytest.approx(0.75)
    assert gini(np.array([1.0, 3.0]), np.ones(2)) == pytest.approx(0.25)


@given(pairs)
def test_gini_lies_between_0_and_1(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    """The Gini is a share, and agrees with the mean difference between two people."""
    values, people = drawn
    found = gini(values, people)
    assert 0.0 <= found <= 1.0
    total = people.sum()
    mean = (values * people).sum() / total
    if mean > 1e-6:
        gaps = np.abs(values[:, None] - values[None, :]) * people[:, None] * people[None, :]
        assert found == pytest.approx(gaps.sum() / (2 * total**2 * mean), abs=1e-9)


@given(st.floats(0.0, 1e4), st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_gini_of_equals_is_0(value: float, people: list[int]) -> None:
    """Where all have the same nobody is worse off."""
    assert gini(np.full(len(people), value), np.array(people, dtype=float)) == pytest.approx(0.0)


@given(pairs, st.floats(0.01, 100.0))
def test_gini_does_not_depend_on_the_unit(
    drawn: tuple[np.ndarray, np.ndarray], factor: float
) -> None:
    """Hours or minutes, thousands or people: the Gini is the same."""
    values, people = drawn
    expected = gini(values, people)
    if values.max() > 1e-3 or values.max() == 0:
        assert gini(values * factor, people) == pytest.approx(expected, abs=1e-9)
        assert gini(values, people * factor) == pytest.approx(expected, abs=1e-9)


@given(pairs, st.floats(0.05, 0.95))
def test_a_zone_cut_in_two_halves_changes_nothing(
    drawn: tuple[np.ndarray, np.ndarray], share: float
) -> None:
    """How the map is cut does not change who is worst off, nor how unevenly."""
    values, people = drawn
    twice, halves = np.repeat(values, 2), np.repeat(people / 2, 2)
    assert gini(twice, halves) == pytest.approx(gini(values, people), abs=1e-9)
    for most_is_worst in (True, False):
        whole, _ = worst_off(values, people, share, most_is_worst=most_is_worst)
        cut, _ = worst_off(twice, halves, share, most_is_worst=most_is_worst)
        assert cut == pytest.approx(whole, abs=1e-6)


@given(pairs)
def test_the_lorenz_curve_rises_below_the_diagonal(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    """The curve goes from (0, 0) to (1, 1), never falls, never passes above the diagonal."""
    curve = lorenz(*drawn)
    assert curve[0].tolist() == [0.0, 0.0]
    assert curve[-1].tolist() == [1.0, 1.0]
    assert (np.diff(curve, axis=0) >= 0).all()
    assert (curve[:, 1] <= curve[:, 0] + 1e-9).all()


def test_the_worst_off_are_counted_in_people() -> None:
    """A tenth of 1,000 people is the 60 of the worst zone and 40 of the next."""
    values, people = np.array([5.0, 1.0, 2.0]), np.array([840.0, 60.0, 100.0])
    mean, zones = worst_off(values, people, 0.1, most_is_worst=False)
    assert mean == pytest.approx((1.0 * 60 + 2.0 * 40) / 100)
    assert zones == (1, 2)
    mean, zones = worst_off(values, people, 0.1, most_is_worst=True)
    assert (mean, zones) == (5.0, (0,))


def test_zones_without_people_do_not_count() -> None:
    """An empty zone is in nobody's share, even out of reach."""
    values, people = np.array([np.inf, 2.0, 4.0]), np.array([0.0, 10.0, 10.0])
    equity = measure_equity("Minutes", values, people, ["a", "b", "c"], most_is_worst=True)
    assert equity is not None
    assert (equity.mean, equity.worst_tenth_mean, equity.worst_zone_ids) == (3.0, 4.0, ("c",))
    assert (equity.gini, equity.label) == (pytest.approx(1 / 6), "Minutes")


def test_what_some_cannot_reach_has_no_gini() -> None:
    """Infinite minutes where people live have no mean; nobody at all has nothing to share."""
    for values, people in (([np.inf, 1.0], [5.0, 5.0]), ([1.0, 1.0], [0.0, 0.0])):
        equity = measure_equity("x", np.array(values), np.array(people), "ab", most_is_worst=True)
        assert equity is None
