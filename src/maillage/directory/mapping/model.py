"""A mapping: which columns of a file tell which field, and what their words mean."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from maillage.kernel.findings import Finding
from maillage.standard import mednum
from maillage.standard.aliases import FIELD_OF

PUBLICS_ACCUEILLIS = "publics_accueillis"
"""The older field of 2022, where a place listed every public that it could welcome."""

FIELDS: tuple[str, ...] = (*mednum.COLUMNS, PUBLICS_ACCUEILLIS)
CLOSED: frozenset[str] = frozenset({*FIELD_OF.values(), PUBLICS_ACCUEILLIS})
"""The fields whose words are those of a closed national list."""

LISTS: frozenset[str] = CLOSED | {f.name for f in mednum.FIELDS if f.multi}
"""The fields that hold several values: all their columns are read, not the first told."""

DAYS: tuple[str, ...] = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


class Part(enum.Enum):
    """A part of « 8 rue de la Boétie - 33000 Bordeaux »; its value is the field it gives."""

    STREET = "adresse"
    POSTAL = "code_postal"
    COMMUNE = "commune"


Words = tuple[str, ...]


def _no_words() -> Mapping[str, Words]:
    return MappingProxyType({})


def _no_days() -> Mapping[int, Words]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is told.

    ``columns``: the first told one is read; all are, for a field that holds several values, or
    where ``join`` is the sign that joins them. ``split`` are the signs that part the values of a
    cell. ``values`` gives national words for what is found (none: it is dropped); what is found is
    compared by ``kernel.words.plain``. ``if_yes`` gives the words that a column adds where it says
    yes. ``part`` is what is taken of a cell that tells a whole address. ``days`` gives, by weekday
    (0 = Monday), the columns of its hours.
    """

    columns: tuple[str, ...] = ()
    join: str | None = None
    split: tuple[str, ...] = ()
    values: Mapping[str, Words] = field(default_factory=_no_words)
    if_yes: Mapping[str, Words] = field(default_factory=_no_words)
    part: Part | None = None
    days: Mapping[int, Words] = field(default_factory=_no_days)

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Every column that the rule reads, once, in the order in which it names them."""
        by_day = [name for day in sorted(self.days) for name in self.days[day]]
        return tuple(dict.fromkeys((*self.columns, *self.if_yes, *by_day)))


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How the rows of one kind of file are read.

    ``source`` names who collected the file: it is told as each record's source where no column
    does. ``columns`` are those of the file that the mapping was made for, ``rules`` go by field.
    """

    source: str
    columns: tuple[str, ...]
    rules: Mapping[str, FieldRule]

    @property
    def mapped(self) -> frozenset[str]:
        """The columns that some rule reads."""
        return frozenset(name for rule in self.rules.values() for name in rule.all_columns)


class Confidence(enum.Enum):
    """How sure a proposed rule is; members are ordered from most to least."""

    SURE = "sûr"
    PROBABLE = "probable"
    DOUBTFUL = "douteux"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed rule: how sure, why (in French), some of what it reads, and the other columns.

    ``rivals`` could feed the field too; ``wordless`` are the values without a national word, with
    how many times each stands in the file.
    """

    field: str
    rule: FieldRule
    confidence: Confidence
    reason: str
    examples: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    wordless: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The mapping proposed for a file, field by field, with what is doubtful in it.

    ``unmapped`` are the columns that no field reads though they tell something; ``empty`` those
    that no row tells.
    """

    mapping: FileMapping
    fields: tuple[Proposed, ...]
    doubts: tuple[Finding, ...]
    unmapped: tuple[str, ...]
    empty: tuple[str, ...]
