"""The goals that count minutes, to the proof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.siting.model import SitingSolver
from maillage.siting.posts.journeys import Journeys, journeys_of, radii, within
from maillage.siting.posts.model import PostProblem
from maillage.siting.posts.program import ProgramSolver
from maillage.siting.posts.rules import Held
from maillage.siting.posts.standing import Standing, bettered, bounded, standing_of
from maillage.siting.posts.twin import kindest, least_travel, least_worst
from maillage.siting.posts.venue_program import VenueProgram, ladders_of

_ALMOST = 0.5
"""A whole number is up above this."""


def nearest(
    problem: PostProblem,
    programs: ProgramSolver,
    siting: SitingSolver,
    budget: Budget,
    progress: Progress,
) -> Standing:
    """Return the plan of the least travel: the p-median where the calendar can hold it.

    Where it cannot, the ladders of a program are written as far as the plans met climb them.
    """
    journeys = journeys_of(problem)
    standing = standing_of(problem, *least_travel(journeys, siting, budget, progress))
    progress.step(tr("Recherche de la preuve"))
    ladders, chosen = ladders_of(journeys), _items_of(journeys, standing.held)
    ladders.climb(chosen)
    while not standing.is_proved:
        program, base = ladders.program(journeys)
        begin = program.held, _flags(chosen, journeys)
        solved = programs.least(program.draft.program(), begin, budget)
        if solved.values is not None:
            chosen = frozenset(np.flatnonzero(solved.values[program.held] > _ALMOST).tolist())
            held = journeys.plan(chosen)
            standing = standing if held is None else bettered(problem, standing, held)
        standing = bounded(problem, standing, base + solved.bound)
        if solved.stopped is not None:
            return replace(standing, stopped=solved.stopped)
        if not ladders.climb(chosen):
            break
    return standing


def least_of_worst(
    problem: PostProblem, programs: ProgramSolver, budget: Budget, progress: Progress
) -> Standing:
    """Return the plan whose worst served have the shortest way: the radius is halved to proof."""
    journeys = journeys_of(problem)
    standing = standing_of(problem, *least_worst(journeys, budget))
    progress.step(tr("Recherche de la preuve"))
    steps = radii(journeys)
    low = int(np.searchsorted(steps, standing.bound))
    high = int(np.searchsorted(steps, standing.worth))
    while low < high:
        middle = (low + high) // 2
        program = VenueProgram(journeys)
        program.cover(within(journeys, float(steps[middle])))
        solved = programs.least(program.draft.program(), None, budget)
        if solved.values is not None:
            chosen = frozenset(np.flatnonzero(solved.values[program.held] > _ALMOST).tolist())
            held = kindest(journeys, chosen, float(steps[middle]), budget)
            standing, high = bettered(problem, standing, held), middle
        elif solved.stopped is not None:
            return replace(standing, stopped=solved.stopped)
        else:
            low = middle + 1
            standing = bounded(problem, standing, float(steps[low]))
    return standing


def _items_of(journeys: Journeys, held: tuple[Held, ...]) -> frozenset[int]:
    venues = {one.venue for one in held}
    return frozenset(n for n, item in enumerate(journeys.items) if item & venues)


def _flags(chosen: frozenset[int], journeys: Journeys) -> FloatArray:
    flags = np.zeros(journeys.n_items)
    flags[sorted(chosen)] = 1.0
    return flags
