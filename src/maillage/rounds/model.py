"""A month of mobile rounds: what is asked, and the plan.

Dates are numbered from 0 in ``RoundProblem.dates``; times are minutes of the day. Places are
numbered from 0: the s stops in order of id, then the depots of the vehicles. A *session* is one
stop held by one vehicle on one date: setting up, receiving people, packing up.
"""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress

DAY_MINUTES = 1_440


class Frequency(enum.Enum):
    """How often a stop is held within four weeks."""

    WEEKLY = ("weekly", "chaque semaine", 4)
    FORTNIGHTLY = ("fortnightly", "une semaine sur deux", 2)
    MONTHLY = ("monthly", "une fois par mois", 1)

    def __init__(self, code: str, french: str, sessions: int) -> None:
        self.code = code
        self._french = french
        self.sessions = sessions

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True)
class Often:
    """How a stop is held: its frequency, and how many sessions that comes to in the month."""

    frequency: Frequency
    n_sessions: int


@dataclass(frozen=True, slots=True)
class Range:
    """Minutes of a day, ``start`` before ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RoundStop:
    """A place where a vehicle may stop.

    ``windows`` tells, by number of date, when people may be received there; a date that is not in
    it is closed (holiday, market on the square, venue shut). ``frequencies`` are those that may be
    chosen. ``forced``: it must be held. ``address`` is its street, None where it is not told.
    """

    id: str
    name: str
    code_insee: str
    commune: str
    lon: float
    lat: float
    windows: tuple[tuple[int, tuple[Range, ...]], ...]
    frequencies: tuple[Frequency, ...]
    forced: bool = False
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle with its crew.

    ``depot`` is its number among the places. ``shifts`` tells by number of date when it may be out
    of the depot; a date that is not in it is off. One break of ``break_minutes`` is taken, begun
    within ``break_window``, neither driving nor receiving, on each date when the vehicle is out
    longer than ``break_after`` minutes. ``longest_drive``: minutes of driving in one date at most.
    """

    id: str
    name: str
    depot: int
    shifts: tuple[tuple[int, Range], ...]
    break_minutes: int
    break_window: Range
    break_after: int
    longest_drive: int | None = None


