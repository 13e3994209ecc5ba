"""A typed record → the 32 columns of the national schema."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from maillage.kernel.findings import Finding, Where
from maillage.standard import mednum
from maillage.standard.findings import FIELD_NOT_VALID, REQUIRED_MISSING
from maillage.standard.record import MednumRecord
from maillage.standard.words import Word


def write_record(record: MednumRecord) -> dict[str, str]:
    """Return the 32 columns in the official order, as text of a CSV cell.

    None and an empty list are both "": the schema cannot tell "not told" from "none". A pivot that
    nobody knows is the national placeholder of 14 zeros. Words are spelt as the schema's patterns
    want them (``mednum.spelling``). Nothing is invented: what is missing stays empty.
    """
    cells = {name: _text(getattr(record, name)) for name in mednum.COLUMNS}
    cells["pivot"] = cells["pivot"] or mednum.UNKNOWN_PIVOT
    return cells


def missing_required(record: MednumRecord) -> tuple[Finding, ...]:
    """Return what keeps a record out of a valid national file; empty = its row is valid.

    One finding for each required field that is empty, and each value that the schema's pattern or
    length refuses, in the order of the columns.
    """
    cells = write_record(record)
    where = Where(source=record.source, subject=record.id)
    found = (_fault(field, cells[field.name], where.on(field.name)) for field in mednum.FIELDS)
    return tuple(fault for fault in found if fault is not None)


def _fault(field: mednum.Field, text: str, where: Where) -> Finding | None:
    if not text:
        return REQUIRED_MISSING.at(where, field=field.name) if field.required else None
    too_long = field.max_length is not None and len(text) > field.max_length
    if too_long or (field.pattern is not None and not re.match(field.pattern, text)):
        return FIELD_NOT_VALID.at(where, value=text, field=field.name)
    return None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return mednum.SEPARATOR.join(_text(part) for part in value)
    if isinstance(value, Word):
        return mednum.spelling(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")  # every digit, never an exponent
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
