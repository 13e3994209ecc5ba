"""Who can visit which service without a car: half-days a week, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from maillage.access.homes import Homes, KnownHomes, homes_of
from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.model import Network, Vehicle
from maillage.access.travel import TravelTimes
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.bounds import Bounds, bus_supposed
from maillage.access.visits.calendar import TypicalWeek, typical_weeks
from maillage.access.visits.equity import measure_visit_equity
from maillage.access.visits.find import VisitMeans, asked_week, find_visits
from maillage.access.visits.kinds import visit_kind
from maillage.access.visits.losses import Loss, Residents, lieu_losses
from maillage.access.visits.measure import measure_bottlenecks, measure_shortfalls
from maillage.access.visits.model import Certainty
from maillage.access.visits.of_directory import presences_of
from maillage.access.visits.territory_visits import Presences
from maillage.access.visits.unknown_hours import to_call_first, unknown_hours
from maillage.access.visits.week import CERTAINTIES, VisitWeek
from maillage.diagnosis.model import VisitsWithoutCar
from maillage.directory.model import Directory
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import FloatArray, box_around, coordinates
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.territory.departements import departement
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory

_FEWER_THAN = (1, 2)
"""No half-day at all, and fewer than two: one alone leaves no choice."""


@dataclass(frozen=True, slots=True)
class Journeys:
    """By what people without a car go: streets, the timetables at hand, engines, progress.

    ``known_homes`` are where the people of some zones are known to live, by id of zone;
    ``findings`` what is doubtful in the timetables and the homes.
    """

    streets: TravelTimes
    network: Network | None
    searches: Searches | None
    progress: Progress
    known_homes: Mapping[str, KnownHomes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def visits_without_car(
    territory: Territory,
    directory: Directory,
    people: FragilePeople,
    journeys: Journeys | None,
    parameters: Parameters,
) -> tuple[VisitsWithoutCar | None, tuple[Finding, ...]]:
    """Return what people can visit in the next school week, and what was doubtful.

    Where no bus calls in the territory, its network's timetable is missing: figures have bounds.
    Without ``journeys`` nothing is told.
    """
    if journeys is None:
        return None, ()
    where = departement(territory.zones[0].code_insee)
    weeks, doubts = typical_weeks(parameters.on, where)
    week = weeks[0]
    homes = homes_of(territory, people, parameters, journeys.known_homes)
    to = presences_of(directory, week.days, parameters)
    kind = visit_kind(str(parameters["diagnosis.visits.kind"].value), parameters)
    missing = not _a_bus_calls(journeys.network, territory)
    means = VisitMeans(
        streets=journeys.streets,
        network=journeys.network,
        searches=journeys.searches,
        parameters=parameters,
        departement=where,
        a_bus_is_missing=missing,
    )
    asked = asked_week(homes, to, week.days, parameters, (kind,))
    found = find_visits(asked, homes, means, {}, journeys.progress)
    how = (*found.how, *_bounds_told(parameters)) if missing else found.how
    measured = _measured(week, found.weeks[0], homes, to, how)
    return measured, (*journeys.findings, *doubts, *found.findings)


def _measured(
    week: TypicalWeek,
    found: Bounds[VisitWeek],
    homes: Homes,
    to: Presences,
    how: tuple[str, ...],
) -> VisitsWithoutCar:
    unknown = unknown_hours(to.presences, to.opened)
    any_service = unknown[SERVICE_KEYS.index(None)]
    served = _people_of_lieux(found.low, homes)
    return VisitsWithoutCar(
        week=week,
        kind=found.low.kind,
        bus_is_missing=found.low is not found.high,
        shortfalls=measure_shortfalls(found, homes.people, homes.fragile, _FEWER_THAN),
        bottlenecks=measure_bottlenecks(found.low, homes.people),
        equity=measure_visit_equity(found.low, homes),
        losses=_losses(found.low, homes),
        half_days=_by_zone(found, homes),
        unknown_hours=unknown,
        call_first=to_call_first(any_service.lieu_ids, served),
        how=how,
    )


def _by_zone(found: Bounds[VisitWeek], homes: Homes) -> FloatArray:
    """Return (10, 4, n_zones) half-days a person, in the order of ``Shares``; NaN where nobody."""
    n_zones = len(homes.zone_ids)
    people = np.bincount(homes.zone, weights=homes.people, minlength=n_zones)
    readings = [
        week.half_days[:, CERTAINTIES.index(certainty)]
        for certainty in (Certainty.CERTAIN, Certainty.POSSIBLE)
        for week in (found.low, found.high)
    ]
    table = np.full((len(SERVICE_KEYS), len(readings), n_zones), np.nan)
    for r, reading in enumerate(readings):
        for s, half_days in enumerate(reading):
            sums = np.bincount(homes.zone, weights=half_days * homes.people, minlength=n_zones)
            np.divide(sums, people, out=table[s, r], where=people > 0)
    return table


def _losses(week: VisitWeek, homes: Homes) -> tuple[Loss, ...]:
    """Return what each lieu's closing would take away, any service, at the usual hours."""
    every = lieu_losses(week, Residents(homes.people, homes.fragile))
    felt = [
        loss
        for loss in every
        if loss.service is None and loss.certainty is Certainty.POSSIBLE and loss.half_days > 0
    ]
    return tuple(sorted(felt, key=lambda loss: (-loss.people_without, -loss.half_days)))


def _people_of_lieux(week: VisitWeek, homes: Homes) -> dict[str, float]:
    """Return, by lieu, the people whose best visit it would be, at its usual hours."""
    any_service, possible = SERVICE_KEYS.index(None), CERTAINTIES.index(Certainty.POSSIBLE)
    chosen = week.best.presence[any_service, possible]
    served: dict[str, float] = {}
    for home in np.flatnonzero(chosen >= 0).tolist():
        lieu = week.presences[int(chosen[home])].lieu_id
        served[lieu] = served.get(lieu, 0.0) + float(homes.people[home])
    return served


def _a_bus_calls(network: Network | None, territory: Territory) -> bool:
    """Tell whether some bus or tram calls twice within the territory's box."""
    if network is None or not len(network.stops.ids):
        return False
    box = box_around(coordinates(tuple(zone.point for zone in territory.zones)), 0.0)
    inside = box.holds(network.stops.places)[network.calls.stops]
    first = network.trips.first_call
    urban = np.array([line.vehicle is not Vehicle.TRAIN for line in network.lines], dtype=np.bool_)
    by_bus = np.repeat(urban[network.trips.lines], np.diff(first))
    return int((inside & by_bus).sum()) > 1


def _bounds_told(parameters: Parameters) -> tuple[str, ...]:
    return (
        tr(
            "Aucun horaire de bus du territoire n'est là : être desservi sans voiture est inconnu, "
            "pas impossible. Borne basse : à pied et par les horaires connus."
        ),
        bus_supposed(parameters),
    )
