"""What structures and residents say as the report tells it, in every medium."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from tests.reports.test_diagnosis_json import SCHEMA
from tests.reports.test_view import told

from maillage.demo.survey import draw_survey
from maillage.demo.survey_hearing import demo_hearing
from maillage.diagnosis.heard import hear
from maillage.diagnosis.heard_model import Heard, HeardShare
from maillage.diagnosis.heard_needs import CommuneHeard, NeedsHeard
from maillage.diagnosis.model import Diagnosis
from maillage.kernel.french import FIXED
from maillage.kernel.parameters import load_parameters
from maillage.reports.blocks import Chapter, Figure, Quotes, Table
from maillage.reports.diagnosis_json import diagnosis_document
from maillage.reports.html_report import render
from maillage.reports.paper import assets
from maillage.reports.view import compose

NEEDS = NeedsHeard(
    n=60,
    share=0.2,
    least_n=10,
    spread=0.1,
    measured=False,
    communes=(
        CommuneHeard("62119", 40, 12, 0.3, 0.2, 0.6, 0.26, 0.15, 0.37),
        CommuneHeard("62048", 20, 2, 0.1, 0.2, 0.4, 0.16, 0.05, 0.27),
    ),
    n_alone=1,
)


@pytest.fixture(scope="module")
def with_voices(diagnosis: Diagnosis) -> Diagnosis:
    """Give a diagnosis in which the demo's structures and residents speak."""
    hearing = demo_hearing(draw_survey())
    on = diagnosis.on.replace(year=2027)
    found = hear(hearing, diagnosis.territory, diagnosis.fragile_people, load_parameters(on))
    return replace(diagnosis, heard=replace(found, needs=NEEDS))


def chapter(diagnosis: Diagnosis, chapter_id: str) -> Chapter:
    """Return a chapter of the report."""
    return next(one for one in compose(diagnosis).chapters if one.id == chapter_id)


def words(found: Chapter) -> str:
    """Return all that a chapter says, with ordinary spaces."""
    lines = [line for block in found.blocks for line in told(block)]
    return "\n".join(lines).replace(FIXED, " ")


def test_no_survey_no_chapter(diagnosis: Diagnosis, with_voices: Diagnosis) -> None:
    """Where nobody was asked the report is what it was; else both chapters come before doubts."""
    before = [one.id for one in compose(diagnosis).chapters]
    after = [one.id for one in compose(with_voices).chapters]
    assert [one for one in after if one not in before] == ["acteurs", "habitants"]
    assert after.index("illectronisme") + 1 == after.index("acteurs")
    assert "heard" not in json.loads(diagnosis_document(diagnosis))["result"]


def test_each_share_says_of_how_many_and_how_sure(with_voices: Diagnosis) -> None:
    """The two figures that began it all, with n and interval, and what changed in two years."""
    said = words(chapter(with_voices, "acteurs"))
    assert "des structures n'ont aucune réponse à donner" in said
    assert "(27 sur 140 ; entre 17 et 22 %)" in said
    assert "la baisse est nette" in said
    assert "des structures disent que la mobilité freine leur public. Pas de changement" in said
    assert "140 structures sur 160 à entendre ont répondu" in said
    assert "si aucune d'elles n'était dans ce cas" in said


def test_words_and_limits_of_surveys_are_told_where_there_was_one(
    diagnosis: Diagnosis, with_voices: Diagnosis
) -> None:
    """What a wave and an interval are, and what no survey tells; nothing of it elsewhere."""
    for chapter_id, told_there in (("glossaire", "Redressement"), ("methode", "n'ose pas dire")):
        assert told_there in words(chapter(with_voices, chapter_id))
        assert told_there not in words(chapter(diagnosis, chapter_id))


def test_words_stand_beside_with_who_said_them(with_voices: Diagnosis) -> None:
    """Quotes are attributed by kind, and no word that names somebody is printed."""
    quotes = [one for one in chapter(with_voices, "acteurs").blocks if isinstance(one, Quotes)]
    assert len(quotes) >= 4
    assert {by.split(" ")[0] for one in quotes for _, by in one.said} <= {"une", "un"}
    page = render(compose(with_voices))
    assert "<blockquote>" in page
    assert "05 36 49" not in page.split('id="acteurs"')[1].split('id="inconnues"')[0]


def test_few_answers_of_a_commune_are_not_told(with_voices: Diagnosis) -> None:
    """Two of twenty in difficulty: neither the share nor what would give it back is shown."""
    tables = [one for one in chapter(with_voices, "habitants").blocks if isinstance(one, Table)]
    (table,) = [one for one in tables if one.id == "tableau-besoins-entendus"]
    assert [cell.text for cell in table.rows[1]][2::2][:2] == ["non montré", "non montré"]
    heard = json.loads(diagnosis_document(with_voices))["result"]["heard"]
    few = heard["needs"]["communes"][1]
    assert (few["n_yes"], few["survey"], few["pull"]) == (None, None, None)
    assert heard["needs"]["communes"][0]["n_yes"] == 12


def test_a_share_not_shown_says_so(with_voices: Diagnosis) -> None:
    """A share of few stands in the table as not shown, and nowhere else."""
    heard = with_voices.heard
    assert heard is not None
    assert heard.structures is not None
    hidden = HeardShare("untrained", "n'ont aucun aidant formé", None, None, None, None, None, 3)
    shares = tuple(hidden if one.code == "untrained" else one for one in heard.structures.shares)
    few = replace(with_voices, heard=Heard(replace(heard.structures, shares=shares), None))
    found = chapter(few, "acteurs")
    (figure,) = [one for one in found.blocks if isinstance(one, Figure)]
    assert figure.table is not None
    assert "trop peu de réponses pour être montrées" in str(figure.table)
    assert "aucun aidant formé" not in figure.picture.body


def test_the_document_follows_its_schema(with_voices: Diagnosis) -> None:
    """The JSON holds the same figures, as the schema says."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(diagnosis_document(with_voices)), schema)


def test_paper_holds_the_same_blocks(with_voices: Diagnosis) -> None:
    """Quotes and pictures reach the typesetter."""
    told_data = json.loads(assets(compose(with_voices))["report.json"])
    (actors,) = [one for one in told_data["chapters"] if one["id"] == "acteurs"]
    kinds = {block["kind"] for block in actors["blocks"]}
    assert {"quotes", "figure", "key_figures", "table"} <= kinds
