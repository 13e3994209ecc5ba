"""Means that hold half-days: weekly posts, counsellors who come back less often, a bus."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from maillage.access.visits.bounds import Bounds
from maillage.kernel.french import number, percent, plural
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.siting.posts.judge import half_days_reached
from maillage.siting.posts.model import Goal, Held, PostProblem, VenueRules
from maillage.siting.scenarios.means import Around, Means, MeansServed
from maillage.siting.scenarios.rates import Rates, rates_of, worked_half_days
from maillage.siting.scenarios.valued import lived_in_both
from maillage.siting.scenarios.worlds import Search


@dataclass(frozen=True, slots=True)
class _Fleet:
    """So many units of ``half_days`` a week each, that come back after ``cycle`` weeks.

    ``people`` is how many one half-day held every week serves in a year; ``coming`` the share of
    people who come at that rhythm.
    """

    means: Means
    units: int
    half_days: int
    cycle: int
    people: float
    coming: float


def posts_served(
    both: Bounds[PostProblem], around: Around, search: Search, parameters: Parameters
) -> MeansServed | None:
    """Return what weekly posts serve for the budget; None where it pays none."""
    return _of_posts(both, around, search, parameters, (1, 1.0))


def flying_served(
    both: Bounds[PostProblem], around: Around, search: Search, parameters: Parameters
) -> tuple[MeansServed, ...]:
    """Return what posts whose half-days go round several venues serve, by rhythm."""
    rhythms = zip(
        parameters.numbers("means.flying.cycles"),
        parameters.numbers("means.flying.shares_coming"),
        strict=True,
    )
    found = [
        _of_posts(both, around, search, parameters, (int(cycle), share)) for cycle, share in rhythms
    ]
    return tuple(one for one in found if one is not None)


def _of_posts(
    both: Bounds[PostProblem],
    around: Around,
    search: Search,
    parameters: Parameters,
    rhythm: tuple[int, float],
) -> MeansServed | None:
    cycle, share = rhythm
    rates = rates_of(parameters, around.post_cost)
    n_posts = int(around.yearly_budget // around.post_cost)
    if n_posts < 1:
        return None
    means = Means.POSTS if cycle == 1 else Means.FLYING
    people = rates.people_per_hour_a_week * rates.hours
    fleet = _Fleet(means, n_posts, rates.half_days, cycle, people, share)
    label = means.label if cycle == 1 else _every(means, cycle)
    size = tr("{posts} de {half_days}").format(
        posts=plural(n_posts, tr("poste")),
        half_days=_half_days(rates.half_days),
    )
    served = _served(both, fleet, search, (label, size))
    return replace(
        served,
        yearly_cost=n_posts * around.post_cost,
        hours=n_posts * rates.hours_a_year,
        supposes=_posts_suppose(rates, cycle, share),
    )


def _half_days(n: int) -> str:
    return plural(n, tr("demi-journée par semaine"), tr("demi-journées par semaine"))


def _every(means: Means, cycle: int) -> str:
    return tr("{means}, une semaine sur {cycle} en chaque lieu").format(
        means=means.label, cycle=number(cycle)
    )


def bus_served(
    both: Bounds[PostProblem], around: Around, search: Search, parameters: Parameters
) -> MeansServed | None:
    """Return what buses serve for the budget; None where it pays not one half-day a week."""
    rates = rates_of(parameters, around.post_cost)
    crew = parameters.number("means.bus.crew")
    running = rates.weeks * (
        crew * rates.cost_per_half_day
        + parameters.number("means.bus.km_per_half_day")
        * parameters.number("means.bus.cost_per_km")
    )
    vehicle = parameters.number("means.bus.vehicle_yearly")
    buses, each = _buses(around.yearly_budget, vehicle, running, rates.half_days)
    if buses < 1:
        return None
    hours = parameters.number("means.bus.hours_per_half_day")
    cycle = int(parameters.number("means.bus.cycle"))
    people = crew * hours * rates.people_per_hour_a_week
    coming = parameters.number("means.bus.share_coming")
    fleet = _Fleet(Means.BUS, buses, each, cycle, people, coming)
    size = tr("{buses} de {half_days}").format(
        buses=plural(buses, tr("bus")),
        half_days=_half_days(each),
    )
    open_to_all = Bounds(*(_anywhere(one, parameters) for one in (both.low, both.high)))
    served = _served(open_to_all, fleet, search, (_every(Means.BUS, cycle), size))
    return replace(
        served,
        yearly_cost=buses * (vehicle + each * running),
        hours=buses * each * rates.weeks * hours * crew,
        supposes=_bus_supposes(parameters, coming),
    )


def _buses(budget: float, vehicle: float, running: float, most: int) -> tuple[int, int]:
    """Return how many buses, of how many half-days each, give the most half-days in all."""
    best = (0, 0)
    for buses in range(1, int(budget // vehicle) + 1 if vehicle > 0 else 2):
        each = min(most, int((budget / buses - vehicle) // running))
        if each >= 1 and buses * each > best[0] * best[1]:
            best = (buses, each)
    return best


def _anywhere(problem: PostProblem, parameters: Parameters) -> PostProblem:
    """Return the problem of a bus, that needs no open venue beside which it stops."""
    may_open = np.zeros_like(problem.may_open)
    may_open[sorted(worked_half_days(parameters))] = 1
    return replace(problem, may_open=may_open, rules=_only_forbidden(problem.rules))


def _only_forbidden(rules: VenueRules) -> VenueRules:
    return VenueRules(forbidden=rules.forbidden)


def _served(
    both: Bounds[PostProblem], fleet: _Fleet, search: Search, told: tuple[str, str]
) -> MeansServed:
    """Return what a fleet serves: each week of its cycle is a fleet of its own, of fewer hours."""
    worlds = Bounds(_cycled(both.low, fleet), _cycled(both.high, fleet))
    plan = search.solve(worlds.low)
    lived = lived_in_both(worlds, plan.held)
    label, size = told
    return MeansServed(
        means=fleet.means,
        label=label,
        size=size,
        yearly_cost=0.0,
        hours=0.0,
        within_reach=Bounds(_within(worlds.low, plan.held), _within(worlds.high, plan.held)),
        served=Bounds(lived.low.people, lived.high.people),
        supposes=(),
        held=plan.held,
        proved=plan.proved,
    )


def _within(problem: PostProblem, held: tuple[Held, ...]) -> float:
    return float(problem.wanting[half_days_reached(problem, held) > 0].sum())


def _cycled(problem: PostProblem, fleet: _Fleet) -> PostProblem:
    return replace(
        problem,
        goal=Goal.SERVED,
        n_posts=fleet.units * fleet.cycle,
        half_days_each=fleet.half_days,
        wanting=problem.wanting * fleet.coming,
        may_open=problem.may_open * fleet.cycle,
        people_per_half_day=fleet.people / fleet.cycle,
        rules=_only_forbidden(problem.rules),
        floor=None,
    )


def _posts_suppose(rates: Rates, cycle: int, share: float) -> tuple[str, ...]:
    told = [
        tr("Les lieux sont prêtés, aux demi-journées où ils peuvent l'être."),
        tr(
            "Les demi-journées sont placées ici pour aider le plus de personnes dans l'année, non "
            "pour en mettre le plus à portée : ce total peut différer de celui du plan."
        ),
        tr("Une demi-journée reçoit {hours} h, {weeks} semaines par an.").format(
            hours=number(rates.hours), weeks=number(rates.weeks)
        ),
    ]
    if cycle > 1:
        told.append(
            tr(
                "Une permanence d'une semaine sur {cycle} ne fait venir que {share} des personnes "
                "qui viendraient chaque semaine."
            ).format(cycle=number(cycle), share=percent(share))
        )
    return tuple(told)


def _bus_supposes(parameters: Parameters, coming: float) -> tuple[str, ...]:
    return (
        tr(
            "Le bus peut s'arrêter près de chaque lieu proposé, ouvert ou non ; sa route est "
            "comptée pour {km} km par demi-journée, sans calcul de tournée."
        ).format(km=number(parameters.number("means.bus.km_per_half_day"))),
        tr(
            "Il a {crew} personnes à bord et reçoit {hours} h par demi-journée ; {coming} des "
            "personnes qui viendraient chaque semaine viennent à ce rythme."
        ).format(
            crew=number(parameters.number("means.bus.crew")),
            hours=number(parameters.number("means.bus.hours_per_half_day"), 1),
            coming=percent(coming),
        ),
    )
