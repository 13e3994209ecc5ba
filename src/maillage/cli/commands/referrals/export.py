"""``maillage referrals export``: cases as rows that name nobody, and their figures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.options import Day, Siren, json_option, on_option, workspace_option
from maillage.kernel.language import tr

HELP = tr(
    """Écrit les dossiers d'orientation d'un territoire, sans identité, et dit leurs chiffres.

    Une ligne par dossier (CSV) : le jour, le guichet, les structures, le besoin, l'issue. Ni nom,
    ni numéro, ni heure ; la commune et le besoin sont remplacés par « * » quand trop peu de
    dossiers les partagent. Les chiffres taisent ce qui compte trop peu de dossiers ; --json les
    donne tous.

    \b
    Exemples :
      maillage referrals export --territory 200072460 --out dossiers.csv
      maillage referrals export --territory 200072460 --since 2026-01-01 --until 2026-06-30 \\
        --out semestre.csv --json
    """
)


@click.command("export", help=HELP, short_help=tr("Donne les dossiers, sans identité."))
@click.option(
    "--territory", "siren", type=Siren(), required=True, help=tr("Le SIREN du territoire.")
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help=tr("Le fichier CSV à écrire."),
)
@click.option(
    "--since",
    type=Day(),
    metavar="DATE",
    help=tr("Le premier jour d'ouverture des dossiers [défaut : le 1er du mois, onze mois avant]."),
)
@click.option(
    "--until",
    type=Day(),
    metavar="DATE",
    help=tr("Le dernier jour d'ouverture des dossiers [défaut : celui de --on]."),
)
@workspace_option
@on_option
@json_option
def command(
    siren: str,
    out: Path,
    since: dt.date | None,
    until: dt.date | None,
    workspace: Path | None,
    on: dt.date,
    as_json: bool,
) -> None:
    """Write the rows, and say the figures."""
    from maillage.cli.envelope import print_envelope
    from maillage.kernel.atomic import check_writable, write_whole
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import desk, site

    first, last = since or _year_before(until or on), until or on
    if last < first:
        raise click.BadParameter(tr("--until est avant --since."))
    check_writable(out.parent)
    site.check_installed()
    parameters = load_parameters(on)
    with desk.opened(workspace, on, "") as space:
        territory = space.store.load(siren).territory
        folder = space.folder
    told = site.exported_cases(folder, siren, (first, last), on)
    write_whole(out, told.rows)
    if as_json:
        least = parameters["referrals.least_shown"]
        result = {"file": str(out), **told.figures}
        print_envelope("referrals export", territory, on, (), result, parameters=[least])
        return
    for sentence in told.sentences:
        click.echo(sentence)
    click.echo(tr("Une ligne par dossier, sans identité : {file}").format(file=out))


def _year_before(day: dt.date) -> dt.date:
    """Return the first day of the eleventh month before: twelve months with that of the day."""
    months = day.year * 12 + day.month - 12
    return dt.date(months // 12, months % 12 + 1, 1)
