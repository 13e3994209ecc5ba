"""``maillage init SIREN``: the workspace of a territory, made from its public sources."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

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

HELP = tr(
    """Prépare l'espace de travail d'une intercommunalité à partir des sources publiques.

    L'espace est un dossier : une base de données, la copie des sources, un journal de tout ce qui
    change l'annuaire. Relancer la commande avec --refresh n'y écrit que ce qui a changé.

    \b
    Exemples :
      maillage init 200072460
      maillage init 200072460 --workspace ~/maillage/bethune
    """
)


@click.command("init", help=HELP, short_help=tr("Prépare l'espace de travail."))
@siren_argument
@workspace_option
@source_options
@on_option
@json_option
@quiet_option
def command(
    siren: str,
    workspace: Path | None,
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
    from maillage.wiring import house

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
    if as_json:
        print_envelope("init", work.territory, on, work.findings, {"workspace": str(own.folder)})
    else:
        tell_work(work, own.folder)
