"""What no choice can be under: each demand's duty to be served is priced instead of imposed.

For any price ``u`` that each demand pays to be served, the sites that gain the most from all prices
give a bound; prices are moved against the demands served too often or not at all (subgradient).
What a site gains also tells which sites are surely in, or surely out, of anything better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.siting.core import Core, FlagArray, IndexArray
from maillage.siting.model import CountArray

_SMOOTHING = 0.7
_SMALLEST_STEP = 2e-3


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """How a bound is sought: iterations, first step, stalls before it shrinks, and by how much."""

    iterations: int
    step: float
    patience: int
    shrink: float


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """A bound, with the prices (n_rows,) and gains (n_free,) at which it stands.

    ``chosen`` is the best choice met on the way, of value ``value``.
    """

    bound: float
    prices: FloatArray
    gains: FloatArray
    chosen: FlagArray
    value: float


def first_prices(core: Core) -> FloatArray:
    """Return prices to begin with: the second cheapest of each demand."""
    first = core.first
    second = first[:-1] + 1
    prices = core.near.copy()
    has = second < first[1:]
    prices[has] = core.costs[second[has]]
    return prices


def relaxed(
    core: Core, prices: FloatArray, least: float, enough: float, pace: Pace, budget: Budget
) -> Relaxed:
    """Return the best bound found from these prices, for a core whose ``n_sites`` is 1 or more.

    ``least`` is the value of the best choice known; the search stops at a bound of ``enough``, or
    where a choice is met from which the bound is no further.
    """
    search = _Search(core, prices, least, enough, pace)
    for _ in range(pace.iterations):
        if search.iterate() or budget.ended:
            break
    return Relaxed(search.bound, search.best_prices, search.gains, search.chosen, search.value)


class _Search:
    """The prices as they move; the best bound and choice so far."""

    def __init__(
        self, core: Core, prices: FloatArray, least: float, enough: float, pace: Pace
    ) -> None:
        self.core, self.pace = core, pace
        self.prices = np.minimum(prices, core.near)
        self.best_prices = self.prices
        self.bound, self.value = -np.inf, np.inf
        self.gains = np.zeros(core.n_free)
        self.chosen = np.zeros(core.n_free, dtype=bool)
        self._target, self._margin = least, least - enough
        self._step, self._stalled = pace.step, 0
        self._direction: FloatArray | None = None
        self._caps = np.full(core.n_rows, -np.inf)
        self._keep_cheaper_pairs()

    def iterate(self) -> bool:
        """Move the prices once; return whether there is nothing more to gain."""
        if np.any(self.prices > self._caps):
            self._keep_cheaper_pairs()
        paid = self._costs - self.prices[self._rows]
        np.minimum(paid, 0.0, out=paid)
        gains = np.bincount(self._columns, paid, self.core.n_free).astype(np.float64)
        chosen = _smallest(gains, self.core.n_sites)
        bound = self.core.constant + float(self.prices.sum() + gains[chosen].sum())
        self._keep_if_better(bound, gains)
        at = np.flatnonzero(chosen[self._columns] & (paid < 0.0))
        self._keep_if_cheaper(chosen, at)
        if self.bound >= self._target - self._margin or self._step < _SMALLEST_STEP:
            return True
        return self._move(bound, at)

    def _keep_cheaper_pairs(self) -> None:
        """Keep the pairs that prices can reach before long: the others change nothing."""
        room = np.maximum(0.5 * self.prices, 0.25 * self.prices.mean())
        self._caps = np.minimum(self.core.near, self.prices + room)
        at = np.flatnonzero(self.core.costs < self._caps[self.core.rows])
        self._rows: IndexArray = self.core.rows[at]
        self._columns: IndexArray = self.core.columns[at]
        self._costs = self.core.costs[at]

    def _keep_if_better(self, bound: float, gains: FloatArray) -> None:
        if bound > self.bound + 1e-9 * abs(bound):
            self.bound, self.gains, self.best_prices = bound, gains, self.prices
            self._stalled = 0
            return
        self._stalled += 1
        if self._stalled >= self.pace.patience:
            self._step /= self.pace.shrink
            self._stalled = 0
            self.prices = self.best_prices

    def _keep_if_cheaper(self, chosen: FlagArray, at: CountArray) -> None:
        """Keep a choice whose value, told from above, is under the best met."""
        rows = self._rows[at]
        begins = np.ones(len(at), dtype=bool)
        begins[1:] = rows[1:] != rows[:-1]
        paid = self.core.near.copy()
        paid[rows[begins]] = self._costs[at[begins]]
        if self.core.constant + paid.sum() >= min(self.value, 1.02 * self._target):
            return
        value = self.core.value(chosen)
        if value < self.value:
            self.chosen, self.value = chosen, value
            self._target = min(self._target, value)

    def _move(self, bound: float, at: CountArray) -> bool:
        served = np.bincount(self._rows[at], minlength=self.core.n_rows)
        wanted = 1.0 - served
        wanted[(wanted > 0) & (self.prices >= self.core.near)] = 0.0  # going without costs no more
        if not wanted.any():
            return True
        before = wanted if self._direction is None else self._direction
        direction: FloatArray = _SMOOTHING * wanted + (1 - _SMOOTHING) * before
        self._direction = direction
        length = float(direction @ direction)
        if length == 0.0:
            return True
        move = self._step * (self._target - bound) / length
        self.prices = np.minimum(self.prices + move * direction, self.core.near)
        return False


def _smallest(values: FloatArray, n: int) -> FlagArray:
    flags = np.zeros(len(values), dtype=bool)
    flags[np.argpartition(values, n - 1)[:n]] = True
    return flags


def surely(core: Core, found: Relaxed, enough: float) -> tuple[FlagArray, FlagArray]:
    """Return which free sites are in, and which are out, of every choice under ``enough``."""
    slack = enough - found.bound
    ordered = np.sort(found.gains)
    last_in = ordered[core.n_sites - 1]
    out = found.gains - last_in > slack
    if core.n_sites >= core.n_free:
        return np.zeros(core.n_free, dtype=bool), out
    return ordered[core.n_sites] - found.gains > slack, out
