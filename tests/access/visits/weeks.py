"""Weeks of visits made by hand for tests: people walk, places open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from tests.access.visits.strategies import MONDAY
from tests.builders import DEMARCHES

from maillage.access.visits.any_time import at_any_time, whole_seconds
from maillage.access.visits.calendar import days_of
from maillage.access.visits.model import OpeningOn, VisitKind
from maillage.access.visits.round_trips import Terms
from maillage.access.visits.starts import starts
from maillage.access.visits.week import DayVisits, Presence, VisitWeek
from maillage.access.visits.week_sums import visit_week
from maillage.directory.week import ALL_DAY
from maillage.standard import mednum

DAYS = days_of(MONDAY)
NOON = 780


@dataclass(frozen=True)
class Stand:
    """A permanence to visit: the minutes that each home walks to it, and when it is open."""

    minutes: tuple[float, ...]
    openings: tuple[OpeningOn, ...]
    services: tuple[mednum.Service, ...] = (DEMARCHES,)


def day_visits(stands: Sequence[Stand], kind: VisitKind) -> Iterator[DayVisits]:
    """Give what can be done of each stand on each of its days."""
    for number, stand in enumerate(stands):
        walk = whole_seconds(np.array(stand.minutes, dtype=np.float64))
        for opening in stand.openings:
            known = opening.certainty is not None
            found = starts(opening if known else replace(opening, ranges=(ALL_DAY,)), kind, NOON)
            open_then = found.half_days.size > 0
            trips = at_any_time(walk, walk, found, Terms.of(kind)) if open_then else None
            yield DayVisits(number, opening, found, trips)


def presences(stands: Sequence[Stand]) -> tuple[Presence, ...]:
    """Return the presences of the stands, each at a lieu of its own."""
    return tuple(
        Presence(f"permanence-{i}", f"lieu-{i}", frozenset(stand.services))
        for i, stand in enumerate(stands)
    )


def week_of_stands(
    stands: Sequence[Stand], kind: VisitKind, n_homes: int, days: Sequence[dt.date] = DAYS
) -> VisitWeek:
    """Return the week of n homes."""
    return visit_week(day_visits(stands, kind), presences(stands), kind, days, n_homes)
