"""Laws of text files with separators."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.errors import UnusableFile
from maillage.tables.delimited import SEPARATORS
from maillage.tables.model import Table
from maillage.tables.read import read_table
from maillage.tables.write import csv_bytes


def read(folder: Path, content: bytes | str) -> Table:
    """Read a file with that content."""
    path = folder / "lieux.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path)


def codes(table: Table) -> list[tuple[str, int | None]]:
    """Return the code and line of each finding."""
    return [(finding.code, finding.where.line) for finding in table.findings]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    """Whatever the separator, the cells are the same and nothing is to be said."""
    lines = [["nom", "coordonnées", "services"], ["CCAS", "50.53", "a"], ["Mairie", "50.5", "b"]]
    table = read(tmp_path, "\n".join(separator.join(line) for line in lines))
    assert table.columns == ("nom", "coordonnées", "services")
    assert table.rows[1].cells == {"nom": "Mairie", "coordonnées": "50.5", "services": "b"}
    assert table.findings == ()


def test_signs_inside_cells_do_not_mislead(tmp_path: Path) -> None:
    """Semicolons and bars that separate values inside a cell are not taken for the separator."""
    text = "nom,services,typologie\nA,x;y;z,ASSO|CS\nB,x;y;w,CCAS|CS\n"
    assert read(tmp_path, text).rows[0].cells["services"] == "x;y;z"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_accents_survive_every_encoding(tmp_path: Path, encoding: str) -> None:
    """The same text comes out of each encoding that offices write."""
    text = "nom;commune\nMédiathèque « Noroît »;Béthune\n" + "Épicerie;Lillers\n" * 3
    table = read(tmp_path, text.encode(encoding))
    assert table.columns == ("nom", "commune")
    assert table.rows[0].cells == {"nom": "Médiathèque « Noroît »", "commune": "Béthune"}
    guessed = encoding in {"cp1252", "utf-16-le"}
    assert [f.code for f in table.findings] == ["file-encoding-guessed"] * guessed


def test_lines_in_another_encoding_are_named(tmp_path: Path) -> None:
    """A file that mixes UTF-8 and Windows lines is read whole, and the first odd line named."""
    table = read(tmp_path, "nom;x\nBéthune;1\n".encode() + "Hénin;2\n".encode("cp1252"))
    assert [row.cells["nom"] for row in table.rows] == ["Béthune", "Hénin"]
    assert codes(table) == [("file-encoding-mixed", 3)]


def test_cells_may_hold_line_breaks(tmp_path: Path) -> None:
    """A quoted line break stays in its cell, and later rows keep the line an editor shows."""
    table = read(tmp_path, 'nom,adresse\r\nA,"1 rue\r\nde Lens"\r\nB,2\r\n')
    assert [(row.line, row.cells["adresse"]) for row in table.rows] == [
        (2, "1 rue\r\nde Lens"),
        (4, "2"),
    ]


def test_rows_of_the_wrong_width_are_named(tmp_path: Path) -> None:
    """A short row and a long one are findings on their lines; told cells are kept."""
    table = read(tmp_path, "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n")
    assert codes(table) == [("row-too-short", 3), ("row-too-long", 4)]
    assert table.rows[1].cells == {"a": "1", "b": "2"}


def test_a_line_with_another_separator_is_read_and_named(tmp_path: Path) -> None:
    """Lines (or a header) cut by another separator are read with it, and said so."""
    table = read(tmp_path, "a;b;c\n1;2;3\n4,5,6\n7;8;9\n")
    assert [row.cells["c"] for row in table.rows] == ["3", "6", "9"]
    assert codes(table) == [("row-other-separator", 3)]
    table = read(tmp_path, "a,b,c\n1;2;3\n4;5;6\n7;8;9\n")
    assert table.columns == ("a", "b", "c")
    assert codes(table) == [("row-other-separator", 1)]


def test_an_open_quote_is_refused_with_its_line(tmp_path: Path) -> None:
    """A quote that is never closed would swallow the rest: one error names its line."""
    with pytest.raises(UnusableFile, match="guillemet") as refused:
        read(tmp_path, 'a,b\n1,2\n3,"quatre\n5,6\n')
    assert refused.value.line == 3


def test_a_title_before_the_header_is_set_aside(tmp_path: Path) -> None:
    """Title rows are a finding, and the row of names is found under them."""
    table = read(tmp_path, "Lieux du territoire;;;\n\nnom;ville;cp;tel\nA;Auchel;62260;1\n")
    assert table.columns == ("nom", "ville", "cp", "tel")
    assert (len(table.rows), table.rows[0].line) == (1, 4)
    assert codes(table) == [("file-title-rows", 1)]


def test_doubled_and_missing_names_are_numbered(tmp_path: Path) -> None:
    """Each column has a name of its own; empty columns without a name vanish."""
    table = read(tmp_path, "nom,nom,,x,\n1,2,3,4,\n5,6,7,8,\n")
    assert table.columns == ("nom", "nom (2)", "colonne 3", "x")
    assert [code for code, _ in codes(table)] == ["file-duplicate-column", "file-unnamed-column"]
    assert table.rows[0].cells["colonne 3"] == "3"


def test_untold_cells_are_absent(tmp_path: Path) -> None:
    """Empty cells, blank cells and empty lines leave nothing behind."""
    table = read(tmp_path, "a,b\n1,\n , \n,,\n\n  x  ,2\n\n\n")
    assert [(row.line, dict(row.cells)) for row in table.rows] == [
        (2, {"a": "1"}),
        (6, {"a": "x", "b": "2"}),
    ]


def test_a_header_alone_is_a_finding(tmp_path: Path) -> None:
    """A file with names but no row is a table without rows, and says so."""
    table = read(tmp_path, "nom,commune\n")
    assert table.rows == ()
    assert codes(table) == [("file-without-rows", None)]


def test_one_column_is_a_table(tmp_path: Path) -> None:
    """A list of words under a name is a table of one column."""
    table = read(tmp_path, "siret\n21620119000010\n26620119000012\n")
    assert [row.cells["siret"] for row in table.rows] == ["21620119000010", "26620119000012"]


def test_prose_is_not_a_table(tmp_path: Path) -> None:
    """Text whose lines have nothing in common is refused."""
    prose = "\n".join("mot, " * (n % 23) + "et ; " * (n % 7) + "fin" for n in range(1, 400))
    with pytest.raises(UnusableFile, match="pas un tableau"):
        read(tmp_path, prose)


CELL = st.text(
    st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from('\n",;|\t'), max_size=12
).map(str.strip)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    """Any told cells survive writing then reading, in order."""
    columns = ("id", "nom", "adresse", "note")
    told = [dict(zip(columns, (str(n), *cells), strict=True)) for n, cells in enumerate(rows)]
    path = tmp_path_factory.mktemp("law") / "lieux.csv"
    path.write_bytes(csv_bytes(columns, told))
    table = read_table(path)
    assert [dict(row.cells) for row in table.rows] == [
        {name: cell for name, cell in row.items() if cell} for row in told
    ]


def test_a_huge_cell_is_refused_for_what_it_is(tmp_path: Path) -> None:
    """A cell beyond any real one is told as too long, on the line where its row begins."""
    rows = "".join(f"{n},Lillers\n" for n in range(300))
    with pytest.raises(UnusableFile, match="131\u202f072 signes") as refused:
        read(tmp_path, f"nom,ville\n{rows}{'a' * 140_000},Auchel\n")
    assert refused.value.line == 302


def test_a_huge_cell_is_refused_whatever_the_limit_of_the_process(tmp_path: Path) -> None:
    """Another library that raised csv's own limit does not change what is refused."""
    before = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises(UnusableFile, match="131\u202f072 signes") as refused:
            read(tmp_path, f"nom,ville\nCCAS,Lillers\n{'a' * 140_000},Auchel\n")
    finally:
        csv.field_size_limit(before)
    assert refused.value.line == 3


def test_a_huge_uneven_line_is_read_whatever_the_other_separators_say(tmp_path: Path) -> None:
    """A long line of many small cells is no crash when it is tried with another separator."""
    rows = "".join(f"{n},Lillers,62190\n" for n in range(300))
    table = read(tmp_path, f"nom,ville,cp\n{rows}{'abc,' * 45_000}\n")
    assert len(table.rows) == 301
