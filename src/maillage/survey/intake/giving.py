"""Answers as a table that ``read_answers`` reads back the same: a row each, a column a question.

Columns are names of the form, rows of repeats ``liens[1]/structure_liee``; choices are names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from maillage.survey.answers.model import Answer, Values
from maillage.survey.forms.model import Form, Group, Question, QuestionKind

ABOUT = ("_uuid", "vague", "canal", "contact", "version", "debut", "fin")
"""What is told of an answer, before its answers."""


_TOLD_OTHERWISE = frozenset(
    {
        QuestionKind.NOTE,
        QuestionKind.START,
        QuestionKind.END,
        QuestionKind.TODAY,
        QuestionKind.DEVICE,
    }
)
"""What is no answer, or is told of the answer as a whole."""


def table_of(answers: Sequence[Answer], form: Form) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of answers; what the form does not ask is left out."""
    longest = _longest(answers)
    columns = [*ABOUT, *_columns(form.items, longest)]
    return columns, [_row(one) for one in answers]


def _columns(items: Sequence[Question | Group], longest: Mapping[str, int]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Question):
            if item.kind not in _TOLD_OTHERWISE:
                yield item.name
        elif not item.repeats:
            yield from _columns(item.items, longest)
        else:
            inside = list(_columns(item.items, longest))
            for number in range(1, longest.get(item.name, 0) + 1):
                yield from (f"{item.name}[{number}]/{name}" for name in inside)


def _longest(answers: Sequence[Answer]) -> Mapping[str, int]:
    """Return how many rows the longest of each repeat has."""
    found: dict[str, int] = {}
    for answer in answers:
        for name, value in answer.values.items():
            if not isinstance(value, str):
                found[name] = max(found.get(name, 0), len(value))
    return found


def _row(answer: Answer) -> dict[str, str]:
    told = {
        "_uuid": answer.id,
        "vague": answer.wave,
        "canal": answer.channel.code,
        "contact": answer.contact or "",
        "version": answer.version,
        "debut": answer.started.isoformat() if answer.started else "",
        "fin": answer.ended.isoformat() if answer.ended else "",
    }
    return {**told, **dict(_cells(answer.values))}


def _cells(values: Values) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, str):
            yield name, value
            continue
        for number, row in enumerate(value, start=1):
            for inner, text in _cells(row):
                yield f"{name}[{number}]/{inner}", text
