"""What half-days are worth in a world, or in both, and where the people are."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from maillage.access.visits.bounds import Bounds
from maillage.kernel.geometry import FloatArray
from maillage.siting.posts.floor import newly_reached, under_floor
from maillage.siting.posts.judge import served, value
from maillage.siting.posts.model import Held, PostProblem


@dataclass(frozen=True, slots=True)
class Lived:
    """What half-days are worth in one world.

    ``value`` in the unit of the goal (people, people × minutes, minutes). ``people`` are those
    newly served as the goal counts them, ``by_zone`` (z,) the same by commune. ``under_floor`` are
    the communes that do not come to the floor asked, in order; none where none is asked.
    """

    value: float
    people: float
    by_zone: tuple[float, ...]
    under_floor: tuple[int, ...]


def lived(problem: PostProblem, held: tuple[Held, ...]) -> Lived:
    """Return what these half-days are worth in a world, nothing searched."""
    counted = served(problem, held)
    zones = people_by_zone(problem, counted)
    return Lived(
        value=math.fsum(counted) if problem.goal.is_of_people else value(problem, held),
        people=float(zones.sum()),
        by_zone=tuple(float(one) for one in zones),
        under_floor=under_floor(problem, held),
    )


def lived_in_both(both: Bounds[PostProblem], held: tuple[Held, ...]) -> Bounds[Lived]:
    """Return what these half-days are worth in each world."""
    return Bounds(lived(both.low, held), lived(both.high, held))


def people_by_zone(problem: PostProblem, people: FloatArray) -> FloatArray:
    """Return (z,) the people (p,) of each commune."""
    return np.bincount(problem.zone, weights=people, minlength=len(problem.zone_people)).astype(
        np.float64
    )


def gain(problem: PostProblem, better: float, worse: float) -> float:
    """Return by how much a value is better than another, in the unit of the goal."""
    return better - worse if problem.goal.is_of_people else worse - better


def reached_shares(problem: PostProblem, held: tuple[Held, ...]) -> FloatArray:
    """Return (z,) the share 0-1 of each commune's public with help in reach, new or present.

    NaN where nobody of that public lives. Hours are set aside: in reach is not yet received.
    """
    now = problem.zone_reached + newly_reached(problem, held)
    nobody = np.full(len(now), np.nan)
    shares: FloatArray = np.divide(
        now, problem.zone_people, out=nobody, where=problem.zone_people > 0
    )
    return shares
