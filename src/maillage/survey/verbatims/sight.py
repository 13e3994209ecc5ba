"""A text as the screening sees it: one form of its letters, words with their places, marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maillage.kernel.words import plain
from maillage.survey.verbatims.model import Detail, Hidden

MARK = re.compile("|".join(re.escape(one.mark) for one in Detail))
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_WORD = re.compile(
    MARK.pattern
    + r"|(?:[dljmtsncDLJMTSNC]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu|[cC]h|[eE]d|[eE]l)['’](?=\w)"
    + r"|\w+(?:['’]\w+|-\w+)*"
)
_ENDS = re.compile(r"[.!?…:;\n(«\"“•*>]|--|[—–]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it stands, without accents nor case; what is between the last one and it.

    ``opens``: it begins a sentence, so that its capital tells nothing.
    """

    start: int
    end: int
    text: str
    plain: str
    before: str
    opens: bool

    @property
    def is_mark(self) -> bool:
        """Say whether it stands in place of a detail already hidden."""
        return self.text.startswith("[")

    @property
    def is_capital(self) -> bool:
        """Say whether its first letter is a capital."""
        return self.text[0].isupper()

    @property
    def is_shouted(self) -> bool:
        """Say whether it is of capitals alone, several."""
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text to hide, and why."""

    start: int
    end: int
    detail: Detail
    why: str
    is_sure: bool = True


def words_in(text: str) -> frozenset[str]:
    """Return the words of a list written as a text."""
    return frozenset(text.split())


def normal(text: str) -> str:
    """Return a text in one form: accents composed, line ends alike, no sign that nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def words_of(text: str) -> list[Word]:
    """Return the words of a text in their order, marks among them."""
    words, last = list[Word](), 0
    for found in _WORD.finditer(text):
        before = text[last : found.start()]
        opens = not words or bool(_ENDS.search(before))
        if before.startswith(".") and words and _is_short(words[-1].text):
            opens = "\n" in before
        words.append(Word(found.start(), found.end(), found[0], plain(found[0]), before, opens))
        last = found.end()
    return words


def _is_short(word: str) -> bool:
    """Say whether the point after a word is that of a short form: M., Mme., J."""
    return (len(word) == 1 and word.isupper()) or word in {"Mme", "Mlle", "Mr", "Dr", "Pr", "MM"}


def apart(spans: Iterable[Span], text: str) -> list[Span]:
    """Return spans that do not meet nor cover a mark, the first and longest first."""
    marks = [found.span() for found in MARK.finditer(text)]
    kept, last, at = list[Span](), 0, 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        start = max(span.start, last)
        while at < len(marks) and marks[at][1] <= start:
            at += 1
        begin = at
        for mark_start, mark_end in marks[begin:]:
            if mark_start >= span.end:
                break
            if mark_start > start:
                kept.append(Span(start, mark_start, span.detail, span.why, span.is_sure))
            start = mark_end
        if start < span.end:
            kept.append(Span(start, span.end, span.detail, span.why, span.is_sure))
        last = max(last, span.end)
    return [one for one in kept if text[one.start : one.end].strip(" \n\t,;'’.-")]


def replaced(
    text: str, hidden: Sequence[Hidden], spans: Sequence[Span]
) -> tuple[str, list[Hidden]]:
    """Return the text with marks in place of spans, and all that is hidden in it by place."""
    parts, moved, told, old = list[str](), 0, list[Hidden](), list(hidden)
    last = 0
    for span in spans:
        while old and old[0].at < span.start:
            told.append(_shifted(old.pop(0), moved))
        mark = span.detail.mark
        parts += [text[last : span.start], mark]
        length = span.end - span.start
        told.append(Hidden(span.start + moved, length, span.detail, span.why, span.is_sure))
        moved += len(mark) - length
        last = span.end
    told += [_shifted(one, moved) for one in old]
    return "".join([*parts, text[last:]]), told


def _shifted(one: Hidden, by: int) -> Hidden:
    return replace(one, at=one.at + by)
