"""The national file: valid by the published tool, and what it cannot say counted."""

from __future__ import annotations

import csv
from pathlib import Path

from frictionless import Resource, Schema, system
from syrupy.assertion import SnapshotAssertion
from tests.jobs.giving import ON, sample_work

from maillage.reports.directory.mednum_csv import MednumCsv
from maillage.reports.lieux_csv import CODE, MESSAGE
from maillage.standard import mednum


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_two_files_hold_each_permanence_once(tmp_path: Path) -> None:
    """Valid rows in one, the others in the second with what they lack."""
    exported = MednumCsv().write(sample_work(), tmp_path / "annuaire", ON)
    valid, lacking = (rows(path) for path in exported.paths)
    assert exported.n_records == len(valid) == 11
    assert sorted(row["id"] for row in (*valid, *lacking)) == [
        p.id for p in sample_work().directory.permanences
    ]
    assert tuple(valid[0]) == mednum.COLUMNS
    assert lacking[0][CODE]
    assert "date_maj" in lacking[0][MESSAGE]


def test_the_published_tool_finds_it_valid(tmp_path: Path, reference: Path) -> None:
    """frictionless, against the published schema v1.0.2, has nothing to say."""
    path = MednumCsv().write(sample_work(), tmp_path / "annuaire", ON).paths[0]
    with system.use_context(trusted=True):
        schema = Schema.from_descriptor(str(reference / "mednum-schema-1.0.2.json"))
        report = Resource(path=str(path), schema=schema).validate()
    assert report.flatten(["rowNumber", "fieldName", "note"]) == []


def test_a_formula_is_text_and_told(tmp_path: Path) -> None:
    """The name that begins with « = » stands behind an apostrophe, and the losses count it."""
    exported = MednumCsv().write(sample_work(), tmp_path / "annuaire", ON)
    assert "'=Fabrique <du> coin" in {row["nom"] for row in rows(exported.paths[0])}
    assert [loss.field for loss in exported.losses if "apostrophe" in loss.what] == ["nom"]


def test_the_file_is_as_it_was(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """The same words, in the same order, as the last time."""
    exported = MednumCsv().write(sample_work(), tmp_path / "annuaire", ON)
    assert exported.paths[0].read_text(encoding="utf-8") == snapshot
    assert exported.losses == snapshot
