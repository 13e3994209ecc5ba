"""Moves that bring more people within the hours of the half-days held (goal SERVED)."""

from __future__ import annotations

import numpy as np

from maillage.access.timetable.model import FlagArray
from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.siting.model import PROVED_WITHIN
from maillage.siting.posts.flow import flow
from maillage.siting.posts.ground import Numbers
from maillage.siting.posts.rules import Held
from maillage.siting.posts.search import Week

_MOST_LOOKED_AT = 6
"""How many other units are tried in place of one."""


def received_better(week: Week, bound: float, budget: Budget) -> tuple[Held, ...]:
    """Return a plan that receives at least as many, changed one half-day at a time.

    ``bound`` is what no plan passes: there it ends. The week is left as it was begun or better.
    """
    worth, left = _received(week)
    enough = bound * (1 - PROVED_WITHIN)
    changed = True
    while changed and worth < enough and not budget.ended:
        changed = False
        for unit in (-1, *week.units):
            if worth >= enough or budget.ended:
                break
            if unit >= 0 and not week.may_leave(unit):
                continue
            moved = _moved(week, unit, worth, left)
            if moved is not None:
                (worth, left), changed = moved, True
    return week.told()


def _moved(
    week: Week, unit: int, worth: float, left: FloatArray
) -> tuple[float, FloatArray] | None:
    """Hold another unit in place of one (-1: beside all) where more are received; None if not."""
    short = float(week.short().sum())
    last = unit >= 0 and week.is_last_needed(unit)
    if unit >= 0:
        week.change(unit, -1)
    may = week.may_add()
    if last:
        may &= week.ground.venue == week.ground.venue[unit]
    for other in _promising(week, may, left):
        week.change(other, 1)
        found = _received(week)
        if found[0] > worth * (1 + 1e-9) and float(week.short().sum()) <= short:
            return found
        week.change(other, -1)
    if unit >= 0:
        week.change(unit, 1)
    return None


def _promising(week: Week, may: FlagArray, left: FloatArray) -> list[int]:
    """Return the units that may be held, those before which the most people are left first."""
    there = np.minimum(week.ground.reach @ left, week.ground.problem.people_per_half_day)
    score = np.where(may, there + 1e-6 * week.gains_alone(), -1.0)
    order = np.argsort(-score, kind="stable")[:_MOST_LOOKED_AT]
    return [int(unit) for unit in order if score[unit] >= 0]


def _received(week: Week) -> tuple[float, FloatArray]:
    """Return how many are received, and how many of each group (g,) want to come and are not."""
    ground = week.ground
    shares = np.concatenate(([0.0], np.cumsum(ground.steps)))
    coming = ground.weight * shares[np.minimum(week.reached, len(ground.steps))]
    units: Numbers = np.flatnonzero(week.held)
    room = ground.problem.people_per_half_day * week.held[units]
    taken = flow(coming, room.astype(np.float64), ground.reach[units])
    return float(taken.sum()), ground.weight * shares[-1] - taken
