"""Good choices quickly: greedy, best interchange (Teitz and Bart), and shaken restarts."""

from __future__ import annotations

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.siting.core import Core, FlagArray, two_cheapest
from maillage.siting.model import CountArray

LARGEST_SHAKE = 6
WORTH = 1e-10
"""A swap is worth doing when it saves more than this share of the value."""


def greedy(core: Core) -> FlagArray:
    """Return a choice made site after site, each saving the most; flags (n_free,)."""
    chosen = np.zeros(core.n_free, dtype=bool)
    now = core.near.copy()
    rows, columns, costs = core.rows, core.columns, core.costs
    for _ in range(core.n_sites):
        saving = np.bincount(columns, now[rows] - costs, core.n_free)
        saving[chosen] = -1.0
        site = int(saving.argmax())
        chosen[site] = True
        at_site = columns == site
        now[rows[at_site]] = costs[at_site]
        useful = costs < now[rows]
        rows, columns, costs = rows[useful], columns[useful], costs[useful]
    return chosen


def interchanged(core: Core, chosen: FlagArray, budget: Budget) -> FlagArray:
    """Return the choice that no swap of one site for another makes better (unless time ends)."""
    chosen = chosen.copy()
    while not budget.ended and 0 < core.n_sites < core.n_free:
        swap = _best_swap(core, chosen)
        if swap is None:
            break
        chosen[swap[0]], chosen[swap[1]] = False, True
    return chosen


def _best_swap(core: Core, chosen: FlagArray) -> tuple[int, int] | None:
    """Return the site to leave and the one to take that save the most, None where none saves."""
    now, then, site = two_cheapest(core, chosen)
    inside = np.flatnonzero(chosen)
    position = np.zeros(core.n_free + 1, dtype=np.int64)  # the last one stands for « no site »
    position[inside] = np.arange(len(inside))
    position[-1] = len(inside)
    served = position[site]
    profit = _profits(core, now, then, served, len(inside))
    profit[:, inside] = -np.inf
    best = int(profit.argmax())
    leave, take = divmod(best, core.n_free)
    if profit[leave, take] <= WORTH * (core.constant + now.sum()):
        return None
    return int(inside[leave]), take


def _profits(
    core: Core, now: FloatArray, then: FloatArray, served: CountArray, n_inside: int
) -> FloatArray:
    """Return what swapping each chosen site for each free one saves, (n_inside, n_free)."""
    at = np.flatnonzero(core.costs < then[core.rows])
    rows, columns, costs = core.rows[at], core.columns[at], core.costs[at]
    gain = np.bincount(columns, np.maximum(now[rows] - costs, 0.0), core.n_free)
    loss = np.bincount(served, then - now, n_inside + 1)[:n_inside]
    cells = served[rows] * core.n_free + columns
    spared = then[rows] - np.maximum(costs, now[rows])
    kept = np.bincount(cells, spared, (n_inside + 1) * core.n_free)
    profit: FloatArray = kept[: n_inside * core.n_free].astype(np.float64)
    profit = profit.reshape(n_inside, core.n_free)
    profit += gain[None, :]
    profit -= loss[:, None]
    return profit


def shaken(core: Core, chosen: FlagArray, budget: Budget, worth: float) -> FlagArray:
    """Return the best of several choices, each the best so far shaken and interchanged again.

    Stops where what is found is not dearer than ``worth``.
    """
    generator = np.random.default_rng(budget.seed)
    best, least = chosen, core.value(chosen)
    n_moved = min(max(1, core.n_sites // 3), LARGEST_SHAKE, core.n_free - core.n_sites)
    for _ in range(budget.tries if n_moved > 0 else 0):
        if budget.ended or least <= worth:
            break
        other = best.copy()
        leave = generator.choice(np.flatnonzero(best), n_moved, replace=False)
        take = generator.choice(np.flatnonzero(~best), n_moved, replace=False)
        other[leave], other[take] = False, True
        other = interchanged(core, other, budget)
        value = core.value(other)
        if value < least:
            best, least = other, value
    return best
