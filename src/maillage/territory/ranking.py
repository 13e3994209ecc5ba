"""Ranks from the most fragile, and how far they move over variants."""

from __future__ import annotations

import numpy as np

from maillage.kernel.geometry import FloatArray

_DECIMALS = 9  # scores closer than this are equal: they differ by the order of sums only
_LOW, _HIGH = 5.0, 95.0  # the central 90 % of ranks, as Fragility says


def rank_from_most(scores: FloatArray) -> FloatArray:
    """Return ranks along the last axis, 1 = highest score; equals share the better rank.

    0 where the score is NaN. Any leading axes are variants.
    """
    known = np.isfinite(scores)
    rounded = np.where(known, np.round(scores, _DECIMALS), -np.inf)
    ordered = np.sort(-rounded, axis=-1)
    flat_order, flat_scores = np.atleast_2d(ordered), np.atleast_2d(-rounded)
    ranks = np.stack(
        [
            np.searchsorted(order, row, side="left") + 1
            for order, row in zip(flat_order, flat_scores, strict=True)
        ]
    ).reshape(scores.shape)
    return np.where(known, ranks, 0).astype(np.float64)


def rank_spread(scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the 5th and 95th percentiles of each zone's rank over (n_variants, n_zones) scores.

    Variants in which a zone has no score are left out for it; 0 where it never has one.
    """
    ranks = rank_from_most(scores)
    low, high = np.zeros(ranks.shape[1]), np.zeros(ranks.shape[1])
    for zone in range(ranks.shape[1]):
        ranked = ranks[ranks[:, zone] > 0.0, zone]
        if ranked.size:
            low[zone], high[zone] = np.percentile(ranked, (_LOW, _HIGH), method="nearest")
    return low, high
