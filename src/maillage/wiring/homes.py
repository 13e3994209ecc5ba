"""Where people leave from, put together from the files that the user brings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.parameters import Parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.access.given_homes import ReadHomes
    from maillage.access.homes import KnownHomes, ReadKnown
    from maillage.kernel.findings import Finding
    from maillage.kernel.geometry import FloatArray
    from maillage.territory.model import Territory


@dataclass(frozen=True, slots=True)
class HomeFiles:
    """What tells where the people of a territory live, each None where it is not at hand.

    INSEE's 200 m tiles, the Base Adresse Nationale, points or polygons with weights, contours of
    IRIS, and a table of their people where the contours tell none.
    """

    tiles: Path | None = None
    addresses: Path | None = None
    points: Path | None = None
    iris: Path | None = None
    iris_people: Path | None = None


def known_homes(
    territory: Territory, files: HomeFiles, parameters: Parameters
) -> tuple[dict[str, KnownHomes], tuple[Finding, ...]]:
    """Return the finest that the files know of each zone, by its id, and what was doubtful.

    Raises UnusableFile where a file is not what it is given for, MissingExtra where what reads it
    is not installed.
    """
    from maillage.access.homes import HOMES_ELSEWHERE, finest
    from maillage.kernel.findings import Where

    read = []
    doubts: list[Finding] = []
    for path, known in _sources(territory, files, parameters):
        read.append(known.homes)
        doubts += known.findings
        if not known.homes:
            doubts.append(HOMES_ELSEWHERE.at(Where(path.name, subject=path.name)))
    return finest(*read), tuple(doubts)


def _sources(
    territory: Territory, files: HomeFiles, parameters: Parameters
) -> Iterator[tuple[Path, ReadKnown]]:
    """Give what each file knows, read one after the other."""
    from maillage.access.address_homes import known_from_addresses
    from maillage.access.given_homes import known_from_given
    from maillage.access.homes import ReadKnown
    from maillage.access.iris_homes import known_from_iris
    from maillage.access.tile_homes import known_from_tiles
    from maillage.engines.ban_addresses import read_addresses
    from maillage.engines.filosofi_tiles import read_tiles
    from maillage.engines.iris_files import read_iris

    if (path := files.tiles) is not None:
        tiles = read_tiles(path, territory)
        yield path, ReadKnown(known_from_tiles(tiles.tiles, territory), tiles.findings)
    if (path := files.addresses) is not None:
        told = read_addresses(path, territory)
        known = known_from_addresses(told.addresses, territory, parameters, path.name)
        yield path, ReadKnown(known.homes, (*told.findings, *known.findings))
    if (path := files.points) is not None:
        given = _given(path, parameters)
        known = known_from_given(given.homes, territory, path.name)
        yield path, ReadKnown(known.homes, (*given.findings, *known.findings))
    if (path := files.iris) is not None:
        quarters = read_iris(path, files.iris_people, territory)
        known = known_from_iris(quarters.iris, territory, parameters, path.name)
        yield path, ReadKnown(known.homes, (*quarters.findings, *known.findings))


def homes_of_file(path: Path, places: FloatArray, parameters: Parameters) -> ReadHomes:
    """Return the homes of any file of points or polygons with weights, or of INSEE's tiles.

    Tiles are those of a box around ``places``, (n, 2) lon/lat degrees, which a finding tells.
    Raises UnusableFile, MissingExtra.
    """
    from maillage.access.given_homes import ReadHomes
    from maillage.access.tile_homes import cut_told, homes_from_tiles
    from maillage.engines.filosofi_tiles import read_tiles_around, tells_tiles
    from maillage.kernel.geometry import box_around

    if not tells_tiles(path):
        return _given(path, parameters)
    box = box_around(places, parameters.number("homes.tiles.margin_km"))
    read = read_tiles_around(path, box)
    homes = homes_from_tiles(read.tiles, path)
    return ReadHomes(homes, (*read.findings, cut_told(homes, parameters, path.name)))


def _given(path: Path, parameters: Parameters) -> ReadHomes:
    from maillage.access.given_homes import homes_from_features, homes_from_points
    from maillage.engines.layers import is_layer, open_layer, read_features

    if not is_layer(path):
        return homes_from_points(path)
    return homes_from_features(read_features(open_layer(path)), path, parameters)
