"""Laws of JSON files."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.kernel.errors import UnusableFile
from maillage.tables.model import Table
from maillage.tables.read import read_table


def read(folder: Path, text: str) -> Table:
    """Read a JSON file with that text."""
    path = folder / "lieux.json"
    path.write_text(text, encoding="utf-8")
    return read_table(path)


ROWS = '[\n {"nom": "A"},\n {"nom":\n  "B"},\n\n {"nom": "C"}\n]'


@pytest.mark.parametrize(
    "text",
    [
        ROWS,
        f'{{"data": {ROWS}}}',
        f'{{"meta": {{"n": 3}}, "codes": [1, 2], "rows": {ROWS}, "suite": null}}',
    ],
)
def test_rows_are_found_wherever_the_only_list_stands(tmp_path: Path, text: str) -> None:
    """A list of objects, alone or held by an object, gives each object on its line."""
    assert [(r.line, r.cells["nom"]) for r in read(tmp_path, text).rows] == [
        (2, "A"),
        (3, "B"),
        (6, "C"),
    ]


def test_one_object_per_line_is_read(tmp_path: Path) -> None:
    """JSON Lines give one row per line."""
    table = read(tmp_path, '{"nom": "A"}\n{"nom": "B", "x": 1}\n')
    assert [(r.line, r.cells["nom"]) for r in table.rows] == [(1, "A"), (2, "B")]


def test_values_become_cells(tmp_path: Path) -> None:
    """Null and "" are not told, an empty list is; lists are joined, objects stay JSON."""
    text = (
        '[{"n": null, "v": "", "l": [], "m": ["a", "b", 3], "o": {"é": [1.5]}, "t": true, '
        '"i": 74360, "f": 46.27947045, "s": 13002603200016, "nan": NaN}]'
    )
    assert read(tmp_path, text).rows[0].cells == {
        "l": "",
        "m": "a|b|3",
        "o": '{"é": [1.5]}',
        "t": "true",
        "i": "74360",
        "f": "46.27947045",
        "s": "13002603200016",
    }


def test_columns_stand_in_order_of_first_appearance(tmp_path: Path) -> None:
    """A column that only a later object tells comes after those told before."""
    assert read(tmp_path, '[{"b": 1, "a": 2}, {"c": 3, "a": 1}]').columns == ("b", "a", "c")


WHOLE = '[\n{"nom": "A", "ok": false},\n{"nom": "B", "ok": true}\n]'


@pytest.mark.parametrize("length", range(2, len(WHOLE)))
def test_a_cut_file_is_refused_wherever_it_is_cut(tmp_path: Path, length: int) -> None:
    """Cut anywhere, the file is said to be cut, with line and column of its end."""
    with pytest.raises(UnusableFile, match="coupé") as refused:
        read(tmp_path, WHOLE[:length])
    body = WHOLE[:length].rstrip()
    assert refused.value.line == body.count("\n") + 1
    assert isinstance(refused.value.column, int)


def test_a_badly_written_file_is_refused_where_it_is(tmp_path: Path) -> None:
    """A fault in the middle names its line and column and shows it."""
    with pytest.raises(UnusableFile, match="mal écrit") as refused:
        read(tmp_path, '[\n{"nom": "A"},\n{"nom" "B"}\n]')
    assert (refused.value.line, refused.value.column) == (3, 8)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"a": 1}', "ne contient pas de liste"),
        ('{"a": [{"x": 1}], "b": [{"y": 1}]}', "plusieurs listes"),
        ("[1, 2]", "objet"),
        ('[{"a": 1}] suite', "mal écrit"),
    ],
)
def test_json_without_one_list_of_objects_is_refused(tmp_path: Path, text: str, name: str) -> None:
    """JSON that can't be read as rows is refused in words that say why."""
    with pytest.raises(UnusableFile, match=name):
        read(tmp_path, text)


def test_a_number_of_5000_digits_is_kept_as_written(tmp_path: Path) -> None:
    """A number too long to count with is the text of its digits; one of usual size is the same."""
    digits = "7" * 5_000
    table = read(tmp_path, f'[{{"id": {digits}, "pivot": 21620119400011, "n": [{digits}, -1]}}]')
    assert table.rows[0].cells == {"id": digits, "pivot": "21620119400011", "n": f"{digits}|-1"}


def test_coordinates_of_any_writing_reach_the_reader(tmp_path: Path) -> None:
    """Coordinates told as text or too long are handed on, to be doubted: never lost unsaid."""
    digits = "7" * 5_000
    shape = f'{{"type": "Point", "coordinates": ["2,64", {digits}]}}'
    feature = f'{{"type": "Feature", "properties": {{"nom": "A"}}, "geometry": {shape}}}'
    table = read(tmp_path, f'{{"type": "FeatureCollection", "features": [{feature}]}}')
    assert table.rows[0].cells == {"nom": "A", "longitude": "2,64", "latitude": digits}
