"""The values of a record as a person reads them on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.directory import field_words
from maillage.kernel.french import listed
from maillage.kernel.language import tr


def value_words(field: str, value: object) -> str:
    """Return the value of a field in words, fit for a terminal; "" = not told."""
    return printable(field_words.value_words(field, value))


def printable(text: str) -> str:
    """Return a text without signs that command a terminal: what a file holds is only text.

    >>> printable("CCAS\\x1b[2J")
    'CCAS [2J'
    """
    return "".join(c if c.isprintable() or c in "\n\u00a0\u202f" else " " for c in text)


def quoted(names: Sequence[str], few: int = 3) -> str:
    """Return names between French quotes, the first few and how many more where they are many.

    >>> quoted(["a", "b", "c", "d"], few=2).replace("\u00a0", " ")
    '« a », « b » et 2 autres'
    """
    told = [f"«\u00a0{printable(name)}\u00a0»" for name in names]
    if len(told) <= few + 1:
        return listed(told)
    more = tr("{names} et {n} autres")
    return more.format(names=", ".join(told[:few]), n=len(told) - few)
