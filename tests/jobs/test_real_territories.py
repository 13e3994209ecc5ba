"""The main job on real data: CA Béthune-Bruay whole, and territories of each département."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import frictionless
import jsonschema
import pytest

CABBALR = "200072460"
ON = "2026-11-22"
SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
# Nord and Pas-de-Calais (59, 62), Aisne (02), Oise (60), Somme (80), and one over two regions.
OTHERS = ("245900758", "200033579", "200071892", "200067999", "248000531", "247600588")


def _diagnose(siren: str, mirror: Path, out: Path) -> subprocess.CompletedProcess[str]:
    options = ["--mirror", str(mirror), "--out", str(out), "--on", ON, "--quiet"]
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "maillage", "diagnose", siren, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def cabbalr(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Diagnose CA Béthune-Bruay once and give the folder of its products."""
    out = tmp_path_factory.mktemp("cabbalr") / "out"
    done = _diagnose(CABBALR, mirror, out)
    assert (done.returncode, done.stderr) == (0, "")
    return out


@pytest.fixture(scope="module")
def document(cabbalr: Path) -> dict:
    """Give the diagnosis of CA Béthune-Bruay as data."""
    return json.loads((cabbalr / "diagnosis.json").read_bytes())


@pytest.mark.mirror
def test_the_diagnosis_follows_its_schema_and_names_its_data(document: dict) -> None:
    """The document is under its schema; every source read is named with publisher and licence."""
    schema = json.loads((SCHEMAS / "diagnosis-1.0.schema.json").read_bytes())
    jsonschema.validate(document, schema)
    read = {dataset["source_id"] for dataset in document["data"]}
    assert {"api-geo-communes", "ifn-communes", "portrea", "mairies", "france-services"} <= read
    assert all(d["publisher"] and d["licence"] and d["vintage"] for d in document["data"])
    assert document["engine"]["name"] == "straight-line"
    assert all(p["source"] and p["since"] for p in document["parameters"])


@pytest.mark.mirror
def test_what_is_known_of_the_territory(document: dict, cabbalr: Path) -> None:
    """The 100 communes are there, and the published illectronisme is told as published."""
    zones = json.loads((cabbalr / "zones.geojson").read_bytes())["features"]
    assert len(zones) == 100
    html = (cabbalr / "report.html").read_text(encoding="utf-8")
    told = re.sub(r"[\u00a0\u202f]", " ", html)
    assert "38 584" in told
    assert "17,3 %" in told
    assert document["territory"]["siren"] == CABBALR


@pytest.mark.mirror
def test_the_two_files_of_places_add_up_to_the_directory(cabbalr: Path, document: dict) -> None:
    """Each permanence is in one file and one only; no date was invented for those that had none."""
    whole, lacking = _rows(cabbalr / "lieux.csv"), _rows(cabbalr / "lieux-incomplets.csv")
    ids = [row["id"] for row in (*whole, *lacking)]
    assert len(ids) == len(set(ids)) == document["result"]["supply"]["n_permanences"]
    assert all(row["date_maj"] for row in whole)
    assert all(row["constat_code"] and row["constat_message"] for row in lacking)


@pytest.mark.mirror
def test_the_places_are_valid_in_the_national_schema(cabbalr: Path, reference: Path) -> None:
    """``lieux.csv`` passes the published Table Schema, by the published tool."""
    with frictionless.system.use_context(trusted=True):
        schema = frictionless.Schema.from_descriptor(str(reference / "mednum-schema-1.0.2.json"))
        report = frictionless.Resource(path=str(cabbalr / "lieux.csv"), schema=schema).validate()
    assert report.stats["errors"] == 0
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.tasks[0].stats["rows"] == len(_rows(cabbalr / "lieux.csv")) > 100


@pytest.mark.mirror
def test_the_report_stands_alone(cabbalr: Path) -> None:
    """The page asks nothing of any network and runs no script; it stays light."""
    html = (cabbalr / "report.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert re.findall(r'(?:src|srcset|poster)="(?!data:|#)', html) == []
    assert re.findall(r"url\((?!#|[\"']?data:)", html) == []
    assert re.findall(r'<link[^>]+rel="(?:stylesheet|preload)', html) == []
    assert len(html.encode()) < 1_500_000


@pytest.mark.mirror
def test_doubts_about_the_real_files_are_told(cabbalr: Path) -> None:
    """« Uniscités », 21 km off, and the town hall of Hinges, 8 km off, are among the findings."""
    findings = _rows(cabbalr / "findings.csv")
    off = [row["sujet"] for row in findings if row["code"] == "coordinates-outside"]
    assert any("Uniscités" in subject for subject in off)
    assert any("Hinges" in subject for subject in off)


@pytest.mark.full  # the demo's bytes are held by the ordinary suite
@pytest.mark.mirror
def test_the_same_inputs_give_the_same_bytes(cabbalr: Path, mirror: Path, tmp_path: Path) -> None:
    """Diagnosed again with the same ``--on``, every product is the same, PDF included."""
    assert _diagnose(CABBALR, mirror, tmp_path / "again").returncode == 0

    def digests(folder: Path) -> Iterator[tuple[str, str]]:
        for path in sorted(folder.iterdir()):
            yield path.name, hashlib.sha256(path.read_bytes()).hexdigest()

    assert list(digests(cabbalr)) == list(digests(tmp_path / "again"))


@pytest.mark.full
@pytest.mark.mirror
@pytest.mark.parametrize("siren", OTHERS)
def test_other_territories_are_diagnosed_too(siren: str, mirror: Path, tmp_path: Path) -> None:
    """An EPCI of each département works without touching anything, and says what it lacks."""
    done = _diagnose(siren, mirror, tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads((tmp_path / "out" / "diagnosis.json").read_bytes())
    unknown = {item["code"] for item in document["result"]["unknowns"]}
    assert "no-streets" in unknown
    assert "published-index-only" in unknown


@pytest.mark.mirror
@pytest.mark.full
@pytest.mark.parametrize("part", range(8))
def test_every_epci_of_the_mirror_is_diagnosed(part: int, mirror: Path, tmp_path: Path) -> None:
    """All 92 EPCI of Hauts-de-France, in eight parts, give their whole set of products."""
    listed = json.loads((mirror / "geo.api.gouv.fr" / "epcis.json").read_bytes())
    assert len(listed) == 92
    failed = {}
    for siren in [epci["code"] for epci in listed][part::8]:
        done = _diagnose(siren, mirror, tmp_path / siren)
        if done.returncode != 0 or done.stderr or len(list((tmp_path / siren).iterdir())) != 7:
            failed[siren] = done.stderr
    assert failed == {}
