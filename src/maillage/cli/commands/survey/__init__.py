"""``maillage survey``: questionnaires, and what is answered to them."""

from __future__ import annotations

from maillage.cli.lazy import LazyGroup
from maillage.kernel.language import tr

SURVEY_COMMANDS = {
    "form": "les questionnaires : en vérifier un, l'imprimer, l'envoyer à KoboToolbox",
}

HELP = tr(
    """L'enquête auprès des structures et des habitants.

    \b
    Exemples :
      maillage survey form check questionnaire.xlsx
      maillage survey form export structures --out structures.pdf
    """
)

command = LazyGroup(
    "survey",
    package="maillage.cli.commands.survey",
    sub_commands=SURVEY_COMMANDS,
    help=HELP,
    short_help=tr("L'enquête : les questionnaires."),
)
