"""Where the fictional communes lie: a town on a river, a former mining basin, a rural south.

A commune is the ground nearer to its heart than to any other (a Voronoi cell), found by cutting
the outline by one straight line per neighbour; its straight borders are then broken as real ones
are, each border the same way for both sides, so that the contours tile.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

from maillage.demo.borders import LONGEST_PIECE, Outline, broken_borders, cells
from maillage.demo.draw import Draw
from maillage.demo.plane import Spot, squared_metres

N_COMMUNES = 41
N_NEIGHBOURS = 16
_TERRITORY = (15_500, 12_500)  # half axes of the ellipse that holds the hearts, metres
_RING = (20_500, 17_000)
_OUTLINE = (23_500, 19_800)
_NEAREST = 2_700  # metres between two hearts, where people live close to each other
_NEAREST_RURAL = 3_400


class Country(enum.Enum):
    """The part of the territory that a commune belongs to."""

    TOWN = "la ville-centre"
    SMALL_TOWN = "les bourgs-centres"
    BASIN = "l'ancien bassin minier"
    VALLEY = "la vallée"
    RURAL = "le sud rural"


@dataclass(frozen=True, slots=True)
class Cell:
    """The ground of a commune, before it has a name."""

    heart: Spot
    contour: Outline
    country: Country
    inside: bool

    @property
    def square_metres(self) -> int:
        """The area of the contour."""
        ends = zip(self.contour, self.contour[1:] + self.contour[:1], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in ends)) // 2

    @property
    def reach(self) -> int:
        """How far one can go from the heart, metres, and still be in the commune for sure."""
        nearest = min(squared_metres(self.heart, spot) for spot in self.contour)
        return math.isqrt(max(nearest - (LONGEST_PIECE // 2) ** 2, 0))

    @property
    def centre(self) -> Spot:
        """The middle of the contour (its centroid)."""
        doubled = east = north = 0
        for a, b in zip(self.contour, self.contour[1:] + self.contour[:1], strict=True):
            cross = a[0] * b[1] - b[0] * a[1]
            doubled += cross
            east += (a[0] + b[0]) * cross
            north += (a[1] + b[1]) * cross
        return east // (3 * doubled), north // (3 * doubled)


def draw_cells(seed: int) -> tuple[Cell, ...]:
    """Return the cells: the town, three small towns, the other communes, then the neighbours."""
    draw = Draw(seed, "geography")
    hearts = _hearts(draw)
    contours = broken_borders(cells(hearts, _outline(draw)), Draw(seed, "borders"))
    return tuple(
        Cell(heart, contour, _country(i, heart), inside=i < N_COMMUNES)
        for i, (heart, contour) in enumerate(zip(hearts, contours, strict=True))
    )


def river_at(east: int) -> int:
    """Return how far north the river flows, metres, at that many metres east."""
    bends = (-2_600, -1_500, -1_900, -600, -900, 400, 100, 900, 300)
    place = min(max((east + 24_000) / 6_000, 0.0), 7.999)
    before = int(place)
    return round(bends[before] + (place - before) * (bends[before + 1] - bends[before]))


def _country(i: int, heart: Spot) -> Country:
    if i == 0:
        return Country.TOWN
    if i <= 3:
        return Country.SMALL_TOWN
    north_of_river = heart[1] - river_at(heart[0])
    if abs(north_of_river) < 2_200:
        return Country.VALLEY
    return Country.BASIN if north_of_river > 0 else Country.RURAL


def _hearts(draw: Draw) -> list[Spot]:
    def near(east: int, north: int) -> Spot:
        """Return a spot less than a kilometre east or west, north or south, of there."""
        return east + draw.between(-900, 900), north + draw.between(-700, 700)

    town = (1_500, river_at(1_500) + 300)
    hearts = [town, near(-8_600, 6_200), near(8_800, 5_600), near(-1_200, -7_800)]
    patience = 0
    while len(hearts) < N_COMMUNES:
        spot = _in_ellipse(draw, _TERRITORY)
        rural = spot[1] < river_at(spot[0]) - 2_200
        apart = (_NEAREST_RURAL if rural else _NEAREST) - 2 * patience
        patience += 1
        if all(squared_metres(spot, other) >= apart * apart for other in hearts):
            hearts.append(spot)
    return hearts + _around(draw)


def _in_ellipse(draw: Draw, axes: tuple[int, int]) -> Spot:
    while True:
        east, north = (draw.between(-axis, axis) for axis in axes)
        if east * east * axes[1] ** 2 + north * north * axes[0] ** 2 <= (axes[0] * axes[1]) ** 2:
            return east, north


def _around(draw: Draw) -> list[Spot]:
    return [
        _on_ellipse(k / N_NEIGHBOURS, _RING, 0.97 + 0.06 * draw.share())
        for k in range(N_NEIGHBOURS)
    ]


def _outline(draw: Draw) -> Outline:
    swell = [0.97 + 0.06 * draw.share() for _ in range(12)]
    spots = []
    for k in range(60):
        before, part = divmod(k, 5)
        smooth = swell[before] * (5 - part) / 5 + swell[(before + 1) % 12] * part / 5
        spots.append(_on_ellipse(k / 60, _OUTLINE, smooth))
    return tuple(spots)


def _on_ellipse(turn: float, axes: tuple[int, int], scale: float) -> Spot:
    # sine and cosine may differ by their last digit from machine to machine: six are enough
    cosine, sine = (round(f(2 * math.pi * turn), 6) for f in (math.cos, math.sin))
    return round(axes[0] * scale * cosine), round(axes[1] * scale * sine)
