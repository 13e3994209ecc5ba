"""What is compared, what is asked, and what a matcher answers.

Same lieu, same structure, same permanence are three questions: a lieu can host several structures,
a structure can hold several lieux, and twenty stops of one bus are twenty permanences of one
structure. A matcher answers each by pairs of records with a probability and what it rests on.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from maillage.directory.record_key import RecordKey
from maillage.kernel.geometry import Point

__all__ = [
    "NOT_TOLD",
    "Comparison",
    "Likeness",
    "Matcher",
    "Pairs",
    "Profile",
    "Question",
    "RecordKey",
]


class Question(enum.Enum):
    """What can be one in two records. One permanence is one lieu and one structure."""

    PERMANENCE = ("permanence", "même permanence")
    LIEU = ("lieu", "même lieu")
    STRUCTURE = ("structure", "même structure")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Profile:
    """A record as matchers compare it, its words put in one form; None or empty = not told.

    ``area`` is the INSEE code of its commune, or ``? 62400`` where that is not known. ``point`` is
    its own (WGS84), never a commune's centre. ``name`` is in plain letters without the commune's
    words; ``words`` are those of it that tell (acronyms written out, brands under today's name,
    "maison" or "espace" weighing little), in order of letters; ``title`` is those of the whole
    name, the commune's among them; ``kinds`` is what name and typologie say it is (``ccas``,
    ``mediatheque``…). ``street`` is the way without its ``number``.
    """

    key: RecordKey
    area: str
    code_insee: str | None
    code_postal: str | None
    point: Point | None
    name: str
    words: tuple[str, ...]
    title: tuple[str, ...]
    kinds: tuple[str, ...]
    number: str | None
    street: str
    telephone: str | None
    courriels: tuple[str, ...]
    sites: tuple[str, ...]
    pivot: str | None
    itinerant: bool
    collector: str


class Comparison(enum.Enum):
    """What is looked at in two records; its levels and their words are in ``evidence``."""

    NAME = "name"
    KIND = "kind"
    COMMUNE = "commune"
    STREET = "street"
    NUMBER = "number"
    DISTANCE = "distance"
    PHONE = "phone"
    EMAIL = "email"
    SITE = "site"
    PIVOT = "pivot"
    MOVING = "moving"
    COLLECTOR = "collector"


NOT_TOLD = -1
"""The level of a comparison where one of the two records tells nothing."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of records that may be one: positions in the sequence asked about, left < right.

    All arrays have one entry per pair, in order of (left, right), each pair once. ``levels`` holds
    the level met in each comparison the matcher makes: ``NOT_TOLD``, 0 (unlike) or more.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    probability: NDArray[np.float64]
    levels: Mapping[Comparison, NDArray[np.int8]]


class Matcher(Protocol):
    """An engine that finds the pairs of records that may be one."""

    @property
    def name(self) -> str:
        """The engine and its version, as told beside its results."""

    def pairs(self, profiles: Sequence[Profile], question: Question, at_least: float) -> Pairs:
        """Return the pairs whose probability of being one is ``at_least`` that (0 to 1).

        The answer does not depend on the order of the profiles.
        """


@dataclass(frozen=True, slots=True)
class Likeness:
    """One pair that may be one, by the names of its records (left < right), fit to be kept.

    ``levels`` holds the comparisons that told something, in the order of ``Comparison``.
    """

    question: Question
    left: RecordKey
    right: RecordKey
    probability: float
    levels: tuple[tuple[Comparison, int], ...] = ()
