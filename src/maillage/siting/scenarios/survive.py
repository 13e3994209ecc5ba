"""Which choices stand in both worlds, and the plan that can be defended in either."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from maillage.access.visits.bounds import Bounds
from maillage.kernel.language import tr
from maillage.siting.posts.model import Held, PostPlan, PostProblem
from maillage.siting.scenarios.valued import Lived, gain, lived_in_both
from maillage.siting.scenarios.worlds import Search, side_by_side, venues_of


@dataclass(frozen=True, slots=True)
class Tried:
    """One plan, what it is worth in each world, and what it leaves there.

    ``made_for`` tells in French which world it was searched in. ``lived`` is what it is worth in
    each. ``regret`` is how much better the best plan found for a world is there, in the unit of
    the goal, never under 0; ``regret_at_most`` the same against what no plan can do better than.
    """

    made_for: str
    plan: PostPlan
    lived: Bounds[Lived]
    regret: Bounds[float]
    regret_at_most: Bounds[float]

    @property
    def largest_regret(self) -> float:
        """The regret in the world where it is largest."""
        return max(self.regret.low, self.regret.high)

    @property
    def under_floor(self) -> int:
        """How many communes stay under the floor asked, in the world where most do."""
        return max(len(self.lived.low.under_floor), len(self.lived.high.under_floor))


@dataclass(frozen=True, slots=True)
class Survival:
    """What becomes of a plan when the other world is the true one.

    ``tried`` are the plans made for the low world, for the high one and for both at once;
    ``defended`` the one with the least largest regret (of those that leave the fewest communes
    under the floor). Venues and half-days are told apart: those that the best plans of both
    worlds hold, and those that only one of them does.
    """

    tried: tuple[Tried, ...]
    defended: Tried
    venues_in_both: tuple[int, ...]
    venues_in_one: Bounds[tuple[int, ...]]
    held_in_both: tuple[Held, ...]
    held_in_one: Bounds[tuple[Held, ...]]

    @property
    def newly_served(self) -> Bounds[float]:
        """The people newly served by the defended plan, in each world."""
        return Bounds(self.defended.lived.low.people, self.defended.lived.high.people)


def survive(both: Bounds[PostProblem], search: Search) -> Survival:
    """Make a plan for each world and one for both, and value each in the other world.

    Three problems are solved; a floor that no plan comes to in a world is not asked there. Raises
    what the solver raises.
    """
    plans = Bounds(search.solve_supposed(both.low), search.solve_supposed(both.high))
    mean = search.solve_supposed(side_by_side(both))
    named = (
        (tr("ce qui est sûr"), plans.low),
        (tr("le bus supposé"), plans.high),
        (tr("les deux à la fois"), mean),
    )
    lived = [(name, plan, lived_in_both(both, plan.held)) for name, plan in named]
    best = Bounds(
        _best(both.low, [one.low for _, _, one in lived]),
        _best(both.high, [one.high for _, _, one in lived]),
    )
    bound = Bounds(plans.low.bound, plans.high.bound)
    tried = tuple(
        Tried(name, plan, one, _regret(both, best, one), _regret(both, bound, one))
        for name, plan, one in lived
    )
    return _told(tried, plans)


def _best(problem: PostProblem, lived: list[Lived]) -> float:
    """Return the best value found of those that come to the floor as the world's own plan does."""
    least = min(len(one.under_floor) for one in lived)
    values = [one.value for one in lived if len(one.under_floor) == least]
    return max(values) if problem.goal.is_of_people else min(values)


def _regret(both: Bounds[PostProblem], best: Bounds[float], one: Bounds[Lived]) -> Bounds[float]:
    return Bounds(
        max(0.0, gain(both.low, best.low, one.low.value)),
        max(0.0, gain(both.high, best.high, one.high.value)),
    )


def _told(tried: tuple[Tried, ...], plans: Bounds[PostPlan]) -> Survival:
    low, high = Counter(plans.low.held), Counter(plans.high.held)
    low_venues, high_venues = set(venues_of(plans.low.held)), set(venues_of(plans.high.held))
    return Survival(
        tried=tried,
        defended=min(tried, key=lambda one: (one.under_floor, one.largest_regret)),
        venues_in_both=tuple(sorted(low_venues & high_venues)),
        venues_in_one=Bounds(
            tuple(sorted(low_venues - high_venues)), tuple(sorted(high_venues - low_venues))
        ),
        held_in_both=_listed(low & high),
        held_in_one=Bounds(_listed(low - high), _listed(high - low)),
    )


def _listed(counted: Counter[Held]) -> tuple[Held, ...]:
    return tuple(sorted(counted.elements()))
