"""The best visit that each home can make of a place on one day: out, served, and back.

Journeys by timetable come as profiles; walking all the way (or cycling, or driving) is one number
each way, at any second. ``VisitSearch`` is what engines answer to; ``ExhaustiveVisits`` tries
every way out, every second to begin at and every way back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from maillage.access.journeys.model import Profiles
from maillage.access.timetable.model import IntArray
from maillage.access.visits.model import Obstacle, RoundTrips, Starts, VisitKind

NEVER = 1 << 30  # seconds that no day holds: what cannot be walked


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """How n homes and one place are joined on one day.

    ``out`` leads from the homes to the place, ``back`` home again; ``direct_out`` and
    ``direct_back`` (n,) are the seconds of going all the way without a timetable, NEVER = one
    cannot.
    """

    out: Profiles
    back: Profiles
    direct_out: IntArray
    direct_back: IntArray


@dataclass(frozen=True, slots=True)
class Terms:
    """What a visit must hold to, in seconds: served so long, not left before, home by then."""

    serve: int
    leave_after: int
    back_by: int

    @classmethod
    def of(cls, kind: VisitKind) -> Terms:
        """Return the terms of a kind of visit."""
        return cls(kind.minutes * 60, kind.leave_after * 60, kind.back_by * 60)


class VisitSearch(Protocol):
    """An engine that finds the best visit of each home in each window."""

    @property
    def name(self) -> str:
        """Short stable name (``round-trips``)."""

    def best(self, ways: Ways, starts: Starts, terms: Terms) -> RoundTrips:
        """Return the best visits, (n, k): the shortest absence, of two the later to leave.

        One leaves home at ``terms.leave_after`` or later and is back at ``terms.back_by`` at the
        latest; who arrives before opening waits. Of visits equal in both, the one served first.
        """


def no_profiles(n_homes: int) -> Profiles:
    """Return the profiles of n homes that no timetable serves."""
    none = np.zeros(0, dtype=np.int32)
    return Profiles(np.zeros(n_homes + 1, dtype=np.int32), none, none)


def closings(starts: Starts, serve: int) -> IntArray:
    """Return until when a visit begun in each window may last: closing, as far as it is told."""
    if starts.closings is not None:
        return starts.closings
    return starts.latest + np.int32(serve)


@dataclass(frozen=True, slots=True)
class _Home:
    """One home's ways, in plain lists of (departure, arrival)."""

    out: list[tuple[int, int]]
    back: list[tuple[int, int]]
    direct_out: int
    direct_back: int


class ExhaustiveVisits:
    """The best visits, found by trying all: for tests and for checking other engines."""

    name = "exhaustive"

    def best(self, ways: Ways, starts: Starts, terms: Terms) -> RoundTrips:
        """Return the best visits, (n, k)."""
        windows = list(
            zip(
                starts.earliest.tolist(),
                starts.latest.tolist(),
                closings(starts, terms.serve).tolist(),
                strict=True,
            )
        )
        table = [[_best(home, window, terms) for window in windows] for home in _homes(ways)]
        cells = np.array(table, dtype=np.int32).reshape(len(ways.direct_out), len(windows), 5)
        leave, start, back, spare = (cells[:, :, i].copy() for i in range(4))
        return RoundTrips(leave, start, back, spare, cells[:, :, 4].astype(np.int8))


def _homes(ways: Ways) -> Iterator[_Home]:
    for home in range(len(ways.direct_out)):
        yield _Home(
            _row(ways.out, home),
            _row(ways.back, home),
            int(ways.direct_out[home]),
            int(ways.direct_back[home]),
        )


def _row(profiles: Profiles, home: int) -> list[tuple[int, int]]:
    row = slice(profiles.first[home], profiles.first[home + 1])
    departures, arrivals = profiles.departures[row].tolist(), profiles.arrivals[row].tolist()
    return list(zip(departures, arrivals, strict=True))


def _best(home: _Home, window: tuple[int, int, int], terms: Terms) -> tuple[int, ...]:
    """Return (leave, start, back, spare, obstacle) of one home in one window."""
    earliest, latest, closing = window
    visits, arrives = [], False
    for start in range(earliest, latest + 1):
        leaves = _leaves(home, start, terms.leave_after)
        arrives = arrives or bool(leaves)
        backs = _backs(home, start + terms.serve, terms.back_by)
        visits += [(back - leave, -leave, start) for leave in leaves for back in backs]
    if not visits:
        obstacle = Obstacle.NO_WAY_BACK if arrives else Obstacle.NO_WAY_OUT
        return -1, -1, -1, -1, obstacle.number
    absence, minus_leave, start = min(visits)
    until = min(closing, _last_way_home(home, terms.back_by))
    spare = until - (start + terms.serve)
    return -minus_leave, start, absence - minus_leave, spare, Obstacle.NONE.number


def _leaves(home: _Home, start: int, leave_after: int) -> list[int]:
    """Return when one can leave so as to be there at ``start``."""
    leaves = [leave for leave, arrival in home.out if arrival <= start]
    return [leave for leave in [*leaves, start - home.direct_out] if leave >= leave_after]


def _backs(home: _Home, end: int, back_by: int) -> list[int]:
    """Return when one can be home, the visit over at ``end``."""
    backs = [arrival for leave, arrival in home.back if leave >= end]
    return [back for back in [*backs, end + home.direct_back] if back <= back_by]


def _last_way_home(home: _Home, back_by: int) -> int:
    """Return the last second at which one can set off and be home in time."""
    leaves = [leave for leave, arrival in home.back if arrival <= back_by]
    return max([*leaves, back_by - home.direct_back])
