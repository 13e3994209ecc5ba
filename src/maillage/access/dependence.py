"""How many people depend on each lieu, and what they would lose if it closed.

People depend on the lieu that is their nearest, within reach, among those giving at least one
told service. They are supposed spread evenly over their commune (where its contour is known, else
at its point), so that two lieux of one town share its people instead of one having them all.
Of a lieu whose services nobody told, or that stands on no map, none of this can be known: the
people of its commune are given instead, and ``basis`` says so.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np

from maillage.access.homes import Homes, homes_of
from maillage.access.nearest import matrix_blocks, two_least
from maillage.access.offer import Offer, lieux_untold, offer_of
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.directory.model import Directory, Lieu
from maillage.kernel.errors import ParameterError
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory


class Basis(enum.Enum):
    """On what a number of dependent people stands."""

    NEAREST = ("nearest", "personnes dont c'est le lieu le plus proche")
    COMMUNE = ("commune", "habitants de la commune, faute de savoir si le lieu aide")
    NO_SERVICE = ("no-service", "le lieu dit ne rendre aucun service")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True)
class Dependence:
    """How many people depend on one lieu. None = not known.

    ``n_fragile`` is None where fragile people are not counted in people. ``extra_minutes`` is the
    mean of what the dependent people would travel more to the next lieu, among those who have a
    next one; ``n_stranded`` are those whom no other lieu is within reach of. Both are None but
    where ``basis`` is NEAREST.
    """

    lieu_id: str
    basis: Basis
    n_people: int | None
    n_fragile: int | None = None
    extra_minutes: float | None = None
    n_stranded: int | None = None


def dependants(
    territory: Territory,
    directory: Directory,
    people: FragilePeople,
    engine: TravelTimes,
    parameters: Parameters,
) -> tuple[Dependence, ...]:
    """Return who depends on each lieu of the territory, in order of id.

    Neighbours' lieux take their share of the people and give none of their own. Parameters are
    those under ``quality.dependence``; a zone without population counts nobody.
    """
    offer = offer_of(directory)
    counted = _counted(homes_of(territory, people, parameters), offer, engine, parameters)
    index = {lieu_id: i for i, lieu_id in enumerate(offer.lieu_ids)}
    unknown = _unknown_offer(directory, index)
    communes = _communes(territory, people)
    found = []
    for lieu in sorted(directory.inside().lieux, key=lambda one: one.id):
        if lieu.id in index:
            found.append(_nearest(lieu, counted[:, index[lieu.id]], people))
        elif lieu.id in unknown:
            found.append(_of_commune(lieu, communes))
        else:
            found.append(Dependence(lieu.id, Basis.NO_SERVICE, 0))
    return tuple(found)


def mode_of(parameters: Parameters) -> Mode:
    """Return the mode by which dependence is measured."""
    code = parameters["quality.dependence.mode"].value
    known = {mode.code: mode for mode in Mode}
    if code not in known:
        raise ParameterError(tr("« quality.dependence.mode » devrait être un mode."))
    return known[str(code)]


def _counted(homes: Homes, offer: Offer, engine: TravelTimes, parameters: Parameters) -> FloatArray:
    """Return the (5, n_lieux) sums over the homes that depend on each lieu.

    Rows: people, fragile people, people who have a next lieu, their extra minutes, people stranded.
    """
    n_lieux = len(offer.lieu_ids)
    sums = np.zeros((5, n_lieux))
    if not n_lieux:
        return sums
    reach = parameters.number("quality.dependence.reach_minutes")
    trip = Trip(mode_of(parameters))
    for rows, block in matrix_blocks(homes.points, offer.places, engine, trip):
        lieu, minutes, second = two_least(block.copy(), np.arange(n_lieux))
        near = minutes <= reach
        at = lieu[near].astype(np.intp)
        people, fragile = homes.people[rows][near], homes.fragile[rows][near]
        first, after = minutes[near], second[near]
        again = np.isfinite(after)
        extra = np.where(again, after - first, 0.0)
        for row, weights in enumerate(
            (people, fragile, people * again, people * extra, people * (after > reach))
        ):
            sums[row] += np.bincount(at, weights=weights, minlength=n_lieux)
    return sums


def _nearest(lieu: Lieu, sums: FloatArray, people: FragilePeople) -> Dependence:
    n_people, n_fragile, n_again, extra, n_stranded = (float(value) for value in sums)
    return Dependence(
        lieu.id,
        Basis.NEAREST,
        n_people=round(n_people),
        n_fragile=round(n_fragile) if people.are_people else None,
        extra_minutes=extra / n_again if n_again > 0.0 else None,
        n_stranded=round(n_stranded),
    )


def _unknown_offer(directory: Directory, reachable: dict[str, int]) -> set[str]:
    """Return the lieux of which services are not told, or told but held nowhere on the map."""
    untold = {lieu.id for lieu in lieux_untold(directory)}
    giving = {p.lieu_id for p in directory.permanences if p.service_ids}
    return untold | (giving - set(reachable))


def _communes(
    territory: Territory, people: FragilePeople
) -> dict[str, tuple[int | None, int | None]]:
    """Return the people and fragile people of each commune, by INSEE code; None = not known."""
    found: dict[str, tuple[int | None, float | None]] = {}
    for i, zone in enumerate(territory.zones):
        before, fragile_before = found.get(zone.code_insee, (None, None))
        weight = float(people.weights[i])
        known = people.are_people and bool(np.isfinite(weight))
        found[zone.code_insee] = (
            before if zone.population is None else (before or 0) + zone.population,
            (fragile_before or 0.0) + weight if known else fragile_before,
        )
    return {
        code: (n, None if fragile is None else round(fragile))
        for code, (n, fragile) in found.items()
    }


def _of_commune(lieu: Lieu, communes: dict[str, tuple[int | None, int | None]]) -> Dependence:
    n_people, n_fragile = communes.get(lieu.code_insee or "", (None, None))
    return Dependence(lieu.id, Basis.COMMUNE, n_people, n_fragile)
