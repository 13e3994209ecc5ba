"""Whole addresses in one cell: the street, the postal code and the commune, told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping

from maillage.directory.mapping.model import Part

# Five digits after these are a post box, not a postal code.
_CODE = re.compile(r"(?<![\w.])(?<!BP )(?<!CS )(?<!TSA )(?<!B\.P\. )(\d{2} ?\d{3})(?![\w.]|,\d)")
_END = re.compile(r"(?:[\s,–—-]+(?:cedex\b(?:\s*\d{1,2})?|france))+\s*$", re.IGNORECASE)
_TRIMMED = " ,;-–—\t\r\n"


def whole_address(text: str) -> Mapping[Part, str]:
    """Return the parts of an address that are told; without a postal code all of it is the street.

    >>> whole_address("8 rue de la Boétie - 33000 Bordeaux")[Part.COMMUNE]
    'Bordeaux'
    >>> whole_address("BP 40177 - 49300 CHOLET CEDEX")[Part.STREET]
    'BP 40177'
    """
    flat = ", ".join(line.strip(_TRIMMED) for line in text.splitlines() if line.strip(_TRIMMED))
    codes = [match for match in _CODE.finditer(flat) if _is_postal(match, flat)]
    if not codes:
        return {Part.STREET: flat} if flat else {}
    code = codes[-1]
    told = {
        Part.STREET: flat[: code.start()].strip(_TRIMMED),
        Part.POSTAL: code[1].replace(" ", ""),
        Part.COMMUNE: _END.sub("", flat[code.end() :].strip(_TRIMMED)).strip(_TRIMMED),
    }
    return {part: words for part, words in told.items() if words}


def _is_postal(match: re.Match[str], text: str) -> bool:
    """Whether five digits can be a postal code: a number before a way's name is a house's."""
    code = match[1].replace(" ", "")
    after = text[match.end() :].strip(_TRIMMED)
    return "01" <= code[:2] <= "98" and not re.match(
        r"(?:rue|avenue|route|chemin)\b", after.lower()
    )
