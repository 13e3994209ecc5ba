"""Krippendorff's alpha: how far coders agree beyond chance, for labels or sets of themes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Value = TypeVar("Value", bound=Hashable)
_DRAWS = 500


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha (None where nothing varies or is coded twice), its 95 % interval, units coded twice."""

    alpha: float | None
    low: float | None
    high: float | None
    n_units: int


def nominal(one: Hashable, other: Hashable) -> float:
    """Return 0 where two labels are one, 1 elsewhere."""
    return float(one != other)


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how far two sets are (Passonneau 2006): 0 alike, 1 nothing in common."""
    if one == other:
        return 0.0
    common = len(one & other)
    near = 2 / 3 if one <= other or other <= one else 1 / 3 if common else 0.0
    return 1 - common / len(one | other) * near


def alpha(
    units: Sequence[Sequence[Value]], distance: Callable[[Value, Value], float]
) -> float | None:
    """Return alpha of units, each the values that its coders gave; one value alone is left out."""
    told = _Told(units, distance)
    (found,) = told.alphas(np.ones((1, told.n_units)))
    return None if np.isnan(found) else float(found)


def agreement(
    units: Sequence[Sequence[Value]], distance: Callable[[Value, Value], float], seed: int = 0
) -> Agreement:
    """Return alpha with its interval by bootstrap over units; same seed, same interval."""
    told = _Told(units, distance)
    n = told.n_units
    whole = alpha(units, distance)
    if whole is None:
        return Agreement(None, None, None, n)
    draw = np.random.default_rng(seed)
    times = np.array(
        [np.bincount(draw.integers(0, n, n), minlength=n) for _ in range(_DRAWS)], dtype=float
    )
    alphas = told.alphas(times)
    alphas = alphas[~np.isnan(alphas)]
    if not alphas.size:
        return Agreement(whole, None, None, n)
    low, high = np.quantile(alphas, [0.025, 0.975])
    return Agreement(whole, float(low), float(high), n)


class _Told:
    """Units coded more than once: how far their coders are, and how often each value is given."""

    def __init__(
        self, units: Sequence[Sequence[Value]], distance: Callable[[Value, Value], float]
    ) -> None:
        told = [unit for unit in units if len(unit) > 1]
        rank: dict[Value, int] = {}
        for unit in told:
            for value in unit:
                rank.setdefault(value, len(rank))
        self.n_units = len(told)
        self._apart = np.array([[distance(a, b) for b in rank] for a in rank]).reshape(
            len(rank), len(rank)
        )
        self._given = np.zeros((len(told), len(rank)))
        self._observed = np.zeros(len(told))
        for at, unit in enumerate(told):
            for value in unit:
                self._given[at, rank[value]] += 1
            given = self._given[at]
            self._observed[at] = given @ self._apart @ given / (len(unit) - 1)

    def alphas(self, times: Floats) -> Floats:
        """Return alpha where units count so many times (a row each); NaN where nothing varies."""
        given = times @ self._given
        expected = np.sum((given @ self._apart) * given, axis=1)
        observed = (given.sum(axis=1) - 1) * (times @ self._observed)
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = np.where(expected > 0, 1 - observed / expected, np.nan)
        return found
