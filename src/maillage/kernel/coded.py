"""Members that are a code, which files and tables keep, and French words, which people read."""

from __future__ import annotations

import enum
from typing import Self

from maillage.kernel.language import tr


class Coded(enum.Enum):
    """A code, and French words."""

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The words in the user's language."""
        return tr(self._french)

    @classmethod
    def of(cls, code: str) -> Self | None:
        """Return the one of a code, None where there is none such."""
        return next((one for one in cls if one.code == code), None)
