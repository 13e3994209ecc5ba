"""Cells as forms and web sites leave them: marks for nothing, yes and no, lists, months."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maillage.kernel.words import plain
from maillage.standard.cells import is_blank, without_decimals

YES = frozenset({"oui", "true", "vrai", "1", "x", "o", "yes", "y", "on", "ok"})
NO = frozenset({"non", "false", "faux", "0", "n", "no", "off", "aucun", "aucune"})

_EMPTY_URL = re.compile(r"https?:/*", re.IGNORECASE)
_LONGEST_BLANK = 40  # signs; a longer cell says something, or holds no letter
_HYPHEN = re.compile(r"(?<![a-zà-ÿ])-|-(?![a-zà-ÿ])")
_TRIMMED = " \t\"'{}[]«»“”"
_MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_MONTH_YEAR = re.compile(r"([a-z]{3,9}) (20\d\d|\d\d)")


def tells_nothing(text: str) -> bool:
    """Say whether a cell tells nothing: blank, only signs (« @ », « ? »), or « http:// » alone.

    >>> [tells_nothing(text) for text in ("http://", "@", "--", "NC", "0")]
    [True, True, True, True, False]
    """
    if len(text) <= _LONGEST_BLANK and (is_blank(text) or _EMPTY_URL.fullmatch(text.strip())):
        return True
    return not any(map(str.isalnum, text))


def says(text: str) -> bool | None:
    """Return what a cell of yes or no says, None where it says something else.

    >>> says("Oui"), says("False"), says("1.0"), says("parfois")
    (True, False, True, None)
    """
    word = plain(without_decimals(text))
    return True if word in YES else False if word in NO else None


def parts(text: str, signs: Sequence[str]) -> list[str]:
    """Return the values of a cell parted by any of the signs, without quotes and braces.

    >>> parts('{EPN,"Promeneur du net"}', [","])
    ['EPN', 'Promeneur du net']
    """
    pieces = [text]
    for sign in sorted(signs, key=lambda sign: (-len(sign), sign)):
        pieces = [part for piece in pieces for part in _cut(piece, sign)]
    bare = (piece.strip(_TRIMMED) for piece in pieces)
    return [piece for piece in bare if not tells_nothing(piece)]


def _cut(text: str, sign: str) -> list[str]:
    """Return a text cut at a sign; a hyphen between small letters joins a word: rendez-vous."""
    return _HYPHEN.split(text) if sign == "-" else text.split(sign)


def first_of_month(text: str) -> str | None:
    """Return the first day of a month told without its day, None where that is not what is told.

    >>> first_of_month("Décembre 2019"), first_of_month("juil-22"), first_of_month("2019")
    ('2019-12-01', '2022-07-01', None)
    """
    match = _MONTH_YEAR.fullmatch(plain(text))
    if match is None:
        return None
    starts = [n for n, month in enumerate(_MONTHS, start=1) if match[1].startswith(month)]
    if not starts:
        return None
    year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
    return f"{year}-{starts[0]:02d}-01"
