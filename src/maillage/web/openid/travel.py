"""What a browser takes along to the provider and back: a signed cookie of ten minutes."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

NAME = "maillage_openid"
MINUTES = 10
MOST_ONWARD = 1000
_PATH = "/compte/openid/"
_SALT = "maillage.web.openid.travel"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Travel:
    """One way there and back. ``onward``: the page to go to after, "" = the account's."""

    state: str
    nonce: str
    verifier: str
    onward: str

    @property
    def challenge(self) -> str:
        """What is told of the verifier before it is shown (PKCE, S256)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()

    def comes_back_with(self, state: str) -> bool:
        """Say whether an answer is to this very way."""
        return constant_time_compare(self.state, state)


def new_travel(onward: str = "") -> Travel:
    """Return a way that nobody can guess."""
    state, nonce, verifier = (secrets.token_urlsafe(_BYTES) for _ in range(3))
    return Travel(state, nonce, verifier, onward if len(onward) <= MOST_ONWARD else "")


def take_along(response: HttpResponse, travel: Travel) -> None:
    """Give a browser what it takes along; a former way is forgotten."""
    response.set_cookie(
        NAME,
        signing.dumps(asdict(travel), salt=_SALT),
        max_age=MINUTES * 60,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def brought_back(request: HttpRequest) -> Travel | None:
    """Return what a browser took along; None where it has nothing of ours, or of too long ago."""
    try:
        told: Any = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=MINUTES * 60)
        return Travel(**told)
    except (signing.BadSignature, TypeError):
        return None


def forget(response: HttpResponse) -> None:
    """Take it away: a way serves once."""
    response.delete_cookie(NAME, path=_PATH, samesite="Lax")
