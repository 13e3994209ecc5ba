"""``maillage directory import FILE``: a file that somebody sent, and what it changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import by_option, json_option, on_option, quiet_option, workspace_option
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.import_file import Imported, Incoming

HELP = tr(
    """Fait entrer un fichier reçu dans l'annuaire d'un espace de travail, et dit ce qui change.

    Un fichier au schéma national, ou d'une source connue, est lu tel quel. Tout autre demande une
    correspondance, que propose « maillage directory map » ; si elle est à côté du fichier
    (FICHIER.correspondance.yaml), elle est prise d'elle-même. Réimporter le fichier d'une même
    source remplace ce qu'elle disait ; les identifiants et vos décisions restent.

    \b
    Exemples :
      maillage directory import export-du-hub.csv
      maillage directory import export.xlsx --source ccas-bruay --as-of 2026-10 --dry-run
    """
)


@click.command("import", help=HELP, short_help=tr("Fait entrer un fichier."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=tr("La correspondance à appliquer."),
)
@click.option(
    "--source",
    "source_id",
    metavar="NAME",
    help=tr("Le nom de la source [défaut : celui de la correspondance, sinon du fichier]."),
)
@click.option(
    "--as-of",
    "vintage",
    metavar="DATE",
    default="",
    help=tr("De quand sont les fiches qui ne le disent pas : 2026 ou 2026-10."),
)
@click.option("--dry-run", is_flag=True, help=tr("Dit ce qui changerait, et n'écrit rien."))
@click.option("--all", "show_all", is_flag=True, help=tr("Montre tous les constats du fichier."))
@workspace_option
@by_option
@on_option
@json_option
@quiet_option
def command(
    file: Path,
    mapping: Path | None,
    source_id: str | None,
    vintage: str,
    dry_run: bool,
    show_all: bool,
    workspace: Path | None,
    by: str,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Import one file."""
    from maillage.cli.directory_words import diagnose_command
    from maillage.jobs.import_file import import_file, incoming_file
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import desk, house

    incoming = incoming_file(file, mapping, source_id, vintage)
    parameters = load_parameters(on)
    with (
        shown_progress(quiet=quiet or as_json) as progress,
        desk.opened(workspace, on, by) as space,
    ):
        done = import_file(
            incoming,
            space.siren,
            store=space.store,
            means=house.means(parameters, progress),
            on=on,
            dry_run=dry_run,
        )
    if as_json:
        _print_json(done, incoming, on, dry_run=dry_run)
    else:
        diagnose = None if dry_run else diagnose_command(space.siren, space.folder)
        _tell(done, incoming, diagnose, show_all=show_all)


def _print_json(done: Imported, incoming: Incoming, on: dt.date, *, dry_run: bool) -> None:
    from maillage.cli.directory_words import refresh_words
    from maillage.cli.envelope import print_envelope

    result = {
        "file": incoming.path.name,
        "source": incoming.source_id,
        "n_records": done.n_records,
        "saved": not dry_run,
        **refresh_words(done.refresh),
    }
    work = done.work
    print_envelope("directory import", work.territory, on, work.findings, result)


def _tell(done: Imported, incoming: Incoming, diagnose: str | None, *, show_all: bool) -> None:
    """Say what a file changed and its findings; ``diagnose`` None where nothing was written."""
    from maillage.cli.telling import tell_source_findings
    from maillage.directory.refresh import refresh_lines
    from maillage.kernel.french import plural

    head = tr("{name} : {records} du territoire ou proches, sous la source « {source} ».")
    records = plural(done.n_records, tr("fiche"))
    click.secho(
        head.format(name=incoming.path.name, records=records, source=incoming.source_id), bold=True
    )
    for line in refresh_lines(done.refresh):
        click.echo(f"  {line}")
    doubts = [f for f in done.work.findings if f.where.source == incoming.source_id]
    tell_source_findings(doubts, diagnose, all_option=True, show_all=show_all)
    if diagnose is None:
        click.echo(tr("Rien n'a été écrit (--dry-run)."))
