"""The house put together: which engine, which store, which sources, which writers.

Nothing else in Maillage chooses. Heavy parts are imported when they are first asked for.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.kernel.provenance import LocalFile
from maillage.wiring.homes import HomeFiles, known_homes
from maillage.wiring.public_ground import PublicGround, streets_around, timetables_around

if TYPE_CHECKING:
    from maillage.access.travel import TravelTimes
    from maillage.demo.generate import DemoTerritory
    from maillage.diagnosis.heard_model import Hearing
    from maillage.diagnosis.model import Diagnosis
    from maillage.diagnosis.visits import Journeys
    from maillage.directory.linking.model import Matcher
    from maillage.jobs.plan_posts import PostsAnswer
    from maillage.jobs.ports import DiagnosisWriter, Means, PublicSources, TerritoryWork, WorkStore
    from maillage.kernel.findings import Finding
    from maillage.sources.describe import SourceRow
    from maillage.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """Where the user wants public data from. ``today`` dates what is downloaded."""

    today: dt.date
    mirror: Path | None = None
    cache: Path | None = None
    offline: bool = False
    refresh: bool = False


def engine(parameters: Parameters) -> TravelTimes:
    """Return the engine of travel times: the straight line, until streets are at hand."""
    from maillage.access.travel import StraightLine

    return StraightLine(parameters)


def streets_of(
    work: TerritoryWork,
    osm: tuple[Path, ...],
    cache: Path | None,
    parameters: Parameters,
    progress: Progress,
) -> TravelTimes:
    """Return the engine of travel times: streets of extracts around the territory, else lines."""
    if not osm:
        return engine(parameters)
    from maillage.kernel.geometry import coordinates
    from maillage.wiring import reach

    ground = reach.Ground(osm, (), parameters.on, cache, progress)
    points = tuple(zone.point for zone in work.territory.zones)
    return reach.osm_streets(osm, coordinates(points), ground)


@dataclass(frozen=True, slots=True)
class Around:
    """What is brought of a territory: timetables, what tells where people live, what lacks.

    ``national`` are timetables of all France: they may have no stop there.
    """

    timetables: tuple[Path, ...] = ()
    homes: HomeFiles = field(default_factory=HomeFiles)
    national: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


def journeys(
    work: TerritoryWork,
    streets: TravelTimes,
    around: Around,
    parameters: Parameters,
    progress: Progress,
) -> Journeys:
    """Return by what people without a car go; without numba, or any timetable, on foot."""
    from maillage.access.travel import Mode
    from maillage.diagnosis.visits import Journeys
    from maillage.jobs.timetables import read_network
    from maillage.kernel.geometry import box_around, coordinates
    from maillage.wiring import reach

    walked = reach.walkable(streets, parameters)
    homes, unsure = known_homes(work.territory, around.homes, parameters)
    places = coordinates(tuple(zone.point for zone in work.territory.zones))
    doubts = (*around.findings, *unsure, *reach.doubts_of_streets(streets, Mode.WALK, places))
    paths = (*around.timetables, *around.national)
    if not paths or find_spec("numba") is None:
        return Journeys(walked, None, None, progress, homes, doubts)
    box = box_around(places, parameters.number("streets.margin_km"))
    network, told = read_network(paths, box, parameters, progress, around.national)
    findings = (*doubts, *told)
    return Journeys(walked, network, reach.searches(), progress, homes, findings)


def known_timetables(
    work: TerritoryWork, sources: PublicSources, cache: Path | None, parameters: Parameters
) -> PublicGround:
    """Return the public timetables around a territory that are at hand or can be had."""
    from maillage.kernel.geometry import coordinates

    if work.territory.fictional:
        return PublicGround()
    places = coordinates(tuple(zone.point for zone in work.territory.zones))
    return timetables_around(
        work.territory.siren, places, sources, parameters, _cache_folder(cache)
    )


def known_streets(
    siren: str | None, sources: PublicSources, parameters: Parameters
) -> PublicGround:
    """Return the extracts of an EPCI's streets and their margin, downloaded if need be; None: none.

    They are heavy: only where the user asks for them. Raises UnknownTerritory, SourceUnavailable.
    """
    return PublicGround() if siren is None else streets_around(siren, sources, parameters)


def _cache_folder(cache: Path | None) -> Path:
    from maillage.sources.cache import default_cache_folder

    return cache or default_cache_folder(os.environ, Path.home())


def means(parameters: Parameters, progress: Progress) -> Means:
    """Return what verbs work with: Splink where its extra is installed, else exact keys alone."""
    from maillage.jobs.ports import Means

    return Means(_matcher(parameters), parameters, progress)


def _matcher(parameters: Parameters) -> Matcher | None:
    if find_spec("splink") is None or find_spec("duckdb") is None:
        return None
    from maillage.engines.splink_matcher import SplinkMatcher

    return SplinkMatcher(parameters)


def public_sources(asked: SourceChoice, progress: Progress) -> PublicSources:
    """Return the shelf of public sources: a mirror alone, or the cache and the live addresses."""
    from maillage.sources.cache import Cache
    from maillage.sources.catalogue import load_catalogue
    from maillage.sources.mirror import Mirror
    from maillage.sources.shelf import Shelf

    return Shelf(
        catalogue=load_catalogue(),
        cache=Cache(_cache_folder(asked.cache)),
        retrieved=asked.today,
        progress=progress,
        mirror=None if asked.mirror is None else Mirror(asked.mirror),
        offline=asked.offline,
        refresh=asked.refresh,
    )


def list_of_communes(asked: SourceChoice, progress: Progress) -> LocalFile | None:
    """Return the national list of communes if a copy is at hand; nothing is downloaded for it."""
    from maillage.kernel.errors import SourceUnavailable

    try:
        return public_sources(asked, progress).get("communes-france", "")
    except SourceUnavailable:
        return None


def make_demo(folder: Path, seed: int | None) -> DemoTerritory:
    """Write the demo's sources in the folder and return what was made."""
    from maillage.demo.generate import DEFAULT_SEED, generate

    return generate(folder, DEFAULT_SEED if seed is None else seed)


