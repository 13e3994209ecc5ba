"""Forms written in a few lines, for tests: our text, and the same as a workbook."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import openpyxl

from maillage.survey.forms.intake import read_form
from maillage.survey.forms.model import Form


def form_in(folder: Path, text: str, name: str = "form.md") -> Path:
    """Write a form as text and return its path."""
    path = folder / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def form_of(folder: Path, text: str) -> Form:
    """Return the form that a text writes, whatever is doubtful in it."""
    return read_form(form_in(folder, text))[0]


def workbook(path: Path, text: str) -> Path:
    """Write a form given as text as a workbook, by a writer that is not ours."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    page = None
    for line in textwrap.dedent(text).splitlines():
        if not line.startswith("|") or re.fullmatch(r"[\s|:-]+", line):
            continue
        name, *cells = (
            cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]
        )
        if name:
            page = book.create_sheet(name)
        if page is not None and any(cells):
            page.append([cell or None for cell in cells])
    book.save(path)
    return path
