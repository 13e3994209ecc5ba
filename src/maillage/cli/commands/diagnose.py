"""``maillage diagnose SIREN``: the report and the data of one EPCI."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.access_options import gtfs_option, osm_option
from maillage.cli.home_options import home_options
from maillage.cli.options import (
    json_option,
    on_option,
    quiet_option,
    siren_argument,
    source_options,
    today,
    workspace_option,
)
from maillage.cli.progress import shown_progress
from maillage.cli.report_plan import plan_for_report
from maillage.cli.telling import tell_diagnosis
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.access.travel import TravelTimes
    from maillage.diagnosis.model import Diagnosis
    from maillage.diagnosis.visits import Journeys
    from maillage.jobs.plan_posts import PostsAnswer
    from maillage.jobs.ports import PublicSources, TerritoryWork
    from maillage.kernel.parameters import Parameters
    from maillage.kernel.progress import Progress
    from maillage.wiring.homes import HomeFiles

HELP = tr(
    """Diagnostique une intercommunalité : qui aide où, qui est loin de quoi, ce qu'on ne sait pas.

    Sans espace de travail, les données sont prises aux sources publiques (ou dans le miroir), et
    rien d'autre que le rapport n'est gardé. Avec --workspace DIR, le diagnostic lit l'espace
    préparé par « maillage init » ; des horaires (GTFS ou NeTEx) posés dans son dossier
    « timetables » servent aussi.

    Les trains de la SNCF servent d'office (4 Mo, téléchargés une fois) ; --gtfs y ajoute le réseau
    local. Sans rues, les trajets sont à vol d'oiseau : --streets les télécharge, --osm les lit.

    \b
    Exemples :
      maillage diagnose 200072460
      maillage diagnose 200072460 --out rapport --on 2026-11-22
      maillage diagnose 200072460 --streets
      maillage diagnose 200072460 --json > diagnostic.json
    """
)


@click.command("diagnose", help=HELP, short_help=tr("Diagnostique une intercommunalité."))
@siren_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=tr("Où écrire le rapport et les données [défaut : ./diagnostic-SIREN]."),
)
@workspace_option
@osm_option
@click.option(
    "--streets",
    is_flag=True,
    help=tr(
        "Télécharge les rues du territoire et de sa marge, par ancienne région (OpenStreetMap, de "
        "10 à 500 Mo l'une ; gardées ensuite), au lieu de les lire avec --osm."
    ),
)
@gtfs_option
@click.option(
    "--posts",
    type=click.IntRange(0, 20),
    metavar="N",
    help=tr(
        "Combien de conseillers placer dans le chapitre « Où renforcer » [défaut : 3 ; 0 : sans]."
    ),
)
@home_options
@source_options
@on_option
@json_option
@quiet_option
def command(
    siren: str,
    out: Path | None,
    workspace: Path | None,
    osm: tuple[Path, ...],
    streets: bool,
    gtfs: tuple[Path, ...],
    posts: int | None,
    living: HomeFiles,
    mirror: Path | None,
    cache: Path | None,
    offline: bool,
    refresh: bool,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Diagnose one EPCI."""
    from maillage.jobs.diagnose import write_products
    from maillage.kernel.atomic import check_writable
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import house
    from maillage.wiring.public_ground import timetables_of

    if streets and osm:
        raise click.UsageError(tr("--streets et --osm disent chacun d'où viennent les rues."))
    folder = None if as_json and out is None else out or Path(f"diagnostic-{siren}")
    if folder is not None:
        check_writable(folder)
    parameters = load_parameters(on)
    with shown_progress(quiet=quiet or as_json) as progress:
        asked = house.SourceChoice(today(), mirror, cache, offline, refresh)
        sources = house.public_sources(asked, progress)
        by = _Moving(osm, streets, (*gtfs, *timetables_of(workspace)), living, cache)
        with house.work_of(siren, workspace, sources, parameters, progress) as work:
            ready = _ready(work, by, sources, parameters, progress)
            n_posts = 0 if folder is None else posts
            diagnosis, plan = _diagnosed(ready, workspace, n_posts, parameters, progress)
        paths: tuple[Path, ...] = ()
        if folder is not None:
            paths = write_products(diagnosis, house.writers(plan), folder, progress)
    if as_json:
        click.echo(house.as_json(diagnosis), nl=False)
    else:
        tell_diagnosis(diagnosis, paths)


@dataclass(frozen=True, slots=True)
class _Moving:
    """By what people move: streets from files or to download, timetables brought, homes."""

    osm: tuple[Path, ...]
    streets: bool
    timetables: tuple[Path, ...]
    living: HomeFiles
    cache: Path | None


@dataclass(frozen=True, slots=True, eq=False)
class _Ready:
    """What a diagnosis is made with: the work, naming all that was read, streets and journeys."""

    work: TerritoryWork
    roads: TravelTimes
    journeys: Journeys

    @property
    def ways(self) -> tuple[TravelTimes, Journeys]:
        """Streets, and all else that people without a car go by."""
        return self.roads, self.journeys


def _ready(
    work: TerritoryWork,
    by: _Moving,
    sources: PublicSources,
    parameters: Parameters,
    progress: Progress,
) -> _Ready:
    """Return what is brought and what public sources know of the ways there."""
    from maillage.wiring import house
    from maillage.wiring.public_ground import told_of

    siren = work.territory.siren
    roads = house.known_streets(siren if by.streets else None, sources, parameters)
    trains = house.known_timetables(work, sources, by.cache, parameters)
    engine = house.streets_of(work, roads.paths or by.osm, by.cache, parameters, progress)
    doubts = (*roads.findings, *trains.findings)
    around = house.Around(by.timetables, by.living, trains.paths, doubts)
    journeys = house.journeys(work, engine, around, parameters, progress)
    return _Ready(told_of(work, roads, trains), engine, journeys)


def _diagnosed(
    ready: _Ready,
    workspace: Path | None,
    n_posts: int | None,
    parameters: Parameters,
    progress: Progress,
) -> tuple[Diagnosis, PostsAnswer | None]:
    """Return the diagnosis and the plan beside it, with what desks recorded without an answer."""
    from maillage.jobs.diagnose import diagnose_work
    from maillage.wiring.unmet import recorded_demand, with_unanswered

    told = recorded_demand(ready.work.territory.siren, workspace, parameters)
    diagnosis = diagnose_work(
        ready.work,
        engine=ready.roads,
        parameters=parameters,
        on=parameters.on,
        progress=progress,
        journeys=ready.journeys,
    )
    plan = plan_for_report(ready.work, ready.ways, n_posts, parameters, progress, told)
    return with_unanswered(diagnosis, told, parameters), plan
