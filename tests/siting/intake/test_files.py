"""The formats of analysts: read as published, refused with the line where they are not."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tests.siting.draws import solved

from maillage.kernel.errors import ImpossibleDemand, TooLarge, UnusableFile
from maillage.siting.intake.or_library import read_or_library
from maillage.siting.intake.sjc import covering_within, read_sjc
from maillage.siting.model import Choice

SQUARE = " 4 5 2\n 1 2 10\n2 3 10\n\n3 4 10\n4 1 10\n1 2 3\n"
POINTS = "3\t9999\tp\tS\t\r\n0\t0\t5\t\r\n100\t0\t7\t\r\n500\t0\t9\t\r\n"


def _file(folder: Path, text: str) -> Path:
    path = folder / "problem.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_costs_are_shortest_ways_and_the_last_length_stands(tmp_path: Path) -> None:
    """In a square whose first side is told again, shorter, ways turn that way round."""
    problem = read_or_library(_file(tmp_path, SQUARE), math.inf)
    assert problem.choice == Choice(2)
    assert problem.costs.tolist() == [
        [0, 3, 13, 10],
        [3, 0, 10, 13],
        [13, 10, 0, 10],
        [10, 13, 10, 0],
    ]
    assert solved(problem).value == 13.0


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", None, "vide"),
        ("4 1\n1 2 3\n", 1, "il manque des nombres"),
        ("4 x 2\n", 1, "n'est pas un nombre"),
        ("2.5 1 1\n", 1, "entier"),
        ("2 1 1\n1 3 4\n", 2, "entre 1 et 2"),
        ("2 1 1\n1 2 nan\n", 2, "n'est pas un nombre"),
        ("2 1 1\n1 2 -4\n", 2, "négative"),
        ("2 1 1\n1 2 4\n1 2 5\n", 3, "plus d'arêtes"),
        ("2 2 1\n1 2 4\n", 1, "le fichier est-il entier"),
        ("3 1 1\n1 2 4\n", None, "du nœud 1 au nœud 3"),
        ("2 1 1\n1 2 é\n", None, "pas un fichier de nombres"),
    ],
)
def test_a_bad_network_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int | None, told: str
) -> None:
    """What is not in the format is one error that names the line."""
    with pytest.raises(UnusableFile, match=told) as refused:
        read_or_library(_file(tmp_path, text), math.inf)
    assert refused.value.line == line


def test_a_network_too_large_is_refused_at_its_first_line(tmp_path: Path) -> None:
    """A first line that tells a million nodes is refused before anything else is read."""
    with pytest.raises(TooLarge):
        read_or_library(_file(tmp_path, "1000000 2000000 5\n"), 4 * 2**30)


def test_p_over_the_nodes_is_told(tmp_path: Path) -> None:
    """A file that asks for more sites than it has nodes contradicts itself."""
    with pytest.raises(ImpossibleDemand, match="5 sites à choisir, mais 2 permis"):
        read_or_library(_file(tmp_path, "2 1 5\n1 2 4\n"), math.inf)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A missing file is one error, not a crash."""
    with pytest.raises(UnusableFile, match="illisible"):
        read_sjc(tmp_path / "nothing.txt")


def test_points_cover_those_within_the_radius(tmp_path: Path) -> None:
    """A point at the radius exactly is covered, one beyond is not."""
    points = read_sjc(_file(tmp_path, POINTS))
    problem = covering_within(points, 100.0, Choice(1), math.inf)
    assert solved(problem).value == 12.0
    assert problem.value((2,)) == 9.0


def test_points_too_many_for_memory_are_refused(tmp_path: Path) -> None:
    """Pairs within the radius that pass the memory allowed are refused with an estimate."""
    points = read_sjc(_file(tmp_path, POINTS))
    with pytest.raises(TooLarge, match="Gio"):
        covering_within(points, 1_000.0, Choice(1), 100)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("2 9999 p S\n0 0 5\n1 1\n", 3, "il manque des nombres"),
        ("2 9999 p S\n0 0 5\n1 1 -2\n", 3, "négative"),
        ("1 9999 p S\n0 0 5\n1 1 2\n", 3, "plus de points"),
        ("3 9999 p S\n0 0 5\n1 1 2\n", 1, "le fichier est-il entier"),
    ],
)
def test_bad_points_are_refused_with_their_line(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    """What is not in the format is one error that names the line."""
    with pytest.raises(UnusableFile, match=told) as refused:
        read_sjc(_file(tmp_path, text))
    assert refused.value.line == line
