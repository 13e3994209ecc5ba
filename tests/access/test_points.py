"""Points that analysts bring: what is read, what is doubtful, what cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.access.points import read_points
from maillage.kernel.errors import UnusableFile


def _file(folder: Path, text: str) -> Path:
    path = folder / "points.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_points_are_read_with_what_stands_beside_them(tmp_path: Path) -> None:
    """Id, longitude and latitude are read; other columns are kept as they were told."""
    told = read_points(_file(tmp_path, "id,lon,lat,population\na,2.64,50.53,12\nb,2.7,50.5,\n"))
    assert told.ids == ("a", "b")
    assert told.places.tolist() == [[2.64, 50.53], [2.7, 50.5]]
    assert dict(told.points[0].cells) == {"population": "12"}
    assert told.findings == ()


@pytest.mark.parametrize("bad", ["", "nord", "nan", "191"])
def test_a_point_nowhere_is_a_finding_not_a_crash(tmp_path: Path, bad: str) -> None:
    """A row without readable coordinates is left out, and told with its line."""
    told = read_points(_file(tmp_path, f"id,lon,lat\na,{bad},50.5\nb,2.7,50.5\n"))
    assert told.ids == ("b",)
    assert [(f.code, f.where.line) for f in told.findings] == [("point-unreadable", 2)]


def test_two_points_of_one_name_are_one_and_told(tmp_path: Path) -> None:
    """Of two points with the same id the first counts, and a finding says so."""
    told = read_points(_file(tmp_path, "id,lon,lat\na,2.6,50.5\na,2.7,50.5\n"))
    assert told.places.tolist() == [[2.6, 50.5]]
    assert [f.code for f in told.findings] == ["point-twice"]


def test_a_point_without_id_is_named_by_its_line(tmp_path: Path) -> None:
    """Where the id is not told the line stands for it, with a finding."""
    told = read_points(_file(tmp_path, "id,lon,lat\n,2.6,50.5\n"))
    assert (told.ids, [f.code for f in told.findings]) == (("2",), ["point-without-id"])


@pytest.mark.parametrize("text", ["id,nom\na,b\n", "id,lon,lat\na,,\n"])
def test_a_file_without_any_point_cannot_be_used(tmp_path: Path, text: str) -> None:
    """No column of coordinates, or no point at all: one clear error that names the file."""
    with pytest.raises(UnusableFile, match=r"points\.csv"):
        read_points(_file(tmp_path, text))
