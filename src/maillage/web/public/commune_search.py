"""A commune found by its name as people write it, or by its postal code."""

from __future__ import annotations

import re
from difflib import get_close_matches

from maillage.kernel.words import commune_key
from maillage.territory.model import Zone
from maillage.web.reading.book import TerritoryBook

_MOST = 6
_POSTAL = re.compile(r"\d{5}")
_ALIKE = 0.7  # of 1: two letters that change places still meet


def communes_named(told: str, book: TerritoryBook) -> tuple[Zone, ...]:
    """Return the communes that a name may mean: that very one, else those that hold it, or nearly.

    A postal code means all those that bear it. None where nothing resembles what is told.
    """
    code = told.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if _POSTAL.fullmatch(code):
        return tuple(zone for zone in book.communes if code in zone.codes_postaux)
    key = commune_key(told)
    if not key:
        return ()
    keys = {commune_key(zone.name): zone for zone in book.communes}
    if key in keys:
        return (keys[key],)
    holding = [name for name in keys if all(word in name for word in key.split())]
    alike = holding or get_close_matches(key, keys, _MOST, _ALIKE)
    return tuple(keys[name] for name in alike[:_MOST])
