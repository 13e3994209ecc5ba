"""``maillage referrals export``: a file for analysts, figures as sentences or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.cli.desks import workspace_in
from tests.jobs.desks import SIREN

from maillage.cli.commands.referrals import command as referrals
from maillage.kernel.errors import MaillageError

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace of the small territory."""
    return workspace_in(tmp_path_factory.mktemp("here"), ())


def _asked(place: Path, *words: str) -> Result:
    return CliRunner().invoke(referrals, ["export", "--workspace", str(place), *words])


def test_the_answer_is_what_the_schemas_say(place: Path, tmp_path: Path) -> None:
    """Without a case yet: the columns alone, and figures of nothing, under both schemas."""
    out = tmp_path / "dossiers.csv"
    said = _asked(place, "--territory", SIREN, "--out", str(out), "--json", "--on", "2026-11-23")
    assert said.exit_code == 0, said.output
    document = json.loads(said.stdout)
    jsonschema.validate(document, json.loads((SCHEMAS / "answer-1.0.schema.json").read_bytes()))
    result = document["result"]
    assert result.pop("file") == str(out)
    jsonschema.validate(result, json.loads((SCHEMAS / "referrals-1.0.schema.json").read_bytes()))
    assert (result["since"], result["until"]) == ("2025-12-01", "2026-11-23")
    assert [one["name"] for one in document["parameters"]] == ["referrals.least_shown"]
    assert out.read_text(encoding="utf-8").splitlines()[0].startswith("ouverte_le,guichet_id,")


@pytest.mark.full
def test_the_figures_are_said(place: Path, tmp_path: Path) -> None:
    """Without --json, sentences, then where the rows are."""
    out = tmp_path / "dossiers.csv"
    said = _asked(place, "--territory", SIREN, "--out", str(out))
    assert said.exit_code == 0, said.output
    assert said.stdout.startswith("Aucun dossier du")
    assert str(out) in said.stdout.splitlines()[-1]


def test_what_cannot_be_is_said_and_writes_nothing(place: Path, tmp_path: Path) -> None:
    """Days the wrong way round, a territory that is not there: one sentence, and no file."""
    out = tmp_path / "dossiers.csv"
    days = ("--since", "2026-06-01", "--until", "2026-05-01")
    said = _asked(place, "--territory", SIREN, "--out", str(out), *days)
    assert said.exit_code == 2
    assert "--until est avant --since" in said.output
    other = _asked(place, "--territory", "999999998", "--out", str(out))
    assert isinstance(other.exception, MaillageError)
    assert not out.exists()
