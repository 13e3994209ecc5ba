"""« Gardez ceux-ci, déplacez celui-là »: the best plan within so many moves of the present one."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass, replace

from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.french import plural
from maillage.kernel.language import tr
from maillage.siting.model import PROVED_WITHIN
from maillage.siting.posts.judge import better, value
from maillage.siting.posts.model import Held, PostPlan, PostProblem
from maillage.siting.scenarios.allowed import why_no_plan
from maillage.siting.scenarios.ceilings import ceilings
from maillage.siting.scenarios.moves import left_of
from maillage.siting.scenarios.valued import gain
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
    those held instead, or besides where posts had some left; none could stay where it is without
    loss. ``n_searches`` were made.
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
    better than what is found. After ``most_searches``, or where time ends, the rest is only
    bounded, and the answer is not proved. Where there are too many sets, moves are made one after
    the other, bounded by the best plan of all. ImpossibleDemand where what is kept contradicts the
    rules or the means, whatever is given up.
    """
    moves = max(0, min(moves, len(present)))
    stays = _staying(problem, present, moves)
    n_kept = len(present) - moves
    if moves > 1 and math.comb(len(stays), n_kept) > MOST_SETS:
        return one_by_one(problem, present, moves, search, most_searches=most_searches)
    kept_sets = sorted(set(itertools.combinations(stays, n_kept)))
    told = ceilings(problem, kept_sets, problem.budget - n_kept)
    order = sorted(
        zip(told.tolist(), kept_sets, strict=True),
        key=lambda one: (-gain(problem, one[0], 0.0), one[1]),
    )
    return _through(problem, present, moves, search, _Order(order, most_searches))


def _staying(problem: PostProblem, present: tuple[Held, ...], moves: int) -> tuple[Held, ...]:
    """Return the present half-days that may stay; the others must be given up.

    ImpossibleDemand where those are more than may be moved.
    """
    usable = problem.usable
    stays = tuple(sorted(one for one in present if usable[one.half_day, one.venue]))
    n_gone = len(present) - len(stays)
    if n_gone > moves:
        gone = left_of(present, stays)
        told = tr(
            "le plan présent tient {n} là où il ne le peut plus, lieu interdit ou fermé alors "
            "({venues}) ; déplacements permis : {moves}"
        ).format(
            n=plural(n_gone, tr("demi-journée"), tr("demi-journées")),
            venues=problem.calendar.names({one.venue for one in gone}),
            moves=moves,
        )
        raise ImpossibleDemand((told,))
    return stays


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
        if done >= order.most_searches or (best.held is not None and search.budget.ended):
            bounds.append(ceiling)
            break
        try:
            wanted = _keeping(problem, kept)
            done += 1
            plan = search.solve(wanted)
        except ImpossibleDemand as error:
            refused = error
            continue
        bounds.append(plan.bound)
        best = _better_of(problem, best, plan, (present, moves))
    if best.held is None:
        raise refused or ImpossibleDemand(why_no_plan(problem, present))
    return _told(problem, present, best, bounds, done + 1)


def _start(problem: PostProblem, present: tuple[Held, ...]) -> _Best:
    """Return the present where it can be held still: no move is a plan too."""
    if why_no_plan(problem, present):
        return _Best(None, math.nan)
    return _Best(tuple(sorted(present)), value(problem, present))


def _keeping(problem: PostProblem, kept: tuple[Held, ...]) -> PostProblem:
    rules = replace(problem.rules, kept=problem.rules.kept | frozenset(kept))
    return replace(problem, rules=rules)


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
    stays, held, done = _staying(problem, present, moves), present, 0
    n_gone = len(present) - len(stays)
    if n_gone:
        held, done = keep_and_move(problem, stays, 0, search, most_searches=1).held, 1
    for _ in range(moves - n_gone):
        left = max(1, most_searches - done)
        step = keep_and_move(problem, held, 1, search, most_searches=left)
        done += step.n_searches
        same, held = step.held == tuple(sorted(held)), step.held
        if same or done >= most_searches or search.budget.ended:
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
    held = _put_back(problem, present, best.held or ())
    worst_open = max((gain(problem, one, 0.0) for one in bounds), default=-math.inf)
    bound = gain(problem, max(worst_open, gain(problem, best.value, 0.0)), 0.0)
    within = abs(bound - best.value) <= PROVED_WITHIN * max(1.0, abs(best.value))
    return Moved(
        held=held,
        value=value(problem, held),
        bound=bound,
        proved=within,
        better_by=gain(problem, best.value, value(problem, present)),
        removed=left_of(present, held),
        added=left_of(held, present),
        n_searches=n_searches,
    )


def _put_back(
    problem: PostProblem, present: tuple[Held, ...], held: tuple[Held, ...]
) -> tuple[Held, ...]:
    """Return a plan with each present half-day that may stay without loss where it is.

    Searches choose among plans of one value as they come: a move for nothing is nobody's wish.
    """
    for old in left_of(present, held):
        worth = value(problem, held)
        for instead in ((), *((new,) for new in _likest_first(old, left_of(held, present)))):
            back = tuple(sorted((*left_of(held, instead), old)))
            if not better(problem, worth, value(problem, back)) and not why_no_plan(problem, back):
                held = back
                break
    return held


def _likest_first(old: Held, new: tuple[Held, ...]) -> list[Held]:
    """Return half-days, those at the venue of another first, then those at its time."""
    return sorted(new, key=lambda one: (one.venue != old.venue, one.half_day != old.half_day, one))
