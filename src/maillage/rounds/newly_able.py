"""How many people can come who could not, wherever and whenever help is: under both bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.timetable.model import FlagArray
from maillage.access.unreached.model import N_HALF_DAYS, NewReach, Unreached
from maillage.access.visits.bounds import Bounds
from maillage.kernel.geometry import FloatArray

EVERY_HALF_DAY = frozenset(range(N_HALF_DAYS))
"""A stop that could be held on any half-day of the week."""


@dataclass(frozen=True, slots=True)
class HeldOn:
    """The half-days of a usual week when a stop is held; ``good`` the share 0-1 that it does."""

    half_days: frozenset[int] = EVERY_HALF_DAY
    good: float = 1.0


def newly_able(
    unreached: Unreached, reach: NewReach, service: ServiceKey, held: Mapping[int, HeldOn]
) -> Bounds[float]:
    """Return the people newly able to make a visit; ``held`` tells when, by number of venue.

    Someone counts once, by the stop that does most. Each bound is of its own means: those who lack
    help with them, and who can come with them; neither is always the greater.
    """
    wanting = unreached.wanting(service)
    return Bounds(
        _people(wanting.low, reach.reached.low, held),
        _people(wanting.high, reach.reached.high, held),
    )


def _people(wanting: FloatArray, reached: FlagArray, held: Mapping[int, HeldOn]) -> float:
    best = np.zeros(len(wanting))
    for venue, when in held.items():
        if when.half_days:
            able = reached[sorted(when.half_days), venue].any(axis=0)
            np.maximum(best, able * when.good, out=best)
    return math.fsum(wanting * best)
