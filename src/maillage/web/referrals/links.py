"""Signed links by which a structure answers without an account, and who may read behind them.

A link tells which request of which case, and nothing else. Behind it anybody reads the need; who
the person is, only the browser that opened it first, which keeps a signed cookie. Forwarded or
opened again elsewhere, it offers to send a new one to the address of the structure itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from maillage.storage.referrals.kept import Kept

_LINK = "maillage.web.referrals.link"
_BROWSER = "maillage.web.referrals.browser"
COOKIE = "maillage_demande"
_PATH = "/reponse/"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link tells: the case, which of its requests, which of the links sent for it."""

    siren: str
    number: int
    attempt: int
    link: int


def link_of(kept: Kept) -> str:
    """Return the address by which the structure asked now answers."""
    case = kept.case
    told = [case.siren, case.number, kept.standing.attempt, kept.link]
    return kept.site + reverse("answering:open", args=[signing.dumps(told, salt=_LINK)])


def read_link(token: str, days: float) -> Link | None:
    """Return what a link tells; None where it was not signed here, or longer ago than so many."""
    try:
        siren, number, attempt, link = signing.loads(token, salt=_LINK, max_age=int(days * 86400))
        return Link(str(siren), int(number), int(attempt), int(link))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def let_browser(response: HttpResponse, link: Link, days: float) -> None:
    """Let this browser read behind the links of a request from now on."""
    response.set_cookie(
        _cookie(link),
        signing.dumps([link.siren, link.number, link.attempt], salt=_BROWSER),
        max_age=int(days * 86400),
        path=_PATH,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def is_let(request: HttpRequest, link: Link) -> bool:
    """Say whether this browser opened this very request."""
    try:
        told = signing.loads(request.COOKIES.get(_cookie(link), ""), salt=_BROWSER)
    except signing.BadSignature:
        return False
    return bool(told == [link.siren, link.number, link.attempt])


def _cookie(link: Link) -> str:
    """Return the name of what a browser keeps of one case: it may have several."""
    return f"{COOKIE}_{link.siren}_{link.number}"
