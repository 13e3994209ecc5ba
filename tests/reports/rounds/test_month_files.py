"""A month of rounds as files: a page, JSON, a table, flyers; the same plan in each."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import io
import json
import re
from dataclasses import replace

import pikepdf
import pytest
from syrupy.assertion import SnapshotAssertion
from tests.rounds.months import LILLERS, TERRITORY_7, ground_of, small_month, town_halls

from maillage.engines.typst_pdf import TypstTypesetter
from maillage.kernel.french import FIXED
from maillage.reports.rounds.flyer import flyers, flyers_pdf
from maillage.reports.rounds.month_csv import COLUMNS, month_csv
from maillage.reports.rounds.month_json import month_document
from maillage.reports.rounds.month_page import month_page
from maillage.rounds.month import Room, RoundMonth

ON = dt.date(2026, 12, 31)
A5 = (419.5, 595.3)


@pytest.fixture(scope="module")
def month() -> RoundMonth:
    """Give a month whose stop at Lillers has a hostile name."""
    halls = tuple(
        replace(hall, name="<b>Place</b> & =marché") if hall.code_insee == LILLERS else hall
        for hall in town_halls()
    )
    return small_month(ground_of(halls))


def test_the_page_is_this_one(month: RoundMonth, snapshot: SnapshotAssertion) -> None:
    """The page does not change unless somebody means it."""
    assert month_page(month, TERRITORY_7, ON) == snapshot


def test_the_page_asks_for_nothing_and_runs_nothing(month: RoundMonth) -> None:
    """No script, no address, no style but the one named by its hash; what names hold is text."""
    page = month_page(month, TERRITORY_7, ON)
    assert re.search(r"<script|<img|<link|@import|https?:|\son\w+=|style=", page) is None
    assert "<b>Place" not in page
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"sha256-{digest}" in page.replace("&#43;", "+")


def test_the_page_tells_each_session_once(month: RoundMonth) -> None:
    """There are as many lines in its weeks as sessions in the plan."""
    page = month_page(month, TERRITORY_7, ON)
    assert page.count('<td class="hours">') == len(month.sessions) == 7
    assert page.count("<table") == 5


def test_json_holds_the_same_sessions(month: RoundMonth) -> None:
    """The document is pure JSON; its sessions, bound and gap are the plan's."""
    document = json.loads(json.dumps(month_document(month, ON), allow_nan=False))
    assert [one["date"] for one in document["sessions"]] == [
        session.date.isoformat() for session in month.sessions
    ]
    assert (document["bound"], document["proved"], document["stopped"]) == (400, False, "time")
    assert document["stops"][-1]["horaires"].endswith("09:30-11:30")


def test_the_table_is_safe_to_open(month: RoundMonth) -> None:
    """One row a session, as French spreadsheets read it, and no cell that one would run."""
    told = month_csv(month)
    assert told.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(told.decode("utf-8-sig")), delimiter=";"))
    assert (len(rows), tuple(rows[0])) == (7, COLUMNS)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_each_commune_has_its_flyer(month: RoundMonth) -> None:
    """A flyer tells the commune's own dates, big enough to be read from afar."""
    by_commune = dict(flyers(month))
    assert list(by_commune) == ["62028", "62048", LILLERS]
    lillers = by_commune[LILLERS]
    assert lillers.title == "Le bus numérique s'arrête à Lillers"
    assert [len(place.times) for place in lillers.places] == [4]
    assert lillers.size >= 20


def test_flyers_are_a5_pages_in_one_file_or_by_commune(month: RoundMonth) -> None:
    """One page for each commune, the same bytes every time; one commune alone is one page."""
    together = flyers_pdf(month, ON, TypstTypesetter())
    assert together == flyers_pdf(month, ON, TypstTypesetter())
    with pikepdf.open(io.BytesIO(together)) as pdf:
        sizes = {tuple(round(float(x), 1) for x in page.mediabox)[2:] for page in pdf.pages}
        assert (len(pdf.pages), sizes) == (3, {A5})
        assert str(pdf.Root.Lang).startswith("fr")
    with pikepdf.open(io.BytesIO(flyers_pdf(month, ON, TypstTypesetter(), LILLERS))) as one:
        assert len(one.pages) == 1


def test_no_flyer_where_the_round_does_not_stop(month: RoundMonth) -> None:
    """A commune without any session has none: it is refused rather than empty."""
    with pytest.raises(ValueError, match="no flyer"):
        flyers_pdf(month, ON, TypstTypesetter(), "62119")


def test_a_date_never_breaks_across_lines(month: RoundMonth) -> None:
    """In the table of stops each date is one piece, and the sheet forbids a break within it."""
    page = month_page(month, TERRITORY_7, ON)
    dates = sum(len({session.date for session in stop.sessions}) for stop in month.stops)
    assert dates > len(month.stops)
    assert page.count('<span class="date">') == dates
    assert re.search(r"\.date \{[^}]*white-space: nowrap", page)


def test_how_many_could_come_and_how_many_can_be_received_are_told(month: RoundMonth) -> None:
    """Where a session has room for so many, page and JSON tell both; where not, neither does."""
    room = Room(come=458.0, places=48.0)
    narrow = replace(month, room=room, stops=tuple(replace(s, room=room) for s in month.stops))
    page = month_page(narrow, TERRITORY_7, ON).replace(FIXED, " ")
    assert page.count("458 pour 48 places") == len(month.stops)
    assert "ont place pour 48 personnes" in page
    document = month_document(narrow, ON)
    assert document["room"] == document["stops"][0]["room"] == {"come": 458.0, "places": 48.0}
    assert month_document(month, ON)["room"] is None
    assert "Pourraient venir" not in month_page(month, TERRITORY_7, ON)
