"""Why each venue was chosen: whom it alone serves, what goes without it, what could replace it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from maillage.siting.posts.judge import value
from maillage.siting.posts.model import Goal, Held, PostProblem
from maillage.siting.scenarios.placing import against_rules, room_left, settled
from maillage.siting.scenarios.valued import Lived, gain, lived
from maillage.siting.scenarios.worlds import venues_of

MOST_RECEIVED = 8
"""How many venues are valued by the hours in place of one: each takes a while to share out."""

MOST_COMMUNES = 5
"""How many communes an explanation names, those with the most people first."""


@dataclass(frozen=True, slots=True)
class FromCommune:
    """People of one commune: ``zone`` is its number, ``people`` how many."""

    zone: int
    people: float


@dataclass(frozen=True, slots=True)
class Replacement:
    """Another venue for the half-days of one: ``held`` is the whole plan then, ``value`` its worth.

    ``loss`` is how much worse that is than the plan explained, in the unit of the goal; negative
    where it is better, which a plan that is not proved may allow. ``unplaced`` half-days found no
    room there.
    """

    venue: int
    held: tuple[Held, ...]
    value: float
    loss: float
    unplaced: int


@dataclass(frozen=True, slots=True)
class Explained:
    """What one chosen venue brings to a plan.

    ``loss`` is how much worse the plan is without its half-days, in the unit of the goal;
    ``people`` those newly served because of it alone (0 or more; for goals of minutes, those whom
    no other held venue helps), and ``from_communes`` where they live, the most first.
    ``without`` is what the plan is worth without it. ``replacement`` is the best other venue for
    its half-days, None where a rule holds it there or no other venue has room.
    """

    venue: int
    held: tuple[Held, ...]
    loss: float
    people: float
    from_communes: tuple[FromCommune, ...]
    without: Lived
    replacement: Replacement | None


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """A venue not chosen, and the best it could do in the plan.

    ``instead_of`` is the chosen venue whose half-days it would take, ``loss`` what that costs (see
    Replacement).
    """

    venue: int
    instead_of: int
    loss: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A plan explained: each chosen venue in order, and those that come next, the best first.

    Replacements move the half-days of one venue and leave all others where they are: a search
    anew may do better.
    """

    chosen: tuple[Explained, ...]
    runners_up: tuple[RunnerUp, ...]


def explain(problem: PostProblem, held: tuple[Held, ...]) -> Explanation:
    """Return why each venue of a plan is there, in one world.

    Work grows as chosen venues × venues × half-days; nothing is searched anew. For SERVED only the
    ``MOST_RECEIVED`` venues that would bring the most people in reach, hours set aside, are valued
    in place of each.
    """
    whole = lived(problem, held)
    swaps = {venue: _swaps(problem, held, venue, whole) for venue in venues_of(held)}
    chosen = tuple(
        _explained(problem, (held, whole), venue, swaps[venue]) for venue in venues_of(held)
    )
    return Explanation(chosen, _runners_up(swaps, frozenset(swaps)))


def without_venue(held: tuple[Held, ...], venue: int) -> tuple[Held, ...]:
    """Return the half-days held elsewhere."""
    return tuple(one for one in held if one.venue != venue)


def replacements(
    problem: PostProblem, held: tuple[Held, ...], venue: int
) -> tuple[Replacement, ...]:
    """Return every other venue that could take a venue's half-days, the best first.

    None that the rules leave out; of equal ones, in order of venue. For SERVED, see ``explain``.
    """
    return _swaps(problem, held, venue, lived(problem, held))


def _swaps(
    problem: PostProblem, held: tuple[Held, ...], venue: int, whole: Lived
) -> tuple[Replacement, ...]:
    if problem.goal is Goal.SERVED:
        return _received_swaps(problem, held, venue, whole)
    rest = without_venue(held, venue)
    leaving = tuple(one for one in held if one.venue == venue)
    open_at = np.flatnonzero(room_left(problem, rest).any(axis=0)).tolist()
    found = []
    for other in open_at:
        if other == venue:
            continue
        moved = settled(problem, rest, other, leaving)
        if next(against_rules(problem, moved), None) is not None:
            continue
        worth = value(problem, moved)
        loss = gain(problem, whole.value, worth)
        found.append(Replacement(other, moved, worth, loss, len(held) - len(moved)))
    return _best_first(found)


def _received_swaps(
    problem: PostProblem, held: tuple[Held, ...], venue: int, whole: Lived
) -> tuple[Replacement, ...]:
    """Return the venues that bring the most people in reach, valued by the hours."""
    freely = replace(problem, goal=Goal.CHOICE)
    hopeful = _swaps(freely, held, venue, lived(freely, held))[:MOST_RECEIVED]
    worths = [value(problem, one.held) for one in hopeful]
    return _best_first(
        replace(one, value=worth, loss=gain(problem, whole.value, worth))
        for one, worth in zip(hopeful, worths, strict=True)
    )


def _best_first(found: Iterable[Replacement]) -> tuple[Replacement, ...]:
    return tuple(sorted(found, key=lambda one: (one.loss, one.venue)))


def _explained(
    problem: PostProblem,
    plan: tuple[tuple[Held, ...], Lived],
    venue: int,
    swaps: tuple[Replacement, ...],
) -> Explained:
    held, whole = plan
    without = lived(problem, without_venue(held, venue))
    lost = [
        FromCommune(zone, before - after)
        for zone, (before, after) in enumerate(zip(whole.by_zone, without.by_zone, strict=True))
        if before - after > 1e-9
    ]
    return Explained(
        venue=venue,
        held=tuple(one for one in held if one.venue == venue),
        loss=gain(problem, whole.value, without.value),
        people=whole.people - without.people,
        from_communes=tuple(sorted(lost, key=lambda one: (-one.people, one.zone)))[:MOST_COMMUNES],
        without=without,
        replacement=swaps[0] if swaps else None,
    )


def _runners_up(
    swaps: dict[int, tuple[Replacement, ...]], chosen: frozenset[int]
) -> tuple[RunnerUp, ...]:
    best: dict[int, RunnerUp] = {}
    for instead_of, options in swaps.items():
        for option in options:
            if option.venue in chosen:
                continue
            known = best.get(option.venue)
            if known is None or option.loss < known.loss:
                best[option.venue] = RunnerUp(option.venue, instead_of, option.loss)
    return tuple(sorted(best.values(), key=lambda one: (one.loss, one.venue)))
