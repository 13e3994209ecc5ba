"""The goals that count people, as programs of whole numbers on a ground.

Where several posts may be out on one half-day, a merged ground counts for a group as many distinct
half-days of a class as venues in its reach are held then, at most all of the class: never less
than any dealing out of them gives, so that its best bounds every plan. With one post, and for
REACHED, it is what they give.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from maillage.access.timetable.model import IntArray
from maillage.kernel.geometry import FloatArray
from maillage.siting.posts.ground import Ground
from maillage.siting.posts.model import Goal
from maillage.siting.posts.program import Draft, Program


@dataclass(slots=True)
class CoverProgram:
    """The program of a ground: ``held`` (u,) and ``good`` (g, steps) are its columns."""

    ground: Ground
    draft: Draft = field(default_factory=Draft)
    held: IntArray = field(init=False)
    good: IntArray = field(init=False)

    def __post_init__(self) -> None:
        """Write all columns and rows."""
        ground = self.ground
        self.held = self.draft.add(ground.most, lower=ground.kept, whole=True)
        self._calendar()
        self._groups_of_venues()
        self._people()
        self._floor()

    @property
    def program(self) -> Program:
        """What is written so far."""
        return self.draft.program()

    def _calendar(self) -> None:
        problem, bounds = self.ground.problem, self.ground.bounds
        for kind, size in enumerate(self.ground.sizes):
            units = self.held[bounds[kind] : bounds[kind + 1]]
            self.draft.row(units, high=float(problem.n_posts * size))
        self.draft.row(self.held, high=float(problem.budget))

    def _groups_of_venues(self) -> None:
        rules = self.ground.problem.rules
        for venue in sorted(rules.needed):
            self.draft.row(self._units(venue), low=1.0)
        answers: dict[int, int] = {}
        for group in rules.paired:
            flag = int(self.draft.add([1.0], whole=True)[0])
            for venue in sorted(group):
                self._tie(venue, flag)
                answers[venue] = flag
        for venue in sorted(frozenset().union(*rules.apart) - set(answers)):
            answers[venue] = int(self.draft.add([1.0], whole=True)[0])
            self._tie(venue, answers[venue])
        for apart in rules.apart:
            self.draft.row(sorted({answers[venue] for venue in apart}), high=1.0)

    def _tie(self, venue: int, flag: int) -> None:
        """Say that a venue holds some half-day where its flag is up, none where it is down."""
        units = self._units(venue)
        most = self.ground.most[self.ground.venue == venue]
        self.draft.row([*units, flag], [*np.ones(len(units)), -1.0], low=0.0)
        for unit, limit in zip(units, most, strict=True):
            self.draft.row([int(unit), flag], [1.0, -float(limit)], high=0.0)

    def _units(self, venue: int) -> IntArray:
        units: IntArray = self.held[self.ground.venue == venue]
        return units

    def _people(self) -> None:
        """Write who is well served: a column a group and step, limited by the half-days near."""
        ground = self.ground
        n_steps = len(ground.steps)
        worth = ground.weight[:, None] * ground.steps[None]
        is_served = ground.problem.goal is Goal.SERVED
        cost = np.zeros_like(worth) if is_served else -worth
        self.good = self.draft.add(np.ones(worth.size), cost=cost.ravel()).reshape(worth.shape)
        for group, near in enumerate(self._near()):
            steps = self.good[group]
            self.draft.row(
                np.concatenate((steps, near)),
                np.concatenate((np.ones(n_steps), np.full(len(near), -1.0))),
                high=0.0,
            )
        if is_served:
            self._received(worth)

    def _received(self, worth: FloatArray) -> None:
        """Write who goes where (SERVED): a column a group and reach, those of equal reach one."""
        ground, draft = self.ground, self.draft
        holds = ground.problem.people_per_half_day
        reaches, of_unit = np.unique(ground.reach, axis=0, return_inverse=True)
        going: list[list[int]] = [[] for _ in ground.weight]
        for number, reach in enumerate(reaches):
            groups = np.flatnonzero(reach)
            columns = draft.add(np.full(len(groups), np.inf), cost=np.full(len(groups), -1.0))
            units = self.held[of_unit.reshape(-1) == number]
            values = np.append(np.ones(len(columns)), np.full(len(units), -holds))
            draft.row(np.append(columns, units), values, high=0.0)
            for group, column in zip(groups.tolist(), columns.tolist(), strict=True):
                going[group].append(column)
        for group, columns_of in enumerate(going):
            numbers = np.append(self.good[group], np.array(columns_of, dtype=np.int32))
            values = np.append(-worth[group], np.ones(len(columns_of)))
            draft.row(numbers, values, high=0.0)

    def _near(self) -> Iterable[IntArray]:
        """Yield for each group the columns whose sum is how many half-days it reaches."""
        ground, bounds = self.ground, self.ground.bounds
        if len(ground.steps) == 1:
            for group in range(len(ground.weight)):
                yield self.held[ground.reach[:, group]]
            return
        counts: dict[tuple[int, bytes], int] = {}
        for group in range(len(ground.weight)):
            near: list[int] = []
            for kind, size in enumerate(ground.sizes):
                flags = ground.reach[bounds[kind] : bounds[kind + 1], group]
                if flags.any():
                    units = self.held[bounds[kind] : bounds[kind + 1]][flags]
                    key = kind, flags.tobytes()
                    if key not in counts:
                        counts[key] = self._count(units, float(size))
                    near.append(counts[key])
            yield np.array(near, dtype=np.int32)

    def _count(self, units: IntArray, size: float) -> int:
        """Return the column of the half-days of one class on which some of its units is held."""
        column = int(self.draft.add([size])[0])
        self.draft.row([*units, column], [*np.full(len(units), -1.0), 1.0], high=0.0)
        return column

    def _floor(self) -> None:
        ground = self.ground
        for zone in np.flatnonzero(ground.lacking > 0):
            of_zone = ground.zone == zone
            low = float(ground.lacking[zone]) * (1 - 1e-9)
            self.draft.row(self.good[of_zone, 0], ground.weight[of_zone], low=low)


def least_short_program(ground: Ground) -> CoverProgram:
    """Return the program of the fewest people lacking for all communes to come to the floor.

    Its least is how many; the floor itself is left out.
    """
    free = CoverProgram(replace(ground, lacking=np.zeros_like(ground.lacking)))
    free.draft.forget_costs()
    zones = np.flatnonzero(ground.lacking > 0)
    short = free.draft.add(ground.lacking[zones], cost=np.ones(len(zones)))
    for column, zone in zip(short, zones, strict=True):
        of_zone = ground.zone == zone
        columns = np.append(free.good[of_zone, 0], column)
        weights = np.append(ground.weight[of_zone], 1.0)
        free.draft.row(columns, weights, low=float(ground.lacking[zone]) * (1 - 1e-9))
    return free


def best_floor_program(ground: Ground) -> CoverProgram:
    """Return the program of the highest share that all communes of the floor can come to together.

    Its least is minus that share; the floor itself is left out.
    """
    problem = ground.problem
    free = CoverProgram(replace(ground, lacking=np.zeros_like(ground.lacking)))
    free.draft.forget_costs()
    share = int(free.draft.add([1.0], cost=[-1.0])[0])
    for zone in np.flatnonzero(ground.lacking > 0):
        of_zone = ground.zone == zone
        people, today = problem.zone_people[zone], problem.zone_reached[zone]
        columns = np.append(free.good[of_zone, 0], share)
        free.draft.row(columns, np.append(ground.weight[of_zone], -people), low=-float(today))
    return free
