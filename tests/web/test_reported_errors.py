"""« Signaler une erreur »: told without a name, read by the coordination, forgotten in time."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from tests.web.addresses import address
from tests.web.conftest import DEMO, ON, OTHER, WICKED, save
from tests.web.page_rules import wrong_with

from maillage.jobs.ports import TerritoryWork
from maillage.kernel.parameters import load_parameters
from maillage.storage.accounts.models import Tries
from maillage.storage.reported_errors.keep import (
    Told,
    errors_told,
    forget_old,
    handle_error,
    keep_error,
    n_open,
)
from maillage.storage.reported_errors.kinds import Outcome, Wrong
from maillage.storage.reported_errors.models import LONGEST, ReportedError
from maillage.storage.work_store import DjangoWorkStore
from maillage.web.background.loop import tidy
from maillage.web.coordinator.workbench import store_of
from maillage.web.headers import network_of
from maillage.web.public.retention import forget

Clients = Callable[[str], Client]
NOW = load_parameters(ON)
WRITTEN = "C'est fermé le mardi depuis la rentrée."


def _send(client: Client, siren: str = DEMO, **told: str) -> HttpResponse:
    form = {"quoi": "horaires", "message": WRITTEN, **told}
    return client.post(address("public:report", siren=siren), form, REMOTE_ADDR="203.0.113.7")


def _told(siren: str = DEMO) -> list[ReportedError]:
    return list(errors_told(siren, NOW))


def _page(answer: HttpResponse) -> str:
    told = answer.content.decode()
    assert wrong_with(told) == []
    return html.unescape(told)


def test_an_error_told_reaches_the_coordination(client_of: Clients) -> None:
    """From the page of a place to the coordinator's list, with the way to correct the record."""
    public, coordinator = client_of("public"), client_of("coordinator")
    lieu = _page(public.get(address("public:lieu")))
    assert f'href="{address("public:report")}"' in lieu
    assert _send(public)["Location"] == address("public:report-thanks")
    thanks = _page(public.get(address("public:report-thanks")))
    assert "Merci" in thanks and "12 mois après avoir été traité" in thanks.replace("\xa0", " ")
    home = _page(coordinator.get(address("coordinator:home")))
    at = address("coordinator:reported-errors")
    assert f'href="{at}"><strong>1</strong> <span>erreurs signalées' in home
    listed = _page(coordinator.get(at))
    assert WRITTEN in listed and "Les horaires ne sont pas les bons" in listed
    assert f'href="{address("coordinator:edit")}"' in listed
    assert "24\xa0novembre\xa02026" in listed


def test_nothing_says_who_told(client_of: Clients) -> None:
    """The row has the place, what is wrong, the words and the day; no address, even hidden."""
    client = client_of("coordinator")  # signed in, and yet not known
    _send(client)
    (row,) = ReportedError.objects.values()
    assert set(row) == {
        *("id", "territory_id", "lieu_id", "lieu_name", "wrong_code", "text", "date"),
        *("outcome_code", "handled", "handled_by"),
    }
    assert not re.search(r"203\.0|vesprine", repr(row))


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"quoi": ""}, "Choisissez ce qui ne va pas"),
        ({"quoi": "tout"}, "Choisissez ce qui ne va pas"),
        ({"quoi": "autre", "message": " \r\n "}, "Dites en quelques mots"),
        ({"message": "a" * (LONGEST + 1)}, f"{LONGEST + 1} signes"),
        ({"quoi": "", "message": WICKED * 40}, "Choisissez ce qui ne va pas"),
    ],
)
def test_what_is_to_mend_is_said(client_of: Clients, told: dict[str, str], error: str) -> None:
    """A form that cannot be kept comes back with what was written, and nothing is kept."""
    answer = _send(client_of("public"), **told)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert error in html.unescape(page) and wrong_with(page) == []
    assert WICKED not in page
    if told.get("message", "").startswith("aaa"):
        assert "a" * LONGEST in page
    assert _told() == []


def test_the_longest_message_is_kept_whole(client_of: Clients) -> None:
    """Line ends count for one sign, as browsers count them."""
    _send(client_of("public"), message="\r\n".join(["é" * 99] * 5))
    (row,) = _told()
    assert len(row.text) == 99 * 5 + 4


def test_a_program_that_fills_every_field_is_thanked_and_not_kept(client_of: Clients) -> None:
    """The field that people do not see says who sends; the answer is that of everybody."""
    answer = _send(client_of("public"), site="https://ailleurs.example")
    assert answer["Location"] == address("public:report-thanks")
    assert _told() == []


def test_a_connection_is_not_heard_without_end(client_of: Clients) -> None:
    """After so many in an hour the form says to wait, what was written stays; others may write."""
    client, most = client_of("public"), int(NOW.number("reported_errors.per_hour"))
    for number in range(most):
        assert _send(client, message=f"n° {number}").status_code == 302
        assert _send(client, message=f"n° {number}").status_code == 302  # pressed twice: one
    refused = _send(client, message="un de plus")
    assert refused.status_code == 429
    assert "Trop de signalements" in _page(refused) and "un de plus" in _page(refused)
    assert len(_told()) == most
    form = {"quoi": "ferme", "message": ""}
    other = client.post(address("public:report"), form, REMOTE_ADDR="203.0.113.8")
    assert other.status_code == 302


