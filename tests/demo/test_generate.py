"""The verb: the same bytes for the same seed, everywhere, in the formats of the real mirror."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from maillage.demo.generate import DEFAULT_SEED, DESCRIPTION, LEDGER, generate
from maillage.demo.mess import MESS

PINNED = "4678b32c5fd8f3a6a8b76f95cb5235dcfa0647194b5a931a04c3a02ae4cb5f2f"
N_FILES = 23


def folder_sha256(folder: Path) -> str:
    """Return one checksum of all files of a folder, paths included."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def test_pinned_bytes(demo: Path) -> None:
    """Every machine makes the same default territory, byte for byte."""
    assert folder_sha256(demo) == PINNED


def test_same_seed_same_bytes(demo: Path, tmp_path: Path) -> None:
    """Made twice, the territory is the same."""
    generate(tmp_path, DEFAULT_SEED)
    assert folder_sha256(tmp_path) == folder_sha256(demo)


def test_hash_order_changes_nothing(demo: Path, tmp_path: Path) -> None:
    """Another process with another order of hashes makes the same bytes."""
    code = (
        "from pathlib import Path; from maillage.demo.generate import generate; "
        f"generate(Path({str(tmp_path)!r}))"
    )
    source = Path(__file__).parents[2] / "src"
    for hash_seed in ("1", "4242"):
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(source)}
        subprocess.run([sys.executable, "-c", code], env=env, check=True)
        assert folder_sha256(tmp_path) == folder_sha256(demo)


def test_another_seed_is_another_territory(demo: Path, tmp_path: Path) -> None:
    """Another seed changes communes, figures and places."""
    generate(tmp_path, DEFAULT_SEED + 1)
    for name in (
        "insee/communes-france.csv",
        "fragilite/ifn-city-all-variation.csv",
        "lieux/portrea-2023-05.geojson",
    ):
        assert (tmp_path / name).read_bytes() != (demo / name).read_bytes()


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 5, 6, 7, 2026, -5])
def test_any_seed_makes_a_whole_territory(seed: int, tmp_path: Path) -> None:
    """Whatever the seed, 41 communes and more than a hundred places come out."""
    made = generate(tmp_path, seed)
    assert made.n_communes == 41
    assert 110 <= made.n_places <= 160
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == N_FILES
    ledger = json.loads((tmp_path / LEDGER).read_text(encoding="utf-8"))
    assert len(ledger["rows"]) == sum(mess.times for mess in MESS)


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """What a user keeps in the folder stays there."""
    mine = tmp_path / "lieux" / "mes-lieux.csv"
    mine.parent.mkdir()
    mine.write_text("nom\n", encoding="utf-8")
    generate(tmp_path)
    assert mine.read_text(encoding="utf-8") == "nom\n"


def test_it_says_that_it_is_fictional(demo: Path) -> None:
    """The folder says of itself, in French, that nothing in it is real."""
    told = json.loads((demo / DESCRIPTION).read_text(encoding="utf-8"))
    ledger = json.loads((demo / LEDGER).read_text(encoding="utf-8"))
    assert told["fictional"] is ledger["fictional"] is True
    assert "fictif" in told["banner"]
    assert told["siren"] == "999999998"
    assert "41 communes" in told["presentation"]


def _same_columns(real: Path, made: Path) -> None:
    separator = ";" if real.name.startswith("bibliotheques") else ","
    with real.open(encoding="utf-8", newline="") as lines:
        expected = next(csv.reader(lines, delimiter=separator))
    encoding = "cp1252" if separator == ";" else "utf-8"
    with made.open(encoding=encoding, newline="") as lines:
        assert next(csv.reader(lines, delimiter=separator)) == expected


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("real", "made"),
    [
        ("insee/communes-france.csv", "insee/communes-france.csv"),
        ("insee/epci-france.csv", "insee/epci-france.csv"),
        (
            "insee/indicateurs-communes-200072460.csv",
            "insee/indicateurs-communes-999999998.csv",
        ),
        ("fragilite/ifn-city-all-variation.csv", "fragilite/ifn-city-all-variation.csv"),
        ("fragilite/ifn-epci-all-variation.csv", "fragilite/ifn-epci-all-variation.csv"),
        ("lieux/france-services-2024-08.csv", "lieux/france-services-2024-08.csv"),
        ("lieux/aidants-connect-2024-02.csv", "lieux/aidants-connect-2024-02.csv"),
        ("lieux/bibliotheques-2020.csv", "lieux/bibliotheques-2020.csv"),
        ("lieux/mairies-200072460.csv", "lieux/mairies-999999998.csv"),
    ],
)
def test_columns_are_those_of_the_real_files(
    real: str, made: str, mirror: Path, demo: Path
) -> None:
    """Each table has the columns of the real one, in the same order."""
    _same_columns(mirror / real, demo / made)


def _first(folder: Path, path: str) -> dict[str, Any]:
    told = json.loads((folder / path).read_text(encoding="utf-8"))
    first = told[0] if isinstance(told, list) else told
    assert isinstance(first, dict)
    return first


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("real", "made"),
    [
        ("geo.api.gouv.fr/epcis.json",) * 2,
        ("geo.api.gouv.fr/epcis/200072460.json", "geo.api.gouv.fr/epcis/999999998.json"),
        (
            "geo.api.gouv.fr/epcis/200072460/communes.json",
            "geo.api.gouv.fr/epcis/999999998/communes.json",
        ),
        ("fragilite/illectronisme-insee-epci-hdf.json",) * 2,
        ("lieux/portrea-2023-05.geojson",) * 2,
    ],
)
def test_keys_are_those_of_the_real_files(real: str, made: str, mirror: Path, demo: Path) -> None:
    """Each JSON file has the keys of the real one, and values of the same types."""
    expected, got = _first(mirror, real), _first(demo, made)
    if "features" in expected:
        expected = expected["features"][0]["properties"]
        got = got["features"][0]["properties"]
    assert list(got) == list(expected)
    for key, value in expected.items():
        if value is not None and got[key] is not None:
            numbers = isinstance(value, int | float) and isinstance(got[key], int | float)
            assert numbers or type(got[key]) is type(value), key


@pytest.mark.mirror
def test_counsellors_have_the_keys_of_the_real_file(mirror: Path, demo: Path) -> None:
    """Every key of the fictional file of Conseillers numériques is one of the real file."""
    path = "lieux/conseillers-numeriques-2022.json"
    real = {k for row in json.loads((mirror / path).read_text(encoding="utf-8")) for k in row}
    made = {k for row in json.loads((demo / path).read_text(encoding="utf-8")) for k in row}
    assert made <= real
    assert {"id", "nom", "services", "horaires", "structureId"} <= made
