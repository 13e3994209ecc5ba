"""« Facile à lire et à comprendre »: the switch, and the rules that a machine can check."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, OTHER, WICKED
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import TerritoryWork
from maillage.standard import mednum
from maillage.web.reading.easy_place import SENTENCES, easy_clock

Clients = Callable[[str], Client]
PAGES = ("public:steps", "public:steps-where", "public:steps-situation", "public:steps-when")
EVERY = (*PAGES, "public:lieux", "public:lieu")
QUERY = {"facile": "oui", "commune": "96013", "chez_soi": "oui", "gratuit": "oui", "jour": "mardi"}
LONGEST = 13
"""Words of a sentence."""
SHORT = re.compile(r"\b(CAF|CV|RDV|SMS|CCAS|km|min|etc|ex|tél|n°|N°|\d ?h)\b")


def _main(client: Client, at: str, query: dict[str, str]) -> str:
    page = client.get(at, query).content.decode()
    assert wrong_with(page) == []
    main = page[page.index("<main") : page.index("</main>")]
    return html.unescape(main)


def _texts(main: str) -> list[str]:
    """Return what is read: one text by element, names of places and addresses set aside."""
    told = re.sub(r"<(svg|table).*?</\1>", "", main, flags=re.DOTALL)
    told = re.sub(r'<a href="(?:tel|mailto):.*?</a>', "", told)
    return [" ".join(one.split()) for one in re.split(r"<[^>]+>", told) if one.strip()]


@pytest.mark.parametrize("name", EVERY)
def test_the_switch_is_kept_and_undone(client_of: Clients, name: str) -> None:
    """Chosen once it holds for the pages that follow, by a cookie that says « oui »; and back."""
    client, at = client_of("public"), address(name)
    plain = client.get(at)
    assert "facile=oui" in plain.content.decode() and not plain.cookies
    chosen = client.get(at, {"facile": "oui"})
    cookie = chosen.cookies["maillage_facile"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("oui", "Lax", True)
    assert cookie["max-age"] == "" and cookie["expires"] == ""
    assert "Cookie" in chosen["Vary"]
    assert "règles du Facile à lire" in client.get(at).content.decode()
    client.get(at, {"facile": "non"})
    assert "règles du Facile à lire" not in client.get(at).content.decode()
    assert client.cookies["maillage_facile"].value == ""


@pytest.mark.parametrize("name", EVERY)
def test_easy_pages_say_that_nobody_concerned_read_them(client_of: Clients, name: str) -> None:
    """The rules were followed, the people concerned did not yet read: both are said."""
    told = _main(client_of("public"), address(name), QUERY)
    assert "n'ont pas encore relu cette page" in told
    assert "Revenir à la page normale" in told


@pytest.mark.parametrize("name", PAGES)
def test_sentences_are_short_and_whole(client_of: Clients, name: str) -> None:
    """No sentence of more than a dozen words, no abbreviation, nothing in brackets or slanted."""
    main = _main(client_of("public"), address(name), QUERY)
    for text in _texts(main):
        for sentence in re.split(r"(?<=[.?!])\s", text):
            assert len(sentence.split()) <= LONGEST, sentence
            assert not SHORT.search(sentence) and "(" not in sentence, sentence
    assert "<em>" not in main and "<i>" not in main


def test_a_place_is_told_without_abbreviation(client_of: Clients, demo_work: TerritoryWork) -> None:
    """On the list and on the pages of places, hours and distances are written in full."""
    client = client_of("public")
    inside = [one.id for one in demo_work.directory.lieux if one.in_territory][:25]
    every = [address("public:lieux"), *(address("public:lieu", lieu_id=one) for one in inside)]
    pages = [_main(client, at, {"facile": "oui"}) for at in every]
    pages.append(_main(client, address("public:lieux"), {"facile": "oui", "commune": "96013"}))
    names = {one.nom for one in demo_work.directory.lieux}
    names |= {one.nom for one in demo_work.directory.structures}
    told = "".join(pages)
    assert "heures" in told and "kilomètres" in told
    for text in (one for page in pages for one in _texts(page) if one not in names):
        assert not re.search(r"\b\d+ ?(h|km)\b", text), text
    assert not re.search(r"\d[\s\u00a0\u202f]h\b", told)


def test_every_word_of_the_schema_has_its_sentence() -> None:
    """Each service, price and way of the national schema is said in one short sentence."""
    for words in (
        mednum.Service,
        mednum.Frais,
        mednum.ModaliteAcces,
        mednum.ModaliteAccompagnement,
    ):
        assert set(words) <= set(SENTENCES)
    for sentence in SENTENCES.values():
        assert sentence.endswith(".") and sentence.count(".") == 1
        assert len(sentence.split()) <= LONGEST


@pytest.mark.parametrize(
    ("told", "full"),
    [
        ("Ouvert jusqu'à 12\u00a0h.", "Ouvert jusqu'à 12 heures."),
        ("9\u00a0h\u00a030 à 17\u00a0h", "9 heures 30 à 17 heures"),
        ("Ouvre aujourd'hui à 1 h.", "Ouvre aujourd'hui à 1 heure."),
        ("fermé", "fermé"),
    ],
)
def test_hours_are_written_in_full(told: str, full: str) -> None:
    """« h » is « heures », one hour is one; the rest is left as it is."""
    assert easy_clock(told).replace("\u00a0", " ") == full.replace("\u00a0", " ")


def test_what_people_write_is_never_run_here_either(
    client_of: Clients, other_work: TerritoryWork
) -> None:
    """Scripts in the fields of a directory are text on easy pages too."""
    client = client_of("public")
    for lieu in [one for one in other_work.directory.lieux if one.in_territory][:10]:
        answer = client.get(address("public:lieu", siren=OTHER, lieu_id=lieu.id), {"facile": "oui"})
        told = answer.content.decode()
        assert MARK in told and WICKED not in told and wrong_with(told) == []
    told = client.get(address("public:lieux", siren=OTHER), {"facile": "oui"}).content.decode()
    assert MARK in told and WICKED not in told


def test_a_link_keeps_the_version(client_of: Clients) -> None:
    """From the list that is easy to read one comes to places that are, cookie or not."""
    page = client_of("public").get(f"/{DEMO}/lieux/?facile=oui").content.decode()
    links = re.findall(rf'href="(/{DEMO}/lieux/lieu-[^"]+)"', page)
    assert links
    assert all(one.endswith("?facile=oui") for one in links)
