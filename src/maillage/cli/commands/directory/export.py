"""``maillage directory export``: the directory given to others, and what each format loses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
    workspace_option,
)
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr
from maillage.wiring.giving_back import FORMATS

if TYPE_CHECKING:
    from maillage.jobs.export_directory import GivenFormat
    from maillage.jobs.ports import DirectoryWriter

ALL = "all"
HELP = tr(
    """Donne l'annuaire à d'autres, et dit ce que chaque format perd.

    mednum : le schéma national v1.0.2, en CSV ; data-inclusion : la version 1, en JSON ;
    geojson et gpkg : des cartes (QGIS ouvre les deux) ; xlsx : un classeur. À côté de chacun,
    « .pertes.csv » compte ce qu'il ne peut pas dire.

    \b
    Exemples :
      maillage directory export --workspace maillage-200072460 --format mednum
      maillage directory export 200072460 --format all --out annuaire
      maillage directory export 200072460 --format gpkg --out annuaire.gpkg
    """
)


@click.command("export", help=HELP, short_help=tr("Donne l'annuaire à d'autres."))
@click.argument("siren", type=Siren(), required=False)
@click.option(
    "--format",
    "formats",
    type=click.Choice([*FORMATS, ALL]),
    multiple=True,
    required=True,
    help=tr("Le format ; plusieurs fois pour plusieurs, « all » pour tous."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help=tr("Le dossier où écrire ou, pour un seul format, le fichier [défaut : ce dossier-ci]."),
)
@workspace_option
@source_options
@on_option
@json_option
@quiet_option
def command(
    siren: str | None,
    formats: tuple[str, ...],
    out: Path | None,
    workspace: Path | None,
    mirror: Path | None,
    cache: Path | None,
    offline: bool,
    refresh: bool,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Export the directory."""
    from maillage.cli.envelope import print_envelope
    from maillage.jobs.export_directory import export_directory
    from maillage.kernel.atomic import check_writable
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import giving_back, house

    writers = giving_back.directory_writers(FORMATS if ALL in formats else formats)
    folder, name = _place(out, writers)
    check_writable(folder)
    with shown_progress(quiet=quiet or as_json) as progress:
        asked = house.SourceChoice(today(), mirror, cache, offline, refresh)
        sources = house.public_sources(asked, progress)
        parameters = load_parameters(on)
        with giving_back.work_asked(siren, workspace, sources, parameters, progress) as work:
            stem = folder / (name or f"annuaire-{work.territory.siren}")
            given = export_directory(work, writers, stem, on=on, progress=progress)
    if as_json:
        result = {"formats": [_told(each) for each in given]}
        print_envelope("directory export", work.territory, on, (), result)
    else:
        for each in given:
            _tell(each)


def _place(out: Path | None, writers: Sequence[DirectoryWriter]) -> tuple[Path, str | None]:
    """Return the folder to write in and, where the user named a file, its name without end."""
    if out is None:
        return Path(), None
    if len(writers) == 1 and not out.is_dir():
        ends = {Path(suffix).suffix or suffix for suffix in writers[0].suffixes}
        if out.suffix in ends:
            return out.parent, out.stem
    return out, None


def _told(given: GivenFormat) -> dict[str, object]:
    return {
        "format": given.format,
        "files": [str(path) for path in given.exported.paths],
        "n_records": given.exported.n_records,
        "losses": [
            {"field": loss.field, "what": loss.what, "n_rows": loss.n_rows}
            for loss in given.exported.losses
        ],
    }


def _tell(given: GivenFormat) -> None:
    """Say what was written in one format, then what it loses."""
    from maillage.directory.field_words import labelled
    from maillage.kernel.french import number, plural

    head = tr("{format} : {n}").format(
        format=given.format, n=plural(given.exported.n_records, tr("fiche"))
    )
    click.secho(head, bold=True)
    for path in (*given.exported.paths, given.losses_path):
        click.echo(f"  {path}")
    if not given.exported.losses:
        click.echo(tr("  Rien n'est perdu."))
        return
    click.echo(tr("  Ce qui est perdu, et sur combien de lignes :"))
    for loss in given.exported.losses:
        click.echo(f"  {number(loss.n_rows):>7}  {labelled(loss.field)} : {loss.what}")
