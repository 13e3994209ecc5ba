"""The two worlds that a plan is made for: what runs for sure, and a bus supposed besides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.unreached.model import N_HALF_DAYS, NewReach, Unreached, Venue
from maillage.access.visits.bounds import Bounds
from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.geometry import FloatArray
from maillage.kernel.progress import Progress
from maillage.siting.posts.model import Goal, Held, PostPlan, PostProblem, PostSolver, VenueRules


@dataclass(frozen=True, slots=True)
class Setting:
    """Who lacks what, and what help at each venue would reach: of the same points."""

    unreached: Unreached
    reach: NewReach

    @property
    def venues(self) -> tuple[Venue, ...]:
        """Where help could be given, in the order in which plans number venues."""
        return self.reach.venues


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a plan, whatever the world.

    ``worked`` are the half-days when a venue that tells none is supposed usable; the others as in
    ``PostProblem``. ``unreached_minutes`` None: the longest journey told in either world.
    """

    service: ServiceKey
    goal: Goal
    n_posts: int
    half_days_each: int
    returns: tuple[float, ...]
    people_per_half_day: float
    worked: frozenset[int]
    rules: VenueRules = field(default_factory=VenueRules)
    floor: float | None = None
    unreached_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What chooses, how hard, and who is told."""

    solver: PostSolver
    budget: Budget
    progress: Progress

    def solve(self, problem: PostProblem) -> PostPlan:
        """Return the best plan found, and a bound."""
        return self.solver.solve(problem, self.budget, self.progress)

    def solve_supposed(self, problem: PostProblem) -> PostPlan:
        """Return the best plan found; a floor that no plan comes to under a supposition is dropped.

        Raises ImpossibleDemand for anything else that contradicts.
        """
        try:
            return self.solve(problem)
        except ImpossibleDemand:
            if problem.floor is None:
                raise
            return self.solve(replace(problem, floor=None))


def worlds(setting: Setting, asked: Asked) -> Bounds[PostProblem]:
    """Return what is asked in each world; low is what runs for sure.

    A commune's public is its fragile people, and the recorded requests that nobody could answer;
    those reached today are its fragile people who do not lack the service.
    """
    longest = asked.unreached_minutes
    if longest is None:
        both = (setting.reach.minutes.low, setting.reach.minutes.high)
        longest = max(float(one[~np.isnan(one)].max(initial=0.0)) for one in both)
    told = replace(asked, unreached_minutes=longest)
    return Bounds(_world(setting, told, high=False), _world(setting, told, high=True))


def _world(setting: Setting, asked: Asked, *, high: bool) -> PostProblem:
    unreached, reach = setting.unreached, setting.reach
    wanting = unreached.wanting(asked.service)
    reached, minutes = reach.reached, reach.minutes
    here = wanting.high if high else wanting.low
    public, today = zone_counts(setting, asked.service, high=high)
    return PostProblem(
        goal=asked.goal,
        n_posts=asked.n_posts,
        half_days_each=asked.half_days_each,
        wanting=here,
        reached=reached.high if high else reached.low,
        minutes=minutes.high if high else minutes.low,
        may_open=may_open(reach.venues, asked.worked),
        zone=unreached.zone,
        zone_people=public,
        zone_reached=today,
        returns=asked.returns,
        people_per_half_day=asked.people_per_half_day,
        rules=asked.rules,
        floor=asked.floor,
        unreached_minutes=asked.unreached_minutes,
        venue_names=tuple(venue.name for venue in reach.venues),
        zone_names=unreached.zone_names,
    )


def zone_counts(
    setting: Setting, service: ServiceKey, *, high: bool
) -> tuple[FloatArray, FloatArray]:
    """Return (z,) the public of each commune, and (z,) how many of it are reached today."""
    unreached = setting.unreached
    wanting = unreached.wanting(service)
    here = wanting.high if high else wanting.low
    public = unreached.fragile + unreached.unmet[SERVICE_KEYS.index(service)]
    return by_zone(unreached, public), by_zone(unreached, public - here)


def by_zone(unreached: Unreached, people: FloatArray) -> FloatArray:
    """Return (z,) the people (p,) of each commune."""
    return np.bincount(unreached.zone, weights=people, minlength=len(unreached.zone_ids)).astype(
        np.float64
    )


def may_open(venues: tuple[Venue, ...], worked: frozenset[int]) -> IntArray:
    """Return (12, v) how many helpers may work at each venue at once, 0 where it is closed.

    A venue that tells no half-day may be used on those ``worked``; one that tells no room holds
    one helper.
    """
    table = np.zeros((N_HALF_DAYS, len(venues)), dtype=np.int32)
    for number, venue in enumerate(venues):
        then = worked if venue.half_days is None else venue.half_days
        table[sorted(then), number] = 1 if venue.room is None else venue.room
    return table


def side_by_side(both: Bounds[PostProblem]) -> PostProblem:
    """Return the problem whose points are those of both worlds, each person counted for a half.

    Its value is the mean of both worlds for goals that add people or minutes; for SERVED it is no
    less, the hours not taken in one world being lent to the other; for WORST it is the worst.
    """
    low, high = both.low, both.high
    n_zones = len(low.zone_people)
    return replace(
        low,
        wanting=np.concatenate([low.wanting, high.wanting]) / 2,
        reached=_joined(low.reached, high.reached),
        minutes=np.concatenate([low.minutes, high.minutes], axis=1),
        zone=np.concatenate([low.zone, high.zone + n_zones]).astype(low.zone.dtype),
        zone_people=np.concatenate([low.zone_people, high.zone_people]) / 2,
        zone_reached=np.concatenate([low.zone_reached, high.zone_reached]) / 2,
        zone_names=low.zone_names + high.zone_names,
        spared=low.spared | {zone + n_zones for zone in high.spared},
    )


def _joined(low: FlagArray, high: FlagArray) -> FlagArray:
    both: FlagArray = np.concatenate([low, high], axis=2)
    return both


def venues_of(held: tuple[Held, ...]) -> tuple[int, ...]:
    """Return the venues that hold some half-day, in order."""
    return tuple(sorted({one.venue for one in held}))
