"""A questionnaire being filled: which screens, what is wrong, what is kept at the end.

The web form, the interviewer's screen, paper entry and the reader of files all do the same::

    run = Run(form, now)                     # now: an aware moment; makes the form ready once
    for screen in run.screens(values):       # what is asked, given the answers so far
        for asked in screen.asked():         # asked.key names the field of the page
            values = with_answer(values, asked.key, typed)
    run.problems(values, screen.id)          # what is wrong on that screen, in French
    run.after(values, screen.id)             # the next screen; before(): the one that comes first
    values = added(values, "liens")          # one more in a repeat; removed(values, "liens", 2)
    run.finished(values)                     # what is kept: normal forms, only what was asked

``values`` may hold anything that was typed, answers of questions no longer asked too: a draft loses
nothing. A question whose key is absent begins with its default; "" is an answer taken away, so a
page sends "" for every question that it showed. An answer may open a question on the same screen:
compare the screen's keys before and after, and show it again where they differ.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from maillage.kernel.language import tr
from maillage.survey.answers.model import Values
from maillage.survey.forms.checking import Problem, problems_of
from maillage.survey.forms.model import Form, Question, QuestionKind
from maillage.survey.forms.normal import normal
from maillage.survey.forms.prepared import OTHER, prepared
from maillage.survey.forms.screens import (
    Asked,
    Part,
    Repeated,
    Screen,
    Section,
    can_be_asked,
    screen_of,
)
from maillage.survey.forms.snapshot import Scope, Snapshot

__all__ = [
    "OTHER", "Asked", "Part", "Problem", "Repeated", "Run", "Screen", "Section", "added",
    "can_be_asked", "removed", "with_answer",
]  # fmt: skip

_STEP = re.compile(r"(.+)\[(\d{1,3})\]")


class Run:
    """A form made ready to be filled; ``now`` is what ``today()`` and ``now()`` tell."""

    def __init__(self, form: Form, now: dt.datetime) -> None:
        self._form, self._now = prepared(form), now

    def screens(self, values: Values) -> tuple[Screen, ...]:
        """Return the screens that have something to ask now, in order."""
        return self._screens(self._snapshot(values))

    def problems(self, values: Values, screen: str | None = None) -> tuple[Problem, ...]:
        """Return what is wrong with the answers of a screen, by its id, or of all the form."""
        snapshot = self._snapshot(values)
        found: list[Problem] = []
        for one in self._screens(snapshot):
            if screen in (None, one.id):
                found += problems_of(one, snapshot)
        return tuple(found)

    def after(self, values: Values, screen: str) -> Screen | None:
        """Return the screen that follows; None after the last."""
        places = self._places()
        at = places.get(screen, -1)
        return next((one for one in self.screens(values) if places[one.id] > at), None)

    def before(self, values: Values, screen: str) -> Screen | None:
        """Return the screen that comes before; None before the first."""
        places = self._places()
        at = places.get(screen, len(places))
        return next((s for s in reversed(self.screens(values)) if places[s.id] < at), None)

    def finished(self, values: Values) -> Values:
        """Return what is kept of the answers: normal forms, calculated and hidden values too.

        What is not asked any more, not answered or cannot be read is left out; call ``problems``
        first.
        """
        return _kept(self._snapshot(values), None)

    def shown(self, name: str, value: str) -> str:
        """Return an answer as people read it: the words of choices, else as it is."""
        item = self._form.form.question(name)
        if item is None or not item.choices:
            return value
        words = {choice.name: choice.label for choice in item.choices}
        return ", ".join(words.get(one, one) for one in value.split())

    def _places(self) -> dict[str, int]:
        return {page.id: at for at, page in enumerate(self._form.pages)}

    def _snapshot(self, values: Values) -> Snapshot:
        return Snapshot(self._form, values, self._now)

    def _screens(self, snapshot: Snapshot) -> tuple[Screen, ...]:
        found = [screen_of(page, snapshot) for page in self._form.pages]
        told = [screen for screen in found if screen is not None]
        return tuple(
            Screen(s.id, s.title, s.hint, s.parts, number, len(told))
            for number, s in enumerate(told, 1)
        )


def _kept(snapshot: Snapshot, scope: Scope | None) -> Values:
    """Return what is kept of one scope and of those inside."""
    here = scope if scope is not None else snapshot.top
    kept: dict[str, str | tuple[Values, ...]] = {}
    for name, item in snapshot.form.items.items():
        if snapshot.form.homes[name] != here.repeat or not here.asked.get(name, False):
            continue
        if name in here.inside:
            rows = tuple(_kept(snapshot, inner) for inner in here.inside[name])
            if any(rows):
                kept[name] = tuple(row for row in rows if row)
        elif isinstance(item, Question) and item.kind is not QuestionKind.NOTE:
            told = _sound(item, here, snapshot)
            if told:
                kept[name] = told
    return kept


def _sound(question: Question, scope: Scope, snapshot: Snapshot) -> str:
    """Return what is kept of one answer, "" where it cannot be read or is not offered."""
    told = normal(question, scope.kept.get(question.name, "")) or ""
    if not question.choices or not told:
        return told
    offered = {choice.name for choice in snapshot.choices(question, scope)}
    if question.kind is QuestionKind.SELECT_ONE:
        return told if told in offered else ""
    return " ".join(one for one in told.split() if one in offered)


def with_answer(values: Values, key: str, text: str) -> Values:
    """Return the answers with one more, by the key of an ``Asked``; a repeat grows to hold it.

    Raises KeyError for a key that names no place (``liens[0]/x``).
    """
    return _changed(values, key.split("/"), text)


def _changed(values: Values, steps: list[str], text: str) -> Values:
    first, *rest = steps
    if not rest:
        return {**values, first: text}
    step = _STEP.fullmatch(first)
    if step is None or int(step[2]) < 1:
        raise KeyError(first)
    name, at = step[1], int(step[2]) - 1
    rows = [*_rows(values, name)]
    rows += [{} for _ in range(at + 1 - len(rows))]
    rows[at] = _changed(rows[at], rest, text)
    return {**values, name: tuple(rows)}


def _rows(values: Values, name: str) -> tuple[Values, ...]:
    told = values.get(name, ())
    return told if isinstance(told, tuple) else ()


def added(values: Values, key: str) -> Values:
    """Return the answers with one more instance of a repeat, by the key of a ``Repeated``."""
    return _with_rows(values, key.split("/"), None)


def removed(values: Values, key: str, number: int) -> Values:
    """Return the answers without one instance (from 1) of a repeat; none such changes nothing."""
    return _with_rows(values, key.split("/"), number)


def _with_rows(values: Values, steps: list[str], number: int | None) -> Values:
    first, *rest = steps
    if rest:
        step = _STEP.fullmatch(first)
        if step is None:
            raise KeyError(first)
        rows = [*_rows(values, step[1])]
        at = int(step[2]) - 1
        if not 0 <= at < len(rows):
            raise KeyError(first)
        rows[at] = _with_rows(rows[at], rest, number)
        return {**values, step[1]: tuple(rows)}
    rows = [*_rows(values, first)]
    if number is None:
        rows.append({})
    elif 0 < number <= len(rows):
        del rows[number - 1]
    return {**values, first: tuple(rows)}


def answers_in(values: Values, key: str = "") -> Iterator[tuple[str, str]]:
    """Give every answer with its key, those of repeats too: what a page may send back."""
    for name, told in values.items():
        if isinstance(told, str):
            yield f"{key}{name}", told
        else:
            for number, row in enumerate(told, 1):
                yield from answers_in(row, f"{key}{name}[{number}]/")


def title_of(screen: Screen) -> str:
    """Return what names a screen: its title, else its number."""
    return screen.title or tr("Page {n}").format(n=screen.number)
