"""People served against equity against cost: the plans that no other betters in all three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.equity import WORST_SHARE, gini, worst_off
from maillage.kernel.errors import ImpossibleDemand
from maillage.siting.posts.model import Held, PostPlan, PostProblem
from maillage.siting.scenarios.valued import Lived, lived, reached_shares
from maillage.siting.scenarios.worlds import Search

_SAME = 1e-9
"""Figures nearer than this, as a share, are the same."""


@dataclass(frozen=True, slots=True)
class Evenness:
    """How evenly help is in reach between communes, present help counted in.

    ``worst_share`` (0-1) of the public of the commune with the least in reach, ``worst_zone`` its
    number; ``worst_tenth`` the mean share among the tenth of the public that lives where the share
    is lowest; ``gini`` of the shares, 0 (even) to 1. None where nobody lives anywhere.
    """

    worst_share: float | None
    worst_zone: int | None
    worst_tenth: float | None
    gini: float | None


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """One plan: what was asked (posts, floor 0-1 or None), what it gives, what it costs a year."""

    n_posts: int
    floor: float | None
    plan: PostPlan
    lived: Lived
    evenness: Evenness
    yearly_cost: float

    def betters(self, other: FrontPoint) -> bool:
        """Say whether this serves as many, as evenly, as cheaply, and better in one of the three.

        Evenness is the worst tenth.
        """
        mine, theirs = self._merits(), other._merits()
        no_worse = all(m >= t - _near(t) for m, t in zip(mine, theirs, strict=True))
        return no_worse and any(m > t + _near(t) for m, t in zip(mine, theirs, strict=True))

    def equals(self, other: FrontPoint) -> bool:
        """Say whether both serve, share and cost the same."""
        merits = zip(self._merits(), other._merits(), strict=True)
        return all(abs(m - t) <= _near(t) for m, t in merits)

    def _merits(self) -> tuple[float, float, float]:
        return self.lived.people, self.evenness.worst_tenth or 0.0, -self.yearly_cost


@dataclass(frozen=True, slots=True)
class Front:
    """``points`` that nothing tried betters, by cost, then people; ``bettered`` are the others.

    ``impossible`` are the posts and floors for which no plan exists, with the reasons in French.
    """

    points: tuple[FrontPoint, ...]
    bettered: tuple[FrontPoint, ...]
    impossible: tuple[tuple[int, float, tuple[str, ...]], ...]


def evenness(problem: PostProblem, held: tuple[Held, ...]) -> Evenness:
    """Return how evenly help is in reach between communes, new and present."""
    shares, people = reached_shares(problem, held), problem.zone_people
    if not (people > 0).any():
        return Evenness(None, None, None, None)
    told = np.where(people > 0, shares, np.inf)
    worst = int(np.argmin(told))
    mean, _ = worst_off(told, people, WORST_SHARE, most_is_worst=False)
    even = gini(np.where(people > 0, shares, 0.0), people)
    return Evenness(float(told[worst]), worst, mean, even)


def pareto(
    problem: PostProblem,
    search: Search,
    *,
    n_posts: Sequence[int],
    floors: Sequence[float],
    yearly_cost: float,
) -> Front:
    """Return the front of people served, worst tenth and cost, over posts and rising floors.

    Every number of posts is solved without a floor, then with each floor that the plan so far does
    not come to (one that it does come to asks nothing more). Floors are asked of goals that count
    people alone. ``yearly_cost`` is that of one post in euros.
    """
    found: list[FrontPoint] = []
    impossible: list[tuple[int, float, tuple[str, ...]]] = []
    wanted = sorted(set(floors)) if problem.goal.is_of_people else []
    problem = replace(problem, spared=frozenset())
    for n in sorted(set(n_posts)):
        plan: PostPlan | None = None
        for floor in (None, *wanted):
            try:
                plan = _plan(replace(problem, n_posts=n, floor=floor), search, plan)
            except ImpossibleDemand as error:
                impossible.append((n, floor or 0.0, error.contradictions))
                break
            found.append(_point(problem, plan, n, floor, n * yearly_cost))
    return _front(found, tuple(impossible))


def _plan(problem: PostProblem, search: Search, known: PostPlan | None) -> PostPlan:
    if known is not None and not lived(problem, known.held).under_floor:
        return known
    return search.solve(problem)


def _point(
    problem: PostProblem, plan: PostPlan, n: int, floor: float | None, cost: float
) -> FrontPoint:
    held = plan.held
    return FrontPoint(n, floor, plan, lived(problem, held), evenness(problem, held), cost)


def _front(
    found: list[FrontPoint], impossible: tuple[tuple[int, float, tuple[str, ...]], ...]
) -> Front:
    kept: list[FrontPoint] = []
    bettered: list[FrontPoint] = []
    for point in found:
        if any(other.betters(point) for other in found):
            bettered.append(point)
        elif not any(other.equals(point) for other in kept):
            kept.append(point)
    order = sorted(kept, key=lambda one: (one.yearly_cost, one.lived.people))
    return Front(tuple(order), tuple(bettered), impossible)


def _near(figure: float) -> float:
    return _SAME * max(1.0, abs(figure))
