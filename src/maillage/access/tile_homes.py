"""Homes from INSEE's 200 m tiles: people where they live, inside their commune."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from maillage.access.homes import HomeBasis, Homes, KnownHomes, rows_by_zone
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.territory.locate import zones_told
from maillage.territory.model import Territory
from maillage.territory.tiles import Tiles

TILES_CUT = FindingKind(
    "tiles-cut",
    Severity.INFO,
    "Les habitants comptés sont ceux des carreaux qui tiennent dans un rectangle autour des lieux, "
    "avec {km} km de marge : {n} carreaux, {people} habitants.",
    "Rien à faire ; plus loin, donnez vos propres points.",
)


def known_from_tiles(tiles: Tiles, territory: Territory) -> dict[str, KnownHomes]:
    """Return the tiles of each zone by its id, in order of name; zones without any are left out.

    A tile of several zones is of the one whose contour holds its centre, else of the nearest.
    """
    zones = zones_told(tiles.points, tiles.communes, territory)
    poor = _poor_people(tiles)
    return {
        zone_id: KnownHomes(tiles.points[of], tiles.people[of], poor[of], HomeBasis.TILES)
        for zone_id, of in rows_by_zone(zones, territory)
    }


def homes_from_tiles(tiles: Tiles, path: Path) -> Homes:
    """Return the tiles of a file as homes, each its own zone; nothing is told of fragile people.

    Poor households are published by tile, but being poor is not being fragile before a screen.
    Raises UnusableFile where there is no tile.
    """
    n = len(tiles.ids)
    if not n:
        raise UnusableFile(path, tr("aucun de ces carreaux n'est près de vos lieux."))
    return Homes(
        zone_ids=tiles.ids,
        points=tiles.points,
        zone=np.arange(n, dtype=np.int32),
        people=tiles.people,
        fragile=np.zeros(n),
        bases=(HomeBasis.TILES,) * n,
        fragile_told=False,
    )


def cut_told(homes: Homes, parameters: Parameters, source: str) -> Finding:
    """Return the finding that tells which tiles of a file were taken."""
    km = number(parameters.number("homes.tiles.margin_km"))
    n, people = number(len(homes.people)), number(float(homes.people.sum()))
    return TILES_CUT.at(Where(source, subject=source), n=n, people=people, km=km)


def _poor_people(tiles: Tiles) -> FloatArray:
    share = np.zeros(len(tiles.people))
    np.divide(tiles.poor_households, tiles.households, out=share, where=tiles.households > 0)
    poor: FloatArray = tiles.people * np.clip(share, 0.0, 1.0)
    return poor
