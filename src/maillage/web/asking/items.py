"""The rules of a questionnaire as data: what the browser needs to ask as the server does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from maillage.kernel.language import tr
from maillage.survey.forms.model import Form, Group, Question, QuestionKind
from maillage.survey.forms.prepared import Item, Prepared, prepared, told_expression
from maillage.survey.forms.running import Run, can_be_asked
from maillage.survey.forms.survey_rows import range_of
from maillage.web.asking.compiled import compiled
from maillage.web.asking.widgets import widget_of


def items_of(form: Form) -> dict[str, dict[str, Any]]:
    """Return every question, group and repeat by its name, as ``asking-form.js`` reads them."""
    ready = prepared(form)
    missing, wrong = _messages(form, ""), _messages(form, _NOTHING_SOUND)
    told = {name: _told(item, ready) for name, item in ready.items.items()}
    for name, message in missing.items():
        told[name]["requiredMessage"] = message
    for name, message in wrong.items():
        told[name]["wrongMessage"] = message
    return told


_NOTHING_SOUND = "\N{INVERTED QUESTION MARK}"


def _messages(form: Form, answer: str) -> Mapping[str, str]:
    """Return what is said of each question where it is answered so, as the server says it."""
    kept = ("name", "kind", "required_message", "choices", "parameters", "line")
    bare = tuple(
        replace(Question(one.name, one.kind), **{name: getattr(one, name) for name in kept})
        for one in form.questions()
        if can_be_asked(one)
    )
    asked = tuple(replace(one, required="yes") for one in bare)
    run = Run(replace(form, items=asked), dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    found = run.problems({one.name: answer for one in asked})
    return {one.name: one.message for one in found}


def _told(item: Item, ready: Prepared) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": item.name,
        "parent": ready.parents[item.name],
        "home": ready.homes[item.name],
        "relevant": _tree(item, "relevant", ready),
    }
    if isinstance(item, Group):
        count = _tree(item, "repeat_count", ready)
        return {**told, "group": True, "repeats": item.repeats, "count": count}
    return {**told, **_question(item, ready)}


def _question(question: Question, ready: Prepared) -> dict[str, Any]:
    told = {
        "type": question.kind.code,
        "label": question.label,
        "widget": widget_of(question) if can_be_asked(question) else "",
        "constraint": _tree(question, "constraint", ready),
        "required": _tree(question, "required", ready),
        "calculation": _tree(question, "calculation", ready),
        "filter": _tree(question, "choice_filter", ready),
        "begun": _tree(question, "default", ready),
        "plain": "" if told_expression(question, "default") else question.default,
        "constraintMessage": question.constraint_message
        or tr("Cette réponse ne convient pas : relisez-la."),
        "choices": [
            {"name": one.name, "label": one.label, "more": dict(one.more)}
            for one in question.choices
        ],
    }
    if question.kind is QuestionKind.RANGE:
        told["range"] = range_of(question.parameters) or (0.0, 10.0, 1.0)
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _tree(item: Item, column: str, ready: Prepared) -> object:
    """Return the tree of an expression that the server computes too, None where it has none."""
    made = ready.expressions.get((item.name, column))
    return None if made is None else compiled(made.text)
