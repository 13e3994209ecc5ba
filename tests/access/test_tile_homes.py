"""Laws of homes in tiles: people leave from where they live, inside their commune."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.builders import BETHUNE, east_of, make_people, make_territory

from maillage.access.homes import HomeBasis, Homes, homes_of
from maillage.access.tile_homes import known_from_tiles
from maillage.kernel.geometry import Point, coordinates
from maillage.kernel.parameters import load_parameters
from maillage.territory.model import Territory
from maillage.territory.tiles import Tiles

PARAMETERS = load_parameters(dt.date(2026, 9, 1))


def _homes(tiles: Tiles, land: Territory) -> Homes:
    """Return the homes of a territory at its tiles."""
    return homes_of(land, FRAGILE, PARAMETERS, known_from_tiles(tiles, land))


def tiles(*told: tuple[Point, float, float, Sequence[str]]) -> Tiles:
    """Return tiles of so many people, a share of the households poor, in these communes."""
    households = np.array([people / 2 for _, people, _, _ in told])
    return Tiles(
        ids=tuple(f"CRS3035RES200mN{i}E0" for i in range(len(told))),
        points=coordinates([point for point, _, _, _ in told]),
        people=np.array([people for _, people, _, _ in told]),
        households=households,
        poor_households=households * np.array([poor for _, _, poor, _ in told]),
        estimated=np.zeros(len(told), dtype=np.bool_),
        communes=tuple(tuple(codes) for _, _, _, codes in told),
    )


def squares() -> Territory:
    """Return two communes side by side, each a square of some 4 km."""
    land = make_territory(2, points=[BETHUNE, east_of(BETHUNE, 4.0)], populations=(1000, 500))
    zones = []
    for zone in land.zones:
        west, east = east_of(zone.point, -2.0, -2.0), east_of(zone.point, 2.0, 2.0)
        a, b, c, d = west.lon, west.lat, east.lon, east.lat
        zones.append(replace(zone, contour=((((a, b), (c, b), (c, d), (a, d), (a, b)),),)))
    return replace(land, zones=tuple(zones))


LAND = squares()
HERE, THERE = (zone.code_insee for zone in LAND.zones)
FRAGILE = make_people([100.0, 50.0])


def test_people_are_shared_between_the_tiles_of_their_commune() -> None:
    """The published population, in proportion; fragile people, by poor households."""
    told = tiles(
        (BETHUNE, 30.0, 0.0, [HERE]),
        (east_of(BETHUNE, 1.0), 10.0, 0.5, [HERE]),
    )
    homes = _homes(told, LAND)
    assert homes.bases == (HomeBasis.TILES, HomeBasis.SPREAD)
    assert homes.people[homes.zone == 0].tolist() == [750.0, 250.0]
    assert homes.fragile[homes.zone == 0].tolist() == [0.0, 100.0]
    assert homes.people.sum() == pytest.approx(1500.0)


def test_a_tile_over_a_border_is_where_its_centre_is() -> None:
    """Of two communes told, the one whose contour holds the centre has its people."""
    told = tiles((east_of(BETHUNE, 2.1), 10.0, 0.1, [HERE, THERE]))
    homes = _homes(told, LAND)
    assert homes.bases == (HomeBasis.SPREAD, HomeBasis.TILES)


def test_a_tile_of_no_contour_is_of_the_first_commune() -> None:
    """Without contours, or on a bit of land that simplified contours forgot."""
    told = tiles((east_of(BETHUNE, 50.0), 10.0, 0.1, [THERE, HERE]))
    assert _homes(told, LAND).bases[0] is HomeBasis.TILES


def test_a_tile_of_elsewhere_is_nobodys() -> None:
    """Neighbours' tiles are not the territory's."""
    told = tiles((BETHUNE, 10.0, 0.1, ["75056"]))
    homes = _homes(told, LAND)
    assert set(homes.bases) == {HomeBasis.SPREAD}


def test_a_tile_told_under_a_former_code_is_of_the_commune_of_today() -> None:
    """Seynod is part of Annecy since 2017."""
    annecy = replace(LAND, zones=(replace(LAND.zones[0], code_insee="74010"), LAND.zones[1]))
    told = tiles((BETHUNE, 10.0, 0.1, ["74268"]))
    assert _homes(told, annecy).bases[0] is HomeBasis.TILES
