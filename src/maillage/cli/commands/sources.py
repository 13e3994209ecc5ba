"""``maillage sources``: where the data come from, and which copies are at hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import click

from maillage.cli.envelope import print_envelope
from maillage.cli.options import cache_option, json_option, mirror_option, on_option
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
    """
)


@click.command("sources", help=HELP, short_help=tr("D'où viennent les données."))
@mirror_option
@cache_option
@on_option
@json_option
def command(mirror: Path | None, cache: Path | None, on: dt.date, as_json: bool) -> None:
    """List the catalogue of sources."""
    from maillage.wiring import house

    rows = house.source_rows(mirror=mirror, cache=cache)
    if as_json:
        print_envelope("sources", None, on, (), {"sources": [_json_row(row) for row in rows]})
        return
    for row in rows:
        _tell(row)
    click.echo(_close(rows, mirror))


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
