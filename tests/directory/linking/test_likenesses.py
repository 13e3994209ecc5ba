"""What a matcher answers, by the names of the records."""

from __future__ import annotations

import numpy as np
from tests.directory.linking.rows import profiles
from tests.directory.places import told

from maillage.directory.linking.likenesses import likenesses
from maillage.directory.linking.model import (
    NOT_TOLD,
    Comparison,
    Likeness,
    Pairs,
    Question,
    RecordKey,
)


def _pairs(*ends: tuple[int, int, float]) -> Pairs:
    return Pairs(
        left=np.array([a for a, _, _ in ends]),
        right=np.array([b for _, b, _ in ends]),
        probability=np.array([p for _, _, p in ends]),
        levels={
            Comparison.NAME: np.full(len(ends), 5, dtype=np.int8),
            Comparison.PHONE: np.full(len(ends), NOT_TOLD, dtype=np.int8),
        },
    )


def test_a_pair_is_told_by_the_names_of_its_records() -> None:
    """The lesser name stands left, and only what told something is kept, in order."""
    asked = tuple(reversed(profiles(told("1", "a"), told("2", "b"))))
    found = likenesses(_pairs((0, 1, 0.7)), asked, Question.LIEU)
    one, other = RecordKey("a", "1"), RecordKey("b", "2")
    assert found == (Likeness(Question.LIEU, one, other, 0.7, ((Comparison.NAME, 5),)),)


def test_pairs_come_in_order_each_once_at_its_best() -> None:
    """Two rows of one id are one name: their pairs are one, the most probable; not with itself."""
    asked = profiles(told("1", "a"), told("1", "a", nom="CCAS"), told("2", "b"), told("0", "a"))
    found = likenesses(
        _pairs((0, 1, 0.9), (0, 3, 0.4), (1, 2, 0.9), (1, 3, 0.6), (2, 3, 0.9)),
        asked,
        Question.LIEU,
    )
    assert [(like.left, like.right, like.probability) for like in found] == [
        (RecordKey("a", "0"), RecordKey("a", "1"), 0.9),
        (RecordKey("a", "0"), RecordKey("b", "2"), 0.4),
        (RecordKey("a", "1"), RecordKey("b", "2"), 0.9),
    ]


def test_nothing_found_is_nothing_told() -> None:
    """No pair, no likeness."""
    assert likenesses(_pairs(), (), Question.LIEU) == ()
