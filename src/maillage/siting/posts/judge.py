"""What a plan is worth, told from the problem itself: every solver's plan is judged here."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.geometry import FloatArray
from maillage.siting.model import Stopped
from maillage.siting.posts.flow import flow
from maillage.siting.posts.model import Goal, PostPlan, PostProblem
from maillage.siting.posts.rules import Held


def half_days_reached(problem: PostProblem, held: Iterable[Held]) -> IntArray:
    """Return (p,) on how many half-days each point reaches some held venue."""
    by_half_day: list[list[int]] = [[] for _ in range(N_HALF_DAYS)]
    for one in sorted(set(held)):
        by_half_day[one.half_day].append(one.venue)
    counts = np.zeros(problem.n_points, dtype=np.int32)
    for half_day, venues in enumerate(by_half_day):
        if venues:
            counts += problem.reached[half_day, venues].any(axis=0)
    return counts


def willing(problem: PostProblem, counts: IntArray) -> FloatArray:
    """Return (p,) the people well served, hours set aside, with so many half-days in reach."""
    returns = np.concatenate(([0.0], problem.returns))
    share: FloatArray = returns[np.minimum(counts, len(problem.returns))]
    return problem.wanting * share


def served(problem: PostProblem, held: tuple[Held, ...]) -> FloatArray:
    """Return (p,) the people of each point that the goal counts."""
    if not problem.goal.is_of_people:
        return np.where(helped(problem, held), problem.wanting, 0.0)
    counts = half_days_reached(problem, held)
    if problem.goal is Goal.REACHED:
        return np.where(counts > 0, problem.wanting, 0.0)
    if problem.goal is Goal.CHOICE:
        return willing(problem, counts)
    return received(problem, held, willing(problem, counts))


def received(problem: PostProblem, held: tuple[Held, ...], coming: FloatArray) -> FloatArray:
    """Return (p,) the people received of those coming, each half-day holding only so many."""
    times = Counter(held)
    distinct = sorted(times)
    if not distinct:
        return np.zeros(problem.n_points)
    reach = np.array([problem.reached[one.half_day, one.venue] for one in distinct])
    holds = problem.people_per_half_day * np.array([times[one] for one in distinct], dtype=float)
    patterns, at = np.unique(reach, axis=1, return_inverse=True)
    at = at.reshape(-1)
    together = np.bincount(at, coming, patterns.shape[1]).astype(np.float64)
    taken = flow(together, holds, patterns)
    share = np.divide(taken, together, out=np.zeros_like(taken), where=together > 0)
    return coming * share[at]


def helped(problem: PostProblem, held: Iterable[Held]) -> FlagArray:
    """Flag the points (p,) from which some held venue can be come to."""
    venues = sorted({one.venue for one in held})
    return np.asarray((~np.isnan(problem.minutes[venues])).any(axis=0))


def minutes_paid(problem: PostProblem, held: Iterable[Held]) -> FloatArray:
    """Return (p,) minutes to the nearest held venue, never above the longest allowed."""
    venues = sorted({one.venue for one in held})
    longest = problem.longest
    known = np.where(np.isnan(problem.minutes[venues]), longest, problem.minutes[venues])
    paid: FloatArray = known.min(axis=0, initial=longest)
    return paid


def counted_in_worst(problem: PostProblem) -> FlagArray:
    """Flag the points (p,) with people that some usable venue helps: those WORST looks at."""
    usable = problem.usable.any(axis=0)
    return np.asarray((problem.wanting > 0) & (~np.isnan(problem.minutes[usable])).any(axis=0))


def value(problem: PostProblem, held: tuple[Held, ...]) -> float:
    """Return what a plan is worth, summed without rounding."""
    if problem.goal.is_of_people:
        return math.fsum(served(problem, held))
    paid = minutes_paid(problem, held)
    if problem.goal is Goal.NEAR:
        return math.fsum(paid * problem.wanting)
    return float(paid[counted_in_worst(problem)].max(initial=0.0))


def better(problem: PostProblem, one: float, other: float) -> bool:
    """Say whether a value is better than another."""
    return one > other if problem.goal.is_of_people else one < other


def plan_of(
    problem: PostProblem,
    held: tuple[Held, ...],
    bound: float,
    stopped: Stopped | None,
    engine: str,
) -> PostPlan:
    """Return the plan of some half-days: ``stopped`` None says that the bound proves it."""
    worth = value(problem, held)
    bound = max(bound, worth) if problem.goal.is_of_people else min(bound, worth)
    counted = tuple(float(people) for people in served(problem, held))
    return PostPlan(tuple(sorted(held)), worth, bound, stopped is None, stopped, engine, counted)
