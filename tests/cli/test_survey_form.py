"""``maillage survey form``: a questionnaire checked and given, misuse told in French."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from tests.cli.conftest import Run

from maillage.survey.forms.intake import read_form
from maillage.survey.forms.shipped import shipped_form, shipped_path

KINDS = Path(__file__).parents[1] / "survey" / "forms" / "kinds"


@pytest.mark.parametrize("words", ["form", "form check", "form export"])
def test_help_is_french_and_pinned(run: Run, snapshot: SnapshotAssertion, words: str) -> None:
    """The help reads as it was last reviewed."""
    said = run("survey", *words.split(), "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out == snapshot


def test_a_sound_questionnaire_has_nothing_to_mend(run: Run) -> None:
    """A shipped questionnaire is checked, by pyxform too: exit code 0."""
    said = run("survey", "form", "check", str(shipped_path("structures")))
    assert said.code == 0
    assert "Les structures et l'aide au numérique (structures), 31" in said.out


def test_each_cell_to_mend_is_named(run: Run) -> None:
    """A broken questionnaire is exit code 10, and every cell is told; as JSON too."""
    said = run("survey", "form", "check", str(KINDS / "broken.md"), "--all")
    assert said.code == 10
    for cell in ("survey!D2", "survey!B3", "survey!F13", "choices!B4", "settings!B2"):
        assert cell in said.out
    told = run("survey", "form", "check", str(KINDS / "broken.md"), "--json")
    answer = json.loads(told.out)
    assert told.code == 10
    assert "survey!D2" in {finding["subject"] for finding in answer["findings"]}
    assert answer["result"]["n_questions"] == 19


@pytest.mark.parametrize("suffix", [".xlsx", ".md", ".xml", ".pdf", ".html"])
def test_a_questionnaire_is_given_in_each_clothes(run: Run, tmp_path: Path, suffix: str) -> None:
    """A shipped questionnaire and a file are written by the end of the name."""
    for told in ("habitants_comptoir", str(KINDS / "cascade.md")):
        out = tmp_path / f"made{suffix}"
        said = run("survey", "form", "export", told, "--wave", "2", "--out", str(out))
        assert (said.code, said.err) == (0, "")
        assert out.stat().st_size > 500
    if suffix in {".xlsx", ".md"}:
        form, _ = read_form(out)
        assert form == read_form(KINDS / "cascade.md")[0]
    assert shipped_form("habitants_comptoir").title == "Internet et vous, au comptoir"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["export", "rien", "--out", "a.pdf"], 2, "habitants_comptoir"),
        (["export", "structures", "--out", "a.doc"], 2, ".xlsx"),
        (["export", str(KINDS / "broken.md"), "--out", "a.xml"], 1, "survey!4"),
        (["check", "absent.xlsx"], 2, "n’existe pas"),
        (["check", __file__], 3, "survey"),
    ],
)
def test_what_cannot_be_done_is_told_in_french(
    run: Run, words: list[str], code: int, told: str
) -> None:
    """A wrong name, a wrong end, a form that pyxform refuses, a file without questions."""
    said = run("survey", "form", *words)
    assert said.code == code
    assert told in said.err
    assert "Traceback" not in said.err
