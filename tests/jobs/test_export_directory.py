"""The directory given away in five formats: whole or not at all, the same bytes, nothing live."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.jobs.giving import EVIL, ON, evil_work, sample_work, writers

from maillage.jobs.export_directory import export_directory, losses_csv
from maillage.jobs.ports import Exported, TerritoryWork
from maillage.kernel.errors import OutputError
from maillage.kernel.progress import Silent
from maillage.tables.write import neutral

ROOT = Path(__file__).parents[2]
FILES = {
    "annuaire.csv",
    "annuaire-incomplets.csv",
    "annuaire-structures.json",
    "annuaire-services.json",
    "annuaire-refus.csv",
    "annuaire.geojson",
    "annuaire.gpkg",
    "annuaire.xlsx",
} | {
    f"annuaire.{name}.pertes.csv"
    for name in ("mednum", "data-inclusion", "geojson", "gpkg", "xlsx")
}
AGAIN = """
import sys
from pathlib import Path
from tests.jobs.giving import ON, sample_work, writers
from maillage.jobs.export_directory import export_directory
from maillage.kernel.progress import Silent
export_directory(sample_work(), writers(), Path(sys.argv[1]) / "annuaire", on=ON, progress=Silent())
"""


class Refusing:
    """A writer that fails after the others are done."""

    format = "refusing"
    suffixes = (".no",)

    def write(self, work: TerritoryWork, stem: Path, on: dt.date) -> Exported:
        """Write half of a file, and fail."""
        stem.with_name(stem.name + ".no").write_bytes(b"half")
        raise PermissionError(13, "refused")


def give(work: TerritoryWork, folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of every format, by name."""
    export_directory(work, writers(), folder / "annuaire", on=ON, progress=Silent())
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_format_is_there_with_its_losses(tmp_path: Path) -> None:
    """Five formats, each with the table of what it loses, told as it is returned."""
    given_ = export_directory(
        sample_work(), writers(), tmp_path / "annuaire", on=ON, progress=Silent()
    )
    assert {path.name for path in tmp_path.iterdir()} == FILES
    assert [each.format for each in given_] == [
        "mednum",
        "data-inclusion",
        "geojson",
        "gpkg",
        "xlsx",
    ]
    for each in given_:
        assert all(path.is_file() for path in each.exported.paths)
        assert each.losses_path.read_bytes() == losses_csv(each.exported.losses)


def test_nothing_is_put_in_place_when_one_fails(tmp_path: Path) -> None:
    """What stood there before stays, whole; the error is one French sentence."""
    (tmp_path / "annuaire.csv").write_bytes(b"before")
    with pytest.raises(OutputError, match="pas le droit"):
        export_directory(
            sample_work(), (*writers(), Refusing()), tmp_path / "annuaire", on=ON, progress=Silent()
        )
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"annuaire.csv": b"before"}


def test_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """Made again in a process of its own, with another order of hashes, every file is the same."""
    here = {
        name: hashlib.sha256(told).hexdigest()
        for name, told in give(sample_work(), tmp_path).items()
    }
    there = tmp_path / "there"
    environ = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    subprocess.run([sys.executable, "-c", AGAIN, str(there)], env=environ, check=True, cwd=tmp_path)
    assert here == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in there.iterdir()
    }


def cells_of(name: str, told: bytes) -> list[str]:
    """Return every cell of a CSV file."""
    return [cell for row in csv.reader(io.StringIO(told.decode(), newline="")) for cell in row]


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_is_live_in_any_format(evil: str, tmp_path: Path) -> None:
    """No cell of any file is a formula, and the workbook holds no formula and no link."""
    files = give(evil_work(evil), tmp_path)
    for name, told in files.items():
        if name.endswith(".csv"):
            assert [cell for cell in cells_of(name, told) if neutral(cell) != cell] == []
    with zipfile.ZipFile(io.BytesIO(files["annuaire.xlsx"])) as book:
        pages = [book.read(name) for name in book.namelist() if "worksheets" in name]
    assert len(pages) == 5
    assert not any(b"<f>" in page or b"hyperlink" in page.lower() for page in pages)
    book_read = openpyxl.load_workbook(io.BytesIO(files["annuaire.xlsx"]))
    assert {cell.data_type for row in book_read["Lieux"].iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("evil", EVIL)
def test_evil_names_are_kept_as_they_are_where_nothing_runs(evil: str, tmp_path: Path) -> None:
    """GeoJSON, data·inclusion and GeoPackage hold the very text: only spreadsheets run it."""
    files = give(evil_work(evil), tmp_path)
    features = json.loads(files["annuaire.geojson"])["features"]
    assert {feature["properties"]["nom"] for feature in features} == {evil}
    assert {each["nom"] for each in json.loads(files["annuaire-structures.json"])} == {evil}
    with sqlite3.connect(tmp_path / "annuaire.gpkg") as base:
        assert set(base.execute("select nom from lieux")) == {(evil,)}
    base.close()


@pytest.mark.parametrize("evil", EVIL)
def test_phones_stay_phones(evil: str, tmp_path: Path) -> None:
    """+33… is written as the national schema wants it, with no apostrophe, beside evil names."""
    files = give(evil_work(evil), tmp_path)
    rows = csv.DictReader(io.StringIO(files["annuaire.csv"].decode(), newline=""))
    phones = {row["telephone"] for row in rows}
    assert phones == {"", "+33321000001"}
    book = openpyxl.load_workbook(io.BytesIO(files["annuaire.xlsx"]))
    head = [cell.value for cell in next(book["Permanences"].iter_rows(max_row=1))]
    cells = list(book["Permanences"].columns)[head.index("Téléphone")][1:]
    assert {cell.value for cell in cells} == {None, "+33321000001"}


@given(st.sampled_from("=+-@\t\r＝＋－＠"), st.text(max_size=12))
def test_no_cell_begins_a_formula(sign: str, rest: str) -> None:
    """Whatever follows a sign that spreadsheets run, the cell becomes text or is a plain number."""
    cell = neutral(sign + rest)
    assert cell.startswith("'") or set(cell[1:]) <= set("0123456789 .,")
