"""How a plan stands when a venue closes, or fragility is weighed otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.unreached.model import Unreached
from maillage.kernel.french import number
from maillage.kernel.language import tr
from maillage.siting.posts.judge import value
from maillage.siting.posts.model import Held, PostPlan, PostProblem, VenueRules
from maillage.siting.scenarios.explain import without_venue
from maillage.siting.scenarios.valued import Lived, gain, lived
from maillage.siting.scenarios.worlds import Asked, Search, Setting, venues_of, worlds


@dataclass(frozen=True, slots=True)
class Variant:
    """Another supposition: its French name, and the problem as it is then (venues the same)."""

    label: str
    problem: PostProblem


@dataclass(frozen=True, slots=True)
class Closure:
    """One chosen venue closes.

    ``lost`` is how much worse the plan is without its half-days, in the unit of the goal.
    ``recovered`` is the best plan that leaves all other half-days where they are; ``still_lost``
    how much worse than the plan that is (negative where it is better: a plan not proved).
    """

    venue: int
    lost: float
    recovered: PostPlan
    still_lost: float


@dataclass(frozen=True, slots=True)
class UnderVariant:
    """A plan under another supposition.

    ``as_is`` is what the plan is worth then, ``best`` the best plan found then, ``regret`` how
    much better that is, in the unit of the goal, never under 0. ``venues_staying`` are in both
    plans, ``venues_leaving`` in the plan told alone, ``venues_coming`` in the best one alone.
    """

    label: str
    as_is: Lived
    best: PostPlan
    regret: float
    venues_staying: tuple[int, ...]
    venues_leaving: tuple[int, ...]
    venues_coming: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Robustness:
    """``staying`` tells of each venue of the plan under how many of the variants it stays chosen.

    In order of venue; ``n_variants`` is how many were tried.
    """

    closures: tuple[Closure, ...]
    variants: tuple[UnderVariant, ...]
    staying: tuple[tuple[int, int], ...]

    @property
    def n_variants(self) -> int:
        """How many other suppositions were tried."""
        return len(self.variants)


def robust(
    problem: PostProblem,
    held: tuple[Held, ...],
    search: Search,
    variants: Sequence[Variant] = (),
    closing: Sequence[int] | None = None,
) -> Robustness:
    """Close venues of a plan in turn, and solve each variant: one search each.

    ``closing`` are the venues to close, None = each of the plan.
    ValueError where a variant does not number the same venues.
    """
    told = tuple(under(variant, held, search, problem.n_venues) for variant in variants)
    closing = venues_of(held) if closing is None else closing
    closures = tuple(closed(problem, held, venue, search) for venue in closing)
    counts = Counter(venue for one in told for venue in one.venues_staying)
    staying = tuple((venue, counts[venue]) for venue in venues_of(held))
    return Robustness(closures, told, staying)


def closed(problem: PostProblem, held: tuple[Held, ...], venue: int, search: Search) -> Closure:
    """Return what the closing of one venue of a plan costs, all others staying where they are.

    A floor is not asked of what remains.
    """
    rest = without_venue(held, venue)
    whole = value(problem, held)
    rules = _rules_without(problem.rules, venue, rest)
    recovered = search.solve(replace(problem, rules=rules, floor=None))
    return Closure(
        venue=venue,
        lost=gain(problem, whole, value(problem, rest)),
        recovered=recovered,
        still_lost=gain(problem, whole, recovered.value),
    )


def _rules_without(rules: VenueRules, venue: int, rest: tuple[Held, ...]) -> VenueRules:
    """Return the rules when a venue is closed and all that is held elsewhere stays."""
    return VenueRules(
        kept=frozenset(rest),
        forced=rules.forced - {venue},
        forbidden=rules.forbidden | {venue},
        together=tuple(group - {venue} for group in rules.together),
        apart=tuple(group - {venue} for group in rules.apart),
    )


def under(variant: Variant, held: tuple[Held, ...], search: Search, n_venues: int) -> UnderVariant:
    """Return a plan under another supposition: one search.

    A floor that no plan comes to then is not asked. ValueError where the venues are not as many.
    """
    problem = variant.problem
    if problem.n_venues != n_venues:
        message = f"« {variant.label} » has {problem.n_venues} venues, not {n_venues}"
        raise ValueError(message)
    as_is, best = lived(problem, held), search.solve_supposed(problem)
    here, there = set(venues_of(held)), set(venues_of(best.held))
    return UnderVariant(
        label=variant.label,
        as_is=as_is,
        best=best,
        regret=max(0.0, gain(problem, best.value, as_is.value)),
        venues_staying=tuple(sorted(here & there)),
        venues_leaving=tuple(sorted(here - there)),
        venues_coming=tuple(sorted(there - here)),
    )


def other_weights(
    setting: Setting, asked: Asked, contrasts: Sequence[float]
) -> tuple[Variant, ...]:
    """Return the low world with all people instead of the fragile, then with other fragilities.

    A contrast multiplies how far the share of fragile people of each point is from that of the
    whole territory: under 1 differences count less, over 1 more (shares stay within 0-1).
    """
    everybody = replace(setting.unreached, fragile=setting.unreached.people)
    found = [Variant(tr("tous les habitants, fragiles ou non"), _low(setting, everybody, asked))]
    for contrast in contrasts:
        weighed = contrasted(setting.unreached, contrast)
        label = tr("des écarts de fragilité entre lieux de vie multipliés par {contrast}")
        told = label.format(contrast=number(contrast, 1))
        found.append(Variant(told, _low(setting, weighed, asked)))
    return tuple(found)


def contrasted(unreached: Unreached, contrast: float) -> Unreached:
    """Return the same people, their fragility nearer to its mean or farther (see other_weights)."""
    people, fragile = unreached.people, unreached.fragile
    share = np.divide(fragile, people, out=np.zeros_like(fragile), where=people > 0)
    mean = float(fragile.sum() / people.sum()) if people.sum() > 0 else 0.0
    weighed = people * np.clip(mean + contrast * (share - mean), 0.0, 1.0)
    return replace(unreached, fragile=weighed)


def _low(setting: Setting, unreached: Unreached, asked: Asked) -> PostProblem:
    return worlds(Setting(unreached, setting.reach), asked).low
