"""The survey of the fictional territory as files that an analyst may read."""

from __future__ import annotations

import csv

import yaml

from maillage.demo.survey import draw_survey
from maillage.demo.survey_files import survey_files
from maillage.survey.forms.shipped import shipped_form

FILES = survey_files(draw_survey())


def rows(name: str) -> list[dict[str, str]]:
    """Return the lines of a file."""
    return list(csv.DictReader(FILES[name].decode().splitlines()))


def test_same_seed_same_bytes() -> None:
    """Made twice, every file is the same."""
    assert survey_files(draw_survey()) == FILES


def test_a_line_is_an_answer_and_a_column_a_question() -> None:
    """280 answers of structures, 800 of residents; every question that is no text to read."""
    assert (len(rows("structures.csv")), len(rows("habitants.csv"))) == (280, 800)
    columns = set(rows("habitants.csv")[0])
    asked = {one.name for one in shipped_form("habitants").questions()}
    assert asked - columns == {"bonjour", "merci", "jour"}
    assert len({one["KEY"] for one in rows("structures.csv")}) == 280


def test_ties_name_who_is_to_be_heard() -> None:
    """Both ends of a tie are among the 160, and a tie of each kind is a line."""
    names = {one["nom"] for one in rows("a-entendre.csv")}
    ties = rows("liens.csv")
    assert len(names) == 160
    assert {one["de"] for one in ties} | {one["vers"] for one in ties} <= names
    assert {one["lien"] for one in ties} == {"connait", "travaille_avec", "oriente_vers"}
    assert {one["vague"] for one in ties} == {"2024", "2026"}


def test_margins_add_up() -> None:
    """Ages and sexes tell the same adults, and every class is a choice of the questionnaire."""
    told = yaml.safe_load(FILES["redressement.yaml"])
    for question, totals in told["marges"].items():
        assert abs(sum(totals.values()) - told["population"]) <= 1
        asked = shipped_form("habitants").question(question)
        assert asked is not None
        assert set(totals) <= {one.name for one in asked.choices}
