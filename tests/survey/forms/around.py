"""Answers around an expression, for tests: a mapping, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from maillage.survey.forms.expressions import Value, expression


@dataclass
class Told:
    """Answers by name; a tuple stands for all instances of a repeat."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    self_value: Value = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    today: dt.date = dt.date(2026, 11, 23)
    now: dt.datetime = dt.datetime(2026, 11, 23, 18, 0)  # noqa: DTZ001

    def answer(self, name: str) -> Value:
        """Return an answer, "" where there is none."""
        return self.answers.get(name, "")

    def here(self) -> Value:
        """Return the answer being checked."""
        return self.self_value

    def position(self) -> int:
        """Return a place."""
        return 2

    def indexed(self, name: str, at: tuple[tuple[str, int], ...]) -> Value:
        """Return the answer of one instance."""
        found = self.answer(name)
        place = at[-1][1]
        return found[place - 1] if isinstance(found, tuple) and place <= len(found) else ""

    def choice_label(self, name: str, question: str) -> str:
        """Return words for a choice."""
        return f"{question}:{name}"

    def column(self, name: str) -> str:
        """Return a cell of the choice."""
        return self.cells.get(name, "")


def given(text: str, here: Value = "", **answers: Value) -> Value:
    """Return what an expression gives among these answers."""
    return expression(text).value(Told(answers, here))
