"""Headers that Django does not send by itself, and the address of who asks."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PERMISSIONS = "camera=(), microphone=(), geolocation=(self), payment=(), usb=()"


class OwnHeaders:
    """Middleware: what browsers may not do on our pages, and which pages nobody keeps a copy of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with our headers where the page told none of its own."""
        response = self._get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.setdefault("Cache-Control", "private, no-store")
        return response


def address_of(request: HttpRequest) -> str:
    """Return the address of who asks; behind our own proxy, the last that the proxy tells."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.MAILLAGE_PROXY:
        return direct
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    return told.rpartition(",")[2].strip() or direct
