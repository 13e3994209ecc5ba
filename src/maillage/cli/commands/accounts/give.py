"""``maillage accounts give``: a role in the site of a workspace, as when it begins."""

from __future__ import annotations

from pathlib import Path

import click

from maillage.cli.options import workspace_option
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Role

HELP = tr(
    """Donne un rôle à quelqu'un dans le site d'un espace de travail ; crée son compte s'il n'en a
    pas. Redit avec un autre rôle, le remplace.

    ROLE : member (membre d'une structure, qui oriente), coordinator (coordination), hub (hub
    régional, qui lit), administrator (administration).

    Sans --password, on entre par un lien reçu par courriel ; sur cette machine, ce courriel
    s'affiche là où « maillage serve » a été lancé.

    \b
    Exemple :
      maillage accounts give prenom.nom@agglo.fr coordinator --password
    """
)


@click.command("give", help=HELP, short_help=tr("Donne un rôle à quelqu'un."))
@click.argument("email", metavar="E-MAIL")
@click.argument("role", type=click.Choice([role.code for role in Role]), metavar="ROLE")
@click.option("--password", "asked", is_flag=True, help=tr("Demande un mot de passe au clavier."))
@workspace_option
def command(email: str, role: str, asked: bool, workspace: Path | None) -> None:
    """Give one role."""
    from maillage.wiring import site

    site.check_installed()
    place = site.named_workspace(workspace)
    password = _typed() if asked else None
    click.echo(site.give_role(place, email, role, password))


def _typed() -> str:
    """Return the password typed twice at the keyboard, unseen."""
    told: str = click.prompt(
        tr("Mot de passe"), hide_input=True, confirmation_prompt=tr("Le même, de nouveau")
    )
    return told
