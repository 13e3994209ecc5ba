"""The user's language: French is written in the code, gettext can put another in its place."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

DOMAIN = "maillage"


@lru_cache(maxsize=1)
def _catalogue() -> gettext.NullTranslations:
    folder = Path(__file__).parent.parent / "locale"
    return gettext.translation(DOMAIN, localedir=folder, fallback=True)


def tr(french: str) -> str:
    """Return ``french`` in the user's language (French itself where no catalogue is there)."""
    return _catalogue().gettext(french)
