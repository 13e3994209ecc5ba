"""Laws of homes by quarter: people of a commune in its quarters, or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from tests.builders import east_of, make_people
from tests.squares import square, two_squares

from maillage.access.homes import HomeBasis, homes_of
from maillage.access.iris_homes import (
    IRIS_TOTAL_DIFFERS,
    IRIS_WITHOUT_PEOPLE,
    known_from_iris,
)
from maillage.kernel.parameters import load_parameters
from maillage.territory.iris import IrisZone

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
LAND = two_squares()
AT = [zone.point for zone in LAND.zones]
WEST = IrisZone("620000101", "", "62000", 750.0, square(east_of(AT[0], -1.0), 0.5))
EAST = IrisZone("620000102", "", "62000", 260.0, square(east_of(AT[0], 1.0), 0.9))
ALONE = IrisZone("620010000", "", "62001", None, square(AT[1], 2.0))


def test_each_quarter_has_its_share_of_the_commune() -> None:
    """The commune's total counts, by the shares of quarters; a lone quarter needs no number."""
    for iris in ([WEST, EAST, ALONE], [ALONE, EAST, WEST]):
        read = known_from_iris(iris, LAND, PARAMETERS, "iris.gpkg")
        assert read.findings == ()
        homes = homes_of(LAND, make_people([100.0, 50.0]), PARAMETERS, read.homes)
        assert homes.bases == (HomeBasis.IRIS_SPREAD,) * 2
        assert np.bincount(homes.zone, homes.people).tolist() == pytest.approx([1000.0, 500.0])
        west = (homes.zone == 0) & (homes.points[:, 0] < AT[0].lon)
        assert homes.people[west].sum() == pytest.approx(1000.0 * 750 / 1010)
        assert homes.fragile[west].sum() == pytest.approx(100.0 * 750 / 1010)


def test_a_quarter_without_people_leaves_its_commune_out() -> None:
    """Nobody is invented there: the commune stays as it was, and it is told."""
    read = known_from_iris([WEST, replace(EAST, population=None)], LAND, PARAMETERS, "iris.gpkg")
    assert (dict(read.homes), [f.code for f in read.findings]) == ({}, [IRIS_WITHOUT_PEOPLE.code])
    assert "1 des 2 quartiers" in read.findings[0].message


def test_a_quarter_without_contour_leaves_its_commune_out() -> None:
    """Its people would be nowhere."""
    assert not known_from_iris(
        [WEST, replace(EAST, contour=None)], LAND, PARAMETERS, "iris.gpkg"
    ).homes


def test_totals_that_differ_are_told() -> None:
    """Quarters of another year, or one that is missing."""
    read = known_from_iris([WEST, replace(EAST, population=9.0)], LAND, PARAMETERS, "iris.gpkg")
    assert [f.code for f in read.findings] == [IRIS_TOTAL_DIFFERS.code]
    assert list(read.homes) == ["62000"]
    assert "759 habitants" in read.findings[0].message
