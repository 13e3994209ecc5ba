"""A plan that was adopted becomes one more source of the directory, and can be taken back.

Adopted again under the same name it takes the place of what it told before; withdrawn, it leaves.
What the records alone would not put together (a place of the plan with the lieu where it stands,
all places with their one operator) is decided in the name of the person who adopts, like any
decision, and undone when the plan leaves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from maillage.directory.assembled import Assembled
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.model import Lieu, Precision
from maillage.directory.refresh import Refresh, refresh_diff
from maillage.jobs.decide import Who
from maillage.jobs.plan_ties import PlanTies, ties_of
from maillage.jobs.ports import Means, TerritoryWork, WorkStore
from maillage.jobs.put_together import (
    findings_unread,
    kept_records,
    put_together,
    told_by,
    with_decisions,
)
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import listed
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.provenance import Dataset, Origin, SourceRef
from maillage.kernel.words import plain
from maillage.standard.record import MednumRecord

_MOST_PASSES = 8
"""How often ties are looked at again: each pass settles a neighbour, and few have several."""

PLAN_WITHOUT_SERVICE = FindingKind(
    "plan-without-service",
    Severity.WARNING,
    "Rien ne dit quels services rend le plan « {value} » : ni le diagnostic ni les plans suivants "
    "n'en tiendront compte.",
    "Adoptez-le de nouveau en disant ses services : « --service ».",
)


@dataclass(frozen=True, slots=True)
class PlanKind:
    """A kind of plan: how its sources are named, and what it is called in French.

    ``unnamed`` ends the name of a source whose plan has no letter in its name.
    """

    prefix: str
    french: str
    unnamed: str

    @property
    def label(self) -> str:
        """What it is called in the user's language."""
        return tr(self.french)

    def source(self, name: str) -> str:
        """Return the source of the plan of that name."""
        return self.prefix + (plain(name).replace(" ", "-") or self.unnamed)

    def source_told(self, text: str) -> str:
        """Return the source that a text means: the name of a plan, or the source itself."""
        if text.startswith(self.prefix) and text == self.source(text.removeprefix(self.prefix)):
            return text
        return self.source(text)


@dataclass(frozen=True, slots=True)
class PlanSource:
    """The source under which a plan stands in the directory."""

    kind: PlanKind
    id: str

    @property
    def note(self) -> str:
        """What marks the decisions made for the plan."""
        return f"{self.kind.label} {self.id}"


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """A place of a plan, as the plan tells it; ``id`` names it in the plan."""

    id: str
    name: str
    code_insee: str
    commune: str
    lon: float
    lat: float

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return f"{self.name} ({self.commune})"


