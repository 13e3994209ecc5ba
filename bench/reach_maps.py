"""Maps for the page of the four real cases: light SVG, panels side by side under one legend.

Every map has a title, a scale and a legend; its colours run from pale to dark, so that those who
do not tell colours apart, and grey print, can order them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

import numpy as np

from maillage.kernel.geometry import FloatArray
from maillage.reports import colours
from maillage.reports.svg.frame import Frame
from maillage.reports.svg.maps import scale_bar
from maillage.territory.model import Contour

GROUND = "#ffffff"
NOBODY = "#d9d9d9"
NEVER = "#e6a700"
_CLIP = "cadre"
_GAP = 40
_TITLE = 34
_TEXT = 28
_HEAD = 64
_SUBHEAD = 50
_KEY_ROW = 46
_SCALE_ROW = 50
_LETTER = 0.54  # mean width of a letter, in units of its height
_BOLD = 0.62
_SEAM = 1.03  # cells drawn so much larger, that whole units leave no gaps


@dataclass(frozen=True)
class Classes:
    """Bounds between classes, one colour and one label for each; ``bounds`` belong to the next."""

    bounds: tuple[float, ...]
    fills: tuple[str, ...]
    labels: tuple[str, ...]

    def of(self, values: FloatArray) -> list[int]:
        """Return the class of each value."""
        return [int(number) for number in np.digitize(values, self.bounds)]


HALF_DAYS = Classes(
    (0.5, 2.0, 5.0, 10.0),
    colours.DISTANCE[::-1],
    ("none", "1", "2 to 4", "5 to 9", "10 or more"),
)
MEAN_HALF_DAYS = Classes(
    HALF_DAYS.bounds,
    HALF_DAYS.fills,
    ("under ½", "½ to 2", "2 to 5", "5 to 10", "10 or more"),
)
MINUTES_AWAY = Classes(
    (20.0, 40.0, 60.0, 90.0),
    colours.DISTANCE,
    ("under 20 min", "20 to 40", "40 to 60", "60 to 90", "90 and more"),
)


@dataclass(frozen=True)
class Key:
    """One line of a legend: a square, or a ``dot``, and what it stands for."""

    fill: str
    label: str
    dot: bool = False


def keys_of(classes: Classes) -> tuple[Key, ...]:
    """Return the legend of classes."""
    return tuple(Key(f, label) for f, label in zip(classes.fills, classes.labels, strict=True))


def points(frame: Frame, places: FloatArray, values: FloatArray, classes: Classes) -> str:
    """Return the layer of (n, 2) lon/lat points by the class of their (n,) values, ringed."""
    by_class = _by_class(classes.of(values), [frame.place(*place) for place in places.tolist()])
    rings, dots = [], []
    for number, spots in by_class.items():
        path = "".join(f"M{x} {y}h0" for x, y in spots)
        rings.append(f'<path d="{path}"/>')
        dots.append(f'<path stroke="{classes.fills[number]}" d="{path}"/>')
    # the ring is drawn by a wider stroke below: pale points stand out on white
    return (
        f'<g stroke-linecap="round"><g stroke="{colours.OUTLINE}" stroke-width="11">'
        f'{"".join(rings)}</g><g stroke-width="8">{"".join(dots)}</g></g>'
    )


def tiles(
    frame: Frame, places: FloatArray, fills: Sequence[str], corners: Sequence[tuple[float, float]]
) -> str:
    """Return the layer of one tile a point, alike but for their colour.

    ``corners`` are those of a tile, in user units from its middle.
    """
    whole = [(round(x), round(y)) for x, y in corners]
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(whole)]
    shape = "".join(f"l{dx} {dy}" for dx, dy in steps) + "z"
    spots: dict[str, list[tuple[int, int]]] = {}
    for place, fill in zip(places.tolist(), fills, strict=True):
        x, y = frame.place(*place)
        spots.setdefault(fill, []).append((x + whole[0][0], y + whole[0][1]))
    drawn = (
        f'<path fill="{fill}" d="{"".join(f"M{x} {y}{shape}" for x, y in sorted(found))}"/>'
        for fill, found in sorted(spots.items())
    )
    return f'<g stroke="{colours.MUTED}" stroke-width="1">{"".join(drawn)}</g>'


def square(frame: Frame, km: float) -> list[tuple[float, float]]:
    """Return the corners of a square tile of so many kilometres a side."""
    half = km * frame.units_per_km / 2.0
    return [(-half, -half), (half, -half), (half, half), (-half, half)]


def cell_around(frame: Frame, places: FloatArray) -> list[tuple[float, float]]:
    """Return the corners of the cell of a regular hexagonal grid, from its (n, 2) middles.

    A corner stands in the middle of three cells: the cell itself and two that touch it.
    """
    spots = (places - [frame.west, 0.0]) * [frame.shrink * frame.scale, -frame.scale]
    ways = _ways_to_neighbours(spots)
    ways.sort(key=lambda way: math.atan2(way[1], way[0]))
    return [
        ((one[0] + other[0]) / 3.0 * _SEAM, (one[1] + other[1]) / 3.0 * _SEAM)
        for one, other in zip(ways, [*ways[1:], ways[0]], strict=True)
    ]


def _ways_to_neighbours(spots: FloatArray) -> list[tuple[float, float]]:
    """Return the six ways to the nearest, each the median over all points that have it."""
    apart = spots[None, :, :] - spots[:, None, :]
    far = np.hypot(apart[..., 0], apart[..., 1])
    np.fill_diagonal(far, np.inf)
    near = apart[far < 1.3 * np.median(far.min(axis=1))]
    angles = np.degrees(np.arctan2(near[:, 1], near[:, 0]))
    turn = float(np.median(angles % 60.0))
    sector = np.round((angles - turn) / 60.0).astype(int) % 6
    medians = [np.median(near[sector == number], axis=0) for number in range(6)]
    return [(float(x), float(y)) for x, y in medians]


def areas(frame: Frame, contours: Iterable[tuple[Contour, str]]) -> str:
    """Return the layer of filled contours, drawn in the order given."""
    drawn = []
    for contour, fill in contours:
        path = "".join(_ring(frame, ring) for polygon in contour for ring in polygon)
        drawn.append(f'<path fill="{fill}" d="{path}"/>')
    edge = f'stroke="{colours.OUTLINE}" stroke-width="1.5"'
    return f'<g fill-rule="evenodd" {edge}>{"".join(drawn)}</g>'


def dots(frame: Frame, places: FloatArray, fill: str, radius: int = 9) -> str:
    """Return the layer of ringed dots, for what people go to."""
    spots = sorted({frame.place(*place) for place in places.tolist()})
    drawn = "".join(
        f'<circle cx="{x}" cy="{y}" r="{radius}"/>'
        for x, y in spots
        if 0 <= x <= frame.width and 0 <= y <= frame.height
    )
    return f'<g fill="{fill}" stroke="{GROUND}" stroke-width="3">{drawn}</g>'


def sheet(
    title: str,
    panels: Sequence[tuple[str, str]],
    keys: Sequence[Key],
    frame: Frame,
    defs: str = "",
) -> str:
    """Return a whole SVG: a title, panels (heading, body) two to a row, one legend."""
    columns = min(2, len(panels))
    rows = math.ceil(len(panels) / columns)
    width = columns * frame.width + (columns - 1) * _GAP
    below = _HEAD + rows * (_SUBHEAD + frame.height + _SCALE_ROW + _GAP)
    legend, height = _legend(keys, width, below)
    drawn = "".join(_panel(at, columns, frame, panel) for at, panel in enumerate(panels))
    size = _fitting(title, _TITLE, _BOLD, width)
    head = f'<text x="14" y="44" font-size="{size}" font-weight="bold">{escape(title)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' font-family="sans-serif" fill="{colours.INK}"><title>{escape(title)}</title>'
        f'<defs><clipPath id="{_CLIP}"><rect width="{frame.width}" height="{frame.height}"/>'
        f"</clipPath>{defs}</defs>"
        f'<rect width="{width}" height="{height}" fill="{GROUND}"/>{head}{drawn}{legend}</svg>\n'
    )


def _panel(at: int, columns: int, frame: Frame, panel: tuple[str, str]) -> str:
    heading, body = panel
    x = at % columns * (frame.width + _GAP)
    y = _HEAD + at // columns * (_SUBHEAD + frame.height + _SCALE_ROW + _GAP)
    size = _fitting(heading, _TEXT, _LETTER, frame.width)
    under = replace(frame, height=frame.height + _SCALE_ROW)
    return (
        f'<g transform="translate({x} {y})">'
        f'<text x="14" y="32" font-size="{size}">{escape(heading)}</text>'
        f'<g transform="translate(0 {_SUBHEAD})"><g clip-path="url(#{_CLIP})">{body}</g>'
        f"{scale_bar(under)}</g></g>"
    )


def _fitting(text: str, size: int, letter: float, width: int) -> int:
    """Return the size at which a text fits in a width, at most the one given."""
    return min(size, int((width - 28) / (len(text) * letter)))


def _legend(keys: Sequence[Key], width: int, top: int) -> tuple[str, int]:
    """Return the legend, in as many rows as it takes, and where it ends."""
    x, y, drawn = 14, top, []
    for key in keys:
        wide = 46 + round(len(key.label) * _TEXT * _LETTER) + 34
        if x > 14 and x + wide > width:
            x, y = 14, y + _KEY_ROW
        mark = (
            f'<circle cx="{x + 16}" cy="{y + 14}" r="10" fill="{key.fill}"/>'
            if key.dot
            else f'<rect x="{x}" y="{y}" width="34" height="28" fill="{key.fill}"'
            f' stroke="{colours.OUTLINE}"/>'
        )
        drawn.append(f'{mark}<text x="{x + 44}" y="{y + 24}">{escape(key.label)}</text>')
        x += wide
    return f'<g font-size="{_TEXT}">{"".join(drawn)}</g>', y + _KEY_ROW


def _by_class(
    numbers: Sequence[int], spots: Sequence[tuple[int, int]]
) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, set[tuple[int, int]]] = {}
    for number, spot in zip(numbers, spots, strict=True):
        found.setdefault(number, set()).add(spot)
    return {number: sorted(found[number]) for number in sorted(found, reverse=True)}


def _ring(frame: Frame, ring: Sequence[tuple[float, float]]) -> str:
    """Return a closed path in whole units, points that fall together told once."""
    kept: list[tuple[int, int]] = []
    for lon, lat in ring:
        here = frame.place(lon, lat)
        if not kept or kept[-1] != here:
            kept.append(here)
    (x, y), *rest = kept
    steps = [f"M{x} {y}"]
    for next_x, next_y in rest:
        steps.append(f"l{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return "".join(steps) + "z"
