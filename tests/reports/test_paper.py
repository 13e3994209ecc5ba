"""The report made ready for paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

from maillage.reports.blocks import LONG_TABLE, Cell, Chapter, Column, Report, Table
from maillage.reports.paper import DATA, FONTS, SIGNS, assets, printable, widths

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
    drawings = {name: data for name, data in assets(report).items() if name.endswith(".svg")}
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
    assert [name for name in given if name.endswith(".svg") and f'"{name}"' not in text] == []


def test_heat_columns_are_alike() -> None:
    """Columns of a heat table take the same width, whatever their longest cell."""
    columns = (Column("Service"), Column("a", numeric=True), Column("bb", numeric=True))
    rows = ((Cell("Aide"), Cell("1 %", heat=0), Cell("moins de 1 %", heat=1)),)
    first, second, third = widths(Table("t", "", columns, rows))
    assert second == third != first


def test_same_report_same_files(report: Report) -> None:
    """The files do not depend on the run."""
    assert assets(report) == assets(report)


def _without(lacking: str) -> Callable[[str, Sequence[str]], frozenset[str]]:
    """Make fonts that have every sign but these."""
    return lambda signs, _fonts: frozenset(lacking) & frozenset(signs)


def _named(report: Report, name: str) -> Report:
    return _with(report, Table("a", "Court", COLUMNS, ((Cell(name), Cell("1")),)))


def test_a_sign_no_font_has_is_boxed_and_told(report: Report) -> None:
    """Where fonts lack a sign a box stands for it, and a sentence says which and where it is."""
    told = printable(assets(_named(report, "Maison 中文")), FONTS, _without("中文ж"))
    (row,) = json.loads(told[DATA])["chapters"][0]["blocks"][0]["rows"]
    note = json.loads(told[SIGNS])["note"]
    assert row[0]["text"] == "Maison □□"
    assert "2 signes" in note.replace("\u202f", " ")
    assert "U+4E2D, U+6587" in note


def test_without_foreign_signs_nothing_is_told(report: Report) -> None:
    """Fonts that have all that is written change nothing, and no note is printed."""
    files = assets(_named(report, "Maison"))
    assert printable(files, FONTS, _without("中")) == files
    assert json.loads(files[SIGNS])["note"] == ""


def test_an_endless_name_fits_its_page(report: Report) -> None:
    """A name of 3,000 signs has places to break, and its cell ends saying that more exists."""
    files = assets(_named(report, "x" * 3000))
    (row,) = json.loads(files[DATA])["chapters"][0]["blocks"][0]["rows"]
    text = row[0]["text"]
    assert max(len(part) for part in text.replace("\u200b", " ").split()) <= 42
    assert len(text) < 1000
    assert text.endswith("fichiers de données)")
