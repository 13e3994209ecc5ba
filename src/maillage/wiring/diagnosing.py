"""A territory diagnosed whole: the ways there, the diagnosis, the plan of posts beside it.

The terminal and the site go by here, so that a report says the same wherever it is read.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maillage.wiring.unreached import Brought, GroundAsked

if TYPE_CHECKING:
    from maillage.access.travel import TravelTimes
    from maillage.diagnosis.heard_model import Hearing
    from maillage.diagnosis.model import Diagnosis
    from maillage.diagnosis.visits import Journeys
    from maillage.jobs.plan_posts import PostsAnswer
    from maillage.jobs.ports import PublicSources, TerritoryWork
    from maillage.jobs.unmet import UnmetDemand
    from maillage.kernel.parameters import Parameters
    from maillage.kernel.progress import Progress
    from maillage.wiring.at_hand import AtHand

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """What a diagnosis is made with: the work, naming all that was read, streets and journeys."""

    work: TerritoryWork
    roads: TravelTimes
    journeys: Journeys


@dataclass(frozen=True, slots=True, eq=False)
class Diagnosed:
    """A diagnosis, and where the next posts would stand; None where nobody asked."""

    diagnosis: Diagnosis
    plan: PostsAnswer | None


def ready_on(
    work: TerritoryWork,
    brought: Brought,
    sources: PublicSources,
    parameters: Parameters,
    progress: Progress,
) -> Ready:
    """Return what is brought and what public sources know of the ways of a territory.

    Raises UnusableFile, UnknownTerritory, SourceUnavailable.
    """
    from maillage.wiring import house
    from maillage.wiring.public_ground import told_of

    siren = work.territory.siren
    downloaded = house.known_streets(siren if brought.streets else None, sources, parameters)
    trains = house.known_timetables(work, sources, brought.cache, parameters)
    extracts = downloaded.paths or brought.osm
    roads = house.streets_of(work, extracts, brought.cache, parameters, progress)
    doubts = (*downloaded.findings, *trains.findings)
    around = house.Around(brought.timetables, brought.living, trains.paths, doubts)
    journeys = house.journeys(work, roads, around, parameters, progress)
    return Ready(told_of(work, downloaded, trains), roads, journeys)


def diagnosed(
    ready: Ready,
    recorded: UnmetDemand | None,
    parameters: Parameters,
    progress: Progress,
    posts: int | None = None,
    hearing: Hearing | None = None,
) -> Diagnosed:
    """Return the diagnosis and the plan of so many ``posts``, None = the usual number, 0 = none.

    What desks ``recorded`` without an answer is told, and counts among who lacks help; what
    structures and residents said is told, and moves the needs of communes.
    """
    from maillage.jobs.diagnose import diagnose_work
    from maillage.wiring.unmet import with_unanswered

    diagnosis = diagnose_work(
        ready.work,
        engine=ready.roads,
        parameters=parameters,
        on=parameters.on,
        progress=progress,
        journeys=ready.journeys,
        hearing=hearing,
    )
    n_posts = round(parameters.number("posts.report_posts")) if posts is None else posts
    plan = None
    if n_posts:
        # Who lacks help is counted as in the diagnosis, what desks recorded beside.
        whom = GroundAsked(recorded=recorded, people=diagnosis.fragile_people)
        plan = _plan(ready, n_posts, whom, parameters, progress)
    return Diagnosed(with_unanswered(diagnosis, recorded, parameters), plan)


def served_diagnosis(
    work: TerritoryWork,
    at_hand: AtHand,
    recorded: UnmetDemand | None,
    parameters: Parameters,
    progress: Progress,
    hearing: Hearing | None = None,
) -> Diagnosed:
    """Return the diagnosis of a territory as a site shows it: that of ``diagnose --offline``.

    Without the streets asked for, as the crow flies, and the log of the site says so. Raises
    UnusableFile where a timetable cannot be read.
    """
    from maillage.kernel.errors import SourceUnavailable, UnknownTerritory
    from maillage.wiring import house
    from maillage.wiring.public_ground import timetables_in

    choice = house.SourceChoice(parameters.on, at_hand.mirror, at_hand.cache, offline=True)
    sources = house.public_sources(choice, progress)
    feeds = () if at_hand.timetables is None else timetables_in(at_hand.timetables)
    brought = Brought(streets=at_hand.streets, timetables=feeds, cache=at_hand.cache)
    try:
        ready = ready_on(work, brought, sources, parameters, progress)
    except (SourceUnavailable, UnknownTerritory) as refusal:
        _LOG.warning("the diagnosis is made without streets: %s", refusal)
        ready = ready_on(work, replace(brought, streets=False), sources, parameters, progress)
    return diagnosed(ready, recorded, parameters, progress, hearing=hearing)


def _plan(
    ready: Ready,
    n_posts: int,
    whom: GroundAsked,
    parameters: Parameters,
    progress: Progress,
) -> PostsAnswer:
    from maillage.wiring.reinforced import reinforced
    from maillage.wiring.siting import Search

    search = Search(parameters.on, progress=progress)
    by = (ready.roads, ready.journeys)
    return reinforced(ready.work, by, n_posts, parameters, search, whom)
