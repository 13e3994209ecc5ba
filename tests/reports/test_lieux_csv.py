"""The two files of lieux: valid rows, and the others with what they lack."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from frictionless import Resource, Schema

from maillage.diagnosis.model import Diagnosis
from maillage.reports.lieux_csv import CODE, MESSAGE, LieuxCsv, LieuxIncompletsCsv
from maillage.standard import mednum


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_two_files_add_up_to_the_directory(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """Each permanence of the territory stands in exactly one of the two files."""
    valid = _rows(LieuxCsv().write(diagnosis, tmp_path))
    lacking = _rows(LieuxIncompletsCsv().write(diagnosis, tmp_path))
    ids = sorted(row["id"] for row in [*valid, *lacking])
    assert ids == sorted(p.id for p in diagnosis.directory.inside().permanences)
    assert valid
    assert lacking


def test_what_is_lacking_is_said(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """An incomplete row names what keeps it out, and nothing is invented in its place."""
    (row,) = [r for r in _rows(LieuxIncompletsCsv().write(diagnosis, tmp_path)) if "04" in r["id"]]
    assert row["date_maj"] == row["adresse"] == ""
    assert "date_maj" in row[MESSAGE]
    assert "adresse" in row[MESSAGE]
    assert row[CODE]


def test_columns_are_those_of_the_standard(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """lieux.csv has the 32 columns in the official order; the other file two more."""
    first = LieuxCsv().write(diagnosis, tmp_path).read_text(encoding="utf-8").splitlines()[0]
    assert tuple(first.split(",")) == mednum.COLUMNS
    other = LieuxIncompletsCsv().write(diagnosis, tmp_path).read_text(encoding="utf-8")
    assert tuple(other.splitlines()[0].split(",")) == (*mednum.COLUMNS, CODE, MESSAGE)


@pytest.mark.mirror
def test_the_national_schema_accepts_it(
    diagnosis: Diagnosis, tmp_path: Path, mirror: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """frictionless finds lieux.csv valid against the published schema, v1.0.2."""
    published = mirror.parent / "reference" / "mednum-schema-1.0.2.json"
    LieuxCsv().write(diagnosis, tmp_path)
    monkeypatch.chdir(tmp_path)
    schema = Schema.from_descriptor(json.loads(published.read_text(encoding="utf-8")))
    report = Resource(path="lieux.csv", schema=schema).validate()
    assert report.flatten(["rowNumber", "fieldName", "note"]) == []
