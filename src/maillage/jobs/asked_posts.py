"""What somebody asks of posts, in words: places by their names, half-days by theirs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from maillage.access.model import ServiceKey
from maillage.access.unreached.model import N_HALF_DAYS, Venue
from maillage.kernel.errors import ImpossibleDemand, UnclearDemand
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.words import plain
from maillage.siting.posts.model import Goal, Held, VenueRules
from maillage.siting.posts.rules import half_day_name
from maillage.siting.posts.usual import usual_post
from maillage.siting.scenarios.named_venue import find_venue, find_venues
from maillage.siting.scenarios.rates import worked_half_days
from maillage.siting.scenarios.worlds import Asked


@dataclass(frozen=True, slots=True)
class NamedRules:
    """What is decided about venues, each told by its name or its commune.

    ``keep`` are half-days, « Mairie de Busnes:mardi matin »; ``together`` and ``apart`` are groups
    of names.
    """

    force: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PostsAsked:
    """What is asked of new posts.

    ``half_days_each`` None: those of a usual post. ``high``: plan for the high bound of access, a
    bus supposed, instead of what runs for sure. ``floor`` is a share 0-1, None = none. ``up_to``
    is for how many posts the value of each further one is told, 0 = not told. ``scenarios``: try
    the plan under other suppositions too.
    """

    service: ServiceKey = None
    goal: Goal = Goal.REACHED
    n_posts: int = 1
    half_days_each: int | None = None
    high: bool = False
    floor: float | None = None
    rules: NamedRules = NamedRules()
    up_to: int = 0
    scenarios: bool = True


def demand_of(asked: PostsAsked, venues: Sequence[Venue], parameters: Parameters) -> Asked:
    """Return what is asked with the parameters in force, names made numbers.

    UnclearDemand, with every name that means nothing or several places; ImpossibleDemand where a
    post would hold more half-days than the week has.
    """
    usual = usual_post(parameters)
    each = usual.half_days_each if asked.half_days_each is None else asked.half_days_each
    worked = worked_half_days(parameters)
    _refuse_long_weeks(each, venues, worked)
    return Asked(
        service=asked.service,
        goal=asked.goal,
        n_posts=asked.n_posts,
        half_days_each=each,
        returns=usual.returns,
        people_per_half_day=usual.people_per_half_day,
        worked=worked,
        rules=rules_of(asked.rules, venues),
        floor=asked.floor,
    )


def _refuse_long_weeks(each: int, venues: Sequence[Venue], worked: frozenset[int]) -> None:
    """Refuse more half-days a post than there are in the week: one helper is in one place."""
    open_then = {then for venue in venues for then in venue.half_days or worked}
    if each > len(open_then | worked):
        clause = tr(
            "un conseiller ne peut tenir {each} demi-journées : la semaine n'en a que {n} où un "
            "lieu peut le recevoir ; demandez plusieurs conseillers (--posts)"
        )
        raise ImpossibleDemand((clause.format(each=each, n=len(open_then | worked)),))


def rules_of(named: NamedRules, venues: Sequence[Venue]) -> VenueRules:
    """Return rules by the numbers of venues.

    A commune forbidden is all its venues; of communes apart, no venue of one stands with a venue
    of another. Anything else means one venue. UnclearDemand, with every bad name.
    """
    names = _Names(venues)
    rules = VenueRules(
        kept=frozenset(held for text in named.keep for held in names.held(text)),
        forced=frozenset(venue for text in named.force for venue in names.one(text)),
        forbidden=frozenset(venue for text in named.forbid for venue in names.every(text)),
        together=tuple(frozenset(v for text in group for v in names.one(text))
                       for group in named.together),
        apart=tuple(
            frozenset(pair)
            for group in named.apart
            for here, there in itertools.combinations([names.every(text) for text in group], 2)
            for pair in itertools.product(here, there)
        ),
    )  # fmt: skip
    if names.refused:
        raise UnclearDemand(tuple(dict.fromkeys(names.refused)))
    return replace(rules, apart=tuple(dict.fromkeys(rules.apart)))


class _Names:
    """Venues by name; what cannot be understood is gathered, to be told all at once."""

    def __init__(self, venues: Sequence[Venue]) -> None:
        self._venues = venues
        self.refused: list[str] = []

    def one(self, text: str) -> tuple[int, ...]:
        """Return the only venue of a name, none where it means nothing or several."""
        try:
            return (find_venue(self._venues, text),)
        except UnclearDemand as error:
            self.refused += error.contradictions
            return ()

    def every(self, text: str) -> tuple[int, ...]:
        """Return the venues of a name or of a commune, none where it means nothing."""
        try:
            return find_venues(self._venues, text)
        except UnclearDemand as error:
            self.refused += error.contradictions
            return ()

    def held(self, text: str) -> tuple[Held, ...]:
        """Return the half-day of « Mairie de Busnes:mardi matin »."""
        place, _, then = text.rpartition(":")
        half_day = _half_day(then)
        if half_day is None or not place:
            clause = tr(
                "« {text} » n'est pas une demi-journée du lundi au samedi : écrivez « Mairie de "
                "Busnes:mardi matin »"
            )
            self.refused.append(clause.format(text=text))
            return ()
        return tuple(Held(venue, half_day) for venue in self.one(place.strip()))


def _half_day(text: str) -> int | None:
    told = plain(text)
    return next((n for n in range(N_HALF_DAYS) if plain(half_day_name(n)) == told), None)
