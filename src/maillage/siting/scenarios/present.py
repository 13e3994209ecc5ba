"""A plan beside the present: nothing new, and the permanences that counsellors already hold."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.access.visits.bounds import Bounds
from maillage.siting.posts.floor import newly_reached
from maillage.siting.posts.model import Held, PostProblem
from maillage.siting.scenarios.pareto import Evenness, evenness
from maillage.siting.scenarios.valued import Lived, gain, lived_in_both


@dataclass(frozen=True, slots=True)
class State:
    """The territory with some half-days held, in each world.

    ``in_reach`` are the people of the public with help in reach, present and new; ``left_out``
    those without.
    """

    held: tuple[Held, ...]
    lived: Bounds[Lived]
    evenness: Bounds[Evenness]
    in_reach: Bounds[float]
    left_out: Bounds[float]


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan beside what is there.

    ``nothing`` is the territory with no new half-day. ``held_now`` is the same with the present
    permanences told, None where none is told: the ground must then not count them among what
    works already. ``better_by`` is how much better the plan is than those (than nothing, where
    none is told), in the unit of the goal, in each world.
    """

    nothing: State
    held_now: State | None
    plan: State
    better_by: Bounds[float]


def compare(
    both: Bounds[PostProblem], plan: tuple[Held, ...], present: tuple[Held, ...] | None = None
) -> Compared:
    """Return a plan beside the present; ``present`` None: no permanence of counsellors is told."""
    nothing, then = state(both, ()), state(both, plan)
    now = None if present is None else state(both, present)
    before = nothing if now is None else now
    return Compared(
        nothing,
        now,
        then,
        Bounds(
            gain(both.low, then.lived.low.value, before.lived.low.value),
            gain(both.high, then.lived.high.value, before.lived.high.value),
        ),
    )


def state(both: Bounds[PostProblem], held: tuple[Held, ...]) -> State:
    """Return the territory with some half-days held, in each world."""
    reached = Bounds(in_reach(both.low, held), in_reach(both.high, held))
    public = Bounds(float(both.low.zone_people.sum()), float(both.high.zone_people.sum()))
    return State(
        held=tuple(sorted(held)),
        lived=lived_in_both(both, held),
        evenness=Bounds(evenness(both.low, held), evenness(both.high, held)),
        in_reach=reached,
        left_out=Bounds(public.low - reached.low, public.high - reached.high),
    )


def in_reach(problem: PostProblem, held: tuple[Held, ...]) -> float:
    """Return the people of the public with help in reach, present or held."""
    return float((problem.zone_reached + newly_reached(problem, held)).sum())
