"""How values become classes and colours on maps and in tables."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.kernel import french
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.blocks import LegendItem

_HEAT_FROM = (0.02, 0.10, 0.25, 0.40, 0.60, 0.80)
"""Shares from which a cell of a heat table takes the next step of the ramp: a matter of looks."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of values, each with its colour and its label; ``uppers`` are inclusive bounds."""

    uppers: tuple[float, ...]
    fills: tuple[str, ...]
    labels: tuple[str, ...]

    def fill(self, value: float) -> str:
        """Return the colour of a value; hatching where it is not known (NaN)."""
        if math.isnan(value):
            return colours.NO_DATA
        rank = next((i for i, upper in enumerate(self.uppers) if value <= upper), len(self.uppers))
        return self.fills[rank]

    def fills_of(self, values: FloatArray) -> list[str]:
        """Return the colours of (n,) values."""
        return [self.fill(float(value)) for value in values]

    def legend(self, values: FloatArray, unknown: str) -> tuple[LegendItem, ...]:
        """Return the legend; ``unknown`` is the label of NaN, told only where there is one."""
        items = [
            LegendItem("square", fill, label)
            for fill, label in zip(self.fills, self.labels, strict=True)
        ]
        if bool(np.isnan(values).any()):
            items.append(LegendItem("square", colours.NO_DATA, unknown))
        return tuple(items)


def even_classes(values: FloatArray, ramp: Sequence[str], decimals: int = 1) -> Classes:
    """Return classes that hold about as many zones each, with rounded bounds said in the legend."""
    known = values[~np.isnan(values)]
    if known.size == 0:
        return Classes((), (ramp[0],), (tr("aucune valeur"),))
    inner = np.quantile(known, np.linspace(0, 1, len(ramp) + 1)[1:-1], method="higher")
    low, high = float(known.min()), float(known.max())
    uppers = tuple(sorted({round(float(v), decimals) for v in inner if v < high}))
    starts, ends = (low, *uppers), (*uppers, high)
    labels = tuple(
        tr("de {low} à {high}").format(
            low=french.number(start, decimals), high=french.number(end, decimals)
        )
        for start, end in zip(starts, ends, strict=True)
    )
    return Classes(uppers, _spread(ramp, len(labels)), labels)


def distance_classes(thresholds: Sequence[float]) -> Classes:
    """Return the classes of travel times: up to each threshold, up to twice the last, beyond."""
    uppers = (*thresholds, 2 * thresholds[-1])
    first = tr("{high} min ou moins").format(high=french.number(uppers[0]))
    between = tuple(
        tr("de {low} à {high} min").format(low=french.number(low), high=french.number(high))
        for low, high in itertools.pairwise(uppers)
    )
    last = tr("plus de {low} min, ou aucun lieu").format(low=french.number(uppers[-1]))
    labels = (first, *between, last)
    return Classes(uppers, _spread(colours.DISTANCE, len(labels)), labels)


def heat(share: float) -> int:
    """Return the step of the heat ramp for a share (0-1)."""
    return sum(share >= start for start in _HEAT_FROM)


def tight_percent(share: float) -> str:
    """Return a share in percent, in the few letters that a heat table has room for."""
    shown = french.percent(share)
    return shown.replace(tr("moins de "), "< ").replace(tr("plus de "), "> ")


def _spread(ramp: Sequence[str], n: int) -> tuple[str, ...]:
    """Return ``n`` colours taken evenly from a ramp, its two ends first."""
    if n == 1:
        return (ramp[0],)
    last = len(ramp) - 1
    return tuple(ramp[round(i * last / (n - 1))] for i in range(n))
