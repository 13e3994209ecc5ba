"""Every visit of a week: which homes can make which visits, by which means.

Three ways to ask it: *without a car* (on foot and by the timetables at hand), *by one mode* that
leaves at any time (walking, bicycle, car), and, where a network's timetable is missing, without a
car again but with a bus supposed at any time: the high bound.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.journeys.footpaths import OnFoot, footpaths, on_foot, walks_to_stops
from maillage.access.journeys.model import DayTimetable, Walks
from maillage.access.matrix import walks_of
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.model import IntArray, Network
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.access.visits.all_visits import (
    AskedDay,
    AskedPlace,
    Searches,
    Transport,
    all_visits,
)
from maillage.access.visits.any_time import at_any_time, whole_seconds
from maillage.access.visits.bounds import Bounds, bounded, slow_bus_minutes
from maillage.access.visits.model import OpeningOn, RoundTrips, Starts, VisitKind
from maillage.access.visits.round_trips import NEVER, Terms
from maillage.access.visits.starts import starts
from maillage.access.visits.week import DayVisits, Presence, VisitWeek, WeekSums
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress


@dataclass(frozen=True, slots=True, eq=False)
class Presences:
    """What visits are made to: where each lieu stands, when each permanence opens on each day.

    ``places`` gives by lieu (2,) lon/lat degrees, ``opened`` by permanence one opening a day.
    """

    presences: tuple[Presence, ...]
    places: Mapping[str, FloatArray]
    opened: Mapping[str, Sequence[OpeningOn]]


@dataclass(frozen=True, slots=True, eq=False)
class AskedWeek:
    """What is asked: (n, 2) homes in lon/lat degrees, what they go to, on which days, what for.

    ``noon`` is the minute that cuts half-days.
    """

    homes: FloatArray
    to: Presences
    days: tuple[dt.date, ...]
    kinds: tuple[VisitKind, ...]
    noon: int


@dataclass(frozen=True, slots=True)
class Movement:
    """By what people move: streets, timetables if there are any, and the engines that search them.

    ``network`` is told on the days asked. ``reduced_mobility``: step-free stops and vehicles only,
    a slower and shorter walk; with ``untold_is_step_free``, those too of which nothing is told.
    """

    streets: TravelTimes
    network: Network | None
    searches: Searches | None
    parameters: Parameters
    reduced_mobility: bool = False
    untold_is_step_free: bool = False

    @property
    def walking(self) -> OnFoot:
        """How one walks."""
        return on_foot(self.parameters, reduced_mobility=self.reduced_mobility)


@dataclass(frozen=True, slots=True, eq=False)
class _Lieu:
    """One lieu of the week: its presences by number, and the days asked of each by kind."""

    id: str
    presences: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Bus:
    """A bus supposed at any time: (n, m) seconds out and back, walking where that is sooner."""

    out: IntArray
    back: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """One visit, the number of its kind, and whether a bus is supposed in it."""

    visit: DayVisits
    kind: int
    by_bus: bool


@dataclass(frozen=True, slots=True, eq=False)
class WeekGround:
    """A week made ready: the m lieux in order of id, walks all the way, and what runs.

    ``out`` and ``back`` are the (n, m) seconds of walking all the way. ``transport`` is None where
    no timetable is at hand; ``numbers`` gives the number of each day's timetable in it, ``near``
    the walks of the lieux to stops.
    """

    lieu_ids: tuple[str, ...]
    places: FloatArray
    out: IntArray
    back: IntArray
    transport: Transport | None
    numbers: Mapping[dt.date, int]
    near: Walks | None


def week_ground(asked: AskedWeek, by: Movement) -> WeekGround:
    """Return the walks and the timetables that all visits of a week are made with."""
    ids, places = _places(asked)
    out, back = _walks_both_ways(asked, by, places)
    if by.network is None or by.searches is None:
        return WeekGround(ids, places, out, back, None, {}, None)
    transport, numbers = _transport(asked, by, by.network)
    near = walks_to_stops(places, by.network.stops.places, by.streets, by.walking)
    return WeekGround(ids, places, out, back, transport, numbers, near)


def ground_without_lines(
    asked: AskedWeek, by: Movement, ground: WeekGround, line_ids: frozenset[str]
) -> WeekGround:
    """Return the same ground without some lines, its walks kept; itself where none of them runs."""
    if ground.transport is None or by.network is None:
        return ground
    days, numbers = _days(asked, by, by.network, line_ids)
    if _hops(days, numbers) == _hops(ground.transport.days, ground.numbers):
        return ground
    return replace(ground, transport=replace(ground.transport, days=days), numbers=numbers)


def weeks_without_car(
    asked: AskedWeek,
    by: Movement,
    ground: WeekGround,
    progress: Progress,
    *,
    a_bus_is_missing: bool,
) -> tuple[Bounds[VisitWeek], ...]:
    """Return, by kind of visit, the week on foot and by the timetables at hand.

    Where ``a_bus_is_missing`` the high bound supposes one, as a slow car; else both bounds are one.
    """
    low, high = _sums(asked), _sums(asked)
    bus = _slow_bus(asked, by, ground) if a_bus_is_missing else None
    for one in _without_car(asked, by, (ground, bus), progress):
        (high if one.by_bus else low)[one.kind].add(one.visit)
    weeks = [sums.week() for sums in low]
    if bus is None:
        return tuple(Bounds(week, week) for week in weeks)
    return tuple(bounded(week, best.week()) for week, best in zip(weeks, high, strict=True))


def weeks_by_mode(asked: AskedWeek, by: Movement, mode: Mode) -> tuple[VisitWeek, ...]:
    """Return, by kind of visit, the week by a mode that leaves at any time.

    Who walks all the way walks at the pace, and no farther than, of ``by.walking``.
    """
    sums = _sums(asked)
    ids, places = _places(asked)
    if mode is Mode.WALK:
        out, back = _walks_both_ways(asked, by, places)
    else:
        out, back = _seconds_both_ways(by.streets, asked.homes, places, mode)
    for at, lieu in enumerate(_lieux(asked, ids)):
        for one in _at_any_time(asked, lieu, (out[:, at], back[:, at]), by_bus=False):
            sums[one.kind].add(one.visit)
    return tuple(one.week() for one in sums)


def _sums(asked: AskedWeek) -> list[WeekSums]:
    n_homes, presences = len(asked.homes), asked.to.presences
    return [WeekSums(n_homes, kind, asked.days, presences) for kind in asked.kinds]


def _without_car(
    asked: AskedWeek, by: Movement, means: tuple[WeekGround, _Bus | None], progress: Progress
) -> Iterator[_Counted]:
    """Give every visit by the ``means`` at hand and, if one is supposed, those with a bus too."""
    ground, bus = means
    lieux = _lieux(asked, ground.lieu_ids)
    if ground.transport is None or ground.near is None or by.searches is None:
        progress.step(tr("Visites possibles à pied"), len(lieux))
        for at, lieu in enumerate(lieux):
            yield from _at_any_time(asked, lieu, (ground.out[:, at], ground.back[:, at]))
            if bus is not None:
                ways = bus.out[:, at], bus.back[:, at]
                yield from _at_any_time(asked, lieu, ways, by_bus=True)
            progress.advance()
        return
    todo = [
        AskedPlace(
            walks_of(ground.near, at),
            ground.out[:, at],
            ground.back[:, at],
            tuple(_days_of_lieu(asked, lieu, ground, by_bus=bus is not None)),
            None if bus is None else (bus.out[:, at], bus.back[:, at]),
        )
        for at, lieu in enumerate(lieux)
    ]
    found = all_visits(by.searches, ground.transport, todo, progress)
    for lieu, place, trips in zip(lieux, todo, found, strict=True):
        yield from _counted(asked, lieu, place, trips)


def _days_of_lieu(
    asked: AskedWeek, lieu: _Lieu, ground: WeekGround, *, by_bus: bool
) -> Iterator[AskedDay]:
    for supposing in (False, True) if by_bus else (False,):
        for kind in asked.kinds:
            for _, opening in _asked_days(asked, lieu):
                yield AskedDay(
                    ground.numbers[opening.date],
                    starts(opening, kind, asked.noon),
                    Terms.of(kind),
                    supposing,
                )


def _counted(
    asked: AskedWeek, lieu: _Lieu, place: AskedPlace, trips: Sequence[RoundTrips]
) -> Iterator[_Counted]:
    days = _asked_days(asked, lieu)
    for position, (day, found) in enumerate(zip(place.days, trips, strict=True)):
        kind, which = divmod(position, len(days))
        presence, opening = days[which]
        visit = _visit(presence, opening, day.starts, found)
        yield _Counted(visit, kind % len(asked.kinds), day.supposing)


def _at_any_time(
    asked: AskedWeek, lieu: _Lieu, ways: tuple[IntArray, IntArray], *, by_bus: bool = False
) -> Iterator[_Counted]:
    for number, kind in enumerate(asked.kinds):
        for presence, opening in _asked_days(asked, lieu):
            begin = starts(opening, kind, asked.noon)
            trips = at_any_time(*ways, begin, Terms.of(kind))
            yield _Counted(_visit(presence, opening, begin, trips), number, by_bus)


def _visit(presence: int, opening: OpeningOn, begin: Starts, trips: RoundTrips) -> DayVisits:
    return DayVisits(presence, opening, begin, trips if len(begin.earliest) else None)


def _slow_bus(asked: AskedWeek, by: Movement, ground: WeekGround) -> _Bus:
    """Return the ways by a bus supposed at any time, or on foot where that is sooner."""
    out, back = _minutes_both_ways(by.streets, asked.homes, ground.places, Mode.CAR)
    ridden = (whole_seconds(slow_bus_minutes(way, by.parameters)) for way in (out, back))
    return _Bus(
        *(np.minimum(way, w) for way, w in zip(ridden, (ground.out, ground.back), strict=True))
    )


def _walks_both_ways(
    asked: AskedWeek, by: Movement, places: FloatArray
) -> tuple[IntArray, IntArray]:
    """Return the seconds of walking all the way, NEVER where it is farther than one walks."""
    out, back = _minutes_both_ways(by.streets, asked.homes, places, Mode.WALK)
    walking = by.walking
    walks = (whole_seconds(way * walking.pace) for way in (out, back))
    there, home = (np.where(way <= walking.all_the_way, way, NEVER) for way in walks)
    return there.astype(np.int32), home.astype(np.int32)


def _seconds_both_ways(
    streets: TravelTimes, homes: FloatArray, places: FloatArray, mode: Mode
) -> tuple[IntArray, IntArray]:
    out, back = _minutes_both_ways(streets, homes, places, mode)
    return whole_seconds(out), whole_seconds(back)


def _minutes_both_ways(
    streets: TravelTimes, homes: FloatArray, places: FloatArray, mode: Mode
) -> tuple[FloatArray, FloatArray]:
    """Return the (n, m) minutes from the homes to the places, and home again."""
    there = streets.matrix(homes, places, Trip(mode))
    return there, streets.matrix(places, homes, Trip(mode)).T


def _transport(
    asked: AskedWeek, by: Movement, network: Network
) -> tuple[Transport, dict[dt.date, int]]:
    """Return what runs, days that are alike told once, and the number of each day's timetable."""
    days, numbers = _days(asked, by, network, frozenset())
    between = footpaths(network.stops, network.transfers, by.streets, by.walking)
    homes = walks_to_stops(asked.homes, network.stops.places, by.streets, by.walking)
    return Transport(days, between, homes), numbers


