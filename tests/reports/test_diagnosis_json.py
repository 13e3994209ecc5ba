"""diagnosis.json under its versioned schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from maillage.diagnosis.model import SCHEMA_VERSION, Diagnosis
from maillage.reports.diagnosis_json import DiagnosisJson, diagnosis_document

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / f"diagnosis-{SCHEMA_VERSION}.schema.json"


@pytest.fixture(scope="module")
def document(diagnosis: Diagnosis) -> dict[str, Any]:
    return dict(json.loads(diagnosis_document(diagnosis)))


def test_it_follows_its_schema(document: dict[str, Any]) -> None:
    """The document is valid against the schema of its version, which is itself valid."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = jsonschema.Draft202012Validator(schema).iter_errors(document)
    assert [f"{e.json_path}: {e.message}" for e in errors] == []


def test_the_envelope_is_that_of_every_command(document: dict[str, Any]) -> None:
    """The keys of the envelope are those of the design, in their order."""
    assert list(document) == [
        "schema_version", "territory", "on", "engine", "data", "parameters", "findings", "result",
    ]  # fmt: skip
    assert document["on"] == "2026-03-02"
    assert document["territory"]["fictional"] is True


def test_what_is_not_known_is_null(document: dict[str, Any], diagnosis: Diagnosis) -> None:
    """NaN and infinity become null; a rank that is not given too; nothing becomes zero."""
    haies = document["result"]["zones"][7]
    assert haies["fragility"]["score"] is None
    assert haies["fragility"]["rank"] is None
    assert haies["population"] is None
    never = [n for n in haies["nearest"] if n["service"] == "Compréhension du monde numérique"]
    assert [(n["minutes"], n["lieu_id"]) for n in never] == [(None, None)] * 3


def test_each_zone_tells_every_service_and_mode(document: dict[str, Any]) -> None:
    """A zone has 10 keys × 3 modes of nearest times, any service told by null."""
    nearest = document["result"]["zones"][0]["nearest"]
    assert len({(n["service"], n["mode"]) for n in nearest}) == len(nearest) == 30
    assert {n["mode"] for n in nearest if n["service"] is None} == {"walk", "bicycle", "car"}


def test_the_same_diagnosis_gives_the_same_bytes(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """Writing twice gives the same file."""
    first = DiagnosisJson().write(diagnosis, tmp_path).read_bytes()
    assert DiagnosisJson().write(diagnosis, tmp_path).read_bytes() == first
