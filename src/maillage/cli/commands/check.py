"""``maillage check FILE``: every doubt about a file, by line, in French."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.envelope import print_envelope
from maillage.cli.options import (
    cache_option,
    json_option,
    mirror_option,
    on_option,
    quiet_option,
    today,
)
from maillage.cli.progress import shown_progress
from maillage.cli.telling import tell_checked
from maillage.jobs.check_file import Checked
from maillage.kernel.findings import Severity
from maillage.kernel.language import tr

FOUND_ERRORS = 10

HELP = tr(
    """Vérifie un fichier de lieux (ou de communes) et liste les constats, ligne par ligne.

    Fichiers reconnus : schéma national (ancien ou nouveau), France Services, Aidants Connect,
    bibliothèques, mairies, data·inclusion, listes de communes et d'indices ; en CSV, JSON, GeoJSON
    ou tableur. Rien n'est écrit. Avec --mirror, ou une liste des communes déjà téléchargée, les
    communes et les coordonnées sont vérifiées aussi.

    Code de sortie : 0 rien à corriger, 10 des valeurs à corriger, 3 fichier inutilisable.

    \b
    Exemples :
      maillage check lieux.csv
      maillage check export.xlsx --all
    """
)


@click.command("check", help=HELP, short_help=tr("Vérifie un fichier."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--all", "show_all", is_flag=True, help=tr("Montre tous les constats, pas les 40 premiers.")
)
@mirror_option
@cache_option
@on_option
@json_option
@quiet_option
def command(
    file: Path,
    show_all: bool,
    mirror: Path | None,
    cache: Path | None,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check one file."""
    from maillage.jobs.check_file import check_file
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import house

    with shown_progress(quiet=quiet or as_json) as progress:
        asked = house.SourceChoice(today(), mirror, cache, offline=True)
        checked = check_file(
            file,
            communes=house.list_of_communes(asked, progress),
            parameters=load_parameters(on),
            on=on,
            progress=progress,
        )
    if as_json:
        print_envelope("check", None, on, checked.findings, _result(checked))
    else:
        tell_checked(checked, show_all=show_all)
    if any(finding.severity is Severity.ERROR for finding in checked.findings):
        raise click.exceptions.Exit(FOUND_ERRORS)


def _result(checked: Checked) -> dict[str, object]:
    return {
        "file": checked.path.name,
        "kind": checked.kind,
        "n_rows": checked.n_rows,
        "n_records": checked.n_records,
        "communes_checked": checked.communes_checked,
    }
