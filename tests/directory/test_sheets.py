"""Laws of the flat tables: the territory's own, once, in order, nothing invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.builders import BETHUNE, DEMARCHES, OUTILS, Place, make_directory

from maillage.directory.losses import (
    ExportLoss,
    approximate_points,
    counted,
    outside,
    overruled,
    told_none,
)
from maillage.directory.model import Directory, Precision
from maillage.directory.sheets import Sheet, directory_sheets, holdable, unholdable


def sheet(directory: Directory, name: str) -> tuple[Sheet, list[dict[str, object]]]:
    """Return a sheet and its rows by name of column."""
    (found,) = [each for each in directory_sheets(directory) if each.name == name]
    names = [column.name for column in found.columns]
    return found, [dict(zip(names, row, strict=True)) for row in found.rows]


DIRECTORY = make_directory(
    Place(BETHUNE, ((DEMARCHES, OUTILS), None), record={"courriels": ("a@b.fr", "c@d.fr")}),
    Place(BETHUNE, ((),), in_territory=False),
)


def test_only_the_territory_is_there() -> None:
    """Neighbours' lieux and what is held at them are left out, and counted as lost."""
    assert [len(each.rows) for each in directory_sheets(DIRECTORY)] == [1, 2, 2, 2]
    (loss,) = counted(outside(DIRECTORY))
    assert (loss.field, loss.n_rows) == ("lieu", 1)


def test_cells_say_what_is_told() -> None:
    """Several values are joined, dates are dates, not told is None."""
    found, rows = sheet(DIRECTORY, "permanences")
    assert rows[0]["services"] == f"{DEMARCHES.value}|{OUTILS.value}"
    assert rows[1]["services"] is None
    assert rows[0]["courriels"] == "a@b.fr|c@d.fr"
    assert rows[0]["date_maj"] == dt.date(2026, 1, 1)
    assert rows[0]["telephone"] is None
    assert found.points == (BETHUNE, BETHUNE)


def test_told_none_is_an_empty_text() -> None:
    """« No service » is written "", not told is None; where both look alike it is a loss."""
    directory = make_directory(Place(BETHUNE, ((),), record={"courriels": ()}))
    _, (row,) = sheet(directory, "permanences")
    assert (row["services"], row["courriels"], row["site_web"]) == ("", "", None)
    assert {loss.field: loss.n_rows for loss in counted(told_none(directory))} == {
        "courriels": 1,
        "services": 1,
    }


def test_the_point_of_a_commune_is_written_nowhere() -> None:
    """A lieu known by its commune only has no coordinates, and the loss says so."""
    lieu = replace(DIRECTORY.lieux[0], precision=Precision.COMMUNE)
    vague = replace(DIRECTORY, lieux=(lieu, *DIRECTORY.lieux[1:]))
    found, (row,) = sheet(vague, "lieux")
    assert (row["longitude"], row["latitude"], found.points) == (None, None, (None,))
    assert [loss.n_rows for loss in counted(approximate_points(vague))] == [1]


def test_what_a_record_said_otherwise_is_told_lost() -> None:
    """An address or a commune that the lieu overrules is a loss; a spelling is not."""
    record = {"adresse": "9 rue d'Ailleurs", "commune": "BETHUNE"}
    directory = make_directory(Place(BETHUNE, record=record))
    assert [loss.field for loss in counted(overruled(directory))] == ["adresse"]


def test_signs_that_no_file_holds_are_replaced_and_told() -> None:
    """Control signs and halves of signs become « \ufffd » or « ? », line ends and tabs stay."""
    assert holdable("a\x00b\x1b\tc\n") == "a\ufffdb\ufffd\tc\n"
    assert holdable("\ud800é") == "?é"
    lieu = replace(DIRECTORY.lieux[0], nom="a\x00")
    found, _ = sheet(replace(DIRECTORY, lieux=(lieu,), permanences=()), "lieux")
    assert [name for name, _ in unholdable(found)] == ["lieux.nom"]


def test_losses_are_counted_once_each() -> None:
    """The same loss of several rows is one line with their number, in order of field."""
    lost = [("b", "x"), ("a", "y"), ("b", "x")]
    assert counted(lost) == (ExportLoss("a", "y", 1), ExportLoss("b", "x", 2))
