"""Points put on the nearest street, anywhere along it, and the ways to leave it or come to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.engines.streets_graph import StreetGraph
from maillage.engines.streets_scipy import scipy_rings
from maillage.kernel.geometry import EARTH_RADIUS_KM, FloatArray

_Index = npt.NDArray[np.int64]
_Cells = tuple[
    tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], int, int],
    npt.NDArray[np.int32],
    tuple[float, float, float, float, float],
]
_STEP_M = 20.0  # between marks
_CELL_M = 40.0
_MOST_CELLS = 4_000_000
_AT_CROSSING_M = 0.1  # nearer than this to a piece's end, one stands at the crossing itself
_M_PER_RADIAN = EARTH_RADIUS_KM * 1000.0


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """Where (n,) points stand on the streets.

    ``piece`` is -1 where no street is near enough. ``metres`` is the straight line to the street,
    inf likewise. ``ahead`` and ``back`` are minutes from the piece's beginning to there, and from
    there to the beginning; ``to_ends`` and ``from_ends`` (n, 2) those from there to the piece's
    beginning and end, and the reverse; inf where that way is closed. ``spots`` (n, 2) degrees.
    """

    piece: npt.NDArray[np.int64]
    metres: FloatArray
    ahead: FloatArray
    back: FloatArray
    to_ends: FloatArray
    from_ends: FloatArray
    ends: npt.NDArray[np.int64]
    spots: FloatArray


class StreetFinder:
    """Finds the nearest street of a graph that has doors, in metres measured around the point.

    Segments are listed by the cells of a grid in which they have a mark, a few steps from the
    next: a segment is hardly farther out than the cells that list it.
    """

    def __init__(self, graph: StreetGraph) -> None:
        self._graph = graph
        self._wide = _wide(np.column_stack([graph.lon, graph.lat]))
        self._middle = float(np.cos(np.radians(np.mean(graph.lat)))) if len(graph.lat) else 1.0
        self._piece_of_bend = np.repeat(np.arange(len(graph.starts)), np.diff(graph.first))
        self._cells = self._listed(*self._marks())

    def _marks(self) -> tuple[_Index, FloatArray]:
        """Return marks along streets that have doors: the bend before each, and (n, 2) metres."""
        owner = self._piece_of_bend
        bends = np.flatnonzero((owner[1:] == owner[:-1]) & self._graph.doors[owner[1:]])
        plane = self._wide * (self._middle, 1.0)
        reach = plane[bends + 1] - plane[bends]
        counts = np.maximum(1, np.ceil(np.hypot(*reach.T) / _STEP_M)).astype(np.int64)
        of = np.repeat(np.arange(len(bends)), counts)
        place = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
        share = (place + 0.5) / counts[of]
        return bends[of], plane[bends[of]] + share[:, None] * reach[of]

    def _listed(self, bends: _Index, marks: FloatArray) -> _Cells | None:
        """Return the grid of cells, None where there is no street."""
        if not len(marks):
            return None
        corner, far = marks.min(axis=0), marks.max(axis=0)
        side = max(_CELL_M, float(np.sqrt(np.prod(np.maximum(far - corner, 1.0)) / _MOST_CELLS)))
        column, row = ((marks - corner) // side).astype(np.int64).T
        n_columns, n_rows = int(column.max()) + 1, int(row.max()) + 1
        pairs = np.unique(np.column_stack([row * n_columns + column, bends]), axis=0)
        counts = np.bincount(pairs[:, 0], minlength=n_columns * n_rows)
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        empty = scipy_rings()(counts.reshape(n_rows, n_columns) == 0, metric="chessboard")
        grid = first, empty.astype(np.int32).ravel(), n_columns, n_rows
        measures = (float(corner[0]), float(corner[1]), side, self._middle, _STEP_M / 2.0)
        return grid, pairs[:, 1].astype(np.int32), measures

    def attach(self, places: FloatArray, limit_m: float) -> Attached:
        """Put (n, 2) lon/lat degrees on the nearest street within ``limit_m`` metres."""
        n = len(places)
        bend, share, gap = np.zeros(n, dtype=np.int32), np.zeros(n), np.full(n, np.inf)
        if self._cells is not None and n:
            from maillage.engines.snap_kernels import nearest_segments

            grid, listed, measures = self._cells
            somewhere = np.isfinite(places).all(axis=1, keepdims=True)
            known = np.where(somewhere, places, np.nan)
            points = _wide(known), np.cos(np.radians(known[:, 1]))
            found = bend, share, gap
            nearest_segments(points, (self._wide, listed), grid, measures, limit_m, found)
        near = np.isfinite(gap)
        piece = np.full(n, -1, dtype=np.int64)
        piece[near] = self._piece_of_bend[bend[near]]
        return self._attached(piece, gap, bend[near].astype(np.int64), share[near])

    def _attached(
        self,
        piece: npt.NDArray[np.int64],
        metres: FloatArray,
        bend: npt.NDArray[np.int64],
        share: FloatArray,
    ) -> Attached:
        graph, n = self._graph, len(piece)
        placed = np.flatnonzero(piece >= 0)
        on = piece[placed]
        ahead, back, spots = np.zeros(n), np.zeros(n), np.full((n, 2), np.nan)
        ahead[placed] = _between(graph.ahead, bend, share)
        back[placed] = _between(graph.back, bend, share)
        spots[placed] = self._spot_degrees(bend, share)
        to_ends, from_ends = np.full((n, 2), np.inf), np.full((n, 2), np.inf)
        forward, backward = graph.forward[on], graph.backward[on]
        left_ahead = graph.total_ahead[on] - ahead[placed]
        left_back = graph.total_back[on] - back[placed]
        to_ends[placed, 0] = np.where(backward, back[placed], np.inf)
        to_ends[placed, 1] = np.where(forward, left_ahead, np.inf)
        from_ends[placed, 0] = np.where(forward, ahead[placed], np.inf)
        from_ends[placed, 1] = np.where(backward, left_back, np.inf)
        for end, vertex in enumerate((graph.first[on], graph.first[on + 1] - 1)):
            crossing = np.column_stack([graph.lon[vertex], graph.lat[vertex]])
            at = placed[metres_between(spots[placed], crossing) < _AT_CROSSING_M]
            to_ends[at, end] = from_ends[at, end] = 0.0
        ends = np.zeros((n, 2), dtype=np.int64)
        ends[placed] = np.column_stack([graph.starts[on], graph.ends[on]])
        return Attached(piece, metres, ahead, back, to_ends, from_ends, ends, spots)

    def _spot_degrees(self, bend: _Index, share: FloatArray) -> FloatArray:
        lon, lat = self._graph.lon, self._graph.lat
        return np.column_stack([_between(lon, bend, share), _between(lat, bend, share)])


def _wide(places: FloatArray) -> FloatArray:
    """Return (n, 2) metres along the equator and the meridian, from (n, 2) degrees."""
    wide: FloatArray = np.radians(places) * _M_PER_RADIAN
    return wide


def _between(minutes: FloatArray, bend: npt.NDArray[np.int64], share: FloatArray) -> FloatArray:
    before: FloatArray = minutes[bend]
    return before + share * (minutes[bend + 1] - before)


def same_piece(one: Attached, other: Attached) -> tuple[_Index, _Index]:
    """Return the (k,) pairs of points of either that stand on one piece: numbers in each."""
    order = np.argsort(other.piece, kind="stable")
    ranked = other.piece[order]
    low = np.searchsorted(ranked, one.piece, side="left")
    counts = np.searchsorted(ranked, one.piece, side="right") - low
    counts[one.piece < 0] = 0
    rows = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, order[low[rows] + within]


def metres_between(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return the great-circle metres between (k, 2) degrees and (k, 2), one by one."""
    a, b = np.radians(one), np.radians(other)
    half = np.sin((b - a) / 2.0) ** 2
    h = half[:, 1] + np.cos(a[:, 1]) * np.cos(b[:, 1]) * half[:, 0]
    metres: FloatArray = 2.0 * _M_PER_RADIAN * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return metres
