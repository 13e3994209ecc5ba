"""``maillage diagnose SIREN``: the report and the data of one EPCI."""

from __future__ import annotations

import datetime as dt
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
from maillage.cli.telling import tell_diagnosis
from maillage.kernel.language import tr

if TYPE_CHECKING:
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
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import diagnosing, house
    from maillage.wiring.public_ground import timetables_of
    from maillage.wiring.unmet import recorded_demand
    from maillage.wiring.unreached import Brought

    if streets and osm:
        raise click.UsageError(tr("--streets et --osm disent chacun d'où viennent les rues."))
    folder = _folder(siren, out, as_json=as_json)
    parameters = load_parameters(on)
    with shown_progress(quiet=quiet or as_json) as progress:
        asked = house.SourceChoice(today(), mirror, cache, offline, refresh)
        sources = house.public_sources(asked, progress)
        feeds = (*gtfs, *timetables_of(workspace))
        brought = Brought(osm, streets, feeds, living, cache)
        with house.work_of(siren, workspace, sources, parameters, progress) as work:
            ready = diagnosing.ready_on(work, brought, sources, parameters, progress)
            told = recorded_demand(siren, workspace, parameters)
            n_posts = 0 if folder is None else posts
            made = diagnosing.diagnosed(ready, told, parameters, progress, n_posts)
        paths: tuple[Path, ...] = ()
        if folder is not None:
            paths = write_products(made.diagnosis, house.writers(made.plan), folder, progress)
    if as_json:
        click.echo(house.as_json(made.diagnosis), nl=False)
    else:
        tell_diagnosis(made.diagnosis, paths)


def _folder(siren: str, out: Path | None, *, as_json: bool) -> Path | None:
    """Return where the products go, None: nowhere. Raises OutputError where nothing can stand."""
    from maillage.kernel.atomic import check_writable

    if as_json and out is None:
        return None
    folder = out or Path(f"diagnostic-{siren}")
    check_writable(folder)
    return folder