def _days(
    asked: AskedWeek, by: Movement, network: Network, without_lines: frozenset[str]
) -> tuple[tuple[DayTimetable, ...], dict[dt.date, int]]:
    """Return the timetables, days that are alike told once, and the number of each day's."""
    known: dict[bytes, int] = {}
    days: list[DayTimetable] = []
    numbers: dict[dt.date, int] = {}
    for date in asked.days:
        day = day_timetable(
            network,
            date,
            only_step_free=by.reduced_mobility,
            untold_is_step_free=by.untold_is_step_free,
            without_lines=without_lines,
        )
        key = day.calls.tobytes() + day.departures.tobytes()
        if key not in known:
            known[key] = len(days)
            days.append(day)
        numbers[date] = known[key]
    return tuple(days), numbers


def _hops(days: Sequence[DayTimetable], numbers: Mapping[dt.date, int]) -> int:
    return sum(len(days[number].calls) for number in numbers.values())


def _places(asked: AskedWeek) -> tuple[tuple[str, ...], FloatArray]:
    """Return the lieux that presences stand at, in order of id, and their (m, 2) points."""
    ids = tuple(sorted({presence.lieu_id for presence in asked.to.presences}))
    points = np.array([asked.to.places[one] for one in ids], dtype=np.float64).reshape(-1, 2)
    return ids, points


def _lieux(asked: AskedWeek, ids: Sequence[str]) -> tuple[_Lieu, ...]:
    held: dict[str, list[int]] = {one: [] for one in ids}
    for number, presence in enumerate(asked.to.presences):
        held[presence.lieu_id].append(number)
    return tuple(_Lieu(one, tuple(numbers)) for one, numbers in held.items())


def _asked_days(asked: AskedWeek, lieu: _Lieu) -> list[tuple[int, OpeningOn]]:
    return [
        (number, opening)
        for number in lieu.presences
        for opening in asked.to.opened[asked.to.presences[number].permanence_id]
    ]
