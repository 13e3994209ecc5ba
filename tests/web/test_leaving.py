"""What leaves the site: the sheet of a commune, lists on paper, the frame in other sites."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, NOON, ON, OTHER, save
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import TerritoryWork
from maillage.kernel import french
from maillage.web.clock import parameters_on
from maillage.web.public.accent import accent_css, contrast_with_white
from maillage.web.reading.asked_words import asked_words
from maillage.web.reading.book import TerritoryBook, book_of
from maillage.web.reading.cards import Moment
from maillage.web.reading.filters import answer, asked_of
from maillage.web.reading.near_commune import N_OTHERS, CommuneSheet, sheet_of

NOW = dt.datetime(2026, 11, 24, 10, 15)  # noqa: DTZ001 - local time
DATED = "2026 Nov 17,2026 Dec 01,2026 Dec 25,2027 Jan 26 09:30-11:30"


@pytest.fixture(scope="module")
def book(demo_work: TerritoryWork) -> TerritoryBook:
    """Give the book of the demo."""
    return book_of(demo_work.territory, demo_work.directory, 1)


def _sheet(book: TerritoryBook, insee: str) -> CommuneSheet:
    return sheet_of(book, book.commune_by_code[insee], Moment(NOW, parameters_on(ON)))


def _with_rounds(work: TerritoryWork) -> TerritoryWork:
    told = tuple(
        replace(one, horaires=DATED) if one.itinerant else one for one in work.directory.permanences
    )
    return replace(work, directory=replace(work.directory, permanences=told))


def _commune_of_a_round(work: TerritoryWork) -> str:
    lieux = {lieu.id: lieu for lieu in work.directory.lieux if lieu.in_territory}
    codes = {
        lieux[one.lieu_id].code_insee
        for one in work.directory.permanences
        if one.itinerant and one.lieu_id in lieux
    }
    return min(filter(None, codes))


def test_a_sheet_has_its_own_places_then_the_nearest(book: TerritoryBook) -> None:
    """Every place of the commune is on its sheet, and after them the nearest of elsewhere."""
    for zone in book.communes:
        sheet = _sheet(book, zone.code_insee)
        own = {p.lieu.id for p in book.places if p.lieu.code_insee == zone.code_insee}
        assert {one.card.id for one in (*sheet.places, *sheet.rounds)} == own
        hits = answer(asked_of({"commune": zone.code_insee}, book), book, NOON).hits
        away = [h.place.lieu.id for h in hits if h.km is not None and h.place.lieu.id not in own]
        assert [one.card.id for one in sheet.others] == away[:N_OTHERS]
        assert all("km" in one.card.away for one in sheet.others)


def test_a_sheet_tells_the_next_stops_of_the_rounds(demo_work: TerritoryWork) -> None:
    """Dates of the four weeks to come alone: not the past, not later, not a public holiday."""
    work = _with_rounds(demo_work)
    sheet = _sheet(book_of(work.territory, work.directory, 1), _commune_of_a_round(work))
    assert sheet.rounds
    rounds = [one for one in sheet.dates if one.presence.permanence.itinerant]
    assert {one.day for one in rounds} == {dt.date(2026, 12, 1)}
    words = {(one.day_words, one.hours_words) for one in rounds}
    assert {tuple(part.replace(french.FIXED, " ") for part in one) for one in words} == {
        ("mardi 1er décembre", "de 9 h 30 à 11 h 30")
    }


def test_who_receives_every_day_is_not_a_date(book: TerritoryBook) -> None:
    """The dates are those one would miss: who receives more than once a week is not there."""
    for zone in book.communes:
        days: dict[str, int] = {}
        for one in _sheet(book, zone.code_insee).dates:
            days[one.presence.permanence.id] = days.get(one.presence.permanence.id, 0) + 1
        assert all(n <= 4 for n in days.values())


def test_a_sheet_says_what_it_does_not_know(
    client_of: Callable[[str], Client], demo_work: TerritoryWork
) -> None:
    """A commune without a place, a stop without dates: each is said, and nothing is supposed."""
    codes = {lieu.code_insee for lieu in demo_work.directory.lieux}
    empty = next(z.code_insee for z in demo_work.territory.zones if z.code_insee not in codes)
    client = client_of("public")
    page = client.get(address("public:commune", insee=empty)).content.decode()
    assert "Aucun lieu d'aide permanent n'est connu" in page
    stop = _commune_of_a_round(demo_work)
    page = client.get(address("public:commune", insee=stop)).content.decode()
    assert "Aucune date n'est annoncée" in page
    assert "Dates non communiquées" in page


def test_the_sheet_with_rounds_is_well_made(
    client_of: Callable[[str], Client], demo_work: TerritoryWork
) -> None:
    """The dates of the rounds stand in the page, and in words."""
    work = _with_rounds(demo_work)
    save(work)
    page = client_of("public").get(address("public:commune", insee=_commune_of_a_round(work)))
    told = page.content.decode()
    assert wrong_with(told) == []
    assert "mardi 1er décembre" in told.replace(french.FIXED, " ")
    assert '<svg viewBox="0 0' in told


def test_the_home_leads_to_a_sheet(client_of: Callable[[str], Client]) -> None:
    """From the home to the list of communes, and by its code straight to a sheet."""
    client = client_of("public")
    assert address("public:communes") in client.get(address("public:territory")).content.decode()
    page = client.get(address("public:communes")).content.decode()
    assert address("public:commune", insee="96013") in page
    sent = client.get(address("public:communes"), {"commune": "96013"})
    assert sent["Location"] == address("public:commune", insee="96013")
    for wrong in ("99999", "https://ailleurs.example", "//ailleurs.example"):
        assert client.get(address("public:communes"), {"commune": wrong}).status_code == 200
    assert client.get(address("public:commune", insee="99999")).status_code == 404


def test_a_list_on_paper_is_whole_and_says_its_filters(
    client_of: Callable[[str], Client], book: TerritoryBook
) -> None:
    """All the places that answer are there, with what was asked and the address to find it."""
    query = {"besoin": "aide-aux-demarches-administratives", "jour": "mardi", "gratuit": "oui"}
    found = answer(asked_of(query, book), book, NOON)
    page = html.unescape(
        client_of("public").get(address("public:lieux-print"), query).content.decode()
    )
    assert page.count('<li class="entry">') == len(found.hits) > 0
    for words in ("Besoin : Aide aux démarches administratives", "Ouvert le mardi", "Gratuit"):
        assert words in page
    assert "jour=mardi&gratuit=oui" in page


def test_what_is_asked_is_told_in_words(book: TerritoryBook) -> None:
    """Each filter has its words; nothing asked, nothing told."""
    query = {"commune": "96013", "accueil": "surdite", "public": "seniors"}
    assert asked_words(asked_of(query, book)) == (
        "Près de Dravebecq-les-Mines, du plus proche au plus éloigné",
        "Public cible : Seniors",
        "Accueil adapté : Surdité",
    )
    assert asked_words(asked_of({}, book)) == ()


def test_the_frame_alone_opens_in_other_sites(client_of: Callable[[str], Client]) -> None:
    """The frame may stand in any site, sets no cookie, and knows nobody even if signed in."""
    client = client_of("coordinator")
    page = client.get(address("public:frame"))
    assert "frame-ancestors *;" in page["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in page
    assert not page.cookies
    assert page.content == client_of("public").get(address("public:frame")).content
    for name in ("public:embed", "public:lieux", "public:lieu", "accounts:login"):
        other = client.get(address(name))
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


def test_links_of_the_frame_leave_it(client_of: Callable[[str], Client]) -> None:
    """A place opens on the whole screen; the search and the pages stay in the frame, its colour."""
    page = client_of("public").get(address("public:frame"), {"couleur": "#FFD000", "jour": "mardi"})
    told = page.content.decode()
    places = re.findall(rf'<a href="/{DEMO}/lieux/[^>]*>', told)
    assert places
    assert all('target="_top"' in one for one in places)
    assert '<input type="hidden" name="couleur" value="ffd000">' in told
    assert '<input type="hidden" name="jour" value="mardi">' in told
    assert f"/{DEMO}/cadre/ffd000.css" in told


@given(colour=st.from_regex(r"[0-9a-f]{6}", fullmatch=True))
def test_any_colour_is_made_legible(colour: str) -> None:
    """White is read on the accent whatever colour is asked; one that is dark enough stays."""
    told = re.search(r"--accent:#([0-9a-f]{6});", accent_css(colour))
    assert told is not None
    assert contrast_with_white(told[1]) >= 5.4
    if contrast_with_white(colour) >= 5.5:
        assert told[1] == colour


@pytest.mark.parametrize("wicked", ["red", "12345", "fff;}body{}", "zzzzzz", "1234567"])
def test_a_colour_is_six_figures(client_of: Callable[[str], Client], wicked: str) -> None:
    """What is not a colour enters no page and no style sheet."""
    client = client_of("public")
    assert client.get(address("public:frame-colours", couleur=wicked)).status_code == 404
    for name in ("public:frame", "public:embed"):
        page = client.get(address(name), {"couleur": wicked}).content.decode()
        assert f"cadre/{wicked}" not in page
        assert f'value="{wicked}"' not in page


def test_the_code_to_copy_is_what_was_chosen(client_of: Callable[[str], Client]) -> None:
    """The address of the frame holds the filters and the colour, and nothing that was not known."""
    query = {"commune": "96013", "couleur": "#8a1c5c", "autre": '"><script>'}
    page = client_of("public").get(address("public:embed"), query).content.decode()
    code = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert code is not None
    told = html.unescape(code[1])
    assert f"http://testserver/{DEMO}/cadre/?commune=96013&couleur=8a1c5c" in html.unescape(told)
    assert "script" not in told


def test_nothing_of_another_territory_leaves(client_of: Callable[[str], Client]) -> None:
    """Each territory's sheets, paper and frame are its own."""
    client = client_of("public")
    for name in ("public:commune", "public:lieux-print", "public:frame", "public:embed"):
        assert MARK not in client.get(address(name)).content.decode()
        assert MARK in client.get(address(name, siren=OTHER)).content.decode()


