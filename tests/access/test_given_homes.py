"""Laws of homes that analysts bring: weights are read, never made up; nobody is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from tests.builders import BETHUNE, east_of
from tests.squares import two_squares

from maillage.access.given_homes import (
    HOMES_OUTSIDE,
    SHAPE_UNREADABLE,
    WEIGHT_UNREADABLE,
    ReadHomes,
    homes_from_features,
    homes_from_points,
    known_from_given,
    named_points,
)
from maillage.access.homes import HomeBasis
from maillage.access.points import POINT_TWICE
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import load_parameters
from maillage.territory.features import Feature

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
PER_SHAPE = PARAMETERS.number("homes.points_per_shape")
LAND = two_squares()


def written(folder: Path, text: str) -> Path:
    """Return a file of points."""
    path = folder / "points.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_points_of_a_file_are_zones_of_their_own(tmp_path: Path) -> None:
    """Weights and fragile people are read, in the file's order."""
    path = written(tmp_path, "id,lon,lat,Population,fragile\nb,2.6,50.5,10,2\na,2.7,50.5,5.5,\n")
    homes = homes_from_points(path).homes
    assert homes.zone_ids == ("b", "a")
    assert homes.points.tolist() == [[2.6, 50.5], [2.7, 50.5]]
    assert (homes.people.tolist(), homes.fragile.tolist()) == ([10.0, 5.5], [2.0, 0.0])
    assert (homes.bases, homes.fragile_told) == ((HomeBasis.GIVEN,) * 2, True)


def test_a_weight_that_is_none_is_a_finding(tmp_path: Path) -> None:
    """Its point is not counted; it is never taken for one person, or none."""
    path = written(tmp_path, "id,lon,lat,weight\na,2.6,50.5,10\nb,2.6,50.5,-1\nc,2.6,50.5,x\n")
    read = homes_from_points(path)
    assert read.homes.zone_ids == ("a",)
    assert not read.homes.fragile_told
    assert [(f.code, f.where.subject) for f in read.findings] == [
        (WEIGHT_UNREADABLE.code, "b"),
        (WEIGHT_UNREADABLE.code, "c"),
    ]


@pytest.mark.parametrize("text", ["id,lon,lat\na,2.6,50.5\n", "id,lon,lat,poids\na,2.6,50.5,\n"])
def test_a_file_without_weights_cannot_be_used(tmp_path: Path, text: str) -> None:
    """People are not made up."""
    with pytest.raises(UnusableFile, match="poids"):
        homes_from_points(written(tmp_path, text))


def test_nobody_at_all_is_no_population(tmp_path: Path) -> None:
    """A share of nobody would be a figure of nothing."""
    with pytest.raises(UnusableFile, match="personne"):
        homes_from_points(written(tmp_path, "id,lon,lat,poids\na,2.6,50.5,0\n"))


@pytest.mark.parametrize(
    ("told", "people"), [("1 234", 1234.0), ("1\u202f234,5", 1234.5), ("1e308", None)]
)
def test_thousands_are_read_as_the_french_write_them(
    tmp_path: Path, told: str, people: float | None
) -> None:
    """A number that no place holds is not of people."""
    read = homes_from_points(written(tmp_path, f'id,lon,lat,poids\na,2,50,7\nb,2,51,"{told}"\n'))
    assert read.homes.people.tolist() == [7.0, *([] if people is None else [people])]
    assert len(read.findings) == (people is None)


@pytest.mark.mirror
def test_the_cells_of_porto_alegre_are_read(mirror: Path) -> None:
    """1,227 cells and their people."""
    read = homes_from_points(mirror / "osm" / "poa_hexgrid.csv")
    assert (len(read.homes.people), read.findings) == (1227, ())
    assert read.homes.people.sum() > 100_000


def test_metres_told_as_degrees_are_refused(tmp_path: Path) -> None:
    """Lambert 93 in columns x and y: one sentence says what to do."""
    text = "id,x,y,population\na,686000,7048000,10\nb,686100,7048100,10\n"
    with pytest.raises(UnusableFile, match="Lambert 93"):
        homes_from_points(written(tmp_path, text))


def feature(one_id: str, shape: object, **cells: str) -> Feature:
    """Return a feature of that id."""
    return Feature({"CODE_IRIS": one_id, **cells}, shape)  # type: ignore[arg-type]


def test_polygons_are_spread_and_points_stand(tmp_path: Path) -> None:
    """A polygon's people are shared over its points; the id is the file's, and said so."""
    square = LAND.zones[0].contour
    rows = (
        feature("a", square, P16_POP="1", P21_POP="300"),
        feature("b", east_of(BETHUNE, 1.0), P21_POP="20,5"),
    )
    read = homes_from_features(rows, tmp_path / "iris.gpkg", PARAMETERS)
    homes = read.homes
    assert (homes.zone_ids, read.findings) == (("a", "b"), ())
    assert homes.bases == (HomeBasis.SPREAD, HomeBasis.GIVEN)
    counts = np.bincount(homes.zone)
    assert counts[0] == pytest.approx(PER_SHAPE, rel=0.5)
    assert np.bincount(homes.zone, homes.people).tolist() == pytest.approx([300.0, 20.5])
    assert named_points(homes).ids == ("a",) * int(counts[0]) + ("b",)


def test_doubtful_features_are_findings(tmp_path: Path) -> None:
    """No shape, or an id told twice: not counted, and told."""
    rows = (
        feature("a", BETHUNE, pop="1"),
        feature("a", BETHUNE, pop="2"),
        feature("b", None, pop="3"),
    )
    read = homes_from_features(rows, tmp_path / "h.gpkg", PARAMETERS)
    assert read.homes.people.tolist() == [1.0]
    assert {f.code for f in read.findings} == {POINT_TWICE.code, SHAPE_UNREADABLE.code}
    with pytest.raises(UnusableFile, match="aucun point ni polygone"):
        homes_from_features(rows[2:], tmp_path / "h.gpkg", PARAMETERS)


def given(tmp_path: Path, *rows: tuple[Point, str]) -> ReadHomes:
    """Return the homes of points with these weights."""
    features = [feature(str(i), at, pop=weight) for i, (at, weight) in enumerate(rows)]
    return homes_from_features(features, tmp_path / "h.gpkg", PARAMETERS)


def test_given_points_go_to_the_zone_that_holds_them(tmp_path: Path) -> None:
    """Those outside are counted in a finding; those without anybody tell nothing."""
    rows = (
        (east_of(BETHUNE, 1.0), "10"),
        (BETHUNE, "30"),
        (east_of(BETHUNE, 3.0), "0"),
        (east_of(BETHUNE, 40.0), "7"),
        (east_of(BETHUNE, 41.0), "8"),
    )
    read = known_from_given(given(tmp_path, *rows).homes, LAND, "h.gpkg")
    assert list(read.homes) == [LAND.zones[0].id]
    known = read.homes[LAND.zones[0].id]
    assert (known.people.tolist(), known.basis) == ([30.0, 10.0], HomeBasis.GIVEN)
    assert [f.code for f in read.findings] == [HOMES_OUTSIDE.code]
    assert "2 points" in read.findings[0].message
    assert "15 habitants" in read.findings[0].message
    back = known_from_given(given(tmp_path, *rows[::-1]).homes, LAND, "h.gpkg")
    assert back.homes[LAND.zones[0].id].points.tolist() == known.points.tolist()
