"""The options that tell where the people of a territory live."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import click

from maillage.kernel.language import tr

_TOLD = (
    (
        "--tiles",
        tr("Les carreaux de 200 m de l'Insee (Filosofi, CSV ou GPKG) : où les gens habitent."),
    ),
    (
        "--addresses",
        tr("Les adresses (Base Adresse Nationale, CSV, compressé ou non), faute de carreaux."),
    ),
    (
        "--homes",
        tr("Des points ou polygones et leur population (CSV, GeoJSON, GPKG), faute d'adresses."),
    ),
    (
        "--iris",
        tr("Les contours des quartiers (IRIS : GPKG, SHP, GeoJSON), faute de mieux."),
    ),
    (
        "--iris-people",
        tr("La population des IRIS (CSV de l'Insee), si leurs contours ne la disent pas."),
    ),
)


def home_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the files that tell where people live, the finest first, given together as ``living``."""

    @functools.wraps(command)
    def with_files(**told: object) -> object:
        """Put the files together, and do the command."""
        from maillage.wiring.homes import HomeFiles

        tiles, addresses, homes, iris, people = (
            cast("Path | None", told.pop(name.removeprefix("--").replace("-", "_")))
            for name, _ in _TOLD
        )
        if people is not None and iris is None:
            raise click.UsageError(tr("--iris-people se dit avec --iris, qui donne les contours."))
        return command(**told, living=HomeFiles(tiles, addresses, homes, iris, people))

    asked: Callable[..., Any] = with_files
    for name, text in reversed(_TOLD):
        kind = click.Path(path_type=Path, exists=True, dir_okay=False)
        asked = click.option(name, type=kind, metavar="FILE", help=text)(asked)
    return asked
