"""A person sent to a structure: the desk, the structure, time, and nobody else."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, ON, OTHER, WICKED
from tests.web.page_rules import wrong_with
from tests.web.sending import (
    NOW,
    PERSON,
    SECRETS,
    TERMS,
    WORDS,
    dump_of,
    opening,
    permanence_of,
    structure_of,
    write_to,
)

from maillage.kernel.parameters import load_parameters
from maillage.referrals.counting import answer_rates
from maillage.referrals.model import Deed, End, Event, Outcome, RefusalReason, Stage
from maillage.storage.accounts.keep import give_role
from maillage.storage.accounts.models import Membership, User
from maillage.storage.accounts.roles import Role
from maillage.storage.need_log import DjangoNeedLog
from maillage.storage.referrals.door import access_case_for
from maillage.storage.referrals.keep import Done, act, load_cases, open_case
from maillage.storage.referrals.kept import Kept
from maillage.storage.referrals.letters import post as post_letters
from maillage.storage.referrals.models import CaseRow, Letter, Reading
from maillage.storage.sealing import LOST, opened
from maillage.storage.site_told import site_told
from maillage.storage.structures.full import full_on, say_full
from maillage.web.background.referrals import follow, send
from maillage.web.here import place_of
from maillage.web.reading.desks import desks
from maillage.web.referrals.facts import known_permanence
from maillage.web.referrals.links import link_of

Clients = Callable[[str], Client]
PARAMETERS = load_parameters(ON)
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


def _page(client: Client, at: str) -> str:
    told = client.get(at).content.decode()
    assert wrong_with(told) == [], at
    return html.unescape(told)


def _sent() -> Kept:
    """Return a case that the desk wrote to the library."""
    kept = open_case(opening(DEMO, structure_of("accueil"), "one"), NOW, _camille().pk, TERMS)
    known = permanence_of(structure_of("mediatheque"))
    return write_to(DEMO, kept.number, known.addressee, "biblio@exemple.fr")


def _camille() -> User:
    return User.objects.get(email="accueil@vesprine.example")


def _case(number: int, siren: str = DEMO) -> str:
    return address("referrals:case", siren=siren, number=number)


def _kept(number: int) -> Kept:
    access = Membership.objects.get(user=_camille(), territory=DEMO)
    assert access.structure_id
    from maillage.storage.accounts.door import access_territory_for

    door = access_territory_for(_camille(), DEMO)
    assert door is not None
    seen = access_case_for(_camille(), door, number)
    assert seen is not None
    return seen.kept


def _told(client: Client, at: str, **told: str) -> int:
    return client.post(at, {"acte": told.pop("acte", "a1"), **told}).status_code


# --- the desk -------------------------------------------------------------------------------------


def _form(page: str) -> dict[str, str]:
    """Return the hidden fields of the first form that sends to a structure."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


_AMELI = {"besoin": "ouvrir son compte ameli", "commune": "Querville", "deplacement": "car"}


def _to_call(client: Client, insee: str) -> str:
    """Return the address that « Appeler » leads to, from the first proposal."""
    answer = client.post(address("orienting:ask"), {**_AMELI, "commune": insee})
    page = _page(client, answer["Location"])
    found = re.search(r'href="([^"]*/suivi/envoyer/[^"]*)"', page)
    assert found is not None
    return found[1]


def test_a_call_is_told_in_one_click(client_of: Clients) -> None:
    """From a proposal: the line to call, then « RDV pris » opens a case and its memo; no name."""
    client = client_of("member")
    at = _to_call(client, _insee())
    page = _page(client, at)
    assert 'href="tel:' in page and "RDV pris" in page and "Pas de réponse" in page
    told = {**_form(page), "date": "2026-12-01", "heure": "10:30", "fait": "appel-rdv"}
    done = client.post(address("referrals:send"), told)
    assert done.status_code == 302
    case = _page(client, done["Location"])
    assert "mardi 1er décembre 2026 à 10 h 30" in case.replace("\xa0", " ")
    memo = _page(client, f"{done['Location']}memo/")
    assert "10 h 30" in memo.replace("\xa0", " ") and "Votre code" in memo
    sms = re.search(r"<textarea[^>]*>([^<]*)<", memo)
    assert sms is not None and sms[1].startswith("RDV ")
    assert client.post(address("referrals:send"), told).status_code == 302  # pressed twice
    (case_row,) = CaseRow.objects.filter(territory=DEMO).exclude(once="first")
    assert case_row.stage_code == Stage.BOOKED.code and case_row.sealed == ""


