"""How evenly something is shared between zones, each counted by its people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maillage.access.model import Equity
from maillage.kernel.geometry import FloatArray

WORST_SHARE = 0.1
"""The worst off are the tenth of people with the least: a definition, which sentences name."""


def lorenz(values: FloatArray, people: FloatArray) -> FloatArray:
    """Return the (k, 2) Lorenz curve: shares of people and of the thing, from (0, 0) to (1, 1).

    ``values`` are per person and not negative, ``people`` not negative, both (n_zones,). Zones
    without people are left out; with no people or nothing to share the curve is the diagonal.
    """
    lived_in = people > 0
    value, weight = values[lived_in], people[lived_in]
    order = np.argsort(value, kind="stable")
    value, weight = value[order], weight[order]
    if not (weight * value).sum() > 0:
        return np.array([(0.0, 0.0), (1.0, 1.0)])
    x, y = np.cumsum(weight), np.cumsum(weight * value)
    curve = np.column_stack([x / x[-1], y / y[-1]])
    return np.vstack([(0.0, 0.0), curve])


def gini(values: FloatArray, people: FloatArray) -> float:
    """Return the Gini coefficient, 0 (even) to 1: twice the area between diagonal and curve."""
    curve = lorenz(values, people)
    x, y = curve[:, 0], curve[:, 1]
    area = float(np.sum(np.diff(x) * (y[1:] + y[:-1])))
    return min(1.0, max(0.0, 1.0 - area))


def worst_off(
    values: FloatArray, people: FloatArray, share: float, *, most_is_worst: bool
) -> tuple[float, tuple[int, ...]]:
    """Return the mean among the worst-off ``share`` (0-1) of people, and the zones they live in.

    The last zone counts for the part of its people that completes the share. NaN and no zone
    where nobody lives.
    """
    order = np.argsort(-values if most_is_worst else values, kind="stable")
    order = order[people[order] > 0]
    if not len(order):
        return float("nan"), ()
    wanted = share * people[order].sum()
    before = np.concatenate([[0.0], np.cumsum(people[order])[:-1]])
    taken = np.clip(wanted - before, 0.0, people[order])
    inside = taken > 1e-9 * wanted
    mean = float((values[order] * taken)[inside].sum() / taken[inside].sum())
    return mean, tuple(int(i) for i in order[inside])


def measure_equity(
    label: str,
    values: FloatArray,
    people: FloatArray,
    zone_ids: Sequence[str],
    *,
    most_is_worst: bool,
) -> Equity | None:
    """Return how evenly ``values`` (n_zones,), per person, are shared among ``people`` (n_zones,).

    ``most_is_worst`` True for a burden (minutes), False for a good (supply within reach). None
    where a value is infinite: what some can't reach at all has no mean and no Gini.
    """
    if not np.isfinite(values[people > 0]).all() or not (people > 0).any():
        return None
    lived_in = np.where(people > 0, values, 0.0)
    worst_mean, worst = worst_off(lived_in, people, WORST_SHARE, most_is_worst=most_is_worst)
    return Equity(
        label=label,
        is_burden=most_is_worst,
        gini=gini(lived_in, people),
        lorenz=tuple((float(x), float(y)) for x, y in lorenz(lived_in, people)),
        mean=float(np.average(lived_in, weights=people)),
        worst_tenth_mean=worst_mean,
        worst_zone_ids=tuple(zone_ids[i] for i in worst),
    )
