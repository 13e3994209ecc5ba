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
from maillage.access.timetable.uncertain import has_uncertain
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.access.visits.all_visits import (
    AskedDay,
    AskedPlace,
    Searches,
    Transport,
    all_visits,
)
from maillage.access.visits.any_time import at_any_time, minutes_both_ways, whole_seconds
from maillage.access.visits.bounds import Bounds, bounded
from maillage.access.visits.model import Obstacle, OpeningOn, RoundTrips, Starts, VisitKind
from maillage.access.visits.round_trips import NEVER, Terms
from maillage.access.visits.starts import starts
from maillage.access.visits.supposed_bus import SupposedBus, ToStops, supposed_bus
from maillage.access.visits.week import DayVisits, Presence, VisitWeek
from maillage.access.visits.week_sums import WeekSums
from maillage.directory.week import ALL_DAY
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
class CountedVisit:
    """One visit, the number of its kind, and whether a bus is supposed in it."""

    visit: DayVisits
    kind: int
    by_bus: bool


@dataclass(frozen=True, slots=True, eq=False)
class WeekGround:
    """A week made ready: the m lieux in order of id, walks all the way, and what runs.

    ``out`` and ``back`` are the (n, m) seconds of walking all the way. ``transport`` is None where
    no timetable is at hand; ``numbers`` gives the number of each day's timetable in it, ``near``
    the walks of the lieux to stops. ``untold`` is the same ground with what may run too: uncertain
    calls and, for who climbs no step, what tells nothing of its steps; None where there is none.
    """

    lieu_ids: tuple[str, ...]
    places: FloatArray
    out: IntArray
    back: IntArray
    transport: Transport | None
    numbers: Mapping[dt.date, int]
    near: Walks | None
    untold: WeekGround | None = None


def week_ground(asked: AskedWeek, by: Movement) -> WeekGround:
    """Return the walks and the timetables that all visits of a week are made with."""
    ids, places = _places(asked)
    out, back = walks_both_ways(asked.homes, by, places)
    if by.network is None or by.searches is None:
        return WeekGround(ids, places, out, back, None, {}, None)
    transport, numbers = _transport(asked, by, by.network)
    near = walks_to_stops(places, by.network.stops.places, by.streets, by.walking)
    ground = WeekGround(ids, places, out, back, transport, numbers, near)
    if not by.reduced_mobility and not has_uncertain(by.network):
        return ground
    days, numbers = _days(asked, by, frozenset(), at_most=True)
    untold = replace(ground, transport=replace(transport, days=days), numbers=numbers)
    return replace(ground, untold=untold)


def ground_without_lines(
    asked: AskedWeek, by: Movement, ground: WeekGround, line_ids: frozenset[str]
) -> WeekGround:
    """Return the same ground without some lines, its walks kept; itself where none of them runs."""
    told = _without_lines(asked, by, ground, line_ids, at_most=False)
    if ground.untold is None:
        return told
    untold = _without_lines(asked, by, ground.untold, line_ids, at_most=True)
    if told is ground and untold is ground.untold:
        return ground
    return replace(told, untold=untold)


