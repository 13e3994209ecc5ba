"""The most that some half-days kept, and so many more held anywhere, could be worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maillage.kernel.geometry import FloatArray
from maillage.siting.posts.judge import half_days_reached, minutes_paid, value, willing
from maillage.siting.posts.model import Goal, Held, PostProblem

_SETS_AT_ONCE = 256
"""How many sets share one product of matrices: enough to be fast, few enough to stay small."""


def ceilings(
    problem: PostProblem, kept_sets: Sequence[tuple[Held, ...]], n_more: int
) -> FloatArray:
    """Return for each set of half-days what it can come to with ``n_more`` half-days at most.

    In the unit of the goal; for goals of minutes, at least. Each half-day more makes no more people
    well served (saves no more minutes) than it does for the set alone, whatever else is held; for
    SERVED the hours of all half-days are a limit too. Rules are not looked at.
    """
    if problem.goal is Goal.WORST:
        everywhere = tuple(
            Held(venue, 0) for venue in np.flatnonzero(problem.usable.any(axis=0)).tolist()
        )
        return np.full(len(kept_sets), value(problem, everywhere))
    if problem.goal is Goal.NEAR:
        return np.array([_nearest(problem, kept, n_more) for kept in kept_sets], dtype=float)
    found = [
        _of_people(problem, kept_sets[first : first + _SETS_AT_ONCE], n_more)
        for first in range(0, len(kept_sets), _SETS_AT_ONCE)
    ]
    return np.concatenate(found) if found else np.zeros(0)


def _nearest(problem: PostProblem, kept: tuple[Held, ...], n_more: int) -> float:
    paid = minutes_paid(problem, kept)
    there = np.where(np.isnan(problem.minutes), np.inf, problem.minutes)
    saved = np.clip(paid - there, 0.0, None) @ problem.wanting
    saved[~problem.usable.any(axis=0)] = 0.0
    least = float(paid @ problem.wanting) - float(np.sort(saved)[::-1][:n_more].sum())
    return max(0.0, least)


def _of_people(
    problem: PostProblem, kept_sets: Sequence[tuple[Held, ...]], n_more: int
) -> FloatArray:
    counts = [half_days_reached(problem, kept) for kept in kept_sets]
    if problem.goal is Goal.REACHED:
        now = np.array([np.where(c > 0, problem.wanting, 0.0) for c in counts])
        step = problem.wanting - now
    else:
        now = np.array([willing(problem, c) for c in counts])
        step = np.array([willing(problem, c + 1) for c in counts]) - now
    reach = problem.reached[problem.usable].astype(np.float64)
    added = np.sort(reach @ step.T, axis=0)[::-1][:n_more].sum(axis=0)
    most: FloatArray = now.sum(axis=1) + added
    if problem.goal is Goal.SERVED:
        hours = np.array([len(kept) + n_more for kept in kept_sets]) * problem.people_per_half_day
        most = np.minimum(most, hours)
    return most
