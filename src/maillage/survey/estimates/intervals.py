"""How sure a share is that was told by some of a population, weighted or not.

The interval is the mid-p one (Lancaster 1961; Berry and Armitage 1995) of the share, read as that
of ``n_effective`` answers drawn at random: Korn and Graubard's device (1998) with mid-p tails in
place of Clopper and Pearson's, which tell more than they are asked to where answers are few.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maillage.kernel.beta import beta_below, student_quantile

Floats = NDArray[np.float64]
TAIL = 0.025
"""What lies outside a 95 % interval on each side."""
_STEPS = 50


@dataclass(frozen=True, slots=True)
class Spread:
    """How far shares may be from what is told, as if ``n_effective`` answers had been drawn.

    Arrays of one number for each share; ``effect`` is the design effect: by how much the weights
    and the margins widen (over 1) or narrow the variance of a plain draw of as many.
    """

    n_effective: Floats
    effect: Floats


def mid_p_above(share: Floats, n: Floats, truth: Floats) -> Floats:
    """Return how likely at least ``share`` of ``n`` is where ``truth`` is the share of all.

    Half of the likelihood of ``share`` itself is counted. ``n`` and ``share * n`` need not be
    whole.
    """
    yes = share * n
    no = n - yes
    return (beta_below(truth, yes, no + 1) + beta_below(truth, yes + 1, no)) / 2


def mid_p(shares: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the 95 % intervals of shares (0-1), each told by ``n`` answers.

    Of nothing told, nothing is known: from 0 to 1.
    """
    shares, n = np.asarray(shares, dtype=np.float64), np.asarray(n, dtype=np.float64)
    low, high = _end(shares, n, TAIL), _end(shares, n, 1 - TAIL)
    low = np.where((shares <= 0) | (n <= 0), 0.0, np.minimum(low, shares))
    high = np.where((shares >= 1) | (n <= 0), 1.0, np.maximum(high, shares))
    return low, high


def _end(shares: Floats, n: Floats, tail: float) -> Floats:
    """Return the share of all under which ``mid_p_above`` is ``tail``, by halving."""
    low, high = np.zeros_like(shares), np.ones_like(shares)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        under = mid_p_above(shares, n, middle) < tail
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return (low + high) / 2


def spread_of(
    shares: Floats, variances: Floats, rarer: Floats, plain: float, n: int, degrees: int
) -> Spread:
    """Return how sure weighted shares are.

    ``variances`` are those of linearisation, ``rarer`` how many gave the rarer of both answers,
    ``plain`` the answers that weights and population alone leave (Kish's, over what the population
    leaves to chance), ``n`` the answers, ``degrees`` those of freedom. A variance measured on few
    rare answers is hardly one: it is drawn towards the plain one, the more so the fewer they are.
    """
    by_plain = shares * (1 - shares) / plain
    trust = rarer / (rarer + _TRUST)
    mixed = trust * variances + (1 - trust) * by_plain
    told = np.where(mixed > 0, shares * (1 - shares) / np.where(mixed > 0, mixed, 1.0), plain)
    shorter = _shorter(n, degrees)
    effect = np.divide(n, told, out=np.ones_like(told), where=told > 0)
    return Spread(told * shorter, effect)


_TRUST = 5.0
"""Rare answers for which a measured variance counts as much as the plain one (ADR 0027)."""


@lru_cache(maxsize=4096)
def _shorter(n: int, degrees: int) -> float:
    """Return by what answers are fewer since the variance itself is estimated."""
    wide = student_quantile(1 - TAIL, max(n - 1, 1))
    wider = student_quantile(1 - TAIL, max(degrees, 1))
    return (wide / wider) ** 2
