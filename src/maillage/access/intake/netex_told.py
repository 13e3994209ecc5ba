"""What a NeTEx publication tells, thing by thing, before anything is put together.

Times are seconds from the midnight that begins the service day, None where not told; refs are ids,
"" where not told. A thing told twice with the same id is told once if both say the same.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Spot:
    """A quay, a stop place or a scheduled stop point. ``place`` is lon/lat degrees.

    ``step_free``: 1 yes, 0 no, -1 not told.
    """

    name: str
    place: tuple[float, float] | None
    parent: str
    step_free: int
    is_quay: bool


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line; ``mode`` is NeTEx's word (bus, rail…); ``colour`` six digits or None."""

    short_name: str
    long_name: str
    mode: str
    operator: str
    colour: str | None
    step_free: int


@dataclass(frozen=True, slots=True)
class PatternPoint:
    """A point of a journey pattern; ``stop`` is "" where it only times the run."""

    id: str
    stop: str
    boards: bool
    alights: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """The points that runs pass, in order."""

    route: str
    line: str
    display: str
    points: tuple[PatternPoint, ...]


@dataclass(frozen=True, slots=True)
class Passing:
    """When a run passes a point; ``point`` is the id of a pattern's point, "" = by its rank."""

    point: str
    arrival: int | None
    departure: int | None


@dataclass(frozen=True, slots=True)
class Frequency:
    """Runs at intervals: first and last departures, and seconds between (3,600 if hourly).

    ``keeps_minutes``: the runs leave at the minutes of the model run, whatever the hour.
    """

    first: int | None
    last: int | None
    every: int | None
    keeps_minutes: bool
    journeys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Days told by their bits from a first one."""

    first: dt.date
    last: dt.date | None
    bits: str


@dataclass(frozen=True, slots=True)
class JourneyTold:
    """A run of a vehicle, or the model of several where ``is_model``.

    ``points`` stand here only where the run tells its own (calls) instead of a pattern's.
    """

    pattern: str
    line: str
    operator: str
    mode: str
    display: str
    day_types: tuple[str, ...]
    conditions: tuple[str | Condition, ...]
    passings: tuple[Passing, ...]
    points: tuple[PatternPoint, ...]
    step_free: int
    is_model: bool
    frequencies: tuple[str | Frequency, ...]
    on_demand: bool


@dataclass(frozen=True, slots=True)
class DayType:
    """A kind of day: its weekdays (0 Monday; None = all), and whether more is asked of it."""

    weekdays: frozenset[int] | None
    asks_more: bool


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both in; ``bits`` tells which of them, "" = all."""

    first: dt.date
    last: dt.date | None
    bits: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A day, or a period (by its id, or told here), given to a kind of day or taken from it."""

    day_type: str
    date: dt.date | None
    day: str
    period: str | Period
    runs: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A walk between two spots (or scheduled stop points) that the publisher tells of."""

    origin: str
    destination: str
    seconds: int
    both_ways: bool


class Table(Generic[_T]):
    """Things by id, whatever the order they came in: of two that differ the later version stays."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[tuple[int, str], _T]] = {}
        self.contradicted: set[str] = set()

    def put(self, key: str, version: str, told: _T) -> None:
        """Hold what is told of ``key``; if it was told otherwise, mark it as contradicted."""
        new = (_rank(version), told)
        old = self._told.get(key)
        if old is None:
            self._told[key] = new
        elif old[1] != told:
            self.contradicted.add(key)
            self._told[key] = max(old, new, key=lambda it: (it[0], repr(it[1])))
        elif new[0] > old[0]:
            self._told[key] = new

    def get(self, key: str) -> _T | None:
        """Return what is told of ``key``, None if nothing is."""
        found = self._told.get(key)
        return None if found is None else found[1]

    def items(self) -> Iterator[tuple[str, _T]]:
        """Give ids and what is told of them, in order of ids."""
        for key in sorted(self._told):
            yield key, self._told[key][1]

    def __len__(self) -> int:
        return len(self._told)

    def __contains__(self, key: str) -> bool:
        return key in self._told


def _rank(version: str) -> tuple[int, str]:
    return (int(version), "") if version.isdecimal() and len(version) < 18 else (-1, version)


class Faults:
    """What could not be read as it is written, by kind of fault: where, and what was seen."""

    def __init__(self) -> None:
        self._seen: dict[str, set[tuple[str, str]]] = {}

    def add(self, kind: str, subject: str, value: str = "") -> None:
        """Hold one more fault of that kind, once for a subject and value."""
        self._seen.setdefault(kind, set()).add((subject, value))

    def of(self, kind: str) -> list[tuple[str, str]]:
        """Return the subjects and values of a kind of fault, in order."""
        return sorted(self._seen.get(kind, ()))


@dataclass(slots=True)
class Told:
    """All that a publication tells."""

    spots: Table[Spot] = field(default_factory=Table)
    holders: dict[str, set[str]] = field(default_factory=dict)  # of a quay, the places listing it
    scheduled: Table[Spot] = field(default_factory=Table)
    assigned: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    lines: Table[LineTold] = field(default_factory=Table)
    operators: Table[str] = field(default_factory=Table)
    displays: Table[str] = field(default_factory=Table)
    routes: Table[str] = field(default_factory=Table)
    patterns: Table[Pattern] = field(default_factory=Table)
    journeys: Table[JourneyTold] = field(default_factory=Table)
    frequencies: Table[Frequency] = field(default_factory=Table)
    conditions: Table[Condition] = field(default_factory=Table)
    day_types: Table[DayType] = field(default_factory=Table)
    periods: Table[Period] = field(default_factory=Table)
    days: Table[dt.date] = field(default_factory=Table)
    assignments: set[Assignment] = field(default_factory=set)
    changes: set[Change] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)
    published: set[str] = field(default_factory=set)
    profiles: set[str] = field(default_factory=set)  # other than that of France
    unread: Counter[str] = field(default_factory=Counter)
    without_id: Counter[str] = field(default_factory=Counter)
    faults: Faults = field(default_factory=Faults)

    def tables(self) -> tuple[Table[object], ...]:
        """Return every table, for what is asked of them all."""
        named = (getattr(self, name) for name in self.__slots__)
        return tuple(it for it in named if isinstance(it, Table))
