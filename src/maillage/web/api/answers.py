"""How the open interface answers: to any site, kept by browsers until a territory changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from maillage.web.here import Here

_VERSION = version("maillage")


def answered(
    request: HttpRequest, here: Here, kind: str, make: Callable[[], bytes], *, dated: bool = False
) -> HttpResponse:
    """Answer with what ``make`` gives, of a content type; 304 where the reader has it already.

    What is answered changes with the revision of the territory, and with the day where ``dated``.
    """
    day = f"-{here.moment.now.date():%Y%m%d}" if dated else ""
    etag = quote_etag(f"{_VERSION}-{here.book.revision}{day}")
    known = get_conditional_response(request, etag=etag)
    response = HttpResponse(make(), content_type=kind) if known is None else known
    response["ETag"] = etag
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        response["Cache-Control"] = "public, no-cache"  # kept, and asked about each time
    return response


def open_to_all(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let the scripts of any site read what a view answers; nothing there depends on who asks.

    HEAD is answered as GET is, without what follows the headers (RFC 9110, 9.3.2).
    """

    @wraps(view)
    def _opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        response = view(request, *args, **kwargs)
        request.method = asked  # the server itself leaves out what follows the headers
        if asked in {"GET", "HEAD"}:
            response["Access-Control-Allow-Origin"] = "*"
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return _opened
