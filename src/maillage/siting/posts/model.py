"""Posts and their half-days: what is asked, and the plan.

A *post* is one helper who holds up to so many half-days a week, each at one venue. Demand points
and venues are numbered from 0 in the caller's order (venues by id); half-days as in
``access.unreached.model``.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.siting.model import Stopped
from maillage.siting.posts.rules import Calendar, Held, VenueRules, contradictions

__all__ = ["Goal", "Held", "PostPlan", "PostProblem", "PostSolver", "VenueRules"]


class Goal(enum.Enum):
    """What a plan is judged on."""

    REACHED = ("reached", "le plus de personnes à portée d'au moins une demi-journée")
    CHOICE = ("choice", "le plus de personnes, chacune d'autant mieux qu'elle a plusieurs choix")
    SERVED = ("served", "le plus de personnes reçues, dans la limite des heures")
    NEAR = ("near", "le moins de trajet pour tous")
    WORST = ("worst", "le trajet le moins long pour les plus mal servis")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)

    @property
    def is_of_people(self) -> bool:
        """Whether more is better: people, where the others count minutes."""
        return self in (Goal.REACHED, Goal.CHOICE, Goal.SERVED)


@dataclass(frozen=True, slots=True, eq=False)
class PostProblem:
    """Choose the half-days of ``n_posts`` posts, of at most ``half_days_each`` a week.

    ``wanting`` (p,) people; ``reached`` (12, v, p) whether a visit works; ``minutes`` (v, p)
    journey both ways, NaN where none works; ``may_open`` (12, v) how many helpers may work there
    at once (0: closed). ``zone`` (p,) numbers communes, ``zone_people`` (z,) who lives there of
    the public counted and ``zone_reached`` (z,) how many of them are reached today; ``floor``
    0-1 is the share that every commune must come to where any plan can (None: no floor), but for
    the communes ``spared``, left out of it for want of means to hold it everywhere.
    ``returns`` is the share 0-1 of the people wanting who are well served with 1, 2… half-days in
    the week, never falling and rising ever less. ``people_per_half_day`` is how many one weekly
    half-day can serve in a year (goal SERVED). ``unreached_minutes`` is what a person pays whom no
    held venue helps, and the most that anybody pays (goals NEAR and WORST; None: the longest
    journey told). ``venue_names`` and ``zone_names`` serve sentences alone, numbers where empty.

    Raises ValueError where the arrays are not as said; ImpossibleDemand, telling every
    contradiction, where no plan can be made.
    """

    goal: Goal
    n_posts: int
    half_days_each: int
    wanting: FloatArray
    reached: FlagArray
    minutes: FloatArray
    may_open: IntArray
    zone: IntArray
    zone_people: FloatArray
    zone_reached: FloatArray
    returns: tuple[float, ...]
    people_per_half_day: float
    rules: VenueRules = field(default_factory=VenueRules)
    floor: float | None = None
    spared: frozenset[int] = frozenset()
    unreached_minutes: float | None = None
    venue_names: tuple[str, ...] = ()
    zone_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check what the class promises."""
        message = next(_wrong(self), "")
        if message:
            raise ValueError(message)
        found = tuple(contradictions(self.calendar, self.rules))
        if self.floor is not None and not self.goal.is_of_people:
            clause = tr("un plancher par commune ne se demande pas avec le but « {goal} »")
            found = (*found, clause.format(goal=self.goal.label))
        if found:
            raise ImpossibleDemand(found)

    @property
    def n_points(self) -> int:
        """How many demand points there are."""
        return len(self.wanting)

    @property
    def n_venues(self) -> int:
        """How many venues there are."""
        return int(self.may_open.shape[1])

    @property
    def budget(self) -> int:
        """How many half-days may be held in all."""
        return self.n_posts * self.half_days_each

    @property
    def calendar(self) -> Calendar:
        """Who may be where and when."""
        return Calendar(self.n_posts, self.half_days_each, self.may_open, self.venue_names)

    @property
    def usable(self) -> FlagArray:
        """Flags (12, v): where and when somebody may be."""
        return self.calendar.usable(self.rules)

    @property
    def longest(self) -> float:
        """The most minutes that anybody pays: ``unreached_minutes``, or the longest journey."""
        if self.unreached_minutes is not None:
            return self.unreached_minutes
        told = self.minutes[~np.isnan(self.minutes)]
        return float(told.max(initial=0.0))

    def zone_name(self, zone: int) -> str:
        """What a commune is called in a sentence."""
        if self.zone_names:
            return self.zone_names[zone]
        return tr("commune n° {number}").format(number=zone + 1)


