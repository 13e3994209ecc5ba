"""Answers as arrays: for each question, who was asked, who answered, and what."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maillage.survey.answers.model import Answer
from maillage.survey.forms.model import Form, Group, Question, QuestionKind
from maillage.survey.forms.prepared import prepared
from maillage.survey.forms.running import OTHER
from maillage.survey.forms.snapshot import Snapshot

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NUMBERS = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.RANGE})
"""Kinds that a mean is told of."""
CHOICES = frozenset({QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE})
"""Kinds that shares are told of."""

AskedOf = Callable[[Answer], frozenset[str]]
"""The names of the questions that one who answered so was asked."""


@dataclass(frozen=True, slots=True)
class Column:
    """One question as arrays of one row for each answer.

    ``asked`` and ``answered`` say who; ``chosen`` is answers × choices, ``numbers`` what was told
    of a number (NaN where none). Only one of both is there; None for the other.
    """

    question: Question
    asked: Flags
    answered: Flags
    choices: tuple[tuple[str, str], ...] = ()
    chosen: Flags | None = None
    numbers: Floats | None = None


def columns_of(form: Form, answers: Sequence[Answer], asked_of: AskedOf | None) -> list[Column]:
    """Return the column of every question of choices or numbers that stands in no repeat.

    ``asked_of`` None: all were asked everything.
    """
    names = None if asked_of is None else [asked_of(one) for one in answers]
    return [
        _column(question, answers, names)
        for question in _outside_repeats(form.items)
        if question.kind in CHOICES | NUMBERS
    ]


def asked_by(form: Form) -> AskedOf | None:
    """Return who was asked what by the conditions of a form; None where it has none."""
    if not any(one.relevant for one in _every(form.items)):
        return None
    ready = prepared(_conditions_of(form))
    now = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    free = frozenset(one.name for one in form.questions()) - ready.items.keys()

    def asked(answer: Answer) -> frozenset[str]:
        """Return the questions that one who answered so was asked."""
        seen = Snapshot(ready, answer.values, now).top.asked
        return free | {name for name, was in seen.items() if was}

    return asked


def _conditions_of(form: Form) -> Form:
    """Return a form without the questions that no condition needs nor holds back."""
    needed: set[str] = set()
    waiting = [_told(one) for one in _every(form.items) if one.relevant]
    by_name = {one.name: one for one in _every(form.items)}
    while waiting:
        for name in _NAMED.findall(waiting.pop()):
            if name not in needed and name in by_name:
                needed.add(name)
                waiting.append(_told(by_name[name]))
    return replace(form, items=_kept(form.items, needed, held=False))


_NAMED = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


def _told(item: Question | Group) -> str:
    calculated = "" if isinstance(item, Group) else f" {item.calculation} {item.choice_filter}"
    counted = item.repeat_count if isinstance(item, Group) else ""
    return f"{item.relevant}{calculated} {counted}"


def _every(items: Sequence[Question | Group]) -> Iterator[Question | Group]:
    for one in items:
        yield one
        if isinstance(one, Group):
            yield from _every(one.items)


def _kept(
    items: Sequence[Question | Group], needed: set[str], *, held: bool
) -> tuple[Question | Group, ...]:
    """Return the items that are needed, or held back by a condition, theirs or of a group."""
    told: list[Question | Group] = []
    for one in items:
        if isinstance(one, Group):
            inside = _kept(one.items, needed, held=held or bool(one.relevant))
            if inside:
                told.append(replace(one, items=inside))
        elif held or one.relevant or one.name in needed:
            told.append(one)
    return tuple(told)


def _outside_repeats(items: Sequence[Question | Group]) -> Iterator[Question]:
    for one in items:
        if isinstance(one, Question):
            yield one
        elif not one.repeats:
            yield from _outside_repeats(one.items)


def _column(
    question: Question, answers: Sequence[Answer], names: Sequence[frozenset[str]] | None
) -> Column:
    told = [str(one.values.get(question.name) or "").strip() for one in answers]
    n = len(told)
    asked = np.ones(n, dtype=np.bool_)
    if names is not None:
        asked = np.array([question.name in one for one in names], dtype=np.bool_)
    # What was answered was asked, whatever a later version of the form says.
    if question.kind in NUMBERS:
        numbers = np.array([_number(one) for one in told], dtype=np.float64)
        told_one = ~np.isnan(numbers)
        return Column(question, asked | told_one, told_one, numbers=numbers)
    choices = _choices(question)
    place = {name: at for at, (name, _) in enumerate(choices)}
    chosen = np.zeros((n, len(choices)), dtype=np.bool_)
    several = question.kind is QuestionKind.SELECT_MULTIPLE
    for row, one in enumerate(told):
        for name in one.split() if several else (one,):
            if (at := place.get(name)) is not None:
                chosen[row, at] = True
    answered: Flags = np.any(chosen, axis=1)
    return Column(question, asked | answered, answered, choices, chosen)


def _choices(question: Question) -> tuple[tuple[str, str], ...]:
    told = tuple((one.name, one.label or one.name) for one in question.choices)
    return (*told, (OTHER, "Autre")) if question.or_other else told


def _number(told: str) -> float:
    try:
        number = float(told.replace(",", ".")) if told else np.nan
    except ValueError:
        return float("nan")
    return float(number) if np.isfinite(number) else float("nan")


def told_of(answers: Sequence[Answer], questions: Sequence[str]) -> Mapping[str, list[str]]:
    """Return what each answer says of some questions, by question; "" where nothing."""
    return {
        name: [str(one.values.get(name) or "").strip() for one in answers] for name in questions
    }
