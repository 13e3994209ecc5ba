"""What people decided about the directory: it always outlives what algorithms find.

Decisions speak of records by their names for ever, never of ids: so they are replayed on each
import, whatever came in between. None is taken back by being erased: an *undo* is a decision too.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from maillage.directory.linking.model import Question
from maillage.directory.record_key import RecordKey


class Verdict(enum.Enum):
    """What a decision says of its records."""

    SAME = ("same", "c'est le même")
    DIFFERENT = ("different", "ce n'est pas le même")
    SPLIT = ("split", "séparés")
    FIELD = ("field", "valeur choisie")
    UNDO = ("undo", "décision annulée")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; ``number`` is its place among those of the territory, from 1.

    - SAME: all records of both sides are one, as to the question.
    - DIFFERENT, SPLIT: no record of one side is one with a record of the other; a split puts on
      the right side what is taken out.
    - FIELD: wherever the first record of the left side is, ``field`` (of the national schema)
      takes its value from it; question PERMANENCE.
    - UNDO: the decision numbered ``cancels`` holds no more; no sides.
    """

    number: int
    verdict: Verdict
    question: Question
    left: tuple[RecordKey, ...]
    right: tuple[RecordKey, ...]
    on: dt.date | None
    by: str
    field: str | None = None
    cancels: int | None = None
    note: str = ""
