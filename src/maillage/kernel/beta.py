"""The incomplete beta function, and the quantiles of Student's law that come from it; numpy alone.

By the continued fraction of Lentz's method (Abramowitz and Stegun 26.5.8), on arrays.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
_TINY = 1e-300
_MOST_STEPS = 500
_CLOSE = 1e-13


def log_gamma(values: ArrayLike) -> Floats:
    """Return the logarithm of the gamma function of positive numbers; relative error under 1e-13.

    Stirling's series, after stepping each number up to where it holds.
    """
    x = np.asarray(values, dtype=np.float64)
    steps, at = np.zeros_like(x), x.copy()
    for _ in range(10):
        low = at < 10
        steps = np.where(low, steps - np.log(np.where(low, at, 1.0)), steps)
        at = np.where(low, at + 1, at)
    inverse = 1 / at
    square = inverse * inverse
    series = inverse * (
        1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))
    )
    told: Floats = steps + (at - 0.5) * np.log(at) - at + 0.5 * math.log(2 * math.pi) + series
    return told


def beta_below(x: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """Return the share of the beta law of ``a`` and ``b`` that lies below ``x`` (0-1), on arrays.

    A law whose ``a`` is 0 lies wholly at 0 (1 is below any x), one whose ``b`` is 0 at 1.
    """
    x, a, b = np.broadcast_arrays(
        np.clip(np.asarray(x, dtype=np.float64), 0.0, 1.0),
        np.asarray(a, dtype=np.float64),
        np.asarray(b, dtype=np.float64),
    )
    at_zero, at_one = a <= 0, b <= 0
    inner_a, inner_b = np.where(at_zero, 1.0, a), np.where(at_one, 1.0, b)
    turned = x > (inner_a + 1) / (inner_a + inner_b + 2)
    below = _below(
        np.where(turned, 1 - x, x),
        np.where(turned, inner_b, inner_a),
        np.where(turned, inner_a, inner_b),
    )
    told = np.where(turned, 1 - below, below)
    told = np.where(at_zero, 1.0, np.where(at_one, np.where(x >= 1, 1.0, 0.0), told))
    return np.asarray(told, dtype=np.float64)


def _below(x: Floats, a: Floats, b: Floats) -> Floats:
    """Return the same where x lies left of the middle of its law."""
    inside = np.clip(x, _TINY, 1 - 1e-16)
    front = np.exp(
        log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * np.log(inside) + b * np.log1p(-inside)
    )
    told: Floats = np.where(x <= 0, 0.0, front * _fraction(inside, a, b) / a)
    return told


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    c = np.ones_like(x)
    d = 1 / _not_zero(1 - (a + b) * x / (a + 1))
    told = d.copy()
    for step in range(1, _MOST_STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        d = 1 / _not_zero(1 + even * d)
        c = _not_zero(1 + even / c)
        told = told * d * c
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        d = 1 / _not_zero(1 + odd * d)
        c = _not_zero(1 + odd / c)
        change = d * c
        told = told * change
        if np.all(np.abs(change - 1) < _CLOSE):
            break
    return told


def _not_zero(values: Floats) -> Floats:
    told: Floats = np.where(np.abs(values) < _TINY, _TINY, values)
    return told


def student_quantile(share: float, degrees: float) -> float:
    """Return the quantile of Student's law: ``share`` (0.5-1) of it lies below.

    >>> round(student_quantile(0.975, 10), 4)
    2.2281
    """
    if not 0.5 <= share < 1 or degrees <= 0:
        raise ValueError(f"no quantile of {share} with {degrees} degrees")
    normal = NormalDist().inv_cdf(share)
    at = normal * (1 + (normal * normal + 1) / (4 * degrees))
    for _ in range(_MOST_STEPS):
        # The law rises ever less above its middle: from below, Newton's steps never pass the end.
        step = (share - _student_below(at, degrees)) / _student_density(at, degrees)
        at = max(at + step, 0.0)
        if abs(step) <= _CLOSE * (1 + at):
            break
    return at


def _student_density(t: float, degrees: float) -> float:
    ways = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)
    spread = math.log(degrees * math.pi) / 2
    return math.exp(ways - spread - (degrees + 1) / 2 * math.log1p(t * t / degrees))


def _student_below(t: float, degrees: float) -> float:
    return 1 - float(beta_below(degrees / (degrees + t * t), degrees / 2, 0.5)) / 2
