"""Means that need no venue: home visits, rides to what works already, help at a distance."""

from __future__ import annotations

import numpy as np

from maillage.access.timetable.model import FlagArray
from maillage.access.travel import Mode, Trip
from maillage.access.visits.bounds import Bounds
from maillage.kernel.french import minutes as duration
from maillage.kernel.french import number, percent
from maillage.kernel.geometry import FloatArray, coordinates, distances_km
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.siting.posts.model import PostProblem
from maillage.siting.scenarios.means import Around, Means, MeansServed
from maillage.siting.scenarios.rates import Rates, rates_of


def home_served(
    both: Bounds[PostProblem], around: Around, parameters: Parameters
) -> MeansServed | None:
    """Return whom home visits serve for the budget, the nearest first; None where it pays none.

    Each visit costs the helper's time (visit, setting up, way there and back by car) and the
    kilometres.
    """
    rates = rates_of(parameters, around.post_cost)
    if around.yearly_budget <= 0:
        return None
    km, minutes = _way(around)
    extra = parameters.number("means.home_visit.extra_minutes")
    radius = parameters.number("means.home_visit.radius_km")
    reachable: FlagArray = (km <= radius) & np.isfinite(minutes)
    hours = rates.visit_hours + (extra + 2 * np.where(reachable, minutes, 0.0)) / 60.0
    per_km = 2 * _detour(parameters) * parameters.number("means.home_visit.cost_per_km")
    each = rates.visits * (hours * rates.cost_per_hour + km * per_km)
    filled = [_filled(one.wanting, each, reachable, around.yearly_budget) for one in _two(both)]
    low, high = (float(one.sum()) for one in filled)
    return MeansServed(
        means=Means.HOME,
        label=Means.HOME.label,
        size=tr("visites jusqu'à {km} km").format(km=number(radius)),
        yearly_cost=max(float(one @ each) for one in filled),
        hours=max(float(one @ hours) for one in filled) * rates.visits,
        within_reach=Bounds(*(float(one.wanting[reachable].sum()) for one in _two(both))),
        served=Bounds(low, high),
        supposes=_home_supposes(rates, extra, around),
    )


def _two(both: Bounds[PostProblem]) -> tuple[PostProblem, PostProblem]:
    return both.low, both.high


def _way(around: Around) -> tuple[FloatArray, FloatArray]:
    """Return (p,) the km in a straight line from the base, and (p,) the minutes by car."""
    base = coordinates([around.base])
    km = distances_km(base, around.points)[0]
    return km, around.travel.matrix(base, around.points, Trip(Mode.CAR))[0]


def _detour(parameters: Parameters) -> float:
    return parameters.number("travel.car.detour")


def _filled(
    wanting: FloatArray, each: FloatArray, reachable: FlagArray, budget: float
) -> FloatArray:
    """Return (p,) the people whom the budget serves, the cheapest first, the last in part."""
    served = np.zeros(len(wanting))
    order = np.argsort(np.where(reachable, each, np.inf), kind="stable")
    order = order[reachable[order]]
    spent = np.cumsum(wanting[order] * each[order])
    before = np.concatenate(([0.0], spent[:-1])) if len(spent) else spent
    share = np.divide(
        np.clip(budget - before, 0.0, wanting[order] * each[order]),
        wanting[order] * each[order],
        out=np.zeros(len(order)),
        where=wanting[order] > 0,
    )
    served[order] = wanting[order] * share
    return served


def ride_served(
    both: Bounds[PostProblem], around: Around, parameters: Parameters
) -> MeansServed | None:
    """Return whom rides to what works already serve; None where those points are not measured.

    A person needs a ride there and one back for each visit.
    """
    trip = parameters.number("means.ride.cost_per_trip")
    said = tr("Un trajet simple coûte {cost} € ; chaque visite en demande deux.").format(
        cost=_euros(trip)
    )
    return _carried(
        Means.RIDE, both, around, rates_of(parameters, around.post_cost), (2 * trip, said)
    )


