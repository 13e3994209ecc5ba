"""« Trouver de l'aide »: four questions, each with a way past, back and out; then the places."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.web.addresses import address
from tests.web.conftest import DEMO, WICKED, save
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import TerritoryWork
from maillage.standard import mednum
from maillage.web.public.choices import CARES, PUBLICS
from maillage.web.public.commune_search import communes_named
from maillage.web.public.needs import NEED_CARDS
from maillage.web.reading.book import TerritoryBook, book_of

Clients = Callable[[str], Client]
STEPS = ("public:steps", "public:steps-where", "public:steps-situation", "public:steps-when")
EVERYTHING = {
    "besoin": "aide-aux-demarches-administratives",
    "commune": "96013",
    "chez_soi": "oui",
    "jour": "mardi",
    "moment": "matin",
    "gratuit": "oui",
    "public": "seniors",
    "accueil": "surdite",
}


@pytest.fixture(scope="module")
def book(demo_work: TerritoryWork) -> TerritoryBook:
    """Give the book of the demo."""
    return book_of(demo_work.territory, demo_work.directory, 1)


def _page(client: Client, name: str, query: dict[str, str]) -> str:
    answer = client.get(address(name), query)
    assert answer.status_code == 200
    told = answer.content.decode()
    assert wrong_with(told) == []
    return html.unescape(told)


def _links(page: str) -> list[str]:
    return re.findall(r'href="(/\d{9}/(?:trouver|lieux)/[^"]*)"', page)


@pytest.mark.parametrize("easy", [False, True])
def test_passing_every_question_leads_to_all_places(client_of: Clients, easy: bool) -> None:
    """« Je ne sais pas », then « Passer » thrice: four pages, then the whole list."""
    client, at = client_of("public"), address("public:steps") + ("?facile=oui" if easy else "")
    for number, name in enumerate((*STEPS[1:], "public:lieux"), 1):
        page = html.unescape(client.get(at).content.decode())
        assert f"Étape {number} sur 4" in page
        passing = [one for one in _links(page) if urlsplit(one).path == address(name)]
        at = passing[-1]
        assert parse_qs(urlsplit(at).query) == ({"facile": ["oui"]} if easy else {})
    assert client.get(at).status_code == 200


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("easy", [{}, {"facile": "oui"}])
def test_a_step_keeps_what_the_others_asked(
    client_of: Clients, name: str, easy: dict[str, str]
) -> None:
    """Going on, back or past, nothing that another step asked is lost; the version stays too."""
    page = _page(client_of("public"), name, {**EVERYTHING, **easy})
    own = {
        "public:steps": {"besoin"},
        "public:steps-where": {"commune", "chez_soi"},
        "public:steps-situation": {"gratuit", "public", "accueil"},
        "public:steps-when": {"jour", "moment"},
    }[name]
    kept = {key: value for key, value in {**EVERYTHING, **easy}.items() if key not in own}
    main = page[page.index("<main") : page.index("</main>")]
    links = [one for one in _links(main) if "facile=non" not in one]
    assert links
    for one in links:
        told = {key: values[0] for key, values in parse_qs(urlsplit(one).query).items()}
        assert kept.items() <= told.items(), one
    if "<form" in main:
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
        assert kept.items() <= hidden.items()


def test_every_kind_of_help_given_is_proposed(client_of: Clients, book: TerritoryBook) -> None:
    """A button for each kind of help that a place gives, and one for who does not know."""
    page = _page(client_of("public"), "public:steps", {})
    given = {kind for place in book.places for kind in place.services}
    assert {one.service for one in NEED_CARDS} == set(mednum.Service)
    for card in NEED_CARDS:
        assert (f"besoin={card.code}" in page) is (card.service in given)
    assert "Je ne sais pas" in page


def test_words_are_those_of_the_schema() -> None:
    """Every public and every welcome of the national schema can be told, and nothing else."""
    assert set(PUBLICS) == set(mednum.PublicSpecifiquementAdresse)
    assert set(CARES) == set(mednum.PriseEnChargeSpecifique)


@pytest.mark.parametrize("typed", ["Ulvemont", "  ulvémont ", "ULVEMONT CEDEX 2"])
def test_a_name_that_is_one_goes_on(client_of: Clients, book: TerritoryBook, typed: str) -> None:
    """A commune written whole is chosen at once; the address has its code, not what was typed."""
    (zone,) = communes_named("Ulvemont", book)
    sent = {**EVERYTHING, "nom": typed, "facile": "oui"}
    answer = client_of("public").post(address("public:steps-search"), sent)
    assert urlsplit(answer["Location"]).path == address("public:steps-situation")
    told = parse_qs(urlsplit(answer["Location"]).query)
    assert told["commune"] == [zone.code_insee] and told["facile"] == ["oui"]
    assert "ulvemont" not in answer["Location"].lower()
    assert not answer.cookies


@pytest.mark.parametrize("typed", ["ulvmont", "Ulve"])
def test_a_name_that_is_nearly_one_is_proposed(client_of: Clients, typed: str) -> None:
    """A name mistyped or begun shows what it may be, for the reader to choose."""
    client = client_of("public")
    answer = client.post(address("public:steps-search"), {"nom": typed})
    assert typed not in answer["Location"]
    page = html.unescape(client.get(answer["Location"]).content.decode())
    assert "<strong>Ulvemont</strong>" in page and "trouvée" in page


@pytest.mark.parametrize("typed", ["Tokyo", "", "12 rue des Lilas", WICKED])
def test_a_name_of_elsewhere_is_said_so(client_of: Clients, typed: str) -> None:
    """What is no commune of here is not repeated; the page says what to do, the list is open."""
    client = client_of("public")
    answer = client.post(address("public:steps-search"), {"nom": typed})
    assert answer["Location"] == f"{address('public:steps-where')}?inconnue=oui"
    page = client.get(answer["Location"]).content.decode()
    assert "pas dans ce territoire" in page and '<details class="all-towns" open>' in page


def test_communes_of_elsewhere_are_not_proposed(client_of: Clients) -> None:
    """Codes written in the address by hand propose nothing that is not of the territory."""
    for told in ("00000", "96013-", WICKED, "-".join(["62041"] * 50)):
        page = _page(client_of("public"), "public:steps-where", {"parmi": told})
        assert page.count('id="trouvees"') == told.startswith("96013")


def test_each_thing_asked_is_shown_and_taken_away(client_of: Clients) -> None:
    """The list says all that was asked; each « Enlever » leads to the same list without it."""
    client = client_of("public")
    page = _page(client, "public:lieux", EVERYTHING)
    taken = re.findall(r'<li><span>([^<]+)</span> <a href="([^"]+)"', page)
    assert len(taken) == 7  # the day and its half are one
    for words, at in taken:
        told = parse_qs(urlsplit(at).query)
        gone = set(EVERYTHING) - set(told)
        assert gone in ({"jour", "moment"}, *({key} for key in EVERYTHING)), words
    assert "trouver/?besoin=" in page  # « Changer mes réponses »


@pytest.mark.parametrize("easy", [{}, {"facile": "oui"}])
def test_an_empty_list_says_what_to_widen_and_whom_to_ask(
    client_of: Clients, easy: dict[str, str]
) -> None:
    """Nothing found: each thing that would help if left out, with how many places; a telephone."""
    client = client_of("public")
    query = {"commune": "96013", "public": "seniors", "jour": "dimanche", **easy}
    page = re.sub("[\u00a0\u202f]", " ", _page(client, "public:lieux", query))
    assert "Aucun lieu ne répond" in page or "pas trouvé de lieu" in page
    widened = re.findall(r'href="([^"]+)">Enlever « ([^»]+) » : (\d+) lieux?', page)
    for at, _, n in widened:
        shown = re.sub("[\u00a0\u202f]", " ", client.get(at).content.decode())
        assert re.search(rf"\b{n} lieux?\b", shown)
        assert "commune=96013" in at
    assert widened or "incertain=oui" in page
    assert 'href="tel:' in page and "mairie" in page


def test_the_town_hall_is_named_where_it_is_known(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Where the directory has the town hall with its telephone, that is whom to ask."""
    directory = demo_work.directory
    lieu = next(one for one in directory.lieux if one.in_territory and one.code_insee)
    one = next(one for one in directory.permanences if one.lieu_id == lieu.id)
    record = replace(one.record, typologie=(mednum.Typologie.MUNI,), telephone="+33321000001")
    changed = [replace(p, record=record) if p.id == one.id else p for p in directory.permanences]
    save(replace(demo_work, directory=replace(directory, permanences=tuple(changed))))
    page = _page(client_of("public"), "public:lieux", {"commune": lieu.code_insee or ""})
    assert "Demandez à la mairie" in page
    assert 'href="tel:+33321000001"' in page[page.index("Demandez à la mairie") :]


def test_the_home_begins_the_steps(client_of: Clients) -> None:
    """The main button of the home opens the first question; a need chosen there, the second."""
    page = _page(client_of("public"), "public:territory", {})
    (button,) = re.findall(r'<a class="button big" href="([^"]+)"', page)
    assert button == f"/{DEMO}/trouver/"
    assert f"/{DEMO}/trouver/ou/?besoin=" in page


def test_a_postal_code_means_its_communes(client_of: Callable[[str], Client]) -> None:
    """People know their postal code: one commune alone opens, several are to be chosen from."""
    from maillage.web.here import public_here

    book = public_here(DEMO).book
    codes: dict[str, list[str]] = {}
    for zone in book.communes:
        for code in zone.codes_postaux:
            codes.setdefault(code, []).append(zone.code_insee)
    several = next(code for code, zones in codes.items() if len(zones) > 1)
    at = address("public:steps-search")
    answer = client_of("public").post(at, {"nom": several}, follow=True)
    html = answer.content.decode()
    assert all(f"commune={insee}" in html for insee in codes[several][:6])
    assert "n'est pas dans ce territoire" not in html.replace("&#x27;", "'")
