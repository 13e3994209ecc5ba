"""A form as a sheet of paper: numbered questions, boxes and lines, skips said in words.

Choices bear the numbers by which the sheet is keyed in; a repeat stands ``ROWS`` times.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maillage.kernel.language import tr
from maillage.survey.forms.condition_words import Numbered, condition_words
from maillage.survey.forms.model import FROM_CHOICES, Form, Question, QuestionKind
from maillage.survey.forms.prepared import NAMED, Item, prepared
from maillage.survey.forms.screens import can_be_asked
from maillage.survey.forms.survey_rows import range_of

ROWS = 3
"""Times that paper asks what is told several times."""

_MOST_BOXES = 30
_SCALE = 11  # steps of a range that are boxes; more is a number to write
_WIDE, _NARROW = 5, 1  # lines of a long answer, of a short one


@dataclass(frozen=True, slots=True)
class PaperTitle:
    """What names a group."""

    title: str
    hint: str
    sort: str = "title"


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Words to read: a note, or where to go on (``sort`` skip)."""

    text: str
    sort: str = "note"


@dataclass(frozen=True, slots=True)
class PaperBox:
    """A box to tick, and the number that is keyed in for it."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """A question: ``answer`` is how it is answered (boxes, one, order, lines, figure, date, time).

    ``one``: a single box; ``boxes``: several. ``short``: the labels hold side by side.
    """

    number: int
    name: str
    label: str
    hint: str
    answer: str
    boxes: tuple[PaperBox, ...] = ()
    n_lines: int = 0
    short: bool = False
    sort: str = "asked"


@dataclass(frozen=True, slots=True)
class PaperCopies:
    """What is told several times: the same questions, ``n_copies`` times."""

    title: str
    hint: str
    n_copies: int
    parts: tuple[PaperPart, ...]
    sort: str = "copies"


PaperPart = PaperTitle | PaperWords | PaperAsked | PaperCopies


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A sheet: its title, how to fill it, its parts, its foot."""

    title: str
    lead: str
    parts: tuple[PaperPart, ...]
    foot: str


def paper_form(form: Form, wave: str = "") -> PaperForm:
    """Return a form as a sheet; ``wave`` is printed at the foot, to be written where not told."""
    whole = prepared(form).form
    asked = [question for question in whole.questions() if _stands(question)]
    numbered = {question.name: (n, question) for n, question in enumerate(asked, 1)}
    version = tr("version {version}").format(version=form.version) if form.version else ""
    told = [form.title, form.id, version, tr("vague : {wave}").format(wave=wave or "…………")]
    return PaperForm(
        form.title,
        tr(
            "Au stylo, sans vous presser ; laissez vide ce que vous ne voulez pas dire. Un rond : "
            "une seule réponse. Des carrés : autant que vous voulez."
        ),
        tuple(_Sheet(numbered).parts(whole.items, len(asked) + 1)),
        " · ".join(part for part in told if part),
    )


def _stands(question: Question) -> bool:
    """Say whether a question is answered on paper."""
    written = can_be_asked(question) and not question.calculation
    return written and question.kind is not QuestionKind.NOTE


