"""``maillage directory geocode``: places found from their addresses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import by_option, json_option, on_option, quiet_option, workspace_option
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.geocode import Geocoded

HELP = tr(
    """Situe les fiches sans coordonnées sûres d'après leur adresse.

    Avec --addresses, dans une liste d'adresses que vous avez (la Base Adresse Nationale de votre
    département, en CSV, compressée ou non) : rien ne sort de l'ordinateur. Avec --api, en envoyant
    ces adresses au service national de géocodage. Des coordonnées déjà sûres ne changent jamais.

    \b
    Exemples :
      maillage directory geocode --addresses adresses-62.csv.gz
      maillage directory geocode --api
    """
)


@click.command("geocode", help=HELP, short_help=tr("Situer d'après l'adresse."))
@click.option(
    "--addresses",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=tr("La liste d'adresses où chercher."),
)
@click.option("--api", "by_api", is_flag=True, help=tr("Envoie les adresses au service national."))
@workspace_option
@by_option
@on_option
@json_option
@quiet_option
def command(
    addresses: Path | None,
    by_api: bool,
    workspace: Path | None,
    by: str,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Place what can be."""
    from maillage.cli.directory_words import diagnose_command
    from maillage.jobs.geocode import geocode
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import desk, house

    if (addresses is None) == (not by_api):
        raise click.UsageError(tr("Dites où chercher : --addresses FILE ou --api."))
    parameters = load_parameters(on)
    with (
        shown_progress(quiet=quiet or as_json) as progress,
        desk.opened(workspace, on, by) as space,
    ):
        means = house.means(parameters, progress)
        territory = space.store.load(space.siren).territory
        geocoder, reading = desk.geocoder(addresses, territory, means)
        done = geocode(space.siren, geocoder, store=space.store, means=means, reading=reading)
    if as_json:
        _print_json(done, geocoder.name, on)
    else:
        _tell(done, diagnose_command(space.siren, space.folder))


def _print_json(done: Geocoded, geocoder: str, on: dt.date) -> None:
    from maillage.cli.envelope import print_envelope

    result = {
        "geocoder": geocoder,
        "n_placed": done.n_placed,
        "n_proposed": done.n_proposed,
    }
    print_envelope("directory geocode", done.work.territory, on, done.work.findings, result)


def _tell(done: Geocoded, diagnose: str) -> None:
    from maillage.cli.telling import tell_source_findings
    from maillage.kernel.french import plural

    text = tr("{placed} à leur adresse ; {proposed} à vérifier, dans les constats.")
    click.secho(
        text.format(
            placed=plural(done.n_placed, tr("fiche située"), tr("fiches situées")),
            proposed=plural(done.n_proposed, tr("point proposé"), tr("points proposés")),
        ),
        bold=True,
    )
    tell_source_findings(done.findings, diagnose, all_option=False)
