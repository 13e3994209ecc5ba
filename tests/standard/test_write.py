"""Laws of writing rows of the national schema."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from frictionless import Resource, Schema, system
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.standard.strategies import ON, RECORDS

from maillage.standard import mednum
from maillage.standard.read import read_record
from maillage.standard.record import MednumRecord
from maillage.standard.write import missing_required, write_record
from maillage.tables.model import Row
from maillage.tables.read import read_table
from maillage.tables.write import csv_bytes

CCAS = MednumRecord(
    id="lieu-1",
    nom="CCAS de Béthune",
    commune="Béthune",
    code_postal="62400",
    adresse="6 place du 4 Septembre",
    date_maj=dt.date(2024, 5, 7),
)


@given(RECORDS)
def test_what_is_written_is_read_back(record: MednumRecord) -> None:
    """Any valid record survives writing then reading, without a finding."""
    cells = {name: text for name, text in write_record(record).items() if text}
    assert read_record(Row(2, cells), "test", ON) == (record, ())


@pytest.fixture(scope="module")
def schema(reference: Path) -> Schema:
    """Give the published schema, as frictionless reads it."""
    text = (reference / "mednum-schema-1.0.2.json").read_text(encoding="utf-8")
    descriptor = json.loads(text)
    return Schema.from_descriptor(
        {"fields": descriptor["fields"], "primaryKey": descriptor["primaryKey"]}
    )


def faults(schema: Schema, folder: Path, records: list[MednumRecord]) -> list[str]:
    """Write records as a national file and return what frictionless says against it."""
    path = folder / "lieux.csv"
    path.write_bytes(csv_bytes(mednum.COLUMNS, [write_record(r) for r in records]))
    with system.use_context(trusted=True):
        report = Resource(path=str(path), schema=schema).validate()
    return [fault[0] for fault in report.flatten(["message"])]


@settings(max_examples=12)
@given(st.lists(RECORDS, min_size=1, max_size=8, unique_by=lambda record: record.id))
def test_rows_without_fault_pass_the_national_schema(
    schema: Schema, tmp_path_factory: pytest.TempPathFactory, records: list[MednumRecord]
) -> None:
    """Records that lack nothing make a file that frictionless accepts."""
    assert [fault for record in records for fault in missing_required(record)] == []
    assert faults(schema, tmp_path_factory.mktemp("law"), records) == []


@pytest.mark.parametrize(
    ("record", "field", "code"),
    [
        (replace(CCAS, nom=None), "nom", "required-missing"),
        (replace(CCAS, commune=None), "commune", "required-missing"),
        (replace(CCAS, code_postal=None), "code_postal", "required-missing"),
        (replace(CCAS, adresse=None), "adresse", "required-missing"),
        (replace(CCAS, date_maj=None), "date_maj", "required-missing"),
        (replace(CCAS, telephone="+3225112233"), "telephone", "field-not-valid"),
        (replace(CCAS, code_insee="2C004"), "code_insee", "field-not-valid"),
        (replace(CCAS, presentation_resume="a" * 281), "presentation_resume", "field-not-valid"),
    ],
)
def test_what_cannot_be_valid_is_named(
    schema: Schema, tmp_path: Path, record: MednumRecord, field: str, code: str
) -> None:
    """Each fault that frictionless would find is a finding on its field, and only those."""
    (finding,) = missing_required(record)
    assert (finding.where.field, finding.code) == (field, code)
    assert len(faults(schema, tmp_path, [record])) == 1


def test_nothing_is_invented() -> None:
    """Untold fields stay empty, but the SIRET, whose placeholder is read back as untold."""
    cells = write_record(CCAS)
    assert list(cells) == list(mednum.COLUMNS)
    assert {name for name, text in cells.items() if text} == {
        "id",
        "pivot",
        "nom",
        "commune",
        "code_postal",
        "adresse",
        "date_maj",
    }
    assert cells["pivot"] == "00000000000000"


def test_told_none_is_written_empty() -> None:
    """The schema cannot tell an empty list from an untold one: both are an empty cell."""
    assert write_record(replace(CCAS, services=()))["services"] == ""


def test_a_tiny_longitude_keeps_plain_digits() -> None:
    """Coordinates are written with every digit and never with an exponent."""
    assert write_record(replace(CCAS, longitude=0.00001))["longitude"] == "0.00001"


@pytest.mark.mirror
def test_real_records_are_valid_or_say_why(mirror: Path, schema: Schema, tmp_path: Path) -> None:
    """Of the region's real places, those said valid pass frictionless; all others have findings."""
    table = read_table(mirror / "lieux" / "portrea-2023-05.geojson")
    records = [read_record(row, "portrea", ON)[0] for row in table.rows]
    valid = list({r.id: r for r in records if r and not missing_required(r)}.values())
    assert len(valid) > 1700
    assert faults(schema, tmp_path, valid) == []
    text = csv_bytes(mednum.COLUMNS, [write_record(record) for record in valid]).decode()
    again = [
        read_record(Row(n, {k: v for k, v in row.items() if v}), "again", ON)
        for n, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2)
    ]
    empty_to_none = [
        replace(r, publics_specifiquement_adresses=r.publics_specifiquement_adresses or None)
        for r in valid
    ]
    assert [record for record, _ in again] == empty_to_none
