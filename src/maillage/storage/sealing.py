"""What names a person is kept sealed: without the keys of the site, a copy of its database is mute.

Fernet (AES-128-CBC and HMAC-SHA-256) of ``cryptography``, with keys derived from the secrets of the
site by HKDF: the first seals, the others (``SECRET_KEY_FALLBACKS``) still open. Each part of the
site has keys of its own, so that what one sealed is nothing to another.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

REFERRALS = "referrals"
SURVEY = "survey"
LOST = {"lost": "1"}
"""What is opened where no key of the site opens it any more."""


def seal(told: Mapping[str, str], part: str = REFERRALS) -> str:
    """Return words that nobody reads without the keys; "" where all are empty."""
    kept = {name: text for name, text in told.items() if text}
    if not kept:
        return ""
    return _keys(_secrets(), part).encrypt(json.dumps(kept).encode()).decode()


def opened(sealed: str, part: str = REFERRALS) -> dict[str, str]:
    """Return the words that were sealed; ``LOST`` where the key that sealed them is gone."""
    if not sealed:
        return {}
    try:
        told = json.loads(_keys(_secrets(), part).decrypt(sealed.encode()))
    except InvalidToken:
        return dict(LOST)
    return {str(name): str(text) for name, text in told.items()}


def _secrets() -> tuple[str, ...]:
    return (str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _keys(secrets: tuple[str, ...], part: str) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret, part)) for secret in secrets])


def _key(secret: str, part: str) -> bytes:
    info = f"maillage.{part}".encode()
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
