"""``maillage access matrix``: times between points, as a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.access_options import (
    Moment,
    check_out_name,
    engine_option,
    gtfs_option,
    layer_bytes,
    mode_option,
    osm_option,
    out_option,
    points_option,
)
from maillage.cli.options import cache_option, json_option, on_option, quiet_option
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.access.times import TimesTable

HELP = tr(
    """Calcule les temps de trajet, en minutes, entre des points.

    Les fichiers de points ont les colonnes id, lon, lat. Le résultat a une ligne par trajet :
    from_id, to_id, minutes, vide quand on ne peut pas y aller. Le format suit le nom du fichier :
    .csv, ou, avec un trait d'un point à l'autre, .geojson ou .parquet (GeoParquet).

    En transport en commun, on part à --depart ; avec --window, à chaque minute de la fenêtre, et
    c'est la médiane qui est donnée.

    --engine cafein refait le calcul par un autre moteur, à ses propres vitesses, pour comparer : à
    pied, à vélo ou en voiture, avec un seul extrait de rues.

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
@engine_option
@out_option(Path("temps.csv"))
@cache_option
@on_option
@json_option
@quiet_option
def command(
    osm: tuple[Path, ...],
    gtfs: tuple[Path, ...],
    origins: Path,
    destinations: Path,
    mode: str,
    depart: dt.datetime | None,
    window: int,
    engine: str,
    out: Path,
    cache: Path | None,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the times."""
    from maillage.cli.access_telling import print_times, tell_times
    from maillage.kernel.atomic import check_writable, write_product
    from maillage.wiring import reach

    if mode == reach.TRANSIT and (depart is None or not gtfs):
        message = tr("Le mode transit demande --gtfs et --depart (2024-01-16T08:30).")
        raise click.UsageError(message)
    if engine != reach.OSM and (mode == reach.TRANSIT or not osm):
        message = tr("--engine cafein demande --osm, et un mode des rues : walk, bicycle ou car.")
        raise click.UsageError(message)
    check_out_name(out)
    check_writable(out.parent)
    with shown_progress(quiet=quiet or as_json) as progress:
        ground = reach.Ground(osm, gtfs, on, cache, progress, engine)
        table = reach.matrix(
            origins, destinations, mode, ground, depart=depart, window_minutes=window
        )
        progress.step(tr("Écriture du résultat"))
        content = _written(table, out)
    write_product(out, content)
    (print_times if as_json else tell_times)(table, out, on)


def _written(table: TimesTable, out: Path) -> bytes:
    """Return the table in the format that a file's name asks for."""
    from maillage.reports.access.times_csv import times_csv
    from maillage.reports.access.times_layer import times_layer

    if out.suffix.lower() == ".csv":
        return times_csv(table)
    return layer_bytes(times_layer(table), out)
