"""Krippendorff's alpha: how far coders agree beyond chance, for labels or sets of themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np

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
    told = [list(unit) for unit in units if len(unit) > 1]
    counts = Counter(value for unit in told for value in unit)
    n = sum(counts.values())
    expected = sum(2 * counts[a] * counts[b] * distance(a, b) for a, b in combinations(counts, 2))
    if not expected:
        return None
    observed = sum(
        2 * sum(distance(a, b) for a, b in combinations(unit, 2)) / (len(unit) - 1) for unit in told
    )
    return 1 - (n - 1) * observed / expected


def agreement(
    units: Sequence[Sequence[Value]], distance: Callable[[Value, Value], float], seed: int = 0
) -> Agreement:
    """Return alpha with its interval by bootstrap over units; same seed, same interval."""
    told = [unit for unit in units if len(unit) > 1]
    draw = np.random.default_rng(seed)
    drawn = (
        alpha([told[at] for at in draw.integers(0, len(told), len(told))], distance)
        for _ in range(_DRAWS if told else 0)
    )
    alphas = [one for one in drawn if one is not None]
    whole = alpha(told, distance)
    if whole is None or not alphas:
        return Agreement(whole, None, None, len(told))
    low, high = np.quantile(alphas, [0.025, 0.975])
    return Agreement(whole, float(low), float(high), len(told))
