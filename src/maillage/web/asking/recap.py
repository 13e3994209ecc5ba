"""What was answered, as who answered reads it again before sending it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.survey.answers.model import Values
from maillage.survey.forms.model import QuestionKind
from maillage.survey.forms.normal import normal
from maillage.survey.forms.running import Asked, Screen
from maillage.web.asking.filling import Filling
from maillage.web.asking.shown import held


@dataclass(frozen=True, slots=True)
class Told:
    """A question and its answer in words, "" where none is given."""

    key: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A screen, where it is changed, and what was answered there."""

    title: str
    address: str
    lines: tuple[Told, ...]


def lines_of(
    filling: Filling, values: Values, address: Callable[[Screen], str]
) -> tuple[Section, ...]:
    """Return what was answered, screen by screen."""
    return tuple(
        Section(
            screen.title or tr("Page {n}").format(n=screen.number),
            address(screen),
            tuple(_lines(filling, screen)),
        )
        for screen in filling.screens(values)
        if any(one.question.kind is not QuestionKind.NOTE for one in screen.asked())
    )


def _lines(filling: Filling, screen: Screen) -> Iterator[Told]:
    for one in screen.asked():
        if one.question.kind is not QuestionKind.NOTE:
            yield Told(one.key, held(one.label or one.question.name), in_words(filling, one))


def in_words(filling: Filling, asked: Asked) -> str:
    """Return an answer as people read it."""
    if asked.question.kind is QuestionKind.ACKNOWLEDGE and asked.value:
        return tr("Oui")
    if asked.question.kind is QuestionKind.DATE:
        kept = normal(asked.question, asked.value)
        if kept:
            return french.date(dt.date.fromisoformat(kept))
    return filling.run.shown(asked.question.name, asked.value)
