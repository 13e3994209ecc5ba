"""Requests without an answer as the report tells them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import jsonschema
import pytest
from syrupy.assertion import SnapshotAssertion
from tests.reports.test_diagnosis_json import SCHEMA
from tests.reports.test_view import told

from maillage.diagnosis.model import Diagnosis
from maillage.diagnosis.unanswered import Counted, Indicator, Unanswered
from maillage.reports.chapters.unanswered import unanswered
from maillage.reports.diagnosis_json import diagnosis_document
from maillage.reports.typography import polished
from maillage.reports.view import compose

FOUND = Unanswered(
    since=dt.date(2025, 3, 1),
    until=dt.date(2026, 3, 2),
    n_recorded=30,
    n_desks=5,
    n_reporting=3,
    n_apart=2,
    estimate=48.7,
    low=30.0,
    high=71.2,
    least_shown=5,
    by_service=(Counted("Aide aux démarches administratives", 30, 48.7),),
    by_commune=(Counted("Écrin-la-Forêt", 21, 34.1), Counted("3 autres communes", 9, 14.6, 3)),
    indicators=(
        Indicator("unanswered-share", "Part des orientations sans réponse", "share", 0.31, None),
        Indicator("unanswered-a-month", "Demandes par mois", "requests a month", 4.06, 2.5),
    ),
    sentences=("30 demandes notées sans réponse.", "Il y en a environ 49."),
)


def test_the_chapter_says_what_was_reviewed(snapshot: SnapshotAssertion) -> None:
    """Both figures of each row, what was put together, and what to follow."""
    chapter = polished(unanswered(FOUND))
    assert "\n".join(line for block in chapter.blocks for line in told(block)) == snapshot


def test_too_few_to_be_told_apart_are_not() -> None:
    """Without a row there is no table of them, and a sentence says why."""
    few = unanswered(replace(FOUND, by_service=(), by_commune=()))
    ids = [getattr(block, "id", "") for block in few.blocks]
    assert "tableau-demandes-commune" not in ids
    assert "trop peu nombreuses" in str(few)


@pytest.mark.parametrize("found", [FOUND, replace(FOUND, high=None, by_service=(), by_commune=())])
def test_the_document_follows_its_schema(diagnosis: Diagnosis, found: Unanswered) -> None:
    """What is not known is null; the chapter stands after the white zones."""
    whole = replace(diagnosis, unanswered=found)
    jsonschema.validate(json.loads(diagnosis_document(whole)), json.loads(SCHEMA.read_bytes()))
    ids = [chapter.id for chapter in compose(whole).chapters]
    assert ids.index("demandes-sans-reponse") == ids.index("zones-blanches") + 1
