"""What a page shows of a questionnaire: questions with their answers, groups, repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maillage.survey.forms.model import UNSEEN, Choice, Group, Question, QuestionKind
from maillage.survey.forms.prepared import Page
from maillage.survey.forms.snapshot import MAX_INSTANCES, Scope, Snapshot
from maillage.survey.forms.survey_rows import UNASKED
from maillage.survey.forms.type_cells import is_file


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is asked now.

    ``key`` names its answer in a page: ``age``, or ``liens[2]/lien`` inside a repeat. ``value``:
    the answer so far in its normal form, else as typed; ``choices``: those offered now. Texts bear
    the answers that they name. A note is asked too: there is nothing to answer to it.
    """

    question: Question
    key: str
    label: str
    hint: str
    value: str
    choices: tuple[Choice, ...]
    required: bool
    read_only: bool

    @property
    def answered(self) -> bool:
        """Whether it has an answer."""
        return self.value != ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the choices taken, of a question with several."""
        return tuple(self.value.split())


@dataclass(frozen=True, slots=True)
class Section:
    """A group inside a page, or one instance of a repeat (``number`` from 1, else 0)."""

    key: str
    title: str
    hint: str
    parts: tuple[Part, ...]
    number: int = 0
    may_remove: bool = False


@dataclass(frozen=True, slots=True)
class Repeated:
    """A repeat: one section for each thing told. ``key``: what to give to ``added``."""

    key: str
    title: str
    hint: str
    instances: tuple[Section, ...]
    may_add: bool


Part = Asked | Section | Repeated


@dataclass(frozen=True, slots=True)
class Screen:
    """One page: ``id`` stays the same whatever is answered; ``number`` from 1 of ``n_screens``.

    ``progress``: the share (0-1) of the screens that come before it.
    """

    id: str
    title: str
    hint: str
    parts: tuple[Part, ...]
    number: int = 1
    n_screens: int = 1

    @property
    def progress(self) -> float:
        """The share (0-1) of the screens that come before this one."""
        return (self.number - 1) / self.n_screens

    def asked(self) -> Iterator[Asked]:
        """Give every question of the screen, those of sections and repeats too, in order."""
        yield from asked_in(self.parts)


def asked_in(parts: Sequence[Part]) -> Iterator[Asked]:
    """Give every question among parts of a screen, in order."""
    for part in parts:
        match part:
            case Asked():
                yield part
            case Section():
                yield from asked_in(part.parts)
            case Repeated():
                yield from asked_in(part.instances)


def can_be_asked(question: Question) -> bool:
    """Say whether our screens and paper ask a question at all."""
    if question.kind in UNSEEN or question.kind in UNASKED:
        return False
    calculated = bool(question.calculation) and question.kind is not QuestionKind.NOTE
    return not is_file(question.list_name) and not (calculated and not question.label)


def screen_of(page: Page, snapshot: Snapshot) -> Screen | None:
    """Return a page as it is now, None where nothing of it is asked."""
    parts = tuple(_parts(page.items, snapshot, snapshot.top))
    if not parts:
        return None
    group = page.group
    title = snapshot.worded(group.label, snapshot.top) if group is not None else ""
    hint = snapshot.worded(group.hint, snapshot.top) if group is not None else ""
    alone = parts[0] if len(parts) == 1 else None
    if isinstance(alone, Repeated) and not title:
        title = alone.title
    return Screen(page.id, title, hint, parts)


def _parts(items: Sequence[Question | Group], snapshot: Snapshot, scope: Scope) -> Iterator[Part]:
    for item in items:
        if not scope.asked.get(item.name, False):
            continue
        if isinstance(item, Question):
            if can_be_asked(item):
                yield _asked(item, snapshot, scope)
        elif item.repeats:
            yield _repeated(item, snapshot, scope)
        else:
            inside = tuple(_parts(item.items, snapshot, scope))
            if inside:
                title, hint = (snapshot.worded(text, scope) for text in (item.label, item.hint))
                yield Section(f"{scope.key}{item.name}", title, hint, inside)


def _asked(question: Question, snapshot: Snapshot, scope: Scope) -> Asked:
    name = question.name
    return Asked(
        question,
        f"{scope.key}{name}",
        snapshot.worded(question.label, scope),
        snapshot.worded(question.hint, scope),
        scope.kept.get(name, ""),
        snapshot.choices(question, scope),
        snapshot.holds(name, "required", scope, otherwise=False),
        snapshot.holds(name, "read_only", scope, otherwise=False) or bool(question.calculation),
    )


def _repeated(repeat: Group, snapshot: Snapshot, scope: Scope) -> Repeated:
    counted = snapshot.expression(repeat.name, "repeat_count") is not None
    title, hint = (snapshot.worded(text, scope) for text in (repeat.label, repeat.hint))
    instances = tuple(
        Section(
            one.key.rstrip("/"),
            title,
            "",
            tuple(_parts(repeat.items, snapshot, one)),
            one.number,
            not counted,
        )
        for one in scope.inside.get(repeat.name, ())
    )
    may_add = not counted and len(instances) < MAX_INSTANCES
    return Repeated(f"{scope.key}{repeat.name}", title, hint, instances, may_add)
