"""Laws of the CSV files that the software writes."""

from __future__ import annotations

import csv
import io

import pytest

from maillage.tables.write import csv_bytes


def test_the_bytes_are_plain() -> None:
    """UTF-8 without mark, commas, line feeds, quotes only where needed, untold cells empty."""
    rows = [{"nom": "Médiathèque, annexe", "x": None, "autre": "non écrite"}, {"x": 'a"b'}]
    assert csv_bytes(("nom", "x"), rows).decode() == 'nom,x\n"Médiathèque, annexe",\n,"a""b"\n'


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-A1", "\tx", "\r=1"])
def test_formulas_become_text(cell: str) -> None:
    """A cell that a spreadsheet would run is written behind an apostrophe, on request only."""
    told = [{"a": cell}]
    assert b"'" + cell[:2].encode() in csv_bytes(("a",), told, neutralise=True)
    assert csv_bytes(("a",), told).decode().count("'") == cell.count("'")


@pytest.mark.parametrize("cell", ["+33321000000", "-1.5536", "+33 3 21 00 00 00", "Mo-Fr 09:00"])
def test_numbers_are_left_alone(cell: str) -> None:
    """Phone numbers and negative longitudes run nothing and stay as they are."""
    assert csv_bytes(("a",), [{"a": cell}], neutralise=True).decode() == f"a\n{cell}\n"


@pytest.mark.parametrize("cell", ["a\r=1+1", "\r=1+1", "a\n=1+1", "a\r\n@SUM(A1)"])
def test_a_line_end_in_a_cell_ends_no_row(cell: str) -> None:
    """Whichever line end a cell holds, it stays in that cell and begins no row."""
    text = csv_bytes(("a", "b"), [{"a": cell, "b": "c"}]).decode()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], [cell, "c"]]
