"""``maillage rounds``: the mobile rounds, planned, adopted, withdrawn."""

from __future__ import annotations

from maillage.cli.lazy import LazyGroup
from maillage.kernel.language import tr

ROUNDS_COMMANDS = {
    "plan": "prépare quatre semaines de tournée : calendrier, carte, agenda, affichettes",
    "adopt": "met un plan dans l'annuaire",
    "withdraw": "retire de l'annuaire un plan adopté",
}

HELP = tr(
    """Les tournées : où et quand faire venir le bus numérique, avec les mêmes moyens.

    \b
    Exemples :
      maillage rounds plan 200072460 --workspace maillage-200072460
      maillage rounds adopt tournee-200072460/tournee.json --workspace maillage-200072460
      maillage rounds withdraw "Bus numérique" --workspace maillage-200072460
    """
)

command = LazyGroup(
    "rounds",
    package="maillage.cli.commands.rounds",
    sub_commands=ROUNDS_COMMANDS,
    help=HELP,
    short_help=tr("Les tournées."),
)
