"""The main verb of Maillage: what help exists, who is far from it, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from maillage.access.measure import measure_access
from maillage.access.travel import TravelTimes
from maillage.diagnosis.gaps import find_gaps
from maillage.diagnosis.heard import hear, people_heard
from maillage.diagnosis.heard_model import Heard, Hearing
from maillage.diagnosis.model import Diagnosis, EngineNote
from maillage.diagnosis.quality import measure_quality
from maillage.diagnosis.ranges import coverage_ranges
from maillage.diagnosis.supply import count_supply
from maillage.diagnosis.unknowns import Facts, list_unknowns
from maillage.diagnosis.variants import Ground
from maillage.diagnosis.visits import Journeys, visits_without_car
from maillage.directory.model import Directory
from maillage.kernel.findings import Finding
from maillage.kernel.parameters import Parameter, Parameters
from maillage.territory.fragility import score_fragility
from maillage.territory.fragility_model import FragilePeople, Fragility
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
    "homes",
    "illectronisme",
    "journeys",
    "linking",
    "streets",
    "territory",
    "timetable",
    "travel",
    "visits",
    "visits_variants",
)
"""The rooms whose parameters made the figures: every one of them is told, none is hidden."""


@dataclass(frozen=True, slots=True, eq=False)
class Besides:
    """What is known besides public figures, None where nothing is.

    Without ``journeys`` nothing is told of visits without a car; without ``hearing``, nothing of
    what people and structures say, and the needs of zones are those of public figures alone.
    """

    journeys: Journeys | None = None
    hearing: Hearing | None = None


NOTHING_BESIDES = Besides()


def diagnose(  # noqa: PLR0913 - the frozen problem is two nouns, the rest says how and when
    territory: Territory,
    directory: Directory,
    *,
    engine: TravelTimes,
    parameters: Parameters,
    on: dt.date,
    findings: Iterable[Finding] = (),
    besides: Besides = NOTHING_BESIDES,
) -> Diagnosis:
    """Return the diagnosis of a territory: the same for the same arguments."""
    # 1. who is fragile, and where; what exists, how fresh, how complete
    fragility, people, heard = _needs(territory, besides.hearing, parameters)
    supply, quality = count_supply(territory, directory), measure_quality(directory, on, parameters)

    # 2. how far it is, and how evenly shared
    access = measure_access(territory, directory, people, engine, parameters)

    # 3. where it is missing, and whether that would survive other suppositions
    ground = Ground(territory, directory, engine, parameters, on)
    gaps, hidden_gaps = find_gaps(ground, access.nearest)

    # 4. what can be visited without a car, while it is open, and back
    visits, told = visits_without_car(territory, directory, people, besides.journeys, parameters)

    # 5. what none of this knows
    known = (territory, directory, supply, quality, fragility, engine.name, parameters)
    return Diagnosis(
        on=on,
        territory=territory,
        directory=directory,
        engine=EngineNote(engine.name, engine.describe()),
        parameters=_used(parameters, heard=heard is not None),
        supply=supply,
        quality=quality,
        fragility=fragility,
        fragile_people=people,
        access=access,
        coverage_ranges=coverage_ranges(ground, access.nearest, access.coverage),
        gaps=gaps,
        hidden_gaps=hidden_gaps,
        unknowns=list_unknowns(Facts(*known, visits, heard)),
        findings=(*findings, *told),
        visits=visits,
        heard=heard,
    )


def _needs(
    territory: Territory, hearing: Hearing | None, parameters: Parameters
) -> tuple[Fragility, FragilePeople, Heard | None]:
    """Return who is fragile, how much each zone weighs, and what was heard, which moves it."""
    fragility = score_fragility(territory, parameters, seed=SEED)
    people = fragile_people(territory, fragility, parameters, seed=SEED)
    if hearing is None:
        return fragility, people, None
    heard = hear(hearing, territory, people, parameters)
    return fragility, people_heard(people, territory, heard.needs), heard


def _used(parameters: Parameters, *, heard: bool) -> tuple[Parameter, ...]:
    rooms = sorted((*_USED, "heard", "survey")) if heard else _USED
    return tuple(parameter for room in rooms for parameter in parameters.under(room))
