"""``maillage access``: door to door, while it is open, and back: the analysts' door."""

from __future__ import annotations

from maillage.cli.lazy import LazyGroup
from maillage.kernel.language import tr

ACCESS_COMMANDS = {
    "matrix": "temps de trajet entre des points : à pied, à vélo, en voiture, en transport",
    "visits": "visites possibles : arriver pendant l'ouverture, être reçu, rentrer",
    "journey": "la fiche de trajet d'une personne, aller et retour, à imprimer",
    "losses": "ce que ferait perdre la fermeture d'un lieu, ou la fin d'une ligne",
    "isochrones": "ce que l'on atteint autour de points, en tant de minutes",
    "landmarks": "les routes, voies ferrées et cours d'eau que dessine la carte du site",
    "calibrate": "cale l'estimation à vol d'oiseau sur des temps réels, et dit son erreur",
}

HELP = tr(
    """L'accès réel : de porte à porte, pendant l'ouverture, et retour.

    Les rues viennent d'un extrait OpenStreetMap (--osm), les bus et trains d'horaires GTFS ou
    NeTEx (--gtfs). Sans rues, les temps sont estimés à vol d'oiseau, et le résultat le dit.

    \b
    Exemples :
      maillage access matrix --osm ville.osm.pbf --mode walk \\
          --origins habitants.csv --destinations lieux.csv --out temps.csv
      maillage access visits --osm ville.osm.pbf --gtfs bus.zip \\
          --homes habitants.csv --places lieux.csv --week 2024-01-15 --out visites.csv
    """
)

command = LazyGroup(
    "access",
    package="maillage.cli.commands.access",
    sub_commands=ACCESS_COMMANDS,
    help=HELP,
    short_help=tr("L'accès réel."),
)
