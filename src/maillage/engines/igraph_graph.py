"""Graphs measured and laid out by igraph, in C."""

from __future__ import annotations

import random
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr
from maillage.ties.graphs import Between, Floats, Pairs, Shape

if TYPE_CHECKING:
    import igraph

Ints = NDArray[np.int64]

_SEED = 20280
_ROUNDS = 500


class IgraphGraphs:
    """Measures graphs. Raises MissingExtra, when made, where igraph is not installed."""

    def __init__(self) -> None:
        self._igraph = _igraph()

    def shape(self, n: int, pairs: Pairs, sources: Sequence[int] | None = None) -> Shape:
        """Return the shape of a graph; ``sources``: from where steps are counted (None: all)."""
        graph = self._graph(n, pairs)
        membership = np.array(graph.connected_components().membership, dtype=np.int64)
        starts = range(n) if sources is None else sources
        steps = np.array(graph.distances(source=starts), dtype=np.float64).reshape(-1, n)
        steps[np.arange(len(steps)), np.array(list(starts), dtype=np.int64)] = np.nan
        joined = steps[np.isfinite(steps)]
        n_pairs = max(len(steps) * (n - 1), 1)
        return Shape(
            component=_largest_first(membership),
            mean_steps=float(joined.mean()) if joined.size else float("nan"),
            within_two=float((joined <= 2).sum()) / n_pairs,
        )

    def between(self, n: int, pairs: Pairs) -> Between:
        """Return who stands between others."""
        graph = self._graph(n, pairs)
        share = np.array(graph.betweenness(), dtype=np.float64)
        cut_off = np.zeros(n, dtype=np.int64)
        membership = graph.connected_components().membership
        sizes = np.bincount(membership, minlength=1)
        for at in graph.articulation_points():
            cut_off[at] = _cut_off(graph, at, int(sizes[membership[at]]))
        return Between(share / max((n - 1) * (n - 2) / 2, 1.0), cut_off)

    def assortativity(self, pairs: Pairs, groups: Sequence[int]) -> float:
        """Return Newman's coefficient (-1 to 1) of mixing by group; NaN where all are of one."""
        if not len(pairs) or len(set(groups)) < 2:
            return float("nan")
        graph = self._graph(len(groups), pairs)
        return float(graph.assortativity_nominal(list(groups), directed=False))

    def positions(self, n: int, pairs: Pairs, start: Floats) -> Floats:
        """Return where members stand on a drawing, (n, 2), from where they are first put."""
        if not n:
            return start
        # igraph draws at random from Python's own generator unless it is given another
        self._igraph.set_random_number_generator(random.Random(_SEED))
        try:
            graph = self._graph(n, pairs)
            told = graph.layout_fruchterman_reingold(niter=_ROUNDS, seed=start.tolist())
        finally:
            self._igraph.set_random_number_generator(random)
        return np.array(told.coords, dtype=np.float64).reshape(n, 2)

    def _graph(self, n: int, pairs: Pairs) -> igraph.Graph:
        return self._igraph.Graph(n=n, edges=pairs.tolist())


def _largest_first(membership: Ints) -> Ints:
    """Return components numbered by size, then by their first member."""
    if not membership.size:
        return membership
    sizes = np.bincount(membership)
    first = [int(np.argmax(membership == one)) for one in range(len(sizes))]
    order = sorted(range(len(sizes)), key=lambda one: (-sizes[one], first[one]))
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[order] = np.arange(len(sizes))
    ranked: Ints = rank[membership]
    return ranked


def _cut_off(graph: igraph.Graph, at: int, size: int) -> int:
    """Return how many of a component of ``size`` leave its largest part when one is taken out."""
    left = graph.copy()
    ends = graph.neighbors(at)
    left.delete_edges(graph.incident(at))
    membership = left.connected_components().membership
    parts = {membership[one] for one in ends}
    return size - 1 - max(int(membership.count(part)) for part in parts)


def _igraph() -> ModuleType:
    try:
        import igraph
    except ImportError as error:
        message = tr('Les liens demandent igraph. Installez-le : pip install "maillage[ties]"')
        raise MissingExtra(message) from error
    found: ModuleType = igraph
    return found
