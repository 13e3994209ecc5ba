"""Shares of answers and how sure they are: weights, and a population that is nearly all heard."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.diagnosis.heard_asked import Asked
from maillage.diagnosis.heard_model import HeardChange, HeardShare
from maillage.kernel.intervals import Z_975
from maillage.survey.answers.model import Answer


@dataclass(frozen=True, slots=True)
class Design:
    """How answers stand for who did not answer.

    ``population`` is how many could have answered, None = so many that it does not matter.
    ``weights`` by id of answer, empty = all the same. ``least`` answers are shown, not fewer.
    """

    population: int | None
    weights: Mapping[str, float]
    least: int

    def weight(self, answer: Answer) -> float:
        """Return for how many an answer counts."""
        return self.weights.get(answer.id, 0.0) if self.weights else 1.0

    def effective(self, weights: Sequence[float]) -> float:
        """Return how many answers of one weight, out of an endless population, are as sure."""
        squares = sum(one * one for one in weights)
        n = sum(weights) ** 2 / squares if squares else 0.0
        if self.population is None or not weights:
            return n
        left = self.population - len(weights)
        return n * (self.population - 1) / left if left > 0 else math.inf


def share_of(asked: Asked, answers: Sequence[Answer], design: Design) -> HeardShare:
    """Return the share of some choices among who answered, with its interval."""
    told = [(one, asked.told(one.values)) for one in answers]
    known = [(design.weight(one), yes) for one, yes in told if yes is not None]
    n, n_yes = len(known), sum(yes for _, yes in known)
    n_blank = len(told) - n
    total = sum(weight for weight, _ in known)
    if min(n_yes, n - n_yes) < design.least or not total:
        return HeardShare(asked.code, asked.label, None, None, None, None, None, n_blank)
    share = sum(weight for weight, yes in known if yes) / total
    low, high = interval(share, design.effective([weight for weight, _ in known]))
    return HeardShare(asked.code, asked.label, n, n_yes, share, low, high, n_blank)


def interval(share: float, n: float) -> tuple[float, float]:
    """Return the 95 % interval (0-1) of a share by Wilson's score, ``n`` answers being its worth.

    >>> low, high = interval(0.8, 10.0)
    >>> round(low, 4), round(high, 4)
    (0.4902, 0.9433)
    """
    if math.isinf(n):
        return share, share
    squared = Z_975 * Z_975 / n
    middle = (share + squared / 2) / (1 + squared)
    half = Z_975 * math.sqrt(share * (1 - share) / n + squared / (4 * n)) / (1 + squared)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def change_of(
    asked: Asked, waves: tuple[Sequence[Answer], Sequence[Answer]], designs: tuple[Design, Design]
) -> HeardChange | None:
    """Return how a share changed between two waves, None where one of them is not shown.

    Who is known by a contact is compared with what they said before; others are others.
    """
    before, after = (share_of(asked, waves[at], designs[at]) for at in (0, 1))
    if before.share is None or after.share is None:
        return None
    first, last = (
        {one.contact: yes for one in wave if (yes := asked.told(one.values)) is not None}
        for wave in waves
    )
    both = sorted(str(key) for key in first.keys() & last.keys() if key is not None)
    if not both:
        return _apart(asked, waves, designs, (before, after))
    if len(both) < 2 * designs[1].least:
        return None
    moves = [int(last[key]) - int(first[key]) for key in both]
    n, mean = len(moves), sum(moves) / len(moves)
    variance = sum((one - mean) ** 2 for one in moves) / max(n - 1, 1) / n
    if designs[1].population:
        variance *= max(1.0 - n / designs[1].population, 0.0)
    return _told(asked, before, n, mean, variance)


def _apart(
    asked: Asked,
    waves: tuple[Sequence[Answer], Sequence[Answer]],
    designs: tuple[Design, Design],
    shares: tuple[HeardShare, HeardShare],
) -> HeardChange:
    """Return the change between two samples of other people."""
    variance = 0.0
    for wave, design, share in zip(waves, designs, shares, strict=True):
        weights = [design.weight(one) for one in wave if asked.told(one.values) is not None]
        part = share.share or 0.0
        variance += part * (1.0 - part) / design.effective(weights)
    difference = (shares[1].share or 0.0) - (shares[0].share or 0.0)
    return _told(asked, shares[0], None, difference, variance)


def _told(
    asked: Asked, before: HeardShare, n_pairs: int | None, difference: float, variance: float
) -> HeardChange:
    half = Z_975 * math.sqrt(variance)
    return HeardChange(
        asked.code, before, n_pairs, difference, difference - half, difference + half
    )
