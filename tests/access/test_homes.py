"""Laws of homes: nobody is lost or made up, whatever the points."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.strategies import territories
from tests.builders import BETHUNE, east_of, make_people, make_territory

from maillage.access.homes import HomeBasis, KnownHomes, finest, homes_of
from maillage.kernel.french import FIXED
from maillage.kernel.geometry import coordinates
from maillage.kernel.parameters import load_parameters
from maillage.territory.model import PointKind, Territory, ZoneKind

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
WANTED = int(PARAMETERS.number("quality.dependence.points_per_zone"))
POINTS = coordinates([BETHUNE, east_of(BETHUNE, 1.0), east_of(BETHUNE, 2.0)])


def people_of(territory: Territory, share: float = 0.1) -> object:
    """Return fragile people, a share of each zone's."""
    return make_people([(zone.population or 0) * share for zone in territory.zones])


def with_contour(territory: Territory) -> Territory:
    """Return the same territory, the first zone having a square contour."""
    first = territory.zones[0]
    lon, lat, d = first.point.lon, first.point.lat, 0.02
    ring = ((lon - d, lat - d), (lon + d, lat - d), (lon + d, lat + d), (lon - d, lat + d))
    square = replace(first, contour=(((*ring, ring[0]),),))
    return replace(territory, zones=(square, *territory.zones[1:]))


def test_the_best_that_is_known_of_each_zone_counts() -> None:
    """A contour, a town hall, a centre, an IRIS: each says so."""
    land = with_contour(make_territory(4))
    zones = (
        *land.zones[:2],
        replace(land.zones[2], point_kind=PointKind.CENTRE),
        replace(land.zones[3], kind=ZoneKind.IRIS),
    )
    homes = homes_of(replace(land, zones=zones), make_people([1.0] * 4), PARAMETERS)
    assert homes.bases == (
        HomeBasis.SPREAD,
        HomeBasis.TOWN_HALL,
        HomeBasis.CENTRE,
        HomeBasis.IRIS,
    )
    counts = np.bincount(homes.zone)
    assert counts[0] == pytest.approx(WANTED, rel=0.4)
    assert counts[1:].tolist() == [1, 1, 1]


def test_the_sentence_counts_zones_by_basis() -> None:
    """What a figure stands on is said beside it."""
    homes = homes_of(with_contour(make_territory(3)), make_people([0.0] * 3), PARAMETERS)
    said = homes.said().replace(FIXED, " ")
    assert said.endswith(": à la mairie (2 zones) et répartis également sur le contour (1 zone).")


def test_known_homes_share_the_people_of_their_zone() -> None:
    """In proportion to their own people, fragile people to their own fragile."""
    known = KnownHomes(
        POINTS, np.array([1.0, 3.0, 0.0]), np.array([0.0, 1.0, 1.0]), HomeBasis.ADDRESSES
    )
    land = make_territory(2)
    homes = homes_of(land, make_people([100.0, 50.0]), PARAMETERS, {land.zones[0].id: known})
    assert homes.people.tolist() == [250.0, 750.0, 0.0, 1000.0]
    assert homes.fragile.tolist() == [0.0, 50.0, 50.0, 50.0]
    assert homes.bases == (HomeBasis.ADDRESSES, HomeBasis.TOWN_HALL)


@given(territories, st.floats(0.0, 1.0))
def test_nobody_is_lost_or_made_up(land: Territory, share: float) -> None:
    """Each zone keeps its people and its fragile people, to a rounding."""
    some = with_contour(land)
    people = people_of(some, share)
    homes = homes_of(some, people, PARAMETERS)  # type: ignore[arg-type]
    n = len(some.zones)
    assert np.bincount(homes.zone, homes.people, n) == pytest.approx(some.populations)
    assert np.bincount(homes.zone, homes.fragile, n) == pytest.approx(some.populations * share)
    assert np.all(np.diff(homes.zone) >= 0)
    assert len(homes.bases) == len(homes.zone_ids) == n


def test_homes_without_people_of_their_own_share_evenly() -> None:
    """Nothing is divided by nothing."""
    known = KnownHomes(POINTS, np.zeros(3), np.zeros(3), HomeBasis.TILES)
    land = make_territory(1, populations=(300,))
    homes = homes_of(land, make_people([30.0]), PARAMETERS, {land.zones[0].id: known})
    assert (homes.people.tolist(), homes.fragile.tolist()) == ([100.0] * 3, [10.0] * 3)


def test_the_finest_source_of_a_zone_counts_alone() -> None:
    """Whatever the order of the sources: tiles, addresses, given points, IRIS; of equals, first."""
    one = np.ones(3)
    found = {
        basis: KnownHomes(POINTS, one, one, basis)
        for basis in (
            HomeBasis.IRIS_SPREAD,
            HomeBasis.GIVEN,
            HomeBasis.ADDRESSES,
            HomeBasis.TILES,
        )
    }
    tiles, addresses = {"a": found[HomeBasis.TILES]}, {"a": found[HomeBasis.ADDRESSES]}
    others = {"b": found[HomeBasis.GIVEN]}, {"b": found[HomeBasis.IRIS_SPREAD]}
    for sources in ((tiles, addresses, *others), (*others[::-1], addresses, tiles)):
        known = finest(*sources)
        assert {zone: homes.basis for zone, homes in known.items()} == {
            "a": HomeBasis.TILES,
            "b": HomeBasis.GIVEN,
        }
    assert finest({"a": found[HomeBasis.TILES]}, tiles)["a"] is found[HomeBasis.TILES]


def test_thinned_addresses_are_said() -> None:
    """How many addresses the points stand for, where they are fewer."""
    weights = np.array([40.0, 40.0, 20.0])
    known = KnownHomes(POINTS, weights, weights, HomeBasis.ADDRESSES, n_addresses=100)
    land = make_territory(2)
    said = homes_of(land, make_people([1.0] * 2), PARAMETERS, {"62000": known}).said()
    assert "3 points pour 100 adresses" in said.replace(FIXED, " ")
    whole = replace(known, n_addresses=3)
    said = homes_of(land, make_people([1.0] * 2), PARAMETERS, {"62000": whole}).said()
    assert "Adresses :" not in said
