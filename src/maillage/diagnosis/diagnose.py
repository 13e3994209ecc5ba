"""The main verb of Maillage: what help exists, who is far from it, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from maillage.access.measure import measure_access
from maillage.access.travel import TravelTimes
from maillage.diagnosis.gaps import find_gaps
from maillage.diagnosis.model import Diagnosis, EngineNote
from maillage.diagnosis.quality import measure_quality
from maillage.diagnosis.ranges import coverage_ranges
from maillage.diagnosis.supply import count_supply
from maillage.diagnosis.unknowns import Facts, list_unknowns
from maillage.diagnosis.variants import Ground
from maillage.directory.model import Directory
from maillage.kernel.findings import Finding
from maillage.kernel.parameters import Parameter, Parameters
from maillage.territory.fragility import score_fragility
from maillage.territory.illectronisme import fragile_people
from maillage.territory.model import Territory

SEED = 20260101
"""Seed of the variants of the fragility score: any number will do, as long as it stays."""

_USED = (
    "access",
    "diagnosis",
    "directory",
    "fragility",
    "geocoding",
    "illectronisme",
    "linking",
    "territory",
    "travel",
)
"""The rooms whose parameters made the figures: every one of them is told, none is hidden."""


def diagnose(  # noqa: PLR0913 - the frozen problem is two nouns, the rest says how and when
    territory: Territory,
    directory: Directory,
    *,
    engine: TravelTimes,
    parameters: Parameters,
    on: dt.date,
    findings: Iterable[Finding] = (),
    seed: int = SEED,
) -> Diagnosis:
    """Return the diagnosis of a territory: the same for the same arguments."""
    # 1. who is fragile, and where
    fragility = score_fragility(territory, parameters, seed=seed)
    people = fragile_people(territory, fragility, parameters, seed=seed)

    # 2. what exists, how fresh, how complete
    supply = count_supply(territory, directory)
    quality = measure_quality(directory, on, parameters)

    # 3. how far it is, and how evenly shared
    access = measure_access(territory, directory, people, engine, parameters)

    # 4. where it is missing, and whether that would survive other suppositions
    ground = Ground(territory, directory, engine, parameters, on)
    ranges = coverage_ranges(ground, access.nearest, access.coverage)
    gaps, hidden_gaps = find_gaps(ground, access.nearest)

    # 5. what none of this knows
    facts = Facts(territory, directory, supply, quality, fragility, engine.name, parameters)
    return Diagnosis(
        on=on,
        territory=territory,
        directory=directory,
        engine=EngineNote(engine.name, engine.describe()),
        parameters=_used(parameters),
        supply=supply,
        quality=quality,
        fragility=fragility,
        fragile_people=people,
        access=access,
        coverage_ranges=ranges,
        gaps=gaps,
        hidden_gaps=hidden_gaps,
        unknowns=list_unknowns(facts),
        findings=tuple(findings),
    )


def _used(parameters: Parameters) -> tuple[Parameter, ...]:
    return tuple(parameter for room in _USED for parameter in parameters.under(room))
