"""« Gardez ceux-ci, déplacez celui-là »: the best plan within so many moves of the present one."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass, replace

from maillage.kernel.errors import ImpossibleDemand
from maillage.siting.model import PROVED_WITHIN
from maillage.siting.posts.judge import better, value
from maillage.siting.posts.model import Held, PostPlan, PostProblem
from maillage.siting.scenarios.ceilings import ceilings
from maillage.siting.scenarios.placing import against_rules
from maillage.siting.scenarios.valued import gain, lived
from maillage.siting.scenarios.worlds import Search

MOST_SETS = 20_000
"""Beyond so many sets of half-days to give up, moves are searched one after the other."""

_SLACK = 1e-9
"""A ceiling is rounded up by this share before a set is left out for it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The best plan found that leaves all but a few present half-days where they are.

    ``value`` and ``bound`` in the unit of the goal; no plan within so many moves does better than
    the bound. ``proved``: none does better than this one. ``better_by`` is the difference with the
    present, in the unit of the goal. ``removed`` are the present half-days given up, ``added``
    those held instead, or besides where posts had some left. ``n_searches`` were made.
    """

    held: tuple[Held, ...]
    value: float
    bound: float
    proved: bool
    better_by: float
    removed: tuple[Held, ...]
    added: tuple[Held, ...]
    n_searches: int


@dataclass(frozen=True, slots=True)
class _Best:
    held: tuple[Held, ...] | None
    value: float


def keep_and_move(
    problem: PostProblem,
    present: tuple[Held, ...],
    moves: int,
    search: Search,
    *,
    most_searches: int,
) -> Moved:
    """Return the best plan in which at most ``moves`` present half-days are given up.

    Half-days that the posts have and do not hold may be held too. Each set of half-days that
    could be given up is one search with all others kept; a set is left out where even the most
    that its half-days could add elsewhere, or the best plan of all (one search more), does no
    better than what is found. After ``most_searches`` the rest is only bounded, and the answer is
    not proved. Where there are too many sets, moves are made one after the other, bounded by the
    best plan of all. ImpossibleDemand where what is kept contradicts the rules or the means,
    whatever is given up.
    """
    moves = max(0, min(moves, len(present)))
    if moves > 1 and math.comb(len(present), moves) > MOST_SETS:
        return one_by_one(problem, present, moves, search, most_searches=most_searches)
    kept_sets = sorted(set(itertools.combinations(sorted(present), len(present) - moves)))
    n_more = problem.budget - (len(present) - moves)
    told = ceilings(problem, kept_sets, n_more)
    order = sorted(
        zip(told.tolist(), kept_sets, strict=True),
        key=lambda one: (-gain(problem, one[0], 0.0), one[1]),
    )
    return _through(problem, present, moves, search, _Order(order, most_searches))


@dataclass(frozen=True, slots=True)
class _Order:
    """Sets of half-days kept, those with the best ceilings first, and how many may be searched."""

    sets: list[tuple[float, tuple[Held, ...]]]
    most_searches: int


def _through(
    problem: PostProblem, present: tuple[Held, ...], moves: int, search: Search, order: _Order
) -> Moved:
    best = _start(problem, present)
    bounds: list[float] = []
    refused: ImpossibleDemand | None = None
    limit, done = search.solve(problem).bound, 0
    for alone, kept in order.sets:
        ceiling = limit if better(problem, alone, limit) else alone
        if best.held is not None and not better(problem, _wider(problem, ceiling), best.value):
            break
        if done >= order.most_searches:
            bounds.append(ceiling)
            break
        done += 1
        try:
            plan = _searched(problem, kept, search)
        except ImpossibleDemand as error:
            refused = error
            continue
        bounds.append(plan.bound)
        best = _better_of(problem, best, plan, (present, moves))
    if best.held is None:
        raise refused or ImpossibleDemand(tuple(against_rules(problem, present)))
    return _told(problem, present, best, bounds, done + 1)


def _start(problem: PostProblem, present: tuple[Held, ...]) -> _Best:
    """Return the present where it follows what is decided: no move is a plan too."""
    follows = next(against_rules(problem, present), None) is None
    if len(present) <= problem.budget and follows and not lived(problem, present).under_floor:
        return _Best(tuple(sorted(present)), value(problem, present))
    return _Best(None, math.nan)


def _searched(problem: PostProblem, kept: tuple[Held, ...], search: Search) -> PostPlan:
    rules = replace(problem.rules, kept=problem.rules.kept | frozenset(kept))
    return search.solve(replace(problem, rules=rules))


def _better_of(
    problem: PostProblem,
    best: _Best,
    plan: PostPlan,
    within: tuple[tuple[Held, ...], int],
) -> _Best:
    """Return the better of two; a half-day held twice is kept once, and may so move too far."""
    present, moves = within
    if (Counter(present) - Counter(plan.held)).total() > moves:
        return best
    if best.held is None or better(problem, plan.value, best.value):
        return _Best(plan.held, plan.value)
    return best


def _wider(problem: PostProblem, ceiling: float) -> float:
    slack = _SLACK * max(1.0, abs(ceiling))
    return ceiling + slack if problem.goal.is_of_people else ceiling - slack


def one_by_one(
    problem: PostProblem,
    present: tuple[Held, ...],
    moves: int,
    search: Search,
    *,
    most_searches: int,
) -> Moved:
    """Return the plan of the best single moves, one after the other, as keep_and_move tells it.

    Its bound is that of the best plan of all, wherever its half-days are.
    """
    held, done = present, 0
    for _ in range(moves):
        left = max(1, most_searches - done)
        step = keep_and_move(problem, held, 1, search, most_searches=left)
        done += step.n_searches
        stays, held = step.held == tuple(sorted(held)), step.held
        if stays or done >= most_searches:
            break
    bound = search.solve(problem).bound
    return _told(problem, present, _Best(held, value(problem, held)), [bound], done + 1)


def _told(
    problem: PostProblem,
    present: tuple[Held, ...],
    best: _Best,
    bounds: list[float],
    n_searches: int,
) -> Moved:
    held = best.held or ()
    worst_open = max((gain(problem, one, 0.0) for one in bounds), default=-math.inf)
    bound = gain(problem, max(worst_open, gain(problem, best.value, 0.0)), 0.0)
    within = abs(bound - best.value) <= PROVED_WITHIN * max(1.0, abs(best.value))
    return Moved(
        held=held,
        value=best.value,
        bound=bound,
        proved=within,
        better_by=gain(problem, best.value, value(problem, present)),
        removed=_listed(Counter(present) - Counter(held)),
        added=_listed(Counter(held) - Counter(present)),
        n_searches=n_searches,
    )


def _listed(counted: Counter[Held]) -> tuple[Held, ...]:
    return tuple(sorted(counted.elements()))
