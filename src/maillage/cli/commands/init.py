"""``maillage init SIREN``: the workspace of a territory, made from its public sources."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.envelope import print_envelope
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
from maillage.cli.telling import tell_work
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.wiring.house import SourceChoice

HELP = tr(
    """Prépare l'espace de travail d'une intercommunalité à partir des sources publiques.

    L'espace est un dossier : une base de données, la copie des sources, un journal de tout ce qui
    change l'annuaire. Relancer la commande avec --refresh n'y écrit que ce qui a changé.

    Avec --admin, en fait une vraie instance : les tables du site, le compte de qui l'administre, le
    diagnostic ; un lien pour entrer est affiché. « maillage serve » l'ouvre ensuite.

    \b
    Exemples :
      maillage init 200072460
      maillage init 200072460 --workspace ~/maillage/bethune
      maillage init 200072460 --admin prenom.nom@agglo.fr
    """
)


@click.command("init", help=HELP, short_help=tr("Prépare l'espace de travail."))
@siren_argument
@workspace_option
@click.option(
    "--admin",
    metavar="E-MAIL",
    help=tr("Ouvre aussi un site sur cet espace, administré par cette personne."),
)
@source_options
@on_option
@json_option
@quiet_option
def command(
    siren: str,
    workspace: Path | None,
    admin: str | None,
    mirror: Path | None,
    cache: Path | None,
    offline: bool,
    refresh: bool,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make or refresh a workspace."""
    from maillage.jobs.take_in import take_in
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import house, site

    if admin is not None:
        site.check_installed()
    parameters = load_parameters(on)
    with (
        shown_progress(quiet=quiet or as_json) as progress,
        house.own_workspace(siren, workspace) as own,
    ):
        asked = house.SourceChoice(today(), mirror, cache or own.cache, offline, refresh)
        sources = house.public_sources(asked, progress)
        store = house.store(own, on)
        work = take_in(
            siren,
            sources=sources,
            store=store,
            means=house.means(parameters, progress),
            on=on,
        )
    link = None if admin is None else _open(own.folder, admin, asked, quiet=quiet or as_json)
    if as_json:
        result = {"workspace": str(own.folder), **({} if link is None else {"link": link})}
        print_envelope("init", work.territory, on, work.findings, result)
        return
    tell_work(work, own.folder)
    if link is not None:
        click.echo(link)


def _open(folder: Path, admin: str, asked: SourceChoice, *, quiet: bool) -> str:
    """Open a site on a workspace; the diagnosis finds sources where the directory did."""
    from maillage.wiring import site

    places = {"MAILLAGE_MIRROR": asked.mirror, "MAILLAGE_CACHE": asked.cache}
    told = {name: str(path.resolve()) for name, path in places.items() if path is not None}
    with shown_progress(quiet=quiet) as progress:
        progress.step(tr("Le site et son premier diagnostic"))
        return site.open_instance(folder, admin, told)
