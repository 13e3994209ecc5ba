"""« Et si on le met à Lillers plutôt qu'à Auchel ? »: answered at once, nothing searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maillage.access.unreached.model import Venue
from maillage.access.visits.bounds import Bounds
from maillage.siting.posts.judge import value
from maillage.siting.posts.model import Held, PostProblem
from maillage.siting.scenarios.explain import without_venue
from maillage.siting.scenarios.named_venue import find_venue, find_venues, public_desks
from maillage.siting.scenarios.placing import against_rules, settled
from maillage.siting.scenarios.valued import Lived, gain, lived_in_both
from maillage.siting.scenarios.worlds import venues_of


@dataclass(frozen=True, slots=True)
class CommuneChange:
    """One commune that gains or loses: its number, and by how many people newly served.

    Negative where it loses, in each world.
    """

    zone: int
    people: Bounds[float]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A plan with one venue's half-days held at another.

    ``held`` is the plan then; ``before`` and ``after`` what both are worth in each world,
    ``better_by`` the difference in the unit of the goal (negative: worse). ``unplaced`` half-days
    found no room there. ``gaining`` and ``losing`` communes, the most people first (as the low
    world counts, then the high one); a commune may gain in one world and lose in the other: it is
    then told by the low one. ``against_rules`` are French clauses: what was decided and is not
    followed; ``others`` are the other venues of the commune named, which would do less.
    """

    from_venue: int
    to_venue: int
    held: tuple[Held, ...]
    before: Bounds[Lived]
    after: Bounds[Lived]
    better_by: Bounds[float]
    unplaced: int
    gaining: tuple[CommuneChange, ...]
    losing: tuple[CommuneChange, ...]
    against_rules: tuple[str, ...]
    others: tuple[int, ...] = ()


def what_if(
    both: Bounds[PostProblem], held: tuple[Held, ...], from_venue: int, to_venue: int
) -> WhatIf:
    """Return what changes where one venue's half-days are held at another.

    They go where they add the most in the low world, the same half-days if those do as well. A
    venue put in its own place changes nothing.
    """
    moved = _moved(both.low, held, from_venue, to_venue)
    before, after = lived_in_both(both, held), lived_in_both(both, moved)
    changes = _changes(before, after)
    return WhatIf(
        from_venue=from_venue,
        to_venue=to_venue,
        held=moved,
        before=before,
        after=after,
        better_by=Bounds(
            gain(both.low, after.low.value, before.low.value),
            gain(both.high, after.high.value, before.high.value),
        ),
        unplaced=len(held) - len(moved),
        gaining=tuple(one for one in changes if _told_by(one) > 0),
        losing=tuple(one for one in changes if _told_by(one) < 0),
        against_rules=tuple(against_rules(both.low, moved)),
    )


def what_if_named(
    both: Bounds[PostProblem],
    held: tuple[Held, ...],
    venues: Sequence[Venue],
    *,
    instead_of: str,
    at: str,
) -> WhatIf:
    """Answer « et si on le met ici plutôt que là ? », places told by venue or commune.

    ``instead_of`` means a venue of the plan; of several venues that ``at`` names in one commune
    its France Services or its town hall is taken, else the one that does the most. UnclearDemand
    where a name means nothing, or several places.
    """
    from_venue = find_venue(venues, instead_of, among=venues_of(held))
    options = find_venues(venues, at)
    desks = public_desks(venues, options)
    worth = {to: value(both.low, _moved(both.low, held, from_venue, to)) for to in desks}
    best = max(desks, key=lambda to: (gain(both.low, worth[to], 0.0), -desks.index(to)))
    answer = what_if(both, held, from_venue, best)
    return replace(answer, others=tuple(other for other in options if other != best))


def _moved(
    problem: PostProblem, held: tuple[Held, ...], from_venue: int, to_venue: int
) -> tuple[Held, ...]:
    if from_venue == to_venue:
        return held
    leaving = tuple(one for one in held if one.venue == from_venue)
    return settled(problem, without_venue(held, from_venue), to_venue, leaving)


def _changes(before: Bounds[Lived], after: Bounds[Lived]) -> list[CommuneChange]:
    changes = [
        CommuneChange(zone, Bounds(low, high))
        for zone, (low, high) in enumerate(
            zip(
                _differences(before.low, after.low),
                _differences(before.high, after.high),
                strict=True,
            )
        )
        if low or high
    ]
    return sorted(changes, key=lambda c: (-abs(c.people.low), -abs(c.people.high), c.zone))


def _differences(before: Lived, after: Lived) -> list[float]:
    pairs = zip(before.by_zone, after.by_zone, strict=True)
    return [a - b if abs(a - b) > 1e-9 else 0.0 for b, a in pairs]


def _told_by(change: CommuneChange) -> float:
    return change.people.low or change.people.high
