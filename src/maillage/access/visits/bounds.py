"""What is known only between two bounds: the timetable of a network that runs is missing.

*Low*: what the known means allow (walking, known timetables). *High*: the same, and a bus supposed
at any time, as a slow car. Where the two differ, being reached is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np

from maillage.access.visits.model import Obstacle
from maillage.access.visits.week import Obstacles, VisitWeek
from maillage.kernel.french import number
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

Bounded = TypeVar("Bounded")


@dataclass(frozen=True, slots=True)
class Bounds(Generic[Bounded]):
    """A figure that is known to stand from ``low`` to ``high``."""

    low: Bounded
    high: Bounded


def bounded(
    low: VisitWeek, high: VisitWeek, unknown: Obstacle = Obstacle.UNKNOWN_TIMETABLE
) -> Bounds[VisitWeek]:
    """Return both weeks, the low one telling where only what is ``unknown`` stands in the way.

    Raises ValueError where the weeks are not of the same kind, days and presences, or more
    half-days work in the low one.
    """
    if (low.kind, low.days, low.presences) != (high.kind, high.days, high.presences):
        raise ValueError("two different weeks")
    if np.any(low.half_days > high.half_days):
        raise ValueError("the low bound is above the high one")
    hidden = (low.half_days == 0) & (high.half_days > 0)
    obstacles = Obstacles(
        np.where(hidden, unknown.number, low.obstacles.number).astype(np.int8),
        np.where(hidden, high.best.presence, low.obstacles.presence),
        np.where(hidden, high.best.day, low.obstacles.day),
    )
    return Bounds(replace(low, obstacles=obstacles), high)


def slow_bus_minutes(car_minutes: FloatArray, parameters: Parameters) -> FloatArray:
    """Return the minutes by a bus whose timetable is missing, from those by car, any shape.

    ``visits.unknown_bus``: so many times as long as by car, and a wait. inf stays inf.
    """
    factor = parameters.number("visits.unknown_bus.car_factor")
    wait = parameters.number("visits.unknown_bus.wait_minutes")
    minutes: FloatArray = car_minutes * factor + wait
    return minutes


def bus_supposed(parameters: Parameters) -> str:
    """Return one French sentence: what the high bound supposes of a bus."""
    return tr(
        "Borne haute : un bus sans horaires connus est supposé passer à toute heure, en {factor} "
        "fois le temps d'une voiture et {wait} min de marche et d'attente à chaque trajet."
    ).format(
        factor=number(parameters.number("visits.unknown_bus.car_factor"), 1),
        wait=number(parameters.number("visits.unknown_bus.wait_minutes")),
    )
