"""« Doublons à trancher »: a question, both sides, an answer, the next one; each undone at will."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import address
from tests.web.conftest import DEMO, ON
from tests.web.page_rules import wrong_with

from maillage.directory.decisions import Verdict
from maillage.directory.linking.model import Likeness, Question
from maillage.jobs.ports import TerritoryWork
from maillage.storage.work_store import DjangoWorkStore
from maillage.web.coordinator.workbench import store_of

Clients = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def doubtful(demo_work: TerritoryWork) -> None:
    """Let two pairs of lieux of the demo be alike enough to be asked about, and not to be one."""
    from dataclasses import replace

    keys = [one.key for one in demo_work.records]
    pairs = (tuple(sorted((keys[0], keys[5]))), tuple(sorted((keys[1], keys[6]))))
    likenesses = tuple(
        Likeness(Question.LIEU, left, right, probability)
        for (left, right), probability in zip(pairs, (0.5, 0.6), strict=True)
    )
    store: DjangoWorkStore = store_of("tests", ON)
    store.save(replace(store.load(DEMO), likenesses=likenesses))


def _page(client: Client, at: str) -> str:
    told = client.get(at).content.decode()
    assert wrong_with(told) == [], at
    return html.unescape(told)


def _questions(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="([^"]*/doublons/[0-9a-f]{20}/)[?"]', page)))


def test_nothing_waits_where_nothing_is_doubtful(client_of: Clients) -> None:
    """An empty queue says so, and leads to what was decided."""
    page = _page(client_of("coordinator"), address("coordinator:doubles"))
    assert "Plus rien à trancher" in page or "questions attendent" in page
    assert address("coordinator:decisions") in page


def test_an_answer_leads_to_the_next_question_and_is_undone(
    doubtful: None, client_of: Clients
) -> None:
    """Both sides are read, one is decided, the next comes with the way back; undone, it waits."""
    client = client_of("coordinator")
    listed = _page(client, address("coordinator:doubles"))
    waiting = _questions(listed)
    assert len(waiting) == 2
    first = _page(client, waiting[0])
    assert "Est-ce le même lieu" in first and "Question 1 sur 2" in first
    assert "différent" in first
    done = client.post(f"{waiting[0]}trancher/", {"verdict": "autre", "mot": "deux rues"})
    assert done["Location"].startswith(waiting[1])
    following = _page(client, done["Location"])
    assert "Annuler la réponse d'avant" in following
    (decision,) = store_of("", ON).load(DEMO).decisions
    assert (decision.verdict, decision.note) == (Verdict.DIFFERENT, "deux rues")
    assert decision.by == "Dominique (coordination)"
    assert _questions(_page(client, address("coordinator:doubles"))) == [waiting[1]]
    told = _page(client, address("coordinator:decisions"))
    assert "deux rues" in told and "Dominique (coordination)" in told
    undo = address("coordinator:undo-decision", number=decision.number)
    assert client.post(undo).status_code == 302
    assert "annulée" in _page(client, address("coordinator:decisions"))
    assert set(_questions(_page(client, address("coordinator:doubles")))) == set(waiting)


def test_the_last_answer_leads_back_to_what_was_passed_over(
    doubtful: None, client_of: Clients
) -> None:
    """Answered from the end, a skipped question comes next; then the list, with the way back."""
    client = client_of("coordinator")
    first, last = _questions(_page(client, address("coordinator:doubles")))
    done = client.post(f"{last}trancher/", {"verdict": "autre"})
    assert done["Location"].startswith(first)
    done = client.post(f"{first}trancher/", {"verdict": "autre"})
    listed = _page(client, done["Location"])
    assert "Plus rien à trancher" in listed and "Annuler la réponse d'avant" in listed


def test_the_kind_asked_for_stays(doubtful: None, client_of: Clients) -> None:
    """Who looks at lieux alone goes from lieu to lieu; their count is that of lieux."""
    client = client_of("coordinator")
    at = _questions(_page(client, f"{address('coordinator:doubles')}?question=lieu"))[0]
    assert "question=lieu" in _page(client, f"{at}?question=lieu")
    done = client.post(f"{at}trancher/", {"verdict": "autre", "question": "lieu"})
    assert "question=lieu&fait=" in done["Location"]


def test_the_quality_page_counts_what_waits(doubtful: None, client_of: Clients) -> None:
    """Whoever reads the quality of the directory sees how many doubles wait, and goes there."""
    page = _page(client_of("coordinator"), address("coordinator:quality"))
    assert "2 doublons possibles à trancher" in page.replace("\xa0", " ")


def test_the_same_makes_one_lieu(doubtful: None, client_of: Clients) -> None:
    """« Oui, c'est le même » puts both together in the directory that all read."""
    client = client_of("coordinator")
    before = len(store_of("", ON).load(DEMO).directory.lieux)
    at = _questions(_page(client, address("coordinator:doubles")))[0]
    client.post(f"{at}trancher/", {"verdict": "meme"})
    assert len(store_of("", ON).load(DEMO).directory.lieux) < before


def test_who_is_overtaken_is_told_and_loses_nothing(doubtful: None, client_of: Clients) -> None:
    """Two people on one question: the first answer stands, the second is told that it did not."""
    one, other = client_of("coordinator"), client_of("administrator")
    at = _questions(_page(one, address("coordinator:doubles")))[0]
    assert _page(other, at)
    one.post(f"{at}trancher/", {"verdict": "autre"})
    late = other.post(f"{at}trancher/", {"verdict": "meme", "mot": "vu sur place"}, follow=True)
    told = html.unescape(late.content.decode())
    assert "n'attend plus" in told and "« vu sur place »" in told
    (decision,) = store_of("", ON).load(DEMO).decisions
    assert decision.verdict is Verdict.DIFFERENT


def test_the_hub_reads_and_decides_nothing(doubtful: None, client_of: Clients) -> None:
    """Who reads all and changes nothing sees the question without the buttons."""
    hub = client_of("hub")
    at = _questions(_page(hub, address("coordinator:doubles")))[0]
    assert "Oui, c'est le même" not in _page(hub, at)
    assert hub.post(f"{at}trancher/", {"verdict": "meme"}).status_code == 403
    assert not store_of("", ON).load(DEMO).decisions


def test_the_list_is_filtered_and_given_as_a_file(doubtful: None, client_of: Clients) -> None:
    """The kind of question stands in the address; the file holds the same rows."""
    client = client_of("coordinator")
    at = address("coordinator:doubles")
    assert not _questions(_page(client, f"{at}?question=structure"))
    assert len(_questions(_page(client, f"{at}?question=lieu"))) == 2
    lines = client.get(address("coordinator:doubles-csv")).content.decode().splitlines()
    assert len(lines) == 3 and lines[0] == "question,doute,a,b,probabilite,habitants"


def test_the_list_asks_little_of_the_database(
    doubtful: None, client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Once the work is on the table, a list asks who reads and whether it changed."""
    client, at = client_of("coordinator"), address("coordinator:doubles")
    client.get(at)
    with django_assert_num_queries(4):
        client.get(at)