@dataclass(frozen=True, slots=True)
class PostPlan:
    """The half-days held, in order, what they are worth and what no plan can do better than.

    ``held`` tells a half-day twice where two helpers hold it. ``value`` and ``bound`` are people
    for REACHED, CHOICE and SERVED, people × minutes for NEAR, minutes for WORST. ``served`` is
    (p,) as a tuple: the people of each point that the goal counts (for NEAR and WORST, those whom
    a held venue helps). ``stopped`` tells why there is no proof, None where there is one.
    """

    held: tuple[Held, ...]
    value: float
    bound: float
    proved: bool
    stopped: Stopped | None
    engine: str
    served: tuple[float, ...]

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a share of it; infinite for a value of 0."""
        apart = abs(self.value - self.bound)
        if apart == 0:
            return 0.0
        return apart / abs(self.value) if self.value else math.inf


class PostSolver(Protocol):
    """What chooses the half-days of posts."""

    @property
    def name(self) -> str:
        """What it is, in French, as answers name it."""

    def solve(self, problem: PostProblem, budget: Budget, progress: Progress) -> PostPlan:
        """Return the best plan found, and a bound.

        Raises TooLarge, with an estimate, before beginning what memory cannot hold;
        ImpossibleDemand where no plan comes to the floor.
        """


def _wrong(problem: PostProblem) -> Iterator[str]:
    """Tell what is wrong, shapes first: nothing else can be looked at before they are right."""
    yield from _bad_shapes(problem)
    yield from _bad_numbers(problem)
    yield from _bad_rules(problem)


def _bad_shapes(problem: PostProblem) -> Iterator[str]:
    p, v = len(problem.wanting), problem.may_open.shape[-1]
    n_zones = len(problem.zone_people)
    expected = {
        "wanting": (p,),
        "reached": (N_HALF_DAYS, v, p),
        "minutes": (v, p),
        "may_open": (N_HALF_DAYS, v),
        "zone": (p,),
        "zone_people": (n_zones,),
        "zone_reached": (n_zones,),
    }
    for name, shape in expected.items():
        array: FloatArray = getattr(problem, name)
        if array.shape != shape:
            yield f"{name} must be {shape}, not {array.shape}"
    for name, names, n in (
        ("venue_names", problem.venue_names, v),
        ("zone_names", problem.zone_names, n_zones),
    ):
        if names and len(names) != n:
            yield f"{name} must be empty or {n}, not {len(names)}"


def _bad_numbers(problem: PostProblem) -> Iterator[str]:
    for name in ("wanting", "zone_people", "zone_reached", "may_open"):
        array: FloatArray = getattr(problem, name)
        if not np.isfinite(array).all() or (array < 0).any():
            yield f"{name} must be numbers, finite, not negative"
    if np.isinf(problem.minutes).any() or (problem.minutes < 0).any():
        yield "minutes must not be negative nor infinite; NaN where no journey works"
    if problem.n_points and not (
        0 <= problem.zone.min(initial=0) <= problem.zone.max() < len(problem.zone_people)
    ):
        yield "zone tells a commune that is not there"
    steps = np.diff(problem.returns, prepend=0.0)
    if not len(steps) or (steps < 0).any() or (np.diff(steps) > 1e-9).any() or sum(steps) > 1:
        yield "returns must be shares 0-1, never falling and rising ever less"
    if not (math.isfinite(problem.people_per_half_day) and problem.people_per_half_day >= 0):
        yield "people_per_half_day must be a number, not negative"
    if any(not 0 <= zone < len(problem.zone_people) for zone in problem.spared):
        yield "spared tells a commune that is not there"
    if problem.floor is not None and not 0 <= problem.floor <= 1:
        yield "floor must be a share 0-1"
    longest = problem.unreached_minutes
    if longest is not None and not (math.isfinite(longest) and longest >= 0):
        yield "unreached_minutes must be a number, not negative"


def _bad_rules(problem: PostProblem) -> Iterator[str]:
    numbers = problem.rules.numbers
    if numbers and not 0 <= min(numbers) <= max(numbers) < problem.n_venues:
        yield f"a rule names a venue that is none of the {problem.n_venues}"
    if any(not 0 <= held.half_day < N_HALF_DAYS for held in problem.rules.kept):
        yield f"a half-day kept is none of the {N_HALF_DAYS}"
