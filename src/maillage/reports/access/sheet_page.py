"""One person's sheet on paper: one page in large print, without script, that asks no network."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from maillage.access.visits.sheet import JourneySheet
from maillage.access.visits.sheet_words import sheet_text
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.style_sheet import style_hash
from maillage.reports.typography import polished


def sheet_page(sheet: JourneySheet, on: dt.date) -> str:
    """Return the page; its style is named by hash, so that no other may run. Same sheet and day,
    same bytes.
    """
    templates = _environment()
    style = templates.get_template("sheet.css").render(c=colours).strip()
    return templates.get_template("sheet.html").render(
        text=polished(sheet_text(sheet)),
        on=on,
        style=Markup(style),  # noqa: S704 - our own sheet
        style_hash=style_hash(style),
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(tr=tr, date=french.date)
    return templates
