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

from maillage.kernel.beta import beta_below, log_gamma, student_quantile
from maillage.kernel.intervals import Z_975

Floats = NDArray[np.float64]
TAIL = 0.025
"""What lies outside a 95 % interval on each side."""
_MOST_STEPS = 60
_CLOSE = 1e-12


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
    return beta_below(truth, yes, n - yes + 1) - _exactly(yes, n, truth) / 2


def mid_p(shares: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the 95 % intervals of shares (0-1), each told by ``n`` answers.

    Of nothing told, nothing is known: from 0 to 1.
    """
    shares, n = np.asarray(shares, dtype=np.float64), np.asarray(n, dtype=np.float64)
    some = np.where(n > 0, n, 1.0)
    low, high = _end(shares, some, TAIL), _end(shares, some, 1 - TAIL)
    low = np.where((shares <= 0) | (n <= 0), 0.0, np.minimum(low, shares))
    high = np.where((shares >= 1) | (n <= 0), 1.0, np.maximum(high, shares))
    return low, high


def _exactly(yes: Floats, n: Floats, truth: Floats) -> Floats:
    """Return how likely exactly so many are: the binomial law, of numbers that may be broken."""
    inside = np.clip(truth, 1e-300, 1 - 1e-16)
    ways = log_gamma(n + 1) - log_gamma(yes + 1) - log_gamma(n - yes + 1)
    told: Floats = np.exp(ways + yes * np.log(inside) + (n - yes) * np.log1p(-inside))
    return told


def _end(shares: Floats, n: Floats, tail: float) -> Floats:
    """Return the share of all under which ``mid_p_above`` is ``tail``.

    Newton's steps from the end of Wilson's interval, halved where they would leave what is known.
    """
    yes = shares * n
    at = _wilson_end(shares, n, upper=tail > 0.5)
    low, high = np.zeros_like(shares), np.ones_like(shares)
    for _ in range(_MOST_STEPS):
        exactly = _exactly(yes, n, at)
        above = beta_below(at, yes, n - yes + 1) - exactly / 2
        low, high = np.where(above < tail, at, low), np.where(above < tail, high, at)
        slope = exactly / 2 * (yes / at + (n - yes) / (1 - at))
        step = at - (above - tail) / np.where(slope > 0, slope, np.inf)
        inside = (step > low) & (step < high)
        moved = np.where(inside, step, (low + high) / 2)
        done = np.abs(moved - at) < _CLOSE
        at = np.clip(moved, _CLOSE, 1 - _CLOSE)
        if np.all(done):
            break
    return at


def _wilson_end(shares: Floats, n: Floats, *, upper: bool) -> Floats:
    squared = Z_975 * Z_975 / n
    half = Z_975 * np.sqrt(shares * (1 - shares) / n + squared / (4 * n))
    end = (shares + squared / 2 + (half if upper else -half)) / (1 + squared)
    return np.clip(end, 1e-6, 1 - 1e-6)


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
"""Rare answers for which a measured variance counts as much as the plain one: by simulation
(docs/adr/0027-survey-estimates.md)."""


@lru_cache(maxsize=4096)
def _shorter(n: int, degrees: int) -> float:
    """Return by what answers are fewer since the variance itself is estimated."""
    wide = student_quantile(1 - TAIL, max(n - 1, 1))
    wider = student_quantile(1 - TAIL, max(degrees, 1))
    return (wide / wider) ** 2
