"""What a graph library does for a network; ``engines/igraph_graph.py`` does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pairs = NDArray[np.int64]
"""Pairs that know each other: (m, 2), the smaller rank first, none twice."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of an undirected graph of n members.

    ``component``: of each member, the number of its component, the largest first. ``mean_steps``:
    on the shortest chains between two members that a chain joins (NaN where there is none).
    ``within_two``: the share (0-1) of pairs of members at most two steps apart.
    """

    component: NDArray[np.int64]
    mean_steps: float
    within_two: float


@dataclass(frozen=True, slots=True)
class Between:
    """Who stands between others: ``share`` (0-1) of the shortest chains through each member;
    ``cut_off``: how many would no longer be joined to the largest part left, were it to leave."""

    share: Floats
    cut_off: NDArray[np.int64]


class Graphs(Protocol):
    """Measures of graphs, and where their members stand on a drawing."""

    def shape(self, n: int, pairs: Pairs, sources: Sequence[int] | None = None) -> Shape:
        """Return the shape of a graph; ``sources``: from where steps are counted (None: all)."""
        ...

    def between(self, n: int, pairs: Pairs) -> Between:
        """Return who stands between others."""
        ...

    def assortativity(self, pairs: Pairs, groups: Sequence[int]) -> float:
        """Return Newman's coefficient (-1 to 1) of mixing by group; NaN where all are of one."""
        ...

    def positions(self, n: int, pairs: Pairs, start: Floats) -> Floats:
        """Return where members stand on a drawing, (n, 2), from where they are first put."""
        ...
