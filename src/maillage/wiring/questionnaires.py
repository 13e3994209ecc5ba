"""Questionnaires put together with what reads, converts and prints them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.errors import MaillageError, MissingExtra
from maillage.kernel.findings import Severity
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.kernel.findings import Finding
    from maillage.survey.forms.model import Form


def names() -> tuple[str, ...]:
    """Return the names of the questionnaires that are shipped."""
    from maillage.survey.forms.shipped import SHIPPED

    return tuple(SHIPPED)


def found(told: str) -> Form | None:
    """Return a shipped questionnaire by its name, else the one of a file; None where neither is.

    Raises UnusableFile where the file holds no questionnaire.
    """
    from maillage.survey.forms.intake import read_form
    from maillage.survey.forms.shipped import shipped_form

    if told in names():
        return shipped_form(told)
    path = Path(told)
    return read_form(path)[0] if path.is_file() else None


def checked(path: Path) -> tuple[Form, tuple[Finding, ...]]:
    """Return the form of a file and its findings; where we find no error, pyxform is asked too.

    Without pyxform installed, our own findings are all. Raises UnusableFile.
    """
    from maillage.engines.pyxform_forms import PyxformConverter
    from maillage.survey.forms.intake import read_form

    form, findings = read_form(path)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return form, findings
    try:
        converter = PyxformConverter()
    except MissingExtra:
        return form, findings
    return form, (*findings, *converter.convert(form).findings)


def exported(form: Form, suffix: str, on: dt.date, wave: str) -> bytes:
    """Return a form in the clothes of a suffix of ``SUFFIXES``.

    Raises MissingExtra where what makes them is not installed, MaillageError where pyxform refuses.
    """
    return _WRITERS[suffix](form, on, wave)


def _workbook(form: Form, _on: dt.date, _wave: str) -> bytes:
    from maillage.engines.xlsform_workbook import XlsFormWriter

    return XlsFormWriter().workbook(form)


def _text(form: Form, _on: dt.date, _wave: str) -> bytes:
    from maillage.survey.forms.written import form_text

    return form_text(form).encode()


def _xform(form: Form, _on: dt.date, _wave: str) -> bytes:
    from maillage.engines.pyxform_forms import PyxformConverter

    made = PyxformConverter().convert(form)
    if not made.xform:
        refused = made.findings[0]
        message = tr("{where} : {message} {advice}")
        told = message.format(
            where=refused.where.subject, message=refused.message, advice=refused.advice
        )
        raise MaillageError(told)
    return made.xform.encode()


def _page(form: Form, _on: dt.date, wave: str) -> bytes:
    from maillage.reports.survey.paper_page import paper_page

    return paper_page(form, wave).encode()


def _pdf(form: Form, on: dt.date, wave: str) -> bytes:
    from maillage.engines.typst_pdf import TypstTypesetter
    from maillage.reports.survey.paper_pdf import paper_pdf

    return paper_pdf(form, on, TypstTypesetter(), wave)


_WRITERS: dict[str, Callable[[Form, dt.date, str], bytes]] = {
    ".xlsx": _workbook,
    ".md": _text,
    ".xml": _xform,
    ".pdf": _pdf,
    ".html": _page,
}
SUFFIXES = tuple(_WRITERS)
"""What a questionnaire can be written as, by the end of the file's name."""
