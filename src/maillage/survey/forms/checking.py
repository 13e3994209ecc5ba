"""What is wrong with an answer, in a sentence that says what to do."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.survey.forms.model import FROM_CHOICES, Question, QuestionKind
from maillage.survey.forms.normal import MAX_SIGNS, normal
from maillage.survey.forms.screens import Asked, Part, Repeated, Screen, Section
from maillage.survey.forms.snapshot import Scope, Snapshot
from maillage.survey.forms.survey_rows import range_of


class ProblemKind(enum.Enum):
    """What is wrong."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_OFFERED = "not-offered"
    TOO_LONG = "too-long"
    OUT_OF_RANGE = "out-of-range"
    CONSTRAINT = "constraint"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer, by the key of its ``Asked``; ``message`` is for people."""

    key: str
    name: str
    kind: ProblemKind
    message: str


def problems_of(screen: Screen, snapshot: Snapshot) -> Iterator[Problem]:
    """Give what is wrong on a screen, in the order of its questions, one at most for each."""
    for asked, scope in _with_scopes(screen.parts, snapshot.top, snapshot):
        found = _problem(asked, scope, snapshot)
        if found is not None:
            yield Problem(asked.key, asked.question.name, *found)


def _with_scopes(
    parts: tuple[Part, ...], scope: Scope, snapshot: Snapshot
) -> Iterator[tuple[Asked, Scope]]:
    for part in parts:
        match part:
            case Asked():
                yield part, scope
            case Section():
                yield from _with_scopes(part.parts, scope, snapshot)
            case Repeated():
                name = part.key.rpartition("/")[2]
                for section, inner in zip(part.instances, scope.inside[name], strict=True):
                    yield from _with_scopes(section.parts, inner, snapshot)


def _problem(asked: Asked, scope: Scope, snapshot: Snapshot) -> tuple[ProblemKind, str] | None:
    question = asked.question
    if question.kind is QuestionKind.NOTE or question.calculation:
        return None
    if asked.value == "":
        missing = ProblemKind.MISSING, question.required_message or _missing(question)
        return missing if asked.required else None
    odd = _too_long(asked) or _unread(asked) or _not_offered(asked) or _out_of_range(asked)
    if odd is not None:
        return odd
    if not snapshot.checked(question, scope):
        message = question.constraint_message or tr("Cette réponse ne convient pas : relisez-la.")
        return ProblemKind.CONSTRAINT, snapshot.worded(message, scope)
    return None


def _missing(question: Question) -> str:
    if question.kind is QuestionKind.ACKNOWLEDGE:
        return tr("Cochez cette case pour continuer.")
    if question.kind in FROM_CHOICES:
        return tr("Choisissez une réponse.")
    return tr("Répondez à cette question.")


def _too_long(asked: Asked) -> tuple[ProblemKind, str] | None:
    if len(asked.value) <= MAX_SIGNS:
        return None
    message = tr("Cette réponse est trop longue : {most} signes au plus.")
    return ProblemKind.TOO_LONG, message.format(most=french.number(MAX_SIGNS))


def _unread(asked: Asked) -> tuple[ProblemKind, str] | None:
    if normal(asked.question, asked.value) is not None:
        return None
    return ProblemKind.UNREADABLE, _unreadable(asked.question)


def _unreadable(question: Question) -> str:
    told = {
        QuestionKind.INTEGER: tr("Écrivez un nombre entier, en chiffres : 12."),
        QuestionKind.DATE: tr("Écrivez une date qui existe : 03/02/2026."),
        QuestionKind.TIME: tr("Écrivez une heure : 14:30."),
        QuestionKind.DATETIME: tr("Écrivez une date et une heure : 03/02/2026 14:30."),
        QuestionKind.GEOPOINT: tr("Écrivez une latitude et une longitude : 50,53 2,64."),
        QuestionKind.ACKNOWLEDGE: tr("Cochez cette case, ou laissez-la vide."),
    }
    return told.get(question.kind, tr("Écrivez un nombre, en chiffres : 12,5."))


def _not_offered(asked: Asked) -> tuple[ProblemKind, str] | None:
    if asked.question.kind not in FROM_CHOICES:
        return None
    offered = {choice.name for choice in asked.choices}
    one = asked.question.kind is QuestionKind.SELECT_ONE
    told = {asked.value} if one else set(asked.chosen)
    if told <= offered:
        return None
    return ProblemKind.NOT_OFFERED, tr("Choisissez parmi les réponses proposées.")


def _out_of_range(asked: Asked) -> tuple[ProblemKind, str] | None:
    if asked.question.kind is not QuestionKind.RANGE:
        return None
    start, end, step = range_of(asked.question.parameters) or (0.0, 10.0, 1.0)
    value = float(normal(asked.question, asked.value) or start)
    steps = (value - start) / step
    if start <= value <= end and abs(steps - round(steps)) < 1e-9:
        return None
    message = tr("Choisissez un nombre de {start} à {end}, de {step} en {step}.")
    told = {"start": start, "end": end, "step": step}
    shown = {name: f"{number:g}".replace(".", ",") for name, number in told.items()}
    return ProblemKind.OUT_OF_RANGE, message.format(**shown)
