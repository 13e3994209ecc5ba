"""Laws of homes in tiles: people leave from where they live, inside their commune."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.builders import BETHUNE, east_of, make_people
from tests.squares import two_squares

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


LAND = two_squares()
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


@pytest.mark.parametrize("contours", [True, False], ids=("contours", "points"))
def test_a_tile_that_no_contour_holds_is_of_the_nearest(contours: bool) -> None:
    """On a bit of land that simplified contours forgot, or where there are none."""
    bare = replace(LAND, zones=tuple(replace(zone, contour=None) for zone in LAND.zones))
    told = tiles(
        (east_of(BETHUNE, 50.0), 10.0, 0.1, [HERE, THERE]),
        (east_of(BETHUNE, -50.0), 10.0, 0.1, [HERE, THERE]),
    )
    homes = _homes(told, LAND if contours else bare)
    assert homes.bases == (HomeBasis.TILES, HomeBasis.TILES)
    assert homes.points[homes.zone == 0].tolist() == told.points[1:].tolist()


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
