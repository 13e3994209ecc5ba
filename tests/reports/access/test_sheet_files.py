"""One person's sheet as files: a page to print, a PDF, lines, JSON; the same words in each."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from tests.access.journeys.timetables import run
from tests.access.visits.persons import Counter, asked_of, means_of, plain_spaces, running, sheet_of

from maillage.access.visits.model import Certainty
from maillage.access.visits.sheet import JourneySheet
from maillage.access.visits.sheet_words import sheet_text
from maillage.engines.typst_pdf import TypstTypesetter
from maillage.reports.access.sheet_json import sheet_document
from maillage.reports.access.sheet_lines import WIDTH, sheet_lines
from maillage.reports.access.sheet_page import sheet_page
from maillage.reports.access.sheet_pdf import sheet_pdf

ON = dt.date(2026, 9, 4)
NINE = 9 * 3600
OUT = run((0, NINE + 720), (1, NINE + 1800))
HOME = run((1, NINE + 5400), (0, NINE + 6480))
VOID = {"meta"}


@pytest.fixture(scope="module")
def sheet() -> JourneySheet:
    """Give a visit by bus to a place whose name is hostile."""
    asked = asked_of([Counter(8.4, phone="03 21 00 00 00")])
    hostile = replace(asked.places["l0"], name="<b>CCAS</b> & fils", address="1 rue d'Arras")
    return sheet_of(replace(asked, places={"l0": hostile}), means_of(running(OUT, HOME)))


@pytest.fixture(scope="module")
def refusal() -> JourneySheet:
    """Give a sheet that proposes nothing, since a timetable is missing."""
    return sheet_of(asked_of([Counter(8.0)]), means_of(a_bus_is_missing=True))


def test_the_page_is_this_one(sheet: JourneySheet, snapshot: SnapshotAssertion) -> None:
    """The page does not change unless somebody means it."""
    assert sheet_page(sheet, ON) == snapshot


def test_the_page_asks_for_nothing_and_runs_nothing(sheet: JourneySheet) -> None:
    """No script, no address, no style but the one named by its hash; what names hold is text."""
    page = sheet_page(sheet, ON)
    assert re.search(r"<script|<img|<link|@import|url\(|https?:|\son\w+=|style=", page) is None
    assert "<b>" not in page
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src &#39;none&#39;; style-src &#39;sha256-{digest}&#39;" in page.replace(
        "'", "&#39;"
    )


def test_the_page_is_sound_and_in_large_print(sheet: JourneySheet) -> None:
    """Tags close in order, French is declared, headings go down one by one, letters are large."""
    page = sheet_page(sheet, ON)
    open_tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z]\w*)", page):
        if closing:
            assert open_tags.pop() == tag
        elif tag not in VOID:
            open_tags.append(tag)
    assert open_tags == []
    assert '<html lang="fr">' in page
    assert re.findall(r"<h(\d)", page)[:2] == ["1", "2"]
    rem, points = re.search(r"font: ([\d.]+)rem", page), re.search(r"font-size: ([\d.]+)pt", page)
    assert rem is not None
    assert points is not None
    assert float(rem[1]) * float(points[1]) >= 14.0  # what large print begins at


def test_every_file_has_all_the_words(sheet: JourneySheet, refusal: JourneySheet) -> None:
    """What the sheet says stands in the page, in the lines and in the JSON alike."""
    for one in (sheet, refusal):
        text = sheet_text(one)
        told = [step.text for part in text.parts for step in part.steps]
        page, lines = sheet_page(one, ON), " ".join(" ".join(sheet_lines(text)).split())
        for words in told:
            escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            spaced = plain_spaces(page).replace("&#39;", "'")
            assert plain_spaces(escaped) in spaced
            assert plain_spaces(words) in plain_spaces(lines)
        document = json.loads(json.dumps(sheet_document(one), allow_nan=False))
        steps = [step["text"] for part in document["text"]["parts"] for step in part["steps"]]
        assert steps == told


def test_lines_fit_a_terminal(sheet: JourneySheet) -> None:
    """No line is wider than a terminal, and times stand in a column of their own."""
    lines = sheet_lines(sheet_text(sheet))
    assert max(len(line) for line in lines) <= WIDTH
    assert [plain_spaces(line)[:12] for line in lines if "Prenez le bus" in line] == [
        "  9 h 12    ",
        "  10 h 30   ",
    ]


def test_programs_read_the_legs(sheet: JourneySheet, refusal: JourneySheet) -> None:
    """Times of the clock, stops, metres; a refusal that may be possible says so."""
    document = sheet_document(sheet)
    visit = document["visit"]
    ride = visit["there"][1]
    assert (ride["mode"], ride["depart"], ride["arrive"]) == ("transit", "09:12", "09:30")
    assert (ride["from"], ride["to"], ride["line"]) == ("Arrêt 0", "Arrêt 1", "0")
    assert visit["open"] == [["09:00", "12:00"]]
    assert visit["last_return"]["ride"]["depart"] == "10:30"
    assert document["no_visit"] is None
    none = sheet_document(refusal)["no_visit"]
    assert (none["obstacle"], none["may_be_possible"]) == ("unknown-timetable", True)


def test_the_pdf_is_the_same_each_time(sheet: JourneySheet, refusal: JourneySheet) -> None:
    """Tagged, titled, one page for an ordinary journey, the same bytes; odd signs stop nothing."""
    asked = asked_of([Counter(0.5, certainty=Certainty.POSSIBLE)])
    odd = replace(asked.places["l0"], name="Lieu 你好 \U0001f600")
    sheets = [sheet, refusal, sheet_of(replace(asked, places={"l0": odd}), means_of())]
    for one in sheets:
        made = sheet_pdf(one, ON, TypstTypesetter())
        assert made.startswith(b"%PDF-")
        assert made == sheet_pdf(one, ON, TypstTypesetter())
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) == 1
