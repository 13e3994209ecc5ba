"""What the machine tells the site: public and strict unless told otherwise."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from maillage.web.environment import YEAR, read_environment
from maillage.web.headers import address_of


def test_a_site_that_is_told_nothing_is_public() -> None:
    """Nothing told: HTTPS for a year, no mail, no proxy believed."""
    told = read_environment({})
    assert (told.local, told.proxy, told.sends_mail) == (False, False, False)
    assert told.hsts_seconds == YEAR
    assert told.secret_key == ""
    assert told.clock is None


def test_what_is_told_is_read() -> None:
    """Each variable is read, hosts however they are separated."""
    told = read_environment(
        {
            "MAILLAGE_LOCAL": "oui",
            "MAILLAGE_HOSTS": "aide.exemple.fr, www.exemple.fr  a.fr",
            "MAILLAGE_HSTS_SECONDS": "0",
            "MAILLAGE_CLOCK": "2026-11-24T10:15:00",
        }
    )
    assert told.local
    assert told.sends_mail
    assert told.hosts == ("aide.exemple.fr", "www.exemple.fr", "a.fr")
    assert told.hsts_seconds == 0
    assert told.clock == dt.datetime(2026, 11, 24, 10, 15)  # noqa: DTZ001 - local, as it is told


def test_a_number_that_is_none_is_refused() -> None:
    """A port that is no number stops the site at once, rather than send mail nowhere."""
    with pytest.raises(ValueError, match="smtp"):
        read_environment({"MAILLAGE_SMTP_PORT": "smtp"})


def test_a_visitor_cannot_say_another_address(settings: Settings) -> None:
    """Only our own proxy is believed of the visitor's address, and only its last word."""
    asked = RequestFactory().get("/", headers={"x-forwarded-for": "1.1.1.1, 2.2.2.2"})
    settings.MAILLAGE_PROXY = False
    assert address_of(asked) == "127.0.0.1"
    settings.MAILLAGE_PROXY = True
    assert address_of(asked) == "2.2.2.2"