def test_the_map_asks_for_the_places_of_the_list(client_of: Callable[[str], Client]) -> None:
    """The map is drawn from the filters of the list as they were understood."""
    query = {"besoin": "aide-aux-demarches-administratives", "jour": "rien", "page": "2"}
    page = client_of("public").get(address("public:lieux"), query).content.decode()
    told = re.search(r'data-places="([^"]*)"', page)
    assert told is not None
    same = "?besoin=aide-aux-demarches-administratives"
    assert html.unescape(told[1]) == address("api:lieux-geojson") + same


def test_tiles_are_loaded_only_where_they_are_told(
    client_of: Callable[[str], Client], settings: Settings
) -> None:
    """By default nothing is loaded from elsewhere; a server told is let in on the list alone."""
    client = client_of("public")
    for told in ("", "http://tuiles.exemple.fr/{z}", "javascript:x", "rien"):
        settings.MAILLAGE_TILES = told
        page = client.get(address("public:lieux"))
        assert "img-src 'self';" in page["Content-Security-Policy"] + ";"
        assert "data-tiles" not in page.content.decode()
    settings.MAILLAGE_TILES = "https://tuiles.exemple.fr/{z}/{x}/{y}.png"
    settings.MAILLAGE_TILES_CREDIT = "© <b>tuiles</b>"
    page = client.get(address("public:lieux"))
    assert "img-src 'self' https://tuiles.exemple.fr;" in page["Content-Security-Policy"] + ";"
    assert 'data-tiles="https://tuiles.exemple.fr/{z}/{x}/{y}.png"' in page.content.decode()
    assert "Le fond de la carte vient de tuiles.exemple.fr." in page.content.decode()
    assert "tuiles.exemple.fr" in client.get(address("public:privacy")).content.decode()
    assert "tuiles" not in client.get(address("public:lieu"))["Content-Security-Policy"]
