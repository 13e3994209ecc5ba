"""Laws of homes at addresses: evenly shared, thinned the same way whatever the order."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import BETHUNE, east_of, make_people
from tests.squares import two_squares

from maillage.access.address_homes import ADDRESS_ASTRAY, Addresses, known_from_addresses
from maillage.access.homes import HomeBasis, ReadKnown, homes_of
from maillage.kernel.geometry import Point, coordinates
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
MOST = int(PARAMETERS.number("homes.addresses.most_per_commune"))
LAND = two_squares()
FIRST = LAND.zones[0].id


def known(points: list[Point], codes: list[str]) -> ReadKnown:
    """Return what is known from addresses."""
    told = Addresses(coordinates(points), tuple(codes))
    return known_from_addresses(told, LAND, PARAMETERS, "adresses.csv")


def test_each_address_has_as_many_people() -> None:
    """Two households at one door count twice; a commune without addresses is left out."""
    near, far = BETHUNE, east_of(BETHUNE, 1.0)
    found = known([near, far, near], ["62000"] * 3).homes
    assert list(found) == [FIRST]
    homes = homes_of(LAND, make_people([10.0, 5.0]), PARAMETERS, found)
    mine = {tuple(p): n for p, n in zip(homes.points.tolist(), homes.people, strict=True)}
    assert mine[near.lon, near.lat] == pytest.approx(2000 / 3)
    assert mine[far.lon, far.lat] == pytest.approx(1000 / 3)
    assert homes.bases == (HomeBasis.ADDRESSES, HomeBasis.SPREAD)


@given(
    st.lists(st.tuples(st.integers(-15, 15), st.integers(-15, 15)), min_size=1, max_size=3 * MOST),
    st.randoms(use_true_random=False),
)
def test_thinning_loses_nobody_and_looks_at_no_order(
    told: list[tuple[int, int]], chance: object
) -> None:
    """At most so many points, all of them addresses; same points for the same rows shuffled."""
    points = [east_of(BETHUNE, x / 10, y / 10) for x, y in told]
    found = known(points, ["62000"] * len(points)).homes[FIRST]
    assert 1 <= len(found.points) <= min(MOST, len(set(points)))
    assert found.people.sum() == pytest.approx(len(points))
    assert found.n_addresses == len(points)
    assert set(map(tuple, found.points.tolist())) <= {(p.lon, p.lat) for p in points}
    chance.shuffle(points)  # type: ignore[attr-defined]
    again = known(points, ["62000"] * len(points)).homes[FIRST]
    assert again.points.tolist() == found.points.tolist()
    assert again.people.tolist() == found.people.tolist()


def test_thinned_addresses_stand_all_over_the_commune() -> None:
    """Each quarter of a commune keeps its share of the points and of the people."""
    side = np.linspace(-1.9, 1.9, 40)
    points = [east_of(BETHUNE, float(x), float(y)) for x in side for y in side]
    found = known(points, ["62000"] * len(points)).homes[FIRST]
    assert len(found.points) == MOST
    east, north = found.points[:, 0] > BETHUNE.lon, found.points[:, 1] > BETHUNE.lat
    for quarter in (east & north, east & ~north, ~east & north, ~east & ~north):
        assert found.people[quarter].sum() / found.people.sum() == pytest.approx(0.25, abs=0.05)


def test_an_address_far_from_its_commune_is_told() -> None:
    """It counts for nobody, and a finding says so; a neighbour's counts for nothing, silently."""
    read = known([BETHUNE, Point(5.0, 45.0), BETHUNE], ["62000", "62000", "59350"])
    assert read.homes[FIRST].n_addresses == 1
    assert [f.code for f in read.findings] == [ADDRESS_ASTRAY.code]
