"""``maillage ties``: who knows whom, works with whom, sends people to whom."""

from __future__ import annotations

from maillage.cli.lazy import LazyGroup
from maillage.kernel.language import tr

TIES_COMMANDS = {
    "measure": "le réseau d'un tableau de liens : ses chiffres, sa carte, les rencontres à faire",
}

HELP = tr(
    """Qui connaît qui, travaille avec qui, envoie des personnes à qui.

    \b
    Exemple :
      maillage ties measure liens.csv --members structures.csv --out reseau/
    """
)

command = LazyGroup(
    "ties",
    package="maillage.cli.commands.ties",
    sub_commands=TIES_COMMANDS,
    help=HELP,
    short_help=tr("Le réseau des structures : qui connaît qui."),
)
