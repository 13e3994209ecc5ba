"""``maillage sources``: where the data come from, and which copies are at hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import click

from maillage.cli.envelope import print_envelope
from maillage.cli.options import (
    Siren,
    cache_option,
    json_option,
    mirror_option,
    on_option,
    quiet_option,
    source_options,
    today,
)
from maillage.cli.progress import shown_progress
from maillage.kernel.french import number, plural
from maillage.kernel.language import tr
from maillage.sources.describe import SourceRow

HELP = tr(
    """Dit d'où viennent les données : producteur, licence, millésime, adresse, copies présentes.

    \b
    Exemples :
      maillage sources
      maillage sources --mirror ../miroir
      maillage sources --json
      maillage sources fetch osm-extraits --epci 200072460
    """
)
FETCH_HELP = tr(
    """Télécharge une source et dit où sont ses fichiers, un par ligne.

    Ce qui est déjà gardé n'est pas téléchargé de nouveau, sauf avec --refresh ; un téléchargement
    interrompu reprend où il en était. Les rues (osm-extraits) pèsent de 10 à 500 Mo par ancienne
    région ; un territoire au bord de deux régions demande les deux fichiers.

    \b
    Exemples :
      maillage sources fetch osm-extraits --epci 200072460
      maillage sources fetch gtfs-ter-france
    """
)


@click.group(
    "sources",
    help=HELP,
    short_help=tr("D'où viennent les données."),
    invoke_without_command=True,
)
@mirror_option
@cache_option
@on_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, mirror: Path | None, cache: Path | None, on: dt.date, as_json: bool
) -> None:
    """List the catalogue of sources, unless something else is asked."""
    if ctx.invoked_subcommand is not None:
        return
    from maillage.wiring import house

    rows = house.source_rows(mirror=mirror, cache=cache)
    if as_json:
        print_envelope("sources", None, on, (), {"sources": [_json_row(row) for row in rows]})
        return
    for row in rows:
        _tell(row)
    click.echo(_close(rows, mirror))


@command.command("fetch", help=FETCH_HELP, short_help=tr("Télécharge une source."))
@click.argument("source_id", metavar="SOURCE")
@click.option(
    "--epci",
    type=Siren(),
    metavar="SIREN",
    help=tr("L'intercommunalité dont les fichiers sont demandés."),
)
@source_options
@quiet_option
def fetch(
    source_id: str,
    epci: str | None,
    mirror: Path | None,
    cache: Path | None,
    offline: bool,
    refresh: bool,
    quiet: bool,
) -> None:
    """Have the files of one source, and print where they stand."""
    from maillage.kernel.parameters import load_parameters
    from maillage.sources.catalogue import load_catalogue
    from maillage.wiring import house, public_ground

    if source_id not in {source.id for source in load_catalogue()}:
        message = tr("« {name} » n'est pas une source : « maillage sources » en donne la liste.")
        raise click.UsageError(message.format(name=source_id))
    if epci is None and public_ground.needs_epci(source_id):
        message = tr("« {name} » se demande pour une intercommunalité : --epci SIREN.")
        raise click.UsageError(message.format(name=source_id))
    with shown_progress(quiet=quiet) as progress:
        asked = house.SourceChoice(today(), mirror, cache, offline, refresh)
        sources = house.public_sources(asked, progress)
        found = public_ground.fetched(source_id, epci, sources, load_parameters(today()))
    for dataset in found.datasets:
        click.echo(f"{dataset.name} · {dataset.licence} · {dataset.vintage}", err=True)
    for finding in found.findings:
        click.echo(f"{finding.message} {finding.advice}", err=True)
    for path in found.paths:
        click.echo(path)


def _tell(row: SourceRow) -> None:
    click.secho(f"{row.id}", bold=True, nl=False)
    click.echo(f" · {row.name}")
    click.echo(f"    {row.publisher} · {row.licence} · {row.vintage} · {row.format}")
    click.echo(f"    {row.for_what}" + ("" if row.required else tr(" (facultative)")))
    click.echo(f"    live: {row.live_address or tr('unknown')} ({row.live_label})")
    click.echo(f"    {_copies(row)}")


def _copies(row: SourceRow) -> str:
    size = ""
    if row.size_bytes is not None:
        size = tr("{kb} ko").format(kb=number(max(1, round(row.size_bytes / 1000))))
    told = []
    if row.in_mirror:
        told.append(tr("miroir : {files}").format(files=plural(row.in_mirror, tr("fichier"))))
    if row.in_cache:
        day = "" if row.retrieved is None else tr(" du {day:%d/%m/%Y}").format(day=row.retrieved)
        told.append(tr("copie gardée{day}").format(day=day))
    if told:
        return " · ".join((*told, size) if size else told)
    return tr("aucune copie ici") + (tr(" (environ {size})").format(size=size) if size else "")


def _close(rows: tuple[SourceRow, ...], mirror: Path | None) -> str:
    verified = sum(row.live_status == "verified" for row in rows)
    sentence = tr("{n}, dont {verified} à l'adresse vérifiée.").format(
        n=plural(len(rows), tr("source déclarée"), tr("sources déclarées")), verified=verified
    )
    if mirror is None:
        sentence += " " + tr("Un dossier de données peut les remplacer : --mirror DIR.")
    return sentence


def _json_row(row: SourceRow) -> dict[str, object]:
    words = dataclasses.asdict(row)
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in words.items()}