def make_demo_around(folder: Path, seed: int | None) -> tuple[DemoTerritory, ...]:
    """Write the sources of the small territories beside the demo, each in a folder by its SIREN."""
    from maillage.demo.generate import DEFAULT_SEED, generate_around

    return generate_around(folder, DEFAULT_SEED if seed is None else seed)


def make_demo_survey(folder: Path, seed: int | None) -> Hearing:
    """Write the demo's survey as files in the folder, and return what was heard."""
    from maillage.demo.generate import DEFAULT_SEED
    from maillage.demo.survey import draw_survey
    from maillage.demo.survey_files import survey_files
    from maillage.demo.survey_hearing import demo_hearing
    from maillage.kernel.atomic import write_whole

    survey = draw_survey(DEFAULT_SEED if seed is None else seed)
    for name, content in survey_files(survey).items():
        write_whole(folder / name, content)
    return demo_hearing(survey)


def demo_sources(folder: Path, today: dt.date, progress: Progress) -> PublicSources:
    """Return the sources of the demo that stands in the folder."""
    from maillage.wiring.fictional import FictionalSources

    return FictionalSources(public_sources(SourceChoice(today, mirror=folder), progress))


def source_rows(*, mirror: Path | None, cache: Path | None) -> tuple[SourceRow, ...]:
    """Return what is known of every source, and which copies are at hand."""
    from maillage.sources.cache import Cache
    from maillage.sources.catalogue import load_catalogue
    from maillage.sources.describe import describe_sources
    from maillage.sources.mirror import Mirror

    kept = Cache(_cache_folder(cache))
    return describe_sources(load_catalogue(), kept, None if mirror is None else Mirror(mirror))


def writers(plan: PostsAnswer | None = None) -> tuple[DiagnosisWriter, ...]:
    """Return the writers of all the products of a diagnosis, and of a plan of posts beside it."""
    from maillage.engines.typst_pdf import TypstTypesetter
    from maillage.reports.products import all_writers

    return all_writers(TypstTypesetter(), plan)


def as_json(diagnosis: Diagnosis) -> str:
    """Return the diagnosis as its JSON document."""
    from maillage.reports.diagnosis_json import diagnosis_document

    return diagnosis_document(diagnosis)


def store(workspace: Workspace, on: dt.date) -> WorkStore:
    """Return the store of an open workspace; ``on`` dates what it writes in the journal."""
    from maillage.storage.work_store import DjangoWorkStore

    return DjangoWorkStore(workspace, on=on)


def read_territory(siren: str, parameters: Parameters, mirror: Path | None = None) -> TerritoryWork:
    """Return one EPCI with its directory and findings, read from a mirror or the live sources.

    For notebooks and programs: nothing is kept but downloads, in the user's cache.
    """
    from maillage.kernel.progress import Silent

    quiet = Silent()
    sources = public_sources(SourceChoice(parameters.on, mirror), quiet)
    with work_of(siren, None, sources, parameters, quiet) as work:
        return work


@contextmanager
def own_workspace(siren: str, folder: Path | None) -> Iterator[Workspace]:
    """Give the user's workspace, open; it is made where it does not stand yet.

    If the work fails in a workspace just made, it is taken away, unless it holds downloads: the
    next try goes on from them.
    """
    from maillage.storage.workspace import Workspace, default_folder, is_workspace

    place = folder or default_folder(siren)
    if is_workspace(place):
        with Workspace.open(place) as workspace:
            yield workspace
        return
    workspace = Workspace.create(place, siren)
    try:
        with workspace:
            yield workspace
    except BaseException:
        if not any(workspace.cache.iterdir()):
            shutil.rmtree(place)
        raise


@contextmanager
def work_of(
    siren: str,
    folder: Path | None,
    sources: PublicSources,
    parameters: Parameters,
    progress: Progress,
) -> Iterator[TerritoryWork]:
    """Give the work of a territory: from the workspace named, else fresh from the sources.

    Fresh work goes through a temporary workspace too, so that both roads are one.
    """
    from maillage.jobs.take_in import take_in
    from maillage.storage.workspace import Workspace

    if folder is not None:
        with Workspace.open(folder) as workspace:
            yield store(workspace, parameters.on).load(siren)
        return
    with Workspace.temporary(siren) as workspace:
        temporary = store(workspace, parameters.on)
        take_in(
            siren,
            sources=sources,
            store=temporary,
            means=means(parameters, progress),
            on=parameters.on,
        )
        yield temporary.load(siren)
