"""Requests that nobody could answer: a service, a commune, a date, and nothing of the person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.builders import DEMARCHES

from maillage.access.unreached.model import UnmetNeed
from maillage.access.unreached.needs import Needs, read_needs
from maillage.kernel.errors import UnusableFile

HEADER = "service,code_insee,date,contrainte"
DAY = dt.date(2026, 9, 8)


def read(folder: Path, *rows: str, header: str = HEADER) -> Needs:
    """Read a table of requests."""
    path = folder / "demandes.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_needs(path)


def test_what_is_told_is_kept(tmp_path: Path) -> None:
    """The service in the standard's words, any where it is not told; both writings of a date."""
    told = read(
        tmp_path,
        "Aide aux démarches administratives,62119,2026-09-08,pas de bus",
        ",62119,08/09/2026,",
    )
    assert told.needs == (
        UnmetNeed("62119", DEMARCHES, DAY, "pas de bus"),
        UnmetNeed("62119", None, DAY),
    )
    assert told.findings == ()


def test_a_zero_lost_by_a_spreadsheet_is_found_again(tmp_path: Path) -> None:
    """1004 is commune 01004."""
    assert read(tmp_path, ",1004,2026-09-08,").needs[0].code_insee == "01004"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",Béthune,2026-09-08,", "unmet-need-commune-unreadable"),
        (",,2026-09-08,", "unmet-need-commune-unreadable"),
        (",62119,hier,", "unmet-need-date-unreadable"),
        (",62119,31/02/2026,", "unmet-need-date-unreadable"),
        ("jardinage,62119,2026-09-08,", "unmet-need-service-unreadable"),
        (
            "Aide aux démarches administratives|Loisirs et créations numériques,62119,2026-09-08,",
            "unmet-need-service-unreadable",
        ),
    ],
)
def test_a_row_that_is_not_understood_is_shown_and_set_aside(
    tmp_path: Path, row: str, code: str
) -> None:
    """One finding names it by its line; the others are counted."""
    told = read(tmp_path, row, ",62119,2026-09-08,")
    assert told.needs == (UnmetNeed("62119", None, DAY),)
    assert [(f.code, f.where.line) for f in told.findings if f.code == code] == [(code, 2)]


def test_columns_that_could_name_a_person_are_not_read(tmp_path: Path) -> None:
    """A finding names them, and none of what they hold."""
    told = read(tmp_path, "Dupont,62119,2026-09-08", header="nom,code_insee,date")
    assert [f.code for f in told.findings] == ["unmet-need-columns-unread"]
    assert "nom" in told.findings[0].message
    assert "Dupont" not in repr(told)


@pytest.mark.parametrize(
    ("header", "row"), [("service,date", ",2026-09-08"), (HEADER, ",Béthune,hier,")]
)
def test_a_table_without_any_usable_request_is_refused(
    tmp_path: Path, header: str, row: str
) -> None:
    """No column of communes, or no row understood."""
    with pytest.raises(UnusableFile):
        read(tmp_path, row, header=header)
