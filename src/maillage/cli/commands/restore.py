"""``maillage restore``: a workspace made again from its backup."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.options import PARIS, workspace_option
from maillage.kernel import french
from maillage.kernel.language import tr

HELP = tr(
    """Refait un espace de travail depuis une sauvegarde de « maillage backup ».

    Tout est vérifié avant d'être mis en place : ce qui est abîmé, ou fait par une version plus
    récente de Maillage, est refusé, et rien ne change. Une sauvegarde plus ancienne est mise à
    jour. Arrêtez d'abord le site.

    \b
    Exemples :
      maillage restore sauvegarde.zip
      maillage restore sauvegarde.zip --workspace maillage-200072460 --replace
    """
)


@click.command("restore", help=HELP, short_help=tr("Refait un espace depuis sa sauvegarde."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@workspace_option
@click.option(
    "--replace",
    is_flag=True,
    help=tr("Remplace l'espace de travail qui est là ; il est mis de côté, rien n'est effacé."),
)
def command(file: Path, workspace: Path | None, replace: bool) -> None:
    """Restore a backup."""
    from maillage.wiring import backups

    done = backups.restore(file, workspace, dt.datetime.now(PARIS), replace=replace)
    when = done.told.made.astimezone(PARIS)
    click.secho(
        tr("Restauré dans {folder} : la sauvegarde du {day} à {hour}.").format(
            folder=done.folder, day=french.date(when.date()), hour=f"{when:%H h %M}"
        ),
        bold=True,
    )
    if done.aside is not None:
        click.echo(tr("L'espace qui était là est gardé : {aside}").format(aside=done.aside))
    if done.told.has_site and not done.has_key:
        message = tr(
            "Le secret du site n'est pas dans une sauvegarde : remettez votre fichier site.key "
            "dans {folder} (ou MAILLAGE_SECRET_KEY) avant d'ouvrir le site, sans lui les noms des "
            "personnes orientées ne se relisent pas."
        )
        click.echo(message.format(folder=done.folder))