class _Sheet:
    def __init__(self, numbered: Numbered) -> None:
        self._numbered = numbered

    def parts(
        self, items: Sequence[Item], after: int, *, told_again: bool = False
    ) -> list[PaperPart]:
        """Return the parts of items; ``after`` is the number of the question that follows them."""
        found: list[PaperPart] = []
        for at, item in enumerate(items):
            inside = list(self._part(item, self._next(items[at + 1 :], after)))
            if not inside:
                continue
            condition = item.relevant
            if condition and (at == 0 or items[at - 1].relevant != condition):
                beyond = self._beyond(items[at:], condition, after)
                skip = self._skip(condition, beyond, told_again=told_again)
                found += [skip] if skip is not None else []
            found += inside
        return found

    def _next(self, items: Sequence[Item], after: int) -> int:
        """Return the number of the first question among items, else the one that follows."""
        for item in items:
            questions = _all(item)
            numbers = [self._numbered[q.name][0] for q in questions if q.name in self._numbered]
            if numbers:
                return numbers[0]
        return after

    def _beyond(self, items: Sequence[Item], condition: str, after: int) -> int:
        """Return the number of the question to which one goes where the condition does not hold."""
        n = next((n for n, one in enumerate(items) if one.relevant != condition), len(items))
        return self._next(items[n:], after)

    def _skip(self, condition: str, beyond: int, *, told_again: bool) -> PaperWords | None:
        words = condition_words(condition, self._numbered)
        if told_again and words is not None and "pas" not in words and "!= ''" in condition:
            return None  # in a box of its own, one sees that nothing was written above
        there = tr("passez à la question {n}").format(n=beyond)
        if beyond > len(self._numbered):
            there = tr("c'est fini, merci")
        if words is None:
            text = tr("Si cela vous concerne, répondez ; sinon, {there}.")
            return PaperWords(text.format(there=there), "skip")
        text = tr("Si {words}, continuez ici ; sinon, {there}.")
        plainly = condition_words(condition, self._numbered, denied=True)
        if tr("n'avez pas") in words and plainly and tr("n'avez pas") not in plainly:
            words, text = plainly, tr("Si {words}, {there}.")
        return PaperWords(text.format(words=words, there=there), "skip")

    def _part(self, item: Item, after: int) -> Iterator[PaperPart]:
        if isinstance(item, Question):
            if item.name in self._numbered:
                yield self._asked(item)
            elif item.kind is QuestionKind.NOTE and not NAMED.search(item.label):
                yield PaperWords(item.label)
            return
        inside = self.parts(item.items, after, told_again=item.repeats)
        if not inside:
            return
        if item.repeats:
            n = int(item.repeat_count) if item.repeat_count.isdecimal() else ROWS
            yield PaperCopies(_told(item.label), _told(item.hint), min(n, 10), tuple(inside))
            return
        if item.label:
            yield PaperTitle(_told(item.label), _told(item.hint))
        yield from inside

    def _asked(self, question: Question) -> PaperAsked:
        answer, boxes = _way_to_answer(question)
        longest = max((len(box.label) for box in boxes), default=0)
        return PaperAsked(
            self._numbered[question.name][0],
            question.name,
            _told(question.label),
            _told(question.hint),
            answer,
            boxes,
            _lines(question) if answer == "lines" else 0,
            short=longest <= 24 and sum(len(box.label) + 6 for box in boxes) <= 150,
        )


def _all(item: Item) -> Iterator[Question]:
    if isinstance(item, Question):
        yield item
    else:
        for inside in item.items:
            yield from _all(inside)


def _told(text: str) -> str:
    """Return a text without the answers that only a screen can put in it."""
    return NAMED.sub("…", text)


def _lines(question: Question) -> int:
    return _WIDE if "multiline" in question.appearance else _NARROW


def _way_to_answer(question: Question) -> tuple[str, tuple[PaperBox, ...]]:
    """Return how a question is answered on paper, and its boxes."""
    kind = question.kind
    if kind in FROM_CHOICES and len(question.choices) <= _MOST_BOXES:
        ways = {QuestionKind.SELECT_ONE: "one", QuestionKind.RANK: "order"}
        boxes = tuple(PaperBox(n, c.label) for n, c in enumerate(question.choices, 1))
        return ways.get(kind, "boxes"), boxes
    if kind is QuestionKind.ACKNOWLEDGE:
        return "boxes", (PaperBox(1, tr("Oui")),)
    if kind is QuestionKind.RANGE:
        return _scale(question)
    ways = {
        QuestionKind.INTEGER: "figure",
        QuestionKind.DECIMAL: "figure",
        QuestionKind.DATE: "date",
        QuestionKind.TIME: "time",
        QuestionKind.DATETIME: "moment",
    }
    return ways.get(kind, "lines"), ()


def _scale(question: Question) -> tuple[str, tuple[PaperBox, ...]]:
    """Return the steps of a range as boxes, keyed in as they read; many steps are a number."""
    start, end, step = range_of(question.parameters) or (0.0, 10.0, 1.0)
    n = math.floor((end - start) / step + 1e-9) + 1
    whole = all(number.is_integer() for number in (start, step))
    if n > _SCALE or not whole:
        return "figure", ()
    values = (int(start + at * step) for at in range(n))
    return "one", tuple(PaperBox(value, str(value)) for value in values)
