"""Half-days held, what is decided about venues beforehand, and what in it contradicts itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.french import listed, listed_first, plural, weekday
from maillage.kernel.language import tr

_MOST_TOLD = 8
_MONDAY = dt.date(2024, 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """One half-day a week held at one venue."""

    venue: int
    half_day: int


@dataclass(frozen=True, slots=True)
class VenueRules:
    """What is decided about venues beforehand.

    ``kept`` half-days are in every plan; ``forced`` venues hold at least one half-day;
    ``forbidden`` ones none. Of each group of ``together`` all hold some or none does; of each
    group of ``apart`` at most one does.
    """

    kept: frozenset[Held] = frozenset()
    forced: frozenset[int] = frozenset()
    forbidden: frozenset[int] = frozenset()
    together: tuple[frozenset[int], ...] = ()
    apart: tuple[frozenset[int], ...] = ()

    @property
    def numbers(self) -> frozenset[int]:
        """Every venue that a rule names."""
        groups = (*self.together, *self.apart, self.forced, self.forbidden, self.kept_venues)
        return frozenset().union(*groups)

    @property
    def kept_venues(self) -> frozenset[int]:
        """The venues of the half-days kept."""
        return frozenset(held.venue for held in self.kept)

    @property
    def paired(self) -> tuple[frozenset[int], ...]:
        """The groups of ``together``, those that share a venue made one, in order."""
        groups: list[frozenset[int]] = []
        for group in self.together:
            met = [other for other in groups if other & group]
            groups = [other for other in groups if not other & group]
            groups.append(group.union(*met))
        return tuple(sorted((group for group in groups if group), key=sorted))

    @property
    def needed(self) -> frozenset[int]:
        """The venues that hold some half-day in every plan."""
        named = self.forced | self.kept_venues
        return named.union(*(group for group in self.paired if group & named))


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """How many posts, of how many half-days, and where helpers may be when: (12, v) at once."""

    n_posts: int
    half_days_each: int
    may_open: IntArray
    venue_names: tuple[str, ...] = field(default=())

    @property
    def budget(self) -> int:
        """How many half-days may be held in all."""
        return max(self.n_posts, 0) * max(self.half_days_each, 0)

    @property
    def n_venues(self) -> int:
        """How many venues there are."""
        return int(self.may_open.shape[1])

    def usable(self, rules: VenueRules) -> FlagArray:
        """Flag the half-days and venues (12, v) where somebody may be."""
        flags: FlagArray = self.may_open > 0
        flags[:, sorted(rules.forbidden)] = False
        return flags

    def name(self, venue: int) -> str:
        """What a venue is called in a sentence."""
        if self.venue_names:
            return f"« {self.venue_names[venue]} »"
        return tr("lieu n° {number}").format(number=venue + 1)

    def names(self, venues: Iterable[int]) -> str:
        """What several venues are called in a sentence, the first eight of many."""
        told = [self.name(venue) for venue in sorted(venues)]
        return listed_first(told, _MOST_TOLD)


def half_day_name(half_day: int) -> str:
    """Return what a half-day is called.

    >>> half_day_name(3)
    'mardi après-midi'
    """
    part = tr("après-midi") if half_day % 2 else tr("matin")
    return f"{weekday(_MONDAY + dt.timedelta(days=half_day // 2))} {part}"


def told_half_day(half_day: int) -> str:
    """Return a half-day as a sentence names it: « le mardi matin »."""
    return tr("le {half_day}").format(half_day=half_day_name(half_day))


@dataclass(frozen=True, slots=True)
class Placing:
    """A half-day for each venue, as far as there is one.

    ``stuck`` is the first venue for which there is none, None where all have theirs; ``crowded``
    the half-days that it and those in its way are limited to.
    """

    half_days: dict[int, int]
    stuck: int | None = None
    crowded: frozenset[int] = frozenset()


def placed(calendar: Calendar, rules: VenueRules, venues: frozenset[int]) -> Placing:
    """Give each venue one half-day beside those kept, never more than the posts at once."""
    room = [calendar.n_posts] * N_HALF_DAYS
    for held in rules.kept:
        room[held.half_day] -= 1
    usable = calendar.usable(rules)
    given: dict[int, int] = {}
    for venue in sorted(venues - rules.kept_venues):
        seen: set[int] = set()
        if not _give(venue, usable, room, given, seen):
            return Placing(given, venue, frozenset(seen))
    return Placing(given)


def _give(
    venue: int, usable: FlagArray, room: list[int], given: dict[int, int], seen: set[int]
) -> bool:
    """Find a half-day for a venue, moving others where that makes room."""
    open_then = [half_day for half_day in range(N_HALF_DAYS) if usable[half_day, venue]]
    free = [half_day for half_day in open_then if room[half_day] > 0]
    if free:
        chosen = max(free, key=lambda half_day: (room[half_day], -half_day))
        room[chosen] -= 1
        given[venue] = chosen
        return True
    for half_day in open_then:
        if half_day in seen:
            continue
        seen.add(half_day)
        for other in sorted(v for v, then in given.items() if then == half_day):
            if _give(other, usable, room, given, seen):
                given[venue] = half_day
                return True
    return False


def contradictions(calendar: Calendar, rules: VenueRules) -> Iterator[str]:
    """Tell, in French clauses, everything for which no plan can exist."""
    simple = [
        *_of_means(calendar),
        *_of_lists(calendar, rules),
        *_of_kept(calendar, rules),
        *_of_groups(calendar, rules),
        *_of_opening(calendar, rules),
        *_of_budget(calendar, rules),
    ]
    yield from simple or _of_crowding(calendar, rules)


def _of_means(calendar: Calendar) -> Iterator[str]:
    if calendar.n_posts < 1:
        yield tr("{n} poste demandé : il en faut au moins un").format(n=calendar.n_posts)
    if calendar.half_days_each < 1:
        yield tr(
            "{n} demi-journée par poste : un poste en tient au moins une, sans quoi le budget "
            "est inférieur à une demi-journée"
        ).format(n=calendar.half_days_each)


def _of_lists(calendar: Calendar, rules: VenueRules) -> Iterator[str]:
    both = rules.forced & rules.forbidden
    if both:
        yield tr("{venues} : imposé et interdit à la fois").format(venues=calendar.names(both))
    both = rules.kept_venues & rules.forbidden
    if both:
        yield tr("{venues} : une demi-journée y est maintenue, mais le lieu est interdit").format(
            venues=calendar.names(both)
        )


def _of_kept(calendar: Calendar, rules: VenueRules) -> Iterator[str]:
    for held in sorted(rules.kept):
        if calendar.may_open[held.half_day, held.venue] <= 0:
            yield tr("{venue} : demi-journée maintenue {then}, où le lieu est fermé").format(
                venue=calendar.name(held.venue), then=told_half_day(held.half_day)
            )
    for half_day in range(N_HALF_DAYS):
        n_kept = sum(held.half_day == half_day for held in rules.kept)
        if n_kept > max(calendar.n_posts, 0):
            yield tr("{n} permanences maintenues {then}, pour {posts}").format(
                n=n_kept, then=told_half_day(half_day), posts=_posts(calendar.n_posts)
            )


def _of_groups(calendar: Calendar, rules: VenueRules) -> Iterator[str]:
    for group in rules.paired:
        for apart in rules.apart:
            if len(group & apart) > 1:
                yield tr("{venues} : à tenir ensemble et à ne pas tenir ensemble").format(
                    venues=calendar.names(group & apart)
                )
    for apart in dict.fromkeys(rules.apart):
        if len(apart & rules.needed) > 1:
            yield tr("{venues} : tous nécessaires, mais un seul d'entre eux est permis").format(
                venues=calendar.names(apart & rules.needed)
            )
    for group in rules.paired:
        wanted = group & (rules.forced | rules.kept_venues)
        barred = group & rules.forbidden
        if wanted and barred:
            yield tr("{wanted} ne va pas sans {barred}, qui est interdit").format(
                wanted=calendar.names(wanted), barred=calendar.names(barred)
            )


def _of_opening(calendar: Calendar, rules: VenueRules) -> Iterator[str]:
    if not calendar.usable(rules).any():
        if calendar.n_venues == 0:
            yield tr("aucun lieu n'est proposé")
        elif (calendar.may_open > 0).any():
            yield tr("tous les lieux ouverts sont interdits")
        else:
            yield tr("aucun lieu n'est ouvert, aucune demi-journée de la semaine")
        return
    never = frozenset(
        venue
        for venue in rules.needed - rules.forbidden - rules.kept_venues
        if not (calendar.may_open[:, venue] > 0).any()
    )
    if never:
        yield tr("{venues} : nécessaire, mais ouvert aucune demi-journée").format(
            venues=calendar.names(never)
        )


def _of_budget(calendar: Calendar, rules: VenueRules) -> Iterator[str]:
    others = rules.needed - rules.kept_venues
    least = len(rules.kept) + len(others)
    if least > calendar.budget:
        yield tr(
            "{least} demi-journées au moins sont nécessaires ({kept} maintenues, {others} pour "
            "d'autres lieux imposés), mais {budget} en tout sont possibles "
            "({posts} × {each})"
        ).format(
            least=least,
            kept=len(rules.kept),
            others=len(others),
            budget=calendar.budget,
            posts=_posts(calendar.n_posts),
            each=calendar.half_days_each,
        )


def _of_crowding(calendar: Calendar, rules: VenueRules) -> Iterator[str]:
    placing = placed(calendar, rules, rules.needed)
    if placing.stuck is None:
        return
    within = {v for v, half_day in placing.half_days.items() if half_day in placing.crowded}
    then = listed([told_half_day(half_day) for half_day in sorted(placing.crowded)])
    yield tr(
        "{venues} : à tenir tous, mais ouverts seulement {then} : c'est trop pour {posts}, avec "
        "les permanences maintenues"
    ).format(
        venues=calendar.names(frozenset((*within, placing.stuck))),
        then=then,
        posts=_posts(calendar.n_posts),
    )


def _posts(n_posts: int) -> str:
    return plural(n_posts, tr("poste"))
