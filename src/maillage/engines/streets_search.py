"""Shortest times between points on a street graph, searched from whichever side has fewer points.

A search begins at both ends of the piece on which the point stands, each as many minutes later as
it takes to get there. Nothing as large as points × vertices is ever held.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from maillage.engines.streets_graph import StreetGraph
from maillage.engines.streets_snap import Attached, StreetFinder, metres_between, same_piece
from maillage.kernel.geometry import FloatArray

_THREADS = 2
_WORTH_THREADS = 16  # points to search from
_REMEMBERED = (
    4  # sets of points: a few are asked again and again (homes, places, both to be told of)
)

Arcs = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], FloatArray]
"""A graph as rows laid end to end: (n + 1,) first arcs, (a,) heads, (a,) minutes."""


@dataclass(frozen=True, slots=True)
class Walking:
    """Walking between a point and its street, and the longest journey looked for, in minutes."""

    minutes_per_m: float
    limit_minutes: float


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """Points at one end of journeys: (n, 2) degrees, and where they stand on the streets."""

    places: FloatArray
    spots: Attached


class StreetSearch:
    """Finds the shortest times on one graph."""

    def __init__(self, graph: StreetGraph) -> None:
        self.graph = graph
        self.finder = StreetFinder(graph)
        self._sides: dict[tuple[bytes, float], Side] = {}

    def side(self, places: FloatArray, limit_m: float) -> Side:
        """Return points put on the streets that are within so many metres; the last are kept."""
        key = places.tobytes(), limit_m
        found = self._sides.pop(key, None)
        if found is None:
            kept = places.copy()
            found = Side(kept, self.finder.attach(kept, limit_m))
        self._sides[key] = found
        for oldest in list(self._sides)[:-_REMEMBERED]:
            self._sides.pop(oldest, None)
        return found

    @cached_property
    def onward(self) -> Arcs:
        """Arcs as they are taken."""
        tails, heads, minutes = _directed(self.graph)
        return _rows(tails, heads, minutes, self.graph.n_vertices)

    @cached_property
    def turned(self) -> Arcs:
        """Arcs the other way, to search from where one arrives."""
        tails, heads, minutes = _directed(self.graph)
        return _rows(heads, tails, minutes, self.graph.n_vertices)

    def minutes(self, origins: Side, destinations: Side, walking: Walking) -> FloatArray:
        """Return the (n, m) minutes, walking at both ends counted; inf beyond the limit."""
        if len(destinations.places) < len(origins.places):
            found = self._from_few(destinations, origins, walking, turned=True).T
        else:
            found = self._from_few(origins, destinations, walking, turned=False)
        self._along_one_piece(found, origins, destinations, walking)
        return found

    def reached(self, point: Side, walking: Walking, *, turned: bool) -> FloatArray:
        """Return the minutes from one point to each vertex (``turned``: from each to the point)."""
        from maillage.engines.street_kernels import times_to_vertices

        leave = point.spots.from_ends if turned else point.spots.to_ends
        vertices, minutes = _joined(point.spots, leave, walking.minutes_per_m)
        arcs = self.turned if turned else self.onward
        return times_to_vertices(arcs, (vertices[0], minutes[0]), walking.limit_minutes)

    def _from_few(self, few: Side, many: Side, walking: Walking, *, turned: bool) -> FloatArray:
        from maillage.engines.street_kernels import times_to_many

        leave = few.spots.from_ends if turned else few.spots.to_ends
        reach = many.spots.to_ends if turned else many.spots.from_ends
        begins = _joined(few.spots, leave, walking.minutes_per_m)
        ends = _joined(many.spots, reach, walking.minutes_per_m)
        arcs = self.turned if turned else self.onward
        result = np.empty((len(few.places), len(many.places)))

        def search(rows: slice) -> None:
            """Fill some rows of the result."""
            part = begins[0][rows], begins[1][rows]
            times_to_many(arcs, part, ends, walking.limit_minutes, result[rows])

        _side_by_side(search, len(result))
        return result

    def _along_one_piece(
        self, found: FloatArray, origins: Side, destinations: Side, walking: Walking
    ) -> None:
        """Shorten the times between points of one piece: along it, or straight where nearer."""
        rows, columns = same_piece(origins.spots, destinations.spots)
        if not len(rows):
            return
        begin, end = origins.spots, destinations.spots
        on = begin.piece[rows]
        ahead = end.ahead[columns] - begin.ahead[rows]
        back = begin.back[rows] - end.back[columns]
        along = np.minimum(
            np.where(self.graph.forward[on] & (ahead >= 0), ahead, np.inf),
            np.where(self.graph.backward[on] & (back >= 0), back, np.inf),
        )
        to_street = begin.metres[rows] + end.metres[columns]
        straight = metres_between(origins.places[rows], destinations.places[columns])
        direct = np.where(straight <= to_street, straight * walking.minutes_per_m, np.inf)
        best = np.minimum(along + to_street * walking.minutes_per_m, direct)
        best[best > walking.limit_minutes] = np.inf
        found[rows, columns] = np.minimum(found[rows, columns], best)


def _side_by_side(search: Callable[[slice], None], n_points: int) -> None:
    """Search from all points, in threads where they are many."""
    if n_points < _WORTH_THREADS:
        search(slice(0, n_points))
        return
    bounds = [n_points * part // _THREADS for part in range(_THREADS + 1)]
    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(search, [slice(a, b) for a, b in pairwise(bounds)]))


def _directed(
    graph: StreetGraph,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], FloatArray]:
    goes, comes = graph.forward, graph.backward
    tails = np.concatenate([graph.starts[goes], graph.ends[comes]])
    heads = np.concatenate([graph.ends[goes], graph.starts[comes]])
    minutes = np.concatenate([graph.total_ahead[goes], graph.total_back[comes]])
    return tails, heads, minutes


def _rows(
    tails: npt.NDArray[np.int32], heads: npt.NDArray[np.int32], minutes: FloatArray, n: int
) -> Arcs:
    """Return the arcs in rows; of several between two vertices the shortest, none to itself."""
    real = tails != heads
    tails, heads, minutes = tails[real], heads[real], minutes[real]
    order = np.lexsort((minutes, heads, tails))
    tails, heads, minutes = tails[order], heads[order], minutes[order]
    best = np.ones(len(tails), dtype=np.bool_)
    best[1:] = (np.diff(tails) != 0) | (np.diff(heads) != 0)
    first = np.concatenate([[0], np.cumsum(np.bincount(tails[best], minlength=n))])
    return first.astype(np.int32), heads[best].astype(np.int32), minutes[best]


def _joined(
    spots: Attached, along: FloatArray, minutes_per_m: float
) -> tuple[npt.NDArray[np.int32], FloatArray]:
    """Return the (n, 2) vertices next to points, and the minutes between, walking counted."""
    return spots.ends.astype(np.int32), along + (spots.metres * minutes_per_m)[:, None]
