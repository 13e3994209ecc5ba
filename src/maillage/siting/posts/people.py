"""The goals that count people, to the proof."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.french import listed_first
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.siting.posts.cover_program import (
    CoverProgram,
    best_floor_program,
    least_short_program,
)
from maillage.siting.posts.dealing import counted, dealt
from maillage.siting.posts.floor import FloorTooHigh, as_percent, under_floor
from maillage.siting.posts.ground import Ground, ground
from maillage.siting.posts.model import Goal, PostProblem
from maillage.siting.posts.program import ProgramSolver, Solved
from maillage.siting.posts.received import received_better
from maillage.siting.posts.rules import Held
from maillage.siting.posts.search import Week, improve
from maillage.siting.posts.standing import Standing, bettered, bounded, standing_of
from maillage.siting.posts.twin import good_week, people_bound

_FEW_TRIES = 3
"""Shaken restarts before the solver begins: it needs a good plan, not the best."""
_MOST_TOLD = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    problem: PostProblem
    programs: ProgramSolver
    budget: Budget
    progress: Progress
    by_half_day: Ground


def most_people(
    problem: PostProblem, programs: ProgramSolver, budget: Budget, progress: Progress
) -> Standing:
    """Return the plan of the most people, and what none passes.

    Raises ImpossibleDemand, with the best share possible, where no plan comes to the floor.
    """
    search = _Search(problem, programs, budget, progress, ground(problem, merged=False))
    week = good_week(search.by_half_day, replace(budget, tries=min(budget.tries, _FEW_TRIES)))
    bound = people_bound(week)
    if week.short().any():
        held = _on_the_floor(search)
    elif problem.goal is Goal.SERVED:
        held = received_better(week, bound, budget)
    else:
        held = week.told()
    standing = standing_of(problem, held, bound)
    progress.step(tr("Recherche de la preuve"))
    for merged in (True, False):
        if standing.is_proved or standing.stopped is not None:
            break
        small = ground(problem, merged=merged)
        standing = _proved(search, small, standing)
        if _is_exact(small):
            break
    return standing


def _is_exact(small: Ground) -> bool:
    """Say whether the program of a ground is worth what dealing it out gives."""
    is_reached = small.problem.goal is Goal.REACHED
    return is_reached or small.problem.n_posts == 1 or int(small.sizes.max(initial=1)) == 1


def _proved(search: _Search, small: Ground, standing: Standing) -> Standing:
    """Return the standing after one program: its bound, and its plan where that is better."""
    cover = CoverProgram(small)
    begin = cover.held, counted(small, standing.held)
    solved = search.programs.least(cover.program, begin, search.budget)
    standing = _with(search, small, standing, cover, solved)
    return replace(standing, stopped=solved.stopped)


def _with(
    search: _Search, small: Ground, standing: Standing, cover: CoverProgram, solved: Solved
) -> Standing:
    problem = search.problem
    if solved.values is not None:
        held = dealt(small, solved.values[cover.held])
        standing = bettered(problem, standing, held)
        if not _is_exact(small):
            standing = bettered(problem, standing, _polished(search, held))
    return bounded(problem, standing, -solved.bound)


def _polished(search: _Search, held: tuple[Held, ...]) -> tuple[Held, ...]:
    """Return a plan dealt out, its half-days moved while that helps."""
    small, rules = search.by_half_day, search.problem.rules
    present = {one.venue for one in held}
    needed = rules.needed.union(*(group for group in rules.paired if group & present))
    closed = frozenset().union(*rules.paired) - needed
    week = Week(small, needed, ~np.isin(small.venue, sorted(closed)))
    week.set_to(np.rint(counted(small, held)).astype(np.int64))
    improve(week, search.budget)
    return week.told()


def _on_the_floor(search: _Search) -> tuple[Held, ...]:
    """Return any plan that comes to the floor. Raises ImpossibleDemand where none does."""
    small = search.by_half_day
    cover = CoverProgram(small)
    cover.draft.forget_costs()
    solved = search.programs.least(cover.program, None, search.budget)
    if solved.values is not None:
        return dealt(small, solved.values[cover.held])
    if solved.stopped is not None:
        clause = tr("aucun plan tenant le plancher n'a été trouvé dans le temps donné")
        raise ImpossibleDemand((clause,))
    best = best_floor_program(small)
    answer = search.programs.least(best.program, None, search.budget)
    raise FloorTooHigh(_floor_told(best, answer), _to_spare(search))


def _to_spare(search: _Search) -> tuple[int, ...]:
    """Return the communes that a plan of the fewest people under the floor leaves there."""
    small = search.by_half_day
    least = least_short_program(small)
    answer = search.programs.least(least.program, None, search.budget)
    held = () if answer.values is None else dealt(small, answer.values[least.held])
    return under_floor(search.problem, held)


def _floor_told(best: CoverProgram, answer: Solved) -> str:
    """Return the best share for all, and who stays under the floor in the plan that gives it."""
    problem = best.ground.problem
    assert problem.floor is not None  # noqa: S101 - it is what cannot be held
    told = tr("le plancher de {floor} ne peut être tenu partout avec {n} demi-journées").format(
        floor=as_percent(problem.floor), n=problem.budget
    )
    if answer.values is None:
        return told
    held = dealt(best.ground, answer.values[best.held])
    under = [problem.zone_name(zone) for zone in under_floor(problem, held)]
    share = as_percent(max(0.0, -answer.bound))
    best_told = tr("au mieux {share} partout ; resteraient sous le plancher : {zones}")
    return f"{told} : {best_told.format(share=share, zones=listed_first(under, _MOST_TOLD))}"
