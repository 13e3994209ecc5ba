"""``maillage survey estimate`` on the answers of the fictional territory."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from maillage.cli.main import cli
from maillage.demo.survey import draw_survey
from maillage.survey.forms.shipped import shipped_form
from maillage.survey.intake.giving import table_of
from maillage.tables.write import csv_bytes

RAKING = "population: 160\ntoutes_a_entendre: oui\ncroiser: [type_structure]\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the answers of the structures, and how they weigh."""
    place = tmp_path_factory.mktemp("enquete")
    columns, rows = table_of(draw_survey().structures, shipped_form("structures"))
    (place / "structures.csv").write_bytes(csv_bytes(columns, rows, neutralise=True))
    (place / "redressement.yaml").write_text(RAKING, encoding="utf-8")
    return place


def _run(folder: Path, *words: str) -> str:
    asked = ["survey", "estimate", str(folder / "structures.csv"), "--form", "structures"]
    asked += ["--weights", str(folder / "redressement.yaml"), "--wave", "2024"]
    asked += ["--out", str(folder / "tables"), "--on", "2026-11-23", *words]
    told = CliRunner().invoke(cli, asked)
    assert told.exit_code == 0, told.output
    return told.stdout


def test_the_figures_of_the_field_come_out_of_answers(folder: Path) -> None:
    """A third with no answer to give, more than half stopped by mobility: told by 140 of 160."""
    document = json.loads(_run(folder, "--json"))
    result = document["result"]
    assert (result["n"], result["population"]) == (140, 160.0)
    told = {one["name"]: one for one in result["questions"]}
    none = _choice(told["reponse_non_servis"], "aucune_reponse")
    assert none["told"]["low"] < 0.33 < none["told"]["high"]
    stopped = [
        _choice(told["mobilite_freine"], name)["told"]["share"]
        for name in ("oui_souvent", "oui_parfois")
    ]
    assert 0.45 < sum(stopped) < 0.7
    assert none["bounds"]["n_silent"] >= 20
    assert document["parameters"]


def _choice(question: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in question["choices"] if one["name"] == name)
    return found


def test_tables_open_in_a_french_spreadsheet_and_hide_the_few(folder: Path) -> None:
    """Semicolons, commas; no count from 1 to 4 in any of them."""
    told = _run(folder)
    assert "140 réponses, pour une population de 160." in told
    for name in ("parts.csv", "croisements.csv"):
        content = (folder / "tables" / name).read_bytes().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        assert rows
        assert not {row["n"] for row in rows} & {"1", "2", "3", "4"}
        assert any("," in row["part"] for row in rows)


def test_the_page_stands_alone_and_runs_nothing(folder: Path) -> None:
    """No script, no address of elsewhere; what the silent could change is said."""
    _run(folder)
    page = (folder / "tables" / "estimations.html").read_text(encoding="utf-8")
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")
    assert "selon ce qu" in page


def test_same_answers_same_bytes(folder: Path) -> None:
    """Twice the same command writes the same files."""
    _run(folder)
    first = {path.name: path.read_bytes() for path in (folder / "tables").iterdir()}
    _run(folder)
    assert first == {path.name: path.read_bytes() for path in (folder / "tables").iterdir()}


def test_a_form_that_is_not_there_is_said(folder: Path) -> None:
    """With the names of those that are shipped."""
    asked = ["survey", "estimate", str(folder / "structures.csv"), "--form", "absent", "--out", "x"]
    told = CliRunner().invoke(cli, asked)
    assert told.exit_code == 2
    assert "structures, habitants" in told.output
