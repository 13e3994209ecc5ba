"""One person's sheet as a tagged PDF in large print, set by the typesetter it is given."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from maillage.access.visits.sheet import JourneySheet
from maillage.access.visits.sheet_words import sheet_text
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.paper import FONTS, printable
from maillage.reports.plain_data import plain
from maillage.reports.typesetter import Typesetter
from maillage.reports.typography import polished

_SOURCE = Path(__file__).parent / "sheet.typ"


def sheet_pdf(sheet: JourneySheet, on: dt.date, typesetter: Typesetter) -> bytes:
    """Return the PDF, stamped with a day; a sign that no font has is printed as a box.

    Raises MissingExtra where the typesetter is not installed.
    """
    text = polished(sheet_text(sheet))
    data = plain(text)
    for part, told in zip(text.parts, data["parts"], strict=True):
        told["timed"] = part.timed
    data["how"].append(tr("Fiche faite le {day}.").format(day=french.date(on)))
    data |= {"fonts": list(FONTS), "colours": {"accent": colours.ACCENT, "line": colours.LINE}}
    files = {"sheet.json": json.dumps(data, ensure_ascii=False, sort_keys=True).encode()}
    ready = printable(files, FONTS, typesetter.unprintable)
    return typesetter.compile(_SOURCE.read_text(encoding="utf-8"), ready, on)
