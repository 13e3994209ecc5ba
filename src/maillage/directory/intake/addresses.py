"""Addresses told in one cell, with what does not belong to the street."""

from __future__ import annotations

import re

from maillage.kernel.words import commune_key

_OTHER = re.compile(r"\bautre adresse\s*:?", re.IGNORECASE)
_TRIMMED = " ,;-–—"


def split_address(
    text: str | None, code_postal: str | None, commune: str | None
) -> tuple[str | None, str | None]:
    """Return the street, and what follows « Autre adresse : », each on one line.

    The postal code and commune that close the cell are set aside where they are those told in
    their own columns; any others are left, for they contradict them.
    """
    if text is None:
        return None, None
    parts = _OTHER.split(text, maxsplit=1)
    lines = [_flat(line) for line in re.split(r"[\r\n\t]+", parts[0])]
    street = _without_city(", ".join(line for line in lines if line), code_postal, commune)
    return street or None, _flat(parts[1]) or None if len(parts) > 1 else None


def _flat(text: str) -> str:
    return " ".join(text.split()).strip(_TRIMMED)


def _without_city(street: str, code_postal: str | None, commune: str | None) -> str:
    if not code_postal:
        return street
    match = re.search(rf"[\s,–—-]*\b{re.escape(code_postal)}\b[\s,]*(?P<city>.*)$", street)
    if match is None or match.start() == 0:
        return street
    city = commune_key(match["city"])
    known = commune_key(commune or "")
    return _flat(street[: match.start()]) if not city or (known and known in city) else street
