"""A coordinator corrects a record: written with provenance, undone, never over another's work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, ON, OTHER, WICKED, save
from tests.web.page_rules import wrong_with

from maillage.directory.by_hand import FIELDS, WORDS
from maillage.jobs.ports import TerritoryWork
from maillage.jobs.put_together import with_decisions
from maillage.web.coordinator.workbench import store_of
from maillage.web.here import public_here
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.hours import today_words

Clients = Callable[[str], Client]
_HIDDEN = re.compile(r'<input type="hidden" name="(vu-[a-z_]+|conflit)" value="([^"]*)">')
_INPUT = re.compile(r'<input id="([a-z_]+)" name="\1" value="([^"]*)"')
_AREA = re.compile(r'<textarea id="([a-z_]+)"[^>]*>\n([^<]*)</textarea>')
_BOX = re.compile(r'<input type="checkbox" name="([a-z_]+)" value="([^"]*)" checked>')


def _load() -> TerritoryWork:
    return store_of("", ON).load(DEMO)


def _place(n_presences: int = 1) -> Place:
    places = public_here(DEMO).book.places
    return next(
        one
        for one in places
        if one.lieu.in_territory
        and len(one.presences) == n_presences
        and all(p.permanence.record.telephone and p.permanence.horaires for p in one.presences)
    )


def _again(presence: Presence) -> Presence:
    every = (p for place in public_here(DEMO).book.places for p in place.presences)
    return next(one for one in every if one.permanence.id == presence.permanence.id)


def _at(name: str, presence: Presence, **more: object) -> str:
    return address(f"coordinator:{name}", permanence_id=presence.permanence.id, **more)


def _form(client: Client, presence: Presence) -> dict[str, object]:
    """Return what a browser would send of the form as it is shown."""
    answer = client.get(_at("edit", presence))
    assert answer.status_code == 200
    return _sent(answer)


def _sent(answer: HttpResponse) -> dict[str, object]:
    html = answer.content.decode()
    assert wrong_with(html) == []
    told: dict[str, object] = {}
    boxes: dict[str, list[str]] = {}
    for name, value in (*_HIDDEN.findall(html), *_INPUT.findall(html), *_AREA.findall(html)):
        if name == "conflit":
            boxes.setdefault(name, []).append(value)
        else:
            told[name] = unescape(value)
    for name, value in _BOX.findall(html):
        boxes.setdefault(name, []).append(unescape(value))
    return told | boxes


def test_a_form_sent_as_it_came_changes_nothing(client_of: Clients) -> None:
    """Records of the demo, opened and sent back untouched, is as it was."""
    client, before = client_of("coordinator"), _load()
    for place in public_here(DEMO).book.places[:6]:
        for presence in place.presences if place.lieu.in_territory else ():
            client.post(_at("edit", presence), _form(client, presence))
    after = _load()
    assert after.decisions == before.decisions == ()
    assert after.records == before.records


def test_a_correction_is_written_shown_and_taken_back(client_of: Clients) -> None:
    """It stands on the public page and on the sheet with who and when; the undo brings all back."""
    client, presence = client_of("coordinator"), _place().presences[0]
    before = _load()
    told = _form(client, presence) | {"telephone": "05 36 49 00 11", "horaires": "mardi 9h-12h"}
    done = client.post(_at("edit", presence), told, follow=True)
    html = done.content.decode()
    assert wrong_with(html) == []
    for words in ("enregistré", "Dominique (coordination)", "Annuler cette modification"):
        assert words in html
    assert "choisie par une personne" in html and "Écarté" in html
    assert _again(presence).permanence.record.telephone == "+33536490011"
    assert _again(presence).permanence.horaires == "Tu 09:00-12:00"
    lieu_id = _again(presence).permanence.lieu_id
    public = client_of("public").get(address("public:lieu", lieu_id=lieu_id)).content.decode()
    assert "tel:+33536490011" in public and "Dominique" not in public
    (number,) = {int(one) for one in re.findall(r"/corrections/(\d+)/annuler/", html)}
    client.post(_at("undo", presence, number=number), follow=True)
    assert _again(presence) == presence
    assert _load().directory == before.directory
    again = client.post(_at("undo", presence, number=number), follow=True).content.decode()
    assert "déjà annulée" in again


def test_two_coordinators_lose_nothing(client_of: Clients) -> None:
    """The second is shown both values, keeps what was typed, and must choose."""
    first, second = client_of("coordinator"), client_of("administrator")
    presence = _place().presences[0]
    mine, yours = _form(first, presence), _form(second, presence)
    first.post(_at("edit", presence), mine | {"telephone": "05 36 49 00 11"})
    sent = yours | {"telephone": "05 36 49 00 22", "complement_adresse": "2e étage"}
    answer = second.post(_at("edit", presence), sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "05 36 49 00 11" in html and "05 36 49 00 22" in html
    assert _again(presence).permanence.record.telephone == "+33536490011"
    kept = _sent(answer)
    assert kept["telephone"] == "05 36 49 00 22" and kept["complement_adresse"] == "2e étage"
    undecided = second.post(_at("edit", presence), kept)
    assert undecided.status_code == 409 and "quelle valeur garder" in undecided.content.decode()
    assert _sent(undecided)["telephone"] == "05 36 49 00 22"
    second.post(_at("edit", presence), kept | {"choix-telephone": "mettre"})
    record = _again(presence).permanence.record
    assert (record.telephone, record.complement_adresse) == ("+33536490022", "2e étage")


def test_the_second_may_keep_what_the_first_wrote(client_of: Clients) -> None:
    """What clashed is left as the first wrote it; the rest of the second's is written."""
    first, second = client_of("coordinator"), client_of("administrator")
    presence = _place().presences[0]
    mine, yours = _form(first, presence), _form(second, presence)
    first.post(_at("edit", presence), mine | {"telephone": "05 36 49 00 11"})
    sent = yours | {"telephone": "05 36 49 00 22", "complement_adresse": "2e étage"}
    kept = _sent(second.post(_at("edit", presence), sent))
    second.post(_at("edit", presence), kept | {"choix-telephone": "garder"})
    record = _again(presence).permanence.record
    assert (record.telephone, record.complement_adresse) == ("+33536490011", "2e étage")


