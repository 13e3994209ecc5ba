"""``maillage access isochrones``: what is reached around points, as a map."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from maillage.cli.access_options import (
    check_out_name,
    layer_bytes,
    mode_option,
    out_option,
    points_option,
)
from maillage.cli.options import cache_option, json_option, on_option, quiet_option
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

HELP = tr(
    """Dessine ce que l'on atteint autour de points, en tant de minutes, par les rues.

    Le format suit le nom du fichier : .geojson, .parquet (GeoParquet) ou .csv (sans contours).

    \b
    Exemple :
      maillage access isochrones --osm ville.osm.pbf --origins lieux.csv \\
          --mode walk --minutes 10 --minutes 20 --out autour.geojson
    """
)


@click.command("isochrones", help=HELP, short_help=tr("Ce que l'on atteint."))
@click.option(
    "--osm",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    multiple=True,
    metavar="FILE",
    help=tr("Les rues : un extrait OpenStreetMap (.osm.pbf) ; à répéter pour plusieurs."),
)
@points_option("--origins", tr("Autour de quoi : id, lon, lat."))
@mode_option(transit=False)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True, max=240),
    multiple=True,
    default=(10.0, 20.0, 30.0),
    show_default=True,
    metavar="MINUTES",
    help=tr("Une durée ; à répéter pour plusieurs."),
)
@click.option(
    "--towards",
    is_flag=True,
    help=tr("D'où l'on vient jusqu'au point, au lieu d'où l'on va à partir de lui."),
)
@out_option(Path("isochrones.geojson"))
@cache_option
@on_option
@json_option
@quiet_option
def command(
    osm: tuple[Path, ...],
    origins: Path,
    mode: str,
    minutes: tuple[float, ...],
    towards: bool,
    out: Path,
    cache: Path | None,
    on: dt.date,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the contours."""
    from maillage.cli.access_telling import print_isochrones, tell_isochrones
    from maillage.kernel.atomic import check_writable, write_product
    from maillage.wiring import reach

    check_out_name(out)
    check_writable(out.parent)
    with shown_progress(quiet=quiet or as_json) as progress:
        ground = reach.Ground(osm, (), on, cache, progress)
        drawn = reach.isochrones(origins, mode, minutes, ground, towards=towards)
    write_product(out, layer_bytes(drawn.layer, out))
    (print_isochrones if as_json else tell_isochrones)(drawn, out, on)
