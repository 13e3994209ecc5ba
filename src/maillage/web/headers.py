"""Headers that Django does not send by itself, and the address of who asks."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_SUBSCRIBER_BITS = 64
DAY = 24 * 3600
"""Seconds of a day."""
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


def kept(request: HttpRequest, response: HttpResponse, seconds: int) -> HttpResponse:
    """Let whoever is not signed in keep what is answered, for some time."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        response["Cache-Control"] = f"public, max-age={seconds}"
    return response


def address_of(request: HttpRequest) -> str:
    """Return the address of who asks; behind our own proxy, the last that the proxy tells."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.MAILLAGE_PROXY:
        return direct
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    return told.rpartition(",")[2].strip() or direct


def network_of(request: HttpRequest) -> str:
    """Return the network of who asks: its address, of which an IPv6 one counts by its first half.

    That is what one subscriber has; what is no address is taken as it is.
    """
    told = address_of(request)
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, _SUBSCRIBER_BITS), strict=False))
