"""« Où renforcer »: a plan of posts as one page for phones and A4."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.siting.posts_map import map_classes, posts_map, zone_values
from maillage.reports.siting.posts_rows import (
    euros,
    front_rows,
    means_rows,
    post_tables,
    step_rows,
    venue_rows,
)
from maillage.reports.siting.posts_words import posts_text
from maillage.reports.style_sheet import style_hash
from maillage.reports.typography import polished
from maillage.territory.model import Territory


def posts_page(answer: PostsAnswer, territory: Territory, on: dt.date) -> str:
    """Return the page; its style is named by hash, it asks no network and runs no script.

    Same arguments, same bytes.
    """
    templates = _environment()
    style = templates.get_template("posts.css").render(c=colours).strip()
    picture = polished(posts_map(answer, territory))
    legend = map_classes(answer).legend(zone_values(answer, territory), tr("non connu"))
    front, means = answer.scenarios.front, answer.scenarios.means
    return templates.get_template("posts.html").render(
        text=polished(posts_text(answer)),
        territory=polished(_named(territory)),
        people=answer.asked.goal.is_of_people,
        moved=answer.moved is not None,
        posts=polished(post_tables(answer)),
        venues=polished(venue_rows(answer)),
        steps=polished(step_rows(answer)),
        impossible=polished(() if answer.marginal is None else answer.marginal.impossible),
        front=polished(front_rows(answer)),
        front_impossible=polished(() if front is None else front.impossible),
        means=polished(means_rows(answer)),
        means_told=polished(() if means is None else (*means.left_out, *means.supposes)),
        means_budget="" if means is None else euros(means.yearly_budget),
        base=answer.base_name,
        legend=polished(legend),
        picture=picture,
        drawing=Markup(picture.body),  # noqa: S704 - drawn here, every text escaped
        on=on,
        style=Markup(style),  # noqa: S704 - our own sheet
        style_hash=style_hash(style),
    )


def _named(territory: Territory) -> str:
    if territory.fictional:
        return tr("{name} (territoire fictif)").format(name=territory.name)
    return territory.name


@lru_cache(maxsize=1)
def _environment() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(tr=tr, date=french.date, of=french.of, percent=french.percent)
    return templates
