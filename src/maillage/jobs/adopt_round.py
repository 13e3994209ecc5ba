"""A plan of rounds that was adopted becomes permanences of the directory, and can be taken back.

One record a stop, with its dated hours, as ``adopt_plan`` puts any plan into the directory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from maillage.access.unreached.model import Venue
from maillage.directory.adopted_plans import ROUND_PREFIX
from maillage.directory.model import Lieu
from maillage.jobs.adopt_plan import (
    Adopted,
    AdoptedPlan,
    PlanKind,
    PlanPlace,
    PlanSource,
    adopt_plan,
    known_lieux,
    placed_record,
    withdraw_plan,
)
from maillage.jobs.decide import Who
from maillage.jobs.ports import Means, TerritoryWork, WorkStore
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.rounds.dated_hours import dated_hours
from maillage.rounds.intake.existing import ROUND_STOPS_LEFT, rounds_of_directory
from maillage.rounds.month import HeldMonth, HeldStop
from maillage.standard import mednum
from maillage.standard.contacts import parse_telephone
from maillage.standard.record import MednumRecord

ROUND = PlanKind(ROUND_PREFIX, "plan de tournée", "bus")
STOP_WITHOUT_LIEU = FindingKind(
    "round-stop-new-lieu",
    Severity.INFO,
    "L'arrêt « {value} » n'avait pas de lieu dans l'annuaire : il y entre, d'après le plan de "
    "tournée.",
    "Complétez son adresse, puis vérifiez-le sur place.",
)
ROUND_ENDS = FindingKind(
    "round-hours-end",
    Severity.INFO,
    "Les horaires de la tournée « {value} » s'arrêtent au {last} : elle est comptée fermée après.",
    "Adoptez le plan des semaines suivantes avant cette date.",
)


@dataclass(frozen=True, slots=True)
class Adoption:
    """A plan to adopt: the month, the venues of its stops, the services given (None: not told)."""

    month: HeldMonth
    venues: tuple[Venue, ...]
    services: tuple[mednum.Service, ...] | None = None

    @property
    def source_id(self) -> str:
        """The source under which the plan enters the directory: that of its operator."""
        return round_source(self.month.operator.name)


def round_source(operator: str) -> str:
    """Return the source of the rounds of an operator.

    >>> round_source("Bus numérique")
    'tournee-bus-numerique'
    """
    return ROUND.source(operator)


def adopt_round(
    adoption: Adoption,
    siren: str,
    who: Who,
    *,
    store: WorkStore,
    means: Means,
    dry_run: bool = False,
) -> Adopted:
    """Put a plan into a territory's directory, in place of what it told before.

    One structure, one permanence a stop. Nothing is saved where ``dry_run``. Raises WorkspaceError
    where the territory has no work yet.
    """
    before = store.load(siren)
    plan = _plan(adoption, before, who)
    done = adopt_plan(plan, before, who, store=store, means=means, dry_run=dry_run)
    return replace(done, findings=(*done.findings, *_stops_left(done.work)))


def _stops_left(work: TerritoryWork) -> Iterator[Finding]:
    """Give what is doubtful of the stops that other sources still tell beside an adopted round."""
    for one in rounds_of_directory(work.directory):
        yield from (doubt for doubt in one.findings if doubt.code == ROUND_STOPS_LEFT.code)


def withdraw_round(
    source_id: str,
    siren: str,
    who: Who,
    *,
    store: WorkStore,
    means: Means,
    dry_run: bool = False,
) -> Adopted:
    """Take an adopted plan out of a territory's directory, and what was decided for it.

    Raises WorkspaceError where no plan of that source was adopted.
    """
    return withdraw_plan(
        PlanSource(ROUND, source_id), siren, who, store=store, means=means, dry_run=dry_run
    )


def _plan(adoption: Adoption, before: TerritoryWork, who: Who) -> AdoptedPlan:
    month, source_id = adoption.month, adoption.source_id
    where = Where(source_id)
    told = {venue.id: venue.lieu_id for venue in adoption.venues if venue.lieu_id is not None}
    lieux = known_lieux(told, source_id, before)
    telephone, doubts = None, list[Finding]()
    if month.operator.telephone:
        telephone, phone_doubts = parse_telephone(month.operator.telephone, where.on("telephone"))
        doubts += phone_doubts
    records = []
    for one in month.stops:
        place = _place(one)
        records.append(_record(one, lieux.get(place.id), telephone, adoption, who))
        if place.id not in lieux:
            at = Where(source_id, subject=place.id)
            doubts.append(STOP_WITHOUT_LIEU.at(at, value=place.words))
    if month.stops:
        last = f"{month.days[-1]:%d/%m/%Y}"
        doubts.append(ROUND_ENDS.at(where, value=month.operator.name, last=last))
    return AdoptedPlan(
        source=PlanSource(ROUND, source_id),
        operator=month.operator.name,
        records=tuple(records),
        lieux={place: lieu.id for place, lieu in lieux.items()},
        findings=tuple(doubts),
    )


def _place(one: HeldStop) -> PlanPlace:
    stop = one.stop
    return PlanPlace(stop.id, stop.name, stop.code_insee, stop.commune, stop.lon, stop.lat)


def _record(
    one: HeldStop, lieu: Lieu | None, telephone: str | None, adoption: Adoption, who: Who
) -> MednumRecord:
    operator = adoption.month.operator
    return placed_record(
        _place(one),
        lieu,
        nom=f"{operator.name} {one.stop.commune}",
        pivot=operator.siret,
        telephone=telephone,
        horaires=dated_hours((session.date, session.received) for session in one.sessions),
        source=adoption.source_id,
        itinerance=(mednum.Itinerance.ITINERANT,),
        date_maj=who.on,
        services=adoption.services,
    )
