"""Laws of homes from files: the finest source of each zone counts, and nobody is lost."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import BETHUNE, east_of, make_people
from tests.engines.filosofi_sample import Told, write_csv
from tests.engines.home_samples import (
    Address,
    Quarter,
    write_ban,
    write_contours,
    write_people,
)
from tests.squares import square, two_squares

from maillage.access.homes import HOMES_ELSEWHERE, HomeBasis, homes_of
from maillage.access.iris_homes import IRIS_TOTAL_DIFFERS
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import coordinates
from maillage.kernel.parameters import load_parameters
from maillage.wiring.homes import HomeFiles, homes_of_file, known_homes

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
LAND = two_squares()
FIRST, SECOND = (zone.id for zone in LAND.zones)
TILE = "CRS3035RES200mN3073600E3799600"


def tiles(folder: Path, *rows: Told) -> Path:
    """Write INSEE's tiles."""
    return write_csv(folder / "carreaux.csv", 2019, rows)


def addresses(folder: Path, *codes: str) -> Path:
    """Write addresses near each commune's town hall."""
    at = {zone.code_insee: zone.point for zone in LAND.zones}
    told = [at.get(code, BETHUNE) for code in codes]
    rows = [
        Address(code, round(p.lon + i / 1e4, 6), round(p.lat, 6), id=f"{code}_{i}")
        for i, (code, p) in enumerate(zip(codes, told, strict=True))
    ]
    return write_ban(folder / "adresses.csv", rows)


def points(folder: Path, *rows: tuple[float, int]) -> Path:
    """Write points so many kilometres east of the first town hall, with people."""
    at = [(east_of(BETHUNE, km), n) for km, n in rows]
    lines = [f"{i},{p.lon},{p.lat},{n}" for i, (p, n) in enumerate(at)]
    path = folder / "points.csv"
    path.write_text("\n".join(["id,lon,lat,population", *lines]) + "\n", encoding="utf-8")
    return path


def iris(folder: Path, *codes: str) -> Path:
    """Write a quarter of 10 people for each code, each a square of its commune."""
    at = {zone.code_insee: zone.point for zone in LAND.zones}
    rows = [Quarter(code, square(at[code[:5]], 0.5 + i / 10), "10") for i, code in enumerate(codes)]
    return write_contours(folder / "iris.gpkg", rows)


def test_of_each_zone_the_finest_counts(tmp_path: Path) -> None:
    """Tiles before addresses, addresses before points, points before quarters, zone by zone."""
    files = HomeFiles(
        addresses=addresses(tmp_path, FIRST),
        points=points(tmp_path, (0.0, 3), (4.0, 5)),
        iris=iris(tmp_path, f"{FIRST}0000", f"{SECOND}0000"),
    )
    known, findings = known_homes(LAND, files, PARAMETERS)
    assert [f.code for f in findings] == [IRIS_TOTAL_DIFFERS.code] * 2  # 10 people, not 1,000
    assert {zone: homes.basis for zone, homes in known.items()} == {
        FIRST: HomeBasis.ADDRESSES,
        SECOND: HomeBasis.GIVEN,
    }
    said = homes_of(LAND, make_people([1.0, 1.0]), PARAMETERS, known).said()
    assert "aux adresses" in said
    assert "aux points donnés" in said


def test_a_file_of_elsewhere_is_told(tmp_path: Path) -> None:
    """It changes nothing, and a finding says so, file by file."""
    files = HomeFiles(
        tiles=tiles(tmp_path, Told(TILE, "59350")),
        addresses=addresses(tmp_path, "59350"),
        points=points(tmp_path, (90.0, 3)),
    )
    known, findings = known_homes(LAND, files, PARAMETERS)
    assert known == {}
    told = [f.where.source for f in findings if f.code == HOMES_ELSEWHERE.code]
    assert told == ["carreaux.csv", "adresses.csv", "points.csv"]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sets(st.sampled_from(["tiles", "addresses", "points", "iris"])),
    st.lists(st.sampled_from([FIRST, SECOND, "59350"]), min_size=1, max_size=8),
    st.lists(st.tuples(st.floats(-5.0, 9.0), st.integers(0, 50)), min_size=1, max_size=8),
    st.booleans(),
)
def test_nobody_is_lost_whatever_the_source(
    tmp_path: Path,
    wanted: set[str],
    codes: list[str],
    rows: list[tuple[float, int]],
    backwards: bool,
) -> None:
    """A zone's homes have its people and its fragile people; the order of rows changes nothing."""
    inside = [code for code in codes if code != "59350"] or [FIRST]
    quarters = sorted({f"{code}{i:04d}" for i, code in enumerate(inside)})
    cells = [
        Told(f"CRS3035RES200mN30{i:02d}000E4246400", code, people=str(i + 1))
        for i, code in enumerate(codes)
    ]
    found = []
    for turned in {False, backwards}:
        way = -1 if turned else 1
        files = HomeFiles(
            tiles=tiles(tmp_path, *cells[::way]) if "tiles" in wanted else None,
            addresses=addresses(tmp_path, *codes) if "addresses" in wanted else None,
            points=points(tmp_path, *rows[::way]) if "points" in wanted else None,
            iris=iris(tmp_path, *quarters) if "iris" in wanted else None,
        )
        known, _ = known_homes(LAND, files, PARAMETERS)
        homes = homes_of(LAND, make_people([100.0, 50.0]), PARAMETERS, known)
        assert np.bincount(homes.zone, homes.people).tolist() == pytest.approx([1000.0, 500.0])
        assert np.bincount(homes.zone, homes.fragile).tolist() == pytest.approx([100.0, 50.0])
        found.append((homes.bases, homes.points.tolist(), homes.people.tolist()))
    assert all(one == found[0] for one in found)


