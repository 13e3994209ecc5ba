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


OPENID = {
    "MAILLAGE_OPENID_ISSUER": "https://fournisseur.exemple.fr/api/v2",
    "MAILLAGE_OPENID_CLIENT": "abc",
    "MAILLAGE_OPENID_SECRET": "def",
}


def test_a_provider_is_told_whole() -> None:
    """Three variables tell an OpenID provider; the rest has what ProConnect needs, and no more."""
    assert read_environment({}).openid is None
    told = read_environment(OPENID).openid
    assert told is not None
    assert (told.name, told.scopes, told.acr) == ("ProConnect", ("openid", "email"), ())
    assert not told.trusts_email and not told.local
    assert told.discovery == f"{told.issuer}/.well-known/openid-configuration"
    assert "def" not in repr(told)
    more = {
        "MAILLAGE_OPENID_ISSUER": told.discovery,
        "MAILLAGE_OPENID_NAME": "Mon agglo",
        "MAILLAGE_OPENID_SCOPES": "openid email siret",
        "MAILLAGE_OPENID_ACR": "eidas1-mfa, eidas2",
        "MAILLAGE_OPENID_TRUST_EMAIL": "oui",
    }
    other = read_environment({**OPENID, **more}).openid
    assert other is not None
    assert other.issuer == told.issuer
    assert (other.name, other.trusts_email) == ("Mon agglo", True)
    assert other.scopes == ("openid", "email", "siret")
    assert other.acr == ("eidas1-mfa", "eidas2")


@pytest.mark.parametrize("lacking", sorted(OPENID))
def test_a_provider_half_told_stops_the_site(lacking: str) -> None:
    """Half told, the site does not begin, and says which variable lacks."""
    told = {**OPENID, lacking: "  "}
    with pytest.raises(ValueError, match=f"il manque {lacking}\\."):
        read_environment(told)
    with pytest.raises(ValueError, match="à moitié réglée"):
        read_environment({"MAILLAGE_OPENID_ACR": "eidas1"})


@pytest.mark.parametrize(
    "issuer",
    [
        "http://fournisseur.exemple.fr",
        "fournisseur.exemple.fr",
        "https://",
        "https://a:b@c.fr",
        "x",
    ],
)
def test_a_provider_speaks_over_https(issuer: str) -> None:
    """Without encryption a provider is refused, but on this very machine."""
    told = {**OPENID, "MAILLAGE_OPENID_ISSUER": issuer}
    with pytest.raises(ValueError, match="https://"):
        read_environment(told)
    local = {**OPENID, "MAILLAGE_OPENID_ISSUER": "http://127.0.0.1:9", "MAILLAGE_LOCAL": "1"}
    assert read_environment(local).openid is not None


def test_openid_is_always_asked_for() -> None:
    """A list of words that lacks the one of the protocol is refused."""
    with pytest.raises(ValueError, match="« openid »"):
        read_environment({**OPENID, "MAILLAGE_OPENID_SCOPES": "email"})


@pytest.mark.parametrize("minutes", ["4", "481", "0", "-60"])
def test_a_session_neither_ends_at_once_nor_never(minutes: str) -> None:
    """How long nobody may be there is between bounds; an hour unless told."""
    assert read_environment({}).idle_minutes == 60
    assert read_environment({"MAILLAGE_IDLE_MINUTES": "15"}).idle_minutes == 15
    with pytest.raises(ValueError, match="MAILLAGE_IDLE_MINUTES"):
        read_environment({"MAILLAGE_IDLE_MINUTES": minutes})


def test_a_visitor_cannot_say_another_address(settings: Settings) -> None:
    """Only our own proxy is believed of the visitor's address, and only its last word."""
    asked = RequestFactory().get("/", headers={"x-forwarded-for": "1.1.1.1, 2.2.2.2"})
    settings.MAILLAGE_PROXY = False
    assert address_of(asked) == "127.0.0.1"
    settings.MAILLAGE_PROXY = True
    assert address_of(asked) == "2.2.2.2"
