"""A week of visits: for each home and each service, what works and what stands in the way.

A half-day (a morning or an afternoon of one date) works when one visit at one permanence at least
can be done in it, and counts once however many permanences would do. *Certain* counts told hours
only; *possible* adds places whose hours are untold, if they open at the usual hours.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from maillage.access.timetable.model import IntArray
from maillage.access.visits.model import (
    Certainty,
    OpeningOn,
    RoundTrips,
    Starts,
    VisitKind,
)
from maillage.standard import mednum

CERTAINTIES = (Certainty.CERTAIN, Certainty.POSSIBLE)
"""The second axis of every array of a week."""

_LongArray = npt.NDArray[np.int64]
_NONE = -1


@dataclass(frozen=True, slots=True)
class Presence:
    """A permanence that gives told services at a lieu: what visits are made to."""

    permanence_id: str
    lieu_id: str
    services: frozenset[mednum.Service]


@dataclass(frozen=True, slots=True, eq=False)
class DayVisits:
    """What can be done of one presence, by its number, on one day.

    ``trips`` are those of the homes in the windows of ``starts``; None where there is no window.
    """

    presence: int
    opening: OpeningOn
    starts: Starts
    trips: RoundTrips | None


@dataclass(frozen=True, slots=True, eq=False)
class BestVisits:
    """The visit of the week that takes the least time away from home; of two, the later to leave.

    All (10, 2, n); -1 where there is none. ``day`` is a number in the days of the week,
    ``presence`` in its presences; times are seconds of that day; ``spare`` as in RoundTrips.
    """

    presence: IntArray
    day: IntArray
    leave: IntArray
    start: IntArray
    back: IntArray
    spare: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Obstacles:
    """What stands in the way where no half-day works, all (10, 2, n).

    ``number`` is an Obstacle's: of all presences and days, the one that comes closest to a visit,
    hours that are not known coming first where a visit would work at those supposed (or at some
    time of the day, where none is).
    ``presence`` and ``day`` say which one, -1 where there is none: of two alike the shortest trip,
    then the first day, then the first presence.
    """

    number: npt.NDArray[np.int8]
    presence: IntArray
    day: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class VisitWeek:
    """One kind of visit over one week, for n homes; arrays are (10, 2, n).

    The first axis follows ``SERVICE_KEYS`` (nine services, then any of them), the second
    ``CERTAINTIES``. ``half_days`` is how many work; ``earliest`` the number of the first day that
    works, -1 where none does. ``sole_lieux`` (10, 2, half-days, n) tells of each half-day of the
    week, morning then afternoon, the lieu that alone makes it work (see ``visits.sole``).
    """

    kind: VisitKind
    days: tuple[dt.date, ...]
    presences: tuple[Presence, ...]
    half_days: npt.NDArray[np.int8]
    earliest: IntArray
    best: BestVisits
    obstacles: Obstacles
    sole_lieux: IntArray


class CountsHalfDays(Protocol):
    """What tells how many half-days work: a whole week, or its half-days alone."""

    @property
    def kind(self) -> VisitKind:
        """The kind of visit."""

    @property
    def half_days(self) -> npt.NDArray[np.int8]:
        """How many half-days work, (10, 2, n) as in VisitWeek."""


@dataclass(frozen=True, slots=True, eq=False)
class HalfDays:
    """Which half-days of a week work, and nothing else; arrays are (10, 2, n) as in VisitWeek.

    ``bits`` has bit 2 × day for the morning of a day, the next one for its afternoon.
    """

    kind: VisitKind
    bits: _LongArray
    half_days: npt.NDArray[np.int8]

    @classmethod
    def of(cls, kind: VisitKind, bits: _LongArray) -> HalfDays:
        """Return the half-days that bits tell."""
        return cls(kind, bits, np.bitwise_count(bits).astype(np.int8))
