"""The map of a month: stops numbered as in its table, told apart by how often they are held."""

from __future__ import annotations

from html import escape

from maillage.kernel.geometry import Point
from maillage.reports import colours
from maillage.reports.blocks import Picture
from maillage.reports.svg.frame import Frame
from maillage.reports.svg.maps import painted, scale_bar
from maillage.reports.svg.shapes import territory_frame, zone_shapes
from maillage.rounds.model import Frequency
from maillage.rounds.month import RoundMonth
from maillage.territory.model import Territory

GROUND = "#eef2f4"
"""The colour of zones, under the stops."""
FILLS = {
    Frequency.WEEKLY: (colours.ACCENT, colours.PAPER),
    Frequency.FORTNIGHTLY: (colours.SERIES[1], colours.PAPER),
    Frequency.MONTHLY: (colours.PAPER, colours.INK),
}
"""The disc and the ink of its number, by frequency."""
_RADIUS = 19
_TEXT = 27
_LETTER = 15.5  # mean width of a letter, in units of the drawing
_MOST_NAMES = 12
_CANDIDATES = 18  # beyond the most peopled, a name would point out a village rather than guide

Box = tuple[float, float, float, float]


def month_map(month: RoundMonth, territory: Territory) -> Picture:
    """Return the map, with the shapes it uses: it stands alone in a page."""
    frame = territory_frame(territory)
    drawn_there = (_dropped(month, frame), _stops(month, frame))
    layers = (_names(month, territory, frame), *drawn_there)
    drawn = painted(frame, [GROUND] * len(territory.zones), *layers, scale_bar(frame))
    defs = f"<defs>{zone_shapes(territory, frame)}</defs>"
    return Picture(drawn.width, drawn.height, defs + drawn.body)


def disc(number: int, frequency: Frequency, x: int, y: int) -> str:
    """Return the sign of a stop: its number on a disc, a square where it is held fortnightly."""
    fill, ink = FILLS[frequency]
    edge = f'fill="{fill}" stroke="{colours.INK}" stroke-width="2.5"'
    r = _RADIUS
    shape = (
        f'<rect x="{x - r}" y="{y - r}" width="{2 * r}" height="{2 * r}" rx="4" {edge}/>'
        if frequency is Frequency.FORTNIGHTLY
        else f'<circle cx="{x}" cy="{y}" r="{r}" {edge}/>'
    )
    text = (
        f'<text x="{x}" y="{y + 8}" font-size="23" font-weight="bold" text-anchor="middle" '
        f'fill="{ink}">{escape(str(number))}</text>'
    )
    return shape + text


def _names(month: RoundMonth, territory: Territory, frame: Frame) -> str:
    """Return the names of the most peopled communes, where they meet no stop and no other name."""
    taken = [_around(x, y, _RADIUS) for x, y in _places(month, frame)]
    texts: list[str] = []
    ranked = sorted(territory.zones, key=lambda z: (-(z.population or 0), z.id))
    for zone in ranked[:_CANDIDATES]:
        x, y = frame.place(zone.point.lon, zone.point.lat)
        half = len(zone.name) * _LETTER / 2
        middle = round(min(max(x, half), frame.width - half))
        for foot in (y + 9, y - _RADIUS - 7, y + _RADIUS + _TEXT):
            box = (middle - half, foot - _TEXT, middle + half, foot + 6.0)
            if len(texts) < _MOST_NAMES and not any(_meet(box, other) for other in taken):
                taken.append(box)
                texts.append(f'<text x="{middle}" y="{foot}">{escape(zone.name)}</text>')
                break
    style = f'font-size="{_TEXT}" text-anchor="middle" fill="{colours.INK}"'
    halo = 'stroke="#ffffff" stroke-width="5" stroke-linejoin="round" paint-order="stroke"'
    return f"<g {style} {halo}>{''.join(texts)}</g>"


def _places(month: RoundMonth, frame: Frame) -> list[tuple[int, int]]:
    """Return where something is drawn: the stops, and the present ones that the plan leaves."""
    points = [Point(one.stop.lon, one.stop.lat) for one in month.stops]
    left = () if month.beside is None else month.beside.dropped
    points += [one.present.point for one in left if one.present.point is not None]
    return [frame.place(point.lon, point.lat) for point in points]


def _around(x: int, y: int, r: int) -> Box:
    return (float(x - r), float(y - r), float(x + r), float(y + r))


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _stops(month: RoundMonth, frame: Frame) -> str:
    drawn = []
    for number, one in enumerate(month.stops, 1):
        x, y = frame.place(one.stop.lon, one.stop.lat)
        drawn.append(disc(number, one.frequency, x, y))
    return f"<g>{''.join(drawn)}</g>"


def _dropped(month: RoundMonth, frame: Frame) -> str:
    """Return the present stops that the plan leaves, as crosses."""
    if month.beside is None:
        return ""
    points = [one.present.point for one in month.beside.dropped]
    steps = []
    for point in points:
        if point is not None and frame.holds(point):
            x, y = frame.place(point.lon, point.lat)
            steps.append(f"M{x - 9} {y - 9}l18 18m0 -18l-18 18")
    style = f'stroke="{colours.MUTED}" stroke-width="5" fill="none"'
    return f'<path d="{"".join(steps)}" {style}/>' if steps else ""