@dataclass(frozen=True, slots=True)
class FixedSession:
    """A commitment: this vehicle receives at this stop from ``start`` to ``end`` that date."""

    vehicle: int
    date: int
    stop: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class RoundProblem:
    """What is asked of a month.

    ``minutes`` and ``kilometres`` (n_places, n_places) are by road, from row to column.
    ``session_minutes`` is how long people are received at each session, ``setup_minutes`` and
    ``packing_minutes`` stand before and after. ``reach`` (s, p) is the share 0-1 of those wanting
    at each point who would come to the stop; ``wanting`` (p,) people. ``returns`` is the share of
    the weekly good that a frequency does, by ``Frequency``, growing with it. A point served by two
    stops counts once, by the better. ``most_sessions`` None: as many as the shifts hold.
    ``capacity`` is how many people a session can receive (None = not told, nobody is turned away):
    where more would come in the month, all have the same chance to be received.
    """

    dates: tuple[dt.date, ...]
    stops: tuple[RoundStop, ...]
    vehicles: tuple[Vehicle, ...]
    minutes: FloatArray
    kilometres: FloatArray
    session_minutes: int
    setup_minutes: int
    packing_minutes: int
    reach: FloatArray
    wanting: FloatArray
    returns: tuple[tuple[Frequency, float], ...]
    fixed: tuple[FixedSession, ...] = ()
    most_sessions: int | None = None
    capacity: float | None = None

    def __post_init__(self) -> None:
        """Check the shapes and the numbers: ValueError. What contradicts: ``contradictions``."""
        n_places = max([len(self.stops), *(v.depot + 1 for v in self.vehicles)])
        shape = (max(n_places, len(self.minutes)),) * 2
        _refuse_bad("minutes", self.minutes, shape, infinite=True)
        _refuse_bad("kilometres", self.kilometres, shape, infinite=True)
        _refuse_bad("reach", self.reach, (len(self.stops), len(self.wanting)))
        _refuse_bad("wanting", self.wanting, self.wanting.shape[:1])
        if self.reach.size and self.reach.max() > 1:
            message = "reach must lie between 0 and 1"
            raise ValueError(message)
        _refuse_times(self)
        _refuse_numbers(self)

    def good(self, frequency: Frequency) -> float:
        """Return the share of the weekly good that a frequency does."""
        return dict(self.returns)[frequency]

    def would_come(self, stop: int, frequency: Frequency) -> float:
        """Return the people who would come to a stop in the month, were there room for all."""
        return self.good(frequency) * math.fsum(self.reach[stop] * self.wanting)

    def received(self, stop: int, often: Often) -> float:
        """Return the share 0-1 of those who would come to a stop that its sessions can receive."""
        if self.capacity is None:
            return 1.0
        come = self.would_come(stop, often.frequency)
        return min(1.0, self.capacity * often.n_sessions / come) if come > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Session:
    """People are received at a stop from ``start`` to ``end``; set-up and packing lie around it."""

    vehicle: int
    date: int
    stop: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Break:
    """The crew rests."""

    vehicle: int
    date: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """The sessions of the month in order of date, vehicle and time, and what they are worth.

    ``frequencies`` tells how often each stop held is held. ``people`` is the objective, ``bound``
    what no plan can do better than; ``proved`` where nothing separates them. ``stopped`` tells in
    a code why the search ended before ("time", "effort"), None otherwise.
    """

    sessions: tuple[Session, ...]
    breaks: tuple[Break, ...]
    frequencies: tuple[tuple[int, Frequency], ...]
    people: float
    kilometres: float
    regularity: float
    bound: float
    proved: bool
    stopped: str | None
    engine: str

    @property
    def often(self) -> dict[int, Often]:
        """How each stop is held, by number of stop."""
        counts = Counter(session.stop for session in self.sessions)
        return {stop: Often(frequency, counts[stop]) for stop, frequency in self.frequencies}

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share of the bound."""
        return 0.0 if self.bound <= 0 else max(0.0, 1 - self.people / self.bound)


class RoundSolver(Protocol):
    """What plans a month of rounds."""

    @property
    def name(self) -> str:
        """What it is, in French, as plans name it."""

    def solve(self, problem: RoundProblem, budget: Budget, progress: Progress) -> RoundPlan:
        """Return the best plan found, and a bound.

        Raises ImpossibleDemand, telling what contradicts, where no plan can be made; TooLarge,
        with an estimate, before beginning what memory cannot hold.
        """


def _refuse_bad(
    name: str, array: FloatArray, shape: tuple[int, ...], *, infinite: bool = False
) -> None:
    """Refuse what is not numbers of that shape, none negative, finite unless said."""
    if array.shape != shape:
        message = f"{name} must be {shape}, not {array.shape}"
        raise ValueError(message)
    if np.isnan(array).any() or (array < 0).any() or (not infinite and np.isinf(array).any()):
        message = f"{name} must be numbers, not negative" + ("" if infinite else ", finite")
        raise ValueError(message)


def _refuse_times(problem: RoundProblem) -> None:
    """Refuse dates out of order and times that are no minutes of a day."""
    if list(problem.dates) != sorted(set(problem.dates)):
        message = "dates must be in order, each once"
        raise ValueError(message)
    ranges = [r for stop in problem.stops for _, told in stop.windows for r in told]
    ranges += [shift for vehicle in problem.vehicles for _, shift in vehicle.shifts]
    ranges += [Range(fixed.start, fixed.end) for fixed in problem.fixed]
    if any(not 0 <= r.start < r.end <= DAY_MINUTES for r in ranges):
        message = "a window, a shift or a fixed session begins after its end, or is not of one day"
        raise ValueError(message)
    lasting = (problem.setup_minutes, problem.packing_minutes, problem.session_minutes - 1)
    if min(lasting) < 0 or any(v.break_minutes < 0 for v in problem.vehicles):
        message = "sessions must last, set-up, packing and breaks not less than nothing"
        raise ValueError(message)


def _refuse_numbers(problem: RoundProblem) -> None:
    """Refuse numbers of dates, stops, vehicles and places that are not there, or returns."""
    n_dates, n_stops = len(problem.dates), len(problem.stops)
    n_vehicles, n_places = len(problem.vehicles), len(problem.minutes)
    dated = [date for stop in problem.stops for date, _ in stop.windows]
    dated += [date for vehicle in problem.vehicles for date, _ in vehicle.shifts]
    dated += [fixed.date for fixed in problem.fixed]
    if any(not 0 <= date < n_dates for date in dated):
        message = f"a date is none of the {n_dates}"
        raise ValueError(message)
    if any(not n_stops <= vehicle.depot < n_places for vehicle in problem.vehicles):
        message = "a depot is none of the places after the stops"
        raise ValueError(message)
    if any(not (0 <= f.stop < n_stops and 0 <= f.vehicle < n_vehicles) for f in problem.fixed):
        message = "a fixed session names a stop or a vehicle that is not there"
        raise ValueError(message)
    if problem.capacity is not None and not 0 < problem.capacity < math.inf:
        message = "capacity must be more than nobody, and finite"
        raise ValueError(message)
    good = dict(problem.returns)
    steps = [0.0, *(good.get(f, math.nan) for f in reversed(Frequency)), 1.0]
    if not all(low <= high for low, high in pairwise(steps)):
        message = "returns must tell every frequency, from 0 to 1, growing with it"
        raise ValueError(message)
