"""``maillage access losses``: what a place's closing, or a line's end, would take away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.access_options import (
    bus_missing_option,
    check_out_name,
    departement_option,
    gtfs_option,
    osm_option,
    out_option,
    points_option,
    week_option,
)
from maillage.cli.options import cache_option, json_option, on_option, quiet_option
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

HELP = tr(
    """Dit ce que ferait perdre la fermeture de chaque lieu, et la fin d'une ligne de bus ou de
    train : combien d'habitants n'auraient plus aucune visite possible dans la semaine, combien en
    auraient moins.

    Les fichiers sont ceux de « maillage access visits ». Chaque lieu se lit dans la semaine déjà
    calculée ; chaque ligne (--line, à répéter) demande de la recalculer sans elle, et --every-line
    le fait pour chacune : c'est long.

    Un lieu sans horaires connus compte dans les lignes « possible » du tableau, aux heures
    habituelles de sa typologie ; jamais dans « certain ».

    \b
    Exemple :
      maillage access losses --osm ville.osm.pbf --gtfs bus.zip --homes habitants.csv \\
          --places lieux.csv --week 2024-01-15 --line 20 --out pertes.csv
    """
)


@click.command("losses", help=HELP, short_help=tr("Ce que ferait perdre une fermeture."))
@osm_option
@gtfs_option
@points_option("--homes", tr("D'où l'on part : id, lon, lat, population."))
@points_option("--places", tr("Où l'on va : id, lon, lat, horaires, services, typologie."))
@week_option
@click.option(
    "--line",
    "lines",
    multiple=True,
    metavar="ID",
    help=tr("Une ligne qui finirait : son numéro ou son identifiant ; à répéter."),
)
@click.option("--every-line", is_flag=True, help=tr("Chaque ligne, l'une après l'autre (long)."))
@bus_missing_option
@departement_option
@out_option(Path("pertes.csv"))
@cache_option
@on_option
@json_option
@quiet_option
def command(
    osm: tuple[Path, ...],
    gtfs: tuple[Path, ...],
    homes: Path,
    places: Path,
    week: dt.date,
    lines: tuple[str, ...],
    every_line: bool,
    bus_missing: bool,
    departement: str | None,
    out: Path,
    cache: Path | None,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the losses."""
    from maillage.access.timetable.lines import UnknownLineError
    from maillage.cli.losses_telling import print_losses, tell_losses
    from maillage.kernel.atomic import check_writable, write_product
    from maillage.reports.access.losses_csv import losses_csv
    from maillage.wiring import reach

    if (lines or every_line) and not gtfs:
        raise click.UsageError(tr("« --line » demande des horaires (--gtfs)."))
    check_out_name(out, (".csv",))
    check_writable(out.parent)
    going = reach.Going(a_bus_is_missing=bus_missing, departement=departement or "")
    with shown_progress(quiet=quiet or as_json) as progress:
        ground = reach.Ground(osm, gtfs, on, cache, progress)
        ended = None if every_line else lines
        try:
            found = reach.losses(homes, places, week, ground, ended, going)
        except UnknownLineError as error:
            raise click.UsageError(str(error)) from None
        progress.step(tr("Écriture du résultat"))
        content = losses_csv(found)
    write_product(out, content)
    (print_losses if as_json else tell_losses)(found, out, on)
