"""A questionnaire to be printed: an A4 page without script, that asks no network."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from maillage.reports import colours
from maillage.reports.style_sheet import style_hash
from maillage.reports.typography import polished
from maillage.survey.forms.model import Form
from maillage.survey.forms.on_paper import paper_form


def paper_page(form: Form, wave: str = "") -> str:
    """Return the page, ``wave`` at its foot; its style is named by hash. Same form, same bytes."""
    templates = _environment()
    style = templates.get_template("paper.css").render(c=colours).strip()
    return templates.get_template("paper.html").render(
        sheet=polished(paper_form(form, wave)),
        style=Markup(style),  # noqa: S704 - our own sheet
        style_hash=style_hash(style),
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
