"""The questionnaires that Maillage brings, ready to be asked; their sources stand beside (.md)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from maillage.survey.forms.intake import read_form
from maillage.survey.forms.model import Form

SHIPPED = {
    "structures": "les structures : 12 minutes au téléphone",
    "habitants": "les habitants : 8 minutes",
    "habitants_comptoir": "les habitants, au guichet : 2 minutes",
}
"""The name of each questionnaire (its ``id`` too), and what it is for."""


@lru_cache(maxsize=len(SHIPPED))
def shipped_form(name: str) -> Form:
    """Return a shipped questionnaire by its name. Raises KeyError for another name."""
    return read_form(shipped_path(name))[0]


def shipped_path(name: str) -> Path:
    """Return the source of a shipped questionnaire. Raises KeyError for another name."""
    if name not in SHIPPED:
        raise KeyError(name)
    return Path(__file__).parent / f"{name}.md"
