"""What may be wrong of a place, and what becomes of it once told: two closed lists."""

from __future__ import annotations

import enum
from typing import Self

from maillage.kernel.language import tr


class _Coded(enum.Enum):
    """A code and a French sentence."""

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The sentence in the user's language."""
        return tr(self._french)

    @classmethod
    def of(cls, code: str) -> Self | None:
        """Return the one of a code, None where there is none such."""
        return next((one for one in cls if one.code == code), None)


class Wrong(_Coded):
    """Something that may be wrong."""

    HOURS = ("horaires", "Les horaires ne sont pas les bons")
    PHONE = ("telephone", "Le téléphone ou le courriel n'est pas le bon")
    ADDRESS = ("adresse", "L'adresse n'est pas la bonne")
    CLOSED = ("ferme", "Le lieu est fermé définitivement")
    HELP = ("aide", "L'aide donnée ou le prix n'est pas ce qui est dit")
    OTHER = ("autre", "Autre chose")


class Outcome(_Coded):
    """Where a report stands."""

    OPEN = ("ouvert", "à traiter")
    DONE = ("traite", "traité")
    SET_ASIDE = ("sans-suite", "sans suite")
