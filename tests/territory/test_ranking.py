"""Ranks from the most fragile, and how far they move."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.territory.ranking import rank_from_most, rank_spread

scores = st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=12).map(
    lambda drawn: np.array([np.nan if s is None else float(s) for s in drawn])
)


def test_the_highest_score_is_first_and_equals_share_the_better_rank() -> None:
    """1 = most fragile; two equal scores share a rank and the next one is skipped; NaN is 0."""
    ranks = rank_from_most(np.array([3.0, 9.0, 9.0, np.nan, 1.0]))
    assert ranks.tolist() == [3.0, 1.0, 1.0, 0.0, 4.0]


def test_scores_that_differ_by_rounding_are_equal() -> None:
    """A difference of the last bits of a sum makes no rank."""
    assert rank_from_most(np.array([0.3, 0.1 + 0.2])).tolist() == [1.0, 1.0]


@given(scores)
def test_a_rank_counts_those_who_are_more_fragile(drawn: np.ndarray) -> None:
    """The rank of a zone is one more than the number of zones with a higher score."""
    for score, rank in zip(drawn, rank_from_most(drawn), strict=True):
        assert rank == (0.0 if np.isnan(score) else 1.0 + (drawn > score).sum())


@given(scores, scores)
def test_variants_are_ranked_each_on_its_own(a: np.ndarray, b: np.ndarray) -> None:
    """Ranking a table of variants is ranking each of its rows."""
    n = min(a.size, b.size)
    both = np.stack([a[:n], b[:n]])
    expected = np.stack([rank_from_most(both[0]), rank_from_most(both[1])])
    assert np.array_equal(rank_from_most(both), expected)


def test_the_spread_leaves_out_variants_without_score() -> None:
    """A zone that has no score in a variant is not ranked there; one that never has one is 0."""
    variants = np.array([[5.0, 4.0, np.nan], [np.nan, 4.0, np.nan], [3.0, 4.0, np.nan]])
    low, high = rank_spread(variants, variants[:0], 0.9)
    assert low.tolist() == [1.0, 1.0, 0.0]
    assert high.tolist() == [2.0, 2.0, 0.0]


def test_the_spread_follows_its_share() -> None:
    """Ranks met in six draws of a hundred are within the central nine tenths, not the half."""
    drawn = np.array([[9.0, 5.0]] * 94 + [[1.0, 5.0]] * 6)
    nine_tenths, half = (rank_spread(drawn, drawn[:0], share) for share in (0.9, 0.5))
    assert [side.tolist() for side in nine_tenths] == [[1.0, 1.0], [2.0, 2.0]]
    assert [side.tolist() for side in half] == [[1.0, 2.0], [1.0, 2.0]]


@given(st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_the_spread_holds_every_rank_with_a_criterion_left_out(n: int, seed: int) -> None:
    """However few they are among the draws, no rank without a criterion stands outside."""
    generator = np.random.default_rng(seed)
    drawn = np.sort(generator.random(n))[None, :] + generator.normal(0.0, 0.01, (200, n))
    left_out = generator.random((3, n))
    low, high = rank_spread(drawn, left_out, 0.9)
    ranks = rank_from_most(left_out)
    assert ((low <= ranks) & (ranks <= high)).all()