def _insee() -> str:
    from maillage.web.here import place_of

    return place_of(DEMO).book.communes[0].code_insee


def test_a_refused_call_leads_to_the_next_structure(client_of: Clients) -> None:
    """Refused by one, the same case goes on with another: the chain is one story."""
    client = client_of("member")
    page = _page(client, _to_call(client, _insee()))
    told = {**_form(page), "motif": "complet", "fait": "appel-refus"}
    at = client.post(address("referrals:send"), told)["Location"]
    case = _page(client, at)
    again = re.search(r'href="([^"]*/orienter/\?[^"]*dossier=\d+)"', case)
    assert again is not None
    proposals = _page(client, again[1])
    others = re.findall(r'href="([^"]*/suivi/envoyer/[^"]*)"', proposals)
    page = _page(client, others[1])
    told = {**_form(page), "date": "", "heure": "", "fait": "appel-rdv"}
    assert client.post(address("referrals:send"), told)["Location"] == at
    story = _page(client, at)
    assert "Refus au téléphone" in story and "Rendez-vous pris au téléphone" in story


def test_writing_asks_the_person_first(client_of: Clients) -> None:
    """Without the person's word, or a name, nothing is sent and nothing is kept."""
    client = client_of("member")
    page = _page(client, _to_call(client, _insee()))
    before = CaseRow.objects.count()
    told = {**_form(page), "fait": "ecrit", "nom": "Mme Untel", "courriel": "pas une adresse"}
    answer = client.post(address("referrals:send"), told)
    assert answer.status_code == 400
    shown = html.unescape(answer.content.decode())
    assert "cochez la case" in shown and "n'est pas complète" in shown and "Mme Untel" in shown
    assert CaseRow.objects.count() == before and not Letter.objects.exists()


def test_colleagues_share_open_cases_and_hand_them_over(client_of: Clients) -> None:
    """Another account of the same desk reads the case and takes it in hand; others do not."""
    kept = _sent()
    other = give_role("collegue@vesprine.example", DEMO, Role.MEMBER, structure_of("accueil"))
    client = client_of("member")
    assert "collegue@vesprine.example" in _page(client, _case(kept.number))
    at = address("referrals:give", number=kept.number)
    assert client.post(at, {"a": str(other.pk)}).status_code == 302
    assert _kept(kept.number).holder == other.pk
    assert "suivi par collegue@vesprine.example" in _page(client, address("referrals:mine"))
    stranger = User.objects.get(email="mediatheque@vesprine.example")
    assert client.post(at, {"a": str(stranger.pk)}).status_code == 404


# --- the structure --------------------------------------------------------------------------------


def _by_link(kept: Kept) -> tuple[Client, str]:
    """Return a browser that opened the link of a case, and the address of the link."""
    client, at = Client(), link_of(kept).removeprefix("http://testserver")
    assert "Ouvrir la demande" in _page(client, at)
    assert client.post(at, {"fait": "ouvrir"}).status_code == 302
    return client, at


def test_a_structure_answers_by_its_link_and_the_outcome_comes_back(client_of: Clients) -> None:
    """Opened, questioned, replied, accepted, come and served: each end reads where it stands."""
    kept = _sent()
    client, at = _by_link(kept)
    shown = _page(client, at)
    assert PERSON["name"] in shown and WORDS in shown
    assert _told(client, at, fait="question", mots="A-t-elle sa carte ?", acte="b1") == 302
    desk = client_of("member")
    assert "A-t-elle sa carte" in _page(desk, f"{_case(kept.number)}?qui=oui")
    assert _told(desk, _case(kept.number), fait="reponse", mots="Oui.", acte="b2") == 302
    booked = {"fait": "acceptee", "date": "2026-12-01", "heure": "09:30", "acte": "b3"}
    assert _told(client, at, **booked) == 302
    assert _kept(kept.number).standing.stage is Stage.BOOKED
    assert _told(client, at, fait="issue", issue="servi", acte="b4") == 302
    assert _kept(kept.number).standing.outcome is Outcome.SERVED
    assert "Venu et servi" in _page(desk, f"{address('referrals:mine')}?voir=closes")


