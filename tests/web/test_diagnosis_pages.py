"""The diagnosis on the site: the report's own words, live, made once however often it is asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, ON, OTHER, save
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Progress, Silent
from maillage.reports.view import compose
from maillage.storage.background import jobs
from maillage.storage.background.jobs import JobState
from maillage.storage.diagnoses.keep import Kept, Made, keep, kept
from maillage.storage.diagnoses.models import Diagnosis
from maillage.web.background import diagnosis, doing
from maillage.web.background.diagnosis import DIAGNOSIS, diagnosis_of
from maillage.web.background.loop import task_worker
from maillage.wiring import diagnosing, house
from maillage.wiring.unreached import Brought

Clients = Callable[[str], Client]
QUERIES = {
    "coordinator:diagnosis": 10,
    "coordinator:diagnosis-chapter": 9,
    "coordinator:diagnosis-progress": 5,
    "coordinator:diagnosis-file": 5,
    "coordinator:diagnosis-style": 4,
}
"""SQL queries of a page, the territory read already: session, account, role, stamp; the diagnosis,
the lines of the journal since, its chapters by title, its files; a chapter; the work in hand, and
whether a worker lives."""
_MADE: list[Made] = []


@pytest.fixture
def made(db: None) -> Made:
    """Give a true diagnosis of the demo, made once for all these tests."""
    if not _MADE:
        _MADE.append(diagnosis_of(DEMO, Silent()))
    return _MADE[0]


@pytest.fixture
def quick(made: Made, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the worker find the diagnosis ready."""

    def at_hand(siren: str, progress: Progress) -> Made:
        progress.step("Diagnostic")
        return made

    monkeypatch.setattr(diagnosis, "diagnosis_of", at_hand)
    yield


def _page(client: Client, name: str = "coordinator:diagnosis", **parts: object) -> str:
    answer = client.get(address(name, **parts))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert wrong_with(html) == []
    return str(html)


def _kept() -> Kept:
    found = kept(DEMO)
    assert found is not None
    return found


def _polled(client: Client) -> HttpResponse:
    return client.get(address("coordinator:diagnosis-progress"), headers={"HX-Request": "true"})


def _ask(client: Client) -> HttpResponse:
    return client.post(address("coordinator:diagnosis-again"), follow=True)


def test_the_site_says_what_the_command_writes(
    made: Made, demo_work: TerritoryWork, client_of: Clients
) -> None:
    """Chapters, figures and files are those of ``maillage diagnose`` on the same day."""
    parameters, quiet = load_parameters(ON), Silent()
    sources = house.public_sources(house.SourceChoice(ON, offline=True), quiet)
    ready = diagnosing.ready_on(demo_work, Brought(), sources, parameters, quiet)
    told = diagnosing.diagnosed(ready, None, parameters, quiet)
    files = {one.name: one.content for one in made.files}
    assert json.loads(files["diagnosis.json"]) == json.loads(house.as_json(told.diagnosis))
    chapters = compose(told.diagnosis, told.plan).chapters
    assert [(one.slug, one.title) for one in made.chapters] == [(c.id, c.title) for c in chapters]
    keep(DEMO, made)
    client, report = client_of("coordinator"), files["report.html"].decode()
    assert len(chapters) > 10
    for one in made.chapters:
        page = _page(client, "coordinator:diagnosis-chapter", slug=one.slug)
        for line in one.html.splitlines():
            if line.startswith(("<p>", "<li>", "<td")):
                assert line in page and line in report
    for name, content in files.items():
        answer = client.get(address("coordinator:diagnosis-file", file=name))
        assert answer.content == content
        assert answer["Content-Disposition"] == f'attachment; filename="{DEMO}-{name}"'


def test_the_first_page_says_the_essential_and_leads_to_all(made: Made, client_of: Clients) -> None:
    """The essential stands on the first page, then each chapter and each file by a link."""
    keep(DEMO, made)
    page = _page(client_of("coordinator"))
    assert (
        "Où vivent les personnes fragiles, où se trouve l&#x27;aide" in page or "fragiles" in page
    )
    for one in made.chapters:
        assert address("coordinator:diagnosis-chapter", slug=one.slug) in page
    for file in made.files:
        assert address("coordinator:diagnosis-file", file=file.name) in page


