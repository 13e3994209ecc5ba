"""``maillage backup``: a workspace, and the site that stands on it, copied into one file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.options import PARIS, today, workspace_option
from maillage.kernel import french
from maillage.kernel.language import tr

HELP = tr(
    """Sauvegarde un espace de travail dans un seul fichier, pendant que le site tourne.

    Le fichier contient la base, relue et vérifiée, les horaires du dossier timetables, et de quoi
    savoir plus tard qu'il est entier. Il ne contient ni les sources téléchargées, ni le secret du
    site (site.key, ou MAILLAGE_SECRET_KEY) : gardez celui-ci à part, sans lui les noms des
    personnes orientées ne se relisent pas.

    Sans --workspace : l'espace que nomme MAILLAGE_DATABASE, sinon le seul qui soit ici.

    \b
    Exemples :
      maillage backup --out sauvegarde.zip
      maillage backup --out /srv/sauvegardes --keep 30
    """
)


@click.command("backup", help=HELP, short_help=tr("Sauvegarde un espace de travail."))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help=tr("Le fichier à écrire, ou un dossier : le nom dira alors le territoire et l'heure."),
)
@click.option(
    "--keep",
    type=click.IntRange(0),
    metavar="DAYS",
    help=tr(
        "Enlève du même dossier les sauvegardes de ce territoire plus vieilles que tant de jours "
        "(sinon, autant que le dit parameters/backup.yaml ; 0 : aucune)."
    ),
)
@workspace_option
def command(out: Path, keep: int | None, workspace: Path | None) -> None:
    """Make a backup."""
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import backups

    days = round(load_parameters(today()).number("backup.keep_days")) if keep is None else keep
    kept = backups.backup(workspace, out, days, dt.datetime.now(PARIS))
    n_rows = french.plural(sum(kept.told.rows.values()), tr("ligne"))
    n_tables = french.plural(len(kept.told.rows), tr("table"))
    size = french.number(kept.file.stat().st_size / 1_000_000, 1)
    click.secho(
        tr("Sauvegardé dans {file} : {rows} en {tables}, {size} Mo.").format(
            file=kept.file, rows=n_rows, tables=n_tables, size=size
        ),
        bold=True,
    )
    for old in kept.removed:
        click.echo(tr("Enlevée, plus vieille que {days} jours : {old}").format(days=days, old=old))