def test_letters_read_well_and_name_nobody(client_of: Clients) -> None:
    """Plain text, one link, a subject that says all; only the person's own letter is to them."""
    kept = _sent()
    client, at = _by_link(kept)
    CaseRow.objects.filter(number=kept.number).update(holder=_camille())
    assert _told(client, at, fait="acceptee", date="2026-12-01", heure="09:30") == 302
    assert post_letters(NOW, send) == 2
    to_desk, to_person = mail.outbox
    assert to_desk.to == ["accueil@vesprine.example"] and to_person.to == [PERSON["mail"]]
    assert "accepte de recevoir la personne, le mardi 1er décembre 2026" in to_desk.body
    assert "vous attend" in to_person.body and "Votre code" in to_person.body
    for secret in SECRETS:
        assert secret not in to_desk.body + to_desk.subject + to_person.body
    for letter in mail.outbox:
        assert "\xa0" not in letter.body and "{" not in letter.body
        assert max(map(len, letter.subject.splitlines())) < 120


def test_a_tampered_or_old_link_opens_nothing() -> None:
    """A link of ours alone, untouched and not too old, tells anything."""
    at = link_of(_sent()).removeprefix("http://testserver")
    for broken in (f"{at[:-3]}x/", at.replace("/reponse/", "/reponse/A"), "/reponse/x/"):
        answer = Client().get(broken)
        assert answer.status_code == 400
        assert "n'ouvre plus rien" in html.unescape(answer.content.decode())
    old = signing.TimestampSigner(salt="django.core.signing").sign("x")
    assert Client().get(f"/reponse/{old}/").status_code == 400


