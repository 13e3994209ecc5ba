"""Sessions and passwords: how long one lasts, how it is closed from afar, who may change what."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from tests.web.conftest import DEMO
from tests.web.page_rules import wrong_with

from maillage.storage.accounts.keep import DEMO_ACCOUNTS
from maillage.storage.accounts.limits import Limit, forget_tries, is_too_many
from maillage.storage.accounts.models import Tries, User
from maillage.web.accounts import link

ONE = DEMO_ACCOUNTS[1]
LOGIN = "/compte/connexion/"
PASSWORD = "/compte/mot-de-passe/"  # noqa: S105 - an address
NEW = "quatre-chevaux-bleus-dansent"
HOUR = 3600


@pytest.fixture(autouse=True)
def _quick(settings: Settings, db: None) -> None:
    """Send mail nowhere."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def _in(password: str = ONE.password) -> Client:
    client = Client()
    told = {"username": ONE.email, "password": password}
    assert client.post(LOGIN, told).status_code == 302
    return client


def _by_link() -> Client:
    User.objects.filter(email=ONE.email).update(link_sent_at=None)
    mail.outbox.clear()
    client = Client()
    client.post("/compte/connexion/lien/", {"email": ONE.email})
    found = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)
    assert found is not None
    assert client.post(found[1]).status_code == 302
    mail.outbox.clear()
    return client


def _is_in(client: Client) -> bool:
    return client.get("/compte/").status_code == 200


def _words(answer: HttpResponse) -> str:
    page = answer.content.decode()
    assert wrong_with(page) == []
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def _long_ago(client: Client, **seconds: float) -> None:
    """Move the beginning of a session, or its last page, into the past."""
    session = client.session
    for name, ago in seconds.items():
        session[name] = timezone.now().timestamp() - ago
    session.save()


# --- how long a session lasts ---------------------------------------------------------------------


def test_a_session_ends_where_nobody_is_there(settings: Settings) -> None:
    """After an hour without a page the session is over; it is said, and one comes back there."""
    client, minutes = _in(), settings.MAILLAGE_IDLE_MINUTES
    key = client.session.session_key
    _long_ago(client, seen=(minutes - 1) * 60)
    assert _is_in(client)
    _long_ago(client, seen=(minutes + 1) * 60)
    at = f"/{DEMO}/pilotage/"
    answer = client.get(at)
    assert answer.status_code == 302
    assert answer["Location"] == f"{LOGIN}?next={at}"
    assert not Session.objects.filter(session_key=key).exists()
    assert f"après {minutes} minutes sans activité" in _words(client.get(answer["Location"]))


def test_what_is_sent_too_late_changes_nothing() -> None:
    """A form sent when the session is over is not taken: one signs in first."""
    client = _in()
    _long_ago(client, seen=9 * HOUR)
    told = {"old_password": ONE.password, "new_password1": NEW, "new_password2": NEW}
    assert client.post(PASSWORD, told)["Location"].startswith(LOGIN)
    assert User.objects.get(email=ONE.email).check_password(ONE.password)


def test_a_session_ends_after_a_working_day(settings: Settings) -> None:
    """However busy, a session ends some hours after it was opened."""
    client = _in()
    _long_ago(client, began=settings.SESSION_COOKIE_AGE - 60, seen=0)
    assert _is_in(client)
    _long_ago(client, began=settings.SESSION_COOKIE_AGE + 60, seen=0)
    assert not _is_in(client)
    assert "dure 8 heures au plus" in _words(client.get(LOGIN))


def test_a_session_of_before_these_rules_begins_now() -> None:
    """A session that does not say when it was opened is taken as opened now, not for ever."""
    client = _in()
    session = client.session
    del session["began"], session["seen"]
    session.save()
    assert _is_in(client)
    assert {"began", "seen"} <= set(client.session.keys())


