"""A plan of rounds that was adopted becomes permanences of the directory, and can be taken back.

The plan is one more source of the territory: one record a stop, with its dated hours. Adopted
again under the same name it takes the place of what it told before; withdrawn, it leaves. What the
records alone would not put together (a stop with the lieu where it stands, the stops with their one
operator) is decided in the name of the person who adopts, like any decision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from maillage.access.unreached.model import Venue
from maillage.directory.assembled import Assembled
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.linking.model import Question
from maillage.directory.model import Lieu
from maillage.directory.record_key import RecordKey
from maillage.directory.refresh import Refresh, refresh_diff
from maillage.jobs.decide import Who
from maillage.jobs.ports import Means, TerritoryWork, WorkStore
from maillage.jobs.put_together import (
    by_source,
    kept_findings,
    kept_records,
    put_together,
    told_by,
    with_decisions,
)
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.provenance import Dataset, Origin, SourceRef
from maillage.kernel.words import plain
from maillage.rounds.dated_hours import dated_hours
from maillage.rounds.month import HeldMonth, HeldStop
from maillage.standard import mednum
from maillage.standard.contacts import parse_telephone
from maillage.standard.record import MednumRecord

_PREFIX = "tournee-"
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


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopting or withdrawing a plan made of a directory, and what it changed."""

    work: TerritoryWork
    refresh: Refresh
    findings: tuple[Finding, ...]


def round_source(operator: str) -> str:
    """Return the source of the rounds of an operator.

    >>> round_source("Bus numérique")
    'tournee-bus-numerique'
    """
    return _PREFIX + (plain(operator).replace(" ", "-") or "bus")


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
    records, doubts = _records(adoption, before, who.on)
    territory = told_by(before.territory, (*before.territory.datasets, _dataset(adoption, who.on)))
    kept = kept_records(before, [adoption.source_id])
    known = kept_findings(before, lambda source: source != adoption.source_id)
    work, assembled = put_together(territory, (*records, *kept), doubts, before=before, means=means)
    work = _tied(work, assembled, adoption, who, means.parameters)
    work = replace(work, findings=by_source((*known, *work.findings)))
    return _saved(work, before, doubts, store, dry_run=dry_run)


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
    before = store.load(siren)
    if not any(record.ref.source_id == source_id for record in before.records):
        message = tr("Aucun plan de tournée n'est adopté sous le nom « {name} ».")
        raise WorkspaceError(message.format(name=source_id))
    datasets = tuple(d for d in before.territory.datasets if d.source_id != source_id)
    known = kept_findings(before, lambda source: source != source_id)
    kept = kept_records(before, [source_id])
    undone = _undone(before, source_id, who)
    decided, _ = with_decisions(before, undone, means.parameters) if undone else (before, None)
    territory = replace(before.territory, datasets=datasets)
    work, _ = put_together(territory, kept, (), before=decided, means=means)
    work = replace(work, findings=by_source((*known, *work.findings)))
    return _saved(work, before, (), store, dry_run=dry_run)


def _saved(
    work: TerritoryWork,
    before: TerritoryWork,
    findings: Iterable[Finding],
    store: WorkStore,
    *,
    dry_run: bool,
) -> Adopted:
    if not dry_run:
        store.save(work)
    refresh = refresh_diff(before.directory, work.directory, work.ledger, ())
    return Adopted(work, refresh, tuple(findings))


def _dataset(adoption: Adoption, on: dt.date) -> Dataset:
    return Dataset(
        source_id=adoption.source_id,
        name=tr("plan de tournée"),
        publisher=adoption.month.operator.name,
        licence=tr("inconnu"),
        vintage=on.isoformat()[:7],
        origin=Origin.FILE,
    )


# --- records ------------------------------------------------------------------------------------


def _records(
    adoption: Adoption, before: TerritoryWork, on: dt.date
) -> tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]:
    month, lieux = adoption.month, _lieux_of_stops(adoption, before)
    where = Where(adoption.source_id)
    telephone, doubts = None, list[Finding]()
    if month.operator.telephone:
        telephone, phone_doubts = parse_telephone(month.operator.telephone, where.on("telephone"))
        doubts += phone_doubts
    records = []
    for one in month.stops:
        lieu = lieux.get(one.stop.id)
        record = _record(one, lieu, telephone, adoption, on)
        ref = SourceRef(adoption.source_id, one.stop.id, None, on)
        records.append(SourcedRecord(record, ref, on))
        if lieu is None:
            words = f"{one.stop.name} ({one.stop.commune})"
            place = Where(adoption.source_id, subject=one.stop.id)
            doubts.append(STOP_WITHOUT_LIEU.at(place, value=words))
    if month.stops:
        last = f"{month.days[-1]:%d/%m/%Y}"
        doubts.append(ROUND_ENDS.at(where, value=month.operator.name, last=last))
    return tuple(records), tuple(doubts)


