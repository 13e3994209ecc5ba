"""Whom to hear, on the site: a list proposed, called, followed, taken back; who is missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.addresses import address
from tests.web.asking import CONTACT, DESK
from tests.web.asking import wave_made as asking_wave
from tests.web.conftest import DEMO
from tests.web.surveys import AT, SLUG

from maillage.jobs.whom_to_ask import whom_to_ask
from maillage.storage.survey.answers import Finished, bring_answers
from maillage.storage.survey.contacts import Followed, contact_of, contacts_of
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import wave_of
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.contacts.model import Outcome
from maillage.web.reading.memory import shelf

Clients = Callable[[str], Client]
LIST = f"/{DEMO}/pilotage/enquetes/{SLUG}/a-entendre/"


def _wave() -> Wave:
    wave = wave_of(DEMO, SLUG)
    assert wave is not None
    return wave


def _added() -> list[Followed]:
    """Return the contacts of the wave beside the one that each territory of the tests has."""
    return [one for one in contacts_of(_wave()) if one.contact.key != "ccas-essai"]


def _filled(client: Client) -> None:
    page = client.get(address("hearing:propose")).content.decode()
    keys = [one.split('"')[0] for one in page.split('name="cle" value="')[1:]]
    client.post(address("hearing:propose"), {"cle": keys})


def test_the_list_holds_every_structure_and_every_town_hall_once(client_of: Clients) -> None:
    """Each commune has one; no structure twice; communes where nobody helps are said."""
    client_of("coordinator")
    book = shelf.book(shelf.stamps()[DEMO])
    assert book is not None
    proposed = whom_to_ask(book.territory, book.directory)
    halls = [one.code_insee for one in proposed if one.kind == "mairie"]
    assert set(halls) >= {one.code_insee for one in book.communes}
    assert len({one.key for one in proposed}) == len(proposed)
    assert any(one.isolated for one in proposed)
    assert proposed == whom_to_ask(book.territory, book.directory)


def test_a_list_is_proposed_kept_and_not_proposed_again(client_of: Clients) -> None:
    """What was taken off does not come back; what was kept is there with its commune."""
    client = client_of("coordinator")
    _filled(client)
    kept = contacts_of(_wave())
    assert len(kept) > 40
    key = kept[0].contact.key
    client.post(address("hearing:change-contact", contact=key), {"acte": "retirer"})
    assert "déjà sur la liste" in client.get(address("hearing:propose")).content.decode()
    assert len(contacts_of(_wave())) == len(kept) - 1
    client.post(address("hearing:change-contact", contact=key), {"acte": "remettre"})
    assert len(contacts_of(_wave())) == len(kept)


def test_calls_are_noted_and_taken_back(client_of: Clients) -> None:
    """Refused, then « by mistake »: it is to be called again; an answer ends it."""
    client, wave = client_of("coordinator"), _wave()
    client.post(address("hearing:add-contact"), {"nom": "CCAS d'Ulvemont", "commune": "Ulvemont"})
    (one,) = _added()
    key = one.contact.key
    client.post(address("hearing:note", contact=key), {"issue": "refus"})
    page = client.get(address("hearing:contact", contact=key)).content.decode()
    assert "refus" in page and "Reprendre la dernière note" in page
    client.post(address("hearing:note", contact=key), {"issue": "annule"})
    assert "à appeler" in client.get(LIST).content.decode()
    wrong = client.post(address("hearing:note", contact=key), {"issue": "rien"}, follow=True)
    assert "Dites ce qu" in wrong.content.decode()
    told = Answer("x", "essai", "1", SLUG, Channel.PHONE, {}, key, AT, AT)
    bring_answers(wave, [(told, Finished({"aide": "oui"}))], AT, None)
    assert "entendue" in client.get(f"{LIST}?etat=entendue").content.decode()
    assert client.get(f"{LIST}?etat=refus").content.decode().count("<tr>") <= 1


def test_an_interview_left_is_to_be_called_back_on_the_day_agreed(client_of: Clients) -> None:
    """« À rappeler » at the desk stands in the log, with its day."""
    wave, client = asking_wave(), client_of("coordinator")
    begun = client.post(f"{DESK}entretien/{CONTACT}/", {"canal": "telephone"})
    client.post(f"{begun['Location']}rappeler/", {"le": "2031-05-06"})
    found = contact_of(wave, CONTACT)
    assert found is not None
    (event,) = found.events
    assert event.outcome is Outcome.CALL_BACK and str(event.call_back_on) == "2031-05-06"


def test_a_list_is_brought_by_file_and_corrected_by_it(client_of: Clients) -> None:
    """New ones come in, known ones are corrected; the list that is given reads back."""
    client = client_of("coordinator")
    text = "nom;commune;nature;secteur\nEVS La Ruche;Ulvemont;evs_centre_social;nord\n;x;;\n"
    file = SimpleUploadedFile("liste.csv", text.encode("cp1252"))
    client.post(address("hearing:add-contact"), {"fichier": file})
    (one,) = _added()
    assert (one.contact.area, one.contact.kind) == ("nord", "evs_centre_social")
    given = client.get(address("hearing:contacts-csv")).content
    rows = list(csv.DictReader(io.StringIO(given.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["etat"] == "à appeler"
    changed = given.replace(b"nord", b"sud")
    client.post(address("hearing:add-contact"), {"fichier": SimpleUploadedFile("l.csv", changed)})
    (again,) = _added()
    assert again.contact.area == "sud" and again.contact.key == one.contact.key
    bad = client.post(
        address("hearing:add-contact"), {"fichier": SimpleUploadedFile("l.csv", b"a;b\n1;2\n")},
        follow=True,
    )  # fmt: skip
    assert "colonne « nom »" in bad.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_who_is_missing_is_counted_against_the_targets(client_of: Clients) -> None:
    """By kind and area; a target that is no number changes nothing."""
    client, wave = client_of("coordinator"), _wave()
    for name in ("A", "B", "C"):
        client.post(address("hearing:add-contact"), {"nom": name, "secteur": "nord"})
    page = client.get(address("hearing:missing")).content.decode()
    assert "4 structures manquent sur 4" in page.replace("\xa0", " ")
    client.post(address("hearing:targets"), {"kind.autre": "2", "area.nord": ""})
    wave.refresh_from_db()
    assert wave.targets == {"kind": {"autre": 2}}
    client.post(address("hearing:targets"), {"kind.autre": "deux"})
    wave.refresh_from_db()
    assert wave.targets == {"kind": {"autre": 2}}


def test_pages_of_a_list_ask_the_database_little(
    client_of: Clients, django_assert_num_queries: Callable[[int], object]
) -> None:
    """As many structures as one likes: the same number of queries."""
    client = client_of("coordinator")
    _filled(client)
    key = contacts_of(_wave())[0].contact.key
    pages = {LIST: 8, address("hearing:missing"): 10, address("hearing:contact", contact=key): 8}
    for at, n in pages.items():
        client.get(at)
        with django_assert_num_queries(n):  # type: ignore[attr-defined]
            client.get(at)
