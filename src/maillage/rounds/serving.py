"""The people served, as rows of a program over which stop is held in which rhythm.

Two ways of saying the same. ``Ladder``, exact at once, where points are few or alike: a variable
for each level of good of each point, open where a stop that does as much is held. ``Tangents``
otherwise: a variable for each group of points, under planes that touch what the group is really
served, added where a choice shows them to be missing (Benders; after Cordeau, Furini and Ljubić,
« Benders decomposition for very large scale partial set covering and maximal covering location
problems », European Journal of Operational Research 275, 2019).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from maillage.kernel.geometry import FloatArray

LARGEST_LADDER = 6_000
"""Above so many levels, planes are added as they are missed."""
_MISSED = 1e-6


@dataclass(frozen=True, slots=True)
class Row:
    """One constraint: ``low`` <= the sum of coefficients times variables <= ``high``."""

    columns: tuple[int, ...]
    coefficients: tuple[float, ...]
    low: float
    high: float


class Serving(Protocol):
    """The variables that tell the people served, what each is worth, and the rows at first."""

    gains: FloatArray
    upper: FloatArray
    rows: list[Row]

    def start(self, rhythms: FloatArray) -> FloatArray:
        """Return the variables where these rhythms are chosen."""

    def tightened(self, rhythms: FloatArray, told: FloatArray) -> list[Row]:
        """Return rows that are missing where more is told than these rhythms serve."""


def serving(good: FloatArray, wanting: FloatArray, first_column: int) -> Serving:
    """Return the people served by rhythms: ``good`` (rhythms, points), ``wanting`` (points,).

    The variables stand from ``first_column`` on; those of the rhythms are the first of all.
    """
    kept = (wanting > 0) & good.any(axis=0)
    good, wanting = good[:, kept], wanting[kept]
    n_levels = np.count_nonzero(np.diff(np.sort(good, axis=0), axis=0, prepend=0.0))
    kind = Ladder if n_levels <= LARGEST_LADDER else Tangents
    return kind(good, wanting, first_column)


class Ladder:
    """At each level of good, a point is served if a stop that does as much is held so."""

    def __init__(self, good: FloatArray, wanting: FloatArray, first_column: int) -> None:
        self.rows: list[Row] = []
        self._ladders: list[list[tuple[int, list[int]]]] = []
        gains: list[float] = []
        for point in range(good.shape[1]):
            ladder = []
            for value in sorted({float(v) for v in good[:, point] if v > 0}, reverse=True):
                sources = np.flatnonzero(good[:, point] == value).tolist()
                coefficients = (1.0, *(-1.0 for _ in sources))
                column = first_column + len(gains)
                self.rows.append(Row((column, *sources), coefficients, -math.inf, 0.0))
                ladder.append((len(gains), sources))
                gains.append(value * float(wanting[point]))
            every = tuple(first_column + step for step, _ in ladder)
            self.rows.append(Row(every, (1.0,) * len(every), -math.inf, 1.0))
            self._ladders.append(ladder)
        self.gains = np.array(gains)
        self.upper = np.ones(len(gains))

    def start(self, rhythms: FloatArray) -> FloatArray:
        """Return the levels served, the best of each point."""
        served = np.zeros(len(self.gains))
        for ladder in self._ladders:
            reached = (step for step, sources in ladder if rhythms[sources].max() > 0.5)
            first = next(reached, None)
            if first is not None:
                served[first] = 1.0
        return served

    def tightened(self, rhythms: FloatArray, told: FloatArray) -> list[Row]:  # noqa: ARG002
        """Return nothing: a ladder is never told too high."""
        return []


class Tangents:
    """Points are grouped by the rhythm that does them most good; planes bound each group."""

    def __init__(self, good: FloatArray, wanting: FloatArray, first_column: int) -> None:
        self._good, self._wanting, self._first = good, wanting, first_column
        _, group = np.unique(good.argmax(axis=0), return_inverse=True)
        self._member = np.eye(int(group.max()) + 1)[group]
        self._order = np.argsort(-good, axis=0, kind="stable")
        self._sorted = np.take_along_axis(good, self._order, axis=0)
        self.gains = np.ones(self._member.shape[1])
        self.upper = (good.max(axis=0) * wanting) @ self._member
        self.rows = self.tightened(np.zeros(len(good)), self.upper + 1.0)

    def start(self, rhythms: FloatArray) -> FloatArray:
        """Return the people served in each group."""
        served = (self._good * (rhythms > 0.5)[:, None]).max(axis=0)
        people: FloatArray = (served * self._wanting) @ self._member
        return people

    def tightened(self, rhythms: FloatArray, told: FloatArray) -> list[Row]:
        """Return the plane that touches each group told too high, at these rhythms.

        For any share t of a point, it is served t at most, and what each rhythm does beyond t. The
        least is where the rhythms that do more than t add up to one.
        """
        whole = np.cumsum(np.maximum(rhythms, 0.0)[self._order], axis=0) >= 1 - _MISSED
        at = whole.argmax(axis=0)
        points = np.arange(len(self._wanting))
        shares = np.where(whole.any(axis=0), self._sorted[at, points], 0.0)
        beyond = (np.maximum(self._good - shares, 0.0) * self._wanting) @ self._member
        base = (shares * self._wanting) @ self._member
        served = base + rhythms @ beyond
        rows = []
        for group in np.flatnonzero(told > served + _MISSED * np.maximum(1.0, served)).tolist():
            sources = np.flatnonzero(beyond[:, group] > 0)
            coefficients = (1.0, *(-beyond[sources, group]).tolist())
            columns = (self._first + group, *sources.tolist())
            rows.append(Row(columns, coefficients, -math.inf, float(base[group])))
        return rows
