"""Ranks from the most fragile, and how far they move over variants."""

from __future__ import annotations

import numpy as np

from maillage.kernel.geometry import FloatArray

_DECIMALS = 9  # scores closer than this are equal: they differ by the order of sums only


def rank_from_most(scores: FloatArray) -> FloatArray:
    """Return ranks along the last axis, 1 = highest score; equals share the better rank.

    0 where the score is NaN. Any leading axes are variants.
    """
    if not scores.size:
        return np.zeros(scores.shape)
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


def rank_spread(
    drawn: FloatArray, left_out: FloatArray, central_share: float
) -> tuple[FloatArray, FloatArray]:
    """Return the lowest and highest rank to tell of each zone, from (n, n_zones) scores.

    They hold the central share (0-1) of the ranks over ``drawn``, and every rank over ``left_out``:
    those are few, and a share of all would cut them off. Variants in which a zone has no score are
    left out for it; 0 where it never has one.
    """
    bounds = central_bounds(central_share)
    central = [_percentiles(column, bounds) for column in rank_from_most(drawn).T]
    whole = [_percentiles(column, (0.0, 100.0)) for column in rank_from_most(left_out).T]
    both = np.array([central, whole])  # (2, n_zones, 2), NaN where never ranked
    known = np.isfinite(both).any(axis=(0, 2))
    low = np.where(known, np.fmin(both[0, :, 0], both[1, :, 0]), 0.0)
    high = np.where(known, np.fmax(both[0, :, 1], both[1, :, 1]), 0.0)
    return low, high


def central_bounds(share: float) -> tuple[float, float]:
    """Return the two percentiles (0-100) that hold that central share (0-1).

    >>> central_bounds(0.5)
    (25.0, 75.0)
    """
    return 50.0 * (1.0 - share), 50.0 * (1.0 + share)


def _percentiles(ranks: FloatArray, bounds: tuple[float, float]) -> FloatArray:
    ranked = ranks[ranks > 0.0]
    if not ranked.size:
        return np.full(2, np.nan)
    return np.asarray(np.percentile(ranked, bounds, method="nearest"), dtype=np.float64)
