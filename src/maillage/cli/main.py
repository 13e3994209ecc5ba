"""The command ``maillage``: its sub-commands, its errors in French, its exit codes.

Exit codes, for scripts: 0 all went well · 1 unexpected · 2 misused command · 3 unusable file ·
4 unknown territory · 5 source unavailable · 6 workspace · 7 parameter · 8 missing extra ·
9 nothing can be written there · 10 ``check`` found something to correct · 11 nothing can answer
what is asked · 12 too large for memory · 130 interrupted.
"""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

import click

from maillage import __version__
from maillage.cli.lazy import LazyGroup
from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr

COMMANDS = {
    "demo": "construit l'agglomération fictive, la diagnostique et dit où est le rapport",
    "diagnose": "diagnostique une intercommunalité : rapport HTML et PDF, données",
    "init": "prépare l'espace de travail d'une intercommunalité",
    "orient": "oriente une personne : au plus trois propositions, et pourquoi pas les autres",
    "directory": "l'annuaire : importer, rapprocher, trancher, donner à d'autres",
    "access": "l'accès réel : temps de porte à porte, visites possibles, isochrones",
    "siting": "où renforcer : choisir des sites, avec la preuve ou l'écart au meilleur",
    "rounds": "les tournées : quatre semaines de bus numérique, adoptées ou retirées",
    "serve": "ouvre le site sur cette machine : trouver de l'aide, orienter, piloter",
    "worker": "fait le travail de fond du site, à part",
    "referrals": "les dossiers d'orientation, donnés sans identité, et leurs chiffres",
    "survey": "l'enquête : les questionnaires, prêts, à vérifier, à imprimer",
    "ties": "qui connaît qui : le réseau mesuré, dessiné, les rencontres à faire",
    "accounts": "les comptes du site : qui oriente, coordonne ou lit",
    "backup": "sauvegarde un espace de travail et son site dans un fichier",
    "restore": "refait un espace de travail depuis sa sauvegarde",
    "check": "vérifie un fichier et liste les constats, ligne par ligne",
    "sources": "dit d'où viennent les données, sous quelle licence, et ce qui est là",
}

INTERRUPTED = 130
DEBUG = "MAILLAGE_DEBUG"


EXAMPLES = """\b
Pour commencer :
  maillage demo                       une agglomération fictive, sans réseau
  maillage diagnose 200072460         CA de Béthune-Bruay, données publiques
  maillage diagnose --help            toutes les options
"""


@click.group(
    cls=LazyGroup,
    package="maillage.cli.commands",
    sub_commands=COMMANDS,
    help=tr(
        "Maillage : la politique d'inclusion numérique d'un territoire, "
        "de l'annuaire au diagnostic."
        "\n\nUne intercommunalité se désigne par son numéro SIREN (9 chiffres)."
    )
    + "\n\n"
    + tr(EXAMPLES),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    __version__,
    prog_name="maillage",
    message="%(prog)s %(version)s",
    help=tr("Affiche la version."),
)
def cli() -> None:
    """Hold the sub-commands."""


def main() -> None:
    """Run the command line; every foreseen failure is one French sentence and an exit code."""
    _speak_french()
    sys.unraisablehook = _say_unraisable
    try:
        code = cli.main(prog_name="maillage", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\n" + tr("Interrompu : rien n'a été écrit à moitié."), err=True)
        sys.exit(INTERRUPTED)
    except MaillageError as error:
        click.echo(tr("Erreur : {error}").format(error=error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader (head, less) has left: nothing more to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        click.echo(_unforeseen(error), err=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _say_unraisable(raised: sys.UnraisableHookArgs) -> None:
    """Say what went wrong where nothing could be raised; of an interruption one sentence is enough.

    A compiler interrupted at work would else print a traceback for each object that it drops.
    """
    if not isinstance(raised.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(raised)


def _unforeseen(error: Exception) -> str:
    message = tr(
        "Erreur inattendue ({kind} : {error}). C'est un défaut de Maillage : signalez-le avec la "
        "commande lancée ; {debug}=1 devant elle en montre le détail."
    )
    return message.format(kind=type(error).__name__, error=error, debug=DEBUG)


def _speak_french() -> None:
    """Make click itself speak French, unless the user's LANGUAGE says otherwise."""
    os.environ.setdefault("LANGUAGE", "fr")
    gettext.bindtextdomain("messages", Path(__file__).parent.parent / "locale")
    gettext.textdomain("messages")
