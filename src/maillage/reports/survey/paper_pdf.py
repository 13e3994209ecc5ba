"""A questionnaire to be printed as a tagged PDF, its wave and version at the foot of each page."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.paper import FONTS, printable
from maillage.reports.plain_data import plain
from maillage.reports.typesetter import Typesetter
from maillage.reports.typography import polished
from maillage.survey.forms.model import Form
from maillage.survey.forms.on_paper import paper_form

_SOURCE = Path(__file__).parent / "paper.typ"


def paper_pdf(form: Form, on: dt.date, typesetter: Typesetter, wave: str = "") -> bytes:
    """Return the PDF, stamped with a day; a sign that no font has is printed as a box.

    Raises MissingExtra where the typesetter is not installed.
    """
    data = plain(polished(paper_form(form, wave)))
    told = {"INK": colours.INK, "MUTED": colours.MUTED, "ACCENT": colours.ACCENT}
    data["colours"] = {name.lower(): colour for name, colour in told.items()}
    data["fonts"] = list(FONTS)
    data["page"] = tr("page")
    files = {"paper.json": json.dumps(data, ensure_ascii=False, sort_keys=True).encode()}
    ready = printable(files, FONTS, typesetter.unprintable)
    return typesetter.compile(_SOURCE.read_text(encoding="utf-8"), ready, on)
