"""Shares of answers and what changed between waves, counted as ``survey.estimates`` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.diagnosis.heard_asked import Asked
from maillage.diagnosis.heard_model import HeardChange, HeardShare
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.changes import moved_apart, moved_paired, moves_of
from maillage.survey.estimates.columns import told_of
from maillage.survey.estimates.model import Share
from maillage.survey.estimates.sampling import Sample, intervals_of
from maillage.survey.estimates.weights import Weighting, weigh


class WaveCounted:
    """The answers of one wave, weighted, made ready for many shares.

    ``weighting`` also says of how many they speak; counts under ``least`` are not told.
    """

    def __init__(self, answers: Sequence[Answer], weighting: Weighting, least: int) -> None:
        self.answers, self.weighting, self.least = tuple(answers), weighting, least
        margins = [one.question for one in weighting.margins]
        self._weights = weigh(told_of(self.answers, margins), len(self.answers), weighting)
        self._sample = Sample(self._weights)

    @property
    def weights(self) -> Mapping[str, float]:
        """For how many each answer counts, by its id."""
        values = self._weights.values.tolist()
        return {one.id: float(weight) for one, weight in zip(self.answers, values, strict=True)}

    @property
    def worth(self) -> float:
        """How many answers of one weight are as sure, by Kish's design effect."""
        return len(self.answers) / self._sample.effect() if self.answers else 0.0

    def shares(self, asked: Sequence[Asked]) -> dict[str, HeardShare]:
        """Return the share of each, by its code: of some choices among who answered, and how sure.

        Those of one question are counted together, for intervals take time.
        """
        found: dict[str, HeardShare] = {}
        for question in dict.fromkeys(one.question for one in asked):
            alike = [one for one in asked if one.question == question]
            found |= {one.code: told for one, told in zip(alike, self._of(alike), strict=True)}
        return found

    def _of(self, alike: Sequence[Asked]) -> list[HeardShare]:
        told = [[one.told(answer.values) for one in alike] for answer in self.answers]
        answered = np.array([row[0] is not None for row in told], dtype=np.bool_)
        yes = np.array([[bool(one) for one in row] for row in told], dtype=np.bool_)
        yes = yes.reshape(len(told), len(alike))
        n, counts = int(answered.sum()), yes.sum(axis=0).tolist()
        blank = len(told) - n
        shown = [min(n_yes, n - n_yes) >= self.least for n_yes in counts]
        if not any(shown) or not n:
            return [_hidden(one, blank) for one in alike]
        found = self._sample.shares(yes, answered)
        ((low, high),) = intervals_of([found])
        return [
            HeardShare(
                code=one.code,
                label=one.label,
                n=n,
                n_yes=int(counts[at]),
                share=float(found.shares[at]),
                low=float(low[at]),
                high=float(high[at]),
                n_blank=blank,
            )
            if shown[at]
            else _hidden(one, blank)
            for at, one in enumerate(alike)
        ]


def _hidden(asked: Asked, n_blank: int) -> HeardShare:
    return HeardShare(asked.code, asked.label, None, None, None, None, None, n_blank)


@dataclass(frozen=True, slots=True)
class Told:
    """A wave and its shares by their codes."""

    wave: WaveCounted
    shares: Mapping[str, HeardShare]


def change_of(asked: Asked, before: Told, after: Told) -> HeardChange | None:
    """Return how a share changed between two waves, None where one of them is not shown.

    Who is known by a contact is compared with what they said before; others are others.
    """
    first, last = before.shares[asked.code], after.shares[asked.code]
    if first.share is None or last.share is None:
        return None
    moves = moves_of(*(_by_contact(asked, one.wave) for one in (before, after)))
    if moves:
        moved = moved_paired(moves, after.wave.weighting.population, after.wave.least)
    else:
        moved = moved_apart(*(Share(one.n, one.share, one.low, one.high) for one in (first, last)))
    if moved is None:
        return None
    return HeardChange(asked.code, first, moved.n_pairs, moved.difference, moved.low, moved.high)


def _by_contact(asked: Asked, wave: WaveCounted) -> dict[str, bool]:
    """Return what each contact told, those alone that answered."""
    return {
        one.contact: told
        for one in wave.answers
        if one.contact is not None and (told := asked.told(one.values)) is not None
    }