def test_one_subscriber_is_one_connection(rf: RequestFactory) -> None:
    """All the IPv6 addresses of one subscriber are one network; a neighbour's are another."""

    def _network(at: str) -> str:
        return network_of(rf.get("/", REMOTE_ADDR=at))

    assert _network("2001:db8:0:1::1") == _network("2001:db8:0:1:ffff::9")
    assert _network("2001:db8:0:2::1") != _network("2001:db8:0:1::1")
    assert _network("203.0.113.7") == "203.0.113.7"
    assert _network("not an address") == "not an address"


def test_no_address_is_kept_to_count(client_of: Clients) -> None:
    """What counts is a fingerprint, beside no message, and is gone when the hour is over."""
    _send(client_of("public"))
    (row,) = Tries.objects.filter(what="report").values()
    assert re.fullmatch("[0-9a-f]{64}", row["who"]) and "203.0" not in repr(row)
    moment = dt.datetime(2026, 11, 24, 10, 15, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    forget(NOW, moment)
    assert Tries.objects.filter(what="report").exists()
    forget(NOW, moment + dt.timedelta(hours=1))
    assert not Tries.objects.filter(what="report").exists()


def test_a_territory_takes_so_many_in_a_day(db: None) -> None:
    """However many connections write, no more than so many are kept in a day; the next is new."""
    most = int(NOW.number("reported_errors.per_day"))
    rows = [
        ReportedError(territory_id=DEMO, lieu_id="l", lieu_name="L", wrong_code="autre", date=ON)
        for _ in range(most)
    ]
    ReportedError.objects.bulk_create(rows)
    told = Told("l", "L", Wrong.OTHER, "un de plus")
    assert not keep_error(DEMO, told, NOW)
    assert keep_error(OTHER, told, NOW)
    assert keep_error(DEMO, told, load_parameters(ON + dt.timedelta(days=1)))


def test_the_same_told_twice_is_kept_once(client_of: Clients) -> None:
    """Sent again while it is open it adds nothing; once dealt with, it is a new one."""
    client = client_of("public")
    _send(client)
    _send(client)
    (row,) = _told()
    _handle(client_of("coordinator"), row.pk, Outcome.DONE)
    _send(client)
    assert len(_told()) == 2


def _handle(client: Client, number: int, outcome: Outcome, **more: str) -> HttpResponse:
    at = address("coordinator:handle-error", number=number)
    return client.post(at, {"etat": outcome.code, **more}, follow=True)


def test_a_report_is_dealt_with_and_opened_again(client_of: Clients) -> None:
    """Dealt with it leaves the list, with who and when; it can be opened again."""
    _send(client_of("public"))
    client, (row,) = client_of("coordinator"), _told()
    for outcome in (Outcome.DONE, Outcome.OPEN, Outcome.SET_ASIDE):
        page = _page(_handle(client, row.pk, outcome))
        assert f"est maintenant : {outcome.label}" in page
        assert (WRITTEN in page) is (outcome is Outcome.OPEN)
        kept = ReportedError.objects.get(pk=row.pk)
        assert (kept.outcome, kept.handled) == (outcome, ON)
        assert kept.handled_by.startswith("Dominique")
        in_state = _page(client.get(address("coordinator:reported-errors"), {"etat": outcome.code}))
        assert WRITTEN in in_state
    assert (
        "Rouvrir" in in_state and "Sans suite le 24\xa0novembre\xa02026 par Dominique" in in_state
    )
    assert n_open(DEMO, NOW) == 0


def test_who_first_dealt_with_it_stays(client_of: Clients) -> None:
    """Two coordinators press at once: the first name and day are kept."""
    _send(client_of("public"))
    (row,) = _told()
    _handle(client_of("coordinator"), row.pk, Outcome.DONE)
    _handle(client_of("administrator"), row.pk, Outcome.DONE)
    assert ReportedError.objects.get(pk=row.pk).handled_by.startswith("Dominique")


@pytest.mark.parametrize("who", ["public", "member", "hub", "stranger"])
def test_others_change_nothing(client_of: Clients, who: str) -> None:
    """Only who may change the work deals with a report; the hub reads."""
    _send(client_of("public"))
    (row,) = _told()
    _handle(client_of(who), row.pk, Outcome.DONE)
    assert ReportedError.objects.get(pk=row.pk).outcome is Outcome.OPEN
    if who == "hub":
        listed = _page(client_of(who).get(address("coordinator:reported-errors")))
        assert WRITTEN in listed and "Sans suite : " not in listed


def test_reports_of_others_are_not_there(client_of: Clients) -> None:
    """A report of another territory is neither listed, exported, nor dealt with from here."""
    _send(client_of("public"), siren=OTHER, message="ailleurs, et nulle part ici")
    (row,) = _told(OTHER)
    client = client_of("coordinator")
    for name in ("coordinator:reported-errors", "coordinator:reported-errors-csv"):
        assert "nulle part ici" not in client.get(address(name)).content.decode()
    assert _handle(client, row.pk, Outcome.DONE).status_code == 404
    assert (
        client.post(
            address("coordinator:handle-error", number=row.pk, siren=OTHER), {"etat": "traite"}
        ).status_code
        == 403
    )
    assert ReportedError.objects.get(pk=row.pk).outcome is Outcome.OPEN


@pytest.mark.parametrize("state", ["", "traite", "sans-suite", "tous", "<b>"])
def test_scripts_in_messages_are_text(client_of: Clients, state: str) -> None:
    """A script in a message, or in a name, is never run where the coordination reads it."""
    told = Told(f"lieu-{WICKED}"[:100], f"Chez {WICKED}", Wrong.OTHER, f"{WICKED}\nvoilà")
    assert keep_error(DEMO, told, NOW)
    client, (row,) = client_of("coordinator"), _told()
    if state in ("traite", "sans-suite"):
        _handle(client, row.pk, Outcome.of(state) or Outcome.OPEN)
    page = client.get(address("coordinator:reported-errors"), {"etat": state}).content.decode()
    assert wrong_with(page) == []
    assert WICKED not in page and html.escape(WICKED) in page
    assert "n'est plus dans l'annuaire" in html.unescape(page)


def test_the_file_has_every_report_and_runs_nothing(client_of: Clients) -> None:
    """A row each, whatever its state; what a spreadsheet would run is made text."""
    for text in ("=HYPERLINK(0)", "+A1", "@SUM(1)", "-1+A1"):
        keep_error(DEMO, Told("l", f"={text}", Wrong.OTHER, text), NOW)
    client = client_of("coordinator")
    _handle(client, _told()[0].pk, Outcome.SET_ASIDE)
    answer = client.get(address("coordinator:reported-errors-csv"))
    assert "signalements-" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert {row["etat"] for row in rows} == {"à traiter", "sans suite"}
    for row in rows:
        assert row["message"].startswith("'") and row["lieu"].startswith("'")


def test_what_is_past_its_time_is_gone(db: None) -> None:
    """Twelve months after it was dealt with, twenty-four after it was told: gone, to the day."""
    keep_error(DEMO, Told("l", "L", Wrong.HOURS, "resté ouvert"), NOW)
    keep_error(DEMO, Told("l", "L", Wrong.PHONE, "traité"), NOW)
    handle_error(DEMO, _told()[0].pk, Outcome.DONE, "Dominique", NOW)
    for day, n in (
        (dt.date(2027, 11, 23), 2),
        (dt.date(2027, 11, 24), 1),
        (dt.date(2028, 11, 23), 1),
        (dt.date(2028, 11, 24), 0),
    ):
        then = load_parameters(day)
        assert len(errors_told(DEMO, then)) == n
        assert n_open(DEMO, then) == min(n, 1)
        forget_old(then)
        assert ReportedError.objects.count() == n


def test_the_command_forgets(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    """``python -m maillage.web forget`` deletes what is past its time, says how much, and again."""
    old = ON.replace(year=ON.year - 3)
    for siren in (DEMO, OTHER):
        keep_error(siren, Told("l", "L", Wrong.HOURS, "vieux"), load_parameters(old))
        keep_error(siren, Told("l", "L", Wrong.HOURS, "neuf"), NOW)
    assert ReportedError.objects.count() == 2  # writing forgets too
    ReportedError.objects.update(date=old)
    call_command("forget")
    assert "2\xa0signalements effacés." in capsys.readouterr().out
    call_command("forget")
    assert "0\xa0signalement effacé." in capsys.readouterr().out


def test_the_worker_forgets_too(db: None) -> None:
    """Where nobody runs the command, the worker does it when it starts."""
    ReportedError.objects.create(
        territory_id=DEMO, lieu_id="l", lieu_name="L", wrong_code="autre", date=dt.date(2020, 1, 1)
    )
    tidy(NOW, dt.datetime(2026, 11, 24, 10, 15, tzinfo=dt.UTC))
    assert not ReportedError.objects.exists()


def test_reports_outlive_the_territory_saved_again(
    client_of: Clients, demo_work: TerritoryWork
) -> None:
    """An import rewrites the directory; what readers told of it stays."""
    _send(client_of("public"))
    save(demo_work)
    store: DjangoWorkStore = store_of("essai", ON)
    store.save(store.load(DEMO))
    assert len(_told()) == 1


def test_the_easy_form_leads_to_easy_thanks(client_of: Clients) -> None:
    """The version that is easy to read goes to the end."""
    client = client_of("public")
    at = address("public:report") + "?facile=oui"
    page = _page(client.get(at))
    assert "On ne demande pas votre nom." in page
    sent = client.post(at, {"quoi": "ferme"}, REMOTE_ADDR="203.0.113.9")
    assert "Elle va vérifier." in _page(client.get(sent["Location"]))
