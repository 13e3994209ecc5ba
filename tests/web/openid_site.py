"""The way to the OpenID provider and back, as a browser goes it; what its pages say."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.request
from typing import NamedTuple

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.page_rules import wrong_with

from maillage.storage.accounts.keep import DEMO_ACCOUNTS

ONE = DEMO_ACCOUNTS[1]
"""Whom the provider knows."""

START = "/compte/openid/"
BACK = "http://testserver/compte/openid/retour/"
LEFT = "http://testserver/compte/openid/fin/"


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow nothing."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """Stay."""


def browse(address: str, *, agree: bool = True) -> str:
    """Open an address of the provider as a browser does; return where it leads, or fail."""
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(address, data=b"" if agree else None, timeout=5) as told:
            return pytest.fail(told.read().decode())
    except urllib.error.HTTPError as answer:
        with answer:
            assert answer.status == 303, answer.read()
            return answer.headers["Location"]


class Way(NamedTuple):
    """A client, and where the provider sends it back to."""

    client: Client
    back: str

    def end(self) -> HttpResponse:
        """Go back."""
        return self.client.get(self.back)


def there(onward: str = "", client: Client | None = None) -> Way:
    """Go to the provider and be recognised there."""
    client = client or Client()
    sent = client.get(START, {"next": onward} if onward else {})
    assert sent.status_code == 302, sent.content.decode()
    return Way(client, browse(sent["Location"]))


def words(answer: HttpResponse) -> str:
    """Return the words of a page that is well made and protected."""
    page = answer.content.decode()
    assert wrong_with(page) == []
    assert "form-action 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(re.sub(r"<[^>]+>", "", page.partition("<main")[2].partition("</main")[0]))


def is_out(client: Client) -> bool:
    """Say whether nobody is signed in."""
    return client.get("/compte/").status_code == 302
