"""The nearest street to each point, compiled: cells of a grid looked at in wider rings."""

# Import this file inside functions only: it loads numba.

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from maillage.engines.compiled import compiled
from maillage.kernel.geometry import FloatArray

_Whole = npt.NDArray[np.int32]


@compiled
def nearest_in_cell(
    wide: FloatArray,
    segments: tuple[FloatArray, _Whole],
    cell: tuple[int, int],
    own: float,
    best: tuple[int, float, float],
) -> tuple[int, float, float]:
    """Return the best of what was found before and of the segments of one cell.

    ``cell`` are the bounds of its segments in the list; ``best`` the bend before the spot, the
    share to the next bend, and the square metres.
    """
    bends, listed = segments
    for at in range(cell[0], cell[1]):
        bend = listed[at]
        reach_x = (bends[bend + 1, 0] - bends[bend, 0]) * own
        reach_y = bends[bend + 1, 1] - bends[bend, 1]
        x = (wide[0] - bends[bend, 0]) * own
        y = wide[1] - bends[bend, 1]
        square = reach_x * reach_x + reach_y * reach_y
        share = 0.0
        if square > 0.0:
            share = min(1.0, max(0.0, (x * reach_x + y * reach_y) / square))
        x -= share * reach_x
        y -= share * reach_y
        if x * x + y * y < best[2]:
            best = (bend, share, x * x + y * y)
    return best


@compiled
def rings_to_skip(column: int, row: int, empty: _Whole, n_columns: int, n_rows: int) -> int:
    """Return how many rings around a cell, in the grid or out of it, list nothing."""
    aside = max(0, -column, column - n_columns + 1)
    above = max(0, -row, row - n_rows + 1)
    if aside or above:
        return max(aside, above)
    return int(empty[row * n_columns + column])


@compiled
def nearest_segments(
    points: tuple[FloatArray, FloatArray],
    segments: tuple[FloatArray, _Whole],
    grid: tuple[_Whole, _Whole, int, int],
    measures: tuple[float, float, float, float, float],
    limit: float,
    found: tuple[_Whole, FloatArray, FloatArray],
) -> None:
    """Fill ``found``: the bend before the nearest spot, the share to the next, metres (inf: none).

    ``points`` are (n, 2) wide metres and the cosines of their latitudes; ``segments`` the (k, 2)
    bends, and the bends that begin a segment in order of cell; ``grid`` the first of each cell,
    how many rings around each are empty, the columns and the rows; ``measures`` the west and south
    of the grid, the side of a cell, the cosine that the grid was made with, and how far a segment
    may be beyond the cells that list it.
    """
    first, empty, n_columns, n_rows = grid
    west, south, side, middle, stray = measures
    for number in range(len(points[0])):
        wide, own = points[0][number], points[1][number]
        if not np.isfinite(wide[0] + wide[1]):
            continue
        shrink = min(1.0, own / middle)
        stretch = max(1.0, own / middle)
        column = int(np.floor((wide[0] * middle - west) / side))
        row = int(np.floor((wide[1] - south) / side))
        across = wide[0] * middle - west - column * side
        up = wide[1] - south - row * side
        inside = min(across, side - across, up, side - up)
        best = (-1, 0.0, np.inf)
        ring = rings_to_skip(column, row, empty, n_columns, n_rows)
        begun = ring
        while True:
            # What is listed in rings not looked at yet is at least so far.
            unseen = ((ring - 1) * side + inside) * shrink - stray * stretch
            if ring > begun and (unseen > limit or (unseen > 0 and best[2] <= unseen * unseen)):
                break
            for y in range(max(0, row - ring), min(n_rows, row + ring + 1)):
                edge = y in (row - ring, row + ring)
                step = 1 if edge or ring == 0 else 2 * ring
                for x in range(column - ring, column + ring + 1, step):
                    if 0 <= x < n_columns:
                        cell = y * n_columns + x
                        bounds = (first[cell], first[cell + 1])
                        best = nearest_in_cell(wide, segments, bounds, own, best)
            ring += 1
        if best[2] <= limit * limit:
            found[0][number], found[1][number] = best[0], best[1]
            found[2][number] = np.sqrt(best[2])
