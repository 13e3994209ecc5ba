"""The sentence typed at the desk, kept by its own browser alone while the search is refined.

It may name somebody: it goes neither into an address, nor into the session, nor into any table.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

NAME = "maillage_besoin"
MINUTES = 30
_SALT = "maillage.web.orienting.sentence"


def keep(response: HttpResponse, siren: str, search: str, text: str) -> None:
    """Let the browser keep the sentence of a search for half an hour, for these pages alone."""
    response.set_cookie(
        NAME,
        signing.dumps([search, text], salt=_SALT),
        max_age=MINUTES * 60,
        path=reverse("orienting:ask", args=[siren]),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Strict",
    )


def kept(request: HttpRequest, search: str) -> str:
    """Return the sentence of a search, "" where the browser keeps none of it."""
    try:
        whose, text = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=MINUTES * 60)
    except (signing.BadSignature, ValueError):
        return ""
    return str(text) if whose == search else ""


def drop(response: HttpResponse, siren: str) -> None:
    """Let the browser forget it: another person is at the counter."""
    response.delete_cookie(NAME, path=reverse("orienting:ask", args=[siren]), samesite="Strict")
