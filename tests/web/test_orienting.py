"""The front desk: asked in one form, answered at one address, what lacks is recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, ON, OTHER
from tests.web.page_rules import wrong_with

from maillage.access.unreached.model import UnmetNeed
from maillage.jobs.ports import TerritoryWork
from maillage.orientation.reported import RecordedNeed, Reported
from maillage.storage.need_log import DjangoNeedLog
from maillage.web.orienting.demands import found_words

ANSWER_BYTES = 60_000
AMELI = "elle n'arrive pas à ouvrir son compte Ameli"
Clients = Callable[[str], Client]


def _page(work: TerritoryWork, text: str, **more: str) -> str:
    told = {"besoin": text, "commune": work.territory.zones[0].name, "deplacement": "walk", **more}
    return f"{address('orienting:ask')}?{urlencode(told)}"


def _asked(client: Client, work: TerritoryWork, text: str, **more: str) -> str:
    answer = client.get(_page(work, text, **more))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert wrong_with(html) == []
    return html


def _record(client: Client, work: TerritoryWork, text: str) -> HttpResponse:
    told = {"besoin": text, "commune": work.territory.zones[0].name, "deplacement": "walk"}
    return client.post(address("orienting:record"), told)


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
    assert len(client.get(_page(demo_work, AMELI)).content) <= ANSWER_BYTES


def test_what_is_picked_wins_over_what_is_written(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """« Ce n'est pas ça » picks another need, the rest of the form staying as it was."""
    html = _asked(client_of("member"), demo_work, AMELI, choix="loisirs-et-creations-numeriques")
    assert "<h1>Loisirs et créations numériques</h1>" in html
    assert f'value="{demo_work.territory.zones[0].name}"' in html


def test_distress_is_answered_by_contacts_and_nothing_else(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Whom to call comes at once: no card, no refusal, nothing to record."""
    html = _asked(client_of("member"), demo_work, "il dit qu'il veut mourir")
    assert 'href="tel:3114"' in html
    for other in ('class="card"', "examinées", "Noter cette demande", "<form class"):
        assert other not in html


def test_what_is_typed_is_never_run(client_of: Clients, demo_work: TerritoryWork) -> None:
    """A script in any field is shown as text, in the answer as in the form to mend."""
    script = "<script>alert('x')</script>\"'>"
    client = client_of("member")
    assert script not in _asked(client, demo_work, f"compte ameli {script}")
    broken = client.get(_page(demo_work, script, commune=script, jour=script, deplacement=script))
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
    answer = client_of("member").get(_page(demo_work, **{"text": AMELI, **_text(changed)}))
    assert answer.status_code == 400
    assert told in answer.content.decode()


def _text(changed: dict[str, str]) -> dict[str, str]:
    return {"text" if name == "besoin" else name: value for name, value in changed.items()}


def test_a_search_counts_once_and_the_session_keeps_no_word_of_it(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Read again it counts no more; the commune and the way of moving alone are remembered."""
    client = client_of("member")
    for text in (AMELI, AMELI, "imprimer un papier"):
        _asked(client, demo_work, text)
    (month,) = DjangoNeedLog("default").months(DEMO, ON, ON)
    assert (month.desk, month.n_asked) == ("sans-structure", 2)
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
    assert (note.desk, note.errand) == ("sans-structure", "compte-ameli")
    assert note.need.code_insee == demo_work.territory.zones[0].code_insee
    assert "Untel" not in repr(note)
    shown = client.get(done["Location"]).content.decode()
    assert "La demande est notée" in shown and wrong_with(shown) == []
    at = address("orienting:withdraw", number=note.number)
    assert client_of("coordinator").post(at).status_code == 404  # another desk's
    assert client.post(at).status_code == 302
    assert _notes() == []


def test_what_is_answered_is_not_recorded(client_of: Clients, demo_work: TerritoryWork) -> None:
    """A request that somebody can answer is no unmet need, whatever is sent."""
    client = client_of("member")
    told = {"besoin": "imprimer une photo", "commune": demo_work.territory.zones[0].name}
    assert "Noter cette demande" not in _asked(client, demo_work, "imprimer une photo")
    client.post(address("orienting:record"), {**told, "deplacement": "walk"})
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


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Reported(0, 3, 0, 1.0, 0.0, 0.0, None), "Aucun guichet"),
        (Reported(4, 2, 2, 1.0, 4.0, 4.0, 4.0), "rien à corriger"),
        (Reported(4, 3, 1, 3.0, 12.0, 4.0, None), "Un seul guichet note"),
        (Reported(4, 4, 2, 2.0, 8.0, 4.0, 15.0), "entre 4 et 15"),
    ],
)
def test_the_correction_is_told_in_words(found: Reported, told: str) -> None:
    """How sure the count is depends on how many desks report: it is said."""
    assert told in " ".join(found_words(found))


def test_answers_ask_little_of_the_database(
    client_of: Clients, demo_work: TerritoryWork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Read again, an answer asks who reads and what changed: session, account, role, stamp."""
    client, at = client_of("member"), _page(demo_work, AMELI)
    client.get(at)
    with django_assert_num_queries(4):
        client.get(at)
