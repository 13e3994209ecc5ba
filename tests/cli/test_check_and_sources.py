"""Checking a file and listing the sources, as a coordinator does."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.conftest import Run

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)
HEAD = "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,date_maj,services\n"
GOOD = "1,,CCAS de Béthune,Béthune,62400,62119,286 rue Fernand Bar,50.533,2.634,2026-01-05,\n"
SWAPPED = "2,,CCAS de Lillers,Lillers,62190,62516,18 rue Neuve,2.481,50.563,05/01/2026,\n"
NAMELESS = "3,,,Auchel,62260,62048,Place André Mancey,50.503,2.467,2026-01-05,\n"


def test_a_good_file_has_nothing_to_correct(run: Run, tmp_path: Path) -> None:
    """A file without fault is exit code 0 and says how many rows it read."""
    (tmp_path / "lieux.csv").write_text(HEAD + GOOD, encoding="utf-8")
    said = run("check", "lieux.csv", "--quiet")
    assert said.code == 0
    assert "1\u00a0enregistrement" in said.out


def test_a_required_field_that_is_empty_is_to_be_mended(run: Run, tmp_path: Path) -> None:
    """A row of the national schema without date is an error with its line, and exit code 10."""
    row = "2,,CCAS,Lillers,62190,62516,18 rue Neuve,50.563,2.481,,\n"
    (tmp_path / "lieux.csv").write_text(HEAD + GOOD + row, encoding="utf-8")
    said = run("check", "lieux.csv", "--json")
    assert said.code == 10
    (lack,) = json.loads(said.out)["findings"]
    assert (lack["code"], lack["line"], lack["field"]) == ("required-missing", 3, "date_maj")


def test_doubts_are_told_by_line(run: Run, tmp_path: Path) -> None:
    """Swapped coordinates are told with their line; a nameless row is an error: exit code 10."""
    (tmp_path / "lieux.csv").write_text(HEAD + GOOD + SWAPPED + NAMELESS, encoding="utf-8")
    said = run("check", "lieux.csv", "--quiet")
    assert said.code == 10
    assert "ligne 3" in said.out
    assert "ligne 4" in said.out
    assert "invers" in said.out
    assert said.out.index("ligne 4") < said.out.index("ligne 3")


def test_the_json_of_a_check_follows_its_schema(run: Run, tmp_path: Path) -> None:
    """``check --json`` prints one document under the published schema, findings included."""
    (tmp_path / "lieux.csv").write_text(HEAD + SWAPPED, encoding="utf-8")
    document = json.loads(run("check", "lieux.csv", "--json").out)
    jsonschema.validate(document, SCHEMA)
    assert [f["line"] for f in document["findings"]] == [2] * len(document["findings"])
    assert document["result"]["n_rows"] == 1


@pytest.mark.mirror
def test_communes_are_held_against_the_national_list(
    run: Run, tmp_path: Path, mirror: Path
) -> None:
    """A postal code given for an INSEE code, a commune that merged and one far off are all told."""
    rows = (
        "1,,CCAS,Béthune,62119,,rue A,50.533,2.634,2026-01-05,\n"
        "2,,Mairie,Locquignol-Disparue,59999,59998,rue B,,,2026-01-05,\n"
        "3,,Mairie,Lillers,62190,62516,rue C,48.85,2.35,2026-01-05,\n"
    )
    (tmp_path / "lieux.csv").write_text(HEAD + rows, encoding="utf-8")
    said = run("check", "lieux.csv", "--json", "--mirror", str(mirror))
    findings = json.loads(said.out)["findings"]
    codes = {f["code"]: f["line"] for f in findings if f["severity"] != "info"}
    assert codes["insee-code-as-postal"] == 2
    assert codes["commune-not-listed"] == 3
    assert codes["coordinates-outside"] == 4


@pytest.mark.full
@pytest.mark.mirror
def test_every_table_of_the_mirror_is_known_or_refused_clearly(run: Run, mirror: Path) -> None:
    """Each file of places, of figures or of communes of the mirror is recognised and read."""
    for name, kind in {
        "lieux/france-services-2024-08.csv": "france-services",
        "lieux/mairies-200072460.csv": "mairies",
        "insee/indicateurs-communes-200072460.csv": "indicateurs-communes",
        "insee/iris-200072460.csv": "iris",
        "insee/qpv-200072460.csv": "qpv",
        "insee/epci-france.csv": "epci-france",
        "fragilite/ifn-epci-all-variation.csv": "ifn-epci",
        "geo.api.gouv.fr/epcis/200072460/communes.json": "api-geo-communes",
    }.items():
        said = run("check", str(mirror / name), "--json")
        assert json.loads(said.out)["result"]["kind"] == kind
    refused = run("check", str(mirror / "enquetes" / "diagnostic-maubeuge-2021.pdf"))
    assert refused.code == 3
    assert "PDF" in refused.err


def test_sources_are_listed_with_their_licence(run: Run) -> None:
    """Each source is told with its publisher, licence, address or « unknown », and its copies."""
    said = run("sources")
    assert said.code == 0
    assert "api-geo-communes" in said.out
    assert "live: unknown" in said.out
    assert "seulement si on le demande" in said.out
    assert "Licence Ouverte" in said.out


def test_the_json_of_the_sources_follows_its_schema(run: Run) -> None:
    """``sources --json`` prints one document under the published schema."""
    jsonschema.validate(json.loads(run("sources", "--json").out), SCHEMA)
