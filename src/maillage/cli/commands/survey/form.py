"""``maillage survey form``: a questionnaire checked, cell by cell, and given in other clothes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import json_option, on_option
from maillage.kernel.findings import Severity
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.survey.forms.model import Form

FOUND_ERRORS = 10

HELP = tr(
    """Les questionnaires (XLSForm) : en vérifier un, l'imprimer, l'envoyer à KoboToolbox.

    Trois sont prêts : structures (12 minutes), habitants (8 minutes) et habitants_comptoir
    (2 minutes, au guichet).
    """
)
CHECK_HELP = tr(
    """Vérifie un questionnaire et nomme chaque cellule à revoir (survey!D12).

    FILE est un XLSForm (.xlsx) ou nos sources (.md). Ce qui n'est pas repris est dit, avec quoi
    faire ; le questionnaire marche sans. Rien n'est écrit.

    Code de sortie : 0 rien à corriger, 10 des cellules à corriger, 3 fichier inutilisable.

    \b
    Exemple :
      maillage survey form check questionnaire.xlsx
    """
)
EXPORT_HELP = tr(
    """Donne un questionnaire : à imprimer, à envoyer à KoboToolbox ou ODK, à reprendre.

    FORM est structures, habitants, habitants_comptoir, ou un fichier (.xlsx, .md). La fin du nom
    de --out dit ce qui est écrit : .xlsx et .md (XLSForm), .xml (XForm), .pdf et .html (papier).

    \b
    Exemples :
      maillage survey form export structures --out structures.xlsx
      maillage survey form export habitants --wave 2 --out habitants.pdf
      maillage survey form export questionnaire.xlsx --out questionnaire.xml
    """
)


@click.group("form", help=HELP, short_help=tr("Les questionnaires."))
def command() -> None:
    """Hold what is done with questionnaires."""


@command.command("check", help=CHECK_HELP, short_help=tr("Vérifie un questionnaire."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--all", "show_all", is_flag=True, help=tr("Montre tous les constats, pas les 10 premiers.")
)
@on_option
@json_option
def check(file: Path, show_all: bool, on: dt.date, as_json: bool) -> None:
    """Check one questionnaire."""
    from maillage.cli.envelope import print_envelope
    from maillage.cli.telling import tell_source_findings
    from maillage.kernel.french import plural
    from maillage.wiring import questionnaires

    form, findings = questionnaires.checked(file)
    result = {"file": file.name, "id": form.id, "version": form.version, **_counts(form)}
    if as_json:
        print_envelope("survey form check", None, on, findings, result)
    else:
        told = plural(len(list(form.questions())), tr("question"))
        click.secho(f"{file.name} : {form.title} ({form.id}), {told}.", bold=True)
        tell_source_findings(findings, None, all_option=True, show_all=show_all)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise click.exceptions.Exit(FOUND_ERRORS)


def _counts(form: Form) -> dict[str, int]:
    from maillage.survey.forms.screens import can_be_asked

    questions = list(form.questions())
    return {"n_questions": len(questions), "n_asked": sum(map(can_be_asked, questions))}


@command.command("export", help=EXPORT_HELP, short_help=tr("Donne un questionnaire."))
@click.argument("form")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help=tr("Le fichier à écrire : .xlsx, .md, .xml, .pdf ou .html."),
)
@click.option("--wave", default="", metavar="TEXT", help=tr("La vague, au pied du papier."))
@on_option
def export(form: str, out: Path, wave: str, on: dt.date) -> None:
    """Write one questionnaire."""
    from maillage.kernel.atomic import check_writable, write_product
    from maillage.wiring import questionnaires

    if out.suffix.lower() not in questionnaires.SUFFIXES:
        message = tr("la fin du nom doit être l'une de : {suffixes}.")
        raise click.BadParameter(
            message.format(suffixes=" ".join(questionnaires.SUFFIXES)), param_hint="--out"
        )
    check_writable(out.parent)
    read = questionnaires.found(form)
    if read is None:
        message = tr("« {form} » n'est ni un fichier, ni l'un de : {names}.")
        names = ", ".join(questionnaires.names())
        raise click.BadParameter(message.format(form=form, names=names), param_hint="FORM")
    write_product(out, questionnaires.exported(read, out.suffix.lower(), on, wave))
    click.echo(tr("Écrit : {file}").format(file=out))
