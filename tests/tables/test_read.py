"""Laws of the one door through which all files of rows come in."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from maillage.kernel.errors import UnusableFile
from maillage.tables.model import TableKind
from maillage.tables.read import read_table


def written(folder: Path, content: bytes | str, name: str = "lieux.csv") -> Path:
    """Write a file as a user would give it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(UnusableFile) as refused:
        read_table(path)
    return str(refused.value)


def test_the_content_counts_and_not_the_name(tmp_path: Path) -> None:
    """A JSON file named .csv is read as JSON."""
    table = read_table(written(tmp_path, '[{"nom": "CCAS de Béthune"}]', "lieux.csv"))
    assert table.kind is TableKind.JSON
    assert table.rows[0].cells == {"nom": "CCAS de Béthune"}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 blah", "document PDF"),
        (b"\x89PNG\r\n\x1a\n....", "image PNG"),
        (b"\xff\xd8\xff\xe0....", "image JPEG"),
        (b"\x1f\x8b\x08....", "archive gzip"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "page web"),
        (b'<?xml version="1.0"?><a/>', "fichier XML"),
    ],
)
def test_what_holds_no_rows_is_refused_by_its_name(
    tmp_path: Path, content: bytes, name: str
) -> None:
    """A file of another kind named .csv is refused in words that say what it is."""
    assert name in refusal(written(tmp_path, content))


@pytest.mark.parametrize(
    ("entry", "name"), [("photo.jpg", "archive ZIP"), ("word/document.xml", "document Word")]
)
def test_an_archive_is_told_from_a_spreadsheet(tmp_path: Path, entry: str, name: str) -> None:
    """A zip that is not a spreadsheet is refused as what it holds."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(entry, "x")
    assert name in refusal(written(tmp_path, archive.getvalue()))


def test_a_cut_archive_is_refused_as_cut(tmp_path: Path) -> None:
    """A spreadsheet whose download stopped half-way is said to be damaged."""
    assert "abîmée ou coupée" in refusal(written(tmp_path, b"PK\x03\x04 cut here"))


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\x00" * 4096])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    """Nothing, blanks, a lone byte-order mark or zeros are one clear refusal."""
    assert "est vide" in refusal(written(tmp_path, content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """What isn't there, or is a folder, is refused without a traceback."""
    assert "n'existe pas" in refusal(tmp_path / "absent.csv")
    assert "dossier" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("chunk", "name"),
    [
        (bytes(range(256)) * 4096, "illisible"),
        (b"a" * (1 << 20), "démesurées"),
        (b"[" * (1 << 20), "trop profondément"),
        (b'[{"a": 1}, garbage ' * 60_000, "mal écrit"),
        (b"nom;code\n" * 120_000, "200 Mo"),
    ],
    ids=["bytes", "one-line", "nested", "not-json", "endless-rows"],
)
def test_garbage_of_200_megabytes_is_refused_from_its_beginning(
    tmp_path: Path, chunk: bytes, name: str
) -> None:
    """Huge garbage is refused within 64 MiB of memory, by what its beginning shows."""
    path = tmp_path / "garbage.csv"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(chunk[: 1 << 20].ljust(1 << 20, b" "))
    tracemalloc.start()
    sentence = refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert name in sentence
    assert peak < 64 << 20


def test_geojson_gives_the_point_and_the_properties(tmp_path: Path) -> None:
    """A feature becomes its properties, with longitude and latitude where they have none."""
    features = [
        {
            "type": "Feature",
            "properties": {"nom": "CCAS", "latitude": None},
            "geometry": {"type": "Point", "coordinates": [2.64, 50.53]},
        },
        {
            "type": "Feature",
            "properties": {"nom": "Bus", "latitude": "50.1", "longitude": "2.1"},
            "geometry": {"type": "Point", "coordinates": [0, 0]},
        },
        {"type": "Feature", "properties": {"nom": "Zone"}, "geometry": {"type": "Polygon"}},
        {"type": "Feature", "properties": {"nom": "Nulle part"}, "geometry": None},
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    table = read_table(written(tmp_path, text, "lieux.geojson"))
    assert table.kind is TableKind.GEOJSON
    assert [dict(row.cells) for row in table.rows] == [
        {"nom": "CCAS", "longitude": "2.64", "latitude": "50.53"},
        {"nom": "Bus", "latitude": "50.1", "longitude": "2.1"},
        {"nom": "Zone"},
        {"nom": "Nulle part"},
    ]
    assert [f.code for f in table.findings] == ["feature-not-a-point"]


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("name", "n_rows"),
    [
        ("lieux/bibliotheques-2020.csv", 15_779),
        ("lieux/conseillers-numeriques-2022.json", 4_930),
        ("lieux/portrea-2023-05.geojson", 1_741),
        ("lieux/aidants-connect-2024-02.csv", 5_227),
        ("lieux/france-services-2024-08.csv", 2_845),
        ("lieux/hubs/hinaura.json", 1_171),
        ("lieux/hubs/bfc-ternum.csv", 697),
        ("insee/communes-france.csv", 34_867),
    ],
)
def test_real_files_are_read_whole(mirror: Path, name: str, n_rows: int) -> None:
    """Each national file of the mirror gives all its rows, with nothing to say of the file."""
    table = read_table(mirror / name)
    assert len(table.rows) == n_rows
    assert table.findings == ()


@pytest.mark.mirror
def test_an_apostrophe_pasted_from_windows_is_mended_and_told(mirror: Path) -> None:
    """The one stray sign of the national services is read as what it was, and said."""
    table = read_table(mirror / "lieux" / "data-inclusion-services.json")
    assert len(table.rows) == 4_261
    (finding,) = table.findings
    assert finding.code == "cell-stray-signs"
    assert (finding.value or "").startswith("L’épicerie solidaire")


@pytest.mark.mirror
def test_line_numbers_are_those_of_an_editor(mirror: Path) -> None:
    """In a real file whose cells hold line breaks, a row's line is where its text begins."""
    path = mirror / "lieux" / "aidants-connect-2024-02.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    for row in read_table(path).rows[::97]:
        assert row.cells["UUID"] in lines[row.line - 1]
