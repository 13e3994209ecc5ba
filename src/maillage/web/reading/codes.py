"""The words of the national schema as they stand in addresses: « aide-aux-demarches-… »."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from maillage.kernel.words import plain
from maillage.standard.words import Word

W = TypeVar("W", bound=Word)


@lru_cache(maxsize=256)
def code_of(word: Word) -> str:
    """Return a word as an address holds it.

    >>> from maillage.standard.mednum import Service
    >>> code_of(Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES)
    'aide-aux-demarches-administratives'
    """
    return plain(word.label).replace(" ", "-")


def word_of(words: type[W], code: str) -> W | None:
    """Return the word that an address names, None where there is none such."""
    return next((word for word in words if code_of(word) == code), None)


def choices(words: Iterable[Word]) -> tuple[tuple[str, str], ...]:
    """Return (code, label) of each word, for a form."""
    return tuple((code_of(word), word.label) for word in words)
