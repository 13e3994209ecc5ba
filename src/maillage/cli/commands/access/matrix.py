"""``maillage access matrix``: times between points, as a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.access_options import (
    Moment,
    check_out_name,
    gtfs_option,
    mode_option,
    osm_option,
    out_option,
    points_option,
)
from maillage.cli.options import cache_option, json_option, on_option, quiet_option
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

HELP = tr(
    """Calcule les temps de trajet, en minutes, entre des points.

    Les fichiers de points ont les colonnes id, lon, lat. Le résultat est un CSV : from_id, to_id,
    minutes, vide quand on ne peut pas y aller. En transport en commun, on part à --depart ; avec
    --window, à chaque minute de la fenêtre, et c'est la médiane qui est donnée.

    \b
    Exemple :
      maillage access matrix --osm ville.osm.pbf --gtfs bus.zip --mode transit \\
          --origins habitants.csv --destinations lieux.csv \\
          --depart 2024-01-16T08:30 --window 60 --out temps.csv
    """
)


@click.command("matrix", help=HELP, short_help=tr("Temps entre des points."))
@osm_option
@gtfs_option
@points_option("--origins", tr("D'où l'on part : id, lon, lat."))
@points_option("--destinations", tr("Où l'on va : id, lon, lat."))
@mode_option(transit=True)
@click.option(
    "--depart",
    type=Moment(),
    metavar="DATETIME",
    help=tr("Quand on part, en transport en commun : 2024-01-16T08:30."),
)
@click.option(
    "--window",
    type=click.IntRange(0, 24 * 60),
    default=0,
    metavar="MINUTES",
    help=tr("Durée pendant laquelle on peut partir ; 0 : à l'heure dite."),
)
@out_option(Path("temps.csv"))
@cache_option
@on_option
@json_option
@quiet_option
def command(
    osm: Path | None,
    gtfs: tuple[Path, ...],
    origins: Path,
    destinations: Path,
    mode: str,
    depart: dt.datetime | None,
    window: int,
    out: Path,
    cache: Path | None,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the times."""
    from maillage.cli.access_telling import print_times, tell_times
    from maillage.kernel.atomic import check_writable, write_product
    from maillage.reports.access.times_csv import times_csv
    from maillage.wiring import reach

    if mode == reach.TRANSIT and (depart is None or not gtfs):
        message = tr("Le mode transit demande --gtfs et --depart (2024-01-16T08:30).")
        raise click.UsageError(message)
    check_out_name(out, (".csv",))
    check_writable(out.parent)
    with shown_progress(quiet=quiet or as_json) as progress:
        ground = reach.Ground(osm, gtfs, on, cache, progress)
        table = reach.matrix(
            origins, destinations, mode, ground, depart=depart, window_minutes=window
        )
    write_product(out, times_csv(table))
    (print_times if as_json else tell_times)(table, out, on)
