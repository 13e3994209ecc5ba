"""What ``maillage access journey`` is told of one person: from where, for what, by what means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.kernel.geometry import Point
    from maillage.standard.mednum import Service


class Spot(click.ParamType[tuple[float, float]]):
    """A point on the map: longitude and latitude in degrees, 2.6402,50.5303."""

    name = "point"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float]:
        """Return longitude and latitude, or fail saying how to write them."""
        if isinstance(value, tuple):
            return value
        try:
            lon, lat = (float(part) for part in str(value).split(","))
        except ValueError:
            lon = lat = float("nan")
        if abs(lon) <= 180 and abs(lat) <= 90:
            return lon, lat
        message = tr("« {value} » n'est pas un point. Exemple : 2.6402,50.5303 (lon,lat).")
        raise click.BadParameter(message.format(value=value), ctx, param) from None


def person_home(spot: tuple[float, float] | None, homes: Path | None, home_id: str | None) -> Point:
    """Return where the person leaves from, or fail saying what is lacking.

    Raises UnusableFile where the file cannot be read.
    """
    from maillage.access.points import read_points
    from maillage.kernel.geometry import Point

    if (spot is None) == (homes is None) or (homes is None) != (home_id is None):
        message = tr("Dites d'où part la personne : --from LON,LAT, ou --homes FILE avec --id ID.")
        raise click.UsageError(message)
    if spot is not None:
        return Point(*spot)
    if homes is not None:
        for one in read_points(homes).points:
            if one.id == home_id:
                return one.point
    name = "" if homes is None else homes.name
    raise click.UsageError(tr("« {id} » n'est pas dans {file}.").format(id=home_id, file=name))


def service_wanted(text: str | None) -> Service | None:
    """Return the national service that a text names, or fail giving those there are; None = any."""
    if text is None:
        return None
    from maillage.kernel.findings import Where
    from maillage.standard import mednum
    from maillage.standard.words_read import read_words

    read = read_words({"services": text}, Where("--service")).of("services") or ()
    found = [word for word in read if isinstance(word, mednum.Service)]
    if len(found) == 1:
        return found[0]
    message = tr("« {text} » n'est pas un service. Services connus : {known}.")
    known = " ; ".join(service.label for service in mednum.Service)
    raise click.UsageError(message.format(text=text, known=known))


def check_means(mode: str | None, *, bus_missing: bool, reduced_mobility: bool) -> None:
    """Fail where an option says nothing beside a mode."""
    if mode is not None and (bus_missing or (reduced_mobility and mode != "walk")):
        message = tr("--bus-missing se dit sans --mode ; --reduced-mobility, sans lui ou à pied.")
        raise click.UsageError(message)
