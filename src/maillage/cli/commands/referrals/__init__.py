"""``maillage referrals``: people sent to structures, as analysts may know of them."""

from __future__ import annotations

from maillage.cli.lazy import LazyGroup
from maillage.kernel.language import tr

REFERRALS_COMMANDS = {
    "export": "donne les dossiers d'orientation, sans identité, et leurs chiffres",
}

HELP = tr(
    """Les dossiers d'orientation : ce que deviennent les personnes adressées à une structure.

    \b
    Exemple :
      maillage referrals export --territory 200072460 --out dossiers.csv
    """
)

command = LazyGroup(
    "referrals",
    package="maillage.cli.commands.referrals",
    sub_commands=REFERRALS_COMMANDS,
    help=HELP,
    short_help=tr("Les dossiers d'orientation."),
)
