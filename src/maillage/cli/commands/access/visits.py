"""``maillage access visits``: which visits can be done, there and back, while it is open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.access_options import (
    MODES,
    bus_missing_option,
    check_out_name,
    departement_option,
    gtfs_option,
    layer_bytes,
    osm_option,
    out_option,
    points_option,
    reduced_mobility_option,
    week_option,
)
from maillage.cli.options import cache_option, json_option, on_option, quiet_option
from maillage.cli.person_options import check_means
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

HELP = tr(
    """Dit quelles visites sont possibles dans une semaine : partir de chez soi, arriver pendant
    l'ouverture, être reçu, rentrer, sans y passer plus de temps qu'il n'est raisonnable.

    Les habitants (--homes) ont les colonnes id, lon, lat et un poids (population) ; les lieux
    (--places) id, lon, lat et, s'ils sont connus, horaires, services, typologie. Sans --mode, on
    va à pied et par les horaires donnés. Un lieu sans horaires connus compte dans les colonnes
    « possible », aux heures habituelles de sa typologie ; jamais dans « certain ».

    Le format suit le nom du fichier : .csv, .geojson ou .parquet (GeoParquet).

    \b
    Exemple :
      maillage access visits --osm ville.osm.pbf --gtfs bus.zip --homes habitants.csv \\
          --places lieux.csv --week 2024-01-15 --out visites.geojson
    """
)


@click.command("visits", help=HELP, short_help=tr("Visites possibles."))
@osm_option
@gtfs_option
@points_option("--homes", tr("D'où l'on part : id, lon, lat, population ; polygones ; carreaux."))
@points_option("--places", tr("Où l'on va : id, lon, lat, horaires, services, typologie."))
@week_option
@click.option(
    "--mode",
    type=click.Choice(MODES),
    help=tr("Par ce seul moyen ; sans cette option : à pied et en transport en commun."),
)
@bus_missing_option
@reduced_mobility_option
@departement_option
@out_option(Path("visites.csv"))
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
    mode: str | None,
    bus_missing: bool,
    reduced_mobility: bool,
    departement: str | None,
    out: Path,
    cache: Path | None,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the visits."""
    from maillage.cli.access_telling import print_visits, tell_visits
    from maillage.kernel.atomic import check_writable, write_product
    from maillage.reports.access.visits_layer import visits_layer
    from maillage.wiring import reach

    check_means(mode, bus_missing=bus_missing, reduced_mobility=reduced_mobility)
    check_out_name(out)
    check_writable(out.parent)
    going = reach.Going(mode, bus_missing, reduced_mobility, departement or "")
    with shown_progress(quiet=quiet or as_json) as progress:
        ground = reach.Ground(osm, gtfs, on, cache, progress)
        found = reach.visits(homes, places, week, ground, going)
        progress.step(tr("Écriture du résultat"))
        content = layer_bytes(visits_layer(found), out)
    write_product(out, content)
    (print_visits if as_json else tell_visits)(found, out, on)