def _without_lines(
    asked: AskedWeek, by: Movement, ground: WeekGround, line_ids: frozenset[str], *, at_most: bool
) -> WeekGround:
    if ground.transport is None or by.network is None:
        return ground
    days, numbers = _days(asked, by, line_ids, at_most=at_most)
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

    Where ``a_bus_is_missing`` the high bound supposes one, as a slow car; it counts what is to be
    booked and, for who climbs no step, what tells nothing of its steps; else both bounds are one.
    """
    told = _between_bounds(asked, by, ground, progress, a_bus_is_missing=a_bus_is_missing)
    if ground.untold is None:
        return told
    most = _between_bounds(asked, by, ground.untold, progress, a_bus_is_missing=a_bus_is_missing)
    unknown = Obstacle.UNKNOWN_TIMETABLE if a_bus_is_missing else Obstacle.ON_REQUEST
    unknown = Obstacle.UNKNOWN_STEP_FREE if by.reduced_mobility else unknown
    return tuple(
        bounded(known.low, best.high, unknown) for known, best in zip(told, most, strict=True)
    )


def _between_bounds(
    asked: AskedWeek,
    by: Movement,
    ground: WeekGround,
    progress: Progress,
    *,
    a_bus_is_missing: bool,
) -> tuple[Bounds[VisitWeek], ...]:
    """Return the week by what one ground runs, and with a bus supposed where one is missing."""
    low, high = _sums(asked), _sums(asked)
    bus = bus_of_week(asked, by, ground) if a_bus_is_missing else None
    for one in each_visit(asked, by, (ground, bus), progress):
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
        out, back = walks_both_ways(asked.homes, by, places)
    else:
        ways = minutes_both_ways(by.streets, asked.homes, places, Trip(mode))
        out, back = (whole_seconds(way) for way in ways)
    for at, presences in enumerate(presences_by_lieu(asked, ids)):
        for one in visits_at_any_time(asked, presences, (out[:, at], back[:, at]), by_bus=False):
            sums[one.kind].add(one.visit)
    return tuple(one.week() for one in sums)


def _sums(asked: AskedWeek) -> list[WeekSums]:
    n_homes, presences = len(asked.homes), asked.to.presences
    return [WeekSums(n_homes, kind, asked.days, presences) for kind in asked.kinds]


def each_visit(
    asked: AskedWeek, by: Movement, means: tuple[WeekGround, SupposedBus | None], progress: Progress
) -> Iterator[CountedVisit]:
    """Give every visit by the ``means`` at hand and, if one is supposed, those with a bus too."""
    ground, bus = means
    lieux = presences_by_lieu(asked, ground.lieu_ids)
    if ground.transport is None or ground.near is None or by.searches is None:
        progress.step(tr("Visites possibles à pied"), len(lieux))
        for at, presences in enumerate(lieux):
            yield from visits_at_any_time(asked, presences, (ground.out[:, at], ground.back[:, at]))
            if bus is not None:
                ways = bus.out[:, at], bus.back[:, at]
                yield from visits_at_any_time(asked, presences, ways, by_bus=True)
            progress.advance()
        return
    todo = [
        AskedPlace(
            walks_of(ground.near, at),
            ground.out[:, at],
            ground.back[:, at],
            tuple(_days_of_lieu(asked, presences, ground, by_bus=bus is not None)),
            None if bus is None else bus.of_lieu(at),
        )
        for at, presences in enumerate(lieux)
    ]
    transport = ground.transport
    if bus is not None:
        transport = replace(transport, homes_supposed=bus.homes)
    found = all_visits(by.searches, transport, todo, progress)
    for presences, place, trips in zip(lieux, todo, found, strict=True):
        yield from _counted(asked, presences, place, trips)


def _days_of_lieu(
    asked: AskedWeek, presences: Sequence[int], ground: WeekGround, *, by_bus: bool
) -> Iterator[AskedDay]:
    for supposing in (False, True) if by_bus else (False,):
        for kind in asked.kinds:
            for _, opening in _asked_days(asked, presences):
                yield AskedDay(
                    ground.numbers[opening.date],
                    visit_windows(opening, kind, asked.noon),
                    Terms.of(kind),
                    supposing,
                )


def _counted(
    asked: AskedWeek, presences: Sequence[int], place: AskedPlace, trips: Sequence[RoundTrips]
) -> Iterator[CountedVisit]:
    days = _asked_days(asked, presences)
    for position, (day, found) in enumerate(zip(place.days, trips, strict=True)):
        kind, which = divmod(position, len(days))
        presence, opening = days[which]
        visit = _visit(presence, opening, day.starts, found)
        yield CountedVisit(visit, kind % len(asked.kinds), day.supposing)


def visits_at_any_time(
    asked: AskedWeek,
    presences: Sequence[int],
    ways: tuple[IntArray, IntArray],
    *,
    by_bus: bool = False,
) -> Iterator[CountedVisit]:
    """Give every visit of one lieu by (n,) seconds out and back, that no timetable hinders."""
    for number, kind in enumerate(asked.kinds):
        known: dict[bytes, RoundTrips] = {}
        for presence, opening in _asked_days(asked, presences):
            begin = visit_windows(opening, kind, asked.noon)
            if begin.key not in known:
                known[begin.key] = at_any_time(*ways, begin, Terms.of(kind))
            visit = _visit(presence, opening, begin, known[begin.key])
            yield CountedVisit(visit, number, by_bus)


def visit_windows(opening: OpeningOn, kind: VisitKind, noon: int) -> Starts:
    """Return when a visit may begin; at any time of the day where nothing is known of the hours.

    Such a visit is never counted: it tells whether the hours alone stand in the way.
    """
    known = opening.certainty is not None
    return starts(opening if known else replace(opening, ranges=(ALL_DAY,)), kind, noon)


def _visit(presence: int, opening: OpeningOn, begin: Starts, trips: RoundTrips) -> DayVisits:
    return DayVisits(presence, opening, begin, trips if len(begin.earliest) else None)


def bus_of_week(asked: AskedWeek, by: Movement, ground: WeekGround) -> SupposedBus:
    """Return the ways by a bus supposed at any time, of a week made ready."""
    known = None
    if by.network is not None and ground.transport is not None and ground.near is not None:
        known = ToStops(by.network.stops.places, ground.transport.homes, ground.near)
    ends, on_foot = (asked.homes, ground.places), (ground.out, ground.back)
    return supposed_bus(ends, on_foot, known, by.streets, by.parameters)


def walks_both_ways(
    homes: FloatArray, by: Movement, places: FloatArray
) -> tuple[IntArray, IntArray]:
    """Return the seconds of walking all the way, NEVER where it is farther than one walks."""
    trip = Trip(Mode.WALK, step_free=by.walking.step_free)
    out, back = minutes_both_ways(by.streets, homes, places, trip)
    walking = by.walking
    walks = (whole_seconds(way * walking.pace) for way in (out, back))
    there, home = (np.where(way <= walking.all_the_way, way, NEVER) for way in walks)
    return there.astype(np.int32), home.astype(np.int32)


def _transport(
    asked: AskedWeek, by: Movement, network: Network
) -> tuple[Transport, dict[dt.date, int]]:
    """Return what runs, days that are alike told once, and the number of each day's timetable."""
    days, numbers = _days(asked, by, frozenset(), at_most=False)
    between = footpaths(network.stops, network.transfers, by.streets, by.walking)
    homes = walks_to_stops(asked.homes, network.stops.places, by.streets, by.walking)
    return Transport(days, between, homes), numbers


