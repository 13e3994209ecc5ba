"""Analysts get the cases of a territory as rows and figures, and nobody's name."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from tests.web.conftest import DEMO, MARK, OTHER
from tests.web.sending import NOW, PERSON, SECRETS, TERMS, WORDS

from maillage.demo.referrals import draw_cases, ground_of
from maillage.jobs.ports import TerritoryWork
from maillage.referrals.counting import day_of, figures_of
from maillage.referrals.figures import Asked
from maillage.referrals.model import Case, Deed, Outcome
from maillage.storage.referrals.keep import Done, Opening, act, load_cases, open_case

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "referrals-1.0.schema.json"
SINCE, UNTIL = dt.date(2025, 12, 1), dt.date(2026, 11, 24)
pytestmark = pytest.mark.django_db


def keep(case: Case) -> None:
    """Keep a case as a site does, event after event, with somebody's name."""
    told = (case.siren, case.desk, case.code_insee, case.service, case.errand)
    first = Opening(*told, "lu=x", "http://testserver", f"drawn-{case.number}")
    number = open_case(first, case.standing.opened, None, TERMS).number
    for event in case.events[1:]:
        person = PERSON if event.deed is Deed.WROTE else {}
        done = Done(event, words=WORDS, person=person, mail="lieu@exemple.fr")
        act(case.siren, number, done, TERMS, lambda *_: ())


def exported(siren: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, dict[str, Any]]:
    """Return the CSV and the figures of a territory."""
    days = {"since": SINCE, "until": UNTIL, "on": UNTIL}
    call_command("export_cases", siren, **days)
    told = json.loads(capsys.readouterr().out)
    return told["csv"], told["result"]


def test_cases_are_given_without_anybody(
    demo_work: TerritoryWork, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows and figures are those of the cases kept; no name, word, phone, code or number is there.

    What comes out of the database is what went in.
    """
    drawn = draw_cases(9, ground_of(demo_work.territory, demo_work.directory), NOW, TERMS, n=60)
    for case in drawn:
        keep(case)
    kept = load_cases("default", DEMO)
    assert [one.events for one in kept[1:]] == [one.events for one in drawn]
    text, result = exported(DEMO, capsys)
    for secret in (*SECRETS, "lu=x", "testserver", "exemple.fr"):
        assert secret not in text + json.dumps(result, ensure_ascii=False)
    rows = list(csv.DictReader(io.StringIO(text)))
    true = [
        one
        for one in kept
        if one.standing.outcome is not Outcome.MISTAKE
        and SINCE <= day_of(one.standing.opened) <= UNTIL
    ]
    assert len(rows) == len(true) == result["n_opened"]
    assert {row["guichet"] for row in rows} <= {one.nom for one in demo_work.directory.structures}
    figures = figures_of(kept, Asked(SINCE, UNTIL, NOW, 5))
    assert result["sentences"][0].startswith(str(figures.n_opened))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(result)


def test_one_territory_tells_nothing_of_another(capsys: pytest.CaptureFixture[str]) -> None:
    """Cases of another territory are neither in the rows nor in the figures of this one."""
    text, result = exported(DEMO, capsys)
    assert MARK not in text + json.dumps(result)
    assert len(text.splitlines()) == 1
    assert result["n_opened"] is None
    assert exported(OTHER, capsys)[1]["n_opened"] is None
