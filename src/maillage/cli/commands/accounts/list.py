"""``maillage accounts list``: who has an account in the site of a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from maillage.cli.options import workspace_option
from maillage.kernel.language import tr

HELP = tr("""Dit qui a un compte dans le site d'un espace de travail, et quel rôle.""")


@click.command("list", help=HELP, short_help=tr("Dit qui a un compte."))
@workspace_option
def command(workspace: Path | None) -> None:
    """List the accounts."""
    from maillage.wiring import site

    site.check_installed()
    told = site.accounts(site.named_workspace(workspace))
    click.echo(told or site.NO_ACCOUNT + "\n", nl=False)
