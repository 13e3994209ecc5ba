"""Labelled pairs of real records, and what counts of right and wrong answers are worth.

The pairs name records by source and id only; the records themselves stay in the mirror.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from maillage.directory.linking.model import Question
from maillage.directory.record_key import RecordKey

FOLDER = Path(__file__).parents[1] / "tests" / "directory" / "linking" / "labels"
TUNING = ("tuning", "tuning-2", "tuning-3")
"""The sets that weights are made from: the second was added after the first score on the test."""
HALVES = (*TUNING, "test")
ANSWERS = ("yes", "no", "unsure")
COLUMNS = (
    "source_a",
    "id_a",
    "source_b",
    "id_b",
    "same_permanence",
    "same_lieu",
    "same_structure",
    "kind",
    "why",
)
_NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of two records, by question: ``yes``, ``no`` or ``unsure``.

    ``kind`` is the letter of the difficulty that the pair was taken for.
    """

    left: RecordKey
    right: RecordKey
    answers: Mapping[Question, str]
    kind: str
    why: str


def read_labels(path: Path) -> tuple[Label, ...]:
    """Return the labels of a file, in its order. Raises ValueError where its columns differ."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path}: columns {rows.fieldnames}, expected {COLUMNS}")
        return tuple(_label(row) for row in rows)


def _label(row: Mapping[str, str]) -> Label:
    return Label(
        left=RecordKey(row["source_a"], row["id_a"]),
        right=RecordKey(row["source_b"], row["id_b"]),
        answers={question: row[f"same_{question.code}"] for question in Question},
        kind=row["kind"],
        why=row["why"],
    )


@dataclass(frozen=True, slots=True)
class Rate:
    """A share, and its Wilson interval of 95 %; all None where there is nothing to count."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and wrong answers on labelled pairs; ``unsure`` pairs count neither way."""

    true_yes: int = 0
    false_yes: int = 0
    false_no: int = 0
    true_no: int = 0
    unsure: int = 0

    @property
    def n(self) -> int:
        """How many pairs have a certain answer."""
        return self.true_yes + self.false_yes + self.false_no + self.true_no

    @property
    def precision(self) -> Rate:
        """Of the pairs answered yes, how many are."""
        return wilson(self.true_yes, self.true_yes + self.false_yes)

    @property
    def recall(self) -> Rate:
        """Of the pairs that are one, how many are answered yes."""
        return wilson(self.true_yes, self.true_yes + self.false_no)

    @property
    def f1(self) -> Rate:
        """The harmonic mean of precision and recall.

        Its interval is that of the share of right ones among the pairs that either side calls
        one, a proportion of which F1 is a growing function: 2 s / (1 + s).
        """
        share = wilson(self.true_yes, self.true_yes + self.false_yes + self.false_no)
        return Rate(_doubled(share.value), _doubled(share.low), _doubled(share.high))


def counted(answers: Iterable[tuple[str, bool]]) -> Counts:
    """Return the counts of (label, answer) couples."""
    tally = dict.fromkeys((field.name for field in fields(Counts)), 0)
    names = {("yes", True): "true_yes", ("no", True): "false_yes"}
    names |= {("yes", False): "false_no", ("no", False): "true_no"}
    for label, answer in answers:
        tally[names.get((label, answer), "unsure")] += 1
    return Counts(**tally)


def wilson(successes: int, n: int) -> Rate:
    """Return a share with its 95 % interval of Wilson.

    >>> rate = wilson(9, 10)
    >>> round(rate.low, 4), round(rate.high, 4)
    (0.5958, 0.9821)
    """
    if n == 0:
        return Rate(None, None, None)
    z2 = _NORMAL_95**2
    share = successes / n
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _NORMAL_95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Rate(share, max(0.0, centre - half), min(1.0, centre + half))


def _doubled(share: float | None) -> float | None:
    return None if share is None else 2 * share / (1 + share)
