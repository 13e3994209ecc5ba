"""Who asks others: the interview, question by question, and the quick entry of paper."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.asking import CONTACT, DESK, begun, hidden, sent, wave_made
from tests.web.page_rules import wrong_with

from maillage.storage.survey.answers import answers_of, draft_by_key
from maillage.storage.survey.models import AnswerRow, VerbatimRow
from maillage.survey.answers.model import Channel

pytestmark = pytest.mark.django_db
Clients = Callable[[str], Client]
WITH = f"{DESK}entretien/{CONTACT}/"


def _page(answer: HttpResponse, status: int = 200) -> str:
    told = answer.content.decode()
    assert answer.status_code == status
    assert wrong_with(told) == []
    return html.unescape(told)


def _interview(client: Client, at: str = WITH, channel: str = "telephone") -> HttpResponse:
    return client.post(at, {"canal": channel}, follow=True)


def test_an_interview_asks_one_question_at_a_time_and_keeps_notes(client_of: Clients) -> None:
    """With a contact, by telephone: a question a screen, a note beside, all kept in one answer."""
    wave, client = wave_made(), client_of("coordinator")
    assert "Entretien avec CCAS d'Ulvemont" in _page(client.get(WITH))
    page = _interview(client)
    assert "Question 1 sur" in _page(page) and "CCAS d'Ulvemont" in _page(page)
    assert "Combien êtes-vous" not in _page(page)
    page = sent(client, page, age="30_59", **{"note/age": "Hésite : 06 12 34 56 78"})
    assert "Combien êtes-vous" in _page(page)
    page = sent(client, page, foyer="3")
    page = sent(client, page, outils=["telephone"])
    page = sent(client, page, renonce="non")
    assert "Vous êtes 3 à la maison." in _page(page) and "Depuis quand" in _page(page)
    page = sent(client, page, quand="")
    told = client.post(page.request["PATH_INFO"], follow=True)
    assert "Entretien enregistré." in _page(told)
    (one,) = answers_of(wave)
    assert (one.channel, one.contact) == (Channel.PHONE, CONTACT)
    (note,) = VerbatimRow.objects.filter(wave=wave)
    assert (note.question, note.is_note, note.quotable) == ("age", True, False)
    assert note.source_kind == "ccas" and "06 12" not in repr([note.screened, note.doubts])


def test_moments_stand_in_the_sealed_draft_and_end_as_a_duration(client_of: Clients) -> None:
    """While it lasts, when each question was answered is kept; after, only begin and end."""
    wave, client = wave_made(), client_of("coordinator")
    page = sent(client, _interview(client), age="30_59")
    row = AnswerRow.objects.get(wave=wave)
    draft = draft_by_key(wave, row.key)
    assert draft is not None and set(json.loads(draft.notes["/moments"])) == {"age"}
    while "relire" not in page.request["PATH_INFO"]:
        page = sent(client, page)
    client.post(page.request["PATH_INFO"])
    row.refresh_from_db()
    assert row.sealed == "" and row.done_at is not None and row.started_at <= row.done_at
    assert not VerbatimRow.objects.filter(wave=wave).exists()


def test_an_interview_left_is_taken_up_where_it_stopped(client_of: Clients) -> None:
    """« À rappeler » keeps all; the contact's page offers to go on, and nothing is doubled."""
    wave, client = wave_made(), client_of("coordinator")
    page = sent(client, _interview(client), age="30_59")
    page = sent(client, page, "plus-tard", foyer="2")
    page = client.post(page.request["PATH_INFO"], follow=True)
    assert "L'entretien est gardé" in _page(page) and "Reprendre où il s'est arrêté" in _page(page)
    page = client.post(WITH, {"reprendre": "oui"}, follow=True)
    assert "Combien êtes-vous" in _page(page) and 'value="2"' in _page(page)
    assert AnswerRow.objects.filter(wave=wave).count() == 1


def test_residents_at_a_counter_need_no_contact(client_of: Clients) -> None:
    """The channel is chosen once and proposed again; what one left is found on the same page."""
    wave, client = wave_made(), client_of("coordinator")
    at = f"{DESK}entretien/"
    assert "Dites comment se fait" in _page(client.post(at), 400)
    _interview(client, at, "comptoir")
    again = _page(client.get(at))
    assert re.search(r'value="comptoir" checked', again) and "À reprendre" in again
    (row,) = AnswerRow.objects.filter(wave=wave)
    assert (row.channel_code, row.contact_key) == ("comptoir", "")


def test_nobody_fills_the_interview_of_another_territory(client_of: Clients) -> None:
    """An interview is found by its key in its own wave alone; the public never."""
    wave_made()
    client = client_of("coordinator")
    at = _interview(client).request["PATH_INFO"]
    assert client_of("public").get(at).status_code == 302
    assert client_of("stranger").get(at).status_code == 403
    assert client_of("member").get(at).status_code == 403
    assert client.get(f"{DESK}entretien/personne/").status_code == 404
    assert client.get(at.replace(at.split("/")[-2], "0" * 32)).status_code == 302


def _typed(client: Client, **told: str) -> HttpResponse:
    page = client.get(f"{DESK}saisie/")
    form = {**{name: values[0] for name, values in hidden(page).items()}, **told}
    return client.post(f"{DESK}saisie/", form, follow=True)


