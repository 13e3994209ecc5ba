"""Laws of the reading of IRIS, on samples in the published forms."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engines.home_samples import Quarter, write_contours, write_people
from tests.squares import square, two_squares

from maillage.engines.iris_files import read_iris, read_iris_people
from maillage.kernel.errors import MissingExtra, UnusableFile
from maillage.territory.contours import shape
from maillage.territory.iris import (
    IRIS_COMMUNE_UNKNOWN,
    IRIS_PEOPLE_DIFFER,
    IRIS_PEOPLE_UNREADABLE,
)

LAND = two_squares()
AT = [zone.point for zone in LAND.zones]
ROWS = (
    Quarter("620000102", square(AT[0], 1.0)),
    Quarter("620000101", square(AT[0], 0.5)),
    Quarter("620010000", square(AT[1], 2.0)),
    Quarter("593500101", square(AT[1], 9.0)),
)
PEOPLE = {"620000101": "250.5", "620000102": "700", "593500101": "9"}


@pytest.mark.parametrize("name", ["CONTOURS-IRIS.shp", "iris.gpkg", "iris.geojson"])
def test_every_form_tells_the_same(tmp_path: Path, name: str) -> None:
    """Quarters of the territory, in order of code, in degrees whatever the projection."""
    path = write_contours(tmp_path / name, ROWS, projected=not name.endswith("json"))
    people = write_people(tmp_path / "base-ic.CSV", PEOPLE)
    read = read_iris(path, people, LAND)
    assert read.findings == ()
    assert [(one.code, one.code_insee, one.population) for one in read.iris] == [
        ("620000101", "62000", 250.5),
        ("620000102", "62000", 700.0),
        ("620010000", "62001", None),
    ]
    assert read.iris[0].name == "Quartier 620000101"
    contour = read.iris[1].contour
    assert contour is not None
    assert shape(contour).hausdorff_distance(shape(ROWS[0].contour)) < 1e-6


def test_people_of_the_layer_itself_are_read(tmp_path: Path) -> None:
    """A column of people beside the contours does for a table."""
    rows = [Quarter(one.code, one.contour, "12") for one in ROWS]
    read = read_iris(write_contours(tmp_path / "iris.gpkg", rows), None, LAND)
    assert [one.population for one in read.iris] == [12.0] * 3


def test_the_parts_of_a_quarter_are_put_together(tmp_path: Path) -> None:
    """Old files tell a quarter of two pieces in two rows."""
    rows = (Quarter("620000101", square(AT[0], 0.5)), Quarter("620000101", square(AT[1], 0.5)))
    read = read_iris(write_contours(tmp_path / "iris.gpkg", rows), None, LAND)
    assert len(read.iris) == 1
    assert len(read.iris[0].contour or ()) == 2


def test_doubtful_quarters_are_findings(tmp_path: Path) -> None:
    """A code that tells no commune, people that are no number, or told twice."""
    rows = (*ROWS, Quarter("6200", square(AT[0], 1.0)))
    path = write_contours(tmp_path / "iris.gpkg", rows)
    table = write_people(tmp_path / "p.csv", {"620000101": "n.d.", "620000102": "5"})
    table.write_text(table.read_text() + "620000102;62000;H;Q;6;;;\n", encoding="utf-8")
    read = read_iris(path, table, LAND)
    assert [f.code for f in read.findings] == [
        IRIS_COMMUNE_UNKNOWN.code,
        IRIS_PEOPLE_UNREADABLE.code,
        IRIS_PEOPLE_DIFFER.code,
    ]
    assert [one.population for one in read.iris] == [None, 6.0, None]


def test_ages_are_summed_where_all_are_published(tmp_path: Path) -> None:
    """Six age groups make the people of a quarter; one that is missing makes them unknown."""
    ages = [f"P16_POP{age}" for age in ("0014", "1529", "3044", "4559", "6074", "75P")]
    path = tmp_path / "iris.csv"
    lines = [f"code_iris,{','.join(ages)}", "620000101,1,2,3,4,5,6.5", "620000102,1,2,,4,5,6"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert read_iris_people(path, LAND) == {"620000101": frozenset({"21.5"})}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("iris.gpkg", b"", "couche de formes"),
        ("iris.gpkg", b"not a geopackage", "couche de formes"),
        ("iris.geojson", b'{"type": "FeatureCollection", "features": []}', "CODE_IRIS"),
    ],
)
def test_a_file_of_no_quarters_is_told(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """One error says what was looked for."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnusableFile, match=said):
        read_iris(path, None, LAND)


def test_a_table_without_people_is_told(tmp_path: Path) -> None:
    """Wrong columns are named."""
    path = tmp_path / "people.csv"
    path.write_text("IRIS;COM;P21_LOG\n620000101;62000;3\n", encoding="utf-8")
    with pytest.raises(UnusableFile, match="P21_LOG"):
        read_iris_people(path, LAND)


def test_metres_told_as_degrees_are_refused(tmp_path: Path) -> None:
    """A Shapefile without its projection, or a GeoJSON in Lambert 93, is not put in the sea."""
    path = write_contours(tmp_path / "iris.shp", ROWS)
    path.with_suffix(".prj").unlink()
    with pytest.raises(UnusableFile, match="Lambert 93"):
        read_iris(path, None, LAND)


def test_without_pyogrio_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to install is said, in French."""
    path = write_contours(tmp_path / "iris.gpkg", ROWS)
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(MissingExtra, match=r"maillage\[exports\]"):
        read_iris(path, None, LAND)


@pytest.mark.mirror
def test_the_people_of_the_quarters_of_bethune(mirror: Path) -> None:
    """The age groups of the table at hand are summed for each quarter that publishes them."""
    first, second = LAND.zones
    bethune = replace(LAND, zones=(replace(first, code_insee="62119"), second))
    told = read_iris_people(mirror / "insee" / "iris-200072460.csv", bethune)
    people = [float(text) for texts in told.values() for text in texts]
    assert all(code.startswith("62119") for code in told)
    assert sum(people) == pytest.approx(25_000, rel=0.1)
