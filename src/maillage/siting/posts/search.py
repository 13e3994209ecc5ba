"""Good plans for the goals that count people: half-days added, then moved while that helps."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from maillage.access.timetable.model import FlagArray
from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.siting.posts.ground import Ground, Numbers
from maillage.siting.posts.rules import Held, placed

WORTH = 1e-10
"""A move is worth doing when it brings more than this share of all people."""


@dataclass(slots=True, eq=False)
class Week:
    """A plan in the making on an unmerged ground, and what each further unit would bring.

    ``held`` (u,) how often; ``hits`` (c, g) by how many venues a group is reached on a half-day.
    ``needed`` venues keep at least one half-day; ``open_to`` (u,) flags the units that may be held
    at all. People come first to the communes under the floor.
    """

    ground: Ground
    needed: frozenset[int]
    open_to: FlagArray
    held: Numbers = field(init=False)
    hits: Numbers = field(init=False)
    _reach: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing held."""
        ground = self.ground
        self.held = np.zeros(ground.n_units, dtype=np.int64)
        self.hits = np.zeros((len(ground.classes), len(ground.weight)), dtype=np.int64)
        self._reach = ground.reach.astype(np.float64)

    @property
    def n_held(self) -> int:
        """How many half-days are held."""
        return int(self.held.sum())

    @property
    def units(self) -> list[int]:
        """The units held, in order, each once."""
        return [int(unit) for unit in np.flatnonzero(self.held)]

    @property
    def reached(self) -> Numbers:
        """On how many half-days each group is reached (g,)."""
        return np.asarray((self.hits > 0).sum(axis=0), dtype=np.int64)

    def change(self, unit: int, by: int) -> None:
        """Hold a unit once more, or once less."""
        self.held[unit] += by
        self.hits[self.ground.kind[unit]] += by * self.ground.reach[unit]

    def set_to(self, held: Numbers) -> None:
        """Hold these units (u,) and no others."""
        self.held = held.copy()
        self.hits[:] = 0
        for unit in self.units:
            self.hits[self.ground.kind[unit]] += held[unit] * self.ground.reach[unit]

    def short(self) -> FloatArray:
        """Return (z,) how many people each commune lacks to come to the floor."""
        ground = self.ground
        newly = np.bincount(ground.zone, ground.weight * (self.reached > 0), len(ground.lacking))
        return np.maximum(ground.lacking * (1 - 1e-9) - newly, 0.0)

    def people(self) -> float:
        """Return the people well served."""
        ground = self.ground
        shares = np.concatenate(([0.0], np.cumsum(ground.steps)))
        return float(ground.weight @ shares[np.minimum(self.reached, len(ground.steps))])

    def value(self) -> float:
        """Return the people well served, those under the floor counted against, heavily."""
        return self.people() - self._heavy * float(self.short().sum())

    @property
    def _heavy(self) -> float:
        """What one person under the floor weighs: more than all others could bring."""
        smallest = min(1.0, float(self.ground.weight.min(initial=1.0)))
        return 1 + float(self.ground.weight.sum()) / max(smallest, 1e-6)

    def gains(self) -> FloatArray:
        """Return (u,) what each unit would bring once more, communes under the floor counted."""
        found, short = self.gains_alone(), self.short()
        return found + self._heavy * self._lifted(short) if short.any() else found

    def gains_alone(self) -> FloatArray:
        """Return (u,) how many people more holding each unit once more would serve well."""
        ground = self.ground
        steps = np.append(ground.steps, 0.0)
        next_step = ground.weight * steps[np.minimum(self.reached, len(ground.steps))]
        fresh = (self.hits == 0) * next_step
        found = np.zeros(ground.n_units)
        bounds = ground.bounds
        for kind in range(len(ground.classes)):
            units = slice(bounds[kind], bounds[kind + 1])
            found[units] = self._reach[units] @ fresh[kind]
        return found

    def _lifted(self, short: FloatArray) -> FloatArray:
        """Return (u,) by how much each unit would lift communes under the floor."""
        lifted = np.zeros(self.ground.n_units)
        newly = np.where(self.reached > 0, 0.0, self.ground.weight)
        for zone in np.flatnonzero(short):
            of_zone = self.ground.zone == zone
            lifted += np.minimum(self._reach[:, of_zone] @ newly[of_zone], short[zone])
        return lifted

    def may_add(self) -> FlagArray:
        """Flag the units (u,) that may be held once more."""
        ground, problem = self.ground, self.ground.problem
        if self.n_held >= problem.budget:
            return np.zeros(ground.n_units, dtype=bool)
        load = np.bincount(ground.kind, self.held, len(ground.classes))
        room = load < problem.n_posts * ground.sizes
        flags: FlagArray = self.open_to & (self.held < ground.most) & room[ground.kind]
        present = set(ground.venue[self.held > 0].tolist())
        for group in problem.rules.apart:
            if group & present:
                flags &= ~np.isin(ground.venue, sorted(group - present))
        return flags

    def may_leave(self, unit: int) -> bool:
        """Say whether a unit may be held once less."""
        return bool(self.held[unit] > self.ground.kept[unit])

    def is_last_needed(self, unit: int) -> bool:
        """Say whether a needed venue would hold nothing without the unit."""
        venue = int(self.ground.venue[unit])
        there = self.ground.venue == venue
        return venue in self.needed and int(self.held[there].sum()) == 1

    def told(self) -> tuple[Held, ...]:
        """Return the half-days held."""
        ground = self.ground
        return tuple(
            sorted(
                Held(int(ground.venue[unit]), ground.classes[int(ground.kind[unit])][0])
                for unit in self.units
                for _ in range(int(self.held[unit]))
            )
        )


