"""Codes that people write down, dictate and type: nothing in them is read for something else."""

from __future__ import annotations

import secrets

_SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"


def drawn_code(length: int) -> str:
    """Return a code of so many signs, drawn so that nobody guesses it."""
    return "".join(secrets.choice(_SIGNS) for _ in range(length))


def typed_code(text: str) -> str:
    """Return a code as it was drawn, however it was typed.

    >>> typed_code(" acde-fghj ")
    'ACDEFGHJ'
    """
    return text.strip().upper().replace("-", "").replace(" ", "")
