"""Bad files: one clear French sentence, or findings by line; never a traceback, nothing written."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tests.cli.conftest import Said

from maillage.cli.main import main

HEAD = "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,date_maj\n"
ROW = "1,,CCAS de Béthune,Béthune,62400,62119,286 rue Fernand Bar,50.533,2.634,2026-01-05\n"

Check = Callable[[str, bytes], Said]


@pytest.fixture
def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Check:
    """Give a way to check bytes under a name, in an otherwise empty folder."""
    for name in ("MAILLAGE_MIRROR", "MAILLAGE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MAILLAGE_CACHE", str(tmp_path / "no-cache"))
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def ask(name: str, content: bytes) -> Said:
        (folder / name).write_bytes(content)
        monkeypatch.setattr(
            sys, "argv", ["maillage", "check", name, "--json", "--on", "2026-11-22"]
        )
        with pytest.raises(SystemExit) as done:
            main()
        told = capsys.readouterr()
        assert [p.name for p in folder.iterdir()] == [name]
        assert "Traceback" not in told.err
        code = done.value.code
        return Said(code if isinstance(code, int) else 0, told.out, told.err)

    return ask


def _codes(said: Said) -> dict[str, int | None]:
    return {f["code"]: f["line"] for f in json.loads(said.out)["findings"]}


def _book(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("lieux.csv", HEAD + ROW)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("vide.csv", b"", "vide"),
        ("blanc.csv", b"\n \n\n", "vide"),
        ("coupe.json", b'[{"id": "1", "nom": "CCAS"},\n {"id": "2", "no', "ligne 2"),
        ("archive.csv", _zip(), "zip"),
        ("rapport.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(40), "image"),
        ("bruit.csv", bytes(range(256)) * 64, "texte"),
        ("autre.csv", b"prix,date\n3,2026\n", "aucune sorte"),
    ],
)
def test_an_unusable_file_is_one_sentence(
    check: Check, name: str, content: bytes, told: str
) -> None:
    """A file that cannot be used at all is exit code 3 and one sentence that names it and why."""
    said = check(name, content)
    assert said.code == 3, said.out
    assert said.out == ""
    assert name in said.err
    assert told.lower() in said.err.lower()
    assert len(said.err.splitlines()) == 1


def test_two_hundred_megabytes_of_garbage(check: Check) -> None:
    """A huge file that is no data is refused at once."""
    said = check("enorme.csv", b"\x00garbage\xff" * 20_000_000)
    assert said.code == 3
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2,,CCAS,Béthune,62400,62119,rue A,2.634,50.533,2026-01-05\n", "coordinates-swapped"),
        ("2,,CCAS,Béthune,62400,62119,rue A,7050000,690000,2026-01-05\n", "coordinates-lambert-93"),
        ("2,,CCAS,Béthune,62400,62400,rue A,50.533,2.634,2026-01-05\n", "code-insee-is-postal"),
        ("2,,CCAS,Béthune,62400,62119,rue A,50.533,2.634,32/13/2026\n", "date-unreadable"),
        ("2,,,Béthune,62400,62119,rue A,50.533,2.634,2026-01-05\n", "name-missing"),
    ],
)
def test_a_doubtful_value_is_a_finding_by_line(check: Check, row: str, code: str) -> None:
    """A value that cannot be as it is written is a finding with the line of the row."""
    found = _codes(check("lieux.csv", (HEAD + ROW + row).encode()))
    assert found.get(code) == 3, found


@pytest.mark.parametrize("date", ["2026-01-05", "05/01/2026", "2026/01/05", "5 janvier 2026"])
def test_dates_are_read_in_four_formats(check: Check, date: str) -> None:
    """Each way of writing the fifth of January is read, without a doubt."""
    said = check("lieux.csv", (HEAD + ROW.replace("2026-01-05", date)).encode())
    assert (said.code, _codes(said)) == (0, {})


def test_a_file_of_column_names_only(check: Check) -> None:
    """A file with a header and no row is read, and told as such."""
    assert list(_codes(check("entete.csv", HEAD.encode()))) == ["file-without-rows"]


def test_another_encoding_is_read_and_told(check: Check) -> None:
    """A file of an old Windows keeps its accents, and a finding says so."""
    said = check("lieux.csv", (HEAD + ROW).encode("cp1252"))
    assert said.code == 0
    assert list(_codes(said)) == ["file-encoding-guessed"]


def test_mixed_separators_are_told(check: Check) -> None:
    """A row cut by another sign than the header's is read, and told by its line."""
    said = check("lieux.csv", (HEAD + ROW + ROW.replace("1,", "2,", 1).replace(",", ";")).encode())
    assert (said.code, _codes(said)) == (0, {"row-other-separator": 3})
    assert json.loads(said.out)["result"]["n_records"] == 2


def test_a_spreadsheet_with_a_title_row(check: Check) -> None:
    """A title above the header is passed over and told; rows keep their line in the sheet."""
    header = HEAD.strip().split(",")
    row = ["1", None, "CCAS", "Béthune", "62400", "62119", "rue A", 50.533, 2.634, "jamais"]
    said = check("lieux.xlsx", _book(["Lieux de médiation du territoire"], [], header, row))
    found = _codes(said)
    assert json.loads(said.out)["result"]["n_records"] == 1
    assert found["date-unreadable"] == 4
    assert "file-title-rows" in found


def test_a_broken_spreadsheet(check: Check) -> None:
    """A spreadsheet cut in the middle is one sentence."""
    said = check("lieux.xlsx", _book(HEAD.strip().split(","))[:900])
    assert said.code == 3
    assert len(said.err.splitlines()) == 1
