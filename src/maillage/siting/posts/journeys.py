"""The goals that count minutes: venues alone matter, each held once where it can be.

Venues that go together are one *item*; a plan is a set of items that the calendar can hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from maillage.access.timetable.model import FlagArray
from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.siting.model import Choice, PMedian
from maillage.siting.posts.judge import counted_in_worst
from maillage.siting.posts.model import PostProblem
from maillage.siting.posts.rules import Held, placed

_WORTH = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Journeys:
    """Items i with their venues, minutes (q, i) from the points that count, and their people (q,).

    ``minutes`` is the longest allowed where there is no journey, or a longer one. ``needed`` are
    the items in every plan. ``looked_at`` (q,) flags the points that WORST looks at.
    """

    problem: PostProblem
    items: tuple[frozenset[int], ...]
    needed: frozenset[int]
    minutes: FloatArray
    people: FloatArray
    looked_at: FlagArray

    @property
    def n_items(self) -> int:
        """How many items there are."""
        return len(self.items)

    def venues(self, chosen: Iterable[int]) -> frozenset[int]:
        """Return the venues of items."""
        return frozenset().union(*(self.items[one] for one in chosen))

    def plan(self, chosen: Iterable[int]) -> tuple[Held, ...] | None:
        """Return the half-days of items, those kept among them; None where they cannot be held."""
        problem, venues = self.problem, self.venues(chosen)
        rules = problem.rules
        if any(len(group & venues) > 1 for group in rules.apart):
            return None
        if len(rules.kept) + len(venues - rules.kept_venues) > problem.budget:
            return None
        placing = placed(problem.calendar, rules, venues)
        if placing.stuck is not None:
            return None
        return tuple(sorted((*rules.kept, *(Held(v, h) for v, h in placing.half_days.items()))))

    @property
    def most_venues(self) -> int:
        """How many venues a plan can hold at most."""
        rules = self.problem.rules
        free = self.problem.budget - len(rules.kept) + len(rules.kept_venues)
        return min(free, len(self.venues(range(self.n_items))))


def journeys_of(problem: PostProblem) -> Journeys:
    """Return a problem as items and minutes."""
    rules = problem.rules
    usable = frozenset(np.flatnonzero(problem.usable.any(axis=0)).tolist())
    paired = [group for group in rules.paired if group <= usable]
    single = usable.difference(*rules.paired)
    items = tuple(sorted((*paired, *(frozenset((v,)) for v in single)), key=sorted))
    points = np.flatnonzero(problem.wanting > 0)
    longest = problem.longest
    minutes = np.full((len(points), len(items)), longest)
    for number, venues in enumerate(items):
        told = problem.minutes[sorted(venues)][:, points]
        minutes[:, number] = np.where(np.isnan(told), longest, told).min(axis=0, initial=longest)
    needed = frozenset(n for n, venues in enumerate(items) if venues & rules.needed)
    return Journeys(
        problem,
        items,
        needed,
        minutes,
        problem.wanting[points],
        counted_in_worst(problem)[points],
    )


def median_of(journeys: Journeys) -> tuple[PMedian, tuple[int, ...]]:
    """Return the p-median that is left once the calendar is forgotten, and the venue of each site.

    No plan pays less than its best choice: a plan holds at most that many venues.
    """
    problem = journeys.problem
    venues = tuple(sorted(journeys.venues(range(journeys.n_items))))
    points = np.flatnonzero(problem.wanting > 0)
    told = problem.minutes[list(venues)][:, points].T
    costs = np.where(np.isnan(told), np.inf, told) * journeys.people[:, None]
    forced = frozenset(n for n, venue in enumerate(venues) if venue in problem.rules.needed)
    choice = Choice(journeys.most_venues, forced)
    return PMedian(costs, choice, journeys.people * problem.longest), venues


def nearer(
    journeys: Journeys, costs: FloatArray, chosen: frozenset[int], budget: Budget
) -> frozenset[int]:
    """Return a plan by which all together pay less: items added, then exchanged while that helps.

    ``costs`` (q, i) is what each point pays at each item.
    """
    nobody = float(journeys.problem.longest) * journeys.people
    least = _WORTH * (1 + float(nobody.sum()))
    chosen = _filled(journeys, costs, chosen, least)
    while True:
        exchanged = _exchanged(journeys, costs, chosen, least, budget)
        if exchanged == chosen:
            return chosen
        chosen = exchanged


def _exchanged(
    journeys: Journeys, costs: FloatArray, chosen: frozenset[int], least: float, budget: Budget
) -> frozenset[int]:
    """Return a plan after one look at each item: another in its place where that is better."""
    for item in sorted(chosen - journeys.needed):
        if budget.ended:
            break
        now = float(_paid(journeys, costs, chosen).sum())
        other = _best_added(journeys, costs, chosen - {item}, now - least)
        if other is not None and other != item:
            chosen = _filled(journeys, costs, (chosen - {item}) | {other}, least)
    return chosen


def _filled(
    journeys: Journeys, costs: FloatArray, chosen: frozenset[int], least: float
) -> frozenset[int]:
    while True:
        now = float(_paid(journeys, costs, chosen).sum())
        item = _best_added(journeys, costs, chosen, now - least)
        if item is None:
            return chosen
        chosen |= {item}


def _paid(journeys: Journeys, costs: FloatArray, chosen: frozenset[int]) -> FloatArray:
    """Return what each point pays (q,); without any item, the dearest of its row."""
    dearest = costs.max(axis=1, initial=0.0)
    dearest = np.maximum(dearest, journeys.people * journeys.problem.longest)
    paid: FloatArray = np.minimum(dearest, costs[:, sorted(chosen)].min(axis=1, initial=np.inf))
    return paid


def _best_added(
    journeys: Journeys, costs: FloatArray, chosen: frozenset[int], under: float
) -> int | None:
    """Return the item by which all pay the least, under a total, that the calendar can hold."""
    totals = np.minimum(costs, _paid(journeys, costs, chosen)[:, None]).sum(axis=0)
    totals[sorted(chosen)] = np.inf
    for item in np.argsort(totals, kind="stable").tolist():
        if totals[item] >= under:
            return None
        if journeys.plan(chosen | {item}) is not None:
            return int(item)
    return None


def radii(journeys: Journeys) -> FloatArray:
    """Return the minutes that the worst served can come to, rising."""
    looked_at = journeys.minutes[journeys.looked_at]
    if not len(looked_at):
        return np.zeros(1)
    every = np.unique(np.append(looked_at, journeys.problem.longest))
    nearest = looked_at.min(axis=1, initial=journeys.problem.longest)
    return np.asarray(every[every >= nearest.max()])


def within(journeys: Journeys, radius: float) -> FlagArray:
    """Flag the items (q, i) within a radius of the points that WORST looks at."""
    flags: FlagArray = journeys.minutes[journeys.looked_at] <= radius
    return flags


def covered_greedily(journeys: Journeys, radius: float) -> frozenset[int] | None:
    """Return a plan with an item within a radius of every point looked at; None if none is met."""
    near = within(journeys, radius)
    chosen = journeys.needed
    left = ~near[:, sorted(chosen)].any(axis=1)
    while left.any():
        counts = near[left].sum(axis=0)
        counts[sorted(chosen)] = 0
        order = np.argsort(-counts, kind="stable").tolist()
        item = next(
            (i for i in order if counts[i] and journeys.plan(chosen | {i}) is not None), None
        )
        if item is None:
            return None
        chosen |= {item}
        left &= ~near[:, item]
    return chosen


def is_hopeless(journeys: Journeys, radius: float) -> bool:
    """Say whether more points than there can be venues have no item in common within a radius."""
    near = within(journeys, radius)
    order = np.argsort(near.sum(axis=1), kind="stable")
    taken = np.zeros(journeys.n_items, dtype=bool)
    n_apart = 0
    for point in order.tolist():
        if not (near[point] & taken).any():
            taken |= near[point]
            n_apart += 1
    return n_apart > journeys.most_venues
