"""The share of each commune that a plan must come to, where any plan could."""

from __future__ import annotations

import numpy as np

from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.geometry import FloatArray
from maillage.siting.posts.judge import half_days_reached
from maillage.siting.posts.model import PostProblem
from maillage.siting.posts.rules import Held

_NOBODY = 1e-9


class FloorTooHigh(ImpossibleDemand):
    """No plan comes to the floor everywhere with these means, though each commune could alone.

    ``zones`` are communes without which some plan does: those of the fewest people under it.
    """

    def __init__(self, told: str, zones: tuple[int, ...]) -> None:
        self.zones = zones
        super().__init__((told,))


def lacking(problem: PostProblem) -> FloatArray:
    """Return (z,) how many people a plan must newly reach, 0 where no plan could reach them.

    No plan could where even all usable venues together leave the commune under the floor.
    """
    if problem.floor is None:
        return np.zeros(len(problem.zone_people))
    lack = problem.floor * problem.zone_people - problem.zone_reached
    possible = within_reach(problem)
    lack[(lack <= _NOBODY) | (lack > possible * (1 + _NOBODY) + _NOBODY)] = 0.0
    lack[sorted(problem.spared)] = 0.0
    return np.minimum(lack, possible)


def within_reach(problem: PostProblem) -> FloatArray:
    """Return (z,) the people wanting whom some usable venue reaches."""
    ever = (problem.reached & problem.usable[:, :, None]).any(axis=(0, 1))
    people = np.where(ever, problem.wanting, 0.0)
    return np.bincount(problem.zone, people, len(problem.zone_people)).astype(np.float64)


def out_of_floor(problem: PostProblem) -> tuple[tuple[int, float], ...]:
    """Return the communes that even all venues leave under the floor, with their best share."""
    if problem.floor is None:
        return ()
    best = problem.zone_reached + within_reach(problem)
    short = (problem.floor * problem.zone_people - best > _NOBODY) & (problem.zone_people > 0)
    return tuple(
        (int(zone), float(best[zone] / problem.zone_people[zone])) for zone in np.flatnonzero(short)
    )


def newly_reached(problem: PostProblem, held: tuple[Held, ...]) -> FloatArray:
    """Return (z,) the people wanting whom a plan reaches."""
    people = np.where(half_days_reached(problem, held) > 0, problem.wanting, 0.0)
    return np.bincount(problem.zone, people, len(problem.zone_people)).astype(np.float64)


def shortage(problem: PostProblem, held: tuple[Held, ...]) -> FloatArray:
    """Return (z,) how many people a plan leaves each commune short of the floor."""
    short: FloatArray = np.maximum(lacking(problem) - newly_reached(problem, held), 0.0)
    return short


def under_floor(problem: PostProblem, held: tuple[Held, ...]) -> tuple[int, ...]:
    """Return the communes that a plan leaves under the floor where some plan could do better."""
    lacks = lacking(problem)
    short = newly_reached(problem, held) < lacks * (1 - _NOBODY) - _NOBODY
    return tuple(np.flatnonzero(short).tolist())


def as_percent(share: float) -> str:
    """Return a share in per cent, never told higher than it is.

    >>> as_percent(0.5999)
    '59 %'
    """
    return f"{int(np.floor(100 * share + 1e-6))} %"