def _days(
    asked: AskedWeek, by: Movement, without_lines: frozenset[str], *, at_most: bool
) -> tuple[tuple[DayTimetable, ...], dict[dt.date, int]]:
    """Return the timetables, days that are alike told once, and the number of each day's."""
    known: dict[bytes, int] = {}
    days: list[DayTimetable] = []
    numbers: dict[dt.date, int] = {}
    if by.network is None:
        return (), {}
    for date in asked.days:
        day = day_timetable(
            by.network,
            date,
            only_step_free=by.reduced_mobility,
            untold_is_step_free=at_most or by.untold_is_step_free,
            uncertain_too=at_most,
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


def presences_by_lieu(asked: AskedWeek, ids: Sequence[str]) -> tuple[Sequence[int], ...]:
    """Return the numbers of the presences of each lieu, in the order of the ids."""
    held: dict[str, list[int]] = {one: [] for one in ids}
    for number, presence in enumerate(asked.to.presences):
        held[presence.lieu_id].append(number)
    return tuple(held.values())


def _asked_days(asked: AskedWeek, presences: Sequence[int]) -> list[tuple[int, OpeningOn]]:
    return [
        (number, opening)
        for number in presences
        for opening in asked.to.opened[asked.to.presences[number].permanence_id]
    ]
