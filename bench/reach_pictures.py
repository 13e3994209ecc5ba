"""The maps of the page of the four real cases, and what each shows in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bench import reach_maps as draw
from bench.reach_cases import ANY_SERVICE, CELL_KM, Asked, Territorial
from maillage.access.travel import Mode
from maillage.access.visits.model import Certainty
from maillage.kernel.geometry import FloatArray
from maillage.reports import colours
from maillage.reports.svg.frame import Frame, frame_around
from maillage.reports.svg.maps import names, painted
from maillage.reports.svg.shapes import territory_frame, zone_shapes
from maillage.territory.model import Contour
from maillage.wiring import reach

MINUTES = (5.0, 10.0, 15.0, 20.0)
LONG = 60
TOLD = "#b5541c"
UNTOLD = "#55616d"
EDGE_PERCENT = 1.0  # squares of Périgueux beyond these are left out of the map, and said

_HEADINGS: Mapping[Certainty, str] = {
    Certainty.CERTAIN: "certain: told hours only",
    Certainty.POSSIBLE: "possible: usual hours where untold",
}
_PLACE_KEYS = (
    draw.Key(TOLD, "place that tells its hours", dot=True),
    draw.Key(UNTOLD, "place that does not", dot=True),
)
_NOBODY = draw.Key(draw.NOBODY, "nobody lives there")


@dataclass(frozen=True)
class Picture:
    """One map: the name of its file, what it shows in words, the SVG."""

    name: str
    alt: str
    svg: str


def counted(number: float) -> str:
    """Return a number with its thousands parted.

    >>> counted(1571)
    '1,571'
    """
    return f"{number:,.0f}"


def nantes_half_days(asked: Asked) -> Picture:
    """Return the map of the addresses of Nantes, by half-days."""
    homes = asked.homes.points
    frame = frame_around(homes.tolist())
    panels = [
        (
            heading,
            draw.points(frame, homes, asked.half_days(each), draw.HALF_DAYS)
            + _place_dots(asked, frame),
        )
        for each, heading in _HEADINGS.items()
    ]
    keys = (*draw.keys_of(draw.HALF_DAYS), *_PLACE_KEYS)
    title = "Nantes: half-days a week with a visit, without a car"
    svg = draw.sheet(title, panels, keys, frame)
    return Picture("nantes-half-days.svg", _summed_up(asked, "addresses"), svg)


def nantes_minutes(asked: Asked) -> Picture:
    """Return the map of the addresses of Nantes, by how long the best visit takes."""
    homes = asked.homes.points
    frame = frame_around(homes.tolist())
    panels, parts = [], []
    for each, heading in _HEADINGS.items():
        minutes = asked.minutes_away(each)
        done = ~np.isnan(minutes)
        body = draw.points(frame, homes[done], minutes[done], draw.MINUTES_AWAY)
        none = draw.dots(frame, homes[~done], draw.NEVER, 8)
        panels.append((heading, body + none + _place_dots(asked, frame)))
        parts.append(f"{each.code}, {np.median(minutes[done]):.0f} minutes at the median")
    never = draw.Key(draw.NEVER, "no visit", dot=True)
    keys = (*draw.keys_of(draw.MINUTES_AWAY), never, *_PLACE_KEYS)
    svg = draw.sheet("Nantes: travel and waiting of the best visit", panels, keys, frame)
    return Picture("nantes-minutes.svg", f"Map: {'; '.join(parts)}, there and back.", svg)


def nantes_walk(asked: Asked) -> Picture:
    """Return how far one walks from the most central place of Nantes that tells its hours."""
    place_id, name = middle_place(asked)
    point = asked.places.presences.places[place_id]
    start = asked.homes_file.with_name("walk-from.csv")
    start.write_text(f"id,lon,lat\n{place_id},{point[0]},{point[1]}\n", encoding="utf-8")
    drawn = reach.isochrones(start, Mode.WALK.code, MINUTES, asked.ground)
    fills = colours.DISTANCE[: len(MINUTES)]
    shapes: list[tuple[Contour, str]] = [
        (contour, fill)
        for contour, fill in zip(drawn.layer.shapes, fills, strict=True)
        if isinstance(contour, tuple)
    ]
    corners = [spot for contour, _ in shapes for polygon in contour for spot in polygon[0]]
    frame = frame_around(corners)
    body = draw.areas(frame, reversed(shapes)) + draw.dots(frame, point[None, :], TOLD, 14)
    steps = [draw.Key(f, f"{m:.0f} min") for f, m in zip(fills, MINUTES, strict=True)]
    kmh = asked.ground.parameters.number("travel.walk.speed_kmh")
    svg = draw.sheet(
        "Nantes: how far one walks",
        ((f"from {name}, at {kmh:g} km/h", body),),
        (*steps, draw.Key(TOLD, name, dot=True)),
        frame,
    )
    within = ", ".join(f"{minutes:.0f}" for minutes in MINUTES)
    alt = f"Map: ground reached on foot from {name} within {within} minutes, along the streets."
    return Picture("nantes-walk.svg", alt, svg)


def porto_alegre_half_days(asked: Asked) -> Picture:
    """Return the map of the cells of Porto Alegre, by half-days at possible hours."""
    numbers = draw.HALF_DAYS.of(asked.half_days(Certainty.POSSIBLE))
    fills = [draw.HALF_DAYS.fills[number] for number in numbers]
    keys = draw.keys_of(draw.HALF_DAYS)
    title = "Porto Alegre: half-days a week, without a car"
    svg = _cells(asked, fills, keys, (title, _HEADINGS[Certainty.POSSIBLE]))
    alt = _summed_up(asked, "inhabited cells", certain=False)
    return Picture("porto-alegre-half-days.svg", alt, svg)


def porto_alegre_minutes(asked: Asked) -> Picture:
    """Return the map of the cells of Porto Alegre, by how long the best visit takes."""
    minutes = asked.minutes_away(Certainty.POSSIBLE)
    fills = [
        draw.NEVER if np.isnan(value) else draw.MINUTES_AWAY.fills[number]
        for value, number in zip(minutes, draw.MINUTES_AWAY.of(np.nan_to_num(minutes)), strict=True)
    ]
    keys = (*draw.keys_of(draw.MINUTES_AWAY), draw.Key(draw.NEVER, "no visit"))
    title = "Porto Alegre: travel and waiting of the best visit"
    svg = _cells(asked, fills, keys, (title, "there and back, possible hours"))
    lived = minutes[asked.homes.people > 0]
    none, long = np.count_nonzero(np.isnan(lived)), np.count_nonzero(lived >= LONG)
    alt = (
        f"Map of {counted(len(lived))} inhabited cells: {none} have no visit and {long} take "
        f"{LONG} minutes or more of travel and waiting."
    )
    return Picture("porto-alegre-minutes.svg", alt, svg)


def territory_half_days(told: Territorial) -> Picture:
    """Return the four maps of the communes of a territory, by mean half-days: the bounds."""
    frame = territory_frame(told.territory)
    table = told.measured.half_days[ANY_SERVICE]
    headings = (
        "certain, walking and trains (low)",
        "certain, a slow bus at any time (high)",
        "possible, walking and trains (low)",
        "possible, a slow bus at any time (high)",
    )
    panels = []
    for heading, row in zip(headings, table, strict=True):
        fills = [
            draw.NOBODY if np.isnan(value) else draw.MEAN_HALF_DAYS.fills[number]
            for value, number in zip(row, draw.MEAN_HALF_DAYS.of(np.nan_to_num(row)), strict=True)
        ]
        panels.append((heading, painted(frame, fills, names(frame, told.territory)).body))
    title = "CA Béthune-Bruay: half-days a week with a visit, without a car, between bounds"
    keys = draw.keys_of(draw.MEAN_HALF_DAYS)
    svg = draw.sheet(title, panels, keys, frame, zone_shapes(told.territory, frame))
    few = [int(np.count_nonzero(row < 2)) for row in table]
    alt = (
        f"Four maps of {len(told.territory.zones)} communes. Fewer than two half-days on average: "
        f"{few[0]} communes at certain hours by walking and trains, {few[1]} with a slow bus at "
        f"any time; {few[2]} and {few[3]} at possible hours."
    )
    return Picture("bethune-bruay-half-days.svg", alt, svg)


def perigueux_half_days(asked: Asked) -> Picture:
    """Return the map of the squares around the stops of Périgueux, by half-days."""
    homes = asked.homes.points
    low, high = np.percentile(homes, [EDGE_PERCENT, 100.0 - EDGE_PERCENT], axis=0)
    inside = np.all((homes >= low) & (homes <= high), axis=1)
    frame = frame_around([tuple(low), tuple(high)])
    corners = draw.square(frame, CELL_KM)
    panels = []
    for each, heading in _HEADINGS.items():
        numbers = draw.HALF_DAYS.of(asked.half_days(each)[inside])
        fills = [draw.HALF_DAYS.fills[number] for number in numbers]
        body = draw.tiles(frame, homes[inside], fills, corners) + _place_dots(asked, frame)
        panels.append((heading, body))
    keys = (*draw.keys_of(draw.HALF_DAYS), *_PLACE_KEYS)
    title = "Périgueux: half-days a week with a visit, without a car"
    svg = draw.sheet(title, panels, keys, frame)
    alt = _summed_up(asked, "squares")
    left = np.count_nonzero(~inside)
    return Picture("perigueux-half-days.svg", f"{alt} {left} far squares are not drawn.", svg)


def middle_place(asked: Asked) -> tuple[str, str]:
    """Return the id and the name of the place nearest to the middle of the homes, hours told."""
    unknown = set(asked.unknown.lieu_ids)
    places = asked.places.presences.places
    middle = np.median(asked.homes.points, axis=0)
    shrink = np.array([np.cos(np.radians(middle[1])), 1.0])
    told = sorted(one for one in places if one not in unknown)
    found = min(told, key=lambda one: (float(np.hypot(*((places[one] - middle) * shrink))), one))
    return found, asked.places.names[found]


def _cells(
    asked: Asked, fills: list[str], keys: tuple[draw.Key, ...], titles: tuple[str, str]
) -> str:
    homes = asked.homes.points
    frame = frame_around(homes.tolist())
    lived = [
        fill if people > 0 else draw.NOBODY
        for fill, people in zip(fills, asked.homes.people, strict=True)
    ]
    body = draw.tiles(frame, homes, lived, draw.cell_around(frame, homes))
    title, heading = titles
    return draw.sheet(title, ((heading, body),), (*keys, _NOBODY), frame)


def _place_dots(asked: Asked, frame: Frame) -> str:
    unknown = set(asked.unknown.lieu_ids)
    places = asked.places.presences.places

    def at(ids: list[str]) -> FloatArray:
        return np.array([places[one] for one in ids]).reshape(-1, 2)

    untold = draw.dots(frame, at(sorted(one for one in places if one in unknown)), UNTOLD, 7)
    told = draw.dots(frame, at(sorted(one for one in places if one not in unknown)), TOLD, 11)
    return untold + told


def _summed_up(asked: Asked, noun: str, *, certain: bool = True) -> str:
    """Return what a map of half-days shows, in one sentence."""
    lived = asked.homes.people > 0
    parts = []
    for each in _HEADINGS:
        values = asked.half_days(each)[lived]
        none = counted(int(np.count_nonzero(values == 0)))
        many = counted(int(np.count_nonzero(values >= draw.HALF_DAYS.bounds[-1])))
        parts.append(f"{each.code}, {none} have no half-day and {many} ten or more")
    told = parts if certain else parts[1:]
    return f"Map of {counted(lived.sum())} {noun}: {'; '.join(told)}."
