"""The contours of zones as SVG paths, declared once and used by every map."""

from __future__ import annotations

from collections.abc import Iterable

from maillage.reports import colours
from maillage.reports.svg.frame import Frame, frame_around
from maillage.territory.contours import outline
from maillage.territory.model import Ring, Territory, Zone

OUTLINE = "limite"
"""The id under which the limit of the territory is declared."""
_NO_CONTOUR_RADIUS = 16


def territory_frame(territory: Territory) -> Frame:
    """Return the frame that holds every zone of a territory."""
    return frame_around(_degrees(territory.zones))


def shape_id(index: int) -> str:
    """Return the id under which the contour of zone ``index`` is declared."""
    return f"z{index}"


def zone_shapes(territory: Territory, frame: Frame) -> str:
    """Return the definitions that maps use: one path a zone, the limit, the hatching."""
    paths = (
        f'<path id="{shape_id(index)}" d="{_path(zone, frame)}"/>'
        for index, zone in enumerate(territory.zones)
    )
    return _hatching() + "".join(paths) + _outline(territory, frame)


def _outline(territory: Territory, frame: Frame) -> str:
    """Return the path of the territory's own limit, where contours are known."""
    rings = [ring for polygon in outline(territory.zones) for ring in polygon]
    drawn = "".join(_ring(ring, frame) for ring in rings)
    return f'<path id="{OUTLINE}" d="{drawn}"/>' if drawn else f'<g id="{OUTLINE}"/>'


def _hatching() -> str:
    return (
        '<pattern id="hachures" width="10" height="10" patternUnits="userSpaceOnUse">'
        '<rect width="10" height="10" fill="#f3f4f5"/>'
        f'<path d="M0 10L10 0" stroke="{colours.NO_DATA_LINE}" stroke-width="1.6"/></pattern>'
    )


def _degrees(zones: Iterable[Zone]) -> Iterable[tuple[float, float]]:
    for zone in zones:
        yield zone.point.lon, zone.point.lat
        for polygon in zone.contour or ():
            for ring in polygon:
                yield from ring


def _path(zone: Zone, frame: Frame) -> str:
    if zone.contour is None:
        return _disc(*frame.place(zone.point.lon, zone.point.lat))
    return "".join(_ring(ring, frame) for polygon in zone.contour for ring in polygon)


def _ring(ring: Ring, frame: Frame) -> str:
    """Return a closed path of whole units, its repeated points left out."""
    places = [frame.place(lon, lat) for lon, lat in ring]
    kept = [here for here, before in zip(places, [None, *places], strict=False) if here != before]
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    (x, y), *rest = kept
    steps = [f"M{x} {y}"]
    for next_x, next_y in rest:
        steps.append(f"l{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return "".join(steps) + "z"


def _disc(x: int, y: int) -> str:
    r = _NO_CONTOUR_RADIUS
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
