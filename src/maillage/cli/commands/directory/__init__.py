"""``maillage directory``: one directory that can be trusted, from messy files to exports."""

from __future__ import annotations

from maillage.cli.lazy import LazyGroup
from maillage.kernel.language import tr

DIRECTORY_COMMANDS = {
    "map": "propose la correspondance entre un fichier reçu et le schéma national",
    "import": "fait entrer un fichier dans l'annuaire et dit ce qui change",
    "geocode": "situe les fiches d'après leur adresse",
    "review": "présente les rapprochements à trancher, les plus importants d'abord",
    "decide": "tranche sans dialogue : le même, pas le même, séparer",
    "decisions": "liste les décisions prises, et en annule une",
    "show": "montre une fiche : d'où vient chaque valeur, ce qui a été écarté",
    "history": "raconte ce qui est arrivé à une fiche",
    "campaign": "dit qui appeler d'abord pour compléter l'annuaire",
    "export": "donne l'annuaire : schéma national, data·inclusion, cartes, tableur",
    "link": "rapproche des fichiers sans rien garder, pour analyse",
}

HELP = tr(
    """L'annuaire d'un territoire : chaque lieu, structure et permanence une seule fois.

    \b
    Le chemin habituel :
      maillage init 200072460                          les sources publiques
      maillage directory map export-du-hub.csv         un fichier reçu : comment le lire
      maillage directory import export-du-hub.csv      le faire entrer
      maillage directory review                        trancher les doublons possibles
      maillage directory campaign                      qui appeler pour compléter
      maillage directory export --format mednum        le donner à d'autres
    """
)

command = LazyGroup(
    "directory",
    package="maillage.cli.commands.directory",
    sub_commands=DIRECTORY_COMMANDS,
    help=HELP,
    short_help=tr("L'annuaire."),
)
