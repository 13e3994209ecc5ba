"""A questionnaire as an XLSForm workbook, through xlsxwriter: every cell is plain text."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr
from maillage.survey.forms.model import Form
from maillage.survey.forms.written import WrittenSheet, written_sheets

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_767  # signs that a cell of a workbook can hold
_NARROWEST, _WIDEST = 10, 60  # of columns, in signs
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - no day is told: the same form, the same bytes


class XlsFormWriter:
    """Writes the workbook. Raises MissingExtra, when made, where xlsxwriter is not installed."""

    def __init__(self) -> None:
        try:
            import xlsxwriter
        except ImportError as error:
            message = tr(
                'L\'export XLSX demande xlsxwriter. Installez-le : pip install "maillage[exports]"'
            )
            raise MissingExtra(message) from error
        self._xlsxwriter = xlsxwriter

    def workbook(self, form: Form) -> bytes:
        """Return the workbook; the same form, the same bytes."""
        held = io.BytesIO()
        book: Workbook = self._xlsxwriter.Workbook(held, {"in_memory": True, **_PLAIN})
        book.set_properties({"title": form.title, "created": _MADE})
        head = book.add_format({"bold": True, "bg_color": "#E4E9F2", "num_format": "@"})
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        for sheet in written_sheets(form):
            _write(book, sheet, head, text)
        book.close()
        return held.getvalue()


def _write(book: Workbook, sheet: WrittenSheet, head: Format, text: Format) -> None:
    page = book.add_worksheet(sheet.name)
    for at, heading in enumerate(sheet.headings):
        page.write_string(0, at, heading, head)
        longest = max((len(row[at]) for row in sheet.rows), default=0)
        width = max(_NARROWEST, min(_WIDEST, max(longest, len(heading)) + 2))
        page.set_column(at, at, width)
    for line, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            if cell:
                page.write_string(line, at, cell[:_LONGEST], text)
    page.freeze_panes(1, 0)
