"""Cells as spreadsheets and people leave them: numbers, added decimals, ways to tell nothing.

Every room that reads cells of files does it through these: a cell means the same for all.
"""

from __future__ import annotations

import math
import re

from maillage.kernel.words import plain

_SPACES = re.compile(r"\s+")
_WHOLE = re.compile(r"([0-9]+)\.0+")
_DASHES = re.compile(r"[-‐-―−_./…\s]*")
# Words of a cell that nobody could fill, as ``plain`` writes them.
_BLANK_WORDS = frozenset(
    {"null", "none", "nan", "n a", "na", "nc", "n c", "nr", "n r", "non renseigne", "neant"}
    | {"inconnu"}
)


def number(text: str) -> float | None:
    """Return a number written in French or in English, None where it is not a finite number.

    Any space parts thousands; a comma is the decimal sign.

    >>> number("38\u202f584"), number("17,3"), number("n.d.")
    (38584.0, 17.3, None)
    """
    if "_" in text:  # Python's own way of parting thousands, nobody else's
        return None
    try:
        value = float(_SPACES.sub("", text).replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def without_decimals(text: str) -> str:
    """Return the text stripped, without the « .0 » that a spreadsheet adds to a whole number.

    >>> without_decimals("62400.0"), without_decimals(" 2A004 ")
    ('62400', '2A004')
    """
    bare = text.strip()
    match = _WHOLE.fullmatch(bare)
    return match[1] if match else bare


def is_blank(text: str) -> bool:
    """Say whether a cell tells nothing: empty, a dash, « non renseigné », « NC », « néant »…

    A text in another writing than ours is told, whatever Latin words stand beside.
    """
    if _DASHES.fullmatch(text):
        return True
    if plain(text) not in _BLANK_WORDS:
        return False
    return all(plain(sign) for sign in text if sign.isalpha())
