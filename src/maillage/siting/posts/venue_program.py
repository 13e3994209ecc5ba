"""The goals that count minutes, as programs of whole numbers: which venues are held.

Minutes are told by ladders: a point pays its nearest step, and each further one unless an item
nearer than it is held. Only as much of each ladder is written as the plans met so far climb: what
is left out makes the program pay less, so that its best stays a bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.geometry import FloatArray
from maillage.siting.posts.journeys import Journeys
from maillage.siting.posts.program import Draft


@dataclass(slots=True)
class VenueProgram:
    """The calendar of a week for items of venues; ``held`` (i,) are their columns."""

    journeys: Journeys
    draft: Draft = field(default_factory=Draft)
    held: IntArray = field(init=False)

    def __post_init__(self) -> None:
        """Write the items, and where each venue's half-day may be."""
        journeys = self.journeys
        needed = [float(item in journeys.needed) for item in range(journeys.n_items)]
        self.held = self.draft.add(np.ones(journeys.n_items), lower=needed, whole=True)
        self._calendar()
        for apart in journeys.problem.rules.apart:
            counts = np.array([len(one & apart) for one in journeys.items])
            self.draft.row(self.held[counts > 0], counts[counts > 0].astype(float), high=1.0)

    def _calendar(self) -> None:
        problem = self.journeys.problem
        rules, usable = problem.rules, problem.usable
        kept = np.zeros(N_HALF_DAYS)
        for one in rules.kept:
            kept[one.half_day] += 1
        there: list[list[int]] = [[] for _ in range(N_HALF_DAYS)]
        for item, venues in enumerate(self.journeys.items):
            for venue in sorted(venues - rules.kept_venues):
                half_days = np.flatnonzero(usable[:, venue]).tolist()
                columns = self.draft.add(np.ones(len(half_days)))
                self.draft.row([*columns, self.held[item]], [*np.ones(len(columns)), -1.0], low=0.0)
                for half_day, column in zip(half_days, columns, strict=True):
                    there[half_day].append(int(column))
        for then, columns_then in enumerate(there):
            self.draft.row(columns_then, high=problem.n_posts - float(kept[then]))
        sizes = [float(len(one - rules.kept_venues)) for one in self.journeys.items]
        self.draft.row(self.held, sizes, high=float(problem.budget - len(rules.kept)))

    def cover(self, near: FlagArray) -> None:
        """Say that each point (q, i) has some item held near it."""
        for row in np.unique(near, axis=0):
            self.draft.row(self.held[row], low=1.0)


@dataclass(slots=True)
class Ladders:
    """The steps of each point: items by rising cost, and how many of them are written (q,).

    The last column of ``costs`` (q, i + 1) is what a point pays that no held item helps.
    """

    costs: FloatArray
    order: IntArray
    climbed: IntArray

    def program(self, journeys: Journeys) -> tuple[VenueProgram, float]:
        """Return the program of the steps written, and what all pay at least in any plan."""
        program = VenueProgram(journeys)
        steps: dict[bytes, float] = {}
        for point, last in enumerate(self.climbed.tolist()):
            order = self.order[point]
            rises = np.diff(self.costs[point, order[: last + 1]])
            for place in np.flatnonzero(rises > 0).tolist():
                near = np.sort(order[: place + 1]).tobytes()
                steps[near] = steps.get(near, 0.0) + float(rises[place])
        columns = program.draft.add(np.full(len(steps), 1.0), cost=steps.values())
        for column, near in zip(columns, steps, strict=True):
            items = program.held[np.frombuffer(near, dtype=self.order.dtype)]
            program.draft.row([*items, column], low=1.0)
        return program, float(self.costs.min(axis=1).sum())

    def climb(self, chosen: frozenset[int]) -> bool:
        """Write the steps that a plan climbs; say whether some were missing."""
        paid = self.costs[:, [*sorted(chosen), -1]].min(axis=1)
        rising = np.take_along_axis(self.costs, self.order, axis=1)
        needed = (rising < paid[:, None]).sum(axis=1).astype(np.int32)
        missing = needed > self.climbed
        self.climbed = np.maximum(self.climbed, needed)
        return bool(missing.any())


def ladders_of(journeys: Journeys) -> Ladders:
    """Return ladders of which nothing is written yet."""
    unhelped = journeys.people * journeys.problem.longest
    costs = np.column_stack((journeys.minutes * journeys.people[:, None], unhelped))
    order = np.argsort(costs, axis=1, kind="stable").astype(np.int32)
    return Ladders(costs, order, np.zeros(len(costs), dtype=np.int32))
