"""Several rows about one thing become one record, field by field."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from maillage.directory.hours import tells_only_saturday
from maillage.directory.intake.records import SourcedRecord
from maillage.standard.record import MednumRecord
from maillage.standard.words import Word

_ADDRESS = ("commune", "code_postal", "code_insee", "adresse", "complement_adresse")
_POINT = ("latitude", "longitude")
_APART = {"id", "date_maj", "horaires", *_ADDRESS, *_POINT}


def freshest_first(records: Iterable[SourcedRecord]) -> list[SourcedRecord]:
    """Return the records from the latest told to the oldest, those of no known age last."""
    ordered = sorted(records, key=lambda r: r.order)
    dated = [r for r in ordered if r.record.date_maj or r.vintage]
    undated = [r for r in ordered if not (r.record.date_maj or r.vintage)]
    return [*reversed(dated), *undated]


def merge(records: Sequence[SourcedRecord], record_id: str, place: SourcedRecord) -> MednumRecord:
    """Return one record made of several, at least one.

    Of a field with one value the freshest told wins, but for hours of Saturday alone: those yield
    to any others, for they are what is left of lost ones. Values of a field with several are put
    together. The address comes whole from ``place``, so that no address is made of two; the date
    is the latest told; nothing is told that no row told.
    """
    fresh = [sourced.record for sourced in freshest_first(records)]
    values: dict[str, Any] = {"id": record_id}
    for field in dataclasses.fields(MednumRecord):
        if field.name not in _APART:
            values[field.name] = _one([getattr(r, field.name) for r in fresh])
    for name in (*_ADDRESS, *_POINT):
        values[name] = getattr(place.record, name)
    hours = [r.horaires for r in fresh if r.horaires]
    values["horaires"] = min(hours, key=tells_only_saturday, default=None)
    values["date_maj"] = max((r.date_maj for r in fresh if r.date_maj), default=None)
    return MednumRecord(**values)


def _rank(word: Word) -> int:
    """Return the place of a word in its vocabulary."""
    return list(type(word)).index(word)


def _one(values: Sequence[Any]) -> Any:  # noqa: ANN401 - fields of many types
    told = [value for value in values if value is not None]
    if not told:
        return None
    if not isinstance(told[0], tuple):
        return told[0]
    together = dict.fromkeys(item for value in told for item in value)
    if all(isinstance(item, Word) for item in together):
        return tuple(sorted(together, key=_rank))
    return tuple(together)
