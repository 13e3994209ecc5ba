"""A ``Form`` → the sheets of an XLSForm, and our text of them; ``read_form`` reads back the same.

Texts are written in the form's own language. Rows follow one another without blanks, so that their
numbers are those that any reader gives them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from maillage.kernel.findings import Finding
from maillage.survey.forms.columns import BETWEEN, SURVEY, TRANSLATED
from maillage.survey.forms.model import Choice, Form, Group, Question, QuestionKind
from maillage.survey.forms.type_cells import is_file


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A sheet as it is to be written: its headings, then rows as wide, "" where nothing is told.

    ``lines``: of each row, the row of the file that the form was read from; 0 is not told.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Converted:
    """An XForm, "" where the engine refuses the form, and what the engine says of it."""

    xform: str
    findings: tuple[Finding, ...]


class XFormConverter(Protocol):
    """What makes of a form the XForm that KoboToolbox and ODK collect with."""

    def convert(self, form: Form) -> Converted:
        """Return the XForm; what is refused is a finding naming its row, never an exception."""


class FormWorkbookWriter(Protocol):
    """What writes a form as a workbook (.xlsx)."""

    def workbook(self, form: Form) -> bytes:
        """Return the workbook; the same form, the same bytes."""


def written_sheets(form: Form) -> tuple[WrittenSheet, ...]:
    """Return the sheets ``survey``, ``choices`` and ``settings`` of a form."""
    rows = list(_rows(form.items))
    used = [column for column in SURVEY if any(cells.get(column) for _, cells in rows)]
    survey = WrittenSheet(
        "survey",
        tuple(_heading(column, form.language) for column in used),
        tuple(tuple(cells.get(column, "") for column in used) for _, cells in rows),
        tuple(line for line, _ in rows),
    )
    return survey, _choices(form), _settings(form)


def form_text(form: Form) -> str:
    """Return our text of a form: tables that pyxform reads too."""
    parts = [f"# {form.title}\n"]
    for sheet in written_sheets(form):
        rows = [sheet.headings, ("---",) * len(sheet.headings), *sheet.rows]
        lines = [f"| {sheet.name} |"]
        for at, row in enumerate(rows):
            cells = " | ".join(map(_text_cell, row))
            lines.append(f"|---|{'|'.join(row)}|" if at == 1 else f"| | {cells} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _text_cell(cell: str) -> str:
    return cell.replace("|", r"\|").replace("\r\n", "\n").replace("\n", "<br>")


def _heading(column: str, language: str) -> str:
    return f"{column}{BETWEEN}{language}" if language and column in TRANSLATED else column


def _rows(items: Sequence[Question | Group]) -> Iterator[tuple[int, dict[str, str]]]:
    for item in items:
        if isinstance(item, Question):
            yield item.line, _question(item)
            continue
        block = "repeat" if item.repeats else "group"
        kept = ("name", "label", "hint", "relevant", "appearance", "repeat_count")
        cells = {column: getattr(item, column) for column in kept}
        yield item.line, {"type": f"begin_{block}", **cells}
        yield from _rows(item.items)
        yield 0, {"type": f"end_{block}"}


def _question(question: Question) -> dict[str, str]:
    told = {column: getattr(question, column, "") for column in SURVEY}
    return {**told, "type": _type(question), "repeat_count": ""}


def _type(question: Question) -> str:
    code = question.kind.code
    if not question.list_name:
        return code
    beside = "_from_file" if is_file(question.list_name) else ""
    beside = "" if question.kind is QuestionKind.RANK else beside
    other = " or_other" if question.or_other else ""
    return f"{code}{beside} {question.list_name}{other}"


def _lists(form: Form) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, tuple[Choice, ...]] = {}
    for question in form.questions():
        if question.list_name and question.choices:
            lists.setdefault(question.list_name, question.choices)
    return lists


def _choices(form: Form) -> WrittenSheet:
    lists = _lists(form)
    every = [choice for choices in lists.values() for choice in choices]
    more = list(dict.fromkeys(key for choice in every for key, _ in choice.more))
    rows = tuple(
        (name, choice.name, choice.label, *(dict(choice.more).get(key, "") for key in more))
        for name, choices in lists.items()
        for choice in choices
    )
    return WrittenSheet(
        "choices", ("list_name", "name", _heading("label", form.language), *more), rows
    )


def _settings(form: Form) -> WrittenSheet:
    told = {"form_title": form.title, "form_id": form.id, "version": form.version}
    if form.language:
        told["default_language"] = form.language
    if any(len({c.name for c in choices}) < len(choices) for choices in _lists(form).values()):
        told["allow_choice_duplicates"] = "yes"
    kept = {key: cell for key, cell in told.items() if cell}
    return WrittenSheet("settings", tuple(kept), (tuple(kept.values()),))
