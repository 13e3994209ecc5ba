"""What is asked of a month of rounds, before any place or road is looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.kernel.geometry import Point
from maillage.kernel.parameters import Parameters
from maillage.rounds.model import Frequency, Range

PREFIX = "rounds_asked."
"""What the names of the parameters of this room begin with."""
Windows = tuple[tuple[int, tuple[Range, ...]], ...]
"""By weekday (0 = Monday), when people may be received; a weekday that is not in it is closed."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Who holds the round: the name people see, and what is told of it (None = not told)."""

    name: str
    telephone: str | None = None
    siret: str | None = None


@dataclass(frozen=True, slots=True)
class AskedDepot:
    """Where a vehicle leaves from: a point, else the town hall of a commune (name or code).

    Neither: the town hall of the most peopled commune.
    """

    commune: str | None = None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class AskedVehicle:
    """A vehicle and its crew; ``shifts`` by weekday (0 = Monday), less the dates ``away``."""

    name: str
    depot: AskedDepot
    shifts: tuple[tuple[int, Range], ...]
    away: frozenset[dt.date]
    break_minutes: int
    break_window: Range
    break_after: int
    longest_drive: int | None = None


@dataclass(frozen=True, slots=True)
class AskedMarket:
    """A weekly market takes the squares of a commune; only those of ``stops`` where some are."""

    commune: str
    weekday: int
    taken: Range
    stops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedStop:
    """What is told of a stop, known by its commune and, where it has several, by its name.

    With a point it is a stop of its own, else one of the venues of the territory. ``windows`` None
    = not told.
    """

    name: str | None
    commune: str
    point: Point | None = None
    windows: Windows | None = None
    closed_in_school_holidays: bool = False
    forced: bool = False
    forbidden: bool = False
    frequencies: tuple[Frequency, ...] | None = None


@dataclass(frozen=True, slots=True)
class AskedCommitment:
    """A session already promised; vehicle and stop by name, the stop perhaps by its commune."""

    vehicle: str
    date: dt.date
    stop: str
    received: Range


@dataclass(frozen=True, slots=True)
class AskedRound:
    """All that is asked of four weeks. ``start`` None = not told: the Monday after today.

    ``capacity``: how many people a session can receive, None = not told.
    """

    operator: Operator
    vehicles: tuple[AskedVehicle, ...]
    session_minutes: int
    setup_minutes: int
    packing_minutes: int
    frequencies: tuple[Frequency, ...] = tuple(Frequency)
    start: dt.date | None = None
    out_in_school_holidays: bool = True
    markets: tuple[AskedMarket, ...] = ()
    stops: tuple[AskedStop, ...] = ()
    commitments: tuple[AskedCommitment, ...] = ()
    most_sessions: int | None = None
    capacity: float | None = None


def default_asked(operator: Operator, parameters: Parameters) -> AskedRound:
    """Return what is asked where nobody says anything: one vehicle, at the usual hours."""
    return AskedRound(
        operator=operator,
        vehicles=(default_vehicle(operator.name, parameters),),
        session_minutes=minutes_of("session.minutes", parameters),
        setup_minutes=minutes_of("session.setup_minutes", parameters),
        packing_minutes=minutes_of("session.packing_minutes", parameters),
    )


def default_vehicle(name: str, parameters: Parameters) -> AskedVehicle:
    """Return a vehicle that leaves the most peopled commune at the usual hours."""
    hours = range_of("shift.hours", parameters)
    weekdays = parameters.numbers(PREFIX + "shift.weekdays")
    return AskedVehicle(
        name=name,
        depot=AskedDepot(),
        shifts=tuple((int(day) - 1, hours) for day in sorted(weekdays)),
        away=frozenset(),
        break_minutes=minutes_of("break.minutes", parameters),
        break_window=range_of("break.begins", parameters),
        break_after=minutes_of("break.after_minutes", parameters),
    )


def minutes_of(name: str, parameters: Parameters) -> int:
    """Return a parameter of rounds in whole minutes."""
    return int(parameters.number(PREFIX + name))


def range_of(name: str, parameters: Parameters) -> Range:
    """Return a parameter of rounds that tells a beginning and an end, in minutes of the day."""
    start, end = parameters.numbers(PREFIX + name)
    return Range(int(start), int(end))
