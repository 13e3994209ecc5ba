"""Siting problems drawn for the properties, small enough to try every choice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from maillage.kernel.budget import Budget
from maillage.kernel.progress import Silent
from maillage.siting.exhaustive import ExhaustiveSiting
from maillage.siting.model import Choice, Covering, PMedian, Problem, Sited, SitingSolver


def solved(problem: Problem, solver: SitingSolver | None = None, seed: int = 0) -> Sited:
    """Return the answer of a solver (the exhaustive one) to a problem."""
    return (solver or ExhaustiveSiting()).solve(problem, Budget(seed=seed), Silent())


def covering(
    weights: Sequence[float],
    reached: Sequence[Sequence[int]],
    choice: Choice,
    shares: Sequence[float] | None = None,
) -> Covering:
    """Return the problem whose candidates each reach the demands told."""
    return Covering(
        np.array(weights, dtype=np.float64),
        np.cumsum([0, *(len(one) for one in reached)]),
        np.array([demand for one in reached for demand in one], dtype=np.int64),
        choice,
        None if shares is None else np.array(shares, dtype=np.float64),
    )


@st.composite
def choices(draw: st.DrawFn, n_candidates: int) -> Choice:
    """Draw a choice that some sites can answer."""
    n_sites = draw(st.integers(1, n_candidates))
    order = draw(st.permutations(range(n_candidates)))
    n_forced = draw(st.integers(0, min(2, n_sites)))
    n_forbidden = draw(st.integers(0, min(3, n_candidates - n_sites)))
    forbidden = frozenset(order[n_candidates - n_forbidden :])
    return Choice(n_sites, frozenset(order[:n_forced]), forbidden)


@st.composite
def medians(draw: st.DrawFn) -> PMedian:
    """Draw a p-median: whole or real costs, some without a way where going without has a cost."""
    n, m = draw(st.integers(1, 9)), draw(st.integers(1, 8))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    costs = generator.integers(0, draw(st.sampled_from((3, 60))), (n, m)).astype(np.float64)
    if draw(st.booleans()):
        costs = np.round(costs * generator.random((n, m)) * 7.3, 3)
    unserved = None
    if draw(st.booleans()):
        unserved = generator.integers(0, 60, n).astype(np.float64)
        costs[generator.random((n, m)) < 0.3] = np.inf
    return PMedian(costs, draw(choices(m)), unserved)


@st.composite
def coverings(draw: st.DrawFn) -> Covering:
    """Draw a covering, gradual or not; some demands weigh nothing, some sites reach nobody."""
    n, m = draw(st.integers(1, 9)), draw(st.integers(1, 8))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = generator.integers(0, 12, n)
    reached = [np.flatnonzero(generator.random(n) < 0.4).tolist() for _ in range(m)]
    n_pairs = sum(len(one) for one in reached)
    shares = generator.choice((0.0, 0.25, 0.6, 1.0), n_pairs) if draw(st.booleans()) else None
    return covering(weights.tolist(), reached, draw(choices(m)), shares)


problems: st.SearchStrategy[Problem] = st.one_of(medians(), coverings())
