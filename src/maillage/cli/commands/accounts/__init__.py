"""``maillage accounts``: who may come into the site of a workspace."""

from __future__ import annotations

from maillage.cli.lazy import LazyGroup
from maillage.kernel.language import tr

ACCOUNTS_COMMANDS = {
    "give": "donne un rôle à quelqu'un, et crée son compte s'il n'en a pas",
    "link": "donne un lien de connexion, sans courriel",
    "list": "dit qui a un compte, et quel rôle",
}

HELP = tr(
    """Les comptes du site : qui peut orienter, coordonner, lire.

    \b
    Exemples :
      maillage accounts give prenom.nom@agglo.fr coordinator --password
      maillage accounts list --workspace maillage-200072460
    """
)

command = LazyGroup(
    "accounts",
    package="maillage.cli.commands.accounts",
    sub_commands=ACCOUNTS_COMMANDS,
    help=HELP,
    short_help=tr("Les comptes du site."),
)
