"""``maillage diagnose SIREN``: the report and the data of one EPCI."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.access_options import gtfs_option, osm_option
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
from maillage.cli.telling import tell_diagnosis
from maillage.kernel.language import tr

HELP = tr(
    """Diagnostique une intercommunalité : qui aide où, qui est loin de quoi, ce qu'on ne sait pas.

    Sans espace de travail, les données sont prises aux sources publiques (ou dans le miroir), et
    rien d'autre que le rapport n'est gardé. Avec --workspace DIR, le diagnostic lit l'espace
    préparé par « maillage init ».

    \b
    Exemples :
      maillage diagnose 200072460
      maillage diagnose 200072460 --out rapport --on 2026-11-22
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
@gtfs_option
@click.option(
    "--tiles",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=tr("Les carreaux de 200 m de l'Insee (Filosofi, CSV ou GPKG) : où les gens habitent."),
)
@source_options
@on_option
@json_option
@quiet_option
def command(
    siren: str,
    out: Path | None,
    workspace: Path | None,
    osm: Path | None,
    gtfs: tuple[Path, ...],
    tiles: Path | None,
    mirror: Path | None,
    cache: Path | None,
    offline: bool,
    refresh: bool,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Diagnose one EPCI."""
    from maillage.jobs.diagnose import diagnose_work, write_products
    from maillage.kernel.atomic import check_writable
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import house

    folder = None if as_json and out is None else out or Path(f"diagnostic-{siren}")
    if folder is not None:
        check_writable(folder)
    parameters = load_parameters(on)
    with shown_progress(quiet=quiet or as_json) as progress:
        asked = house.SourceChoice(today(), mirror, cache, offline, refresh)
        sources = house.public_sources(asked, progress)
        with house.work_of(siren, workspace, sources, parameters, progress) as work:
            streets = house.streets_of(work, osm, cache, parameters, progress)
            around = house.Around(gtfs or house.known_timetables(siren, sources), tiles)
            diagnosis = diagnose_work(
                work,
                engine=streets,
                parameters=parameters,
                on=on,
                progress=progress,
                journeys=house.journeys(work, streets, around, parameters, progress),
            )
        paths: tuple[Path, ...] = ()
        if folder is not None:
            paths = write_products(diagnosis, house.writers(), folder, progress)
    if as_json:
        click.echo(house.as_json(diagnosis), nl=False)
    else:
        tell_diagnosis(diagnosis, paths)
