"""``maillage directory link FILE…``: the analysts' door, files in, clusters out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import (
    Siren,
    json_option,
    on_option,
    quiet_option,
    source_options,
    today,
)
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.link_files import Linked
    from maillage.territory.model import Territory

HELP = tr(
    """Rapproche des fichiers de lieux et dit quelles lignes parlent du même lieu et de la même
    structure, avec la probabilité et les raisons. Rien n'est gardé.

    Le résultat est un CSV : source_id, source, lieu, structure, probability, reasons. Deux lignes
    de même « lieu » sont à la même adresse, de même « structure » sont du même organisme. Chaque
    fichier est lu au schéma national, comme une source connue, ou par la correspondance qui est à
    côté (FICHIER.correspondance.yaml).

    \b
    Exemple :
      maillage directory link hub.csv conums.json --territory 200072460 --out clusters.csv
    """
)


@click.command("link", help=HELP, short_help=tr("Rapprocher des fichiers."))
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "--territory",
    "siren",
    type=Siren(),
    required=True,
    metavar="SIREN",
    help=tr("L'intercommunalité dont on rapproche les lieux."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("clusters.csv"),
    show_default=True,
    metavar="FILE",
    help=tr("Où écrire le résultat."),
)
@source_options
@on_option
@json_option
@quiet_option
def command(
    files: tuple[Path, ...],
    siren: str,
    out: Path,
    mirror: Path | None,
    cache: Path | None,
    offline: bool,
    refresh: bool,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Link some files."""
    from maillage.jobs.import_file import incoming_file
    from maillage.jobs.link_files import link_files
    from maillage.jobs.take_in import read_territory
    from maillage.kernel.atomic import check_writable, write_product
    from maillage.kernel.parameters import load_parameters
    from maillage.reports.directory.clusters_csv import clusters_csv
    from maillage.wiring import house

    check_writable(out.parent)
    incoming = [incoming_file(path) for path in files]
    twice = {
        one.source_id
        for one in incoming
        if [i.source_id for i in incoming].count(one.source_id) > 1
    }
    if twice:
        message = tr("Deux fichiers de même nom de source : {names}. Renommez-en un.")
        raise click.UsageError(message.format(names=", ".join(sorted(twice))))
    parameters = load_parameters(on)
    with shown_progress(quiet=quiet or as_json) as progress:
        asked = house.SourceChoice(today(), mirror, cache, offline, refresh)
        sources = house.public_sources(asked, progress)
        means = house.means(parameters, progress)
        territory = read_territory(siren, sources, means)
        linked = link_files(incoming, territory, means, on)
    write_product(out, clusters_csv(linked))
    if as_json:
        _print_json(linked, territory, out, on)
    else:
        _tell(linked, out)


def _tell(linked: Linked, out: Path) -> None:
    from maillage.cli.telling import tell_severities
    from maillage.kernel.french import plural

    n_lieux = len({row.lieu for row in linked.rows})
    n_structures = len({row.structure for row in linked.rows})
    text = tr("{rows} du territoire : {lieux}, {structures}.")
    click.secho(
        text.format(
            rows=plural(len(linked.rows), tr("ligne")),
            lieux=plural(n_lieux, tr("lieu"), tr("lieux")),
            structures=plural(n_structures, tr("structure")),
        ),
        bold=True,
    )
    click.echo(tell_severities(linked.findings))
    click.echo(f"  {out}")


def _print_json(linked: Linked, territory: Territory, out: Path, on: dt.date) -> None:
    from maillage.cli.envelope import print_envelope

    result = {
        "file": str(out),
        "n_rows": len(linked.rows),
        "n_lieux": len({row.lieu for row in linked.rows}),
        "n_structures": len({row.structure for row in linked.rows}),
    }
    print_envelope("directory link", territory, on, linked.findings, result)