def test_other_fields_of_one_record_add_up(client_of: Clients) -> None:
    """Two people who write in two fields are asked nothing."""
    first, second = client_of("coordinator"), client_of("administrator")
    presence = _place().presences[0]
    mine, yours = _form(first, presence), _form(second, presence)
    first.post(_at("edit", presence), mine | {"telephone": "05 36 49 00 11"})
    answer = second.post(_at("edit", presence), yours | {"complement_adresse": "2e étage"})
    assert answer.status_code == 302
    record = _again(presence).permanence.record
    assert (record.telephone, record.complement_adresse) == ("+33536490011", "2e étage")


def test_a_fall_in_the_middle_leaves_nothing(
    client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal cannot be written: neither records, decisions, ids nor directory have changed."""
    client, presence = client_of("coordinator"), _place().presences[0]
    client.raise_request_exception = False
    told, before = _form(client, presence) | {"telephone": "05 36 49 00 11"}, _load()

    def falls(*_: object, **__: object) -> Iterator[object]:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("maillage.storage.journal.store.write_import", falls)
        assert client.post(_at("edit", presence), told).status_code == 500
    assert _load() == before
    assert client.post(_at("edit", presence), told).status_code == 302


def _pages(client: Client, lieu_id: str, presence: Presence) -> Iterator[str]:
    """Yield every page of the site that tells what is written of a place."""
    place = public_here(DEMO).book.place_by_id[lieu_id]
    told = {"lieu_id": lieu_id, "insee": place.lieu.code_insee}
    told |= {"permanence_id": presence.permanence.id}
    public = ("lieux", "lieux-print", "lieu", "commune", "frame")
    ours = ("home", "directory", "lieu", "edit", "quality")
    for name in (*(f"public:{one}" for one in public), *(f"coordinator:{one}" for one in ours)):
        answer = client.get(address(name, **told), {"page": 1, "q": "Aaa"})
        assert answer.status_code == 200, name
        yield answer.content.decode()


def test_scripts_are_refused_and_shown_as_text(client_of: Clients) -> None:
    """A script typed in every field at once comes back as text, and is not written."""
    client, presence = client_of("coordinator"), _place().presences[0]
    form = _form(client, presence)
    for text in (WICKED, f"</textarea>{WICKED}", f"https://exemple.fr/{WICKED}"):
        answer = client.post(_at("edit", presence), form | dict.fromkeys(FIELDS, text))
        assert answer.status_code == 400
        html = answer.content.decode()
        assert WICKED not in html and "<script>alert" not in html
        assert wrong_with(html) == []
    assert _again(presence) == presence


def test_what_is_written_is_never_run(client_of: Clients) -> None:
    """What would break out of an attribute is written as it is, and is text on every page."""
    client, presence = client_of("coordinator"), _place().presences[0]
    bad = 'Aaa " onclick="alert(1)" x=\'{{ 7|add:7 }} {% now %}'
    texts = ("nom", "adresse", "complement_adresse", "presentation_detail")
    sent = _form(client, presence) | dict.fromkeys(texts, bad)
    sent |= {"site_web": 'https://exemple.fr/"onclick="alert(1)', "presentation_resume": bad}
    sent |= {"prise_rdv": 'https://exemple.fr/?x="onclick="alert(1)'}
    assert client.post(_at("edit", presence), sent).status_code == 302
    record = _again(presence).permanence.record
    written = [getattr(record, field) for field in texts]
    assert all(text and "onclick=" in text for text in written)
    assert record.site_web and '"onclick="' in record.site_web[0]
    for page in _pages(client, _again(presence).permanence.lieu_id, presence):
        assert wrong_with(page) == []
        assert "onclick=&quot;" in page or "onclick" not in page


def test_what_rows_of_sources_tell_is_never_run(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Scripts in every text of the rows of a place, and of what is set aside, are text."""
    client, presence = client_of("coordinator"), _place().presences[0]
    keys = {(ref.source_id, ref.record_id) for ref in presence.permanence.sources}
    records = tuple(
        replace(
            one,
            record=replace(
                one.record,
                presentation_resume=WICKED,
                presentation_detail=WICKED,
                complement_adresse=WICKED,
                source=WICKED,
                structure_parente=WICKED,
                telephone=WICKED,
                courriels=(WICKED,),
                site_web=("javascript:alert(1)", WICKED),
                prise_rdv="javascript:alert(1)",
                autres_formations_labels=(WICKED,),
            ),
        )
        if tuple(one.key) in keys
        else one
        for one in demo_work.records
    )
    parameters = public_here(DEMO).moment.parameters
    save(with_decisions(replace(demo_work, records=records), (), parameters)[0])
    record = _again(presence).permanence.record
    assert record.telephone == WICKED
    for page in _pages(client, _again(presence).permanence.lieu_id, presence):
        assert wrong_with(page) == []
        assert WICKED not in page and 'href="javascript' not in page


@pytest.mark.parametrize("field", ["site_web", "prise_rdv"])
def test_no_address_is_a_script(client_of: Clients, field: str) -> None:
    """« javascript: » is no address of a site: it is said, and what was typed comes back."""
    client, presence = client_of("coordinator"), _place().presences[0]
    sent = _form(client, presence) | {field: "javascript:alert(1)"}
    answer = client.post(_at("edit", presence), sent)
    assert answer.status_code == 400
    assert 'value="javascript:alert(1)"' in answer.content.decode()
    assert _again(presence) == presence


def test_words_are_chosen_among_those_of_the_standard(client_of: Clients) -> None:
    """Boxes are words of the national schema; « none » is told; another word is refused."""
    client, presence = client_of("coordinator"), _place().presences[0]
    chosen = {field: [word.value for word in words][:2] for field, words in WORDS.items()}
    client.post(_at("edit", presence), _form(client, presence) | chosen)
    record = _again(presence).permanence.record
    assert {field: [word.value for word in getattr(record, field)] for field in WORDS} == chosen
    sent = _form(client, presence) | {"frais_a_charge": ["-"]}
    client.post(_at("edit", presence), sent)
    assert _again(presence).permanence.record.frais_a_charge == ()
    sent = _form(client, presence) | {"services": ["Rien de connu"]}
    assert client.post(_at("edit", presence), sent).status_code == 400


def test_a_place_is_closed_some_days_and_opened_again(client_of: Clients) -> None:
    """The days stand behind its hours, the public reads it closed; the undo opens it."""
    client, place = client_of("coordinator"), _place()
    presence = place.presences[0]
    told = {"du": "2026-11-24", "au": "2026-12-31"}
    done = client.post(_at("close", presence), told, follow=True).content.decode()
    assert wrong_with(done) == [] and "enregistré" in done
    hours = _again(presence).permanence.horaires or ""
    assert hours == f"{presence.permanence.horaires}; 2026 Nov 24-2026 Dec 31 off"
    moment = public_here(DEMO).moment
    today = today_words(hours, place.departement, moment.now, moment.parameters)
    assert today.open_now is False and not today.then
    (number,) = {int(one) for one in re.findall(r"/corrections/(\d+)/annuler/", done)}
    client.post(_at("undo", presence, number=number))
    assert _again(presence) == presence


@pytest.mark.parametrize(
    ("first", "last"),
    [("", ""), ("demain", ""), ("2026-12-02", "2026-12-01"), ("2026-01-01", "2026-01-02"),
     ("2026-12-01", "2028-12-01")],
)  # fmt: skip
def test_days_that_make_no_sense_close_nothing(client_of: Clients, first: str, last: str) -> None:
    """Days not told, turned round, gone by or too long are said, and nothing is written."""
    client, presence = client_of("coordinator"), _place().presences[0]
    done = client.post(_at("close", presence), {"du": first, "au": last}, follow=True)
    assert 'class="told error"' in done.content.decode()
    assert _again(presence) == presence


def test_writing_asks_for_the_token_and_for_the_right(client_of: Clients) -> None:
    """Another site can make nobody write; neither hub, member nor stranger writes."""
    presence = _place().presences[0]
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = client_of("coordinator").cookies
    before = _load()
    for name in ("edit", "close", "undo"):
        assert checked.post(_at(name, presence), {"nom": "x"}).status_code == 403
        for who in ("hub", "member", "stranger"):
            assert client_of(who).post(_at(name, presence), {"nom": "x"}).status_code == 403
        assert client_of("public").post(_at(name, presence), {"nom": "x"}).status_code == 302
    assert _load() == before


def test_a_correction_stays_in_its_territory(client_of: Clients) -> None:
    """The other territory, that knows the same ids, is as it was."""
    client, presence = client_of("coordinator"), _place().presences[0]
    before = store_of("", ON).load(OTHER)
    client.post(_at("edit", presence), _form(client, presence) | {"telephone": "0536490011"})
    assert store_of("", ON).load(OTHER) == before
    history = store_of("", ON).history(OTHER, presence.permanence.id)
    assert {line.by for line in history} == {"tests"}
    assert MARK not in client.get(_at("permanence", presence), follow=True).content.decode()
