"""A structure keeps its own page: what it says is seen, dated, undone, and its own alone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import address
from tests.web.conftest import DEMO, ON, OTHER, WICKED
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import TerritoryWork
from maillage.storage.accounts.models import Membership, User
from maillage.storage.structures.asked import (
    Change,
    claims_waiting,
    close_proposal,
    proposals_of,
    proposals_waiting,
    propose,
)
from maillage.storage.structures.full import say_full
from maillage.storage.structures.links import make_links
from maillage.storage.structures.models import Outcome
from maillage.storage.structures.retention import forget_old
from maillage.web.clock import parameters_on
from maillage.web.coordinator.workbench import store_of
from maillage.web.here import public_here
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.codes import code_of
from maillage.web.structure.entry import Visitor
from maillage.web.structure.neighbours import changed_near, neighbours_of

Clients = Callable[[str], Client]


def own(n: int = 0) -> tuple[Place, Presence]:
    """Return a place of the demo that one structure holds alone, whose hours are told."""
    told = [
        (place, place.presences[0])
        for place in public_here(DEMO).book.places
        if place.lieu.in_territory
        and len(place.presences) == 1
        and place.presences[0].permanence.horaires
        and place.presences[0].permanence.record.telephone
        and place.presences[0].permanence.record.date_maj
        and place.presences[0].permanence.record.date_maj < ON
    ]
    return told[n]


def again(presence: Presence) -> Presence:
    """Return a presence as it stands now."""
    every = (p for place in public_here(DEMO).book.places for p in place.presences)
    return next(one for one in every if one.permanence.id == presence.permanence.id)


def member_of(structure_id: str, client: Client, email: str = "accueil@vesprine.example") -> Client:
    """Give the member of the demo a structure, and return their client."""
    Membership.objects.filter(user__email=email).update(structure_id=structure_id)
    user = User.objects.get(email=email)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer: HttpResponse) -> str:
    """Return a page as it is read, its rules held to."""
    html = answer.content.decode()
    assert wrong_with(html) == []
    return unescape(html).replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture
def member(client_of: Clients) -> Client:
    """Give a member of the structure of the first own place."""
    return member_of(own()[1].structure.id, client_of("public"))


def test_a_member_sees_its_own_page_as_the_public_does(member: Client) -> None:
    """The page names the structure, its lieu, how old it is, and leads to the public page."""
    place, presence = own()
    page = text_of(member.get(address("structure:home")))
    for words in (presence.structure.nom, place.lieu.nom, "Confirmée il y a", "Rien n'a changé"):
        assert words in page
    assert address("public:lieu", lieu_id=place.lieu.id) in page


def test_nothing_changed_is_said_in_one_click_and_taken_back(member: Client) -> None:
    """The page bears the day, the journal says who; twice is once; taken back, all is as before."""
    _, presence = own()
    before = again(presence).permanence.record.date_maj
    said = {"permanence": presence.permanence.id}
    page = text_of(member.post(address("structure:confirm"), said, follow=True))
    assert "Confirmée aujourd'hui" in page and "Merci" in page
    assert again(presence).permanence.record.date_maj == ON
    store = store_of("", ON)
    line = store.history(DEMO, presence.permanence.id)[-1]
    assert presence.structure.nom in line.by and "Camille" in line.by
    assert "C'est déjà fait" in text_of(
        member.post(address("structure:confirm"), said, follow=True)
    )
    (number,) = {
        int(one.record_id.rpartition("/")[2])
        for one in again(presence).permanence.sources
        if one.source_id == "saisie-structure"
    }
    member.post(address("structure:undo", number=number))
    assert again(presence).permanence.record.date_maj == before
    assert "C'est déjà annulé" in text_of(
        member.post(address("structure:undo", number=number), follow=True)
    )


def test_full_is_seen_where_it_matters_until_its_day(member: Client, client_of: Clients) -> None:
    """The public page and the cards say until when; the day after, nothing is said any more."""
    place, presence = own()
    said = {"permanence": presence.permanence.id, "jusqu_au": "2026-12-12"}
    assert "Complet jusqu'au 12 décembre" in text_of(
        member.post(address("structure:full"), said, follow=True)
    )
    public = client_of("public")
    for at in ("public:lieu", "public:lieux-print", "public:lieux"):
        query = f"?q={presence.structure.nom}" if at == "public:lieux" else ""
        told = text_of(public.get(address(at, lieu_id=place.lieu.id) + query))
        assert "Complet jusqu'au 12 décembre" in told, at
    easy = text_of(public.get(address("public:lieu", lieu_id=place.lieu.id) + "?facile=oui"))
    assert "Complet jusqu'au 12 décembre" in easy
    member.post(address("structure:full"), {**said, "de_nouveau": "oui"})
    assert "Complet" not in text_of(public.get(address("public:lieu", lieu_id=place.lieu.id)))


@pytest.mark.parametrize("day", ["", "2026-11-23", "2030-01-01", "demain", "<script>"])
def test_a_day_that_makes_no_sense_is_refused(member: Client, day: str) -> None:
    """Neither the past, nor years ahead, nor what is no day is kept."""
    said = {"permanence": own()[1].permanence.id, "jusqu_au": day}
    page = text_of(member.post(address("structure:full"), said, follow=True))
    assert "Écrivez un jour entre aujourd'hui et le" in page
    assert public_here(DEMO).moment.full == {}


def test_closed_days_are_told_and_taken_back(member: Client, client_of: Clients) -> None:
    """A closure stands on the public page behind the hours, which come back as they were."""
    place, presence = own()
    said = {"permanence": presence.permanence.id, "du": "2026-12-24", "au": "2027-01-02"}
    member.post(address("structure:close"), said)
    public = client_of("public")
    told = text_of(public.get(address("public:lieu", lieu_id=place.lieu.id)))
    assert "Fermé du 24 décembre 2026 au 2 janvier 2027" in told
    page = member.get(address("structure:home")).content.decode()
    member.post(page.split('class="take-back" method="post" action="')[1].split('"')[0])
    assert again(presence).permanence.horaires == presence.permanence.horaires
    wrong = {**said, "du": "2025-01-01", "au": ""}
    assert "à venir" in text_of(member.post(address("structure:close"), wrong, follow=True))


def test_who_has_no_structure_asks_for_one(client_of: Clients) -> None:
    """An account of no structure is led to where one asks; a coordinator is told where to go."""
    client = member_of("", client_of("public"))
    page = text_of(client.get(address("structure:home"), follow=True))
    assert "Votre compte n'est d'aucune structure" in page
    structure = own()[1].structure
    page = text_of(
        client.post(address("structure:claim"), {"structure": structure.id}, follow=True)
    )
    assert "n'a pas encore répondu" in page and structure.nom in page
    wrong = client.post(address("structure:claim"), {"structure": "structure-de-personne"})
    assert wrong.status_code == 400
    boss = client_of("coordinator")
    assert "La coordination corrige" in text_of(boss.get(address("structure:claim")))
    assert boss.post(address("structure:claim"), {"structure": structure.id}).status_code == 403


FORM = re.compile(r'<input type="hidden" name="(vu-[a-z_]+)" value="([^"]*)">')
FIELD = re.compile(r'<input id="([a-z_]+)" name="\1" value="([^"]*)"')
AREA = re.compile(r'<textarea id="([a-z_]+)"[^>]*>\n([^<]*)</textarea>')
BOX = re.compile(r'<input type="checkbox" name="([a-z_]+)" value="([^"]*)" checked>')


def form_of(client: Client, at: str) -> dict[str, object]:
    """Return what a browser would send of the form of a page as it is shown."""
    html = client.get(at).content.decode()
    assert wrong_with(html) == []
    told: dict[str, object] = {}
    for name, value in (*FORM.findall(html), *FIELD.findall(html), *AREA.findall(html)):
        told[name] = unescape(value)
    boxes: dict[str, list[str]] = {}
    for name, value in BOX.findall(html):
        boxes.setdefault(name, []).append(unescape(value))
    return told | boxes


def test_what_contradicts_nobody_is_written_at_once(member: Client, client_of: Clients) -> None:
    """It stands on the public page, signed; the coordinator reads it and may take it back."""
    place, presence = own()
    at = address("structure:edit", permanence_id=presence.permanence.id)
    sent = form_of(member, at) | {"telephone": "05 36 49 00 11", "horaires": "mardi 9h-12h"}
    page = text_of(member.post(at, sent, follow=True))
    assert "C'est enregistré" in page
    record = again(presence).permanence.record
    assert (record.telephone, record.date_maj) == ("+33536490011", ON)
    sheet = text_of(
        client_of("coordinator").get(address("coordinator:lieu", lieu_id=place.lieu.id))
    )
    assert presence.structure.nom in sheet and "Camille" in sheet
    assert "Annuler cette modification" in sheet
    asked = text_of(client_of("coordinator").get(address("coordinator:proposals")))
    assert presence.structure.nom in asked and "Aucun changement n'attend" in asked


def test_what_contradicts_the_coordination_waits_and_is_settled(
    member: Client, client_of: Clients
) -> None:
    """The rest is written, both values stand side by side; refused in a word, or accepted."""
    _, presence = own()
    boss, at = (
        client_of("coordinator"),
        address("structure:edit", permanence_id=presence.permanence.id),
    )
    by_hand = address("coordinator:edit", permanence_id=presence.permanence.id)
    boss.post(by_hand, form_of(boss, by_hand) | {"telephone": "05 36 49 00 11"})
    sent = form_of(member, at) | {"telephone": "05 36 49 00 99", "horaires": "mardi 9h-12h"}
    page = text_of(member.post(at, sent, follow=True))
    assert "la coordination choisit" in page and "n'a pas encore répondu" in page
    now = again(presence).permanence
    assert (now.record.telephone, now.horaires) == ("+33536490011", "Tu 09:00-12:00")
    asked = text_of(boss.get(address("coordinator:proposals")))
    for words in ("05 36 49 00 11", "05 36 49 00 99", "Dominique (coordination)", "Camille"):
        assert words in asked
    (waiting,) = proposals_waiting(DEMO)
    answer = address("coordinator:answer-proposal", number=waiting.pk)
    boss.post(answer, {"reponse": "refuser", "mot": "Ce numéro sonne dans le vide."})
    page = text_of(member.get(address("structure:home")))
    assert "Refusé par la coordination" in page and "Ce numéro sonne dans le vide." in page
    sent = form_of(member, at) | {"telephone": "05 36 49 00 99"}
    member.post(at, sent)
    (waiting,) = proposals_waiting(DEMO)
    answer = address("coordinator:answer-proposal", number=waiting.pk)
    boss.post(answer, {"reponse": "accepter"})
    assert again(presence).permanence.record.telephone == "+33536490099"
    assert "Accepté par la coordination" in text_of(member.get(address("structure:home")))
    assert "n'attend plus" in text_of(boss.post(answer, {"reponse": "accepter"}, follow=True))


def test_a_proposal_over_what_changed_since_is_read_again(
    member: Client, client_of: Clients
) -> None:
    """Accepted after somebody changed the field again, it is shown beside what stands now first."""
    _, presence = own()
    boss = client_of("coordinator")
    by_hand = address("coordinator:edit", permanence_id=presence.permanence.id)
    at = address("structure:edit", permanence_id=presence.permanence.id)
    boss.post(by_hand, form_of(boss, by_hand) | {"telephone": "05 36 49 00 11"})
    member.post(at, form_of(member, at) | {"telephone": "05 36 49 00 99"})
    boss.post(by_hand, form_of(boss, by_hand) | {"telephone": "05 36 49 00 22"})
    (waiting,) = proposals_waiting(DEMO)
    answer = address("coordinator:answer-proposal", number=waiting.pk)
    page = text_of(boss.post(answer, {"reponse": "accepter"}, follow=True))
    assert "a changé depuis" in page and "05 36 49 00 22" in page
    assert again(presence).permanence.record.telephone == "+33536490022"
    boss.post(answer, {"reponse": "accepter"})
    assert again(presence).permanence.record.telephone == "+33536490099"


def test_the_address_of_a_shared_lieu_is_settled_for_all_of_it(client_of: Clients) -> None:
    """It waits, and once accepted moves all who are there: none of them alone may take it back."""
    place = next(
        one
        for one in public_here(DEMO).book.places
        if one.lieu.in_territory and len({each.structure.id for each in one.presences}) > 1
    )
    first, second = place.presences[:2]
    client = member_of(first.structure.id, client_of("public"))
    at = address("structure:edit", permanence_id=first.permanence.id)
    client.post(at, form_of(client, at) | {"adresse": "3 rue Toute Neuve"})
    (waiting,) = proposals_waiting(DEMO)
    assert "à la même adresse" in waiting.against["adresse"]
    boss = client_of("coordinator")
    boss.post(address("coordinator:answer-proposal", number=waiting.pk), {"reponse": "accepter"})
    for one in (first, second):
        now = again(one)
        assert now.permanence.record.adresse == "3 rue Toute Neuve"
    own_alone = member_of(second.structure.id, client_of("public"))
    assert "L'annuler" not in text_of(own_alone.get(address("structure:home")))


def test_a_claim_is_answered(client_of: Clients) -> None:
    """Accepted, the account keeps the page of that structure and of no other; refused, a word."""
    structure, boss = own()[1].structure, client_of("coordinator")
    client = member_of("", client_of("public"))
    client.post(address("structure:claim"), {"structure": structure.id, "mot": WICKED})
    page = boss.get(address("coordinator:proposals"))
    assert WICKED not in page.content.decode() and structure.nom in text_of(page)
    (asked,) = claims_waiting(DEMO)
    answer = address("coordinator:answer-claim", number=asked.pk)
    boss.post(answer, {"reponse": "refuser", "mot": "Appelez-nous."})
    assert "Appelez-nous." in text_of(client.get(address("structure:claim")))
    client.post(address("structure:claim"), {"structure": structure.id})
    (asked,) = claims_waiting(DEMO)
    boss.post(address("coordinator:answer-claim", number=asked.pk), {"reponse": "accepter"})
    assert structure.nom in text_of(client.get(address("structure:home")))


def test_professionals_are_found_by_what_they_do_and_where(
    member: Client, client_of: Clients
) -> None:
    """Service and commune narrow the list; it tells the line, who is full, and goes to a file."""
    place, presence = own()
    service = (presence.services or ())[0]
    asked = {"service": code_of(service), "commune": place.lieu.code_insee}
    member.post(
        address("structure:full"),
        {"permanence": presence.permanence.id, "jusqu_au": "2026-12-12"},
    )
    at = address("structure:professionals")
    page = text_of(member.get(at, asked))
    for words in (presence.structure.nom, service.label, "Complet jusqu'au 12 décembre"):
        assert words in page
    assert f"tel:{presence.permanence.record.telephone}" in page
    told = member.get(address("structure:professionals-csv"), asked).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told), delimiter=";"))
    mine = next(row for row in rows if row["lieu"] == place.lieu.nom)
    assert (mine["complet_jusqu_au"], mine["commune"]) == ("2026-12-12", place.lieu.commune)
    assert {row["commune"] for row in rows} == {place.lieu.commune}
    assert "Personne ne répond" in text_of(member.get(at, {"q": "zzzzzz"}))
    assert client_of("hub").get(at).status_code == 403


def test_neighbours_give_what_one_does_not(member: Client) -> None:
    """Neighbours are others, near, told with their phone; those who give other help come first."""
    place, presence = own()
    here = public_here(DEMO)
    visitor = Visitor(presence.structure, ((place, presence),), "", by_link=False)
    found = neighbours_of(here, visitor)
    assert 0 < len(found) <= here.moment.parameters.number("structures.neighbours")
    assert [not one.other for one in found] == sorted(not one.other for one in found)
    given = {kind.label for kind in presence.services or ()}
    assert all(one.name != presence.structure.nom and not given & {*one.other} for one in found)
    page = text_of(member.get(address("structure:home")))
    assert "Vos voisins" in page and found[0].name in page


def _written() -> list[object]:
    """Return what says that something was written, in either territory."""
    both = [public_here(siren) for siren in (DEMO, OTHER)]
    return [(here.book.revision, here.moment.full) for here in both]


HANDS = st.sampled_from(["member", "coordinator", "hub", "administrator", "stranger", "public"])
ACTS = st.sampled_from(["confirm", "full", "close", "edit", "undo", "withdraw"])


@tries(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=HANDS, act=ACTS, siren=st.sampled_from([DEMO, OTHER]), n=st.integers(1, 6))
def test_nobody_writes_for_a_structure_that_is_not_theirs(
    client_of: Clients, who: str, act: str, siren: str, n: int
) -> None:
    """Whoever one is, at whatever address, nothing is written of another structure or territory."""
    mine, other = own()[1], own(n)[1]
    if other.structure.id == mine.structure.id:
        return
    client = client_of(who)
    if who == "member":
        client = member_of(mine.structure.id, client)
    said = {"permanence": other.permanence.id, "jusqu_au": "2026-12-12", "du": "2026-12-24"}
    said |= {"telephone": "05 36 49 00 11", "relue": "oui"}
    at = address(f"structure:{act}", siren=siren, permanence_id=other.permanence.id, number=1)
    before = _written()
    answer = client.post(at, said)
    assert answer.status_code in {302, 403, 404}
    assert _written() == before
    assert proposals_waiting(siren) == []


def test_what_was_said_long_ago_is_forgotten(member: Client) -> None:
    """A year after, answers, dead links and days over are gone; who is full now stays told."""
    _, presence = own()
    its_id = presence.permanence.id
    before = ON.replace(year=ON.year - 2)
    say_full(DEMO, [its_id], before, "tests", before)
    change = Change(presence.structure.id, its_id, {}, {"telephone": "x"}, {})
    close_proposal(propose(DEMO, change, "tests", before), Outcome.REFUSED, "tests", before)
    make_links(DEMO, {presence.structure.id: "a@exemple.fr"}, "tests", before, before)
    say_full(DEMO, [its_id], ON, "tests", ON)
    assert forget_old(parameters_on(ON)) == 3
    assert forget_old(parameters_on(ON)) == 0
    assert public_here(DEMO).moment.full == {its_id: ON}
    assert proposals_of(DEMO, [its_id], ON) == []


def test_the_desk_sends_nobody_where_it_is_full(
    member: Client, client_of: Clients, demo_work: TerritoryWork
) -> None:
    """Who says to be full leaves the proposals at once, for that reason; said over, it is back."""
    asked = {"commune": demo_work.territory.zones[0].name, "deplacement": "car"}
    desk = client_of("coordinator")
    posted = desk.post(address("orienting:ask"), {"besoin": "ouvrir son compte Ameli", **asked})
    first = desk.get(posted["Location"]).content.decode()
    lieu_id = first.split('<li class="card">')[1].split("/lieux/")[1].split("/")[0]
    place = public_here(DEMO).book.place_by_id[lieu_id]
    for presence in place.presences:
        client = member_of(presence.structure.id, client_of("public"))
        said = {"permanence": presence.permanence.id, "jusqu_au": "2027-01-15"}
        client.post(address("structure:full"), said)
    second = text_of(desk.get(posted["Location"]))
    cards = second.split('<li class="card">')[1:]
    assert cards and not any(f"/lieux/{lieu_id}/" in card.split("</li>")[0] for card in cards)
    assert "Complet jusqu'au 15 janvier 2027." in second
    for presence in place.presences:
        client = member_of(presence.structure.id, client_of("public"))
        said = {"permanence": presence.permanence.id, "de_nouveau": "oui"}
        client.post(address("structure:full"), said)
    third = desk.get(posted["Location"]).content.decode()
    assert third.split('<li class="card">')[1].split("/lieux/")[1].split("/")[0] == lieu_id


def test_what_changed_near_this_month_is_told(member: Client, client_of: Clients) -> None:
    """A neighbour that confirms its page is told to those around, and not to itself."""
    place, presence = own()
    visitor = Visitor(presence.structure, ((place, presence),), "", by_link=False)
    assert changed_near(public_here(DEMO), visitor) == ()
    near = next(
        one for one in map(own, range(1, 20)) if one[1].structure.id != presence.structure.id
    )
    other = member_of(near[1].structure.id, client_of("public"))
    other.post(address("structure:confirm"), {"permanence": near[1].permanence.id})
    found = changed_near(public_here(DEMO), visitor)
    assert [(one.on, one.name, one.own) for one in found] == [(ON, near[1].structure.nom, True)]
    page = text_of(
        member_of(presence.structure.id, client_of("public")).get(address("structure:home"))
    )
    assert "Ce mois-ci près de vous" in page and "a mis sa page à jour" in page


@pytest.mark.parametrize(("name", "n"), [("home", 7), ("professionals", 4), ("edit", 4)])
def test_pages_of_structures_ask_little_of_the_database(
    member: Client, django_assert_num_queries: DjangoAssertNumQueries, name: str, n: int
) -> None:
    """Session, account, role, stamp; what it asked and wants by mail: the rest is in memory."""
    at = address(f"structure:{name}", permanence_id=own()[1].permanence.id)
    member.get(at)
    with django_assert_num_queries(n):
        member.get(at)


def test_how_to_go_to_a_full_place_is_still_told(member: Client, client_of: Clients) -> None:
    """It is open for who is expected there: full changes nothing of the ways to go."""
    place, presence = own()
    leaving = f"?depart={place.lieu.code_insee}"
    at = address("public:lieu", lieu_id=place.lieu.id) + leaving
    public = client_of("public")
    ways = [text_of(public.get(at)).split("Je pars de")[1]]
    said = {"permanence": presence.permanence.id, "jusqu_au": "2027-04-30"}
    member.post(address("structure:full"), said)
    told = text_of(public.get(at))
    assert "Complet jusqu'au" in told and told.split("Je pars de")[1] == ways[0]