def test_paper_is_entered_by_codes(client_of: Clients) -> None:
    """2, 1 3, a French date: one page, saved, counted, and a blank sheet comes."""
    wave, client = wave_made(), client_of("coordinator")
    sheet = _page(client.get(f"{DESK}saisie/"))
    assert "0 questionnaire saisi aujourd'hui" in sheet.replace("\xa0", " ")
    told = {"age": "2", "foyer": "4", "outils": "1, 2", "renonce": "1", "quand": "3/2/2020"}
    page = _typed(client, **told, pourquoi="Trop loin", contact=CONTACT)
    assert "Enregistré. Au suivant." in _page(page)
    assert "1 questionnaire saisi aujourd'hui" in _page(page).replace("\xa0", " ")
    (one,) = answers_of(wave)
    assert (one.channel, one.contact) == (Channel.PAPER, CONTACT)
    assert one.values == {
        "age": "30_59",
        "foyer": "4",
        "outils": "ordinateur telephone",
        "renonce": "oui",
        "quand": "2020-02-03",
    }
    assert VerbatimRow.objects.get(wave=wave).question == "pourquoi"


def test_what_is_no_code_is_said_beside_its_field(client_of: Clients) -> None:
    """Nothing is kept before it is mended, and what was typed stays; blanks are let be."""
    wave, client = wave_made(), client_of("coordinator")
    page = _page(_typed(client, age="9", foyer="99", outils="1 2"), 400)
    assert "« 9 » n'est pas un code : de 1 à 3." in page and 'value="1 2"' in page
    assert "Rien n'est rempli" in _page(_typed(client), 400)
    assert "Écrivez un nombre de 1 à 15." in _page(_typed(client, age="1", foyer="99"), 400)
    assert answers_of(wave) == ()


def test_what_was_not_to_be_answered_is_told(client_of: Clients) -> None:
    """People answer what the paper told them to skip: it is left out, and said."""
    wave, client = wave_made(), client_of("coordinator")
    page = _page(_typed(client, age="1", renonce="2", pourquoi="Trop loin"))
    assert "n'ont pas été gardées : Pourquoi" in page
    (one,) = answers_of(wave)
    assert one.values == {"age": "moins_30", "renonce": "non"}


def test_the_last_sheet_is_undone_and_one_sent_twice_is_one(client_of: Clients) -> None:
    """The button pressed twice keeps one; « Annuler le dernier » takes back one's own alone."""
    wave, client = wave_made(), client_of("coordinator")
    form = {**{k: v[0] for k, v in hidden(client.get(f"{DESK}saisie/")).items()}, "age": "1"}
    for _ in range(2):
        page = client.post(f"{DESK}saisie/", form, follow=True)
    assert "déjà enregistré" in _page(page) and len(answers_of(wave)) == 1
    other = client_of("administrator").post(f"{DESK}saisie/annuler/", follow=True)
    assert "rien à annuler" in _page(other) and len(answers_of(wave)) == 1
    assert "ne compte plus" in _page(client.post(f"{DESK}saisie/annuler/", follow=True))
    assert answers_of(wave) == ()


def test_a_second_entry_is_compared_with_the_first(client_of: Clients) -> None:
    """Where both differ, both are shown and one decides; where they agree, one answer is kept."""
    wave, client = wave_made(), client_of("coordinator")
    second = _typed(client, age="1", foyer="2", deux="oui")
    assert "Deuxième saisie" in _page(second) and answers_of(wave) == ()
    kept = {name: values[0] for name, values in hidden(second).items()}
    form = {**kept, "age": "2", "foyer": "2", "deux": "oui"}
    differs = client.post(f"{DESK}saisie/", form)
    assert "Première saisie : 1. Deuxième : 2." in _page(differs, 409)
    last = {name: values[0] for name, values in hidden(differs).items()}
    client.post(f"{DESK}saisie/", {**last, "age": "1", "foyer": "2", "deux": "oui"})
    (one,) = answers_of(wave)
    assert one.values == {"age": "moins_30", "foyer": "2"}
    second = _typed(client, age="3", deux="oui")
    kept = {name: values[0] for name, values in hidden(second).items()}
    client.post(f"{DESK}saisie/", {**kept, "age": "3", "deux": "oui"})
    assert len(answers_of(wave)) == 2


def test_a_closed_wave_is_not_asked(client_of: Clients) -> None:
    """The interviewer is told the dates too."""
    import datetime as dt

    wave_made(ends=dt.date(2026, 11, 20))
    told = _page(client_of("coordinator").get(f"{DESK}entretien/"))
    assert "s'est terminée" in told
    assert begun(client_of("public")).status_code == 200


def test_nobody_who_interviews_reads_what_somebody_fills_alone(client_of: Clients) -> None:
    """An answer of the public is read by nobody before it is sent, even by its key."""
    wave, public, desk = wave_made(), client_of("public"), client_of("coordinator")
    sent(public, begun(public), age="30_59")
    row = AnswerRow.objects.get(wave=wave)
    at = f"{DESK}entretien/en-cours/{row.key}/"
    assert desk.get(at).status_code == 302
    for page in ("relire/", "rappeler/"):
        assert desk.get(f"{at}{page}").status_code in {302, 405}
    assert "values" not in desk.get(f"{at}etat.json").json()
    told = {"key": row.key, "revision": row.revision, "values": {"age": "75_plus"}, "notes": {}}
    answer = desk.post(f"{at}garder.json", json.dumps(told), content_type="application/json")
    assert answer.status_code == 410 and "values" not in answer.json()
    assert draft_by_key(wave, row.key).values["age"] == "30_59"  # type: ignore[union-attr]
