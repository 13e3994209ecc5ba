"""A questionnaire as pages show it: which questions, with what answers, and what is to mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from maillage.kernel import french
from maillage.survey.forms.model import Choice, Group, Question, QuestionKind
from maillage.survey.forms.prepared import NAMED, Item
from maillage.survey.forms.running import Asked, Part, Repeated, Section, can_be_asked
from maillage.web.asking.widgets import steps_of, widget_of

ANY = "@"
"""Stands for the place of an instance in the model by which the browser adds one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a label; ``name``: the browser puts the answer to that question there."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A choice, and whether it is chosen."""

    name: str
    label: str
    on: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question on a page; ``widget`` is the field that answers it, ``path`` the field's name."""

    path: str
    name: str
    widget: str
    label: tuple[Piece, ...]
    hint: tuple[Piece, ...]
    value: str
    choices: tuple[Ticked, ...]
    required: bool
    read_only: bool
    error: str = ""
    note: str = ""
    is_group: bool = False

    @property
    def ranks(self) -> tuple[tuple[int, str], ...]:
        """The places of an order, and which choice stands at each."""
        told = self.value.split()
        n = len(self.choices)
        return tuple((at + 1, told[at] if at < len(told) else "") for at in range(n))


@dataclass(frozen=True, slots=True)
class Row:
    """One instance of a repeat; ``place`` from 1, or ``ANY``."""

    place: int | str
    items: tuple[ShownQuestion | ShownGroup, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Questions that go together; of a repeat, its instances."""

    path: str
    name: str
    label: tuple[Piece, ...]
    hint: tuple[Piece, ...]
    items: tuple[ShownQuestion | ShownGroup, ...] = ()
    repeats: bool = False
    rows: tuple[Row, ...] = ()
    may_add: bool = False
    may_remove: bool = False
    is_group: bool = True


Shown = ShownQuestion | ShownGroup


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside questions, by their keys: what is to mend, interviewers' notes."""

    errors: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Over:
    """What the top of a screen says already, which a repeat alone on it does not say again."""

    title: str = ""
    hint: str = ""

    def left(self, title: str, hint: str) -> tuple[str, str]:
        """Return what is still to be said of a title and a hint."""
        return "" if title == self.title else title, "" if hint == self.hint else hint


_NOTHING = Over()


def shown(parts: Iterable[Part], beside: Beside, over: Over = _NOTHING) -> tuple[Shown, ...]:
    """Return what a screen asks."""
    return tuple(_shown(parts, beside, over))


def _shown(parts: Iterable[Part], beside: Beside, over: Over) -> Iterator[Shown]:
    for part in parts:
        match part:
            case Asked():
                yield _question(part, beside)
            case Section():
                inside = tuple(_shown(part.parts, beside, over))
                heads = (_pieces(part.title), _pieces(part.hint))
                yield ShownGroup(part.key, _last(part.key), *heads, inside)
            case Repeated():
                title, hint = over.left(part.title, part.hint)
                rows = tuple(
                    Row(one.number, tuple(_shown(one.parts, beside, over)))
                    for one in part.instances
                )
                yield ShownGroup(
                    part.key,
                    _last(part.key),
                    _pieces(title),
                    _pieces(hint),
                    repeats=True,
                    rows=rows,
                    may_add=part.may_add,
                    may_remove=all(one.may_remove for one in part.instances),
                )


def _question(asked: Asked, beside: Beside) -> ShownQuestion:
    question = asked.question
    return ShownQuestion(
        path=asked.key,
        name=question.name,
        widget=widget_of(question),
        label=_pieces(asked.label or question.name),
        hint=_pieces(asked.hint),
        value=asked.value,
        choices=_ticked(question, asked.choices, asked.chosen),
        required=asked.required,
        read_only=asked.read_only,
        error=beside.errors.get(asked.key, ""),
        note=beside.notes.get(asked.key, ""),
    )


def _ticked(
    question: Question, choices: Sequence[Choice], chosen: Sequence[str]
) -> tuple[Ticked, ...]:
    offered = [(one.name, one.label or one.name) for one in choices]
    if question.kind is QuestionKind.RANGE:
        offered = [(one, one.replace(".", ",")) for one in steps_of(question)]
    return tuple(Ticked(name, label, name in chosen) for name, label in offered)


def model(items: Iterable[Item], over: Over = _NOTHING, key: str = "") -> tuple[Shown, ...]:
    """Return every question that items may ask, unanswered, as the browser needs them."""
    return tuple(_model(items, over, key))


def _model(items: Iterable[Item], over: Over, key: str) -> Iterator[Shown]:
    for item in items:
        path = f"{key}{item.name}"
        if isinstance(item, Question):
            if can_be_asked(item):
                yield _blank(item, path)
            continue
        yield _blank_group(item, over, path, key)


def _blank_group(group: Group, over: Over, path: str, key: str) -> ShownGroup:
    label, hint = (_named_pieces(text) for text in over.left(group.label, group.hint))
    if not group.repeats:
        return ShownGroup(path, group.name, label, hint, model(group.items, key=key))
    row = Row(ANY, model(group.items, key=f"{path}[{ANY}]/"))
    free = not group.repeat_count
    return ShownGroup(
        path,
        group.name,
        label,
        hint,
        repeats=True,
        rows=(row,),
        may_add=free,
        may_remove=free,
    )


def _blank(question: Question, path: str) -> ShownQuestion:
    return ShownQuestion(
        path=path,
        name=question.name,
        widget=widget_of(question),
        label=_named_pieces(question.label or question.name),
        hint=_named_pieces(question.hint),
        value="",
        choices=_ticked(question, question.choices, ()),
        required=bool(question.required),
        read_only=bool(question.calculation) or question.read_only == "yes",
    )


_APART = re.compile(r"(?<=\S) (?=[?!:;»])|(?<=«) ")


def held(text: str) -> str:
    """Return a text whose high signs never begin a line, as French sets them.

    >>> held("Qui vous aide ?").replace("\u00a0", "_")
    'Qui vous aide_?'
    """
    return _APART.sub(french.FIXED, text)


def _pieces(text: str) -> tuple[Piece, ...]:
    return (Piece(held(text)),) if text else ()


def _named_pieces(text: str) -> tuple[Piece, ...]:
    """Return a label in pieces, those apart that tell an answer."""
    told = enumerate(NAMED.split(text))
    pieces = (Piece("", piece) if place % 2 else Piece(held(piece)) for place, piece in told)
    return tuple(piece for piece in pieces if piece.text or piece.name)


def _last(key: str) -> str:
    return key.rpartition("/")[2]
