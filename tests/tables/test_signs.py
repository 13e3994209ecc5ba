"""Laws of the signs that no reader can see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.tables.model import Table
from maillage.tables.read import read_table
from maillage.tables.signs import clean

CODE = "cell-stray-signs"


def read(folder: Path, text: str) -> Table:
    """Read a file of that text."""
    path = folder / "lieux.csv"
    path.write_bytes(text.encode())
    return read_table(path)


def stray(table: Table) -> list[tuple[int | None, str | None, str | None]]:
    """Return line, column and value of each finding on stray signs."""
    found = [f for f in table.findings if f.code == CODE]
    return [(f.where.line, f.where.field, f.value) for f in found]


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("Mairie\x07 d'Auchel", "Mairie d'Auchel"),
        ("CCAS\x0bde Béthune", "CCAS de Béthune"),
        ("A\x00B", "AB"),
        ("L\x92épicerie \x96 Lens\x81", "L’épicerie – Lens"),
        ("A\ud800B", "A\ufffdB"),
        ("a\tb\nc", "a\tb\nc"),
        ("مركز ☕ 中文 👩‍🌾", "مركز ☕ 中文 👩‍🌾"),
    ],
)
def test_only_signs_that_no_one_reads_are_taken_away(told: str, seen: str) -> None:
    """Control signs go or are what Windows meant, half signs are shown as �; the rest stays."""
    assert clean(told) == seen


@given(st.text())
def test_clean_text_can_be_stored_and_stays(text: str) -> None:
    """Whatever the text, what is left is UTF-8 without NUL, and cleaning twice changes nothing."""
    once = clean(text)
    assert b"\x00" not in once.encode()
    assert clean(once) == once


def test_stray_signs_of_json_are_told_by_column(tmp_path: Path) -> None:
    """NUL, ESC and half a surrogate leave the cells; a finding by column names the first line."""
    rows = [
        {"nom": "A", "ville": "Auchel"},
        {"nom": "B\x00\x1b", "ville": "Lillers"},
        {"nom": "C\ud800", "ville": "\x07"},
    ]
    table = read(tmp_path, "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
    assert [dict(row.cells) for row in table.rows] == [
        {"nom": "A", "ville": "Auchel"},
        {"nom": "B", "ville": "Lillers"},
        {"nom": "C\ufffd"},
    ]
    assert stray(table) == [(3, "nom", "B"), (4, "ville", "")]
    assert "2 cellule(s)" in next(f.message for f in table.findings if f.code == CODE)


def test_stray_signs_of_csv_are_told(tmp_path: Path) -> None:
    """A CSV file is cleaned by the same rule, its lines unmoved."""
    table = read(tmp_path, "nom,ville\nA,Auchel\nCCAS\x0bde\x07 Lillers,Lillers\nB,Auchel\n")
    assert [row.cells["nom"] for row in table.rows] == ["A", "CCAS de Lillers", "B"]
    assert stray(table) == [(3, "nom", "CCAS de Lillers")]


def test_names_of_columns_are_cleaned_and_stay_apart(tmp_path: Path) -> None:
    """Two names that differ by a stray sign stay two columns: no cell is lost."""
    table = read(tmp_path, json.dumps([{"nom": "A", "nom\x07": "B", "\x07": "C"}]))
    assert len(table.columns) == 3
    assert table.columns[:2] == ("nom", "nom (2)")
    assert sorted(table.rows[0].cells.values()) == ["A", "B", "C"]
    assert tuple(table.rows[0].cells) == table.columns
    assert stray(table) == [
        (None, "nom (2)", "nom (2)"),
        (None, table.columns[2], table.columns[2]),
    ]


def test_findings_hold_no_stray_sign(tmp_path: Path) -> None:
    """What a finding says of the file can be printed and stored too."""
    table = read(tmp_path, "Ti\x07tre;;;\n\nnom;ville;cp;tel\nA;Auchel;62260;1\n")
    assert [f.value for f in table.findings] == ["Titre"]
    assert "\x07" not in table.findings[0].message


def test_a_clean_file_is_left_as_it_is(tmp_path: Path) -> None:
    """Where nothing is stray, nothing is said."""
    assert read(tmp_path, "nom,ville\nمركز,Auchel\n").findings == ()
