"""The workbook as people open it: sheets, headers, types, nothing guessed."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from tests.jobs.giving import ON, sample_work

from maillage.engines.workbook import WorkbookWriter
from maillage.kernel.errors import MissingExtra


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """Write the workbook of the Sept-Brumes once, and read it."""
    stem = tmp_path_factory.mktemp("xlsx") / "annuaire"
    return openpyxl.load_workbook(WorkbookWriter().write(sample_work(), stem, ON).paths[0])


def column(book: openpyxl.Workbook, sheet: str, title: str) -> list[openpyxl.cell.Cell]:
    """Return the cells of a column, its title left out."""
    page = book[sheet]
    head = [cell.value for cell in page[1]]
    return list(page.columns)[head.index(title)][1:]


def test_the_sheets_are_there(book: openpyxl.Workbook) -> None:
    """Five sheets; headers stay in sight, and filters stand on them."""
    assert book.sheetnames == ["Lieux", "Structures", "Services", "Permanences", "À propos"]
    for name in book.sheetnames[:-1]:
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref.startswith("A1:")
    assert book["Lieux"].max_row == 13


def test_cells_have_their_types(book: openpyxl.Workbook) -> None:
    """Dates are dates; phones, ids and postal codes are text; coordinates are numbers."""
    dates = column(book, "Permanences", "Dernière mise à jour")
    assert dates[0].value == dt.datetime(2025, 11, 12)  # noqa: DTZ001 - a day has no zone
    assert dates[0].is_date
    assert dates[4].value is None
    assert column(book, "Permanences", "Téléphone")[1].value == "+33321000001"
    assert column(book, "Lieux", "Code postal")[0].value == "99100"
    assert column(book, "Structures", "Identifiant")[0].value == "structure-00"
    assert isinstance(column(book, "Lieux", "Longitude")[0].value, float)


def test_formulas_are_texts(book: openpyxl.Workbook) -> None:
    """A name that begins with « = » is that text, and no formula."""
    named = [cell for cell in column(book, "Lieux", "Nom") if str(cell.value).startswith("=")]
    assert [(cell.value, cell.data_type) for cell in named] == [("=Fabrique <du> coin", "s")]


def test_the_last_sheet_says_where_it_all_comes_from(book: openpyxl.Workbook) -> None:
    """Territory, date, that it is fictional, sources with licences, and what is lost."""
    told = {str(cell.value) for row in book["À propos"].iter_rows() for cell in row}
    assert {"999000001", "Licence Ouverte 2.0", "Générateur Maillage"} <= told
    assert any("fictif" in text for text in told)
    assert "Ce que ce classeur perd" in told
    assert book.properties.created == dt.datetime(2026, 3, 2)  # noqa: DTZ001


def test_what_is_too_long_is_cut_and_told(tmp_path: Path) -> None:
    """A text longer than a cell can hold is cut, and the losses say which column."""
    work = sample_work()
    lieu = replace(work.directory.lieux[0], nom="x" * 40_000)
    directory = replace(work.directory, lieux=(lieu, *work.directory.lieux[1:]))
    exported = WorkbookWriter().write(replace(work, directory=directory), tmp_path / "a", ON)
    book = openpyxl.load_workbook(exported.paths[0])
    assert len(column(book, "Lieux", "Nom")[0].value) == 32_767
    assert [loss.field for loss in exported.losses if "coupé" in loss.what] == [
        "lieux.nom",
        "permanences.lieu",
    ]


def test_a_date_before_1900_is_a_text(tmp_path: Path) -> None:
    """Spreadsheets know no date before 1900: such a one is written in full."""
    work = sample_work()
    first = work.directory.permanences[0]
    old = replace(first, record=replace(first.record, date_maj=dt.date(1850, 5, 1)))
    directory = replace(work.directory, permanences=(old, *work.directory.permanences[1:]))
    exported = WorkbookWriter().write(replace(work, directory=directory), tmp_path / "a", ON)
    book = openpyxl.load_workbook(exported.paths[0])
    assert column(book, "Permanences", "Dernière mise à jour")[0].value == "1850-05-01"


def test_without_xlsxwriter_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which part of the installation to add, before any long work."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra, match=r"maillage\[exports\]"):
        WorkbookWriter()
