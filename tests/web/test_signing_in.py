"""Signing in: by password or by a link, never more than a few tries, never sent elsewhere."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.conftest import DEMO

from maillage.storage.accounts.keep import DEMO_ACCOUNTS

ONE = DEMO_ACCOUNTS[0]
LOGIN = "/compte/connexion/"
LINK = "/compte/connexion/lien/"


@pytest.fixture(autouse=True)
def _quick(settings: Settings, db: None) -> None:
    """Send mail nowhere."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def _sign_in(
    client: Client, password: str, email: str = ONE.email, onward: str = ""
) -> HttpResponse:
    return client.post(LOGIN, {"username": email, "password": password, "next": onward})


def test_the_right_password_opens() -> None:
    """With the right password, however the address is spelt, one lands on one's account."""
    client = Client()
    answer = _sign_in(client, ONE.password, ONE.email.upper(), "")
    assert (answer.status_code, answer["Location"]) == (302, "/compte/entree/")
    assert ONE.name in client.get("/compte/").content.decode()


def test_the_session_is_the_browsers_alone() -> None:
    """The session's cookie is unreadable by scripts, and goes with the browser's window."""
    client = Client()
    _sign_in(client, ONE.password)
    cookie = client.cookies["maillage_session"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["expires"] == "" and cookie["max-age"] == ""


@pytest.mark.parametrize(
    "onward",
    ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:x"],
)
def test_nobody_is_sent_elsewhere(onward: str) -> None:
    """Whatever the address asks, signing in leads to a page of the site."""
    assert _sign_in(Client(), ONE.password, onward=onward)["Location"] == "/compte/entree/"


def test_one_goes_on_to_the_page_asked() -> None:
    """A page of the site that was asked for is where one goes after."""
    onward = f"/{DEMO}/lieux/"
    assert _sign_in(Client(), ONE.password, onward=onward)["Location"] == onward


def test_the_same_is_said_of_an_unknown_address() -> None:
    """A wrong password and an unknown address are told in the same words."""
    said = [
        re.sub(r'(value|content)="[^"]*"', "", _sign_in(Client(), "faux", who).content.decode())
        for who in (ONE.email, "personne@exemple.fr")
    ]
    assert said[0] == said[1]
    assert "ne convient pas" in said[0]


def test_after_five_failures_even_the_right_password_waits(settings: Settings) -> None:
    """Five wrong passwords block that address from there, and nobody else's."""
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = _sign_in(client, "faux")
    assert answer.status_code == 429
    assert "Trop d'essais" in answer.content.decode()
    assert _sign_in(client, ONE.password, ONE.email.title()).status_code == 429
    assert _sign_in(Client(), "faux", DEMO_ACCOUNTS[1].email).status_code == 200


def test_a_link_is_sent_once_a_minute_and_to_accounts_alone() -> None:
    """A known address receives one link; the answer is the same for an unknown one."""
    said = [Client().post(LINK, {"email": who}).content for who in (ONE.email, "x@exemple.fr")]
    assert said[0] == said[1]
    Client().post(LINK, {"email": ONE.email})
    assert [sent.to for sent in mail.outbox] == [[ONE.email]]


def test_a_link_opens_once_and_only_when_pressed() -> None:
    """Reading the page of a link uses nothing up; the button signs in, once."""
    Client().post(LINK, {"email": ONE.email})
    found = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)
    assert found is not None
    for _ in range(2):
        assert Client().get(found[1]).status_code == 200
    client = Client()
    assert client.post(found[1])["Location"] == "/compte/entree/"
    assert client.get("/compte/").status_code == 200
    assert Client().post(found[1]).status_code == 400


def test_a_link_opens_even_to_who_is_locked_out(settings: Settings) -> None:
    """Whoever is kept out by wrong passwords, maybe another's, comes in by a link."""
    for _ in range(settings.AXES_FAILURE_LIMIT):
        _sign_in(Client(), "faux")
    Client().post(LINK, {"email": ONE.email})
    found = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)
    assert found is not None
    assert Client().post(found[1]).status_code == 302


def test_signing_out_is_a_button() -> None:
    """Following an address signs nobody out; the button does."""
    client = Client()
    _sign_in(client, ONE.password)
    assert client.get("/compte/deconnexion/").status_code == 405
    client.post("/compte/deconnexion/")
    assert client.get("/compte/").status_code == 302


def test_a_form_from_elsewhere_is_refused() -> None:
    """A form that another site sends is refused, in French."""
    client = Client(enforce_csrf_checks=True)
    answer = _sign_in(client, ONE.password)
    assert answer.status_code == 403
    assert "Formulaire expiré" in answer.content.decode()