def test_tiles_are_homes_by_themselves(tmp_path: Path) -> None:
    """Known by their columns, cut around the places; a finding says which were taken."""
    path = tiles(tmp_path, Told(TILE, "62000"), Told(TILE.replace("N307", "N327"), "62000"))
    read = homes_of_file(path, coordinates([BETHUNE]), PARAMETERS)
    assert (read.homes.zone_ids, read.homes.people.tolist()) == ((TILE,), [12.5])
    assert (read.homes.bases, read.homes.fragile_told) == ((HomeBasis.TILES,), False)
    assert [f.code for f in read.findings] == ["tiles-cut"]
    with pytest.raises(UnusableFile, match="près de vos lieux"):
        homes_of_file(path, coordinates([east_of(BETHUNE, -300.0)]), PARAMETERS)


@pytest.mark.parametrize("name", ["zones.gpkg", "zones.geojson", "zones.shp"])
def test_polygons_with_weights_are_homes(tmp_path: Path, name: str) -> None:
    """In any layer that GDAL reads, in Lambert 93 or in degrees."""
    rows = [Quarter("620000101", square(BETHUNE, 1.0), "40")]
    path = write_contours(tmp_path / name, rows, projected=not name.endswith("json"))
    homes = homes_of_file(path, coordinates([BETHUNE]), PARAMETERS).homes
    assert (homes.zone_ids, homes.bases) == (("620000101",), (HomeBasis.SPREAD,))
    assert homes.people.sum() == pytest.approx(40.0)
    assert np.abs(homes.points - (BETHUNE.lon, BETHUNE.lat)).max() < 0.02


def test_points_of_geojson_need_no_gdal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Degrees are read by the house itself; a projection that the file names is taken away."""
    monkeypatch.setitem(__import__("sys").modules, "pyogrio", None)
    path = tmp_path / "h.geojson"
    here = {"type": "Point", "coordinates": [BETHUNE.lon, BETHUNE.lat]}
    feature = {"type": "Feature", "properties": {"id": "a", "pop": 4}, "geometry": here}
    document = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features": [feature],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    homes = homes_of_file(path, coordinates([BETHUNE]), PARAMETERS).homes
    assert (homes.zone_ids, homes.people.tolist()) == (("a",), [4.0])


def test_a_geojson_that_tells_its_projection_is_read(tmp_path: Path) -> None:
    """Lambert 93 named in the file is put in degrees; unnamed, it is refused."""
    path = tmp_path / "h.geojson"
    here = {"type": "Point", "coordinates": [674505.0, 7048042.0]}
    feature = {"type": "Feature", "properties": {"id": "a", "pop": 4}, "geometry": here}
    document: dict[str, object] = {"type": "FeatureCollection", "features": [feature]}
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UnusableFile, match="Lambert 93"):
        homes_of_file(path, coordinates([BETHUNE]), PARAMETERS)
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    path.write_text(json.dumps({**document, "crs": named}), encoding="utf-8")
    homes = homes_of_file(path, coordinates([BETHUNE]), PARAMETERS).homes
    assert np.abs(homes.points - (BETHUNE.lon, BETHUNE.lat)).max() < 0.02


def test_people_of_quarters_told_apart_are_used(tmp_path: Path) -> None:
    """Contours of one producer, people of another."""
    rows = [Quarter(f"{FIRST}010{i}", square(BETHUNE, 1.0 + i / 10)) for i in (1, 2)]
    layer = write_contours(tmp_path / "iris.gpkg", rows)
    table = write_people(tmp_path / "p.csv", {f"{FIRST}0101": "400", f"{FIRST}0102": "590"})
    known, findings = known_homes(LAND, HomeFiles(iris=layer, iris_people=table), PARAMETERS)
    assert (list(known), findings) == ([FIRST], ())
