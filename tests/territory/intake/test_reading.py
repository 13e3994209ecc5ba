"""Files opened and cells turned into numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.territory.sample import dataset, local

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.geometry import Point
from maillage.kernel.provenance import LocalFile
from maillage.tables.limits import MAX_BYTES
from maillage.territory.intake.reading import (
    degrees,
    figure,
    french_number,
    people,
    read_columns,
    read_json,
)

HERE = Where("source", 3, "62119")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[{"nom": "B\xc3\xa9thune"},\n{"nom": "Li', r"ligne 2.*coup"),
        (b'[{"nom": "A"},\n\n{"nom": "Caf\xe9"}]', r"ligne 3.*UTF-8"),
        (b"", r"vide"),
        (b"\xef\xbb\xbf \n", r"vide"),
        (b"<html>Too many requests</html>", r"ligne 1.*pas du JSON.*html"),
        (b"[" * 100_000, r"embo"),
    ],
)
def test_what_is_not_json_is_one_error_with_its_line(
    tmp_path: Path, content: bytes, message: str
) -> None:
    """Cut, ill-encoded, empty or foreign files are one clear error naming file and line."""
    path = tmp_path / "communes.json"
    path.write_bytes(content)
    with pytest.raises(UnusableFile, match=message) as caught:
        read_json(LocalFile(path, dataset("api-geo-communes")))
    assert "communes.json" in str(caught.value)


def test_a_number_of_thousands_of_digits_is_one_error(tmp_path: Path) -> None:
    """An integer longer than Python reads is a clear error, not a bare ValueError."""
    file = local(tmp_path, "api-geo-epci", '{"code": ' + "9" * 5000 + "}")
    with pytest.raises(UnusableFile, match=r"milliers de chiffres"):
        read_json(file)


def test_a_file_too_heavy_is_refused(tmp_path: Path) -> None:
    """More bytes than any table may have are refused unread, with both sizes."""
    path = tmp_path / "communes.json"
    with path.open("wb") as stream:
        stream.write(b"[")
        stream.truncate(MAX_BYTES + (1 << 20))
    with pytest.raises(UnusableFile, match=r"65 Mo.*64 Mo"):
        read_json(LocalFile(path, dataset("api-geo-communes")))


def test_a_file_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    """An absent file is an UnusableFile, not an OSError."""
    with pytest.raises(UnusableFile, match=r"ne peut pas être lu"):
        read_json(LocalFile(tmp_path / "rien.json", dataset("api-geo-epci")))


def test_json_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """A mark that some editors write in front changes nothing."""
    path = tmp_path / "a.json"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}')
    assert read_json(LocalFile(path, dataset("a"))) == {"a": 1}


def test_absent_columns_are_named(tmp_path: Path) -> None:
    """A table without its columns is refused with their names."""
    file = local(tmp_path, "ifn", "code,name\n1,a\n", "csv")
    with pytest.raises(UnusableFile, match=r"total, rate"):
        read_columns(file, ("code", "total", "rate"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17,3", 17.3),
        ("38\u202f584", 38584.0),
        ("38\u00a0584", 38584.0),
        ("1 234,5", 1234.5),
        ("-2", -2.0),
        ("n.d.", None),
        ("", None),
        ("nan", None),
        ("inf", None),
        ("1_000", None),
    ],
)
def test_french_and_english_numbers(text: str, value: float | None) -> None:
    """Any space parts thousands, a comma is the decimal sign; what is no finite number is None."""
    assert french_number(text) == value


def test_a_figure_is_told_unless_unreadable_or_out_of_bounds() -> None:
    """Not published is None without doubt; unreadable and impossible are None with a doubt."""
    doubts: list[Finding] = []
    values = [figure(t, (0.0, 100.0), HERE, doubts) for t in (None, "0", "12,5", "abc", "101")]
    assert values == [None, 0.0, 12.5, None, None]
    assert [d.code for d in doubts] == ["figure-unreadable", "figure-out-of-range"]
    assert all(d.where == HERE for d in doubts)


def test_people_are_whole_and_positive() -> None:
    """A population is a whole number of people, from a number or a text; else it is a doubt."""
    doubts: list[Finding] = []
    told = [people(v, HERE, doubts) for v in (None, "", 0, 25224, "10 193", 1.5, -3, "?", True)]
    assert told == [None, None, 0, 25224, 10193, None, None, None, None]
    assert [d.code for d in doubts] == ["population-unreadable"] * 4


def test_degrees_are_degrees() -> None:
    """A point is longitude then latitude in degrees; metres are a doubt, nothing is nothing."""
    doubts: list[Finding] = []
    assert degrees(2.64, "50,53", HERE, doubts) == Point(2.64, 50.53)
    assert degrees(None, None, HERE, doubts) is None
    assert doubts == []
    assert degrees(687000, 7047000, HERE, doubts) is None
    assert degrees("2.64", None, HERE, doubts) is None
    assert [d.code for d in doubts] == ["coordinates-unreadable"] * 2
