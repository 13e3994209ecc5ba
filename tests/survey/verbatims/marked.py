"""Sentences with what must be hidden marked in them, and how much of it a screening hides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from maillage.survey.verbatims.sight import MARK, normal

_MARKED = re.compile(r"\{(\w+):([^{}]+)\}")


@dataclass(frozen=True)
class Marked:
    """A text, and the places in it that tell who somebody is: start, end, kind."""

    text: str
    places: tuple[tuple[int, int, str], ...]


def read_marked(path: Path) -> Iterator[Marked]:
    """Read one sentence a line, comments aside."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        text, places, last = "", list[tuple[int, int, str]](), 0
        for found in _MARKED.finditer(line):
            text += line[last : found.start()]
            places.append((len(text), len(text) + len(found[2]), found[1]))
            text, last = text + found[2], found.end()
        yield Marked(text + line[last:], tuple(places))


def hidden_places(text: str, screened: str) -> list[tuple[int, int]]:
    """Return which parts of a text (in its normal form) a screened text does not show.

    What stands between marks is found in order, so that each mark covers what lies between.
    """
    hidden, at, last = list[tuple[int, int]](), 0, 0
    kept = MARK.split(screened)
    for rank, part in enumerate(kept):
        found = text.find(part, at) if rank < len(kept) - 1 else len(text) - len(part)
        assert found >= 0, (text, screened)
        if rank:
            hidden.append((last, found))
        at = last = found + len(part)
    return hidden


def is_hidden(place: tuple[int, int], text: str, hidden: Iterable[tuple[int, int]]) -> bool:
    """Say whether every letter and figure of a place is hidden."""
    shown = set(range(*place))
    for start, end in hidden:
        shown -= set(range(start, end))
    return not any(text[at].isalnum() for at in shown)


@dataclass
class Score:
    """How many places are marked, fully hidden, by kind; of what was hidden, how much was due."""

    marked: Counter[str]
    found: Counter[str]
    n_hidden: int = 0
    n_due: int = 0

    @property
    def recall(self) -> float:
        """Places fully hidden among the places marked."""
        return sum(self.found.values()) / sum(self.marked.values())

    @property
    def precision(self) -> float:
        """Parts hidden that touch a place marked, among all parts hidden."""
        return self.n_due / self.n_hidden


def score(told: Iterable[tuple[Marked, str]]) -> Score:
    """Return the score of texts, each with what was screened of it."""
    total = Score(Counter(), Counter())
    for one, screened in told:
        text = normal(one.text)
        assert text == one.text, "places are told of the normal form"
        hidden = hidden_places(text, screened)
        for start, end, kind in one.places:
            total.marked[kind] += 1
            total.found[kind] += is_hidden((start, end), text, hidden)
        total.n_hidden += len(hidden)
        total.n_due += sum(
            any(start < b and a < end for a, b, _ in one.places) for start, end in hidden
        )
    return total
