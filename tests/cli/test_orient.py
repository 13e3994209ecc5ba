"""``maillage orient``: an answer in JSON and in words, and bad questions told in French."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.cli.desks import ROWS
from tests.jobs.desks import SIREN, desk_of, hub_file, imported

from maillage.cli.commands.orient import command as orient

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace of the small territory."""
    folder = tmp_path_factory.mktemp("orient")
    with desk_of(folder / "espace") as store:
        imported(store, hub_file(folder / "files", "hub", ROWS))
    return folder


def _ask(place: Path, phrase: str, *words: str) -> Result:
    told = [phrase, "--territory", SIREN, "--workspace", str(place / "espace"), *words]
    environ = {"MAILLAGE_CACHE": str(place / "cache")}
    return CliRunner(env=environ).invoke(
        orient, [*told, "--on", "2026-12-31", "--offline", "--quiet"]
    )


def _answer(place: Path, phrase: str, *words: str) -> dict[str, Any]:
    said = _ask(place, phrase, *words, "--json")
    assert said.exit_code == 0, said.output
    document: dict[str, Any] = json.loads(said.stdout)
    jsonschema.validate(document, SCHEMA)
    result: dict[str, Any] = document["result"]
    return result


def test_a_code_is_answered_and_nobody_is_left_unexplained(place: Path) -> None:
    """A formality's code is understood; who is not proposed is refused with a sentence."""
    found = _answer(place, "compte-caf", "--from", "Béthune", "--mode", "car")
    assert found["needs"][0]["errand"] == "compte-caf"
    assert found["proposals"]
    known = {one["permanence_id"] for one in (*found["proposals"], *found["refusals"])}
    assert len(known) == len(found["proposals"]) + len(found["refusals"])


@pytest.mark.full
def test_the_terminal_says_the_proposals_and_their_reasons(place: Path) -> None:
    """The need, the first proposal and the way there are told; --why tells each refusal."""
    words = ("--from", "bethune", "--mode", "walk", "--why")
    said = _ask(place, "aide-aux-demarches-administratives", *words)
    assert said.exit_code == 0, said.output
    assert "Besoin : Aide aux démarches administratives" in said.output
    assert "1. " in said.output


@pytest.mark.full
def test_distress_is_told_whom_to_call(place: Path) -> None:
    """Out of scope, nothing is proposed and emergency contacts are."""
    found = _answer(place, "elle veut mourir, elle parle de se suicider", "--from", "Béthune")
    assert found["out_of_scope"] == "idees-suicidaires"
    assert (found["proposals"], found["refusals"], found["unmet"]) == ([], [], None)
    assert found["contacts"]


def test_bad_questions_are_told_so(place: Path) -> None:
    """A commune or a public that is not known is an error that says which are."""
    nowhere = _ask(place, "compte-caf", "--from", "Atlantide")
    assert nowhere.exit_code == 2
    assert "Atlantide" in nowhere.output
    public = _ask(place, "compte-caf", "--from", "Béthune", "--public", "martiens")
    assert public.exit_code == 2
    assert "Seniors" in public.output
