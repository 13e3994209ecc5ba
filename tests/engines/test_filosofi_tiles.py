"""Laws of the reading of INSEE's tiles, on samples in the published forms."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders import make_territory
from tests.engines.filosofi_sample import Told, write_csv, write_gpkg

from maillage.engines.filosofi_tiles import (
    TILE_TWICE,
    TILE_UNREADABLE,
    ReadTiles,
    read_tiles,
    read_tiles_around,
    tells_tiles,
)
from maillage.kernel.errors import MissingExtra, UnusableFile
from maillage.kernel.geometry import box_around
from maillage.territory.tiles import Tiles, centres

LAND = make_territory(3)  # communes 62000, 62001, 62002
A, B, C, D = (f"CRS3035RES200mN3030{n}00E4246400" for n in "0246")
ROWS = (
    Told(B, "62001", people="20", households="8", poor="0", estimated="1"),
    Told(A, "62000", people="12.5", households="5", poor="1.5"),
    Told(C, "5900162002"),
    Told(D, "59001"),
)
Writer = Callable[[Path, int, tuple[Told, ...]], Path]
FORMS = [
    *(pytest.param(write_csv, year, id=f"csv-{year}") for year in (2015, 2017, 2019, 2021)),
    *(pytest.param(write_gpkg, year, id=f"gpkg-{year}") for year in (2017, 2019)),
]


def read(folder: Path, write: Writer, year: int, rows: tuple[Told, ...] = ROWS) -> ReadTiles:
    """Return what is read of a file of that form."""
    name = "carreaux_200m_met" + (".csv" if write is write_csv else ".gpkg")
    return read_tiles(write(folder / name, year, rows), LAND)


def table(tiles: Tiles) -> list[tuple[object, ...]]:
    """Return the figures of the tiles, row by row."""
    columns = (tiles.people, tiles.households, tiles.poor_households, tiles.estimated)
    return list(zip(tiles.ids, *(c.tolist() for c in columns), tiles.communes, strict=True))


@pytest.mark.parametrize(("write", "year"), FORMS)
def test_every_published_form_tells_the_same(tmp_path: Path, write: Writer, year: int) -> None:
    """The tiles of the territory's communes, in order of name, whatever the columns are called."""
    found = read(tmp_path, write, year)
    assert found.findings == ()
    assert table(found.tiles) == [
        (A, 12.5, 5.0, 1.5, False, ("62000",)),
        (B, 20.0, 8.0, 0.0, True, ("62001",)),
        (C, 12.5, 5.0, 1.5, False, ("59001", "62002")),
    ]
    assert found.tiles.points.tolist() == centres([A, B, C]).tolist()


def test_semicolons_are_read_too(tmp_path: Path) -> None:
    """Some tools write French CSV."""
    path = write_csv(tmp_path / "carreaux.csv", 2019, ROWS, separator=";")
    assert read_tiles(path, LAND).tiles.ids == (A, B, C)


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    """Same tiles, same answer."""
    found = [read(tmp_path, write_csv, 2019, rows).tiles for rows in (ROWS, ROWS[::-1])]
    assert table(found[0]) == table(found[1])


@pytest.mark.parametrize(("write", "year"), FORMS)
def test_tiles_of_a_box_are_read_by_their_names(tmp_path: Path, write: Writer, year: int) -> None:
    """Whatever their commune; those whose centre is outside, or that are overseas, are left."""
    name = "carreaux" + (".csv" if write is write_csv else ".gpkg")
    overseas = Told("CRS2975RES200mN3030000E4246400", "97411")
    far = Told("CRS3035RES200mN3130000E4246400", "62000")
    path = write(tmp_path / name, year, (*ROWS, overseas, far))
    around = box_around(centres([A, B, C]), 0.02)
    assert tells_tiles(path)
    read = read_tiles_around(path, around)
    assert (read.tiles.ids, read.findings) == ((A, B, C), ())
    assert read_tiles_around(path, box_around(centres([D]), 0.02)).tiles.ids == (D,)
    assert read_tiles_around(path, box_around(centres([overseas.tile]), 0.1)).tiles.ids == (
        overseas.tile,
    )


@pytest.mark.parametrize("content", [b"", b"id,lon,lat\n1,2,3\n"])
@pytest.mark.parametrize("name", ["points.csv", "points.gpkg", "points.geojson"])
def test_other_files_tell_no_tiles(tmp_path: Path, name: str, content: bytes) -> None:
    """Nothing is taken for tiles but what has their columns."""
    (tmp_path / name).write_bytes(content)
    assert not tells_tiles(tmp_path / name)


@pytest.mark.parametrize("write", [write_csv, write_gpkg])
def test_doubtful_tiles_are_findings(tmp_path: Path, write: Writer) -> None:
    """A name or a number that cannot be read leaves the tile out; a repeated one counts once."""
    rows = (
        *ROWS,
        Told("CRS3035", "62000"),
        Told(D, "62000", people="-3"),
        Told(A, "62000", people="99"),
    )
    found = read(tmp_path, write, 2019, rows)
    assert found.tiles.ids == (A, B, C)
    assert [f.code for f in found.findings] == [TILE_UNREADABLE.code, TILE_TWICE.code]
    assert "2 carreaux" in found.findings[0].message


def test_a_figure_that_is_not_told_leaves_the_tile_out(tmp_path: Path) -> None:
    """Empty is not zero."""
    found = read(tmp_path, write_csv, 2019, (Told(A, "62000", people=""),))
    assert (found.tiles.ids, len(found.findings)) == ((), 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("carreaux.csv", b"", "vide"),
        ("carreaux.csv", b"id,lon,lat\n1,2,3\n", "idcar_200m, lcog_geo"),
        ("carreaux.gpkg", b"not a geopackage", "GeoPackage"),
        ("carreaux.zip", b"PK", "archive"),
    ],
)
def test_a_file_of_no_tiles_is_told(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """One error that says what was looked for."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnusableFile, match=said):
        read_tiles(path, LAND)


def test_a_torn_file_is_told(tmp_path: Path) -> None:
    """A line of another length is no file of INSEE's."""
    path = write_csv(tmp_path / "carreaux.csv", 2019, ROWS)
    path.write_text(path.read_text() + "62000,1\n" * 3, encoding="utf-8")
    with pytest.raises(UnusableFile, match="ne se lit pas"):
        read_tiles(path, LAND)


@pytest.mark.parametrize(
    ("module", "write", "extra"),
    [("duckdb", write_csv, "linking"), ("pyogrio", write_gpkg, "exports")],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, write: Writer, extra: str
) -> None:
    """What to install is said, in French."""
    path = write(tmp_path / ("t.csv" if write is write_csv else "t.gpkg"), 2019, ROWS)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=rf"maillage\[{extra}\]"):
        read_tiles(path, LAND)
