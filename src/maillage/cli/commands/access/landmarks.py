"""``maillage access landmarks``: the roads, railways and rivers of the site's map."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.options import on_option, quiet_option, workspace_option
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

HELP = tr(
    """Donne à la carte du site ses routes, voies ferrées et cours d'eau, sans fond de carte.

    Ils sont lus d'un extrait OpenStreetMap, coupés au territoire, simplifiés jusqu'à peser 60 ko
    au plus, et gardés dans l'espace de travail. La carte nomme OpenStreetMap à côté d'eux.

    \b
    Exemple :
      maillage access landmarks --osm nord-pas-de-calais.osm.pbf --workspace maillage-200072460
    """
)


@click.command("landmarks", help=HELP, short_help=tr("Les lignes de la carte du site."))
@click.option(
    "--osm",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    multiple=True,
    metavar="FILE",
    help=tr("Un extrait OpenStreetMap (.osm.pbf) ; à répéter pour plusieurs."),
)
@workspace_option
@on_option
@quiet_option
def command(osm: tuple[Path, ...], workspace: Path | None, on: dt.date, quiet: bool) -> None:
    """Read the lines and keep them."""
    from maillage.kernel.french import number
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import desk, site
    from maillage.wiring.landmarks import landmarks_around

    site.check_installed()
    parameters = load_parameters(on)
    with shown_progress(quiet=quiet) as progress, desk.opened(workspace, on, "maillage") as space:
        territory = space.store.load(space.siren).territory
        lines = landmarks_around(territory, osm, parameters, progress)
        folder, siren = space.folder, space.siren
    environment = site.local_environment(folder)
    site.prepare(environment)
    site.keep_landmarks(environment, siren, lines)
    said = tr("La carte du site a ses routes, voies ferrées et cours d'eau ({n} ko).")
    click.echo(said.format(n=number(len(lines) / 1000)))
