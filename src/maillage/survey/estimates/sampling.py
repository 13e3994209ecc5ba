"""Weighted shares, means and medians, and how sure they are; linearised, population counted.

Särndal, Swensson and Wretman 1992, chapter 6: what the margins explain of an answer is not left to
chance, nor is what was asked of people who were all asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.kernel.beta import student_quantile
from maillage.survey.estimates.intervals import TAIL, mid_p, spread_of
from maillage.survey.estimates.weights import Weights

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of a domain, one for each column looked at, and how many draws each is worth.

    ``n_effective`` is infinite where nothing is left to chance.
    """

    n: int
    counts: NDArray[np.int64]
    shares: Floats
    n_effective: Floats
    effect: Floats


def intervals_of(told: Sequence[Shares]) -> list[tuple[Floats, Floats]]:
    """Return the ends of the 95 % intervals of each, all worked out at once."""
    if not told:
        return []
    shares = np.concatenate([one.shares for one in told])
    n_effective = np.concatenate([one.n_effective for one in told])
    sure = np.isinf(n_effective)
    low, high = mid_p(shares, np.where(sure, 1.0, n_effective))
    low, high = np.where(sure, shares, low), np.where(sure, shares, high)
    cuts = np.cumsum([len(one.shares) for one in told])[:-1]
    return list(zip(np.split(low, cuts), np.split(high, cuts), strict=True))


class Sample:
    """Answers weighted, made ready for many questions."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights.values
        self._left = weights.left
        self._design = weights.design
        weighted = self._design.T * self.weights
        # What explains answers is the same for every question: its inverse is made once.
        self._solve = np.linalg.pinv(weighted @ self._design) if len(self.weights) else weighted
        self._free = int(np.linalg.matrix_rank(self._design)) if len(self.weights) else 0

    def shares(self, chosen: Flags, domain: Flags) -> Shares:
        """Return the shares of columns (answers × columns) among the answers of a domain."""
        n = int(domain.sum())
        inside = np.where(domain, self.weights, 0.0)
        size = float(inside.sum())
        yes = chosen & domain[:, None]
        counts = yes.sum(axis=0)
        if size <= 0:
            empty = np.zeros(chosen.shape[1])
            return Shares(0, counts, empty, empty, empty + 1.0)
        shares = (inside @ yes) / size
        variances = self._variances(yes - shares * domain[:, None], size, n)
        kish = n * float((inside**2).sum()) / size**2
        left = float((inside * self._left).sum()) / size
        if left <= 1e-12:
            return Shares(n, counts, shares, np.full_like(shares, np.inf), np.zeros_like(shares))
        rarer = np.minimum(counts, n - counts).astype(np.float64)
        spread = spread_of(shares, variances, rarer, n / kish / left, n, n - self._free)
        return Shares(n, counts, shares, spread.n_effective, spread.effect)

    def mean(self, numbers: Floats, domain: Flags) -> tuple[float, float, float]:
        """Return the mean of numbers in a domain of some answers, and its 95 % interval."""
        n = int(domain.sum())
        inside = np.where(domain, self.weights, 0.0)
        size = float(inside.sum())
        values = np.where(domain, numbers, 0.0)
        mean = float(inside @ values) / size
        residuals = np.where(domain, values - mean, 0.0)[:, None]
        half = float(np.sqrt(self._variances(residuals, size, n)[0]))
        half *= student_quantile(1 - TAIL, max(n - self._free, 1))
        return mean, mean - half, mean + half

    def median(self, numbers: Floats, domain: Flags) -> tuple[float, float, float]:
        """Return the median of numbers in a domain, and its interval by Woodruff's inversion."""
        values, weights = numbers[domain], self.weights[domain]
        order = np.argsort(values, kind="stable")
        values, below = values[order], np.cumsum(weights[order]) / weights.sum()
        middle = float(values[np.searchsorted(below, 0.5 - 1e-12)])
        told = self.shares((numbers <= middle)[:, None], domain)
        (((end_low,), (end_high,)),) = intervals_of([told])
        half_low, half_high = told.shares[0] - end_low, end_high - told.shares[0]
        last = len(values) - 1
        low = values[min(np.searchsorted(below, max(0.5 - half_low, 0.0)), last)]
        high = values[min(np.searchsorted(below, min(0.5 + half_high, 1.0)), last)]
        return middle, float(low), float(high)

    def effect(self) -> float:
        """Return Kish's design effect of the weights: 1 where all weigh the same."""
        size = float(self.weights.sum())
        return len(self.weights) * float((self.weights**2).sum()) / size**2 if size else 1.0

    def _variances(self, residuals: Floats, size: float, n: int) -> Floats:
        """Return the variances of ratios whose residuals are given (answers × columns)."""
        explained = self._design @ (
            self._solve @ (self._design.T @ (self.weights[:, None] * residuals))
        )
        rest = self.weights[:, None] * (residuals - explained)
        freedom = n / max(n - self._free, 1)
        told: Floats = freedom * (self._left @ rest**2) / size**2
        return told
