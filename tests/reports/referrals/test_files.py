"""What analysts get: rows that name nobody, figures that hide what is of few."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.referrals.cases import START, STRUCTURES, case_of, done
from tests.referrals.test_figures import BOOKED, REFUSED, WROTE, YEAR, asked, ended

from maillage.referrals.counting import figures_of
from maillage.referrals.model import Case, Deed, End, Outcome
from maillage.reports.referrals.cases_csv import COLUMNS, cases_csv
from maillage.reports.referrals.figures_json import figures_json

SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / "referrals-1.0.schema.json"
DAY = dt.timedelta(days=1)
NAMES = {"structure-z": "Guichet Z", "structure-a": '=HYPERLINK("x")'}


def rows_of(cases: list[Case], least: int = 1) -> list[dict[str, str]]:
    """Return the rows of the CSV of cases."""
    text = cases_csv(cases, NAMES, least).decode()
    assert text.splitlines()[0] == ",".join(COLUMNS)
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_tells_a_chain_by_days() -> None:
    """A request passed on, then accepted: who, by what means, what they said, after how long."""
    passed = done(START + DAY, Deed.PASSED_ON, End.STRUCTURE, addressee=STRUCTURES[1])
    hour = START + 10 * DAY
    accepted = done(START + 3 * DAY, Deed.ACCEPTED, End.STRUCTURE, appointment=hour)
    (row,) = rows_of([ended(Outcome.SERVED, WROTE, passed, accepted, service="x", errand="y")])
    assert row == {
        "ouverte_le": "2026-11-24",
        "guichet_id": "structure-z",
        "guichet": "Guichet Z",
        "code_insee": "62119",
        "service": "x",
        "demarche": "y",
        "etape": "close",
        "issue": "servi",
        "rendez_vous_le": "2026-12-04",
        "close_le": "2026-12-14",
        "demandes": "2",
        "structures": '\'=HYPERLINK("x")|Association b',
        "structures_id": "structure-a|structure-b",
        "canaux": "ecrit|ecrit",
        "reponses": "transmise|acceptee",
        "raisons_de_refus": "|",
        "jours_avant_reponse": "1.0|2.0",
        "transmise": "oui",
        "rouverte": "non",
    }


def test_mistakes_are_left_out_and_refusals_told() -> None:
    """What was opened by mistake is no row; a refusal says why."""
    rows = rows_of([*YEAR, case_of(WROTE, REFUSED)])
    assert len(rows) == len(YEAR)
    assert rows_of([ended(Outcome.MISTAKE, WROTE)]) == []
    assert "complet" in {row["raisons_de_refus"] for row in rows}
    assert {row["close_le"] == "" for row in rows if row["etape"] != "close"} == {True}


def test_the_order_of_rows_tells_no_number() -> None:
    """The same cases in another order, with other numbers and hours, give the same bytes."""
    cases = [replace(one, number=n) for n, one in enumerate(YEAR, 1)]
    turned = [replace(one, number=99 - n) for n, one in enumerate(reversed(YEAR))]
    assert cases_csv(cases, NAMES, 1) == cases_csv(turned, NAMES, 1)


def test_too_few_cases_are_no_row() -> None:
    """Of fewer cases than are shown, the columns alone are given; small communes are hidden."""
    assert rows_of([case_of(WROTE)] * 4, least=5) == []
    rows = rows_of([*[case_of(WROTE)] * 12, *[case_of(WROTE, commune="62120")] * 2], least=5)
    assert {row["code_insee"] for row in rows} == {"*"}


@pytest.mark.parametrize("least", [1, 5])
def test_figures_follow_their_schema(least: int) -> None:
    """The JSON of figures is valid, whatever is hidden, and tells each share with its interval."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for cases in (YEAR, YEAR * 3, []):
        told: dict[str, Any] = figures_json(figures_of(cases, asked(least)), NAMES)
        text = json.dumps(told, allow_nan=False)
        errors = jsonschema.Draft202012Validator(schema).iter_errors(json.loads(text))
        assert [f"{e.json_path}: {e.message}" for e in errors] == []


def test_figures_are_those_counted() -> None:
    """Shares, names and flows are those of the figures; an id of others is null."""
    few = [case_of(WROTE, BOOKED, desk="structure-y")] * 2
    told = figures_json(figures_of([*YEAR, *YEAR, *few], asked(5)), NAMES)
    assert told["written"]["accepted"]["share"] == round(22 / 26, 4)
    assert told["desks"][0]["name"] == "Guichet Z"
    assert told["flows"]["desks"] == [
        {"id": "structure-z", "name": "Guichet Z"}, {"id": None, "name": ""},
    ]  # fmt: skip
    assert told["sentences"][0].startswith("32")
