"""``maillage survey estimate``: what answers tell of everybody, and how surely."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import json_option, on_option
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.wiring.estimating import EstimatedFile

HELP = tr(
    """Dit ce que des réponses apprennent de tous, et à quel point c'est sûr.

    ANSWERS est un tableau de réponses (CSV de KoboToolbox ou d'ODK, tableur, export de Maillage) ;
    --form le questionnaire (structures, habitants, ou un fichier .xlsx, .md) ; --weights le
    redressement (population, marges, croisements ; voir le guide « enquete »).

    Dans --out : parts.csv, nombres.csv, croisements.csv, estimations.json, estimations.html
    (à lire, à imprimer) et remarques.csv (ce qui est à vérifier dans le fichier).

    \b
    Exemples :
      maillage survey estimate reponses.csv --form structures --out tables/
      maillage survey estimate reponses.csv --form questionnaire.xlsx \\
        --weights redressement.yaml --out tables/
    """
)


@click.command("estimate", help=HELP, short_help=tr("Compte les réponses, et dit leur sûreté."))
@click.argument("answers", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--form", "form", required=True, metavar="FORM", help=tr("Le questionnaire, ou son fichier.")
)
@click.option(
    "--weights",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=tr("Le redressement (YAML) [défaut : aucun]."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help=tr("Le dossier où écrire les tableaux."),
)
@click.option("--wave", default="", metavar="TEXT", help=tr("Une seule vague [défaut : toutes]."))
@on_option
@json_option
def command(
    answers: Path,
    form: str,
    weights: Path | None,
    out: Path,
    wave: str,
    on: dt.date,
    as_json: bool,
) -> None:
    """Write what the answers tell."""
    from maillage.cli.envelope import print_envelope
    from maillage.kernel.atomic import check_writable
    from maillage.kernel.parameters import load_parameters
    from maillage.reports.survey.estimated_files import estimated_json
    from maillage.wiring import estimating, questionnaires

    read = questionnaires.found(form)
    if read is None:
        names = ", ".join(questionnaires.names())
        message = tr("« {form} » n'est ni un fichier, ni l'un de : {names}.")
        raise click.BadParameter(message.format(form=form, names=names), param_hint="--form")
    check_writable(out.parent)
    parameters = load_parameters(on)
    made = estimating.estimated_file(answers, read, weights, wave, parameters)
    paths = estimating.write_tables(made, out, on)
    if as_json:
        result = {**estimated_json(made.told), "files": [path.name for path in paths]}
        used = parameters.under("survey")
        print_envelope("survey estimate", None, on, made.findings, result, parameters=used)
        return
    _tell(made, paths)


def _tell(made: EstimatedFile, paths: tuple[Path, ...]) -> None:
    from maillage.cli.telling import tell_source_findings
    from maillage.survey.estimates.words import method_words

    click.secho(made.form.title, bold=True)
    for sentence in method_words(made.told):
        click.echo(sentence)
    tell_source_findings(made.findings, None, all_option=False)
    folder = paths[0].parent
    click.echo(
        tr("Écrit dans {folder} : {files}").format(
            folder=folder, files=", ".join(path.name for path in paths)
        )
    )
