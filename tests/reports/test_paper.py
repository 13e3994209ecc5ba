"""The report made ready for paper."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

from maillage.reports.blocks import LONG_TABLE, Cell, Chapter, Column, Report, Table
from maillage.reports.paper import DATA, assets, widths

COLUMNS = (Column("Nom"), Column("Nombre", numeric=True))


def _rows(n: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple((Cell(f"Commune {i}"), Cell(str(i))) for i in range(n))


def _with(report: Report, *tables: Table) -> Report:
    return replace(report, chapters=(Chapter("c", "Chapitre", tables),))


def test_a_long_table_goes_to_the_annex(report: Report) -> None:
    """A long table leaves a reference to its number; a short one stands where it was."""
    short = Table("a", "Court", COLUMNS, _rows(2))
    long = Table("b", "Long", COLUMNS, _rows(LONG_TABLE + 1))
    data = json.loads(assets(_with(report, short, long))[DATA])
    blocks = data["chapters"][0]["blocks"]
    assert [block["kind"] for block in blocks] == ["table", "reference"]
    assert blocks[1]["target"] == data["annex"][0]["number"] == "A1"
    assert len(data["annex"][0]["rows"]) == LONG_TABLE + 1


def test_drawings_stand_alone(report: Report) -> None:
    """Each drawing is a well-formed SVG that holds the shapes it uses and names the only font."""
    drawings = {name: data for name, data in assets(report).items() if name != DATA}
    assert len(drawings) > 10
    for content in drawings.values():
        root = ET.fromstring(content)  # noqa: S314 - ours
        ids = {node.get("id") for node in root.iter()}
        used = {(node.get("href") or "#")[1:] for node in root.iter() if node.get("href")}
        assert used <= ids
        assert root.get("font-family") == "Libertinus Serif"


def test_every_drawing_named_is_given(report: Report) -> None:
    """The data name no file that is not there, and no file is there for nothing."""
    given = assets(report)
    text = given[DATA].decode()
    assert [name for name in given if name != DATA and f'"{name}"' not in text] == []


def test_heat_columns_are_alike() -> None:
    """Columns of a heat table take the same width, whatever their longest cell."""
    columns = (Column("Service"), Column("a", numeric=True), Column("bb", numeric=True))
    rows = ((Cell("Aide"), Cell("1 %", heat=0), Cell("moins de 1 %", heat=1)),)
    first, second, third = widths(Table("t", "", columns, rows))
    assert second == third != first


def test_same_report_same_files(report: Report) -> None:
    """The files do not depend on the run."""
    assert assets(report) == assets(report)
