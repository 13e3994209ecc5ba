"""Posts placed with numpy alone: good plans and honest bounds, seldom a proof."""

from __future__ import annotations

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.siting.bounded import BoundedSiting
from maillage.siting.model import SitingSolver
from maillage.siting.posts.floor import FloorTooHigh
from maillage.siting.posts.ground import Ground, check_size, ground
from maillage.siting.posts.journeys import (
    Journeys,
    covered_greedily,
    is_hopeless,
    journeys_of,
    median_of,
    nearer,
    radii,
)
from maillage.siting.posts.model import Goal, PostPlan, PostProblem
from maillage.siting.posts.received import received_better
from maillage.siting.posts.rules import Held
from maillage.siting.posts.search import Week, begun, ceiling, fill, improve, shake
from maillage.siting.posts.standing import plan_from, standing_of


class PostTwin:
    """Greedy, exchanges and shaken restarts; bounds by what no further half-day can bring.

    For NEAR the bound is that of the p-median without the calendar, by ``siting`` given.
    """

    def __init__(self, siting: SitingSolver | None = None) -> None:
        self._siting = siting or BoundedSiting()

    @property
    def name(self) -> str:
        """What it is, in French."""
        return tr("choix pas à pas et échanges, sans solveur")

    def solve(self, problem: PostProblem, budget: Budget, progress: Progress) -> PostPlan:
        """Return the best plan found, and a bound.

        Raises TooLarge; ImpossibleDemand where no plan was found that comes to the floor.
        """
        check_size(problem, budget.memory_bytes)
        progress.step(tr("Premier choix de demi-journées"))
        if problem.goal.is_of_people:
            held, bound = cover_of_people(problem, budget)
        elif problem.goal is Goal.NEAR:
            held, bound = least_travel(journeys_of(problem), self._siting, budget, progress)
        else:
            held, bound = least_worst(journeys_of(problem), budget)
        return plan_from(problem, standing_of(problem, held, bound), budget, self.name)


def cover_of_people(problem: PostProblem, budget: Budget) -> tuple[tuple[Held, ...], float]:
    """Return a good plan of a goal that counts people, and what none passes."""
    small = ground(problem, merged=False)
    week = good_week(small, budget)
    if week.short().any():
        raise FloorTooHigh(_floor_not_found(week), tuple(np.flatnonzero(week.short()).tolist()))
    bound = people_bound(week)
    served = problem.goal is Goal.SERVED
    return received_better(week, bound, budget) if served else week.told(), bound


def people_bound(week: Week) -> float:
    """Return what no plan passes: by what a week lacks, by a greedy one, by all hours (SERVED)."""
    problem = week.ground.problem
    bound = min(ceiling(week), *_greedy_ceilings(week.ground))
    if problem.goal is Goal.SERVED:
        bound = min(bound, problem.people_per_half_day * problem.budget)
    return bound


def good_week(small: Ground, budget: Budget) -> Week:
    """Return a good week: without the paired venues that nothing asks for, then with each."""
    rules = small.problem.rules
    on = rules.needed
    every = frozenset().union(*rules.paired)
    best = begun(small, on, every - on)
    assert best is not None  # noqa: S101 - the problem has checked that what is needed fits
    improve(best, budget)
    shake(best, budget)
    for group in rules.paired:
        if group <= on or group & rules.forbidden or budget.ended:
            continue
        wider = on | group
        if any(len(apart & wider) > 1 for apart in rules.apart):
            continue
        week = begun(small, wider, every - wider)
        if week is None:
            continue
        improve(week, budget)
        if week.value() > best.value():
            best, on = week, wider
    return best


def _greedy_ceilings(small: Ground) -> tuple[float, ...]:
    """Return bounds from the empty week, and from a greedy one that no rule binds."""
    week = Week(small, frozenset(), np.ones(small.n_units, dtype=bool))
    at_first = ceiling(week)
    fill(week)
    return at_first, ceiling(week)


def _floor_not_found(week: Week) -> str:
    problem = week.ground.problem
    zones = np.flatnonzero(week.short()).tolist()
    told = ", ".join(problem.zone_name(zone) for zone in zones[:8])
    return tr(
        "aucun plan trouvé ne tient le plancher pour {zones} ; sans le solveur HiGHS, rien ne "
        "prouve qu'il n'en existe pas : installez-le, ou baissez le plancher"
    ).format(zones=told)


def least_travel(
    journeys: Journeys, siting: SitingSolver, budget: Budget, progress: Progress
) -> tuple[tuple[Held, ...], float]:
    """Return a good plan of NEAR, and what none goes under."""
    if not journeys.n_items:
        nothing = journeys.plan(())
        assert nothing is not None  # noqa: S101 - nothing is needed where there is no item
        return nothing, float(journeys.people.sum() * journeys.problem.longest)
    median, venues = median_of(journeys)
    sited = siting.solve(median, budget, progress)
    chosen = frozenset(venues[site] for site in sited.sites)
    items = frozenset(n for n, one in enumerate(journeys.items) if one <= chosen)
    whole = journeys.venues(items) == chosen
    held = journeys.plan(items) if whole else None
    if held is None:
        costs = journeys.minutes * journeys.people[:, None]
        held = journeys.plan(nearer(journeys, costs, journeys.needed, budget))
    assert held is not None  # noqa: S101 - every step keeps to what the calendar can hold
    return held, sited.bound


def least_worst(journeys: Journeys, budget: Budget) -> tuple[tuple[Held, ...], float]:
    """Return a good plan of WORST, and what none goes under.

    Of the plans found of the same worst, the one of the least travel for all is sought.
    """
    steps = radii(journeys)
    low, high = 0, len(steps) - 1
    chosen = journeys.needed
    while low < high:
        middle = (low + high) // 2
        found = covered_greedily(journeys, float(steps[middle]))
        if found is None:
            low = middle + 1
        else:
            chosen, high = found, middle
    held = kindest(journeys, chosen, float(steps[high]), budget)
    return held, float(steps[_first_hopeful(journeys, steps)])


def _first_hopeful(journeys: Journeys, steps: np.ndarray) -> int:
    """Return a step under which no plan can come, the highest that halving finds."""
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        if is_hopeless(journeys, float(steps[middle])):
            low = middle + 1
        else:
            high = middle
    return low


def kindest(
    journeys: Journeys, chosen: frozenset[int], radius: float, budget: Budget
) -> tuple[Held, ...]:
    """Return a plan no worse than a radius, of little travel for all."""
    costs = journeys.minutes * journeys.people[:, None]
    beyond = (journeys.minutes > radius) & journeys.looked_at[:, None]
    costs = costs + beyond * (1.0 + float(costs.max(initial=0.0)) * len(costs))
    held = journeys.plan(nearer(journeys, costs, chosen, budget))
    assert held is not None  # noqa: S101 - every step keeps to what the calendar can hold
    return held