@dataclass(frozen=True, slots=True)
class AdoptedPlan:
    """A plan as a source: its records, by what operator, and what is doubtful of them.

    ``lieux`` gives by id of record the lieu of the directory where it stands. ``apart``: none of
    its permanences is one with another, whoever tells that one.
    """

    source: PlanSource
    operator: str
    records: tuple[MednumRecord, ...]
    lieux: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopting or withdrawing a plan made of a directory, and what it changed."""

    work: TerritoryWork
    refresh: Refresh
    findings: tuple[Finding, ...]


def adopt_plan(
    plan: AdoptedPlan,
    before: TerritoryWork,
    who: Who,
    *,
    store: WorkStore,
    means: Means,
    dry_run: bool = False,
) -> Adopted:
    """Put a plan into a territory's directory, in place of what it told before.

    Nothing is saved where ``dry_run``.
    """
    doubts = (*plan.findings, *_served(plan))
    dataset = _dataset(plan, who.on)
    territory = told_by(before.territory, (*before.territory.datasets, dataset))
    records = [_sourced(plan, record, who.on) for record in plan.records]
    kept = kept_records(before, [plan.source.id])
    work, assembled = put_together(territory, (*records, *kept), doubts, before=before, means=means)
    work = _tied(plan, before, (work, assembled), who, means)
    findings = findings_unread(before, work, lambda other: other != plan.source.id)
    work = replace(work, findings=findings)
    return _saved(work, before, doubts, store, dry_run=dry_run)


def _tied(
    plan: AdoptedPlan,
    before: TerritoryWork,
    put: tuple[TerritoryWork, Assembled],
    who: Who,
    means: Means,
) -> TerritoryWork:
    """Return a work where all that must be decided for a plan is, so that nothing is left to.

    What is kept apart may fall to another neighbour: it is looked at again until all is as it
    should be, and adopting the same plan again decides nothing more.
    """
    work, assembled = put
    ties = PlanTies(plan.source.id, plan.operator, plan.lieux, _new_names(plan), plan.apart)
    for _ in range(_MOST_PASSES):
        sides = ties_of(ties, before, work, assembled)
        if not sides:
            break
        decided = [
            Decision(len(work.decisions) + rank, *side, on=who.on, by=who.by, note=plan.source.note)
            for rank, side in enumerate(sides, 1)
        ]
        work, assembled = with_decisions(work, decided, means.parameters)
    return work


def _new_names(plan: AdoptedPlan) -> dict[str, str]:
    """Return by id of record the name of the places that no lieu of the directory is."""
    return {
        record.id: record.adresse or "" for record in plan.records if record.id not in plan.lieux
    }


def withdraw_plan(
    source: PlanSource,
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
    if not any(record.ref.source_id == source.id for record in before.records):
        raise WorkspaceError(_not_adopted(source, before))
    datasets = tuple(d for d in before.territory.datasets if d.source_id != source.id)
    kept = kept_records(before, [source.id])
    undone = _undone(before, source.note, who)
    decided, _ = with_decisions(before, undone, means.parameters) if undone else (before, None)
    territory = replace(before.territory, datasets=datasets)
    work, _ = put_together(territory, kept, (), before=decided, means=means)
    work = replace(work, findings=findings_unread(before, work, lambda other: other != source.id))
    return _saved(work, before, (), store, dry_run=dry_run)


def _not_adopted(source: PlanSource, before: TerritoryWork) -> str:
    """Return the sentences for a plan that is not there: it is not, and which ones are."""
    message = tr("Aucun {kind} n'est adopté sous le nom « {name} ».")
    told = message.format(kind=source.kind.label, name=source.id)
    of_whom = {one.source_id: one.publisher for one in before.territory.datasets}
    ids = {record.ref.source_id for record in before.records}
    there = [
        f"« {one} » ({of_whom[one]})" if one in of_whom else f"« {one} »"
        for one in sorted(ids)
        if one.startswith(source.kind.prefix)
    ]
    if not there:
        none = tr("Cet espace de travail n'en tient aucun.")
        return f"{told} {none}"
    known = tr("Sont adoptés : {plans}.").format(plans=listed(there))
    return f"{told} {known}"


def known_lieux(told: Mapping[str, str], source_id: str, before: TerritoryWork) -> dict[str, Lieu]:
    """Return by place the lieu of the directory that the id ``told`` of it names today.

    A lieu that the plan alone tells, adopted before, is none: it leaves with what it replaces.
    """
    lieux = {
        lieu.id: lieu
        for lieu in before.directory.lieux
        if any(ref.source_id != source_id for ref in lieu.sources)
    }
    current = {place: before.ledger.current(lieu_id) for place, lieu_id in told.items()}
    return {place: lieux[lieu_id] for place, lieu_id in current.items() if lieu_id in lieux}


def placed_record(place: PlanPlace, lieu: Lieu | None, **told: Any) -> MednumRecord:  # noqa: ANN401 - fields of any type
    """Return the record of a place of a plan: where its lieu says it is, else where the plan does.

    A lieu whose own point is a street's or a commune's gives none: the plan knows it no better.
    ``told`` are the other fields.
    """
    fields: dict[str, Any] = {
        "id": place.id,
        "commune": place.commune,
        "code_insee": place.code_insee,
        "adresse": place.name,
    }
    point: Point | None = Point(place.lon, place.lat)
    if lieu is not None:
        fields |= {"adresse": lieu.adresse, "code_postal": lieu.code_postal}
        if lieu.point is not None:
            point = lieu.point if lieu.precision is Precision.ADDRESS else None
    if point is not None:
        fields |= {"latitude": point.lat, "longitude": point.lon}
    return MednumRecord(**(fields | told))


def _served(plan: AdoptedPlan) -> Iterable[Finding]:
    """Give one finding where no service is told of any place."""
    if plan.records and not any(record.services for record in plan.records):
        yield PLAN_WITHOUT_SERVICE.at(Where(plan.source.id), value=plan.operator)


def _sourced(plan: AdoptedPlan, record: MednumRecord, on: dt.date) -> SourcedRecord:
    return SourcedRecord(record, SourceRef(plan.source.id, record.id, None, on), on)


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


def _dataset(plan: AdoptedPlan, on: dt.date) -> Dataset:
    return Dataset(
        source_id=plan.source.id,
        name=plan.source.kind.label,
        publisher=plan.operator,
        licence=tr("inconnu"),
        vintage=on.isoformat()[:7],
        origin=Origin.FILE,
    )


def _undone(before: TerritoryWork, note: str, who: Who) -> list[Decision]:
    """Return the decisions that take back those of an adoption."""
    ours = [one for one in in_force(before.decisions) if one.note == note]
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
            note=note,
        )
        for rank, one in enumerate(ours, 1)
    ]
