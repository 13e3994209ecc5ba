"""Opaque prefixed ids, built once from the source and the source's own id of the first record."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping

_LENGTH = 13
_FINGERPRINT = re.compile(rf"row-[a-z2-7]{{{_LENGTH}}}")


def _digest(*parts: str) -> str:
    raw = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return base64.b32encode(raw).decode().lower()[:_LENGTH]


def make_id(prefix: str, source_id: str, *keys: str) -> str:
    """Return ``prefix-xxxxxxxxxxxxx``: the same for the same arguments, on every machine."""
    return f"{prefix}-{_digest(prefix, source_id, *keys)}"


def fingerprint(cells: Mapping[str, str]) -> str:
    """Return a short id of a row without id: the order of its columns does not matter."""
    return "row-" + _digest(*(f"{key}={cells[key]}" for key in sorted(cells)))


def is_fingerprint(record_id: str) -> bool:
    """Say whether an id is that of a row without id.

    >>> is_fingerprint(fingerprint({"nom": "CCAS"})), is_fingerprint("row-12")
    (True, False)
    """
    return bool(_FINGERPRINT.fullmatch(record_id))
