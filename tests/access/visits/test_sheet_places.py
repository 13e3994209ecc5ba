"""What a sheet prints of the places of a file: as told, and nothing that is not."""

from __future__ import annotations

from pathlib import Path

from maillage.access.points import read_points
from maillage.access.visits.sheet import SheetPlace
from maillage.access.visits.sheet_places import sheet_places


def test_a_place_is_named_and_called_as_its_row_tells(tmp_path: Path) -> None:
    """Name, phone and address under the words of the field; the id where there is no name."""
    path = tmp_path / "lieux.csv"
    path.write_text(
        "id,lon,lat,Nom,telephone,adresse,commune\n"
        "a,2.6,50.5,CCAS,03 21 00 00 00,2 rue d'Arras,Béthune\n"
        "b,2.6,50.5,,,,Auchel\n"
        "c,2.6,50.5,,,,\n",
        encoding="utf-8",
    )
    assert sheet_places(read_points(path)) == {
        "a": SheetPlace("a", "CCAS", "03 21 00 00 00", "2 rue d'Arras, Béthune"),
        "b": SheetPlace("b", "b", None, "Auchel"),
        "c": SheetPlace("c", "c"),
    }
