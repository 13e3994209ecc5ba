"""Homes from INSEE's 200 m tiles: people where they live, inside their commune."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from maillage.access.homes import HomeBasis, KnownHomes
from maillage.kernel.geometry import FloatArray
from maillage.territory.contours import shape
from maillage.territory.model import Territory, Zone
from maillage.territory.tiles import Tiles, codes_told_for

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def known_from_tiles(tiles: Tiles, territory: Territory) -> dict[str, KnownHomes]:
    """Return the tiles of each zone by its id, in order of name; zones without any are left out.

    A tile of several zones is of the one whose contour holds its centre, else of the first by id.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for number, zone in enumerate(_zones_of(tiles, territory)):
        if zone is not None:
            members[zone.id].append(number)
    poor = _poor_people(tiles)
    return {
        zone_id: KnownHomes(tiles.points[of], tiles.people[of], poor[of], HomeBasis.TILES)
        for zone_id, of in sorted(members.items())
    }


def _poor_people(tiles: Tiles) -> FloatArray:
    share = np.zeros(len(tiles.people))
    np.divide(tiles.poor_households, tiles.households, out=share, where=tiles.households > 0)
    poor: FloatArray = tiles.people * np.clip(share, 0.0, 1.0)
    return poor


def _zones_of(tiles: Tiles, territory: Territory) -> list[Zone | None]:
    """Return the zone of each tile, None outside the territory."""
    told = codes_told_for(territory)
    by_code: dict[str, list[Zone]] = defaultdict(list)
    for zone in sorted(territory.zones, key=lambda one: one.id):
        by_code[zone.code_insee].append(zone)
    shapes: dict[str, BaseGeometry] = {}
    found = []
    for number, codes in enumerate(tiles.communes):
        today = sorted({told[code] for code in codes if code in told})
        zones = [zone for code in today for zone in by_code[code]]
        found.append(_holding(zones, tiles.points[number], shapes))
    return found


def _holding(zones: list[Zone], point: FloatArray, shapes: dict[str, BaseGeometry]) -> Zone | None:
    """Return the zone whose contour holds the point, else the first; shapes are made once."""
    from shapely import contains_xy  # noqa: PLC0415 - heavy, loaded where used

    if len(zones) > 1:
        for zone in zones:
            if zone.contour is None:
                continue
            if zone.id not in shapes:
                shapes[zone.id] = shape(zone.contour)
            if contains_xy(shapes[zone.id], float(point[0]), float(point[1])):
                return zone
    return zones[0] if zones else None
