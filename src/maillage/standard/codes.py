"""SIRET, RNA, code postal and code INSEE, as spreadsheets leave them → as registers write them."""

from __future__ import annotations

import re

from maillage.kernel.findings import Finding, Where
from maillage.standard import findings as kinds
from maillage.standard.cells import without_decimals

_RNA = re.compile(r"W[0-9A-Z]{9}")
_CODE_INSEE = re.compile(r"([013-9]\d|2[AB1-9])\d{3}")
_BETWEEN_DIGITS = re.compile(r"[\s.\u00a0\u202f-]")
_LA_POSTE = "356000000"

# The 45 communes whose code INSEE is one of their own codes postaux (La Poste and INSEE, 2026).
_SAME_CODES = (
    "02350 03110 14400 17130 17460 21190 21360 23190 25270 27420 28240 31350 32190 36200 37250 "
    "41220 42260 42320 46100 46250 49310 49330 51150 51600 52110 52330 52400 54470 55400 58190 "
    "64120 65200 65400 67270 69240 70100 70150 73220 76630 83143 87130 88140 97112 97214 97615"
)
SAME_CODES = frozenset(_SAME_CODES.split())

Parsed = tuple[str | None, tuple[Finding, ...]]


def parse_pivot(text: str, where: Where) -> Parsed:
    """Return a SIRET or RNA; all zeros is the national placeholder for "unknown": not told.

    A SIRET whose key is wrong and a SIREN are kept with a finding; anything else is set aside.
    """
    bare = _bare(text).upper()
    if not bare.strip("0"):
        return None, ()
    if _RNA.fullmatch(bare):
        return bare, ()
    if len(bare) == 13 and _is_digits(bare) and has_siret_key("0" + bare):
        return "0" + bare, (kinds.LEADING_ZERO.at(where, value=text, read="0" + bare),)
    if len(bare) not in {9, 14} or not _is_digits(bare):
        return None, (kinds.SIRET_INVALID.at(where, value=text),)
    if len(bare) == 9:
        return bare, (kinds.SIREN_FOR_SIRET.at(where, value=bare),)
    return bare, () if has_siret_key(bare) else (kinds.SIRET_KEY_WRONG.at(where, value=bare),)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def has_siret_key(siret: str) -> bool:
    """Say whether 14 digits bear a right key: Luhn's, or La Poste's own for its counters.

    >>> has_siret_key("13002526500013"), has_siret_key("13002526500014")
    (True, False)
    """
    if siret.startswith(_LA_POSTE) and sum(map(int, siret)) % 5 == 0:
        return True
    doubled = (int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(siret))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def parse_code_postal(text: str, where: Where) -> Parsed:
    """Return five digits; a lost leading zero is put back, and said."""
    bare = _bare(text)
    if _is_digits(bare):
        if len(bare) == 5:
            return bare, ()
        if len(bare) == 4:
            return "0" + bare, (kinds.LEADING_ZERO.at(where, value=text, read="0" + bare),)
    return None, (kinds.CODE_POSTAL_INVALID.at(where, value=text),)


def parse_code_insee(text: str, where: Where, code_postal: str | None) -> Parsed:
    """Return a commune's code; one that is the row's own code postal is set aside, and said.

    A few communes do have the same code for both: theirs is kept.
    """
    bare = _bare(text).upper()
    doubts: tuple[Finding, ...] = ()
    if len(bare) == 4 and _is_digits(bare):
        bare = "0" + bare
        doubts = (kinds.LEADING_ZERO.at(where, value=text, read=bare),)
    if not _CODE_INSEE.fullmatch(bare):
        return None, (kinds.CODE_INSEE_INVALID.at(where, value=text),)
    if bare == code_postal and bare not in SAME_CODES:
        return None, (kinds.CODE_INSEE_IS_POSTAL.at(where, value=bare),)
    return bare, doubts


def _bare(text: str) -> str:
    """Return the text without blanks and separators, nor the « .0 » that spreadsheets add."""
    return _BETWEEN_DIGITS.sub("", without_decimals(text))
