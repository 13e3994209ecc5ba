"""What changed between two waves of one questionnaire: on everybody, and on those heard twice.

Who is known by a contact is compared with what they said before; samples of other people are
compared by the intervals of both (Newcombe 1998).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.kernel.intervals import Z_975
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.model import ChoiceTold, Estimated, QuestionTold, Share


@dataclass(frozen=True, slots=True)
class Moved:
    """By how much a share moved (-1 to 1), and its 95 % interval; ``n_pairs``: heard both times.

    ``n_pairs`` None: other people were heard.
    """

    difference: float
    low: float
    high: float
    n_pairs: int | None = None

    @property
    def is_visible(self) -> bool:
        """Whether the interval leaves no doubt that it moved."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Change:
    """One choice of a question in two waves; ``on_same`` None: too few were heard both times."""

    question: QuestionTold
    choice: ChoiceTold
    before: Share
    on_all: Moved
    on_same: Moved | None

    @property
    def surest(self) -> Moved:
        """What to read first: those heard both times, where they are enough."""
        return self.on_same or self.on_all


@dataclass(frozen=True, slots=True)
class WaveTold:
    """A wave: its answers, and what they tell."""

    answers: Sequence[Answer]
    told: Estimated


def changes(before: WaveTold, after: WaveTold, least: int) -> tuple[Change, ...]:
    """Return what changed in each choice that both waves may tell, in the order of the form."""
    return tuple(_changes(before, after, least))


def _changes(before: WaveTold, after: WaveTold, least: int) -> Iterator[Change]:
    for question in after.told.questions:
        first = before.told.question(question.name)
        if first is None:
            continue
        chosen = [_by_contact(one.answers, question.name) for one in (before, after)]
        for choice in question.choices:
            known = first.choice(choice.name)
            if known is None:
                continue
            on_all = moved_apart(known.told, choice.told)
            if on_all is None:
                continue
            moves = moves_of(*({k: choice.name in v for k, v in one.items()} for one in chosen))
            on_same = moved_paired(moves, after.told.population, least)
            yield Change(question, choice, known.told, on_all, on_same)


def _by_contact(answers: Sequence[Answer], question: str) -> Mapping[str, frozenset[str]]:
    """Return what each contact chose, those alone that answered."""
    told = ((one.contact, one.values.get(question)) for one in answers)
    return {
        contact: frozenset(value.split())
        for contact, value in told
        if contact is not None and isinstance(value, str) and value
    }


def moves_of(before: Mapping[str, bool], after: Mapping[str, bool]) -> list[int]:
    """Return by how much each that was heard both times changed: -1, 0 or 1."""
    return [int(after[key]) - int(before[key]) for key in sorted(before.keys() & after.keys())]


def moved_paired(moves: Sequence[int], population: float | None, least: int) -> Moved | None:
    """Return how those heard both times moved, of a population; None where they are too few."""
    n = len(moves)
    if n < max(2 * least, 2):
        return None
    mean = sum(moves) / n
    variance = sum((one - mean) ** 2 for one in moves) / (n - 1) / n
    if population:
        variance *= max(1.0 - n / population, 0.0)
    half = Z_975 * math.sqrt(variance)
    return Moved(mean, mean - half, mean + half, n)


def moved_apart(before: Share, after: Share) -> Moved | None:
    """Return how a share moved between samples of other people; None where one is hidden."""
    ends = [(one.share, one.low, one.high) for one in (before, after)]
    (p1, l1, u1), (p2, l2, u2) = ends
    if p1 is None or l1 is None or u1 is None or p2 is None or l2 is None or u2 is None:
        return None
    moved = p2 - p1
    return Moved(moved, moved - math.hypot(p2 - l2, u1 - p1), moved + math.hypot(u2 - p2, p1 - l1))
