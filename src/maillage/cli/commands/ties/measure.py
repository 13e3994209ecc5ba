"""``maillage ties measure``: what a network is like, drawn, and who should meet whom."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import json_option, on_option
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.wiring.ties import MeasuredTies

HELP = tr(
    """Mesure et dessine le réseau que dit un tableau de liens.

    TIES a les colonnes de, vers, lien (connait, travaille_avec, oriente_vers) et, s'il y en a
    plusieurs, vague. --members est la liste des structures : nom, et si on les sait cle, nature,
    secteur, commune, entendue (oui, non, ou les vagues), services, longitude, latitude. Sans elle,
    les structures sont celles que les liens nomment.

    Dans --out : reseau.html (la carte, la liste, les rencontres), carte.svg et carte.png,
    chiffres.csv, noeuds.csv, aretes.csv et reseau.graphml (pour Gephi), presentations.csv,
    invitations.txt, reseau.json et remarques.csv (ce qui est à vérifier dans le fichier).

    \b
    Exemples :
      maillage ties measure liens.csv --members structures.csv --out reseau/
      maillage ties measure liens.csv --members structures.csv \\
        --wave 2026 --before 2024 --out reseau/
    """
)


@click.command("measure", help=HELP, short_help=tr("Mesure et dessine un réseau."))
@click.argument("ties", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--members",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=tr("La liste des structures [défaut : celles que les liens nomment]."),
)
@click.option("--wave", default="", metavar="TEXT", help=tr("La vague [défaut : la dernière]."))
@click.option("--before", default="", metavar="TEXT", help=tr("La vague à laquelle la comparer."))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help=tr("Le dossier où écrire."),
)
@on_option
@json_option
def command(
    ties: Path, members: Path | None, wave: str, before: str, out: Path, on: dt.date, as_json: bool
) -> None:
    """Write what the network is like."""
    from maillage.cli.envelope import print_envelope
    from maillage.kernel.atomic import check_writable
    from maillage.kernel.parameters import load_parameters
    from maillage.reports.ties.network_files import network_json
    from maillage.wiring import ties as wired

    check_writable(out.parent)
    parameters = load_parameters(on)
    made = wired.measured_ties(ties, members, (wave, before), parameters)
    paths = wired.write_network(made, out)
    if as_json:
        result = {
            **network_json(made.network, made.measures, made.meet),
            "files": [path.name for path in paths],
        }
        used = parameters.under("ties")
        print_envelope("ties measure", None, on, made.findings, result, parameters=used)
        return
    _tell(made, paths)


def _tell(made: MeasuredTies, paths: tuple[Path, ...]) -> None:
    from maillage.cli.telling import tell_source_findings
    from maillage.reports.ties.words import change_words, sentences

    members = {one.key: one for one in made.network.members}
    for sentence in sentences(made.measures, members):
        click.echo(f"  • {sentence}")
    if made.change is not None:
        click.echo(f"  • {change_words(made.change)}")
    tell_source_findings(made.findings, None, all_option=False)
    names = ", ".join(path.name for path in paths)
    click.echo(tr("Écrit dans {folder} : {files}").format(folder=paths[0].parent, files=names))
