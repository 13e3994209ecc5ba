"""What the answer of the desk shows: whom to call first, doubts, journeys, shares, other ways."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.web.addresses import address
from tests.web.conftest import DEMO, ON
from tests.web.page_rules import wrong_with

from maillage.access.visits.model import Certainty
from maillage.jobs.ports import TerritoryWork
from maillage.orientation.model import How, Proposal, Visit
from maillage.orientation.words import criterion_labels
from maillage.storage.need_log import DjangoNeedLog
from maillage.web.orienting.shown import card_of, closes_after_going_now, shares_of

ANSWER_BYTES = 60_000
AMELI = "elle n'arrive pas à ouvrir son compte Ameli"
Clients = Callable[[str], Client]


def _page(client: Client, work: TerritoryWork, text: str, **more: str) -> str:
    """Return the address where what is posted is answered."""
    form = {"besoin": text, "commune": work.territory.zones[0].name, "deplacement": "walk"}
    posted = client.post(address("orienting:ask"), form | more)
    assert posted.status_code == 302, posted.content.decode()
    return str(posted["Location"])


def _asked(client: Client, work: TerritoryWork, text: str, **more: str) -> str:
    answer = client.get(_page(client, work, text, **more))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert wrong_with(html) == []
    return html


def test_a_need_told_beside_distress_is_answered_underneath(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """The numbers first, then the answer to what else is asked; nothing of it is counted."""
    client = client_of("member")
    at = _page(client, demo_work, f"son mari la frappe, et {AMELI}")
    html = client.get(at).content.decode()
    told = [html.index(one) for one in ('href="tel:17"', 'href="tel:3919"', 'class="card"')]
    assert told == sorted(told)
    assert wrong_with(html) == []
    assert len(html.encode()) <= ANSWER_BYTES
    client.post(address("orienting:record"), parse_qs(urlsplit(at).query))
    assert DjangoNeedLog("default").needs(DEMO, ON, ON) == ()
    assert not any(one.n_asked for one in DjangoNeedLog("default").months(DEMO, ON, ON))


def test_a_swindle_under_way_begins_with_the_card(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """First the card is blocked, then 17Cyber; the ordinary answer stands underneath."""
    html = _asked(client_of("member"), demo_work, "elle a donné sa carte bleu a un faux sms")
    parts = ("Sa banque", 'href="tel:0892705705"', "17cyber.gouv.fr", "Perceval", 'class="card"')
    told = [html.index(one) for one in parts]
    assert told == sorted(told)


@pytest.mark.parametrize(
    "sentence",
    [
        "je cherche une assistante sociale",
        "elle veut ouvrir un compte en banque",
        "la dame comprend pas le francais",
        "ya un monsieur qui capte rien a son portable",
    ],
)
def test_what_is_not_sure_is_asked_back(
    client_of: Clients, demo_work: TerritoryWork, sentence: str
) -> None:
    """Faint or twofold reading proposes nobody yet: the first needs read are to be picked from."""
    client = client_of("member")
    html = _asked(client, demo_work, sentence)
    assert "<h1>Est-ce " in html
    assert 'class="card"' not in html
    assert not any(one.n_asked for one in DjangoNeedLog("default").months(DEMO, ON, ON))
    picked = re.findall(r'<li><a href="(\?lu=[^"]+)"', html)
    assert 1 <= len(picked) <= 3
    answer = client.get(address("orienting:ask") + picked[0].replace("&amp;", "&"))
    assert "<h1>Est-ce " not in answer.content.decode()
    assert f"Depuis {demo_work.territory.zones[0].name}" in answer.content.decode()


def test_the_town_hall_is_named_where_it_is_known(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """The CCAS of the commune, else its town hall, with its number; else no number is told."""
    client = client_of("member")
    halls = {
        lieu.code_insee
        for lieu in demo_work.directory.lieux
        if lieu.nom.startswith(("Mairie", "CCAS", "Centre Communal d'Action Sociale"))
    }
    zones = demo_work.territory.zones
    known = next(one for one in zones if one.code_insee in halls)
    unknown = next(one for one in zones if one.code_insee not in halls)
    html = _asked(client, demo_work, "elle est à la rue", commune=known.name)
    assert html.count('class="number"') == 2
    html = _asked(client, demo_work, "elle est à la rue", commune=unknown.name)
    assert html.count('class="number"') == 1
    assert "CCAS ou mairie" in html


def test_a_place_open_now_says_that_one_may_go_at_once() -> None:
    """Open on arrival and for the whole visit: at once; else at the hour of the visit."""
    visit = Visit(ON, 57600, 57660, 61260, 61320, 2.0, ((540, 720), (840, 1020)), Certainty.CERTAIN)
    one = Proposal("p", "s", "l", "l", None, None, How.PLACE, visit, 1.0, (), (), ())
    told = {
        "14 h 40": 52800, "at noon": 45000, "before it opens": 50000, "too late": 57601,
    }  # fmt: skip
    closes = {when: closes_after_going_now(one, now, ON) for when, now in told.items()}
    assert closes == {
        "14 h 40": 61200, "at noon": None, "before it opens": None, "too late": None
    }  # fmt: skip
    later = replace(one, visit=replace(visit, date=ON + dt.timedelta(days=1)))
    ride = replace(one, visit=replace(visit, direct=False))
    assert closes_after_going_now(later, 52800, ON) is None
    assert closes_after_going_now(ride, 52800, ON) is None
    assert "tout de suite" in card_of(one, 52800, ON).when
    assert "tout de suite" not in card_of(one, None, ON).when


@given(st.lists(st.floats(0.5, 100), min_size=1, max_size=8))
def test_shares_make_a_hundred(weights: list[float]) -> None:
    """Whatever the weights, the shares shown are whole, and add up to 100."""
    shares = shares_of(weights)
    assert sum(shares) == 100
    exact = [100 * one / sum(weights) for one in weights]
    assert all(abs(a - b) < 1 for a, b in zip(shares, exact, strict=True))


def test_every_criterion_is_told(client_of: Clients, demo_work: TerritoryWork) -> None:
    """All eight, of each card: those that count make 100, and it is said which do not count."""
    html = _asked(client_of("member"), demo_work, AMELI, deplacement="car")
    for block in re.findall(r'<ul class="criteria">(.*?)</ul>', html, re.DOTALL):
        assert block.count("<li>") == len(criterion_labels())
        shares = re.findall(r"compte pour (\d+)", block)
        assert sum(map(int, shares)) == 100
        assert block.count("ne compte pas ici") == len(criterion_labels()) - len(shares)


def test_a_bus_is_told_by_its_line_and_stops(
    client_of: Clients, demo_work: TerritoryWork, buses: Path
) -> None:
    """The answer, and so the memo, tells the line, the stop, the departure and the last return."""
    (zone,) = (one for one in demo_work.territory.zones if one.name == "Plaverrieux")
    html = _asked(client_of("member"), demo_work, AMELI, deplacement="transit", commune=zone.name)
    assert (buses / "bus.zip").exists()
    journey = html[html.index('class="journey"') :]
    for told in ("L'aller", "Prenez le bus", "à l'arrêt", "Le retour", "Dernier"):
        assert told in journey.replace("&#x27;", "'")
    assert f"?depart={zone.code_insee}#y-aller" in html
    assert len(html.encode()) <= ANSWER_BYTES


def test_what_is_proposed_for_want_of_better_says_how_far_it_is(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """How long the way is, and by which other way of moving something fits, one press away."""
    client = client_of("member")
    for zone in demo_work.territory.zones:
        html = _asked(client, demo_work, AMELI, commune=zone.name)
        others = re.findall(r'<li><a href="(\?[^"]+)">([^<]+ : possible [^<]+)</a>', html)
        if others:
            break
    assert "Faute de mieux" in html
    assert re.search(r"À pied\s: environ|à pied\s: [\d]", html)
    for query, _ in others:
        answer = client.get(address("orienting:ask") + unescape(query)).content.decode()
        assert "Faute de mieux" not in answer
        assert 'class="card"' in answer