def test_pages_ask_little_of_the_database(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Each page costs the same few queries."""
    client = client_of("coordinator")
    for name, n in QUERIES.items():
        at, as_script = address(name), {"HX-Request": "true"}
        client.get(at, headers=as_script)
        with django_assert_num_queries(n):
            client.get(at, headers=as_script)


def test_a_page_says_when_the_directory_has_moved_on(
    made: Made, client_of: Clients, demo_work: TerritoryWork
) -> None:
    """What the journal says since is counted, and the button to make it again stands out."""
    keep(DEMO, made)
    client = client_of("coordinator")
    assert "Rien n'a changé depuis" in _page(client).replace("&#x27;", "'")
    first, *others = demo_work.directory.lieux
    lieux = (replace(first, nom="Maison du numérique"), *others)
    save(replace(demo_work, directory=replace(demo_work.directory, lieux=lieux)))
    assert _kept().n_changes == 1
    assert "changé depuis : 1\N{NO-BREAK SPACE}changement" in _page(client)
    assert "changé depuis" in _page(client, "coordinator:diagnosis-chapter", slug="zones-blanches")


def test_asked_twice_it_is_made_once(quick: None, client_of: Clients) -> None:
    """A second click adds nothing; while it is made the page says so, then shows the new one."""
    client, other = client_of("coordinator"), client_of("administrator")
    before = Diagnosis.objects.get(territory=DEMO).pk
    assert "demandé" in _ask(client).content.decode()
    waiting = _ask(other).content.decode()
    assert "déjà en cours" in waiting
    assert "Il attend son tour." in waiting and "maillage worker" in waiting
    assert 'hx-trigger="every 2s"' in waiting and "Refaire" not in waiting
    assert "HX-Refresh" not in _polled(client)
    task_worker("w").run()
    last = jobs.last(DEMO, DIAGNOSIS, doing.timezone.now())
    assert last is not None and last.state is JobState.DONE
    assert Diagnosis.objects.get(territory=DEMO).pk != before
    assert _polled(client)["HX-Refresh"] == "true"
    page = _page(client)
    assert "hx-get" not in page and "Refaire le diagnostic" in page


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (
            WorkspaceError("Les horaires « bus.zip » sont illisibles."),
            "« bus.zip » sont illisibles.",
        ),
        (ZeroDivisionError("a secret"), doing.UNEXPECTED),
    ],
)
def test_what_fails_is_said_and_the_last_one_stays(
    made: Made,
    client_of: Clients,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
    said: str,
) -> None:
    """A sentence says why, no secret of the machine; what was there is still read."""

    def fails(siren: str, progress: Progress) -> Made:
        raise trouble

    keep(DEMO, made)
    monkeypatch.setattr(diagnosis, "diagnosis_of", fails)
    client = client_of("coordinator")
    _ask(client)
    task_worker("w").run()
    page = _page(client).replace("&#x27;", "'")
    assert "Le dernier essai n'a pas abouti." in page and said in page
    assert "secret" not in page and "Refaire le diagnostic" in page
    assert _kept().files[0][0] == made.files[0].name


def test_a_worker_stopped_at_it_is_said_interrupted(
    made: Made, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stops the worker does not leave a diagnosis that seems done."""

    def stopped(siren: str, progress: Progress) -> Made:
        raise SystemExit

    monkeypatch.setattr(diagnosis, "diagnosis_of", stopped)
    _ask(client_of("coordinator"))
    task_worker("w").run()
    last = jobs.last(DEMO, DIAGNOSIS, doing.timezone.now())
    assert last is not None and last.trouble == jobs.INTERRUPTED


def test_before_the_first_one_the_page_says_what_it_will_be(client_of: Clients) -> None:
    """With none made the page says what it holds and how to have it; a hub cannot ask for it."""
    Diagnosis.objects.all().delete()
    page = _page(client_of("coordinator"))
    assert "Faire le diagnostic" in page and "Qui aide où et avec quoi" in page
    assert "Faire le diagnostic" not in _page(client_of("hub"))
    for name in ("coordinator:diagnosis-chapter", "coordinator:diagnosis-file"):
        assert client_of("coordinator").get(address(name)).status_code == 404


def test_a_territory_keeps_its_own(client_of: Clients) -> None:
    """The diagnosis of another territory is neither shown, given nor replaced."""
    client = client_of("coordinator")
    for name in ("coordinator:diagnosis", "coordinator:diagnosis-chapter"):
        assert MARK not in _page(client, name)
    assert MARK.encode() not in client.get(address("coordinator:diagnosis-file")).content
    theirs = kept(OTHER)
    Diagnosis.objects.filter(territory=DEMO).delete()
    assert kept(OTHER) == theirs


def test_progress_is_told_a_step_at_most_each_second(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Many short steps do not write in the database that pages are waiting for."""
    ticks = iter((0.0, 0.4, 0.9, 1.1))
    telling = doing.Telling(1, lambda: next(ticks))
    for expected in (1, 0, 0, 1):
        with django_assert_num_queries(expected):
            telling.step("Diagnostic", total=4)
            telling.advance()
