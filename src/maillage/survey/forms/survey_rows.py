"""The sheet ``survey`` → questions and groups, one within another."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from maillage.kernel import french
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.survey.forms import findings as kinds
from maillage.survey.forms.choice_rows import text_in
from maillage.survey.forms.columns import TRANSLATED
from maillage.survey.forms.model import (
    FROM_CHOICES,
    UNSEEN,
    Choice,
    Group,
    Question,
    QuestionKind,
)
from maillage.survey.forms.sheets import Sheet, SheetRow
from maillage.survey.forms.type_cells import RowRole, TypeCell, type_cell
from maillage.survey.forms.xpath.tokens import NAME

UNASKED = frozenset(
    {
        QuestionKind.GEOTRACE,
        QuestionKind.GEOSHAPE,
        QuestionKind.IMAGE,
        QuestionKind.AUDIO,
        QuestionKind.VIDEO,
        QuestionKind.FILE,
    }
)
"""Kinds that our screens and paper do not ask; the form keeps them for KoboToolbox and ODK."""

MAX_ROWS = 5_000
"""Rows of a form: ten times the longest of official statistics."""

MAX_DEPTH = 20
"""Groups within groups: beyond, ends are missing all through."""

_MOST_GUESSES = 20
"""Doubts after which no more names are guessed at."""

_YES = frozenset({"yes", "true", "true()", "oui"})
_NO = frozenset({"no", "false", "false()", "non"})
_TYPES = (
    "text",
    "integer",
    "decimal",
    "select_one",
    "select_multiple",
    "date",
    "note",
    "calculate",
)
_RANGE = re.compile(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)")


def range_of(parameters: str) -> tuple[float, float, float] | None:
    """Return the start, the end and the step that a range tells; None where they make none.

    >>> range_of("start=1 end=5"), range_of("start=5 end=1 step=-1"), range_of("end=x")
    ((1.0, 5.0, 1.0), None, None)
    """
    told = {name: float(value) for name, value in _RANGE.findall(parameters)}
    named = set(re.findall(r"(start|end|step)\s*=", parameters))
    start, end, step = told.get("start", 0.0), told.get("end", 10.0), told.get("step", 1.0)
    sound = named == set(told) and step > 0 and end > start and math.isfinite(end - start)
    return (start, end, step) if sound else None


@dataclass(slots=True)
class _Open:
    """A group being read; ``row`` None is the form itself."""

    row: SheetRow | None
    repeats: bool = False
    name: str = ""
    items: list[Question | Group] = field(default_factory=list)


def read_survey(
    sheet: Sheet, language: str, lists: Mapping[str, tuple[Choice, ...]]
) -> tuple[tuple[Question | Group, ...], list[Finding]]:
    """Return the items of a form in the order of its rows, and doubts.

    Raises UnusableFile where there are too many rows, or groups within groups.
    """
    if len(sheet.rows) > MAX_ROWS:
        message = tr("la feuille survey a plus de {n} lignes : aucun questionnaire n'est si long")
        raise UnusableFile(sheet.source, message.format(n=french.number(MAX_ROWS)))
    reader = _Reader(sheet, language, lists)
    for row in sheet.rows:
        if row.get("disabled").lower() not in _YES:
            reader.take(row)
    return reader.end(), reader.doubts


class _Reader:
    def __init__(
        self, sheet: Sheet, language: str, lists: Mapping[str, tuple[Choice, ...]]
    ) -> None:
        self._sheet, self._language, self._lists = sheet, language, lists
        self._open = [_Open(None)]
        self._taken: dict[str, int] = {}
        self.doubts: list[Finding] = []

    def _doubt(
        self, kind: FindingKind, row: SheetRow, column: str, value: str, **words: object
    ) -> None:
        place = self._sheet.where(column, row)
        self.doubts.append(kind.at(place, value=value, **words))

    def take(self, row: SheetRow) -> None:
        """Read one more row."""
        text = row.get("type")
        if not text:
            told = " ; ".join(row.cells.values())
            self._doubt(kinds.NO_TYPE, row, "type", told)
            return
        told_type = type_cell(text)
        match told_type.role:
            case RowRole.BEGIN:
                name = self._name(row)
                self._check_depth(row)
                self._open.append(_Open(row, told_type.repeats, name))
            case RowRole.END:
                self._close(row, told_type)
            case RowRole.UNSUPPORTED:
                self._doubt(kinds.UNSUPPORTED_TYPE, row, "type", text)
            case RowRole.UNKNOWN:
                near = get_close_matches(text.split()[0], _TYPES, n=1)
                words = tr(" Peut-être {near} ?").format(near=near[0]) if near else ""
                self._doubt(kinds.UNKNOWN_TYPE, row, "type", text, near=words)
            case RowRole.QUESTION:
                self._open[-1].items.append(self._question(row, told_type))

    def _check_depth(self, row: SheetRow) -> None:
        if len(self._open) > MAX_DEPTH:
            message = tr("les groupes y sont imbriqués sur plus de {n} niveaux (survey!{row})")
            told = message.format(n=MAX_DEPTH, row=row.number)
            raise UnusableFile(self._sheet.source, told, line=row.line)

    def end(self) -> tuple[Question | Group, ...]:
        """Close what was left open and return all the items."""
        while len(self._open) > 1:
            left = self._open.pop()
            if left.row is not None:
                end = "end repeat" if left.repeats else "end group"
                self._doubt(kinds.UNCLOSED, left.row, "type", left.row.get("type"), end=end)
                self._open[-1].items.append(self._group(left, left.row))
        return tuple(self._open[0].items)

    def _close(self, row: SheetRow, told: TypeCell) -> None:
        text = row.get("type")
        if len(self._open) == 1:
            self._doubt(kinds.NEVER_OPENED, row, "type", text)
            return
        closed = self._open.pop()
        if closed.row is None:
            return
        if closed.repeats != told.repeats:
            begin = closed.row.get("type")
            self._doubt(
                kinds.CLOSED_OTHERWISE,
                row,
                "type",
                text,
                name=closed.name,
                first=closed.row.number,
                begin=begin,
                end="end repeat" if closed.repeats else "end group",
            )
        self._open[-1].items.append(self._group(closed, closed.row))

    def _group(self, closed: _Open, row: SheetRow) -> Group:
        if not closed.items:
            self._doubt(kinds.EMPTY_GROUP, row, "type", closed.name)
        return Group(
            name=closed.name,
            items=tuple(closed.items),
            label=text_in(row, "label", self._language),
            hint=text_in(row, "hint", self._language),
            relevant=row.get("relevant"),
            appearance=row.get("appearance"),
            repeats=closed.repeats,
            repeat_count=row.get("repeat_count") if closed.repeats else "",
            line=row.number,
        )

    def _question(self, row: SheetRow, told: TypeCell) -> Question:
        kind = told.kind or QuestionKind.TEXT
        name = self._name(row)
        texts = {column: text_in(row, column, self._language) for column in TRANSLATED}
        question = Question(
            name=name,
            kind=kind,
            label=texts["label"],
            hint=texts["hint"],
            required=_yes_or_condition(row.get("required")),
            required_message=texts["required_message"],
            relevant=row.get("relevant"),
            constraint=row.get("constraint"),
            constraint_message=texts["constraint_message"],
            calculation=row.get("calculation"),
            default=row.get("default"),
            read_only=_yes_or_condition(row.get("read_only")),
            appearance=row.get("appearance"),
            parameters=row.get("parameters"),
            list_name=told.list_name,
            choices=self._lists.get(told.list_name, ()),
            choice_filter=row.get("choice_filter"),
            or_other=told.or_other,
            line=row.number,
        )
        self._look_at(row, question, told)
        return question

    def _look_at(self, row: SheetRow, question: Question, told: TypeCell) -> None:
        """Tell what is odd in a question."""
        kind = question.kind
        if not question.label and not question.hint and kind not in UNSEEN:
            self._doubt(kinds.NO_LABEL, row, "name", question.name)
        if kind in UNASKED:
            self._doubt(kinds.UNASKED_TYPE, row, "type", row.get("type"))
        if kind is QuestionKind.CALCULATE and not (question.calculation or question.default):
            self._doubt(kinds.NO_CALCULATION, row, "name", question.name)
        if kind is QuestionKind.RANGE and range_of(question.parameters) is None:
            self._doubt(kinds.BAD_RANGE, row, "parameters", question.parameters)
        if kind in FROM_CHOICES:
            self._look_at_list(row, told)

    def _look_at_list(self, row: SheetRow, told: TypeCell) -> None:
        if not told.list_name:
            self._doubt(kinds.NO_LIST, row, "type", row.get("type"))
        elif told.from_file:
            self._doubt(kinds.FROM_FILE, row, "type", told.list_name)
        elif told.list_name not in self._lists:
            known = list(self._lists) if len(self.doubts) < _MOST_GUESSES else []
            near = get_close_matches(told.list_name, known, n=1)
            words = tr(" Peut-être « {near} » ?").format(near=near[0]) if near else ""
            self._doubt(kinds.UNKNOWN_LIST, row, "type", told.list_name, near=words)

    def _name(self, row: SheetRow) -> str:
        """Return the name that a row bears: its own if it is sound and free, else a near one."""
        told = row.get("name")
        name = told
        if not told:
            name = f"ligne_{row.number}"
            self._doubt(kinds.NO_NAME, row, "name", name)
        elif not NAME.fullmatch(told):
            name = plain(told).replace(" ", "_") or f"ligne_{row.number}"
            name = name if NAME.fullmatch(name) else f"n_{name}"
            self._doubt(kinds.BAD_NAME, row, "name", told, new=name)
        if name in self._taken:
            new, n = f"{name}_2", 2
            while new in self._taken:
                n += 1
                new = f"{name}_{n}"
            first = self._taken[name]
            self._doubt(kinds.DUPLICATE_NAME, row, "name", name, first=first, new=new)
            name = new
        self._taken[name] = row.number
        return name


def _yes_or_condition(text: str) -> str:
    """Return "yes", "" for no, or the condition as written."""
    low = text.lower()
    if low in _YES:
        return "yes"
    return "" if low in _NO else text
