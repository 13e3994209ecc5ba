"""``maillage siting adopt`` and ``withdraw``: a plan made, held, counted, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.builders import CABBALR
from tests.cli.conftest import said_in
from tests.cli.desks import ROWS, work_in
from tests.jobs.desks import SIREN, desk_of, hub_file, imported

from maillage.cli.commands.siting import command as siting
from maillage.kernel.errors import MaillageError, WorkspaceError

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)
ON = "2026-12-31"
SOURCE = "plan-de-postes-conseillers-numeriques"
HELP = "Aide aux démarches administratives"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace of the small territory, and a plan of three half-days for it."""
    folder = tmp_path_factory.mktemp("adopting")
    with desk_of(folder / "espace") as store:
        imported(store, hub_file(folder / "files", "hub", ROWS[:1]))
    made = _post(folder, "--out", folder / "plan")
    assert made.exit_code == 0, made.output
    return folder


def _ask(place: Path, *words: str | Path) -> Result:
    told = [*map(str, words), "--workspace", str(place / "espace"), "--on", ON, "--quiet"]
    return CliRunner(env={"MAILLAGE_CACHE": str(place / "cache")}).invoke(siting, told)


def _post(place: Path, *words: str | Path) -> Result:
    plan = ("--half-days", "3", "--up-to", "0", "--no-scenarios", "--offline")
    return _ask(place, "post", SIREN, *plan, *words)


def _answer(said: Result) -> dict[str, Any]:
    assert said.exit_code == 0, said.output
    document: dict[str, Any] = json.loads(said.stdout)
    jsonschema.validate(document, SCHEMA)
    result: dict[str, Any] = document["result"]
    return result


def test_a_plan_is_adopted_then_withdrawn(place: Path) -> None:
    """Adopted, each venue is a permanence of its source; withdrawn, none is left."""
    file = place / "plan" / "plan.json"
    venues = {one["venue"] for one in json.loads(file.read_bytes())["result"]["half_days"]}
    before = work_in(place / "espace").directory
    said = _ask(place, "adopt", file, "--service", HELP)
    assert said.exit_code == 0, said.output
    assert f"Plan « Conseillers numériques » adopté, sous la source « {SOURCE} »." in said.stdout
    held = [
        permanence
        for permanence in work_in(place / "espace").directory.permanences
        if SOURCE in {ref.source_id for ref in permanence.sources}
    ]
    assert len(held) == len(venues) > 0
    unknown = _ask(place, "withdraw", "Un autre").exception
    assert f"Sont adoptés : « {SOURCE} » (Conseillers numériques)." in str(unknown)
    gone = _answer(_ask(place, "withdraw", "Conseillers numériques", "--json"))
    assert (gone["source"], gone["saved"]) == (SOURCE, True)
    assert work_in(place / "espace").directory == before
    lost = _ask(place, "withdraw", SOURCE).exception
    assert isinstance(lost, WorkspaceError)
    assert "n'en tient aucun" in str(lost)


@pytest.mark.full
def test_a_plan_has_its_name_and_its_employer(place: Path) -> None:
    """A dry run tells them, says what is untold, and writes nothing."""
    before = work_in(place / "espace").directory
    file = place / "plan" / "plan.json"
    words = ("adopt", file, "--name", "Renfort 2027", "--operator", "CCAS", "--dry-run")
    dry = _answer(_ask(place, *words, "--json"))
    assert (dry["source"], dry["saved"]) == ("plan-de-postes-renfort-2027", False)
    said = _ask(place, *words)
    assert "plan-without-service" in said.stdout
    assert "CCAS — " in said.stdout
    assert said.stdout.startswith("À l'essai")
    assert "Rien n'a été écrit" in said.stdout
    assert work_in(place / "espace").directory == before


def test_what_is_no_plan_of_here_is_one_sentence(place: Path) -> None:
    """A table, and the plan of another territory: told, not adopted."""
    plan = json.loads((place / "plan" / "plan.json").read_bytes())
    other = plan | {"territory": plan["territory"] | {"siren": "200000000"}}
    (place / "autre.json").write_text(json.dumps(other), encoding="utf-8")
    for name, words in (
        ("plan/plan.csv", "ce n'est pas un plan de postes"),
        ("autre.json", "celui d'un autre territoire"),
    ):
        refused = _ask(place, "adopt", place / name).exception
        assert isinstance(refused, MaillageError)
        assert refused.exit_code == 3
        assert words in str(refused)


@pytest.mark.mirror
@pytest.mark.full
def test_the_next_counsellor_of_bethune_bruay_brings_what_was_said(
    mirror: Path, tmp_path: Path
) -> None:
    """On the real territory: exactly those promised, then what a second post was said to add."""
    at = ("--on", "2025-02-03", "--workspace", "espace")
    given = ("--mirror", str(mirror), "--offline")
    made = said_in(tmp_path, "init", CABBALR, *given, *at)
    assert made.code == 0, made.err
    post = ("siting", "post", CABBALR, *given, *at, "--no-scenarios", "--up-to", "2", "--json")
    first = json.loads(said_in(tmp_path, *post, "--out", "plan").out)["result"]
    kept = said_in(tmp_path, "siting", "adopt", "plan/plan.json", "--service", HELP, *at)
    assert kept.code == 0, kept.err
    second = json.loads(said_in(tmp_path, *post).out)["result"]
    fallen = first["wanting"]["low"] - second["wanting"]["low"]
    assert fallen == pytest.approx(first["people"]["low"], abs=2e-3)
    assert second["value"] >= first["marginal"][1]["added"] - 2e-3
    assert second["value"] <= first["value"] + 2e-3
