"""« Facile à lire et à comprendre »: the switch, in the address and in a bare cookie."""

from __future__ import annotations

from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from maillage.web.here import Routed
from maillage.web.reading.filters import Asked

FIELD, YES, NO = "facile", "oui", "non"
COOKIE = "maillage_facile"


def is_easy(request: HttpRequest) -> bool:
    """Say whether a page is to be easy to read: the address tells, else what was chosen before."""
    told = request.GET.get(FIELD, "")
    return (told if told in {YES, NO} else request.COOKIES.get(COOKIE)) == YES


def easy_to_read(view: Routed) -> Routed:
    """Keep what was chosen for the pages that follow, until the browser is closed."""

    @wraps(view)
    def _kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        told = request.GET.get(FIELD, "")
        if told == YES and request.COOKIES.get(COOKIE) != YES:
            secure = bool(settings.SESSION_COOKIE_SECURE)
            response.set_cookie(COOKIE, YES, secure=secure, httponly=True, samesite="Lax")
        elif told == NO and COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
        patch_vary_headers(response, ["Cookie"])
        return response

    return _kept


def address(name: str, siren: str, asked: Asked, *, easy: bool) -> str:
    """Return the address of a page of the public where something is asked."""
    query = {**asked.query(), **({FIELD: YES} if easy else {})}
    return reverse(f"public:{name}", args=[siren]) + (f"?{urlencode(query)}" if query else "")
