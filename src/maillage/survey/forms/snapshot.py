"""The answers so far, seen through a form: which questions are asked, what is calculated.

Every item is looked at once, after all that it depends on, in each instance of its repeat: time
grows with the form, never with how its conditions hang together.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from maillage.survey.answers.model import Values
from maillage.survey.forms.expressions import Expression, number_of, text_of
from maillage.survey.forms.model import FROM_CHOICES, Choice, Group, Question, QuestionKind
from maillage.survey.forms.normal import normal
from maillage.survey.forms.prepared import NAMED, Prepared, told_expression
from maillage.survey.forms.xpath.values import Value

MAX_INSTANCES = 200
"""Times that a repeat may be told: beyond, a count is surely a mistake of typing."""

MAX_SCOPES = 5_000
"""Instances of all repeats together, those within others too."""


@dataclass(slots=True, eq=False)
class Scope:
    """The answers of one instance of a repeat, or of the form outside all repeats.

    ``given``: as they came; ``kept``: in their normal form, "" where not asked. ``number`` is the
    place of the instance, from 1; ``key`` names it in forms (``liens[2]/``).
    """

    repeat: str
    number: int
    key: str
    given: Values
    around: Scope | None
    kept: dict[str, str] = field(default_factory=dict)
    asked: dict[str, bool] = field(default_factory=dict)
    inside: dict[str, list[Scope]] = field(default_factory=dict)

    def holding(self, repeat: str) -> Scope | None:
        """Return this scope or the one around it that is of a repeat; None where there is none."""
        scope: Scope | None = self
        while scope is not None and scope.repeat != repeat:
            scope = scope.around
        return scope


class Snapshot:
    """A form and answers so far, all worked out."""

    def __init__(self, form: Prepared, values: Values, now: dt.datetime) -> None:
        self.form, self.now = form, now
        self.top = Scope("", 1, "", values, None)
        self._n_left = MAX_SCOPES
        for name in form.order:
            item = form.items[name]
            for scope in self.scopes(form.homes[name]):
                self._work_out(item, scope)

    def scopes(self, repeat: str) -> Sequence[Scope]:
        """Return every instance of a repeat ("": the form itself), in order."""
        if not repeat:
            return (self.top,)
        around = self.scopes(self.form.homes[repeat])
        return [inner for scope in around for inner in scope.inside.get(repeat, ())]

    def expression(self, name: str, column: str) -> Expression | None:
        """Return what a cell computes, None where it computes nothing."""
        return self.form.expressions.get((name, column))

    def holds(self, name: str, column: str, scope: Scope, *, otherwise: bool) -> bool:
        """Say whether a condition holds there; ``otherwise`` where the cell has none."""
        made = self.expression(name, column)
        return otherwise if made is None else made.holds(_Seen(self, scope))

    def checked(self, question: Question, scope: Scope) -> bool:
        """Say whether the answer of a question meets its constraint."""
        made = self.expression(question.name, "constraint")
        here = scope.kept.get(question.name, "")
        return made is None or made.holds(_Seen(self, scope, here))

    def choices(self, question: Question, scope: Scope) -> tuple[Choice, ...]:
        """Return the choices that a question offers there, its filter applied."""
        made = self.expression(question.name, "choice_filter")
        if made is None:
            return question.choices
        around = _Seen(self, scope)
        return tuple(c for c in question.choices if made.holds(around.over(c)))

    def worded(self, text: str, scope: Scope) -> str:
        """Return a text with the answers that it names; of a choice, what people read of it."""
        if "${" not in text:
            return text
        around = _Seen(self, scope)
        return NAMED.sub(lambda match: around.words(match[1]), text)

    def _work_out(self, item: Question | Group, scope: Scope) -> None:
        parent = self.form.parents[item.name]
        asked = self._parent_asked(parent, scope) and self.holds(
            item.name, "relevant", scope, otherwise=True
        )
        scope.asked[item.name] = asked
        if isinstance(item, Question):
            scope.kept[item.name] = self._kept(item, scope) if asked else ""
        elif item.repeats:
            scope.inside[item.name] = self._instances(item, scope) if asked else []

    def _parent_asked(self, parent: str, scope: Scope) -> bool:
        if not parent:
            return True
        home = scope.around if scope.repeat == parent else scope
        return home is None or home.asked.get(parent, True)

    def _kept(self, question: Question, scope: Scope) -> str:
        """Return an answer in its normal form: calculated, told, or begun with."""
        name = question.name
        calculation = self.expression(name, "calculation")
        if calculation is not None:
            return _stored(calculation.value(_Seen(self, scope)))
        told = scope.given.get(name)
        if isinstance(told, str):
            return told if told == "" else normal(question, told) or told
        if question.kind is QuestionKind.TODAY:
            return self.now.date().isoformat()
        begun = self.expression(name, "default")
        if begun is not None:
            return _stored(begun.value(_Seen(self, scope)))
        plain = "" if told_expression(question, "default") else question.default
        return normal(question, plain) or plain

    def _instances(self, repeat: Group, scope: Scope) -> list[Scope]:
        told = scope.given.get(repeat.name, ())
        rows: tuple[Values, ...] = told if isinstance(told, tuple) else ()
        count = self.expression(repeat.name, "repeat_count")
        if count is not None:
            number = number_of(count.value(_Seen(self, scope)))
            n = int(min(max(number, 0.0), MAX_INSTANCES)) if not math.isnan(number) else 0
            rows = (*rows[:n], *({} for _ in range(n - len(rows))))
        kept = rows[: min(MAX_INSTANCES, self._n_left)]
        self._n_left -= len(kept)
        return [
            Scope(repeat.name, n, f"{scope.key}{repeat.name}[{n}]/", row, scope)
            for n, row in enumerate(kept, 1)
        ]


def _stored(value: Value) -> str:
    """Return what is kept of a computed value: what is no number is an answer not given."""
    text = text_of(value)
    return "" if text == "NaN" else text


class _Seen:
    """The answers as an expression sees them from one scope."""

    def __init__(
        self, snapshot: Snapshot, scope: Scope, here: str = "", choice: Choice | None = None
    ) -> None:
        self._snapshot, self._scope, self._here, self._choice = snapshot, scope, here, choice
        self.now = snapshot.now.replace(tzinfo=None)
        self.today = self.now.date()

    def over(self, choice: Choice) -> _Seen:
        """Return the same, looking at one choice of a filter."""
        return _Seen(self._snapshot, self._scope, self._here, choice)

    def answer(self, name: str) -> Value:
        """Return an answer, or those of all instances of a repeat that one stands outside of."""
        form = self._snapshot.form
        item = form.items[name]
        if isinstance(item, Group) and item.repeats:
            return tuple("" for _ in self._within(name))
        home = form.homes[name]
        holding = self._scope.holding(home)
        if holding is not None:
            return holding.kept.get(name, "")
        scopes = self._within(home)
        return tuple(s.kept.get(name, "") for s in scopes if s.asked.get(name, True))

    def _within(self, repeat: str) -> Iterator[Scope]:
        """Give the instances of a repeat within the nearest scope that holds both."""
        chain = [repeat]
        homes = self._snapshot.form.homes
        while self._scope.holding(homes[chain[-1]]) is None:
            chain.append(homes[chain[-1]])
        begun = self._scope.holding(homes[chain[-1]])
        scopes = [begun] if begun is not None else []
        for name in reversed(chain):
            scopes = [inner for scope in scopes for inner in scope.inside.get(name, ())]
        yield from scopes

    def here(self) -> Value:
        """Return the answer being checked."""
        return self._here

    def position(self) -> int:
        """Return the place of the instance that one stands in."""
        return self._scope.number

    def indexed(self, name: str, at: tuple[tuple[str, int], ...]) -> Value:
        """Return the answer in the instances at these places."""
        scope: Scope = self._snapshot.top
        for repeat, number in at:
            inside = scope.inside.get(repeat, [])
            if not 0 < number <= len(inside):
                return ""
            scope = inside[number - 1]
        return scope.kept.get(name, "")

    def choice_label(self, name: str, question: str) -> str:
        """Return what people read of a choice."""
        item = self._snapshot.form.items[question]
        choices = item.choices if isinstance(item, Question) else ()
        return next((choice.label for choice in choices if choice.name == name), "")

    def column(self, name: str) -> str:
        """Return a cell of the choice being looked at."""
        choice = self._choice
        if choice is None:
            return ""
        if name in {"name", "label"}:
            return choice.name if name == "name" else choice.label
        return dict(choice.more).get(name, "")

    def words(self, name: str) -> str:
        """Return an answer as people read it inside a text."""
        item = self._snapshot.form.items.get(name)
        if item is None:
            return ""
        told = text_of(self.answer(name))
        if isinstance(item, Question) and item.kind in FROM_CHOICES:
            return ", ".join(self.choice_label(one, name) or one for one in told.split())
        return told
