"""Requests recorded in the house count in plans and in the diagnosis, without any file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.cli.desks import ROWS
from tests.directory.places import LILLERS
from tests.jobs.desks import ON, SIREN, desk_of, hub_file, imported

from maillage.access.unreached.model import UnmetNeed
from maillage.cli.main import cli
from maillage.orientation.reported import RecordedNeed
from maillage.storage.need_log import DjangoNeedLog
from maillage.wiring.rounds import RoundWanted

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
N = 30


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace with help in Béthune alone, and thirty requests without an answer."""
    folder = tmp_path_factory.mktemp("noted")
    with desk_of(folder / "espace") as store:
        imported(store, hub_file(folder / "files", "hub", ROWS[:1]))
        log = DjangoNeedLog(store.workspace.alias)
        for n in range(N):
            log.record(SIREN, RecordedNeed(UnmetNeed(LILLERS, None, ON), f"desk-{n % 3}"))
    return folder


def _ask(place: Path, *words: str | Path, workspace: bool = True) -> Result:
    told = [*map(str, words), "--on", ON.isoformat(), "--offline", "--quiet", "--json"]
    told += ["--workspace", str(place / "espace")] if workspace else []
    environ = {"MAILLAGE_CACHE": str(place / "cache"), "MAILLAGE_MIRROR": None}
    return CliRunner(env=environ).invoke(cli, told)


def _post(place: Path, *words: str | Path) -> tuple[float, str]:
    """Return how many lack help in the ground of a plan, and what its answer says first."""
    plan = ("--half-days", "3", "--up-to", "0", "--no-scenarios")
    said = _ask(place, "siting", "post", SIREN, *plan, *words)
    assert said.exit_code == 0, said.output
    result = json.loads(said.stdout)["result"]
    return result["wanting"]["low"], " ".join(result["text"]["lead"]).replace("\xa0", " ")


def test_a_plan_counts_them_and_says_how_many_and_since_when(place: Path) -> None:
    """By default they count; left out, that many fewer lack help, and nothing is said of them."""
    with_them, how = _post(place)
    without, silent = _post(place, "--no-recorded-needs")
    assert with_them == pytest.approx(without + N, abs=1e-3)
    assert "du 1er novembre 2025 au 22 novembre 2026" in how
    assert "30 demandes notées sans réponse sur les 12 derniers mois, par 3 guichets" in how
    assert "demandes" not in silent.lower()


def test_a_table_goes_in_their_stead_unless_both_are_asked(place: Path) -> None:
    """The table may be an extract of the same requests: nothing is counted twice unasked."""
    table = place / "demandes.csv"
    table.write_text(f"code_insee,date,service\n{LILLERS},2026-11-20,\n", encoding="utf-8")
    without, _ = _post(place, "--no-recorded-needs")
    table_alone, _ = _post(place, "--needs", table)
    both, _ = _post(place, "--needs", table, "--recorded-needs")
    assert table_alone == pytest.approx(without + 1, abs=1e-3)
    assert both == pytest.approx(without + 1 + N, abs=1e-3)


def test_without_a_house_there_are_none_to_count(place: Path) -> None:
    """Asked for without a workspace, one sentence says where they are kept."""
    said = _ask(place, "siting", "post", SIREN, "--recorded-needs", workspace=False)
    assert said.exit_code == 2
    assert "--workspace" in said.output


def test_the_diagnosis_tells_them(place: Path) -> None:
    """The same figures stand in its JSON, under its schema."""
    said = _ask(place, "diagnose", SIREN)
    assert said.exit_code == 0, said.output
    document: dict[str, Any] = json.loads(said.stdout)
    schema = json.loads((SCHEMAS / "diagnosis-1.0.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    told = document["result"]["unanswered"]
    assert (told["n_recorded"], told["n_reporting"], told["estimate"]) == (N, 3, N)
    assert [(row["label"], row["n"]) for row in told["by_commune"]] == [("Lillers", N)]


def test_a_month_of_rounds_counts_them(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a plan of rounds is asked for holds the requests of the house, or not where told so."""
    asked: list[RoundWanted] = []

    def stopped(*told: object) -> None:
        """Keep what is asked, and go no further."""
        asked.extend(one for one in told if isinstance(one, RoundWanted))
        raise KeyboardInterrupt

    monkeypatch.setattr("maillage.wiring.rounds.ready_round", stopped)
    _ask(place, "rounds", "plan", SIREN)
    _ask(place, "rounds", "plan", SIREN, "--no-recorded-needs")
    first, second = asked
    assert first.recorded is not None
    assert len(first.recorded.demand) == N
    assert second.recorded is None
