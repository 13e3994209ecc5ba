"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of every page needs: who is signed in, by which ways one may."""
    return {
        "user": getattr(request, "user", None),
        "sends_mail": settings.MAILLAGE_SENDS_MAIL,
        "openid": settings.MAILLAGE_OPENID,
    }