def begun(ground: Ground, needed: frozenset[int], closed: frozenset[int]) -> Week | None:
    """Return a week with what is kept and one half-day for each needed venue; None if none fits."""
    rules = ground.problem.rules
    week = Week(ground, needed, ~np.isin(ground.venue, sorted(closed)))
    placing = placed(ground.problem.calendar, rules, needed)
    if placing.stuck is not None:
        return None
    for held in rules.kept:
        week.change(unit_of(ground, held), 1)
    for venue, half_day in sorted(placing.half_days.items()):
        week.change(unit_of(ground, Held(venue, half_day)), 1)
    return week if week.n_held <= ground.problem.budget else None


def unit_of(ground: Ground, held: Held) -> int:
    """Return the unit of a half-day at a venue."""
    kind = next(c for c, one in enumerate(ground.classes) if held.half_day in one)
    begin, end = ground.bounds[kind], ground.bounds[kind + 1]
    return int(begin + np.searchsorted(ground.venue[begin:end], held.venue))


def fill(week: Week) -> None:
    """Hold unit after unit, each bringing the most, while any brings something."""
    enough = WORTH * (1 + float(week.ground.weight.sum()))
    while True:
        gains = np.where(week.may_add(), week.gains(), -1.0)
        if not len(gains) or gains.max() <= enough:
            return
        week.change(int(gains.argmax()), 1)


def improve(week: Week, budget: Budget) -> None:
    """Move one half-day at a time while that brings more."""
    fill(week)
    changed = True
    while changed:
        changed = False
        for unit in week.units:
            if budget.ended:
                return
            if week.held[unit] and week.may_leave(unit):
                changed |= _move(week, unit)
        fill(week)


def _move(week: Week, unit: int) -> bool:
    """Hold another unit in place of this one where that brings more; say whether it did."""
    before = week.value()
    last = week.is_last_needed(unit)
    week.change(unit, -1)
    may = week.may_add()
    if last:
        may &= week.ground.venue == week.ground.venue[unit]
    gains = np.where(may, week.gains(), -1.0)
    other = int(gains.argmax())
    if gains[other] >= 0 and other != unit:
        week.change(other, 1)
        if week.value() > before + WORTH * (1 + float(week.ground.weight.sum())):
            return True
        week.change(other, -1)
    week.change(unit, 1)
    return False


def shake(week: Week, budget: Budget) -> None:
    """Drop a few half-days by lot and fill again, keeping the best, ``budget.tries`` times."""
    generator = np.random.default_rng(budget.seed)
    best, worth = week.held.copy(), week.value()
    for _ in range(budget.tries):
        if budget.ended:
            break
        droppable = [unit for unit in week.units if week.may_leave(unit)]
        n_dropped = min(len(droppable), 1 + int(generator.integers(1, 5)))
        for unit in generator.permutation(droppable)[:n_dropped].tolist():
            if not week.is_last_needed(unit):
                week.change(unit, -1)
        improve(week, budget)
        if week.value() > worth + WORTH * (1 + float(week.ground.weight.sum())):
            best, worth = week.held.copy(), week.value()
        else:
            week.set_to(best)
    week.set_to(best)


def ceiling(week: Week) -> float:
    """Return what no plan passes: the present value and the largest further gains.

    Sound since what a unit brings never grows with what is held already.
    """
    ground = week.ground
    budget = ground.problem.budget
    gains = week.gains_alone()
    per_half_day: list[FloatArray] = []
    bounds = ground.bounds
    for kind, size in enumerate(ground.sizes):
        units = slice(bounds[kind], bounds[kind + 1])
        each = np.repeat(gains[units], ground.most[units])
        most = int(ground.problem.n_posts * size)
        per_half_day.append(np.sort(each)[::-1][:most])
    every = np.sort(np.concatenate([np.zeros(0), *per_half_day]))[::-1][:budget]
    return week.people() + float(every.sum())
