"""The département that a French code stands in."""

from __future__ import annotations

_OVERSEAS = ("97", "98")


def departement(code: str) -> str:
    """Return the département that an INSEE or postal code begins with.

    Two signs, three overseas; Corsica is 2A or 2B by INSEE code, 20 by postal code.

    >>> departement("62119"), departement("2A004"), departement("97411")
    ('62', '2A', '974')
    """
    return code[:3] if code.startswith(_OVERSEAS) else code[:2]
