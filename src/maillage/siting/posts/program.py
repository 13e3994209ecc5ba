"""Programs of whole numbers, written without knowing who solves them: the least is sought."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.siting.model import Stopped


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Columns n and rows m; row r is ``low <= sum(values * x[columns]) <= high`` of its entries.

    ``first`` (m + 1,) tells where the entries of each row begin; ``whole`` (n,) which columns
    take whole numbers alone.
    """

    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    whole: FlagArray
    low: FloatArray
    high: FloatArray
    first: IntArray
    columns: IntArray
    values: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """The best values found (n,), None where none were; what none goes under; why it stopped.

    ``values`` None and ``stopped`` None: nothing keeps to all rows.
    """

    values: FloatArray | None
    bound: float
    stopped: Stopped | None


class ProgramSolver(Protocol):
    """What solves programs."""

    @property
    def name(self) -> str:
        """What it is, in French, as answers name it."""

    def least(
        self, program: Program, start: tuple[IntArray, FloatArray] | None, budget: Budget
    ) -> Solved:
        """Return the values of least cost; ``start``: columns and their values to begin from."""


@dataclass(slots=True)
class Draft:
    """A program being written."""

    _cost: list[float] = field(default_factory=list)
    _lower: list[float] = field(default_factory=list)
    _upper: list[float] = field(default_factory=list)
    _whole: list[bool] = field(default_factory=list)
    _low: list[float] = field(default_factory=list)
    _high: list[float] = field(default_factory=list)
    _sizes: list[int] = field(default_factory=list)
    _columns: list[IntArray] = field(default_factory=list)
    _values: list[FloatArray] = field(default_factory=list)

    def add(
        self,
        upper: Iterable[float],
        *,
        lower: Iterable[float] | None = None,
        cost: Iterable[float] | None = None,
        whole: bool = False,
    ) -> IntArray:
        """Add a column for each upper limit; return their numbers."""
        uppers = [float(one) for one in upper]
        begin, n = len(self._cost), len(uppers)
        self._upper += uppers
        self._lower += [0.0] * n if lower is None else [float(one) for one in lower]
        self._cost += [0.0] * n if cost is None else [float(one) for one in cost]
        self._whole += [whole] * n
        return np.arange(begin, begin + n, dtype=np.int32)

    def row(
        self,
        columns: Sequence[int] | IntArray,
        values: Sequence[float] | FloatArray | float = 1.0,
        *,
        low: float = -math.inf,
        high: float = math.inf,
    ) -> None:
        """Add a row; one value may stand for all columns."""
        numbers = np.asarray(columns, dtype=np.int32)
        self._columns.append(numbers)
        self._values.append(np.broadcast_to(np.asarray(values, dtype=np.float64), numbers.shape))
        self._sizes.append(len(numbers))
        self._low.append(low)
        self._high.append(high)

    def forget_costs(self) -> None:
        """Make all columns written so far cost nothing."""
        self._cost = [0.0] * len(self._cost)

    def program(self) -> Program:
        """Return what is written so far."""
        none = np.zeros(0)
        return Program(
            np.array(self._cost),
            np.array(self._lower),
            np.array(self._upper),
            np.array(self._whole, dtype=bool),
            np.array(self._low),
            np.array(self._high),
            np.concatenate(([0], np.cumsum(self._sizes))).astype(np.int32),
            np.concatenate((none, *self._columns)).astype(np.int32),
            np.concatenate((none, *self._values)),
        )
