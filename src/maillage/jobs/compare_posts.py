"""« Et si on le met ici plutôt que là ? »: two places, or two plans, valued side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from maillage.access.unreached.model import Venue
from maillage.access.visits.bounds import Bounds
from maillage.jobs.asked_posts import PostsAsked, demand_of
from maillage.jobs.kept_plan import KeptPlan, known_held
from maillage.kernel.errors import ImpossibleDemand, UnclearDemand
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.siting.posts.judge import better, value
from maillage.siting.posts.model import Goal, Held, PostProblem
from maillage.siting.scenarios.named_venue import choices_told, find_venues, public_desks
from maillage.siting.scenarios.placing import settled
from maillage.siting.scenarios.valued import Lived, gain, lived_in_both
from maillage.siting.scenarios.what_if import what_if_named
from maillage.siting.scenarios.worlds import Asked, Setting, venues_of, worlds


@dataclass(frozen=True, slots=True)
class Side:
    """One of two: what it is called, its half-days, what they are worth in each world.

    ``received`` are the people that the hours allow in a year; ``others`` the venues that its name
    may mean as well, none where it means one alone.
    """

    name: str
    held: tuple[Held, ...]
    lived: Bounds[Lived]
    received: Bounds[float]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """A commune (number) where one of two serves more people than the other, in each world."""

    zone: int
    people: Bounds[float]


@dataclass(frozen=True, slots=True, eq=False)
class TwoCompared:
    """A against B: ``better_by`` is how much better A is, in the unit of the goal, in each world.

    ``for_one`` and ``for_other`` are the communes where A, then B, serves more, the most people
    first, as what is sure counts (then the high bound). ``beside`` tells the plan that both stand
    in, None where they stand alone. ``notes`` are French sentences.
    """

    setting: Setting
    demand: Asked
    both: Bounds[PostProblem]
    one: Side
    other: Side
    better_by: Bounds[float]
    for_one: tuple[ZoneChange, ...]
    for_other: tuple[ZoneChange, ...]
    beside: str | None
    notes: tuple[str, ...]

    @property
    def venues(self) -> tuple[Venue, ...]:
        """The venues, in the order in which plans number them."""
        return self.setting.venues


def compare_places(
    setting: Setting,
    asked: PostsAsked,
    places: tuple[str, str],
    parameters: Parameters,
    within: KeptPlan | None = None,
) -> TwoCompared:
    """Compare two places, told by venue or commune; nothing is searched.

    Of a commune its France Services or its town hall is taken, where it has one. Alone, each holds
    all half-days of the posts asked, as far as it has room. ``within`` a plan that has one of the
    two, the other takes over its half-days. UnclearDemand as ``check_places`` tells;
    ImpossibleDemand where the plan has neither.
    """
    check_places(setting.venues, places)
    if within is not None:
        asked = replace(asked, n_posts=within.n_posts, half_days_each=within.half_days_each)
    demand = demand_of(asked, setting.venues, parameters)
    both = worlds(setting, demand)
    if within is not None:
        return _within(setting, demand, both, places, within)
    sides = [_alone(both, setting.venues, place) for place in places]
    notes = tuple(note for _, note in sides if note)
    return _compared(setting, demand, both, (sides[0][0], sides[1][0]), (None, notes))


def check_places(venues: tuple[Venue, ...], places: tuple[str, str]) -> None:
    """Raise UnclearDemand where a name means nothing, or several communes, or both the same."""
    refused, found = list[str](), list[tuple[int, ...]]()
    for place in dict.fromkeys(places):
        try:
            found.append(find_venues(venues, place))
        except UnclearDemand as error:
            refused += error.contradictions
    if refused:
        raise UnclearDemand(tuple(refused))
    if len(found) == 1 or found[0] == found[1]:
        raise UnclearDemand((_told_twice(venues, places[0], found[0]),))


def _told_twice(venues: tuple[Venue, ...], place: str, found: tuple[int, ...]) -> str:
    if len(found) == 1:
        clause = tr("A et B sont le même lieu, {place} : dites-en deux")
        return clause.format(place=choices_told(venues, found))
    clause = tr("« {place} » est dit deux fois : dites deux communes, ou deux de ses lieux ({all})")
    return clause.format(place=place, all=choices_told(venues, found))


def compare_plans(
    setting: Setting, asked: PostsAsked, plans: tuple[KeptPlan, KeptPlan], parameters: Parameters
) -> TwoCompared:
    """Compare two plans kept in files; nothing is searched.

    ImpossibleDemand where a venue of theirs is none of the setting.
    """
    posts = max(plan.n_posts for plan in plans)
    each = max(plan.half_days_each for plan in plans)
    wider = replace(asked, n_posts=posts, half_days_each=each)
    demand = demand_of(wider, setting.venues, parameters)
    both = worlds(setting, demand)
    sides = [_side(both, plan.name, known_held(plan, setting.venues)) for plan in plans]
    return _compared(setting, demand, both, (sides[0], sides[1]), (None, ()))


def _alone(
    both: Bounds[PostProblem], venues: tuple[Venue, ...], place: str
) -> tuple[Side, str | None]:
    """Return the desk of a place holding all half-days, and what is to be said of it."""
    problem = both.low
    options = find_venues(venues, place)
    desks = public_desks(venues, options)
    wanted = tuple(Held(desks[0], n % len(problem.reached)) for n in range(problem.budget))
    found = {one: settled(problem, (), one, wanted) for one in desks}
    worth = {one: value(problem, held) for one, held in found.items()}
    best = desks[0]
    for one in desks[1:]:
        if better(problem, worth[one], worth[best]):
            best = one
    side = replace(
        _side(both, called(venues[best]), found[best]), others=_others(venues, options, best)
    )
    if len(found[best]) == problem.budget:
        return side, None
    note = tr("{name} n'a de la place que pour {n} sur {all} demi-journées.")
    return side, note.format(name=side.name, n=len(found[best]), all=problem.budget)


def _others(venues: tuple[Venue, ...], options: tuple[int, ...], best: int) -> tuple[str, ...]:
    """Return the names of the venues that might have been meant as well, in order."""
    return tuple(sorted(called(venues[one]) for one in options if one != best))


def called(venue: Venue) -> str:
    """Return the name of a venue, with its commune where the name does not tell it."""
    if venue.commune.lower() in venue.name.lower():
        return venue.name
    return f"{venue.name} ({venue.commune})"


def _within(
    setting: Setting,
    demand: Asked,
    both: Bounds[PostProblem],
    places: tuple[str, str],
    within: KeptPlan,
) -> TwoCompared:
    held, venues = known_held(within, setting.venues), setting.venues
    mine = [set(find_venues(venues, place)) & set(venues_of(held)) for place in places]
    if not any(mine):
        clause = tr("le plan « {plan} » ne tient ni « {a} » ni « {b} »")
        told = clause.format(plan=within.name, a=places[0], b=places[1])
        raise ImpossibleDemand((told,))
    first_stays = bool(mine[0])
    stays, comes = places if first_stays else (places[1], places[0])
    moved = what_if_named(both, held, venues, instead_of=stays, at=comes)
    notes = [clause[0].upper() + clause[1:] + "." for clause in moved.against_rules]
    if moved.unplaced:
        told = tr("{name} n'a pas de place pour {n} de ces demi-journées.")
        notes.append(told.format(name=called(venues[moved.to_venue]), n=moved.unplaced))
    kept = _side(both, called(venues[moved.from_venue]), held)
    others = _others(venues, (moved.to_venue, *moved.others), moved.to_venue)
    new = replace(_side(both, called(venues[moved.to_venue]), moved.held), others=others)
    sides = (kept, new) if first_stays else (new, kept)
    return _compared(setting, demand, both, sides, (within.name, tuple(notes)))


def _side(both: Bounds[PostProblem], name: str, held: tuple[Held, ...]) -> Side:
    hours = Bounds(replace(both.low, goal=Goal.SERVED), replace(both.high, goal=Goal.SERVED))
    received = Bounds(value(hours.low, held), value(hours.high, held))
    return Side(name, held, lived_in_both(both, held), received)


def _compared(
    setting: Setting,
    demand: Asked,
    both: Bounds[PostProblem],
    sides: tuple[Side, Side],
    told: tuple[str | None, tuple[str, ...]],
) -> TwoCompared:
    one, other = sides
    changes = tuple(_changes(one.lived, other.lived))
    return TwoCompared(
        setting=setting,
        demand=demand,
        both=both,
        one=one,
        other=other,
        better_by=Bounds(
            gain(both.low, one.lived.low.value, other.lived.low.value),
            gain(both.high, one.lived.high.value, other.lived.high.value),
        ),
        for_one=tuple(change for change in changes if _told_by(change) > 0),
        for_other=tuple(change for change in changes if _told_by(change) < 0),
        beside=told[0],
        notes=told[1],
    )


def _changes(one: Bounds[Lived], other: Bounds[Lived]) -> Iterable[ZoneChange]:
    low = _differences(one.low, other.low)
    high = _differences(one.high, other.high)
    found = [
        ZoneChange(zone, Bounds(a, b))
        for zone, (a, b) in enumerate(zip(low, high, strict=True))
        if a or b
    ]
    return sorted(found, key=lambda c: (-abs(c.people.low), -abs(c.people.high), c.zone))


def _differences(one: Lived, other: Lived) -> list[float]:
    pairs = zip(one.by_zone, other.by_zone, strict=True)
    return [a - b if not math.isclose(a, b, abs_tol=1e-9) else 0.0 for a, b in pairs]


def _told_by(change: ZoneChange) -> float:
    return change.people.low or change.people.high
