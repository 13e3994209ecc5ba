"""``maillage worker``: the background work of a site, apart from the site."""

from __future__ import annotations

from pathlib import Path

import click

from maillage.cli.options import workspace_option
from maillage.kernel.language import tr

HELP = tr(
    """Fait le travail de fond du site d'un espace de travail, jusqu'à Ctrl-C.

    « maillage serve » le fait déjà, à côté du site ; lancez celui-ci si le site est servi avec
    --no-worker, ou par un autre serveur. S'il meurt, il est relancé.

    \b
    Exemple :
      maillage worker --workspace maillage-200072460
    """
)


@click.command("worker", help=HELP, short_help=tr("Le travail de fond du site, à part."))
@workspace_option
def command(workspace: Path | None) -> None:
    """Do the background work."""
    from maillage.wiring import site

    site.check_installed()
    environment = site.local_environment(site.named_workspace(workspace))
    site.prepare(environment)
    click.echo(tr("Le travail de fond est lancé. Ctrl-C l'arrête."))
    site.work(environment)
