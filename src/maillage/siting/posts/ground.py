"""A problem of cover made small without changing what the best plan is worth.

Half-days on which every venue is as open and reaches the same are one *class*: only how many of
them a venue holds matters. A *unit* is a venue in a class. Points that the same units reach are one
*group*. A unit that another of its class reaches as much as is never worth holding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.errors import TooLarge
from maillage.kernel.french import number
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.siting.posts.floor import lacking
from maillage.siting.posts.model import Goal, PostProblem
from maillage.siting.posts.rules import Held

_BYTES_A_REACH = 100
"""What arrays and solver take for each half-day, venue and point: twice what was measured."""
_BYTES_A_JOURNEY = 600
"""The same for each venue and point, for the goals that count minutes."""

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Units u, in order of class then venue, and groups g, in order of zone.

    ``classes`` (c,) are the half-days of each; ``venue`` and ``kind`` (u,) the venue and class of
    each unit, ``most`` (u,) how often it may be held and ``kept`` (u,) how often it must;
    ``reach`` (u, g); ``weight`` and ``zone`` (g,). ``steps`` is what each further half-day in
    reach adds to the share well served; ``lacking`` (z,) how many people of a commune a plan must
    newly reach.
    """

    problem: PostProblem
    classes: tuple[tuple[int, ...], ...]
    venue: Numbers
    kind: Numbers
    most: Numbers
    kept: Numbers
    reach: FlagArray
    weight: FloatArray
    zone: Numbers
    steps: FloatArray
    lacking: FloatArray

    @property
    def n_units(self) -> int:
        """How many units there are."""
        return len(self.venue)

    @property
    def sizes(self) -> Numbers:
        """How many half-days each class has (c,)."""
        return np.array([len(one) for one in self.classes], dtype=np.int64)

    @property
    def bounds(self) -> Numbers:
        """Where each class begins among the units, and their end (c + 1,)."""
        return np.searchsorted(self.kind, np.arange(len(self.classes) + 1))


def check_size(problem: PostProblem, memory_bytes: float) -> None:
    """Raise TooLarge, telling the estimate, where it passes the memory allowed."""
    pairs = problem.n_venues * problem.n_points
    per_pair = _BYTES_A_REACH * N_HALF_DAYS if problem.goal.is_of_people else _BYTES_A_JOURNEY
    needed = pairs * per_pair
    if needed <= memory_bytes:
        return
    message = tr(
        "Ce plan de permanences demanderait environ {needed} Gio de mémoire, et "
        "{allowed} Gio sont permis : regroupez les points de demande, ou proposez moins de "
        "lieux."
    )
    gib = 2**30
    raise TooLarge(
        message.format(needed=number(needed / gib, 1), allowed=number(memory_bytes / gib, 1))
    )


def ground(problem: PostProblem, *, merged: bool) -> Ground:
    """Return a problem made small; ``merged`` False leaves every half-day its own class."""
    usable = problem.usable
    reach = problem.reached & usable[:, :, None] & (problem.wanting > 0)
    classes = _classes(problem, usable, reach, merged=merged)
    rows = [_venues_of(problem, usable, reach, one[0]) for one in classes]
    sizes = [len(row) for row in rows]
    venue = np.concatenate([np.zeros(0, dtype=np.int64), *rows])
    kind = np.repeat(np.arange(len(classes)), sizes)
    first = np.array([one[0] for one in classes], dtype=np.int64)
    size = np.array([len(one) for one in classes], dtype=np.int64)
    kept = np.array(
        [
            sum(Held(int(v), half_day) in problem.rules.kept for half_day in classes[c])
            for v, c in zip(venue, kind, strict=True)
        ],
        dtype=np.int64,
    )
    small, weight, zone = _groups(problem, reach[first[kind], venue])
    room = np.minimum(problem.may_open[first[kind], venue], problem.n_posts).astype(np.int64)
    most = size[kind] * (room if problem.goal is Goal.SERVED else 1)
    steps = _steps(problem)
    if problem.goal is Goal.REACHED:
        most = np.maximum(np.minimum(most, 1), kept)
    return Ground(
        problem, classes, venue, kind, most, kept, small, weight, zone, steps, lacking(problem)
    )


def _steps(problem: PostProblem) -> FloatArray:
    """Return what each further half-day adds, as far as it adds anything."""
    if problem.goal is Goal.REACHED:
        return np.ones(1)
    steps = np.diff(np.array(problem.returns, dtype=np.float64), prepend=0.0)
    return steps[: max(int((steps > 0).sum()), 1)]


def _classes(
    problem: PostProblem, usable: FlagArray, reach: FlagArray, *, merged: bool
) -> tuple[tuple[int, ...], ...]:
    alike: dict[object, list[int]] = {}
    for half_day in range(N_HALF_DAYS):
        if not usable[half_day].any():
            continue
        room = np.minimum(problem.may_open[half_day], problem.n_posts) * usable[half_day]
        kept = frozenset(h.venue for h in problem.rules.kept if h.half_day == half_day)
        same = (room.tobytes(), np.packbits(reach[half_day]).tobytes(), kept)
        alike.setdefault(same if merged else half_day, []).append(half_day)
    return tuple(tuple(one) for one in alike.values())


def _venues_of(problem: PostProblem, usable: FlagArray, reach: FlagArray, half_day: int) -> Numbers:
    """Return the venues worth holding on a half-day."""
    rules = problem.rules
    named = np.zeros(problem.n_venues, dtype=bool)
    named[sorted(rules.numbers)] = True
    grouped = np.zeros(problem.n_venues, dtype=bool)
    grouped[sorted(frozenset().union(*rules.together, *rules.apart))] = True
    open_then = usable[half_day]
    size = np.count_nonzero(reach[half_day], axis=1)
    worth = np.flatnonzero(open_then & (named | (size > 0)))
    if problem.goal is not Goal.SERVED:
        # the product is what costs: of those that can be held, over those whom one of them reaches
        there = reach[half_day][np.ix_(worth, reach[half_day].any(axis=0))].astype(np.float32)
        within = (there @ there.T) == size[worth, None]
        beside = within & _before(size[worth], named[worth]) & ~grouped[None, worth]
        worth = worth[named[worth] | ~beside.any(axis=1)]
    return worth.astype(np.int64)


def _before(size: Numbers, named: FlagArray) -> FlagArray:
    """Flag the pairs (v, v) of which the second reaches more, or as much and is told first."""
    order = np.lexsort((np.arange(len(size)), ~named, -size))
    rank = np.empty(len(size), dtype=np.int64)
    rank[order] = np.arange(len(size))
    return np.asarray(rank[None] < rank[:, None])


def _groups(problem: PostProblem, reach: FlagArray) -> tuple[FlagArray, FloatArray, Numbers]:
    """Return who is reached alike: reach (u, g), people and zone (g,); those never reached go."""
    points = np.flatnonzero(reach.any(axis=0))
    zone = problem.zone[points] if problem.floor is not None else np.zeros(len(points), np.int32)
    bits = np.packbits(reach[:, points], axis=0).T
    keys = np.hstack((_bytes_of(zone), bits))
    _, first, at = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    weight = np.bincount(at.reshape(-1), problem.wanting[points], len(first))
    return (
        np.ascontiguousarray(reach[:, points[first]]),
        weight.astype(np.float64),
        zone[first].astype(np.int64),
    )


def _bytes_of(zone: IntArray) -> npt.NDArray[np.uint8]:
    """Return numbers as bytes (n, 4) that sort as they do."""
    return zone.astype(">u4").reshape(-1, 1).view(np.uint8)
