"""Maximal covering problems of São José dos Campos (Lorena): points that are demands and sites.

First line: the number of points, then words that tell nothing needed here. Then one point a line:
x and y in metres, and its demand. The radius and the number of sites are the analyst's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.siting.core import check_size
from maillage.siting.intake.numbers import header, read_lines
from maillage.siting.model import Choice, Covering

_TOGETHER = 256
"""Candidates whose distances are computed in one go."""


@dataclass(frozen=True, slots=True, eq=False)
class WeightedPoints:
    """Points (n, 2), in metres on a plane, and their demands (n,)."""

    places: FloatArray
    weights: FloatArray


def read_sjc(path: Path) -> WeightedPoints:
    """Return the points of a file. Raises UnusableFile, with the line."""
    lines = read_lines(path)
    n_points = header(lines, path).whole(0, 1)
    rows: list[tuple[float, float, float]] = []
    for line in lines:
        if len(rows) == n_points:
            message = tr("plus de points que les {n} annoncés à la première ligne")
            raise line.unusable(message.format(n=n_points))
        weight = line.number_at(2)
        if weight < 0:
            raise line.unusable(tr("une demande ne peut pas être négative"))
        rows.append((line.number_at(0), line.number_at(1), weight))
    if len(rows) < n_points:
        message = tr("{read} points lus, {n} annoncés : le fichier est-il entier ?")
        raise UnusableFile(path, message.format(read=len(rows), n=n_points), line=1)
    table = np.array(rows)
    return WeightedPoints(table[:, :2], table[:, 2])


def covering_within(
    points: WeightedPoints, radius: float, choice: Choice, memory_bytes: float
) -> Covering:
    """Return the problem of covering points from some of them, within a radius in metres.

    Raises ImpossibleDemand, and TooLarge as soon as there are too many pairs.
    """
    n = len(points.weights)
    choice.check(n)
    reached: list[np.ndarray] = []
    counts: list[np.ndarray] = []
    n_pairs = 0
    for begin in range(0, n, _TOGETHER):
        apart = points.places[begin : begin + _TOGETHER, None] - points.places[None]
        within = np.hypot(apart[..., 0], apart[..., 1]) <= radius
        counts.append(within.sum(axis=1))
        reached.append(np.nonzero(within)[1])
        n_pairs += len(reached[-1])
        check_size(n_pairs, choice.n_sites, n, memory_bytes)
    first = np.concatenate(([0], np.cumsum(np.concatenate(counts))))
    return Covering(points.weights, first, np.concatenate(reached), choice)
