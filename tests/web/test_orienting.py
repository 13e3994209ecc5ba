"""The front desk: asked in one form, answered at one address, what lacks is recorded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, ON, OTHER
from tests.web.page_rules import wrong_with
from tests.web.sending import nobody_is_of_a_structure, structure_of

from maillage.access.unreached.model import UnmetNeed
from maillage.jobs.ports import TerritoryWork
from maillage.orientation.reported import RecordedNeed
from maillage.standard.mednum import Service
from maillage.storage.accounts.keep import give_role
from maillage.storage.accounts.roles import Role
from maillage.storage.need_log import DjangoNeedLog
from maillage.web.orienting.shown import MOST_TOLD

ANSWER_BYTES = 60_000
AMELI = "elle n'arrive pas à ouvrir son compte Ameli"
Clients = Callable[[str], Client]


def _form(work: TerritoryWork, text: str, **more: str) -> dict[str, str]:
    return {
        "besoin": text, "commune": work.territory.zones[0].name, "deplacement": "walk", **more
    }  # fmt: skip


def _page(client: Client, work: TerritoryWork, text: str, **more: str) -> str:
    """Return the address where what is posted is answered."""
    posted = client.post(address("orienting:ask"), _form(work, text, **more))
    assert posted.status_code == 302, posted.content.decode()
    return str(posted["Location"])


def _asked(client: Client, work: TerritoryWork, text: str, **more: str) -> str:
    answer = client.get(_page(client, work, text, **more))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert wrong_with(html) == []
    return html


def _hidden(at: str) -> dict[str, list[str]]:
    """Return what the button « Noter » sends from the answer at an address."""
    return parse_qs(urlsplit(at).query)


def _record(client: Client, work: TerritoryWork, text: str) -> HttpResponse:
    return client.post(address("orienting:record"), _hidden(_page(client, work, text)))


def _notes() -> list[RecordedNeed]:
    return list(DjangoNeedLog("default").needs(DEMO, ON, ON))


def test_a_need_is_answered_at_its_address(client_of: Clients, demo_work: TerritoryWork) -> None:
    """At most three cards, whom to call, what to bring, why this order and why not the others."""
    client = client_of("member")
    html = _asked(client, demo_work, AMELI, deplacement="car")
    assert "<h1>Ouvrir ou utiliser son compte Ameli</h1>" in html
    assert 1 <= html.count('<li class="card">') <= 3
    for told in ("Pourquoi cet ordre", "Qui peut la faire", "autres permanences examinées"):
        assert told in html
    assert 'href="tel:' in html
    assert len(client.get(_page(client, demo_work, AMELI)).content) <= ANSWER_BYTES


def test_what_is_picked_wins_over_what_is_written(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """« Ce n'est pas ça » picks another need, the rest of the form staying as it was."""
    html = _asked(client_of("member"), demo_work, AMELI, choix="loisirs-et-creations-numeriques")
    assert "<h1>Loisirs et créations numériques</h1>" in html
    assert f'value="{demo_work.territory.zones[0].name}"' in html


