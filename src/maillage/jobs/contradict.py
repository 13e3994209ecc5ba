"""What a structure writes of itself that contradicts somebody: it waits for the coordination."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from maillage.directory.by_hand import ADDRESS, BY_STRUCTURE, HANDS
from maillage.directory.provenance import FieldTold


def contradicted(
    told: Iterable[FieldTold], fields: Collection[str], on: dt.date, fresh_days: float
) -> dict[str, FieldTold]:
    """Return, of the fields to change, those that somebody else told with more right, and who.

    That is what the coordination wrote or chose, and what another source said in the last so many
    days. An address is one: it waits whole.
    """
    asked = {*fields, *(ADDRESS if set(fields) & set(ADDRESS) else ())}
    against = {
        one.field: one for one in told if one.field in asked and _stands(one, on, fresh_days)
    }
    whole = next((against[field] for field in ADDRESS if field in against), None)
    return {
        field: one
        for field in fields
        if (one := against.get(field, whole if field in ADDRESS else None)) is not None
    }


def _stands(one: FieldTold, on: dt.date, fresh_days: float) -> bool:
    if one.key.source_id == BY_STRUCTURE:
        return False
    if one.decision is not None:
        return True
    recent = one.date is not None and 0 <= (on - one.date).days <= fresh_days
    return one.key.source_id not in HANDS and recent and one.value is not None
