"""A network as one page: its map beside the list, filters without script, meetings to hold."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.style_sheet import style_hash
from maillage.reports.ties.drawing import Drawing
from maillage.reports.ties.map_svg import LINKS, map_svg
from maillage.reports.ties.meeting import Meeting, meetings
from maillage.reports.ties.words import (
    broker_words,
    change_words,
    measured_words,
    moved_words,
    sentences,
    value_words,
)
from maillage.reports.typography import polished
from maillage.ties.changing import NetworkChange
from maillage.ties.introductions import Introductions
from maillage.ties.measures import SHARES, Figure, Measures
from maillage.ties.model import Network

_HIDDEN = ".dot, .line, .name, .member"


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a page shows of a network; ``kinds``: the words of each kind, by code."""

    network: Network
    measures: Measures
    meet: Introductions
    drawing: Drawing
    kinds: Mapping[str, str]
    change: NetworkChange | None = None


def network_page(shown: Shown, title: str) -> str:
    """Return the page, whole: no script, no other file, nothing asked elsewhere."""
    templates = _environment()
    filters = list(_filters(shown))
    style = templates.get_template("network.css").render(c=colours, filters=filters).strip()
    members = {one.key: one for one in shown.network.members}
    return templates.get_template("network.html").render(
        title=polished(title),
        drawing=Markup(map_svg(shown.drawing, shown.kinds)),  # noqa: S704 - our own drawing
        sentences=polished(sentences(shown.measures, members)),
        figures=polished(figure_rows(shown.measures)),
        filters=polished(filters),
        rows=polished(list(member_rows(shown))),
        brokers=polished([broker_words(one, members) for one in shown.measures.brokers]),
        meetings=polished(
            [_meeting(one) for one in meetings(shown.network, shown.meet, shown.kinds)]
        ),
        within=polished([french.percent(one) for one in shown.meet.within_two]),
        change=polished(_change(shown.change)),
        style=Markup(style),  # noqa: S704 - our own sheet
        style_hash=style_hash(style),
    )


def _filters(shown: Shown) -> Iterator[dict[str, object]]:
    """Give the choices of each filter: the class of what is kept, and its words."""
    drawing = shown.drawing
    yield {
        "name": "secteur",
        "label": tr("Secteur"),
        "hides": _HIDDEN,
        "choices": [(f"a{at}", one) for at, one in enumerate(drawing.areas)],
    }
    yield {
        "name": "nature",
        "label": tr("Nature"),
        "hides": _HIDDEN,
        "choices": [(f"k{at}", shown.kinds.get(one, one)) for at, one in enumerate(drawing.kinds)],
    }
    yield {
        "name": "lien",
        "label": tr("Lien"),
        "hides": ".line",
        "choices": [(f"l-{one.code}", one.label) for one in LINKS],
    }


def figure_rows(told: Measures) -> list[tuple[str, str]]:
    """Return every figure that has a meaning: its words, its value with its interval."""
    return [
        (one.label, measured_words(one, measured))
        for one, measured in told.figures.items()
        if not math.isnan(measured.middle)
    ]


def member_rows(shown: Shown) -> Iterator[dict[str, object]]:
    """Give the members by their numbers on the map."""
    told = dict.fromkeys(shown.measures.known_by, 0)
    for teller, _ in shown.network.told:
        told[shown.network.members[teller].key] += 1
    for dot in sorted(shown.drawing.dots, key=lambda one: one.number):
        one = dot.member
        yield {
            "number": dot.number,
            "name": one.name,
            "kind": shown.kinds.get(one.kind, one.kind),
            "area": one.area,
            "classes": f"a{dot.area} k{dot.kind}",
            "known_by": french.number(shown.measures.known_by[one.key]),
            "names": french.number(told[one.key]) if one.is_heard else tr("non entendue"),
        }


def _meeting(one: Meeting) -> dict[str, object]:
    return {
        "title": one.title,
        "invited": one.invited,
        "pairs": one.pairs,
        "minutes": french.minutes(one.minutes),
    }


def _change(told: NetworkChange | None) -> dict[str, object] | None:
    if told is None:
        return None
    rows = [
        (figure.label, moved_words(moved), _ends(figure, moved.difference))
        for figure, moved in told.figures.items()
        if moved is not None
    ]
    return {"said": change_words(told), "rows": rows}


def _ends(figure: Figure, difference: float) -> str:
    """Return by how much a figure moved: shares in points, the others as they are."""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    if figure in SHARES:
        return sign + french.plural(round(abs(100 * difference)), tr("point"), tr("points"))
    return f"{sign}{value_words(figure, abs(difference))}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(tr=tr)
    return environment
