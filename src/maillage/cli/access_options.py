"""The options that the commands of ``maillage access`` share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import Day, Decorator, check_year, today
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.access.layers import Layer

MODES = ("walk", "bicycle", "car")
ENGINES = ("osm", "cafein")
FORMATS = (".csv", ".geojson", ".parquet")


class Moment(click.ParamType[dt.datetime]):
    """A day and a time as a clock on the wall tells it: 2024-01-16T08:30."""

    name = "datetime"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        """Return the moment, or fail saying how to write one."""
        if isinstance(value, dt.datetime):
            return value
        try:
            found = dt.datetime.strptime(str(value).replace(" ", "T"), "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - timetables tell local time
        except ValueError:
            message = tr("« {value} » n'est pas une date et une heure. Exemple : 2024-01-16T08:30.")
            raise click.BadParameter(message.format(value=value), ctx, param) from None
        check_year(found.year, param, ctx)
        return found


class Departement(click.ParamType[str]):
    """The number of a département, as INSEE writes it: 62, 2A, 974."""

    name = "departement"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the number, or fail saying how to write one."""
        code = str(value).strip().upper()
        code = code.zfill(2) if code.isdigit() else code
        if re.fullmatch(r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|9[78]\d", code) and code != "20":
            return code
        message = tr("« {value} » n'est pas un département. Exemples : 62, 2A, 974.")
        raise click.BadParameter(message.format(value=value), ctx, param)


osm_option: Decorator = click.option(
    "--osm",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help=tr(
        "Les rues : un extrait OpenStreetMap (.osm.pbf), sans lui à vol d'oiseau ; à répéter près "
        "de la limite de deux extraits, lus ensemble."
    ),
)

gtfs_option: Decorator = click.option(
    "--gtfs",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    metavar="FILE",
    help=tr("Des horaires GTFS ou NeTEx (zip ou dossier) ; à répéter pour plusieurs réseaux."),
)

engine_option: Decorator = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="osm",
    show_default=True,
    help=tr("Le moteur des rues : osm, le nôtre, ou cafein, un autre, pour comparer."),
)


week_option: Decorator = click.option(
    "--week",
    type=Day(),
    default=today,
    metavar="DATE",
    show_default=tr("cette semaine"),
    help=tr("Un jour de la semaine demandée."),
)

bus_missing_option: Decorator = click.option(
    "--bus-missing",
    is_flag=True,
    help=tr("Un réseau qui passe là n'a pas d'horaires ici : donne aussi la borne haute."),
)

reduced_mobility_option: Decorator = click.option(
    "--reduced-mobility",
    is_flag=True,
    help=tr("Sans marche à monter, plus lentement, moins loin à pied."),
)

departement_option: Decorator = click.option(
    "--departement",
    type=Departement(),
    metavar="CODE",
    help=tr("Pour les jours fériés et les vacances scolaires : 62, 2A, 974…"),
)


def points_option(name: str, text: str) -> Decorator:
    """Return a required option that takes a file of points."""
    return click.option(
        name,
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        required=True,
        metavar="FILE",
        help=text,
    )


def mode_option(*, transit: bool) -> Decorator:
    """Return the option of the mode, with or without public transport."""
    modes = (*MODES, "transit") if transit else MODES
    told = tr("walk à pied, bicycle à vélo, car en voiture")
    if transit:
        told += tr(", transit à pied et en transport en commun")
    return click.option(
        "--mode", type=click.Choice(modes), default="walk", show_default=True, help=told
    )


def out_option(default: Path) -> Decorator:
    """Return the option that says where to write."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path, dir_okay=False),
        default=default,
        show_default=True,
        metavar="FILE",
        help=tr("Où écrire le résultat."),
    )


def layer_bytes(layer: Layer, out: Path) -> bytes:
    """Return a layer in the format that a file's name asks for; fails where it asks for none."""
    from maillage.engines.geoparquet import layer_geoparquet
    from maillage.reports.access.layer_files import layer_csv, layer_geojson

    writers = {".csv": layer_csv, ".geojson": layer_geojson, ".parquet": layer_geoparquet}
    return writers[out.suffix.lower()](layer)


def check_out_name(out: Path, formats: Sequence[str] = FORMATS) -> None:
    """Fail, saying which are known, where a file's name asks for no known format."""
    if out.suffix.lower() not in formats:
        message = tr("« {name} » : le format suit la fin du nom du fichier ({formats}).")
        raise click.UsageError(message.format(name=out.name, formats=", ".join(formats)))
