"""``maillage accounts link``: signing in once without mail, as when a site begins."""

from __future__ import annotations

from pathlib import Path

import click

from maillage.cli.options import workspace_option
from maillage.kernel.language import tr

HELP = tr(
    """Donne un lien qui connecte une seule fois quelqu'un qui a déjà un compte, sans courriel :
    pour choisir son premier mot de passe, ou quand le courriel ne part pas.

    Qui a ce lien entre à sa place : ne l'envoyez qu'à cette personne.

    \b
    Exemple :
      maillage accounts link prenom.nom@agglo.fr
    """
)


@click.command("link", help=HELP, short_help=tr("Un lien de connexion, sans courriel."))
@click.argument("email", metavar="E-MAIL")
@workspace_option
def command(email: str, workspace: Path | None) -> None:
    """Give a link."""
    from maillage.wiring import site

    site.check_installed()
    click.echo(site.told_link(site.named_workspace(workspace), email))
