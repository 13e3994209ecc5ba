"""Ways to the provider that do not end well: each ends in a page that says what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.openid_provider import LocalProvider
from tests.web.openid_site import BACK, START, is_out, there, words

from maillage.web.openid import travel, wire


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        ("access_denied", 403, "Vous avez annulé"),
        ("login_required", 403, "Vous avez annulé"),
        ("server_error", 503, "ne répond pas"),
        ("temporarily_unavailable", 503, "ne répond pas"),
        ("invalid_scope", 502, "mal réglé"),
        ("<script>", 502, "mal réglé"),
    ],
)
def test_an_error_of_the_provider_is_said(
    provider: LocalProvider, error: str, status: int, said: str
) -> None:
    """What the provider says went wrong is said in French, with what to do."""
    provider.manners.error = error
    answer = there().end()
    assert answer.status_code == status
    told = words(answer)
    assert said in told and "Recommencer avec ProConnect" in told


def test_a_wrong_secret_is_the_sites_fault(provider: LocalProvider, settings: Settings) -> None:
    """A provider that does not know the site is not the person's fault."""
    settings.MAILLAGE_OPENID = replace(settings.MAILLAGE_OPENID, secret="faux")  # noqa: S106
    answer = there().end()
    assert answer.status_code == 502
    assert "mal réglé" in words(answer)


@pytest.mark.parametrize(
    "query", ["", "code=x", "code=x&state=faux", "error=access_denied", "state=&code=%00"]
)
def test_a_return_that_was_not_begun_is_refused(provider: LocalProvider, query: str) -> None:
    """Without the state of this very browser nothing is asked of the provider."""
    client = Client()
    for _ in range(2):  # without a way begun, then with one
        answer = client.get(f"{BACK}?{query}")
        assert answer.status_code == 400
        assert "Recommencez" in words(answer)
        client.get(START)
    assert "/token" not in provider.asked


def test_a_return_is_of_the_browser_that_went(provider: LocalProvider) -> None:
    """A return made in another browser signs nobody in: nobody is led into another's account."""
    _, back = there()
    stranger = Client()
    assert stranger.get(back).status_code == 400
    stranger.get(START)
    assert stranger.get(back).status_code == 400


def test_a_return_serves_once(provider: LocalProvider) -> None:
    """A return that served is refused by us, and by the provider where its cookie was copied."""
    client, back = there()
    cookie = client.cookies[travel.NAME].value
    assert client.get(back).status_code == 302
    assert client.cookies[travel.NAME].value == ""
    assert client.get(back).status_code == 400
    assert len(provider.forms) == 1
    other = Client()
    assert other.get(back).status_code == 400
    other.cookies[travel.NAME] = cookie
    answer = other.get(back)
    assert answer.status_code == 400
    assert "n'a pas reconnu" in words(answer)
    assert is_out(other)


def test_looking_ahead_uses_nothing_up(provider: LocalProvider) -> None:
    """What only asks for the head of a page neither signs in nor spends the code."""
    client, back = there()
    assert client.head(back).status_code == 405
    assert client.post(back).status_code == 405
    assert client.get(back).status_code == 302


def test_a_way_lasts_ten_minutes(provider: LocalProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes back too late begins again."""
    client, back = there()
    monkeypatch.setattr(travel, "MINUTES", -1)
    assert client.get(back).status_code == 400


@pytest.mark.parametrize("at", ["forged", "AAAA:BBB:CCC", ""])
def test_what_the_browser_brings_back_is_ours(provider: LocalProvider, at: str) -> None:
    """A cookie that we did not sign is nothing."""
    client, back = there()
    client.cookies[travel.NAME] = at
    assert client.get(back).status_code == 400


@pytest.mark.parametrize("at", ["/token", "/userinfo", "/jwks"])
@pytest.mark.parametrize("status", [500, 503, 302, 204])
def test_a_provider_that_fails_is_said(provider: LocalProvider, at: str, status: int) -> None:
    """A provider that fails midway is told in a page; it is followed nowhere else."""
    provider.manners.answers = {at: (status, b"")}
    answer = there().end()
    assert answer.status_code == 503
    assert "entrez d'une autre façon" in words(answer)


def test_a_provider_that_is_down_is_said(provider: LocalProvider, settings: Settings) -> None:
    """A provider that does not listen keeps nobody waiting; the other ways in stand."""
    settings.MAILLAGE_OPENID = replace(settings.MAILLAGE_OPENID, issuer="http://127.0.0.1:9")
    answer = Client().get(START)
    assert answer.status_code == 503
    told = words(answer)
    assert "ProConnect ne répond pas" in told and "Entrer d'une autre façon" in told


@pytest.mark.parametrize("at", ["/token", "/userinfo"])
def test_a_slow_provider_is_not_waited_for(
    provider: LocalProvider, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """A provider that is long to answer is left, and said."""
    monkeypatch.setattr(wire, "READ_SECONDS", 0.05)
    client, back = there()
    provider.manners.waits = {at: 0.2}
    assert client.get(back).status_code == 503


def test_an_answer_drop_by_drop_is_left(
    provider: LocalProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer whose every byte comes in time, but not the whole, is left too."""
    monkeypatch.setattr(wire, "WHOLE_SECONDS", 0.05)
    client, back = there()
    provider.manners.drips = {"/token"}
    assert client.get(back).status_code == 503


def test_returns_are_counted(provider: LocalProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    """One network address cannot make us ask the provider without end."""
    from maillage.web.accounts import openid

    monkeypatch.setattr(openid, "RETURNS", replace(openid.RETURNS, most=2))
    statuses = [there().end().status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    assert len(provider.forms) == 2
