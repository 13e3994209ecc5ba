"""Questionnaires → XForms, through pyxform, as KoboToolbox and ODK do; without Java."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import ModuleType

from maillage.kernel.errors import MissingExtra
from maillage.kernel.findings import Finding, FindingKind, Where
from maillage.kernel.language import tr
from maillage.survey.forms import findings as kinds
from maillage.survey.forms.model import Form
from maillage.survey.forms.written import Converted, WrittenSheet, written_sheets

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]")
_SHEET = re.compile(r"'(survey|choices|settings)' sheet")


class PyxformConverter:
    """Makes XForms. Raises MissingExtra, when made, where pyxform is not installed."""

    def __init__(self) -> None:
        self._pyxform = _pyxform()

    def convert(self, form: Form) -> Converted:
        """Return the XForm; what pyxform refuses or remarks is a finding naming its row."""
        sheets = {sheet.name: sheet for sheet in written_sheets(form)}
        told: list[str] = []
        try:
            made = self._pyxform.convert(
                _workbook(sheets), warnings=told, validate=False, form_name="data"
            )
        # pyxform tells most of what it refuses by its own error; on forms that it did not foresee
        # any other may come, and a form must never stop who brings it
        except Exception as error:
            return Converted("", (_finding(kinds.ENGINE_REFUSES, str(error), form, sheets),))
        doubts = (_finding(kinds.ENGINE_DOUBTS, text, form, sheets) for text in told)
        return Converted(str(made.xform), tuple(doubts))


def _pyxform() -> ModuleType:
    try:
        from pyxform import xls2xform
    except ImportError as error:
        message = tr(
            'L\'export XForm demande pyxform. Installez-le : pip install "maillage[survey]"'
        )
        raise MissingExtra(message) from error
    found: ModuleType = xls2xform
    return found


def _workbook(sheets: Mapping[str, WrittenSheet]) -> dict[str, object]:
    """Return the sheets as pyxform holds a workbook."""
    book: dict[str, object] = {"sheet_names": list(sheets)}
    for name, sheet in sheets.items():
        rows = [dict(zip(sheet.headings, row, strict=True)) for row in sheet.rows]
        book[name] = [{key: cell for key, cell in row.items() if cell} for row in rows]
        book[f"{name}_header"] = [dict.fromkeys(sheet.headings)]
    return book


def _finding(
    kind: FindingKind, message: str, form: Form, sheets: Mapping[str, WrittenSheet]
) -> Finding:
    """Return what pyxform says, at the row that it tells, as the form's own file counts it."""
    named, row = _SHEET.search(message), _ROW.search(message)
    sheet = sheets[named[1] if named else "survey"]
    line = None
    if row is not None:
        at = int(row[1]) - 2
        known = sheet.lines[at] if 0 <= at < len(sheet.lines) else 0
        line = known or int(row[1])
    cell = sheet.name if line is None else f"{sheet.name}!{line}"
    return kind.at(Where(source=form.id, line=line, subject=cell), value=" ".join(message.split()))