def test_a_visit_is_noted_once_a_minute(
    client_of: Callable[[str], Client], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Going from page to page writes nothing within a minute, then once."""
    client = client_of("coordinator")
    at = "/confidentialite/"
    client.get(at)
    with django_assert_num_queries(2):  # the session, the account
        client.get(at)
    _long_ago(client, seen=90)
    before = client.session["seen"]
    client.get(at)
    assert client.session["seen"] > before + 60


def test_pages_that_ask_nobody_do_not_keep_a_session_alive() -> None:
    """What does not ask who is there, as open data, neither reads the session nor renews it."""
    client = _in()
    _long_ago(client, seen=30 * 60)
    before = client.session["seen"]
    answer = client.get(f"/api/{DEMO}/communes.geojson")
    assert answer.status_code == 200
    assert client.session["seen"] == before
    assert "Cookie" not in answer.get("Vary", "")


# --- closed from afar -----------------------------------------------------------------------------


def test_other_sessions_are_closed_and_this_one_stays() -> None:
    """One button closes the sessions left open elsewhere, of this account alone."""
    here, there, other = _in(), _by_link(), Client()
    told = {"username": DEMO_ACCOUNTS[0].email, "password": DEMO_ACCOUNTS[0].password}
    other.post(LOGIN, told)
    key = here.session.session_key
    assert "Fermer mes autres sessions" in _words(here.get("/compte/"))
    assert here.get("/compte/sessions/").status_code == 405
    assert "autres sessions sont fermées" in _words(here.post("/compte/sessions/", follow=True))
    assert [_is_in(one) for one in (here, there, other)] == [True, False, True]
    assert here.session.session_key != key
    assert _is_in(_in())


def test_a_closed_account_is_out_at_once() -> None:
    """A session of an account that is closed is dead, at once."""
    client = _in()
    User.objects.filter(email=ONE.email).update(is_active=False)
    assert not _is_in(client)


def test_a_new_secret_of_the_site_need_not_sign_people_out(settings: Settings) -> None:
    """Sessions opened under the former secret stay open while it is told as such."""
    client = _in()
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another secret of these tests"  # noqa: S105
    settings.SECRET_KEY_FALLBACKS = [former]
    assert _is_in(client)
    settings.SECRET_KEY_FALLBACKS = []
    settings.SECRET_KEY = "a third secret of these tests"  # noqa: S105
    assert not _is_in(client)


# --- the password ---------------------------------------------------------------------------------


def test_the_present_password_opens_the_way_to_another() -> None:
    """With the present one another is chosen: the rest is signed out, and the person is told."""
    here, there = _in(), _in()
    assert "Mot de passe actuel" in _words(here.get(PASSWORD))
    told = {"old_password": ONE.password, "new_password1": NEW, "new_password2": NEW}
    assert "Mot de passe enregistré" in _words(here.post(PASSWORD, told, follow=True))
    assert [_is_in(one) for one in (here, there)] == [True, False]
    assert _is_in(_in(NEW))
    assert [(sent.to, "vient d'être changé" in sent.body) for sent in mail.outbox] == [
        ([ONE.email], True)
    ]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("court", "court", "trop court"),
        ("motdepasse123", "autrechose123", "ne correspondent pas"),
        ("482910573625", "482910573625", "numérique"),
        ("coordination@vesprine", "coordination@vesprine", "trop semblable"),
        ("1q2w3e4r5t6y", "1q2w3e4r5t6y", "trop courant"),
        ("", "", "obligatoire"),
    ],
)
def test_a_weak_password_is_refused(first: str, second: str, words: str) -> None:
    """Django's rules hold, and say what does not do."""
    told = {"old_password": ONE.password, "new_password1": first, "new_password2": second}
    assert words in _words(_in().post(PASSWORD, told))
    assert User.objects.get(email=ONE.email).check_password(ONE.password)


def test_the_present_password_is_not_guessed() -> None:
    """Five wrong ones and even the right one waits; a session left open is not enough."""
    client = _in()
    told = {"old_password": "faux", "new_password1": NEW, "new_password2": NEW}
    for _ in range(5):
        assert client.post(PASSWORD, told).status_code == 200
    answer = client.post(PASSWORD, {**told, "old_password": ONE.password})
    assert answer.status_code == 429
    assert "Trop d'essais" in _words(answer)
    assert User.objects.get(email=ONE.email).check_password(ONE.password)


def test_who_came_by_a_link_chooses_without_the_present_one() -> None:
    """A link just received proves the account: who forgot the password chooses another."""
    client = _by_link()
    assert "Mot de passe actuel" not in _words(client.get(PASSWORD))
    client.post(PASSWORD, {"new_password1": NEW, "new_password2": NEW})
    assert _is_in(_in(NEW))


def test_a_link_of_some_time_ago_is_no_proof() -> None:
    """Later the present one is asked for; where there is none, one signs in anew."""
    client = _by_link()
    _long_ago(client, began=HOUR, seen=0)
    assert "Mot de passe actuel" in _words(client.get(PASSWORD))
    client.post(PASSWORD, {"new_password1": NEW, "new_password2": NEW})
    assert User.objects.get(email=ONE.email).check_password(ONE.password)
    user = User.objects.get(email=ONE.email)
    user.set_unusable_password()
    user.save()
    client = _by_link()
    assert "Choisir un mot de passe" in _words(client.get("/compte/"))
    _long_ago(client, began=HOUR, seen=0)
    assert "Reconnectez-vous d'abord" in _words(client.get(PASSWORD))
    client.post(PASSWORD, {"new_password1": NEW, "new_password2": NEW})
    assert not User.objects.get(email=ONE.email).has_usable_password()


# --- what is counted ------------------------------------------------------------------------------


def test_links_are_counted_by_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """One network cannot have links sent to everybody; the same is said of unknown addresses."""
    monkeypatch.setattr(link, "LINKS", replace(link.LINKS, most=2))
    addresses = [one.email for one in DEMO_ACCOUNTS[:3]] + ["x@exemple.fr"]
    answers = [Client().post("/compte/connexion/lien/", {"email": one}) for one in addresses]
    assert [one.status_code for one in answers] == [200, 200, 429, 429]
    assert "Attendez un quart d'heure" in _words(answers[2])
    assert len(mail.outbox) == 2
    assert not Tries.objects.filter(who__contains="127").exists()


def test_a_limit_is_of_one_thing_of_somebody_and_of_its_time() -> None:
    """Tries are counted apart by what, who and when; those of before are thrown away."""
    limit = Limit("x", most=2, seconds=900)
    moment = timezone.datetime(2026, 11, 24, 10, 0, tzinfo=timezone.get_default_timezone())
    assert [is_too_many(limit, "a", moment) for _ in range(3)] == [False, False, True]
    assert not is_too_many(limit, "b", moment)
    assert not is_too_many(replace(limit, what="y"), "a", moment)
    assert is_too_many(limit, "a", moment + timezone.timedelta(minutes=14))
    assert not is_too_many(limit, "a", moment + timezone.timedelta(minutes=15))
    assert Tries.objects.filter(what="x").count() == 1
    forget_tries(limit, "a")
    assert not Tries.objects.filter(what="x").exists()
    assert is_too_many(Limit("z", most=0, seconds=900), "a", moment)
