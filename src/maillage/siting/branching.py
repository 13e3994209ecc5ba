"""Branch and bound: a site is opened, then closed, until nothing better can be left anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.kernel.progress import Progress
from maillage.siting.core import Core, FlagArray, narrowed
from maillage.siting.lagrangian import Pace, Relaxed, relaxed, surely
from maillage.siting.model import Stopped

_ROUNDING = 1e-12
"""What sums of floats may be wrong by, as a share of them, with a margin."""
AT_A_NODE = Pace(iterations=60, step=0.5, patience=6, shrink=1.6)


@dataclass(frozen=True, slots=True, eq=False)
class Remainder:
    """What a solver of remainders says: its choice (n_free,) where it found one under what was
    asked, a bound on all choices, and why it stopped before the end, None where it did not."""

    chosen: FlagArray | None
    bound: float
    stopped: Stopped | None


class RemainderSolver(Protocol):
    """An outside engine for what fixing sites left over."""

    @property
    def name(self) -> str:
        """What it is, as answers name it."""

    def accepts(self, core: Core) -> bool:
        """Whether what is left is small enough for it."""

    def solve(self, core: Core, under: float, slack: float, budget: Budget) -> Remainder:
        """Return the best choice of value ``under`` or less, to within ``slack``."""


@dataclass(frozen=True, slots=True, eq=False)
class Incumbent:
    """The best choice known, by the numbers of the problem, and its value."""

    sites: tuple[int, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Closing:
    """By how much a better choice must be better: ``step`` (whole costs), or a share of its worth.

    What a choice is worth is what is paid; where ``whole`` is told (a covering), how much less than
    the whole. A part of the search is closed when its bound is ``enough(value)`` or more.
    """

    step: float
    share: float
    whole: float = 0.0

    def slack(self, value: float) -> float:
        """Return how much under ``value`` a choice may be without being better."""
        rounding = _ROUNDING * max(abs(value), self.whole)
        certain = self.step * (1 - 1e-6) - rounding
        return max(certain, self.share * abs(self.whole - value), rounding)

    def enough(self, value: float) -> float:
        """Return the bound from which nothing is better than ``value``."""
        return value - self.slack(value)


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """What branching ends with: the best choice, a bound, and why it stopped (None: to the end)."""

    best: Incumbent
    bound: float
    stopped: Stopped | None


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A part of the search: a core, a bound already known for it, and prices by demand."""

    core: Core
    bound: float
    prices: FloatArray


class Branching:
    """The search in depth from one node, to its end or its budget's."""

    def __init__(
        self, best: Incumbent, closing: Closing, budget: Budget, remainder: RemainderSolver | None
    ) -> None:
        self.best, self.closing, self.budget = best, closing, budget
        self._remainder = remainder
        self._left: list[Node] = []
        self._given_up: list[float] = []
        self._stopped: Stopped | None = None

    @property
    def enough(self) -> float:
        """The bound from which a part of the search holds nothing better."""
        return self.closing.enough(self.best.value)

    def run(self, node: Node, progress: Progress) -> Searched:
        """Search until nothing is left, or nodes or time end."""
        self._left = [node]
        for number in range(self.budget.nodes + 1):
            self._left = [left for left in self._left if left.bound < self.enough]
            if not self._left:
                return self._searched()
            if self.budget.ended or number == self.budget.nodes:
                break
            self._open(self._left.pop())
            progress.advance()
        self._stopped = Stopped.TIME if self.budget.ended else self._stopped or Stopped.EFFORT
        return self._searched()

    def _searched(self) -> Searched:
        open_bounds = [node.bound for node in self._left] + self._given_up
        still_open = [bound for bound in open_bounds if bound < self.enough]
        stopped = self._stopped if still_open else None
        return Searched(self.best, min([self.enough, *still_open]), stopped)

    def _open(self, node: Node) -> None:
        """Bound one part of the search; close it, hand it over, or part it in two."""
        if self._is_leaf(node.core):
            return
        if self._remainder is not None and self._remainder.accepts(node.core):
            self._hand_over(node)
            return
        found = self._relax(node)
        bound = max(node.bound, found.bound)
        if bound >= self.enough:
            return
        node.prices[node.core.demands] = found.prices
        opened, closed = surely(node.core, found, self.enough)
        smaller = Node(narrowed(node.core, opened, closed), bound, node.prices)
        if self._is_leaf(smaller.core):
            return
        if self._remainder is not None and self._remainder.accepts(smaller.core):
            self._hand_over(smaller)
            return
        self._part(smaller, found.gains[~(opened | closed)])

    def _relax(self, node: Node) -> Relaxed:
        core = node.core
        prices = node.prices[core.demands]
        found = relaxed(core, prices, self.best.value, self.enough, AT_A_NODE, self.budget)
        self.consider(core, found.chosen, found.value)
        return found

    def consider(self, core: Core, chosen: FlagArray, value: float) -> None:
        """Keep a choice that is better than the best."""
        if value < self.best.value:
            self.best = Incumbent(core.told(chosen), value)

    def _is_leaf(self, core: Core) -> bool:
        """Settle a core that leaves no choice; one that can hold no choice holds nothing better."""
        if not core.settled:
            return False
        if 0 <= core.n_sites <= core.n_free:
            self.consider(core, core.any_choice, core.value(core.any_choice))
        return True

    def _hand_over(self, node: Node) -> None:
        assert self._remainder is not None  # noqa: S101 - for the reader of types
        slack = self.closing.slack(self.best.value)
        answer = self._remainder.solve(node.core, self.enough, slack, self.budget)
        if answer.chosen is not None:
            self.consider(node.core, answer.chosen, node.core.value(answer.chosen))
        if answer.stopped is not None:
            self._given_up.append(max(node.bound, answer.bound))
            self._stopped = answer.stopped

    def _part(self, node: Node, gains: FloatArray) -> None:
        core = node.core
        site = np.zeros(core.n_free, dtype=bool)
        site[int(gains.argmin())] = True
        none = np.zeros(core.n_free, dtype=bool)
        without = Node(narrowed(core, none, site), node.bound, node.prices.copy())
        with_it = Node(narrowed(core, site, none), node.bound, node.prices)
        self._left += [without, with_it]
