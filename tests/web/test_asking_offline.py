"""What the browser's script is told and sends: kept once, refused where it is anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.web.asking import BASE, CONTACT, DESK, begun, sent, wave_made
from tests.web.page_rules import wrong_with

from maillage.storage.survey.answers import answers_of
from maillage.storage.survey.models import AnswerRow, VerbatimRow

pytestmark = pytest.mark.django_db
Clients = Callable[[str], Client]
QUERIES = {
    "": 4,
    "repondre/": 4,
    "relire/": 4,
    "etat.json": 4,
    "questions.json": 2,
    "merci/": 2,
    "plus-tard/": 4,
}
"""SQL queries of each page, whatever was answered."""
DESK_QUERIES = {"": 8, "relire/": 8, "entretien/": 6, f"entretien/{CONTACT}/": 9, "saisie/": 7}
"""Those of who asks: of the interview, then of the pages around it."""


def _state(client: Client, base: str = BASE) -> dict[str, Any]:
    return client.get(f"{base}etat.json").json()


def _keep(client: Client, base: str = BASE, **told: object) -> HttpResponse:
    kept = {"values": {}, "notes": {}, **{k: _state(client, base)[k] for k in ("key", "revision")}}
    body = json.dumps({**kept, **told})
    return client.post(f"{base}garder.json", body, content_type="application/json")


def test_what_the_script_sends_is_kept_and_ends_once(client_of: Clients) -> None:
    """Kept, kept again, ended, ended again: one answer; each time the script learns where it is."""
    wave, client = wave_made(), client_of("public")
    begun(client)
    values = {"age": "60_plus", "aides": [], "outils": "aucun"}
    first = _keep(client, values=values)
    assert (first.status_code, first.json()["revision"]) == (200, 1)
    assert _state(client)["values"] == {**values}
    told = {"key": _state(client)["key"], "revision": 1, "values": values, "ends": True}
    for _ in range(2):
        answer = client.post(f"{BASE}garder.json", json.dumps(told), "application/json")
        back = answer.json()
        assert (back["done"], back["next"]) == (True, f"{BASE}merci/")
    assert len(answers_of(wave)) == 1
    assert (client.get(f"{BASE}etat.json").status_code, _gone(client)) == (410, True)


def _gone(client: Client) -> bool:
    return bool(client.get(f"{BASE}etat.json").json()["done"])


def test_an_older_revision_is_told_what_is_kept(client_of: Clients) -> None:
    """409 brings the newer answers; nothing is undone."""
    wave_made()
    client = client_of("public")
    begun(client)
    _keep(client, values={"age": "60_plus"})
    older = _keep(client, values={"age": "30_59"}, revision=0)
    assert (older.status_code, older.json()["values"]) == (409, {"age": "60_plus"})
    same = _keep(client, values={"age": "60_plus"}, revision=0)
    assert same.json()["revision"] == 1  # the same said twice is no newer


def test_a_device_writes_over_what_it_wrote_itself(client_of: Clients) -> None:
    """Where the answer to a sending was lost, the device sends again over its own: no question."""
    wave, client = wave_made(), client_of("public")
    begun(client)
    mine, other = {"/appareil": "a" * 32}, {"/appareil": "b" * 32}
    _keep(client, values={"age": "60_plus"}, notes=mine)
    again = _keep(client, values={"age": "30_59"}, notes=mine, revision=0)
    assert (again.status_code, again.json()["revision"]) == (200, 2)
    assert _keep(client, values={"age": "moins_30"}, notes=other, revision=0).status_code == 409
    assert _keep(client, values={"age": "moins_30"}, revision=0).status_code == 409
    page = client.get(f"{BASE}repondre/")
    sent(client, page, age="60_plus")  # by a page without script: it is no such device
    assert _keep(client, values={"age": "30_59"}, notes=mine, revision=2).status_code == 409
    _keep(client, values={"age": "30_59"}, notes=mine, ends=True)
    assert len(answers_of(wave)) == 1
    assert not VerbatimRow.objects.filter(wave=wave).exists()


def test_what_is_to_mend_is_told_by_question(client_of: Clients) -> None:
    """An answer that ends too soon is kept and not ended."""
    wave, client = wave_made(), client_of("public")
    begun(client)
    answer = _keep(client, values={"foyer": "99"}, ends=True)
    assert answer.status_code == 400
    assert {one["key"] for one in answer.json()["problems"]} == {"age", "foyer"}
    assert answers_of(wave) == () and _state(client)["values"] == {"foyer": "99"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"key": 1}',
        "null",
        '{"key": "", "revision": "x", "values": {}}',
        "{" * 9000,
    ],
)
def test_anything_else_is_refused(client_of: Clients, body: str) -> None:
    """What our script does not send is answered in words, and breaks nothing."""
    wave_made()
    client = client_of("public")
    begun(client)
    answer = client.post(f"{BASE}garder.json", body, "application/json")
    assert answer.status_code == 400 and "lues" in answer.json()["error"]


def test_answers_of_every_size_and_kind_are_kept_within_bounds(client_of: Clients) -> None:
    """50 000 signs, emoji, formulas, names of no question, a thousand rows: kept or left out."""
    wave_made()
    client = client_of("public")
    begun(client)
    rows = [{"qui": "=2+3 🙂", "x": "y", "age": "30_59"}] * 1000
    values: dict[str, object] = {"pourquoi": "é" * 60_000, "aides": rows, "inconnu": "x"}
    values |= {"usage": "x", "age": ["x"]}
    assert _keep(client, values=values, notes={"a": "b" * 9000}).status_code == 200
    kept = _state(client)
    assert set(kept["values"]) == {"pourquoi", "aides"}
    assert len(kept["values"]["pourquoi"]) == 50_001 and len(kept["values"]["aides"]) == 200
    assert kept["values"]["aides"][0] == {"qui": "=2+3 🙂"} and len(kept["notes"]["a"]) == 5000


def test_nobody_writes_in_the_answer_of_another(client_of: Clients) -> None:
    """A key that is not that of this browser's answer opens nothing; nor does no cookie."""
    wave_made()
    one, two = client_of("public"), client_of("public")
    begun(one)
    begun(two)
    key = _state(one)["key"]
    assert _keep(two, key=key, values={"age": "30_59"}).status_code == 410
    stranger = client_of("public")
    body = json.dumps({"key": key, "revision": 0, "values": {}, "notes": {}})
    assert stranger.post(f"{BASE}garder.json", body, "application/json").status_code == 410
    assert _state(one)["values"] == {}


