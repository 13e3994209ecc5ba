"""The campaign list in a spreadsheet and on paper."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from tests.jobs.giving import EVIL, evil_work, sample_work
from tests.jobs.test_campaign import planned

from maillage.reports.directory.campaign_page import campaign_page
from maillage.reports.directory.campaign_table import COLUMNS, campaign_csv, campaign_result
from maillage.tables.write import neutral


def test_the_table_is_as_it_was(snapshot: SnapshotAssertion) -> None:
    """The same words, in the same order, as the last time."""
    campaign = planned(sample_work())
    assert campaign_csv(campaign, campaign.rows).decode() == snapshot


def test_a_part_of_the_list_keeps_its_ranks() -> None:
    """Rows shown alone bear the rank they have in the whole list."""
    campaign = planned(sample_work())
    text = campaign_csv(campaign, campaign.rows[3:5]).decode()
    assert [row["rang"] for row in csv.DictReader(io.StringIO(text))] == ["4", "5"]


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_is_live(evil: str) -> None:
    """Names that spreadsheets or browsers would run are text in both."""
    campaign = planned(evil_work(evil))
    text = campaign_csv(campaign, campaign.rows).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [cell for row in rows for cell in row if neutral(cell) != cell] == []


def test_the_page_stands_alone_and_runs_nothing() -> None:
    """No script, nothing from any network, names escaped, one heading and one table."""
    campaign = planned(evil_work("<script>alert(1)</script>"))
    page = campaign_page(campaign, campaign.rows)
    assert "<script" not in page
    assert "src=" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert page.count("<h1>") == page.count("<table>") == 1
    assert "territoire fictif" in page
    assert page.count('<th scope="row">') == len(campaign.rows)


def test_a_score_that_was_not_computed_is_said() -> None:
    """« non calculé » in the table, null in JSON: never 0."""
    campaign = planned(sample_work())
    assert b"non calcul\xc3\xa9" in campaign_csv(campaign, campaign.rows)
    result = campaign_result(campaign, campaign.rows)
    assert {row["score_qualite"] for row in result["rows"]} == {None}
    row = replace(campaign.rows[0], score_qualite=0.25)
    assert campaign_result(campaign, [row])["rows"][0]["score_qualite"] == 0.25


def test_a_number_is_told_as_it_is_dialled() -> None:
    """« 03 21 … » in the table and on paper; JSON keeps the number as the standard writes it."""
    campaign = planned(sample_work())
    numbered = [row for row in campaign.rows if row.telephone == "+33321000001"]
    assert "03 21 00 00 01" in campaign_csv(campaign, numbered).decode()
    assert "03 21 00 00 01" in campaign_page(campaign, numbered)
    assert campaign_result(campaign, numbered)["rows"][0]["telephone"] == "+33321000001"