def test_distress_is_answered_by_contacts_first(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Whom to call comes at once; then what was written and the way out, the commune kept."""
    html = _asked(client_of("member"), demo_work, "il dit qu'il veut mourir")
    told = [html.index(one) for one in ('href="tel:3114"', "vous avez écrit", "Ce n'est pas ça")]
    assert told == sorted(told)
    assert f'value="{demo_work.territory.zones[0].name}"' in html
    for other in ('class="card"', "examinées", "Noter cette demande"):
        assert other not in html


def test_what_is_typed_is_never_run(client_of: Clients, demo_work: TerritoryWork) -> None:
    """A script in any field is shown as text, in the answer as in the form to mend."""
    script = "<script>alert('x')</script>\"'>"
    client = client_of("member")
    assert script not in _asked(client, demo_work, f"compte ameli {script}")
    wicked = dict.fromkeys(("commune", "jour", "deplacement", "lu", "recherche", "demi"), script)
    broken = client.post(address("orienting:ask"), _form(demo_work, script, **wicked))
    assert broken.status_code == 400
    assert script not in broken.content.decode()
    assert wrong_with(broken.content.decode()) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"besoin": ""}, "Écrivez le besoin"),
        ({"commune": "Nulle-Part"}, "commune du territoire"),
        ({"commune": ""}, "de quelle commune"),
        ({"jour": "hier"}, "Choisissez un jour"),
        ({"jour": "2026-11-23"}, "Choisissez un jour"),
        ({"jour": "2031-01-01"}, "Choisissez un jour"),
    ],
)
def test_what_is_to_be_mended_is_said(
    client_of: Clients, demo_work: TerritoryWork, changed: dict[str, str], told: str
) -> None:
    """A form that cannot be read comes back filled, saying what to mend."""
    told_form = _form(demo_work, AMELI) | changed
    answer = client_of("member").post(address("orienting:ask"), told_form)
    assert answer.status_code == 400
    html = answer.content.decode()
    assert told in html
    assert f'value="{told_form["besoin"]}"' in html.replace("&#x27;", "'")


def test_a_search_counts_once_and_the_session_keeps_no_word_of_it(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Read again it counts no more; the commune and the way of moving alone are remembered."""
    client = client_of("member")
    at = _page(client, demo_work, AMELI)
    for one in (at, at, _page(client, demo_work, "imprimer un papier")):
        client.get(one)
    (month,) = DjangoNeedLog("default").months(DEMO, ON, ON)
    assert (month.desk, month.n_asked) == (structure_of("accueil"), 2)
    for one in Session.objects.all():
        kept = json.dumps(one.get_decoded().get("orienting", {}))
        assert "ameli" not in kept.lower() and "papier" not in kept
    form = client.get(address("orienting:ask")).content.decode()
    assert f'value="{demo_work.territory.zones[0].name}"' in form
    assert 'value="walk" checked' in form


def test_what_lacks_is_recorded_and_taken_back(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """The button keeps what, where and when, never what was written; the undo takes it back."""
    client = client_of("member")
    assert "Noter cette demande sans réponse" in _asked(client, demo_work, f"{AMELI} Mme Untel")
    done = _record(client, demo_work, f"{AMELI} Mme Untel")
    (note,) = _notes()
    assert done["Location"] == f"{address('orienting:mine')}?notee={note.number}"
    assert (note.desk, note.errand) == (structure_of("accueil"), "compte-ameli")
    assert note.need.code_insee == demo_work.territory.zones[0].code_insee
    assert "Untel" not in repr(note)
    shown = client.get(done["Location"]).content.decode()
    assert "La demande est notée" in shown and wrong_with(shown) == []
    at = address("orienting:withdraw", number=note.number)
    assert client_of("coordinator").post(at).status_code == 404  # another desk's
    assert client.post(at).status_code == 302
    assert _notes() == []


def test_the_address_of_an_answer_holds_no_word_of_the_sentence(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Codes alone; the browser alone keeps the sentence, and another person's page forgets it."""
    client = client_of("member")
    named = "Mme Untel n'arrive pas à ouvrir son compte Ameli"
    at = _page(client, demo_work, named, recherche="Mme Untel", public="Untel", demi="Untel")
    assert "compte-ameli" in at and demo_work.territory.zones[0].code_insee in at
    assert "untel" not in at.lower() and demo_work.territory.zones[0].name not in at
    shown = client.get(at).content.decode()
    assert shown.count("Mme Untel") == 2  # told back, and in the form to be refined
    assert client.get(at).content.decode().count("Mme Untel") == 2  # come back to, the same
    cookie = client.cookies["maillage_besoin"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert cookie["path"] == address("orienting:ask")
    assert (
        "Untel"
        not in client.get(f"{at}&besoin=Mme+Untel".replace("recherche=", "r=")).content.decode()
    )
    assert "Untel" not in client.get(address("orienting:ask")).content.decode()
    assert "Untel" not in client.get(at).content.decode()


def test_the_form_is_posted_and_tells_no_lie(client_of: Clients, demo_work: TerritoryWork) -> None:
    """It posts with the token of the site, from today on, and says where the sentence goes."""
    client = client_of("member")
    blank = client.get(address("orienting:ask")).content.decode()
    for told in ('<form class="orient-form" method="post"', "dès aujourd&#x27;hui"):
        assert told in blank.replace("dès aujourd'hui", "dès aujourd&#x27;hui")
    assert blank.count("csrfmiddlewaretoken") == 2  # the form's, and that of who signs out
    assert "reste dans l'adresse" not in blank
    html = _asked(client, demo_work, AMELI)
    assert 'name="lu" value="aide-aux-demarches-administratives_' in html


def test_today_is_looked_at_from_now_on(client_of: Clients, demo_work: TerritoryWork) -> None:
    """Where no day is told a place open today is proposed, and nobody leaves before this hour."""
    html = _asked(client_of("member"), demo_work, AMELI, deplacement="car")
    told = re.sub("[\u00a0\u202f]", " ", html)
    assert "Aujourd&#x27;hui, tout de suite (" in told
    leaving = re.findall(r"partir à (\d+) h ?(\d*), retour", told, re.IGNORECASE)
    assert leaving
    assert all(int(hour) * 60 + int(minute or 0) >= 615 for hour, minute in leaving)


def test_refining_where_asks_the_need_once(client_of: Clients, demo_work: TerritoryWork) -> None:
    """Another commune for the same need: it is not typed again, sentence kept or not."""
    client = client_of("member")
    at = _page(client, demo_work, AMELI)
    kept = {name: values[0] for name, values in _hidden(at).items()}
    other = demo_work.territory.zones[3]
    for besoin in (AMELI, ""):
        again = client.post(
            address("orienting:ask"), {**kept, "besoin": besoin, "commune": other.name}
        )
        html = client.get(again["Location"]).content.decode()
        assert "<h1>Ouvrir ou utiliser son compte Ameli</h1>" in html
        assert f'value="{other.name}"' in html
        assert _hidden(again["Location"])["recherche"] == [kept["recherche"]]


def test_the_button_pressed_twice_records_once(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Twice at once, or after coming back: one request; another search records another."""
    client = client_of("member")
    at = _page(client, demo_work, AMELI)
    first, again = (client.post(address("orienting:record"), _hidden(at)) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert len(_notes()) == 1
    _record(client, demo_work, AMELI)
    assert len(_notes()) == 2
    number = _notes()[0].number
    client.post(address("orienting:withdraw", number=number))
    client.post(address("orienting:record"), _hidden(at))  # taken back, then wanted after all
    assert len(_notes()) == 2


def test_every_refusal_is_at_hand(client_of: Clients, demo_work: TerritoryWork) -> None:
    """The answer tells the first of each reason; a link leads to all of them."""
    client = client_of("member")
    html = _asked(client, demo_work, AMELI)
    links = re.findall(r'href="([^"]+raison=[^"]+)"', html)
    assert links
    for link in links:
        page = client.get(link.replace("&amp;", "&")).content.decode()
        assert wrong_with(page) == []
        (told,) = re.findall(r"(\d+) permanences?</p>", re.sub("[\u00a0\u202f]", " ", page))
        assert int(told) > MOST_TOLD
        assert page.count("<li><strong>") >= min(int(told), 100)
    assert client.get(address("orienting:refused")).status_code == 302


def test_what_is_answered_is_not_recorded(client_of: Clients, demo_work: TerritoryWork) -> None:
    """A request that somebody can answer is no unmet need, whatever is sent."""
    client = client_of("member")
    at = _page(client, demo_work, "imprimer une photo")
    assert "Noter cette demande" not in client.get(at).content.decode()
    client.post(address("orienting:record"), _hidden(at))
    client.post(address("orienting:record"), {})
    assert _notes() == []


def test_recording_asks_for_the_token(client_of: Clients, demo_work: TerritoryWork) -> None:
    """Another site can make nobody record, nor take back."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of("member").cookies
    for name in ("orienting:record", "orienting:withdraw"):
        assert client.post(address(name)).status_code == 403


def test_requests_of_a_territory_stay_there(client_of: Clients) -> None:
    """What another territory recorded is in no page of this one, nor can it be taken back here."""
    log = DjangoNeedLog("default")
    need = UnmetNeed("2Z777", None, ON, f"{MARK} fermé")
    kept = log.record(OTHER, RecordedNeed(need, "coordination"))
    client = client_of("coordinator")
    for name in ("mine", "demands", "demands-csv"):
        told = client.get(address(f"orienting:{name}")).content.decode()
        assert MARK not in told and "2Z777" not in told
    at = address("orienting:withdraw", number=kept.number)
    assert client.post(at).status_code == 404
    assert log.needs(OTHER, ON, ON) == (kept,)


def test_the_demands_are_told_and_exported(client_of: Clients, demo_work: TerritoryWork) -> None:
    """By need and commune; the file tells neither desk nor person, and runs no formula."""
    code = demo_work.territory.zones[0].code_insee
    for constraint in ("=1+1", "fermé"):
        need = UnmetNeed(code, None, ON, constraint)
        DjangoNeedLog("default").record(DEMO, RecordedNeed(need, "bureau-secret"))
    client = client_of("hub")
    html = client.get(address("orienting:demands")).content.decode()
    assert "2 demandes notées sans réponse" in html.replace("\xa0", " ").replace("\u202f", " ")
    assert wrong_with(html) == []
    answer = client.get(address("orienting:demands-csv"))
    lines = answer.content.decode().splitlines()
    assert lines[0] == "date,besoin,code_insee,commune,obstacle"
    assert lines[1].endswith(",'=1+1")
    assert "bureau-secret" not in answer.content.decode()


def test_neither_distress_nor_what_is_not_understood_is_a_request(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """The share without an answer is of what a desk could have answered."""
    client = client_of("member")
    for text in ("il dit qu'il veut mourir", "zzz qsdf", "réparer ma voiture"):
        _asked(client, demo_work, text)
    assert DjangoNeedLog("default").months(DEMO, ON, ON) == ()
    _asked(client, demo_work, AMELI)
    (month,) = DjangoNeedLog("default").months(DEMO, ON, ON)
    assert month.n_asked == 1


def test_structures_with_an_account_are_desks(db: None) -> None:
    """The site's own table is the one that the log asks by name."""
    nobody_is_of_a_structure()
    give_role("un@vesprine.example", DEMO, Role.MEMBER, "structure-1")
    give_role("autre@vesprine.example", DEMO, Role.MEMBER, "structure-1")
    give_role("sans@vesprine.example", DEMO, Role.MEMBER)
    give_role("ailleurs@exemple.fr", OTHER, Role.MEMBER, "structure-9")
    assert DjangoNeedLog("default").desks(DEMO) == {"structure-1"}


def test_counts_that_circulate_tell_no_small_one_and_run_no_formula(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Communes of few requests are one row; a name that begins a formula is text."""
    nobody_is_of_a_structure()
    log, client = DjangoNeedLog("default"), client_of("coordinator")
    first, second = demo_work.territory.zones[:2]
    for code, n in ((first.code_insee, 2), (second.code_insee, 3), ("=1+1", 7)):
        for _ in range(n):
            log.record(DEMO, RecordedNeed(UnmetNeed(code, None, ON), "structure-1"))
    at = address("orienting:counts-csv")
    assert at in client.get(address("orienting:demands")).content.decode()
    lines = client.get(at).content.decode().replace("\u202f", " ").replace("\xa0", " ").splitlines()
    assert lines == [
        "quoi,nom,demandes,demandes_corrigees",
        "besoin,Tous besoins,12,12.0",
        "commune,'=1+1,7,7.0",
        "commune,2 autres communes,5,5.0",
        "territoire,ensemble,12,12.0",
    ]
    assert first.name not in "".join(lines)


def test_the_page_says_what_to_do_next_and_what_to_follow(client_of: Clients) -> None:
    """Month by month, the indicators, and the command that plans for them; nothing when empty."""
    client = client_of("coordinator")
    empty = client.get(address("orienting:demands")).content.decode()
    assert "siting post" not in empty and wrong_with(empty) == []
    service = Service.LOISIRS_ET_CREATIONS_NUMERIQUES
    note = RecordedNeed(UnmetNeed("2Z777", service, ON), "sans-structure")
    DjangoNeedLog("default").record(DEMO, note)
    told = client.get(address("orienting:demands")).content.decode()
    assert f"maillage siting post {DEMO} --workspace" in told
    assert f'--service "{service.value}"' in unescape(told)
    for words in ("Part des orientations sans réponse", "novembre", "(en cours)", "sans structure"):
        assert words in told
    assert wrong_with(told) == []


def test_the_demands_ask_little_of_the_database(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Who reads, what changed, the desks, then requests and months, of two years: no more a row."""
    client, at = client_of("coordinator"), address("orienting:demands")
    for _ in range(20):
        need = UnmetNeed("2Z777", None, ON)
        DjangoNeedLog("default").record(DEMO, RecordedNeed(need, "structure-1"))
    client.get(at)
    with django_assert_num_queries(10):
        client.get(at)


def test_answers_ask_little_of_the_database(
    client_of: Clients, demo_work: TerritoryWork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Read again, an answer asks who reads and what changed: session, account, role, stamp."""
    client = client_of("member")
    at = _page(client, demo_work, AMELI)
    client.get(at)
    with django_assert_num_queries(4):
        client.get(at)