def test_an_interview_is_kept_by_its_address(client_of: Clients) -> None:
    """The same door for who asks, with notes; it needs the right, and ends with the next one."""
    wave, client = wave_made(), client_of("coordinator")
    page = client.post(f"{DESK}entretien/{CONTACT}/", {"canal": "telephone"}, follow=True)
    at = page.request["PATH_INFO"]
    assert _keep(client, at, values={"age": "30_59"}, notes={"age": "hésite"}).status_code == 200
    body = json.dumps({"key": "x", "revision": 0, "values": {}})
    assert client_of("member").post(f"{at}garder.json", body, "application/json").status_code == 403
    done = _keep(client, at, values={"age": "30_59"}, notes={"age": "hésite"}, ends=True)
    assert done.json() == {"done": True, "next": f"{DESK}entretien/"}
    assert len(answers_of(wave)) == 1


def test_an_interview_begun_without_a_connection_is_kept_under_its_own_key(
    client_of: Clients,
) -> None:
    """The device draws the key; sent twice, begun twice, it is one; only by who may interview."""
    wave, client = wave_made(), client_of("coordinator")
    key = "0123456789abcdef" * 2
    at = f"{DESK}entretien/en-cours/{key}/"
    told = {"key": key, "revision": 0, "values": {"age": "30_59"}, "channel": "face-a-face"}
    told["begun"] = "2026-11-24T08:00:00.000Z"

    def send(who: Client, **more: object) -> HttpResponse:
        return who.post(f"{at}garder.json", json.dumps({**told, **more}), "application/json")

    for bad in ({"channel": "web"}, {"begun": "hier"}, {"key": "0" * 32}, {"channel": ""}):
        assert send(client, **bad).status_code == 410, bad
    assert send(client_of("public")).status_code == 302
    assert send(client_of("member")).status_code == 403
    for _ in range(2):
        assert send(client).json()["revision"] == 1
    assert "30_59" in client.get(at).content.decode()
    for _ in range(2):
        assert send(client, revision=1, ends=True).json()["done"] is True
    (one,) = answers_of(wave)
    assert (one.id, one.channel.code, one.contact) == (key, "face-a-face", None)
    assert one.started is not None and one.started.isoformat() == "2026-11-24T08:00:00+00:00"


def test_the_shell_and_the_questions_hold_no_answer(client_of: Clients) -> None:
    """What a device keeps for later is the same whoever asks: nothing of an answer, no account."""
    wave_made()
    client, other = client_of("coordinator"), client_of("public")
    page = client.post(f"{DESK}entretien/{CONTACT}/", {"canal": "telephone"}, follow=True)
    sent(client, page, age="60_plus")
    for at in (f"{DESK}entretien/sans-connexion/", f"{DESK}entretien/questions.json"):
        told = client.get(at).content.decode()
        assert "checked" not in told and "CCAS" not in told and "coordination@" not in told
    shell = other.get(f"{BASE}sans-connexion/")
    assert wrong_with(shell.content.decode()) == []
    worker = other.get(f"{BASE}sans-connexion.js")
    assert worker["Content-Type"].startswith("text/javascript")
    kept = json.loads(worker.content.decode().splitlines()[0].removeprefix("const TOLD = ")[:-1])
    assert all(other.get(at).status_code == 200 for at in kept["kept"] if "/static/" not in at)


def test_pages_ask_the_database_no_more_than_before(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Each page has its number of queries, whatever was answered."""
    wave_made()
    client = client_of("public")
    page = begun(client)
    sent(client, page, age="60_plus", foyer="2")
    for at, n in QUERIES.items():
        client.get(BASE + at)
        with django_assert_num_queries(n):
            assert client.get(BASE + at).status_code == 200, at
    desk = client_of("coordinator")
    page = desk.post(f"{DESK}entretien/{CONTACT}/", {"canal": "telephone"}, follow=True)
    interview = page.request["PATH_INFO"]
    for at, n in DESK_QUERIES.items():
        whole = interview + at if at in {"", "relire/"} else DESK + at
        desk.get(whole)
        with django_assert_num_queries(n):
            assert desk.get(whole).status_code == 200, at
    assert AnswerRow.objects.filter(wave__slug="essai-habitants").count() == 2
