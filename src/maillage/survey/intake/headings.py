"""What each column of a file of answers is: a question, one choice of it, or about the answer.

Files of KoboToolbox and ODK name a question ``group/name``, and may give one column for each choice
of several; ours name the rows of a repeat ``liens[1]/structure_liee``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maillage.kernel.findings import Finding, Where
from maillage.kernel.words import plain
from maillage.survey.forms.model import Form, Group, Question, QuestionKind
from maillage.survey.intake.findings import MISSING_QUESTION, TWICE_COLUMN, UNKNOWN_COLUMN

ABOUT = {
    "id": ("_uuid", "meta/instanceid", "meta-instanceid", "instanceid", "key", "id", "_id"),
    "version": ("__version__", "_version_", "version", "formversion"),
    "wave": ("vague", "wave"),
    "channel": ("canal", "channel"),
    "contact": ("contact",),
    "started": ("start", "debut", "starttime"),
    "ended": ("end", "fin", "endtime", "_submission_time", "submissiondate", "submission_time"),
}
"""What is told of an answer, and by which headings; the first there is wins."""

_IGNORED = re.compile(
    r"_(?!uuid$|id$|submission_time$).*|meta[/-].*|today|deviceid|formhub/uuid|rootuuid"
    r"|attachments.*|reviewstate|edits|status|submitter.*|instancename|isvalidated|notes?:.*"
)
"""What the tools add to a file, and nobody answered."""
_ROW = re.compile(r"(.+)\[(\d{1,3})\]/(.+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a question; ``choice``: that of one choice alone; ``repeat``: of which row."""

    column: str
    question: Question
    choice: str = ""
    repeat: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a file: those of questions, and those about the answer by what they tell."""

    questions: tuple[Heading, ...]
    about: dict[str, str]
    findings: tuple[Finding, ...]


def headings_of(columns: Sequence[str], form: Form, source: str) -> Headings:
    """Return what each column is; those that are of nothing are told in findings."""
    known = _Known(form)
    about = _about(columns, known)
    seen: dict[tuple[str, str, str, int], str] = {}
    questions, findings = [], []
    for column in columns:
        if column in about.values():
            continue
        told = known.heading(column)
        if told is None:
            if not _is_of_tools(column):
                findings.append(UNKNOWN_COLUMN.at(Where(source, 1, column), value=column))
            continue
        key = (told.question.name, told.choice, told.repeat, told.row)
        if key in seen:
            where = Where(source, 1, column)
            findings.append(TWICE_COLUMN.at(where, value=told.question.name))
            continue
        seen[key] = column
        questions.append(told)
    asked = {one.question.name for one in questions}
    for question, repeat in known.every:
        if not repeat and question.name not in asked and question.kind not in _NEVER_IN_FILES:
            findings.append(MISSING_QUESTION.at(Where(source, 1), value=question.name))
    return Headings(tuple(questions), about, tuple(findings))


def _is_of_tools(column: str) -> bool:
    """Say whether a column is what tools add, or tells again what another told of the answer."""
    name = column.strip().lower()
    return _IGNORED.fullmatch(name) is not None or any(name in told for told in ABOUT.values())


_NEVER_IN_FILES = frozenset(
    {
        QuestionKind.NOTE,
        QuestionKind.START,
        QuestionKind.END,
        QuestionKind.TODAY,
        QuestionKind.DEVICE,
        QuestionKind.CALCULATE,
        QuestionKind.HIDDEN,
    }
)


def _about(columns: Sequence[str], known: _Known) -> dict[str, str]:
    """Return the column that tells each thing of the answer; a question's own name comes first."""
    lowered = {column.strip().lower(): column for column in reversed(columns)}
    found = {}
    for told, names in ABOUT.items():
        for name in names:
            column = lowered.get(name)
            if column is not None and not known.is_asked(column):
                found[told] = column
                break
    return found


class _Known:
    """The questions of a form by every way in which a heading may name them."""

    def __init__(self, form: Form) -> None:
        self.every = tuple(_with_repeat(form.items, ""))
        self._by_name = {one.name: (one, repeat) for one, repeat in self.every}
        labels: dict[str, list[str]] = {}
        for one, _ in self.every:
            labels.setdefault(plain(one.label), []).append(one.name)
        self._by_label = {
            label: names[0] for label, names in labels.items() if label and len(names) == 1
        }

    def is_asked(self, column: str) -> bool:
        """Say whether somebody is asked a question of that very name."""
        found = self._by_name.get(column.strip())
        return found is not None and found[0].kind not in _NEVER_IN_FILES

    def heading(self, column: str) -> Heading | None:
        """Return what a column is, None where it is of no question."""
        told = column.strip()
        row = _ROW.fullmatch(told)
        if row is not None:
            found = self._by_name.get(re.split("[/:]", row[3])[-1])
            if found is None or found[1] != re.split("[/:]", row[1])[-1]:
                return None
            return Heading(column, found[0], repeat=found[1], row=int(row[2]))
        return self._plain(column, told) or self._choice(column, told)

    def _plain(self, column: str, told: str) -> Heading | None:
        for name in (told, re.split("[/:]", told)[-1], told.rpartition("-")[2]):
            found = self._by_name.get(name)
            if found is not None and not found[1]:
                return Heading(column, found[0])
        name = self._by_label.get(plain(told), "")
        found = self._by_name.get(name)
        return None if found is None or found[1] else Heading(column, found[0])

    def _choice(self, column: str, told: str) -> Heading | None:
        """Return the column of one choice among several: ``question/choice``."""
        before, _, choice = told.rpartition("/")
        question, _ = self._by_name.get(re.split("[/:]", before)[-1], (None, ""))
        if question is None or question.kind is not QuestionKind.SELECT_MULTIPLE:
            return None
        names = {plain(one.label): one.name for one in question.choices}
        names |= {one.name: one.name for one in question.choices}
        name = names.get(choice) or names.get(plain(choice))
        return None if name is None else Heading(column, question, choice=name)


def _with_repeat(items: Sequence[Question | Group], repeat: str) -> Iterator[tuple[Question, str]]:
    for item in items:
        if isinstance(item, Question):
            yield item, repeat
        else:
            yield from _with_repeat(item.items, item.name if item.repeats else repeat)
