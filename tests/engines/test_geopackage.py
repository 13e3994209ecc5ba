"""The GeoPackage as QGIS sees it: layers, reference system, geometries."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from tests.jobs.giving import ON, sample_work
from tests.reports.sample import ZONES

from maillage.directory.model import Directory
from maillage.engines.geopackage import GeopackageWriter
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import MissingExtra, OutputError


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the GeoPackage of the Sept-Brumes once."""
    stem = tmp_path_factory.mktemp("gpkg") / "annuaire"
    return GeopackageWriter().write(sample_work(), stem, ON).paths[0]


def test_the_layers_are_there(path: Path) -> None:
    """Points, contours and plain tables, each in the list that QGIS shows."""
    assert dict(pyogrio.list_layers(path)) == {
        "lieux": "Point",
        "permanences": "Point",
        "zones": "MultiPolygon",
        "structures": None,
        "services": None,
        "sources": None,
    }


def test_the_contents_are_dated_and_in_wgs84(path: Path) -> None:
    """gpkg_contents names each layer, in EPSG:4326, on the date of the export and no other."""
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute("select table_name, data_type, srs_id, last_change from gpkg_contents")
        told = {name: (kind, srs, day) for name, kind, srs, day in rows}
        srs = base.execute("select organization from gpkg_spatial_ref_sys where srs_id = 4326")
        assert srs.fetchone() == ("EPSG",)
        assert base.execute("pragma application_id").fetchone() == (0x47504B47,)
        assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    midnight = "2026-03-02T00:00:00.000Z"
    assert told["lieux"] == ("features", 4326, midnight)
    assert told["zones"] == ("features", 4326, midnight)
    assert told["structures"][0] == "attributes"
    assert {day for _, _, day in told.values()} == {midnight}


def test_points_stand_where_the_lieux_do(path: Path) -> None:
    """Longitude first; a lieu without its own point has no geometry."""
    info = pyogrio.read_info(path, layer="lieux")
    assert (info["crs"], info["features"], info["geometry_type"]) == ("EPSG:4326", 12, "Point")
    meta, _, geometry, fields = pyogrio.raw.read(path, layer="lieux")
    names = dict(zip(meta["fields"], fields, strict=True))
    lieux = {lieu.id: lieu for lieu in sample_work().directory.lieux}
    for lieu_id, wkb in zip(names["id"], geometry, strict=True):
        point = lieux[lieu_id].point
        assert (wkb is None) == (point is None)
        if point is not None:
            shape = shapely.from_wkb(wkb)
            assert (shape.x, shape.y) == (point.lon, point.lat)


def test_fields_have_their_kinds(path: Path) -> None:
    """Dates are dates, codes and phones are text, counts are numbers, not told is NULL."""
    info = pyogrio.read_info(path, layer="permanences")
    kinds = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert (kinds["date_maj"], kinds["telephone"]) == ("OFTDate", "OFTString")
    with closing(sqlite3.connect(path)) as base:
        undated = base.execute("select count(*) from permanences where date_maj is null")
        assert undated.fetchone() == (1,)
        unknown = base.execute("select nom from zones where population is null").fetchall()
        assert unknown == [("Hautes-Haies",)]
        untold = base.execute("select count(*) from permanences where services is null")
        assert untold.fetchone() == (4,)


def test_contours_are_those_of_the_zones(path: Path) -> None:
    """Each zone has its area; one without contour has no geometry."""
    _, _, geometry, _ = pyogrio.raw.read(path, layer="zones")
    areas = [np.nan if wkb is None else shapely.from_wkb(wkb).area for wkb in geometry]
    expected = [np.nan if zone.contour is None else 0.05**2 for zone in ZONES]
    np.testing.assert_allclose(areas, expected, rtol=1e-9)


def test_an_empty_directory_opens_too(tmp_path: Path) -> None:
    """Layers without rows are there, empty, with their columns."""
    work = TerritoryWork(sample_work().territory, Directory((), (), (), ()), ())
    (path,) = GeopackageWriter().write(work, tmp_path / "vide", ON).paths
    assert pyogrio.read_info(path, layer="lieux")["features"] == 0
    assert "telephone" in pyogrio.read_info(path, layer="permanences")["fields"]


def test_the_clock_of_gdal_is_given_back(path: Path) -> None:
    """The option set while writing is as it was before."""
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """What GDAL refuses is told in French."""
    with pytest.raises(OutputError, match="ne peut pas être écrit"):
        GeopackageWriter().write(sample_work(), tmp_path / "absent" / "annuaire", ON)


def test_without_pyogrio_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which part of the installation to add, before any long work."""
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(MissingExtra, match=r"maillage\[exports\]"):
        GeopackageWriter()
