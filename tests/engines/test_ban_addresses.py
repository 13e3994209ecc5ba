"""Laws of the reading of the Base Adresse Nationale, on samples in the published form."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.builders import make_territory
from tests.engines.home_samples import BAN, Address, ban_text, write_ban

from maillage.directory.geocoding.read_book import NO_POINT
from maillage.engines.ban_addresses import ADDRESS_TWICE, read_addresses
from maillage.kernel.errors import MissingExtra, UnusableFile

LAND = make_territory(2)  # communes 62000 and 62001
ROWS = (
    Address("62001", 2.64, 50.53),
    Address("62000", 2.65, 50.54),
    Address("59350", 3.06, 50.63),
    Address("62000", 2.66, 50.55, number="0"),
    Address("62000", 2.66, 50.55, number="99999"),
)


@pytest.mark.parametrize("name", ["adresses-62.csv", "adresses-62.csv.gz"])
def test_addresses_of_the_territory_are_read(tmp_path: Path, name: str) -> None:
    """Zipped or not; neighbours' are left, and ways without a number."""
    for rows in (ROWS, ROWS[::-1]):
        read = read_addresses(write_ban(tmp_path / name, rows), LAND)
        found = sorted(zip(read.addresses.communes, read.addresses.points.tolist(), strict=True))
        assert found == [("62000", [2.65, 50.54]), ("62001", [2.64, 50.53])]
        assert read.findings == ()


def test_a_local_base_is_read(tmp_path: Path) -> None:
    """The BAL's own names of columns; an address of two positions counts once, and it is told."""
    path = tmp_path / "bal.csv"
    header = "cle_interop;numero;commune_insee;x;y;long;lat\n"
    rows = "62000_0001_00001;1;62000;1;2;2.65;50.54\n62000_0001_00001;1;62000;1;2;2.66;50.54\n"
    path.write_text(header + rows, encoding="latin-1")
    read = read_addresses(path, LAND)
    assert read.addresses.points.tolist() == [[2.65, 50.54]]
    assert [f.code for f in read.findings] == [ADDRESS_TWICE.code]


def test_other_encodings_are_read(tmp_path: Path) -> None:
    """A tool that wrote Latin-1 does not stop the reading: no accent is asked for."""
    path = tmp_path / "adresses.csv"
    text = ban_text(ROWS).replace("’", "'")
    path.write_bytes(text.encode("latin-1"))
    assert len(read_addresses(path, LAND).addresses.communes) == 2


def test_doubtful_addresses_are_findings(tmp_path: Path) -> None:
    """Coordinates that cannot be read, or are nowhere, leave the address out."""
    rows = (*ROWS, Address("62000", "", ""), Address("62000", 0, 0), Address("62000", 686000, 7e6))
    read = read_addresses(write_ban(tmp_path / "a.csv", rows), LAND)
    assert len(read.addresses.communes) == 2
    assert [f.code for f in read.findings] == [NO_POINT.code]
    assert ": 3 (" in read.findings[0].message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"id,lon,lat\n1,2,3\n", "numero, code_insee"),
        (b"\x1f\x8b\x08broken", "ne s'ouvre pas"),
        (ban_text((Address("62000", 686000, 7048000),)).encode(), "Lambert 93"),
        (f"{BAN}\n{'a;b;c' * 40}\n".encode(), "ne se lit pas"),
    ],
)
def test_a_file_of_no_addresses_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    """One error says what was looked for."""
    path = tmp_path / "adresses.csv"
    path.write_bytes(content)
    with pytest.raises(UnusableFile, match=said):
        read_addresses(path, LAND)


def test_without_duckdb_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said, in French."""
    path = write_ban(tmp_path / "a.csv", ROWS)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r"maillage\[linking\]"):
        read_addresses(path, LAND)
