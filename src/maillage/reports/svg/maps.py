"""Maps: zones painted by class, dots over them, names of the largest, a scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from maillage.reports import colours
from maillage.reports.blocks import Picture
from maillage.reports.svg import marks
from maillage.reports.svg.frame import Frame
from maillage.reports.svg.shapes import OUTLINE, shape_id
from maillage.territory.model import Territory

_TEXT = 25
_LETTER = 0.56  # mean width of a letter, in units of its height
_MOST_NAMES = 14
_CANDIDATES = 18  # beyond the most peopled, a name would point out a village rather than guide
_TEXT_ON_PHONES = 34  # the page's style sheet enlarges names so: room is left for it
_HALO = 'stroke="#ffffff" stroke-width="5" stroke-linejoin="round" paint-order="stroke"'

Box = tuple[float, float, float, float]


def painted(frame: Frame, fills: Sequence[str], *layers: str) -> Picture:
    """Return a map whose zone ``i`` is painted ``fills[i]``, with layers drawn over it."""
    zones = "".join(
        f'<use href="#{shape_id(index)}" fill="{fill}"/>' for index, fill in enumerate(fills)
    )
    ground = f'<g stroke="{colours.ZONE_LINE}" stroke-width="2">{zones}</g>'
    limit = f'<use href="#{OUTLINE}" fill="none" stroke="{colours.OUTLINE}" stroke-width="2"/>'
    return Picture(frame.width, frame.height, ground + limit + "".join(layers))


def signed(frame: Frame, territory: Territory, indices: Iterable[int], sign: str) -> str:
    """Return the layer that writes a short sign on some zones, beside its colour."""
    texts = []
    for index in indices:
        point = territory.zones[index].point
        x, y = frame.place(point.lon, point.lat)
        texts.append(f'<text x="{x}" y="{y + 8}">{escape(sign)}</text>')
    style = f'font-size="{_TEXT}" font-weight="bold" text-anchor="middle" fill="{colours.INK}"'
    return f"<g {style} {_HALO}>{''.join(texts)}</g>" if texts else ""


def dots(places: Iterable[tuple[int, int]], fill: str, *, itinerant: bool = False) -> str:
    """Return the layer of dots (diamonds where itinerant) at these places."""
    draw = marks.diamond if itinerant else marks.dot
    drawn = "".join(draw(x, y) for x, y in sorted(set(places)))
    ring = colours.DOT if fill == colours.DOT_FAINT else "#ffffff"
    return f'<g fill="{fill}" stroke="{ring}" stroke-width="2">{drawn}</g>' if drawn else ""


def names(frame: Frame, territory: Territory) -> str:
    """Return the layer of names: the most peopled zones, where names do not meet."""
    taken: list[Box] = []
    texts: list[str] = []
    ranked = sorted(territory.zones, key=lambda z: (-(z.population or 0), z.id))
    for zone in ranked[:_CANDIDATES]:
        x, y = frame.place(zone.point.lon, zone.point.lat)
        box = _box(frame, zone.name, x, y)
        if len(texts) < _MOST_NAMES and not any(_meet(box, other) for other in taken):
            taken.append(box)
            centre = round((box[0] + box[2]) / 2)
            texts.append(f'<text x="{centre}" y="{y - 12}">{escape(zone.name)}</text>')
    style = f'font-size="{_TEXT}" text-anchor="middle" fill="{colours.INK}"'
    return f'<g class="names" {style} {_HALO}>{"".join(texts)}</g>'


def scale_bar(frame: Frame) -> str:
    """Return the layer that says how long some kilometres are, at the bottom left."""
    km = next((k for k in (20, 10, 5, 2, 1) if k * frame.units_per_km < frame.width / 4), 1)
    length = round(km * frame.units_per_km)
    y = frame.height - 16
    path = f"M14 {y}h{length}m0 -8v16M14 {y - 8}v16"
    return (
        f'<path d="{path}" stroke="{colours.INK}" stroke-width="3" fill="none"/>'
        f'<text x="{length + 26}" y="{y + 8}" font-size="{_TEXT}"'
        f' fill="{colours.INK}" {_HALO}>{km} km</text>'
    )


def _box(frame: Frame, name: str, x: int, y: int) -> Box:
    """Return the box a name takes above its point, pushed back inside the frame."""
    half = len(name) * _TEXT_ON_PHONES * _LETTER / 2 + 4
    middle = min(max(float(x), half), frame.width - half)
    return (middle - half, y - 12.0 - _TEXT_ON_PHONES, middle + half, y - 6.0)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