def test_a_link_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the time for which a person is known, a link opens nothing, though it is ours."""
    at = link_of(_sent()).removeprefix("http://testserver")
    late = signing.time.time() + (TERMS.longest_identity + DAY).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: late)
    assert Client().get(at).status_code == 400


def test_a_forwarded_link_shows_nobody() -> None:
    """Opened on one machine, it shows the person there alone; elsewhere, a new link can be asked.

    The new one goes to the address of the structure, whoever asks for it.
    """
    kept = _sent()
    _, at = _by_link(kept)
    other = Client()
    assert other.post(at, {"fait": "ouvrir"}).status_code == 302
    shown = _page(other, at)
    assert "déjà servi sur un autre appareil" in shown
    assert not any(secret in shown for secret in SECRETS)
    assert _told(other, at, fait="acceptee") == 200
    assert _kept(kept.number).standing.stage is Stage.ASKED
    assert other.post(at, {"fait": "nouveau-lien"}).status_code == 302
    assert post_letters(NOW, send) == 1
    assert mail.outbox[0].to == ["biblio@exemple.fr"]
    new = re.search(r"http://testserver(/reponse/\S+)", mail.outbox[0].body)
    assert new is not None
    other.post(new[1], {"fait": "ouvrir"})
    assert PERSON["name"] in _page(other, new[1])


def test_programs_that_open_links_use_none_up() -> None:
    """Reading a link opens nothing: a button does."""
    kept = _sent()
    at = link_of(kept).removeprefix("http://testserver")
    for _ in range(3):
        assert Client().get(at).status_code == 200
    assert not CaseRow.objects.get(number=kept.number, territory=DEMO).link_opened
    _by_link(kept)


def test_a_structure_that_answers_twice_answers_once(client_of: Clients) -> None:
    """The same form again changes nothing; another answer is told to read where it stands."""
    kept = _sent()
    client, at = _by_link(kept)
    for _ in range(2):
        assert _told(client, at, fait="acceptee", acte="same") in {302, 409}
    assert sum(e.deed is Deed.ACCEPTED for e in _kept(kept.number).case.events) == 1
    assert _told(client, at, fait="refusee", motif="complet", acte="other") == 409
    assert _kept(kept.number).standing.stage is Stage.BOOKED


def test_a_desk_that_takes_back_meanwhile_is_told_to_the_structure(client_of: Clients) -> None:
    """The structure reads that it has nothing to do, and does not see the person any more."""
    kept = _sent()
    client, at = _by_link(kept)
    desk = client_of("member")
    assert _told(desk, _case(kept.number), fait="reprise") == 302
    assert _told(client, at, fait="acceptee", acte="late") == 409
    assert PERSON["name"] not in _page(client, at)
    assert _kept(kept.number).standing.stage is Stage.AT_DESK


def test_passing_on_gives_the_case_to_another_structure(client_of: Clients) -> None:
    """Better placed, another structure gets its own link; the first sees nothing more."""
    kept = _sent()
    client, at = _by_link(kept)
    page = _page(client, at)
    found = re.search(r'<option value="(permanence-[^"]+)">', page)
    assert found is not None
    assert _told(client, at, fait="transmise", structure=found[1]) == 302
    now = _kept(kept.number)
    assert now.standing.attempt == 2 and len(now.standing.asked) == 2
    shown = _page(client, at)
    assert "n'est plus chez vous" in shown and PERSON["name"] not in shown
    post_letters(NOW, send)
    assert any(now.mail in one.to for one in mail.outbox)


def test_who_is_signed_in_answers_for_the_structure(client_of: Clients) -> None:
    """A member of the structure asked finds the case in its list, or by the code of the sheet."""
    kept = _sent()
    client = client_of("library")
    listed = _page(client, address("referrals:received"))
    assert f"n° {kept.number}" in listed
    code = f"{kept.code[:3]}-{kept.code[3:].lower()}"
    found = client.get(address("referrals:received"), {"code": code})
    assert found["Location"] == _case(kept.number)
    unknown = client.get(address("referrals:received"), {"code": "AAA-AAA"})
    assert unknown.status_code == 404
    assert _told(client, _case(kept.number), fait="refusee", motif="autre-public") == 302
    assert _kept(kept.number).case.events[-1].refusal is RefusalReason.OTHER_PUBLIC


# --- who may read ---------------------------------------------------------------------------------


def test_every_reading_of_who_somebody_is_is_written_down(client_of: Clients) -> None:
    """The page of a case shows nobody until asked; asked, it writes who read and when."""
    kept = _sent()
    desk = client_of("member")
    assert not any(secret in _page(desk, _case(kept.number)) for secret in SECRETS)
    assert not Reading.objects.exists()
    shown = _page(desk, f"{_case(kept.number)}?qui=oui")
    assert PERSON["name"] in shown and "Camille" in shown
    (reading,) = Reading.objects.all()
    assert reading.user == _camille()


def test_nobody_else_opens_a_case(client_of: Clients) -> None:
    """Another desk, the coordination, the hub, another territory: it is not there for them."""
    kept = _sent()
    give_role("ailleurs2@vesprine.example", DEMO, Role.MEMBER, _third_structure())
    third = Client()
    third.force_login(
        User.objects.get(email="ailleurs2@vesprine.example"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    for client in (third, client_of("coordinator"), client_of("administrator")):
        for at in (_case(kept.number), f"{_case(kept.number)}?qui=oui"):
            assert client.get(at).status_code == 404
        assert _told(client, _case(kept.number), fait="reprise") == 404
        assert f"n° {kept.number}" not in _page(client, address("referrals:mine"))
    assert client_of("hub").get(_case(kept.number)).status_code == 403
    assert client_of("stranger").get(_case(kept.number)).status_code == 403


def _third_structure() -> str:
    from maillage.web.here import place_of

    ends = {structure_of("accueil"), structure_of("mediatheque")}
    return next(one.id for one in place_of(DEMO).book.directory.structures if one.id not in ends)


@hypothesis_settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    siren=st.sampled_from((DEMO, OTHER)),
    role=st.sampled_from(Role),
    which=st.integers(0, 4),
    number=st.integers(1, 3),
)
def test_the_door_opens_to_the_two_ends_alone(
    db: None, siren: str, role: Role, which: int, number: int
) -> None:
    """Whatever the territory, the role and the structure, only the ends of a case read it."""
    from maillage.storage.accounts.door import access_territory_for
    from maillage.web.here import place_of

    if not CaseRow.objects.filter(territory=DEMO, once="one").exists():
        _sent()
    structures = place_of(DEMO).book.directory.structures
    ends = (structure_of("accueil"), structure_of("mediatheque"))
    of = (*ends, structures[-1].id, structures[-2].id, "")[which]
    user = give_role("hasard@exemple.fr", siren, role, of)
    access = access_territory_for(user, siren)
    assert access is not None
    seen = access_case_for(user, access, number)
    row = CaseRow.objects.filter(territory=siren, number=number).first()
    parties = set() if row is None else {row.desk, *(p.structure_id for p in row.parties.all())}
    may = row is not None and bool(of) and of in parties and role is not Role.HUB
    assert (seen is not None) == may
    if seen is not None:
        assert seen.kept.case.siren == siren
        assert (seen.end is End.DESK) == (row is not None and of == row.desk)


# --- what is written by wicked people -------------------------------------------------------------


def test_what_anybody_writes_runs_nowhere(client_of: Clients) -> None:
    """Names, words, questions and codes of wicked people are text on every page and file."""
    kept = open_case(opening(DEMO, structure_of("accueil"), "bad"), NOW, _camille().pk, TERMS)
    known = permanence_of(structure_of("mediatheque"))
    event = Event(NOW, Deed.WROTE, End.DESK, addressee=known.addressee, consent=True)
    bad = {"name": WICKED, "phone": WICKED, "mail": "a@b.fr"}
    sent = act(
        DEMO,
        kept.number,
        Done(event, words=f"=1+1 {WICKED}", person=bad, mail="x@y.fr"),
        TERMS,
        lambda *_: (),
    )
    client, at = _by_link(sent)
    assert _told(client, at, fait="question", mots=WICKED, acte=WICKED[:20]) == 302
    desk = client_of("member")
    for told in (
        desk.get(f"{_case(kept.number)}?qui=oui"),
        client.get(at),
        desk.get(address("referrals:received"), {"code": WICKED}),
        desk.get(address("referrals:mine")),
    ):
        assert "<script>alert" not in told.content.decode()
    _camille_is_called("=cmd()")
    lines = desk.get(address("referrals:mine-csv")).content.decode().splitlines()
    assert any("'=cmd()" in line for line in lines)


def _camille_is_called(name: str) -> None:
    User.objects.filter(pk=_camille().pk).update(name=name)


# --- time -----------------------------------------------------------------------------------------


def _fails(*_: str) -> None:
    raise ConnectionRefusedError


def test_a_day_without_mail_loses_nothing_and_sends_nothing_twice(client_of: Clients) -> None:
    """While the server is down letters wait; once it is back each leaves once."""
    client = client_of("member")
    page = _page(client, _to_call(client, _insee()))
    told = {**_form(page), "fait": "ecrit", "nom": "Mme Untel", "accord": "oui"}
    assert client.post(address("referrals:send"), told).status_code == 302
    for minutes in range(0, 24 * 60, 30):
        assert post_letters(NOW + dt.timedelta(minutes=minutes), _fails) == 0
    assert not mail.outbox and Letter.objects.filter(sent_at=None).count() == 1
    for hours in (28, 29, 40):
        post_letters(NOW + dt.timedelta(hours=hours), send)
    (letter,) = mail.outbox
    assert letter.extra_headers["Message-ID"].startswith(f"<{DEMO}-")
    assert Letter.objects.get().sealed == ""


def test_a_letter_that_is_no_use_any_more_does_not_leave(client_of: Clients) -> None:
    """Taken back before the mail server came back, a request is not sent."""
    client = client_of("member")
    page = _page(client, _to_call(client, _insee()))
    told = {**_form(page), "fait": "ecrit", "nom": "Mme Untel", "accord": "oui"}
    at = client.post(address("referrals:send"), told)["Location"]
    assert _told(client, at, fait="reprise", acte="r") == 302
    post_letters(NOW, send)
    assert [one.subject[:15] for one in mail.outbox] in ([], ["Demande reprise"])


def test_time_reminds_hands_back_and_forgets(client_of: Clients) -> None:
    """D+3, D+7, D+14, then an end without news; a month later nothing says who it was."""
    kept = _sent()
    seen = []
    for day in range(75):
        moment = NOW + day * DAY
        follow(load_parameters(moment.date()), moment)
        seen.append(len(mail.outbox))
    assert [one.subject.split(" :")[0] for one in mail.outbox if "biblio@exemple.fr" in one.to] == [
        "Rappel",
        "Rappel",
    ]
    row = CaseRow.objects.get(territory=DEMO, number=kept.number)
    assert row.stage_code == Stage.ENDED.code and row.forgotten
    assert row.sealed == "" and row.code == f"-{kept.number}" and row.holder is None
    assert not row.letters.exists() and not row.events.exclude(sealed="").exists()
    (case,) = [one for one in load_cases("default", DEMO) if one.number == kept.number]
    assert case.standing.outcome is Outcome.UNKNOWN
    assert client_of("member").get(f"{_case(kept.number)}memo/").status_code == 404


def test_a_look_that_finds_nothing_writes_nothing() -> None:
    """The worker looks every few seconds: nobody who writes in the same file must wait for that."""
    _sent()
    follow(PARAMETERS, NOW)
    with CaptureQueriesContext(connection) as asked:
        follow(PARAMETERS, NOW)
    assert len(asked) < 10
    assert all(one["sql"].startswith("SELECT") for one in asked)


def test_a_case_that_cannot_be_moved_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    """A row that somebody spoilt is told to the journal; the others are reminded all the same."""
    spoilt = _sent()
    sound = open_case(opening(DEMO, structure_of("accueil"), "two"), NOW, _camille().pk, TERMS)
    write_to(DEMO, sound.number, permanence_of(structure_of("mediatheque")).addressee, "b@c.fr")
    CaseRow.objects.filter(territory=DEMO, number=spoilt.number).update(standing={"stage": "?"})
    follow(PARAMETERS, NOW + 4 * DAY)
    assert f"case {spoilt.number} of {DEMO} could not be moved" in caplog.text
    assert _kept(sound.number).standing.n_reminded == 1


def test_what_nobody_could_answer_is_counted_once(client_of: Clients) -> None:
    """« Personne n'a pu répondre » is an unmet need; opened again, it is not any more."""
    kept = open_case(opening(DEMO, structure_of("accueil"), "none"), NOW, _camille().pk, TERMS)
    client = client_of("member")
    at = _case(kept.number)
    assert _told(client, at, fait="issue", issue="personne", acte="n1") == 302
    assert len(DjangoNeedLog("default").needs(DEMO, ON, ON)) == 1
    assert _told(client, at, fait="rouverte", acte="n2") == 302
    assert not DjangoNeedLog("default").needs(DEMO, ON, ON)


