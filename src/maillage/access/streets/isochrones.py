"""Isochrones: the ground along the streets that are reached within so many minutes.

Streets are cut where the minutes run out, and given a width on both sides. What is reached sooner
always lies within what is reached later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from maillage.access.travel import Mode
from maillage.kernel.geometry import EARTH_RADIUS_KM, FloatArray, Point
from maillage.territory.model import Contour

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_M_PER_RADIAN = EARTH_RADIUS_KM * 1000.0
_ROUNDNESS = 4  # sides in a quarter of a circle
_STRAY = 0.05  # of the width: how far a drawn line may be from the street


@dataclass(frozen=True, slots=True)
class Isochrone:
    """The ground reached within so many minutes; an empty contour where nothing is."""

    minutes: float
    contour: Contour


class DrawsIsochrones(Protocol):
    """An engine of travel times that can draw how far one gets."""

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return one French sentence: what is measured of these modes, at which speeds."""

    def isochrones(
        self, point: Point, mode: Mode, minutes: Sequence[float], *, towards: bool = False
    ) -> tuple[Isochrone, ...]:
        """Return what is reached from a point (``towards``: what reaches it), soonest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Straight bits of street: (k, 2) degrees of both ends, (k,) minutes at which one is there.

    ``begin`` is never later than ``end``.
    """

    tails: FloatArray
    heads: FloatArray
    begin: FloatArray
    end: FloatArray

    @classmethod
    def nothing(cls) -> Reached:
        """Return no street at all."""
        return cls(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0), np.zeros(0))

    @classmethod
    def together(cls, parts: Sequence[Reached]) -> Reached:
        """Return all parts in one."""
        return cls(
            np.concatenate([part.tails for part in parts]),
            np.concatenate([part.heads for part in parts]),
            np.concatenate([part.begin for part in parts]),
            np.concatenate([part.end for part in parts]),
        )

    def later(self, minutes: float) -> Reached:
        """Return the same streets, reached that much later."""
        return Reached(self.tails, self.heads, self.begin + minutes, self.end + minutes)

    def within(self, minutes: float) -> Reached:
        """Return what is reached by then, each bit cut where the minutes run out."""
        kept = self.begin <= minutes
        tails, heads = self.tails[kept], self.heads[kept]
        begin, end = self.begin[kept], self.end[kept]
        took = np.maximum(end - begin, 1e-12)
        share = np.clip((minutes - begin) / took, 0.0, 1.0)
        cut = tails + share[:, None] * (heads - tails)
        return Reached(tails, cut, begin, np.minimum(end, minutes))

    def after(self, minutes: float) -> Reached:
        """Return what is not wholly reached by then, uncut."""
        kept = self.end > minutes
        return Reached(self.tails[kept], self.heads[kept], self.begin[kept], self.end[kept])


def drawn(reached: Reached, minutes: Sequence[float], width_m: float) -> tuple[Isochrone, ...]:
    """Return the ground within ``width_m`` of streets reached within each number of minutes.

    Soonest first; each lies within the next.
    """
    middle = float(np.mean(reached.tails[:, 1])) if len(reached.tails) else 0.0
    scale = np.array([np.cos(np.radians(middle)), 1.0]) * np.radians(1.0) * _M_PER_RADIAN
    ground, left, found = None, reached, []
    for each in sorted(set(minutes)):
        area = _ground(left.within(each), scale, width_m)
        left = left.after(each)
        ground = area if ground is None else ground.union(area)
        found.append(Isochrone(each, _contour(ground, scale)))
    return tuple(found)


def _ground(reached: Reached, scale: FloatArray, width_m: float) -> BaseGeometry:
    import shapely  # noqa: PLC0415 - heavy, loaded where used

    # To the millimetre: ends nearer than that are one, and cannot be told apart by geometry.
    ends = np.round(np.stack([reached.tails, reached.heads], axis=1) * scale, 3)
    flipped = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[flipped] = ends[flipped][:, ::-1]
    ends = np.unique(ends.reshape(-1, 4), axis=0).reshape(-1, 2, 2)
    bits = np.asarray(shapely.linestrings(ends))
    lines = shapely.line_merge(shapely.multilinestrings(bits))
    # A circle drawn with sides lies within it, and a line drawn with fewer bends strays from it:
    # made as much wider, what is drawn holds the whole of what is meant.
    stray = width_m * _STRAY
    width = (width_m + stray) / np.cos(np.pi / 4.0 / _ROUNDNESS)
    parts = shapely.simplify(shapely.get_parts(lines), stray)
    return shapely.union_all(shapely.buffer(parts, width, quad_segs=_ROUNDNESS))


def _contour(ground: BaseGeometry, scale: FloatArray) -> Contour:
    import shapely  # noqa: PLC0415 - heavy, loaded where used

    degrees = shapely.transform(ground, lambda metres: metres / scale)
    polygons = [part for part in shapely.get_parts(degrees) if not part.is_empty]
    return tuple(
        sorted(
            (_ring(part.exterior), *sorted(_ring(hole) for hole in part.interiors))
            for part in polygons
        )
    )


def _ring(ring: BaseGeometry) -> tuple[tuple[float, float], ...]:
    return tuple((float(lon), float(lat)) for lon, lat in ring.coords)
