"""The borders of communes: who is nearest to which heart, then lines broken as real ones are."""

from __future__ import annotations

import math
from collections.abc import Sequence

from maillage.demo.draw import Draw
from maillage.demo.plane import Spot, squared_metres

Outline = tuple[Spot, ...]
"""A closed line of whole metres, anticlockwise, its first spot not repeated."""

_Line = list[tuple[float, float]]
LONGEST_PIECE = 900  # metres: a border is broken until its pieces are shorter
_SWAY = 0.16  # how far a piece of border may sway, as a share of its length
_FARTHEST_SWAY = 220  # metres


def cells(hearts: Sequence[Spot], outline: Outline) -> list[Outline]:
    """Return, for each heart, the part of the outline nearer to it than to any other heart."""
    return [_cell(heart, hearts, outline) for heart in hearts]


def _cell(heart: Spot, hearts: Sequence[Spot], outline: Outline) -> Outline:
    line: _Line = [(float(x), float(y)) for x, y in outline]
    for other in sorted(hearts, key=lambda h: (squared_metres(h, heart), h)):
        if other != heart:
            line = _cut(line, heart, other)
    whole = [(round(x), round(y)) for x, y in line]
    return tuple(spot for k, spot in enumerate(whole) if spot != whole[k - 1])


def _cut(line: _Line, heart: Spot, other: Spot) -> _Line:
    """Keep the part of a convex closed line that is nearer to ``heart`` than to ``other``."""
    east, north = other[0] - heart[0], other[1] - heart[1]
    limit = (other[0] ** 2 + other[1] ** 2 - heart[0] ** 2 - heart[1] ** 2) / 2
    beyond = [x * east + y * north - limit for x, y in line]
    kept: _Line = []
    for k, (x, y) in enumerate(line):
        here, before = beyond[k], beyond[k - 1]
        if (here > 0) != (before > 0):
            past_x, past_y = line[k - 1]
            share = before / (before - here)
            kept.append((past_x + share * (x - past_x), past_y + share * (y - past_y)))
        if here <= 0:
            kept.append((x, y))
    return kept


def broken_borders(contours: Sequence[Outline], draw: Draw) -> list[Outline]:
    """Return the contours with each straight border swayed, the same way on both its sides."""
    swayed: dict[tuple[Spot, Spot], list[Spot]] = {}
    result = []
    for contour in contours:
        spots: list[Spot] = []
        for a, b in zip(contour, contour[1:] + contour[:1], strict=True):
            first, last = min(a, b), max(a, b)
            if (first, last) not in swayed:
                swayed[first, last] = _sway(first, last, draw)
            way = swayed[first, last]
            spots += [a, *(way if a == first else way[::-1])]
        result.append(tuple(spots))
    return result


def _sway(a: Spot, b: Spot, draw: Draw) -> list[Spot]:
    """Return the spots between two ends of a border: middles pushed aside, again and again."""
    long = squared_metres(a, b)
    if long < LONGEST_PIECE**2:
        return []
    sway = (draw.share() - 0.5) * 2 * _SWAY
    farthest = _FARTHEST_SWAY / math.isqrt(long)
    sway = max(-farthest, min(farthest, sway))
    middle = (
        round((a[0] + b[0]) / 2 - sway * (b[1] - a[1])),
        round((a[1] + b[1]) / 2 + sway * (b[0] - a[0])),
    )
    return [*_sway(a, middle, draw), middle, *_sway(middle, b, draw)]
