"""The most people that places can take."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.siting.posts.flow import flow


def _smallest_cut(coming: np.ndarray, room: np.ndarray, allowed: np.ndarray) -> float:
    groups = range(len(coming))
    cuts = chain.from_iterable(combinations(groups, n) for n in range(len(coming) + 1))
    return min(
        float(
            coming.sum() - coming[list(cut)].sum() + room[allowed[:, list(cut)].any(axis=1)].sum()
        )
        for cut in cuts
    )


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_what_is_taken_is_the_smallest_cut(seed: int) -> None:
    """No more come than want to, and all together as many as the smallest cut lets through."""
    generator = np.random.default_rng(seed)
    n_groups, n_places = generator.integers(1, 6, 2)
    coming, room = (
        generator.integers(0, 9, n_groups) * 0.7,
        generator.integers(0, 9, n_places) * 1.3,
    )
    allowed = generator.random((n_places, n_groups)) < 0.5
    taken = flow(coming, room, allowed)
    assert (taken <= coming + 1e-9).all()
    assert abs(taken.sum() - _smallest_cut(coming, room, allowed)) < 1e-6
