"""Making a workspace, diagnosing from it, and refreshing it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.cli.conftest import Run

from maillage.demo.generate import generate
from maillage.jobs.ports import TerritoryWork
from maillage.storage.workspace import Workspace
from maillage.wiring import house

ON = ("--on", "2026-11-22")
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)


@pytest.fixture
def sources(tmp_path: Path) -> tuple[str, str]:
    """Give the SIREN and the folder of a small territory to take in."""
    made = generate(tmp_path / "sources")
    return made.siren, str(tmp_path / "sources")


def without_trains(told: str) -> dict[str, Any]:
    """Return a diagnosis without what is said of the national timetable, which is not in it."""
    document: dict[str, Any] = json.loads(told)
    found = [one for one in document["findings"] if one["code"] != "source-absent"]
    return {**document, "findings": found}


def test_init_then_diagnose(run: Run, sources: tuple[str, str], tmp_path: Path) -> None:
    """A workspace made once is diagnosed without any source, as if fresh from the sources.

    But for why the trains are missing: in one case the mirror has none, in the other no network.
    """
    siren, mirror = sources
    made = run("init", siren, "--mirror", mirror, *ON, "--quiet")
    assert (made.code, made.err) == (0, "")
    assert (tmp_path / f"maillage-{siren}" / "maillage.sqlite3").is_file()
    kept = run("diagnose", siren, "--workspace", f"maillage-{siren}", "--offline", *ON, "--json")
    fresh = run("diagnose", siren, "--mirror", mirror, *ON, "--json")
    assert kept.code == 0
    assert without_trains(kept.out) == without_trains(fresh.out)


def test_init_again_changes_nothing(run: Run, sources: tuple[str, str], tmp_path: Path) -> None:
    """Run again on the same sources, it succeeds, and the work keeps every id and every finding."""
    siren, mirror = sources
    run("init", siren, "--mirror", mirror, *ON, "--quiet")
    before = _work_in(tmp_path / f"maillage-{siren}", siren)
    assert run("init", siren, "--mirror", mirror, *ON, "--quiet").code == 0
    assert _work_in(tmp_path / f"maillage-{siren}", siren) == before


def _work_in(folder: Path, siren: str) -> TerritoryWork:
    with Workspace.open(folder) as workspace:
        return house.store(workspace, dt.date.fromisoformat(ON[1])).load(siren)


def test_the_json_of_init_follows_its_schema(run: Run, sources: tuple[str, str]) -> None:
    """``init --json`` prints one document under the published schema."""
    siren, mirror = sources
    document = json.loads(run("init", siren, "--mirror", mirror, *ON, "--json").out)
    jsonschema.validate(document, SCHEMA)
    assert document["territory"]["siren"] == siren


def test_an_unknown_siren_leaves_no_workspace(
    run: Run, sources: tuple[str, str], tmp_path: Path
) -> None:
    """A SIREN that no EPCI has is exit code 4, near ones are proposed, and nothing is left."""
    siren, mirror = sources
    said = run("init", siren[:-1] + "0", "--mirror", mirror, *ON, "--quiet")
    assert said.code == 4
    assert siren in said.err
    assert list(tmp_path.glob("maillage-*")) == []


@pytest.mark.mirror
def test_a_mistyped_siren_is_helped(run: Run, mirror: Path, tmp_path: Path) -> None:
    """One wrong digit in the SIREN of Béthune-Bruay proposes it by name."""
    said = run("diagnose", "200072461", "--mirror", str(mirror), "--quiet", "--out", "out")
    assert said.code == 4
    assert "200072460" in said.err
    assert "Béthune-Bruay" in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("place", "code"), [("occupe", 2), ("occupe/dedans", 6)])
def test_init_where_nothing_can_be_written(
    run: Run, sources: tuple[str, str], tmp_path: Path, place: str, code: int
) -> None:
    """A workspace that would be a file, or stand in one, is one sentence that names it."""
    siren, mirror = sources
    (tmp_path / "occupe").write_text("x")
    said = run("init", siren, "--mirror", mirror, *ON, "--quiet", "--workspace", place)
    assert (said.code, said.out) == (code, ""), said
    assert "occupe" in said.err
    assert "inattendue" not in said.err
