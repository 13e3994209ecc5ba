"""The survey of the fictional territory as files that an analyst may read."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest
import yaml
from tests.builders import BETHUNE, make_territory

from maillage.demo.survey import draw_survey
from maillage.demo.survey_files import survey_files
from maillage.diagnosis.heard import hear
from maillage.diagnosis.heard_model import Hearing
from maillage.kernel.parameters import load_parameters
from maillage.survey.estimates.estimate import estimate
from maillage.survey.estimates.raking_file import read_raking
from maillage.survey.forms.shipped import shipped_form
from maillage.survey.intake.read import read_answers
from maillage.territory.fragility_model import FragilePeople

SURVEY = draw_survey()
FILES = survey_files(SURVEY)


def rows(name: str) -> list[dict[str, str]]:
    """Return the lines of a file."""
    return list(csv.DictReader(FILES[name].decode().splitlines()))


def test_same_seed_same_bytes() -> None:
    """Made twice, every file is the same."""
    assert survey_files(draw_survey()) == FILES


@pytest.mark.parametrize("name", ["structures", "habitants"])
def test_answers_are_read_back_the_same(name: str, tmp_path: Path) -> None:
    """280 answers of structures, 800 of residents: read as any file is, they are what was drawn."""
    path = tmp_path / f"{name}.csv"
    path.write_bytes(FILES[path.name])
    told, doubts = read_answers(path, shipped_form(name))
    drawn = SURVEY.structures if name == "structures" else SURVEY.residents
    assert len(told) == (280 if name == "structures" else 800)
    assert doubts == ()
    assert [one.values for one in told] == [one.values for one in drawn]
    assert [(one.id, one.wave, one.channel, one.contact) for one in told] == [
        (one.id, one.wave, one.channel, one.contact) for one in drawn
    ]


def test_ties_name_who_is_to_be_heard() -> None:
    """Both ends of a tie are among the 160, and a tie of each kind is a line."""
    names = {one["nom"] for one in rows("a-entendre.csv")}
    ties = rows("liens.csv")
    assert len(names) == 160
    assert {one["de"] for one in ties} | {one["vers"] for one in ties} <= names
    assert {one["lien"] for one in ties} == {"connait", "travaille_avec", "oriente_vers"}
    assert {one["vague"] for one in ties} == {"2024", "2026"}


def test_an_analyst_finds_the_figures_of_the_report(tmp_path: Path) -> None:
    """Read from the files by the reader of all files, shares are those of the diagnosis."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    form, parameters = shipped_form("structures"), load_parameters(dt.date(2026, 11, 1))
    told, _ = read_answers(tmp_path / "structures.csv", form)
    weights = read_raking(tmp_path / "redressement-structures.yaml", form)
    wave = [one for one in told if one.wave == "2026"]
    found = estimate(wave, form, weights, parameters, "2026").question("reponse_non_servis")
    assert found is not None
    alone = found.choice("aucune_reponse")
    assert alone is not None
    hearing = Hearing(structures=tuple(wave), to_hear={"2026": {str(n): "x" for n in range(160)}})
    territory = make_territory(points=[BETHUNE], populations=[1000])
    people = FragilePeople(np.array([1.0]), are_people=False, method="")
    voices = hear(hearing, territory, people, parameters).structures
    share = None if voices is None else voices.share("no-answer")
    assert share is not None
    assert share.n_yes == alone.told.n
    for name in ("share", "low", "high"):
        assert getattr(share, name) == pytest.approx(getattr(alone.told, name))


def test_margins_add_up() -> None:
    """Ages and sexes tell the same adults, and every class is a choice of the questionnaire."""
    told = yaml.safe_load(FILES["redressement.yaml"])
    for question, totals in told["marges"].items():
        assert abs(sum(totals.values()) - told["population"]) <= 1
        asked = shipped_form("habitants").question(question)
        assert asked is not None
        assert set(totals) <= {one.name for one in asked.choices}
