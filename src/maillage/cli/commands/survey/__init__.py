"""``maillage survey``: questionnaires, and what is answered to them."""

from __future__ import annotations

from maillage.cli.lazy import LazyGroup
from maillage.kernel.language import tr

SURVEY_COMMANDS = {
    "estimate": "ce que des réponses apprennent de tous, et à quel point c'est sûr",
    "form": "les questionnaires : en vérifier un, l'imprimer, l'envoyer à KoboToolbox",
}

HELP = tr(
    """L'enquête auprès des structures et des habitants.

    \b
    Exemples :
      maillage survey form check questionnaire.xlsx
      maillage survey form export structures --out structures.pdf
      maillage survey estimate reponses.csv --form structures --out tables/
    """
)

command = LazyGroup(
    "survey",
    package="maillage.cli.commands.survey",
    sub_commands=SURVEY_COMMANDS,
    help=HELP,
    short_help=tr("L'enquête : questionnaires, réponses comptées."),
)
