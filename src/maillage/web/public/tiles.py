"""The ground of the map that an administrator may turn on: tiles of another server."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from maillage.web.here import Routed


def tile_origin() -> str:
    """Return the server that tiles come from, "" where none is told: the default."""
    parts = urlsplit(settings.MAILLAGE_TILES)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme == "https" and parts.netloc else ""


def with_tiles(view: Routed) -> Routed:
    """Let browsers load tiles on a page, where a server of tiles is told; else change nothing."""

    @wraps(view)
    def _with_tiles(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        origin = tile_origin()
        if not origin:
            return view(request, *args, **kwargs)
        opened = cast("Callable[[Routed], Routed]", csp_update({"img-src": [origin]}))
        return opened(view)(request, *args, **kwargs)

    return _with_tiles


def tiles_told() -> dict[str, str]:
    """Return what the map needs of tiles: their addresses and who is to be credited; or nothing."""
    origin = tile_origin()
    if not origin:
        return {}
    return {
        "address": settings.MAILLAGE_TILES,
        "credit": settings.MAILLAGE_TILES_CREDIT,
        "host": urlsplit(origin).netloc,
    }
