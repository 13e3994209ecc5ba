"""``maillage siting``: the analysts' door, what it says, and what bad demands are told."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from maillage.cli.commands.siting import command as siting
from maillage.cli.siting_options import Clock
from maillage.kernel.errors import ImpossibleDemand, MaillageError

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)
PATH = "4 3 {p}\n1 2 10\n2 3 10\n3 4 1\n"
POINTS = "3 9999 p S\n0 0 5\n100 0 7\n500 0 9\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Write a network of four nodes and three points."""
    (tmp_path / "reseau.txt").write_text(PATH.format(p=2), encoding="ascii")
    (tmp_path / "trop.txt").write_text(PATH.format(p=9), encoding="ascii")
    (tmp_path / "points.txt").write_text(POINTS, encoding="ascii")
    return tmp_path


def _ask(*words: str | Path) -> Result:
    return CliRunner().invoke(siting, [*map(str, words), "--on", "2026-11-22"])


def _answer(*words: str | Path) -> dict[str, Any]:
    said = _ask(*words, "--json")
    assert said.exit_code == 0, said.output
    document = json.loads(said.stdout)
    jsonschema.validate(document, SCHEMA)
    result: dict[str, Any] = document["result"]
    return result


def test_a_median_is_told(files: Path) -> None:
    """The sites by their numbers in the file, the cost, the proof, the time and what found it."""
    said = _ask("pmedian", files / "reseau.txt", "--quiet")
    assert said.exit_code == 0, said.output
    assert "4\xa0points de demande" in said.stdout
    assert "Coût total : 11 ; aucun choix ne peut descendre sous 11" in said.stdout
    assert "C'est prouvé" in said.stdout
    assert "Trouvé en" in said.stdout


def test_a_median_in_json(files: Path) -> None:
    """The JSON answer follows the schema of answers."""
    result = _answer("pmedian", files / "reseau.txt")
    assert (result["value"], result["bound"], result["gap"], result["proved"]) == (11, 11, 0, True)
    assert (result["n_demands"], result["n_sites"], result["stopped"]) == (4, 2, None)
    assert sorted(result["sites"]) == result["sites"]


def test_a_covering_is_told_and_in_json(files: Path) -> None:
    """Within 100 m one site covers two points of three."""
    words = ("mclp", files / "points.txt", "--radius", "100", "--sites", "1")
    said = _ask(*words, "--quiet")
    assert "Demande couverte : 12 ; aucun choix ne peut dépasser 12" in said.stdout
    result = _answer(*words)
    assert (result["value"], result["bound"], result["proved"]) == (12, 12, True)


def test_the_same_seed_gives_the_same_sites(files: Path) -> None:
    """Asked twice with a seed, all but the seconds is the same."""
    one, two = (_answer("pmedian", files / "reseau.txt", "--seed", "7") for _ in range(2))
    assert one | {"seconds": 0} == two | {"seconds": 0}


def test_what_contradicts_is_told(files: Path) -> None:
    """More sites than there are is told as such, with an exit code of its own."""
    refused = _ask("pmedian", files / "trop.txt").exception
    assert isinstance(refused, ImpossibleDemand)
    assert refused.exit_code == 11
    assert "9 sites à choisir, mais 4 permis" in str(refused)
    none = _ask("mclp", files / "points.txt", "--radius", "5", "--sites", "0").exception
    assert "0 site demandé" in str(none)


def test_a_bad_file_is_one_sentence(files: Path) -> None:
    """A file of points is no network: the line is told."""
    refused = _ask("pmedian", files / "points.txt").exception
    assert isinstance(refused, MaillageError)
    assert refused.exit_code == 3
    assert "ligne 1" in str(refused)


def test_no_time_still_answers(files: Path) -> None:
    """With a time budget of nothing the best found is told, with what it may be from the best."""
    (files / "grand.txt").write_text(_ring(60), encoding="ascii")
    said = _ask("pmedian", files / "grand.txt", "--time-budget", "0", "--quiet")
    assert said.exit_code == 0, said.output
    assert "le temps donné est épuisé" in said.stdout
    result = _answer("pmedian", files / "grand.txt", "--time-budget", "0")
    assert (result["proved"], result["stopped"]) == (False, "time")
    assert result["bound"] <= result["value"]


def _ring(n: int) -> str:
    edges = [f"{one} {one % n + 1} {3 + one % 7}" for one in range(1, n + 1)]
    return "\n".join((f"{n} {n} 7", *edges))


def test_the_first_interruption_asks_for_the_best_found() -> None:
    """After one Ctrl-C no second is left; the next one interrupts as anywhere."""
    before = signal.getsignal(signal.SIGINT)
    clock = Clock(1_000.0)
    try:
        signal.signal(signal.SIGINT, clock.interrupt)
        assert clock.left() > 0
        signal.raise_signal(signal.SIGINT)
        assert clock.interrupted
        assert clock.left() == 0
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
