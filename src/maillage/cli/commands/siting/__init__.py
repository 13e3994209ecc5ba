"""``maillage siting``: where help should go, for coordinations and for analysts."""

from __future__ import annotations

from maillage.cli.lazy import LazyGroup
from maillage.kernel.language import tr

SITING_COMMANDS = {
    "post": "dit où placer les prochains conseillers, et pourquoi",
    "compare": "un lieu plutôt qu'un autre, répondu tout de suite",
    "adopt": "met un plan dans l'annuaire",
    "withdraw": "retire de l'annuaire un plan adopté",
    "pmedian": "choisit p sites au plus près de tous (fichier OR-Library)",
    "mclp": "choisit les sites qui couvrent le plus de demande dans un rayon",
}

HELP = tr(
    """Où renforcer : choisir des sites, avec la preuve que le choix est le meilleur, ou ce qui l'en
    sépare au plus.

    \b
    Exemples :
      maillage siting post 200072460
      maillage siting compare 200072460 Lillers Auchel
      maillage siting adopt ou-renforcer-200072460/plan.json --workspace maillage-200072460
      maillage siting withdraw "Conseillers numériques" --workspace maillage-200072460
      maillage siting pmedian pmed1.txt
      maillage siting mclp SJC324.txt --radius 800 --sites 3
    """
)

command = LazyGroup(
    "siting",
    package="maillage.cli.commands.siting",
    sub_commands=SITING_COMMANDS,
    help=HELP,
    short_help=tr("Où renforcer."),
)
