"""Answers typed by the numbers of their choices: « 2 », « 1 3 5 »; the rest as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from maillage.kernel.language import tr
from maillage.survey.answers.model import Values
from maillage.survey.forms.model import FROM_CHOICES, Form, Group, Question, QuestionKind
from maillage.survey.forms.on_paper import ROWS
from maillage.survey.forms.prepared import NAMED, Item, prepared
from maillage.survey.forms.running import can_be_asked, with_answer
from maillage.web.asking.widgets import widget_of

_APART = re.compile(r"[\s,;.+/-]+")
_TICKED = frozenset({"1", "x", "o", "oui", "ok"})


@dataclass(frozen=True, slots=True)
class Line:
    """A field of the sheet; ``codes``: (number, label) of its choices. ``is_title``: no field.

    ``number`` is that of the question on paper.
    """

    path: str
    label: str
    widget: str = ""
    question: Question | None = None
    codes: tuple[tuple[int, str], ...] = ()
    number: int = 0

    @property
    def is_title(self) -> bool:
        """Whether it only names what follows."""
        return self.question is None


def lines_of(form: Form) -> tuple[Line, ...]:
    """Return the lines of a sheet, in the order of the questionnaire."""
    whole = prepared(form).form
    asked = (question.name for question in whole.questions() if _is_written(question))
    numbers = {name: n for n, name in enumerate(asked, 1)}
    return tuple(_lines(whole.items, "", numbers))


def _is_written(question: Question) -> bool:
    written = can_be_asked(question) and not question.calculation
    return written and question.kind is not QuestionKind.NOTE


def _lines(items: Iterable[Item], key: str, numbers: Mapping[str, int]) -> Iterator[Line]:
    for item in items:
        if isinstance(item, Group):
            yield from _group(item, key, numbers)
        elif _is_written(item):
            numbered = tuple((n, one.label) for n, one in enumerate(item.choices, 1))
            path = f"{key}{item.name}"
            label = NAMED.sub("…", item.label) or item.name
            yield Line(path, label, widget_of(item), item, numbered, numbers[item.name])


def _group(group: Group, key: str, numbers: Mapping[str, int]) -> Iterator[Line]:
    path, label = f"{key}{group.name}", group.label or group.name
    if not group.repeats:
        yield Line(path, group.label)
        yield from _lines(group.items, key, numbers)
        return
    for n in range(1, ROWS + 1):
        yield Line(f"{path}[{n}]", f"{label} · {n}")
        yield from _lines(group.items, f"{path}[{n}]/", numbers)


def values_of(lines: Iterable[Line], told: Mapping[str, str]) -> tuple[Values, dict[str, str]]:
    """Return the answers that codes tell, and what of them is no code; empty fields are left."""
    values: Values = {}
    errors: dict[str, str] = {}
    for line in lines:
        typed = told.get(line.path, "")
        if line.question is None or not typed:
            continue
        answer = _answer(line.question, typed)
        if answer is None:
            n = len(line.codes)
            errors[line.path] = tr("« {typed} » n'est pas un code : de 1 à {n}.").format(
                typed=typed[:20], n=n
            )
        else:
            values = with_answer(values, line.path, answer)
    return values, errors


def _answer(question: Question, typed: str) -> str | None:
    if question.kind is QuestionKind.ACKNOWLEDGE:
        return "OK" if typed.lower() in _TICKED else None
    if question.kind not in FROM_CHOICES:
        return typed
    names = [_named(question, one) for one in _APART.split(typed) if one]
    if None in names or (question.kind is QuestionKind.SELECT_ONE and len(names) != 1):
        return None
    return " ".join(dict.fromkeys(name for name in names if name))


def _named(question: Question, code: str) -> str | None:
    if code.isdecimal() and 1 <= int(code) <= len(question.choices):
        return question.choices[int(code) - 1].name
    return next((one.name for one in question.choices if one.name == code), None)
