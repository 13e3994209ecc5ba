"""What is given to others: valid rows, incomplete rows, and nothing invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from frictionless import Resource, Schema, system
from tests.directory.places import PARAMETERS, TERRITORY, told

from maillage.directory.assemble import assemble
from maillage.directory.exports import split_exportable
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.model import Directory
from maillage.standard.mednum import COLUMNS, Service
from maillage.tables.write import csv_bytes


def directory_of(*records: SourcedRecord) -> Directory:
    """Return the directory of the small territory."""
    return assemble(records, TERRITORY, PARAMETERS).directory


def frictionless_errors(rows: Sequence[dict[str, str]], folder: Path, schema: Path) -> list[str]:
    """Return what frictionless says against the rows written as CSV."""
    path = folder / "lieux.csv"
    path.write_bytes(csv_bytes(COLUMNS, rows))
    with system.use_context(trusted=True):
        resource = Resource(path=str(path), schema=Schema.from_descriptor(str(schema)))
        report = resource.validate()
    return [str(error) for error in report.flatten(["message"])]


def test_a_complete_record_is_valid(tmp_path: Path, reference: Path) -> None:
    """Its row bears the permanence's id, the located commune, and passes the national schema."""
    directory = directory_of(told(services=(Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,)))
    ((row,), incomplete) = split_exportable(directory)
    assert incomplete == []
    assert row["id"] == directory.permanences[0].id
    assert (row["code_insee"], row["pivot"]) == ("62119", "00000000000000")
    assert tuple(row) == COLUMNS
    assert frictionless_errors([row], tmp_path, reference / "mednum-schema-1.0.2.json") == []


@pytest.mark.parametrize("field", ["date_maj", "adresse", "code_postal", "nom"])
def test_what_is_not_told_is_not_invented(field: str) -> None:
    """A required field that nobody told stays empty, and the row is told incomplete."""
    valid, incomplete = split_exportable(directory_of(told(**{field: None})))
    ((row, findings),) = incomplete
    assert valid == []
    assert row[field] == ""
    assert [f.where.field for f in findings] == [field]
    assert findings[0].where.subject.endswith("— Béthune")


def test_the_point_of_a_commune_is_not_the_lieu_s() -> None:
    """A lieu placed at its commune for want of better is exported without coordinates."""
    ((row,), _) = split_exportable(directory_of(told(latitude=None, longitude=None)))
    assert (row["latitude"], row["longitude"]) == ("", "")
    far = told(latitude=50.7211, longitude=2.533)
    ((row,), _) = split_exportable(directory_of(far))
    assert (row["latitude"], row["longitude"]) == ("", "")


def test_neighbours_are_not_exported() -> None:
    """Only the territory's own permanences are given."""
    laventie = told(commune="Laventie", code_postal="62840", latitude=50.63, longitude=2.77)
    assert split_exportable(directory_of(laventie)) == ([], [])