def _lieux_of_stops(adoption: Adoption, before: TerritoryWork) -> dict[str, Lieu]:
    """Return the lieu of the directory where each stop stands, by its id."""
    lieux = {lieu.id: lieu for lieu in before.directory.lieux}
    told = {venue.id: venue.lieu_id for venue in adoption.venues if venue.lieu_id is not None}
    current = {stop: before.ledger.current(lieu) for stop, lieu in told.items()}
    return {stop: lieux[lieu] for stop, lieu in current.items() if lieu in lieux}


def _record(
    one: HeldStop, lieu: Lieu | None, telephone: str | None, adoption: Adoption, on: dt.date
) -> MednumRecord:
    operator, stop = adoption.month.operator, one.stop
    place = lieu.point if lieu is not None and lieu.point is not None else None
    return MednumRecord(
        id=stop.id,
        nom=f"{operator.name} {stop.commune}",
        pivot=operator.siret,
        commune=stop.commune,
        code_postal=None if lieu is None else lieu.code_postal,
        code_insee=stop.code_insee,
        adresse=stop.name if lieu is None else lieu.adresse,
        latitude=stop.lat if place is None else place.lat,
        longitude=stop.lon if place is None else place.lon,
        telephone=telephone,
        horaires=dated_hours((session.date, session.received) for session in one.sessions),
        source=adoption.source_id,
        itinerance=(mednum.Itinerance.ITINERANT,),
        date_maj=on,
        services=adoption.services,
    )


# --- what is decided ----------------------------------------------------------------------------


def _tied(
    work: TerritoryWork,
    assembled: Assembled,
    adoption: Adoption,
    who: Who,
    parameters: Parameters,
) -> TerritoryWork:
    """Return the work in which each stop is at its lieu and all are of one operator."""
    ours = [key for key in _places(assembled, Question.LIEU) if key.source_id == adoption.source_id]
    wanted = {
        stop: _held(work, work.ledger.current(lieu.id))
        for stop, lieu in _lieux_of_stops(adoption, work).items()
    }
    at, of = _places(assembled, Question.LIEU), _places(assembled, Question.STRUCTURE)
    sides: list[tuple[Question, RecordKey, RecordKey]] = []
    for key in sorted(ours):
        others = [other for other in wanted.get(key.record_id, ()) if other != key]
        if others and at.get(others[0]) != at[key]:
            sides.append((Question.LIEU, others[0], key))
    sides += [
        (Question.STRUCTURE, ours_first, key)
        for ours_first in sorted(ours)[:1]
        for key in sorted(ours)
        if of[key] != of[ours_first]
    ]
    if not sides:
        return work
    decided, _ = with_decisions(work, _decisions(work, sides, adoption.source_id, who), parameters)
    return decided


def _places(assembled: Assembled, question: Question) -> Mapping[RecordKey, str]:
    """Return the id of the lieu or of the structure that each record stands in."""
    things = assembled.things[question]
    return {one.key: thing for one, thing in zip(assembled.placed, things, strict=True)}


def _held(work: TerritoryWork, its_id: str) -> tuple[RecordKey, ...]:
    return next((one.held for one in work.ledger.identities if one.id == its_id), ())


def _decisions(
    work: TerritoryWork,
    sides: Sequence[tuple[Question, RecordKey, RecordKey]],
    source_id: str,
    who: Who,
) -> list[Decision]:
    return [
        Decision(
            number=len(work.decisions) + rank,
            verdict=Verdict.SAME,
            question=question,
            left=(left,),
            right=(right,),
            on=who.on,
            by=who.by,
            note=_note(source_id),
        )
        for rank, (question, left, right) in enumerate(sides, 1)
    ]


def _undone(before: TerritoryWork, source_id: str, who: Who) -> list[Decision]:
    """Return the decisions that take back those of an adoption."""
    ours = [one for one in in_force(before.decisions) if one.note == _note(source_id)]
    return [
        Decision(
            number=len(before.decisions) + rank,
            verdict=Verdict.UNDO,
            question=one.question,
            left=(),
            right=(),
            on=who.on,
            by=who.by,
            cancels=one.number,
            note=_note(source_id),
        )
        for rank, one in enumerate(ours, 1)
    ]


def _note(source_id: str) -> str:
    return tr("plan de tournée {name}").format(name=source_id)
