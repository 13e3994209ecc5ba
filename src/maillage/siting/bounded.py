"""The solver of siting: a good choice, a bound, sites fixed by it, and a search of what is left."""

from __future__ import annotations

import math

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.siting.branching import (
    Branching,
    Closing,
    Incumbent,
    Node,
    RemainderSolver,
    Searched,
)
from maillage.siting.core import Core, FlagArray, check_size, core_of, narrowed, step_of
from maillage.siting.interchange import greedy, interchanged, shaken
from maillage.siting.lagrangian import Pace, Relaxed, first_prices, relaxed, surely
from maillage.siting.model import PROVED_WITHIN, Covering, Problem, Sited

LEAST_PROMISING = 100
"""How many sites at least the local search looks among."""


class BoundedSiting:
    """Interchange, Lagrangian bound, fixing, branch and bound: numpy alone.

    With an engine for remainders, what is left once sites are fixed goes to it where it is small
    enough.
    """

    def __init__(self, remainder: RemainderSolver | None = None) -> None:
        self._remainder = remainder

    @property
    def name(self) -> str:
        """What it is, in French."""
        own = tr("relaxation lagrangienne, séparation et évaluation")
        return own if self._remainder is None else f"{own}, {self._remainder.name}"

    def solve(self, problem: Problem, budget: Budget, progress: Progress) -> Sited:
        """Return the best choice found, and a bound. Raises TooLarge."""
        choice = problem.choice
        check_size(problem.n_pairs, choice.n_sites, problem.n_candidates, budget.memory_bytes)
        core = core_of(problem)
        whole = math.fsum(problem.weights) if isinstance(problem, Covering) else 0.0
        closing = Closing(step_of(problem), PROVED_WITHIN, whole)
        searched = least_paid(core, closing, budget, progress, self._remainder)
        return sited(problem, searched, self.name)


def least_paid(
    core: Core,
    closing: Closing,
    budget: Budget,
    progress: Progress,
    remainder: RemainderSolver | None = None,
) -> Searched:
    """Return the choice of a core by which demands pay the least, and a bound."""
    progress.step(tr("Premier choix de sites"))
    if core.settled:
        value = core.value(core.any_choice)
        return Searched(Incumbent(core.told(core.any_choice), value), value, None)
    chosen = interchanged(core, greedy(core), budget)
    best = Incumbent(core.told(chosen), core.value(chosen))
    search = Branching(best, closing, budget, remainder)
    node = _bounded(core, chosen, search, progress)
    progress.step(tr("Recherche de la preuve"), None)
    return search.run(node, progress)


def _bounded(core: Core, chosen: FlagArray, search: Branching, progress: Progress) -> Node:
    """Return the whole search as one node: bounded, improved and fixed as far as that goes."""
    prices = np.zeros(int(core.demands.max(initial=0)) + 1)
    prices[core.demands] = first_prices(core)
    node = Node(core, core.floor, prices)
    iterations = search.budget.iterations
    for number, pace in enumerate(_paces(iterations)):
        if node.bound >= search.enough or node.core.settled:
            break
        progress.step(tr("Borne : ce qu'aucun choix ne peut dépasser"))
        found = relaxed(
            node.core,
            node.prices[node.core.demands],
            search.best.value,
            search.enough,
            pace,
            search.budget,
        )
        node.prices[node.core.demands] = found.prices
        progress.step(tr("Recherche locale"))
        _improve(node.core, found, search, chosen if number == 0 else None)
        opened, closed = surely(node.core, found, search.enough)
        bound = max(node.bound, found.bound)
        node = Node(narrowed(node.core, opened, closed), bound, node.prices)
    return node


def _paces(iterations: int) -> tuple[Pace, Pace]:
    first = iterations // 2
    return Pace(first, 1.5, 12, 1.5), Pace(iterations - first, 0.7, 12, 1.5)


def _improve(core: Core, found: Relaxed, search: Branching, chosen: FlagArray | None) -> None:
    """Interchange what the bound met; then shake the best of both among the promising sites."""
    choices = [] if chosen is None else [chosen]
    if np.isfinite(found.value):
        choices.append(interchanged(core, found.chosen, search.budget))
    for choice in choices:
        search.consider(core, choice, core.value(choice))
    if not choices or found.bound >= search.enough:
        return
    best = min(choices, key=core.value)
    promising = best.copy()
    promising[
        np.argsort(found.gains, kind="stable")[: max(3 * core.n_sites + 20, LEAST_PROMISING)]
    ] = True
    among = narrowed(core, np.zeros_like(promising), ~promising)
    worth = found.bound + search.closing.slack(search.best.value)
    shaken_choice = shaken(among, best[promising], search.budget, worth)
    search.consider(among, shaken_choice, among.value(shaken_choice))


def sited(problem: Problem, searched: Searched, engine: str) -> Sited:
    """Return the answer in the problem's own words: what is covered, not what is missed."""
    value = problem.value(searched.best.sites)
    bound = _on_a_step(searched.bound, step_of(problem))
    if isinstance(problem, Covering):
        bound = max(math.fsum(problem.weights) - bound, value)
    else:
        bound = min(bound, value)
    proved = searched.stopped is None
    return Sited(searched.best.sites, value, bound, proved, searched.stopped, engine)


def _on_a_step(bound: float, step: float) -> float:
    """Return the first value that a choice can have from a bound on."""
    return bound if step == 0 else step * math.ceil((bound - 1e-7 * step) / step)
