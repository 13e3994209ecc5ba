"""The map of a plan: communes by how many of their people lack help, venues numbered over them."""

from __future__ import annotations

from html import escape

import numpy as np

from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.blocks import Picture
from maillage.reports.painting import Classes
from maillage.reports.siting.posts_rows import venue_signs
from maillage.reports.svg.frame import Frame
from maillage.reports.svg.maps import names, painted, scale_bar
from maillage.reports.svg.shapes import territory_frame, zone_shapes
from maillage.territory.model import Territory

_RADIUS = 19
_RAMP = ("#f6f7f7", *colours.FRAGILITY[:4])
_STEPS = (0.15, 0.4, 0.7)
"""Shares of the largest number where the classes of the map part: a matter of looks."""


def posts_map(answer: PostsAnswer, territory: Territory) -> Picture:
    """Return the map, with the shapes it uses: it stands alone in a page."""
    frame = territory_frame(territory)
    drawn = map_within(answer, territory, frame)
    defs = f"<defs>{zone_shapes(territory, frame)}</defs>"
    return Picture(drawn.width, drawn.height, defs + drawn.body)


def map_within(answer: PostsAnswer, territory: Territory, frame: Frame) -> Picture:
    """Return the map for a page that declares the shapes of the frame itself."""
    fills = map_classes(answer).fills_of(zone_values(answer, territory))
    layers = (names(frame, territory), _venues(answer, frame), scale_bar(frame))
    return painted(frame, fills, *layers)


def zone_values(answer: PostsAnswer, territory: Territory) -> FloatArray:
    """Return the people who lack help in each zone of the territory, in its order."""
    problem = answer.main
    by_zone = problem.zone_people - problem.zone_reached
    told = dict(zip(answer.setting.unreached.zone_ids, by_zone.tolist(), strict=True))
    return np.array([told.get(zone.id, np.nan) for zone in territory.zones])


def map_classes(answer: PostsAnswer) -> Classes:
    """Return the classes of the map: nobody, then rising numbers rounded to tens."""
    problem = answer.main
    most = float((problem.zone_people - problem.zone_reached).max(initial=0.0))
    uppers = sorted({_rounded(most * share) for share in _STEPS} - {0.0})
    uppers = [upper for upper in uppers if upper < most]
    bounds = (0.5, *uppers)
    starts, ends = (1.0, *(upper + 1 for upper in uppers)), (*uppers, max(most, 1.0))
    labels = [
        tr("{low} à {high}").format(low=french.number(low), high=french.number(high))
        for low, high in zip(starts, ends, strict=True)
    ]
    return Classes(bounds, _RAMP[: len(bounds) + 1], (tr("aucune"), *labels))


def _rounded(value: float) -> float:
    step = 10.0 if value >= 20 else 1.0
    return float(round(value / step) * step)


def disc(sign: str, x: int, y: int) -> str:
    """Return the sign of a venue: its number on a disc."""
    edge = f'fill="{colours.ACCENT}" stroke="{colours.PAPER}" stroke-width="3"'
    text = (
        f'<text x="{x}" y="{y + 8}" font-size="22" font-weight="bold" text-anchor="middle" '
        f'fill="{colours.PAPER}">{escape(sign)}</text>'
    )
    return f'<circle cx="{x}" cy="{y}" r="{_RADIUS}" {edge}/>{text}'


def _venues(answer: PostsAnswer, frame: Frame) -> str:
    drawn = []
    for venue, sign in sorted(venue_signs(answer).items(), key=lambda one: -int(one[1])):
        place = answer.venues[venue]
        drawn.append(disc(sign, *frame.place(place.lon, place.lat)))
    return f"<g>{''.join(drawn)}</g>"
