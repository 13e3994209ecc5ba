"""All means of helping at the same yearly cost, side by side."""

from __future__ import annotations

from maillage.access.visits.bounds import Bounds
from maillage.kernel.french import number
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.siting.posts.model import PostProblem
from maillage.siting.scenarios.means import Around, Means, MeansCompared, MeansServed
from maillage.siting.scenarios.means_carried import (
    accompanied_served,
    distance_served,
    home_served,
    ride_served,
)
from maillage.siting.scenarios.means_held import bus_served, flying_served, posts_served
from maillage.siting.scenarios.rates import rates_of
from maillage.siting.scenarios.worlds import Search


def compare_means(
    both: Bounds[PostProblem], around: Around, search: Search, parameters: Parameters
) -> MeansCompared:
    """Return what each means newly serves in a year for the same budget, in each world.

    Posts, flying counsellors and buses are each one search in the low world, hours counted; the
    others are sums. Rules besides forbidden venues, and floors, are not asked of them.
    """
    held = (
        posts_served(both, around, search, parameters),
        *flying_served(both, around, search, parameters),
        bus_served(both, around, search, parameters),
    )
    carried = (
        home_served(both, around, parameters),
        ride_served(both, around, parameters),
        accompanied_served(both, around, parameters),
        distance_served(both, around, parameters),
    )
    found = tuple(one for one in (*held, *carried) if one is not None)
    return MeansCompared(
        yearly_budget=around.yearly_budget,
        means=found,
        left_out=_left_out(found, around),
        supposes=_supposed(parameters, around),
    )


def _left_out(found: tuple[MeansServed, ...], around: Around) -> tuple[str, ...]:
    there = {one.means for one in found}
    told = []
    for means in Means:
        if means in there:
            continue
        if means in (Means.RIDE, Means.ACCOMPANIED):
            told.append(
                tr(
                    "{means} : non comparé, les lieux ouverts à portée de voiture n'ont pas été "
                    "mesurés."
                ).format(means=_capital(means))
            )
        else:
            told.append(
                tr("{means} : {budget} € par an n'en paient pas le minimum.").format(
                    means=_capital(means), budget=number(around.yearly_budget)
                )
            )
    return tuple(told)


def _capital(means: Means) -> str:
    return means.label[0].upper() + means.label[1:]


def _supposed(parameters: Parameters, around: Around) -> tuple[str, ...]:
    rates = rates_of(parameters, around.post_cost)
    return (
        tr(
            "Une personne aidée a besoin de {visits} visites par an ; un poste coûte {cost} € par "
            "an et tient {half_days} demi-journées par semaine."
        ).format(
            visits=number(rates.visits, 1 if rates.visits % 1 else 0),
            cost=number(around.post_cost),
            half_days=number(rates.half_days),
        ),
        tr(
            "Un moyen sert au plus ce que son budget et ses heures permettent ; deux moyens "
            "ensemble ne servent pas la somme des deux, car ce sont souvent les mêmes personnes."
        ),
    )
