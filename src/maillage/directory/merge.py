"""Several rows about one thing become one record, field by field, and each field says by whom."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from maillage.directory.decisions import Decision
from maillage.directory.hours import tells_only_saturday
from maillage.directory.intake.records import SourcedRecord
from maillage.standard.record import MednumRecord
from maillage.standard.words import Word

_ADDRESS = ("commune", "code_postal", "code_insee", "adresse", "complement_adresse")
_POINT = ("latitude", "longitude")
MERGED_FIELDS = tuple(f.name for f in dataclasses.fields(MednumRecord) if f.name != "id")


class Why(enum.Enum):
    """Why a merged field has the value it has."""

    DECIDED = ("decided", "choisie par une personne")
    ALONE = ("alone", "seule fiche")
    FRESHEST = ("freshest", "dite le plus récemment")
    TOGETHER = ("together", "réunie de toutes les fiches")
    ADDRESS = ("address", "prise avec toute l'adresse, sur la fiche récente qui la situe")
    WHOLE_WEEK = ("whole-week", "semaine entière, préférée au seul samedi")
    LATEST = ("latest", "la plus récente des dates")
    UNTOLD = ("untold", "non dite")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Choice:
    """The row that a person chose for a field, and the decision that says so."""

    sourced: SourcedRecord
    decision: Decision


@dataclass(frozen=True, slots=True)
class Rows:
    """What a record is merged from: at least one row, the freshest first.

    The address comes from ``place`` and the coordinates from ``spot``, both whole, so that no
    address is made of two. ``chosen`` holds the fields that people chose.
    """

    fresh: tuple[SourcedRecord, ...]
    place: SourcedRecord
    spot: SourcedRecord
    chosen: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pick:
    """The value of one merged field, the rows that give it, the freshest first, and why these."""

    value: Any
    givers: tuple[SourcedRecord, ...]
    why: Why


def freshest_first(records: Iterable[SourcedRecord]) -> list[SourcedRecord]:
    """Return the records from the latest told to the oldest, those of no known age last."""
    ordered = sorted(records, key=lambda r: r.order)
    dated = [r for r in ordered if r.record.date_maj or r.vintage]
    undated = [r for r in ordered if not (r.record.date_maj or r.vintage)]
    return [*reversed(dated), *undated]


def chosen_with(name: str) -> tuple[str, ...]:
    """Return the fields that are chosen together: an address and a point are never of two rows."""
    return next((whole for whole in (_ADDRESS, _POINT) if name in whole), (name,))


def merge(rows: Rows, record_id: str) -> MednumRecord:
    """Return one record made of several: each field as ``pick`` says."""
    return MednumRecord(record_id, **{name: pick(rows, name).value for name in MERGED_FIELDS})


def pick(rows: Rows, name: str) -> Pick:
    """Return the value of a field, and who gives it.

    What a person chose wins. Else of a field with one value the freshest told wins, but for hours
    of Saturday alone: those yield to any others, for they are what is left of lost ones. Values of
    a field with several are put together. The date is the latest told; nothing is told that no row
    told.
    """
    if name in rows.chosen:
        choice = rows.chosen[name]
        return Pick(getattr(choice.sourced.record, name), (choice.sourced,), Why.DECIDED)
    if name in _ADDRESS or name in _POINT:
        row = rows.place if name in _ADDRESS else rows.spot
        return Pick(getattr(row.record, name), (row,), _why(rows, Why.ADDRESS))
    told = [row for row in rows.fresh if getattr(row.record, name) is not None]
    if name == "horaires":
        told = [row for row in told if row.record.horaires]
    if not told:
        return Pick(None, (), Why.UNTOLD)
    if name == "date_maj":
        latest = max(told, key=lambda row: row.record.date_maj or row.told_on)
        return Pick(latest.record.date_maj, (latest,), _why(rows, Why.LATEST))
    if name == "horaires":
        return _hours(rows, told)
    return _freshest(rows, name, told)


def _why(rows: Rows, why: Why) -> Why:
    return why if len(rows.fresh) > 1 else Why.ALONE


def _hours(rows: Rows, told: Sequence[SourcedRecord]) -> Pick:
    whole = min(told, key=lambda row: tells_only_saturday(row.record.horaires or ""))
    why = Why.FRESHEST if whole is told[0] else Why.WHOLE_WEEK
    return Pick(whole.record.horaires, (whole,), _why(rows, why))


def _freshest(rows: Rows, name: str, told: Sequence[SourcedRecord]) -> Pick:
    values = [getattr(row.record, name) for row in told]
    if not isinstance(values[0], tuple):
        return Pick(values[0], (told[0],), _why(rows, Why.FRESHEST))
    together = tuple(dict.fromkeys(item for value in values for item in value))
    if all(isinstance(item, Word) for item in together):
        together = tuple(sorted(together, key=_rank))
    return Pick(together, tuple(told), _why(rows, Why.TOGETHER))


def _rank(word: Word) -> int:
    """Return the place of a word in its vocabulary."""
    return _ranks(type(word))[word.name]


@cache
def _ranks(vocabulary: type[Word]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(vocabulary.__members__)}
