"""What a week of visits means for people: who can do none, or too few, and what stops them.

Each share is told four times: with told hours or with usual ones too (certain, possible), and from
the known means alone to a bus supposed where its timetable is missing (low, high). The truth
stands between the first and the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.model import Certainty, Obstacle
from maillage.access.visits.week import CERTAINTIES, CountsHalfDays, HalfDays, VisitWeek
from maillage.kernel.geometry import FloatArray


@dataclass(frozen=True, slots=True)
class Shares:
    """One share of people (0-1) in four readings, the worst first."""

    certain_low: float
    certain_high: float
    possible_low: float
    possible_high: float

    @property
    def has_two_bounds(self) -> bool:
        """Whether the known means alone, and the best that may run, tell different shares."""
        lows, highs = (self.certain_low, self.possible_low), (self.certain_high, self.possible_high)
        return lows != highs

    @property
    def most(self) -> float:
        """The worst that may be: told hours only, known means only."""
        return self.certain_low

    @property
    def least(self) -> float:
        """The best that may be: untold places open as usual, and buses run."""
        return self.possible_high


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Who has fewer than so many half-days a week for a service: of people, and of the fragile."""

    service: ServiceKey
    fewer_than: int
    people: Shares
    fragile: Shares


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """What stops those who can do no visit: ``share_people`` (0-1) of all people, ``n_people``."""

    service: ServiceKey
    certainty: Certainty
    obstacle: Obstacle
    n_people: int
    share_people: float


def measure_shortfalls(
    week: Bounds[HalfDays] | Bounds[VisitWeek],
    people: FloatArray,
    fragile: FloatArray,
    fewer_than: Sequence[int],
) -> tuple[Shortfall, ...]:
    """Return, by service, who has fewer than each number of half-days a week.

    ``people`` and ``fragile`` are (n_homes,) weights, none negative; nobody at all is a share of 0.
    """
    return tuple(
        Shortfall(key, number, _shares(week, s, number, people), _shares(week, s, number, fragile))
        for s, key in enumerate(SERVICE_KEYS)
        for number in sorted(fewer_than)
    )


def measure_bottlenecks(week: VisitWeek, people: FloatArray) -> tuple[Bottleneck, ...]:
    """Return how many people each obstacle stops, by service, the most people first."""
    total = float(people.sum())
    found = []
    for s, key in enumerate(SERVICE_KEYS):
        for c, certainty in enumerate(CERTAINTIES):
            stopped = [
                Bottleneck(key, certainty, obstacle, round(n), n / total if total else 0.0)
                for obstacle in Obstacle
                if obstacle is not Obstacle.NONE
                and (n := float(people[week.obstacles.number[s, c] == obstacle.number].sum())) > 0
            ]
            found += sorted(stopped, key=lambda b: (-b.n_people, b.obstacle.number))
    return tuple(found)


def half_days_per_person(
    week: CountsHalfDays, service: ServiceKey, certainty: Certainty
) -> FloatArray:
    """Return the (n_homes,) number of half-days that work: a good, to be measured for equity."""
    row = week.half_days[SERVICE_KEYS.index(service), CERTAINTIES.index(certainty)]
    counted: FloatArray = row.astype(np.float64)
    return counted


def _shares(
    week: Bounds[HalfDays] | Bounds[VisitWeek], service: int, fewer_than: int, weights: FloatArray
) -> Shares:
    total = float(weights.sum())
    readings = (
        float(weights[bound.half_days[service, CERTAINTIES.index(certainty)] < fewer_than].sum())
        for certainty in (Certainty.CERTAIN, Certainty.POSSIBLE)
        for bound in (week.low, week.high)
    )
    return Shares(*(short / total if total > 0 else 0.0 for short in readings))
