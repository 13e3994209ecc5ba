"""Field by field: where each value of a merged record comes from, when, and what was set aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.directory.decisions import Decision
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.merge import MERGED_FIELDS, Rows, Why, pick
from maillage.directory.placed import Placed
from maillage.directory.presences import choices_of, presence_of
from maillage.directory.record_key import RecordKey


@dataclass(frozen=True, slots=True)
class Told:
    """What one record says of a field, and the day it says it: its own date, else its file's."""

    value: Any
    key: RecordKey
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class FieldTold:
    """The value of one field of a merged record, and what else was told.

    ``key`` and ``date`` are those of the record that gives the value; where several give theirs
    together, of the freshest, and ``together`` holds what each says. ``set_aside`` is what others
    say instead, the freshest first. ``decision`` is that of a person who chose, ``why`` the reason
    in French.
    """

    field: str
    value: Any
    key: RecordKey
    date: dt.date | None
    set_aside: tuple[Told, ...]
    why: str
    together: tuple[Told, ...] = ()
    decision: Decision | None = None


def told_fields(
    members: Sequence[Placed], decisions: Iterable[Decision] = ()
) -> tuple[FieldTold, ...]:
    """Return, for the records of one permanence, each field that one at least tells.

    In the order of the national schema, the id left out; the values are those of the merged
    record. ``decisions`` may be all that were taken.
    """
    rows = presence_of(members, choices_of(decisions)).rows
    return tuple(told for name in MERGED_FIELDS if (told := _field(rows, name)) is not None)


def _field(rows: Rows, name: str) -> FieldTold | None:
    picked = pick(rows, name)
    if not picked.givers:
        return None
    giver = picked.givers[0]
    others = [row for row in rows.fresh if row not in picked.givers]
    different = tuple(
        told for row in others if (told := _told(row, name)).value not in (None, picked.value)
    )
    if picked.value is None and not different:
        return None
    choice = rows.chosen.get(name)
    return FieldTold(
        field=name,
        value=picked.value,
        key=giver.key,
        date=_date(giver),
        set_aside=different,
        why=picked.why.label,
        together=_together(picked.givers, name) if picked.why is Why.TOGETHER else (),
        decision=choice.decision if choice else None,
    )


def _together(givers: Sequence[SourcedRecord], name: str) -> tuple[Told, ...]:
    return tuple(_told(row, name) for row in givers) if len(givers) > 1 else ()


def _told(row: SourcedRecord, name: str) -> Told:
    return Told(getattr(row.record, name), row.key, _date(row))


def _date(row: SourcedRecord) -> dt.date | None:
    return row.record.date_maj or row.vintage
