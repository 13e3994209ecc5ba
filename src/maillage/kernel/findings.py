"""Doubtful data is a finding: shown to the user in a table, never a crash, never silently mended.

A *kind* of finding is declared once, as a module constant, in the room that can see the doubt::

    SWAPPED = FindingKind(
        "coordinates-swapped", Severity.WARNING,
        "La latitude et la longitude semblent inversées ({value}).",
        "Échangez les deux colonnes dans le fichier d'origine.",
    )
    finding = SWAPPED.at(Where(source="portrea", line=12, subject="lieu-1"), value="2.6, 50.5")
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

from maillage.kernel.language import tr
from maillage.kernel.words import visible


class Severity(enum.Enum):
    """How much a finding matters; members are ordered from least to most."""

    INFO = ("info", "à savoir")
    WARNING = ("warning", "à vérifier")
    ERROR = ("error", "à corriger")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Where:
    """The place in a source that a finding is about.

    ``line`` counts from 1 and includes the header: it is the line an editor shows.
    ``subject`` names the thing in doubt (an id, a commune, a file name).
    """

    source: str | None = None
    line: int | None = None
    subject: str = ""
    field: str | None = None

    def on(self, field: str) -> Where:
        """Return the same place, narrowed to one field."""
        return replace(self, field=field)


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about one value: what, how serious, where, and what to do about it."""

    code: str
    severity: Severity
    message: str
    advice: str
    where: Where
    value: str | None = None


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A declared kind of finding; ``message`` may name ``{value}`` and words given to ``at``."""

    code: str
    severity: Severity
    message: str
    advice: str

    def at(self, where: Where, *, value: object = None, **words: object) -> Finding:
        """Return the finding of this kind at that place."""
        seen = None if value is None else visible(str(value))
        message = tr(self.message).format(value=_short(seen), **words)
        advice = tr(self.advice).format(value=_short(seen), **words)
        return Finding(self.code, self.severity, message, advice, where, seen)


def _short(value: str | None) -> str:
    if value is None:
        return ""
    flat = " ".join(value.split())
    return flat if len(flat) <= 80 else flat[:79] + "…"
