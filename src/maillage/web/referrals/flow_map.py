"""Who sends to whom, on the map of the communes: a line a pair, as wide as it is many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from maillage.kernel import french
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.referrals.figures import Flows
from maillage.reports import colours
from maillage.reports.svg import maps
from maillage.reports.svg.frame import Frame
from maillage.reports.svg.shapes import territory_frame, zone_shapes
from maillage.web.reading.book import TerritoryBook

_LEAST, _MOST = 3.0, 16.0
"""Widths of a line, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class _Flow:
    """A pair that may be shown, and where both ends are."""

    n: int
    told: str
    start: Point
    end: Point


def flow_map(flows: Flows, book: TerritoryBook) -> SafeString | None:
    """Return the drawing; None where no pair may be shown, or none is placed.

    Lines are drawn from the desk, marked by a ring, to the structure, marked by a dot.
    """
    told = sorted(_flows(flows, book), key=lambda one: one.n)
    if not told:
        return None
    frame = territory_frame(book.territory)
    ground = maps.painted(frame, [colours.DISTANCE[0]] * len(book.territory.zones))
    lines = "".join(_line(one, frame, told[-1].n) for one in told)
    ends = "".join(_ends(one, frame) for one in told)
    title = tr("Qui envoie vers qui, sur la carte ; le tableau dit les mêmes nombres.")
    drawn = (
        f'<svg class="flows" viewBox="0 0 {frame.width} {frame.height}" role="img" '
        f'aria-label="{escape(title)}"><defs>{zone_shapes(book.territory, frame)}</defs>'
        f"{ground.body}{lines}{ends}{maps.names(frame, book.territory)}</svg>"
    )
    return mark_safe(drawn)  # noqa: S308 - every word of it is escaped, every number drawn here


def _flows(flows: Flows, book: TerritoryBook) -> Iterator[_Flow]:
    points = _points(book)
    names = {one.id: one.nom for one in book.directory.structures}
    for desk, row in zip(flows.desks, flows.counts, strict=True):
        for structure, n in zip(flows.structures, row, strict=True):
            if n and desk in points and structure in points and desk != structure:
                told = f"{names[desk]} → {names[structure]} : {french.number(n)}"
                yield _Flow(n, told, points[desk], points[structure])


def _points(book: TerritoryBook) -> Mapping[str, Point]:
    """Return where each structure is: its first place that is placed, in order of name."""
    points: dict[str, Point] = {}
    for place in book.places:
        for presence in place.presences:
            if place.lieu.point is not None and place.lieu.in_territory:
                points.setdefault(presence.structure.id, place.lieu.point)
    return points


def _line(one: _Flow, frame: Frame, most: int) -> str:
    (x1, y1), (x2, y2) = (frame.place(end.lon, end.lat) for end in (one.start, one.end))
    width = _LEAST + (_MOST - _LEAST) * one.n / most
    return (
        f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{colours.SERIES[0]}" stroke-opacity="0.55" '
        f'stroke-linecap="round" stroke-width="{width:.1f}" fill="none">'
        f"<title>{escape(one.told)}</title></path>"
    )


def _ends(one: _Flow, frame: Frame) -> str:
    (x1, y1), (x2, y2) = (frame.place(end.lon, end.lat) for end in (one.start, one.end))
    ring = f'fill="{colours.PAPER}" stroke="{colours.INK}" stroke-width="4"'
    desk = f'<circle cx="{x1}" cy="{y1}" r="11" {ring}/>'
    return desk + f'<circle cx="{x2}" cy="{y2}" r="7" fill="{colours.INK}"/>'