def accompanied_served(
    both: Bounds[PostProblem], around: Around, parameters: Parameters
) -> MeansServed | None:
    """Return whom volunteers who drive to what works already serve; None where not measured.

    What is paid is their kilometres, from their home back to it, and the hours of who organises.
    """
    per_km = parameters.number("means.accompanied.cost_per_km")
    km = parameters.number("means.accompanied.km_per_visit")
    hours = parameters.number("means.accompanied.hours_organising")
    rates = rates_of(parameters, around.post_cost)
    said = tr(
        "Un bénévole attend sur place et ramène la personne : {km} km par visite, remboursés "
        "{cost} € le km, et {time} de travail pour l'organiser. Il faut trouver ces bénévoles."
    ).format(km=number(km), cost=_euros(per_km), time=duration(60 * hours))
    cost = km * per_km + hours * rates.cost_per_hour
    return _carried(Means.ACCOMPANIED, both, around, rates, (cost, said))


def _carried(
    means: Means,
    both: Bounds[PostProblem],
    around: Around,
    rates: Rates,
    visit: tuple[float, str],
) -> MeansServed | None:
    """Return whom a ride there and back serves, at so many euros a visit, told in one sentence."""
    carried = around.carried
    if carried is None:
        return None
    able = Bounds(
        float(both.low.wanting[carried.low].sum()), float(both.high.wanting[carried.high].sum())
    )
    cost, said = visit
    supposes = (
        said,
        tr(
            "Les personnes transportées sont celles qu'une voiture, partie à l'heure voulue, mène "
            "à un lieu déjà ouvert, aux heures connues ou supposées, et ramène."
        ),
        tr(
            "Les lieux déjà ouverts ont encore des rendez-vous : les heures de ceux qui y aident "
            "ne sont pas comptées dans le coût."
        ),
        around.travel.describe((Mode.CAR,)),
    )
    each = rates.visits * cost, rates.visits * rates.visit_hours
    return _capped(means, able, each, around, supposes)


def _euros(value: float) -> str:
    return number(value, 2 if value % 1 else 0)


def distance_served(
    both: Bounds[PostProblem], around: Around, parameters: Parameters
) -> MeansServed:
    """Return whom help by telephone or video serves for the budget."""
    rates = rates_of(parameters, around.post_cost)
    share = parameters.number("means.distance.able_share")
    hours = rates.visits * parameters.number("means.distance.hours_per_help")
    able = Bounds(*(share * float(one.wanting.sum()) for one in _two(both)))
    supposes = (
        tr("{share} des personnes à aider peuvent l'être par téléphone ou en vidéo.").format(
            share=percent(share)
        ),
        tr("Une aide dure {hours} h ; l'équipement est celui qu'on a déjà.").format(
            hours=number(hours / rates.visits, 2)
        ),
    )
    return _capped(Means.DISTANCE, able, (hours * rates.cost_per_hour, hours), around, supposes)


def _capped(
    means: Means,
    able: Bounds[float],
    each: tuple[float, float],
    around: Around,
    supposes: tuple[str, ...],
) -> MeansServed:
    """Return what a means serves where each person costs the same euros and hours a year."""
    cost, hours = each
    most = around.yearly_budget / cost
    served = Bounds(min(most, able.low), min(most, able.high))
    largest = max(served.low, served.high)
    size = tr("de quoi aider {people} personnes au plus").format(people=number(most))
    return MeansServed(
        means=means,
        label=means.label,
        size=size,
        yearly_cost=largest * cost,
        hours=largest * hours,
        within_reach=able,
        served=served,
        supposes=supposes,
    )


def _home_supposes(rates: Rates, extra: float, around: Around) -> tuple[str, ...]:
    return (
        tr("Les visites se font des plus proches aux plus lointaines, une personne à la fois."),
        tr(
            "Chacune dure {hours} h et {extra} min d'installation, plus la route aller et retour "
            "depuis la base."
        ).format(hours=number(rates.visit_hours, 1), extra=number(extra)),
        around.travel.describe((Mode.CAR,)),
    )