def test_pages_of_cases_ask_little_of_the_database(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """However many cases there are, a list asks as much as for one."""
    _sent()
    for n in range(5):
        open_case(opening(DEMO, structure_of("accueil"), f"many-{n}"), NOW, _camille().pk, TERMS)
    client, listed, one = client_of("member"), address("referrals:mine"), _case(1)
    client.get(listed)
    with django_assert_num_queries(7):
        client.get(listed)
    with django_assert_num_queries(7):
        client.get(one)


def test_nothing_of_another_territory_is_in_a_list(client_of: Clients) -> None:
    """The case of the other territory, same number and same ids, shows nowhere here."""
    for who in ("member", "library"):
        for at in (address("referrals:mine"), address("referrals:received"), _case(1)):
            assert MARK not in _page(client_of(who), at)


# --- what a territory learns ----------------------------------------------------------------------


def test_who_says_to_be_full_is_not_proposed_until_then(client_of: Clients) -> None:
    """« Complet jusqu'au » told in a refusal sets the permanence aside, and says so."""
    kept = _sent()
    client, at = _by_link(kept)
    told = {"fait": "refusee", "motif": "complet", "complet": "2026-12-12"}
    assert _told(client, at, **told) == 302
    asked = kept.standing.addressee
    assert asked is not None
    assert full_on(DEMO, ON) == {asked.permanence_id: dt.date(2026, 12, 12)}
    lieu = _page(client, address("public:lieu", lieu_id=asked.lieu_id))
    assert "12 décembre" in lieu.replace("\xa0", " ")


def test_structures_that_answer_are_told_so(client_of: Clients) -> None:
    """Once requests were answered, the order of proposals counts it and says it in words."""
    client = client_of("member")
    at = client.post(address("orienting:ask"), _AMELI)["Location"]
    assert "ne sont pas encore connues" in _page(client, at)
    first = re.search(r"permanence=(permanence-[^&\"]+)", _page(client, at))
    assert first is not None
    known = known_permanence(place_of(DEMO).book, first[1])
    assert known is not None
    for n in range(5):
        kept = open_case(opening(DEMO, structure_of("accueil"), f"a{n}"), NOW, None, TERMS)
        write_to(DEMO, kept.number, known.addressee, "a@b.fr")
        accepted = Done(Event(NOW, Deed.ACCEPTED, End.STRUCTURE))
        act(DEMO, kept.number, accepted, TERMS, lambda *_: ())
    desks.__init__()  # type: ignore[misc] - as another process would
    assert "Répond à 100 % des demandes qu'on lui envoie" in _page(client, at).replace("\xa0", " ")


def test_figures_are_read_by_who_may_and_name_nobody(client_of: Clients) -> None:
    """The territory's are masked where few; a desk reads its own; a file has no name."""
    kept = _sent()
    client, at = _by_link(kept)
    _told(client, at, fait="refusee", motif="autre-public")
    desk, coordinator = client_of("member"), client_of("coordinator")
    own = _page(desk, address("referrals:figures"))
    assert "Nous accueillons un autre public" in own
    whole = _page(coordinator, address("referrals:territory"))
    assert "Moins de 5 dossiers" in whole and "autre public" not in whole
    told = coordinator.get(address("referrals:territory-csv")).content.decode()
    assert not any(secret in told + whole + own for secret in SECRETS)
    library = _page(client_of("library"), address("referrals:figures"))
    assert "Les personnes qu'on nous envoie" in library


def test_a_terminal_knows_what_the_site_was_told() -> None:
    """Opened by ``maillage orient``, the same database tells who is full and who answers."""
    known = permanence_of(structure_of("mediatheque"))
    for n in range(5):
        kept = open_case(opening(DEMO, structure_of("accueil"), f"t{n}"), NOW, None, TERMS)
        write_to(DEMO, kept.number, known.addressee, "a@b.fr")
        act(DEMO, kept.number, Done(Event(NOW, Deed.ACCEPTED, End.STRUCTURE)), TERMS, _no_letter)
    until = dt.date(2026, 12, 12)
    say_full(DEMO, (known.addressee.permanence_id,), until, "tests", ON)
    told = site_told("default", DEMO, PARAMETERS)
    assert told.full == full_on(DEMO, ON) == {known.addressee.permanence_id: until}
    rates = answer_rates(load_cases("default", DEMO), PARAMETERS)
    assert told.answers == {one: share for one, (share, _) in rates.items()}
    assert told.answers == {structure_of("mediatheque"): 1.0}
    assert site_told("default", OTHER, PARAMETERS).full == {}


def _no_letter(*_: object) -> tuple[()]:
    return ()


# --- copies ---------------------------------------------------------------------------------------


def test_a_copy_of_the_database_names_nobody() -> None:
    """Even while a case is open, what a backup copies holds nobody's name in plain letters."""
    kept = _sent()
    row = CaseRow.objects.get(territory=DEMO, number=kept.number)
    assert opened(row.sealed)["name"] == PERSON["name"]
    copied = dump_of(connection)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copied += connection.connection.serialize().decode("utf-8", "replace")
    assert not any(secret in copied for secret in SECRETS)


def test_another_key_opens_nothing(
    settings: Settings,
) -> None:
    """Without the secret that sealed it a name is lost; a former secret still opens it."""
    kept = _sent()
    row = CaseRow.objects.get(territory=DEMO, number=kept.number)
    former = settings.SECRET_KEY
    settings.SECRET_KEY = former[::-1]
    assert opened(row.sealed) == LOST
    settings.SECRET_KEY_FALLBACKS = [former]
    assert opened(row.sealed)["name"] == PERSON["name"]


def test_backups_are_kept_no_longer_than_names() -> None:
    """A name that the site forgets is in no backup older than the term of both."""
    assert PARAMETERS.number("backup.keep_days") <= PARAMETERS.number("referrals.anonymise_days")


def test_the_address_of_a_search_opens_no_case_of_another_desk(client_of: Clients) -> None:
    """Given the address that a colleague elsewhere searches at, one opens a case of one's own."""
    member, library = client_of("member"), client_of("library")
    at = _to_call(member, _insee())
    told = {**_form(_page(member, at)), "fait": "appel-vain"}
    first = member.post(address("referrals:send"), told)["Location"]
    told = {**_form(_page(library, at)), "fait": "appel-vain"}
    other = library.post(address("referrals:send"), told)["Location"]
    assert other != first
    assert member.get(other).status_code == library.get(first).status_code == 404
    for n in range(2):  # two accounts of no structure are not one desk either
        give_role(f"sans{n}@vesprine.example", DEMO, Role.MEMBER)
        client = Client()
        user = User.objects.get(email=f"sans{n}@vesprine.example")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        told = {**_form(_page(client, at)), "fait": "appel-vain"}
        assert (
            client.get(client.post(address("referrals:send"), told)["Location"]).status_code == 200
        )
