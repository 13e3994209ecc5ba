"""Whom to call first: what is missing of each record × how many people depend on its lieu."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from maillage.access.dependence import Basis, Dependence, dependants, mode_of
from maillage.access.travel import TravelTimes
from maillage.diagnosis.diagnose import SEED
from maillage.diagnosis.model import EngineNote
from maillage.directory.exports import exported
from maillage.directory.model import Lieu, Permanence
from maillage.directory.quality import QualityScore, quality_of
from maillage.jobs.ports import TerritoryWork
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameter, Parameters
from maillage.kernel.progress import Progress
from maillage.standard.crosswalk import to_data_inclusion
from maillage.standard.data_inclusion import DiService
from maillage.territory.fragility import score_fragility
from maillage.territory.illectronisme import fragile_people
from maillage.territory.model import Territory


class ServiceScorer(Protocol):
    """data·inclusion's own quality score."""

    def scores(self, services: Sequence[DiService], on: dt.date) -> tuple[float | None, ...]:
        """Return the score (0-1) of each service on a date, None where it is not valid."""


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One record to complete or to read again, by calling the structure that keeps it.

    ``score_qualite`` is the mean of data·inclusion's own over the services that the record tells,
    None where it was not computed. ``priority`` is in people: what is missing (0-1) × the people
    depending, None where nobody knows how many.
    """

    permanence: Permanence
    lieu: Lieu
    structure: str
    quality: QualityScore
    score_qualite: float | None
    dependence: Dependence
    priority: float | None

    @property
    def telephone(self) -> str | None:
        """The number to call."""
        return self.permanence.record.telephone

    @property
    def courriel(self) -> str | None:
        """The first address to write to."""
        return next(iter(self.permanence.record.courriels or ()), None)

    @property
    def last_told(self) -> dt.date | None:
        """The day the record says that it was last true."""
        return self.permanence.record.date_maj


@dataclass(frozen=True, slots=True)
class Campaign:
    """The records to call about, the most pressing first; ``n_complete`` others miss nothing."""

    territory: Territory
    on: dt.date
    rows: tuple[CampaignRow, ...]
    n_complete: int
    engine: EngineNote
    method: str
    parameters: tuple[Parameter, ...]


def plan_campaign(
    work: TerritoryWork,
    *,
    engine: TravelTimes,
    parameters: Parameters,
    on: dt.date,
    progress: Progress,
    scorer: ServiceScorer | None = None,
) -> Campaign:
    """Return whom to call first in a territory; without ``scorer``, no ``score_qualite``."""
    # 1. how many people depend on each lieu
    progress.step(tr("Qui dépend de chaque lieu"))
    depending = _depending(work, engine, parameters)

    # 2. what is missing of each record
    progress.step(tr("Qualité des fiches"))
    inside = work.directory.inside()
    lieux = {lieu.id: lieu for lieu in inside.lieux}
    names = {structure.id: structure.nom for structure in inside.structures}
    untold_weight = parameters.number("quality.campaign.untold_weight")
    rows = []
    for permanence in inside.permanences:
        lieu = lieux[permanence.lieu_id]
        quality = quality_of(permanence, lieu, on, parameters)
        if quality.asks:
            dependence, name = depending[lieu.id], names[permanence.structure_id]
            priority = _priority(quality, dependence, untold_weight)
            score = _official(permanence, lieu, scorer, on)
            rows.append(CampaignRow(permanence, lieu, name, quality, score, dependence, priority))

    # 3. the most pressing first
    return Campaign(
        territory=work.territory,
        on=on,
        rows=tuple(sorted(rows, key=_order)),
        n_complete=len(inside.permanences) - len(rows),
        engine=EngineNote(engine.name, engine.describe([mode_of(parameters)])),
        method=_method(parameters),
        parameters=tuple(
            parameter
            for room in ("quality", "diagnosis.freshness", "travel")
            for parameter in parameters.under(room)
        ),
    )


def _depending(
    work: TerritoryWork, engine: TravelTimes, parameters: Parameters
) -> dict[str, Dependence]:
    """Return who depends on each lieu, by its id."""
    territory = work.territory
    fragility = score_fragility(territory, parameters, seed=SEED)
    people = fragile_people(territory, fragility, parameters, seed=SEED)
    found = dependants(territory, work.directory, people, engine, parameters)
    return {each.lieu_id: each for each in found}


def _priority(quality: QualityScore, dependence: Dependence, untold_weight: float) -> float | None:
    if dependence.n_people is None or quality.score is None:
        return None
    weight = untold_weight if dependence.basis is Basis.COMMUNE else 1.0
    return (1.0 - quality.score) * dependence.n_people * weight


def _official(
    permanence: Permanence, lieu: Lieu, scorer: ServiceScorer | None, on: dt.date
) -> float | None:
    """Return the mean of data·inclusion's score over the services of a record as exported."""
    if scorer is None:
        return None
    _, services, _ = to_data_inclusion(exported(permanence, lieu))
    told = [score for score in scorer.scores(services, on) if score is not None]
    return sum(told) / len(told) if told else None


def _order(row: CampaignRow) -> tuple[float, float, str]:
    score = row.quality.score
    pressing = -1.0 if row.priority is None else row.priority
    return (-pressing, 1.0 if score is None else score, row.permanence.id)


def _method(parameters: Parameters) -> str:
    method = tr(
        "Ordre : ce qui manque à la fiche × les personnes qui dépendent du lieu. Dépendent d'un "
        "lieu les personnes dont c'est, {mode}, le plus proche à rendre au moins un service, à "
        "{minutes} au plus, les habitants supposés répartis dans toute leur commune. Quand on ne "
        "sait pas si le lieu aide, les habitants de sa commune comptent pour {share}."
    )
    return method.format(
        mode=mode_of(parameters).label,
        minutes=french.minutes(parameters.number("quality.dependence.reach_minutes")),
        share=french.percent(parameters.number("quality.campaign.untold_weight")),
    )
