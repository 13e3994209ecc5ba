"""A month of rounds put on the ground: venues, roads, calendars and people make one problem."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.travel import Mode, TravelTimes, Trip
from maillage.access.unreached.model import NewReach, Unreached, Venue
from maillage.access.visits.school_year import in_school_holidays
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import date as french_date
from maillage.kernel.french import number
from maillage.kernel.geometry import FloatArray, Point, coordinates, distances_km
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.rounds.asked import AskedRound, AskedStop
from maillage.rounds.asked_stops import depot_place
from maillage.rounds.calendar import Ground
from maillage.rounds.contradictions import contradictions
from maillage.rounds.model import Frequency, Range, RoundProblem, RoundStop, Vehicle
from maillage.rounds.month_dates import (
    DAYS,
    HalfDays,
    first_monday,
    less,
    market_on,
    shifts_of,
    windows_on,
)
from maillage.rounds.promised import fixed_sessions, promised, told_of_venues
from maillage.territory.departements import departement
from maillage.territory.model import Territory

STOP_NEVER_OPEN = FindingKind(
    "round-stop-never-open",
    Severity.INFO,
    "L'arrêt « {value} » ne peut recevoir personne un jour de sortie : il n'est pas proposé.",
    "Vérifiez ses jours d'ouverture, le marché et les jours de sortie des véhicules.",
)
STOP_OFF_ROAD = FindingKind(
    "round-stop-off-road",
    Severity.WARNING,
    "Aucune route ne mène du dépôt à l'arrêt « {value} » : il n'est pas proposé.",
    "Vérifiez ses coordonnées.",
)
SCHOOL_CALENDAR_UNKNOWN = FindingKind(
    "round-school-calendar-unknown",
    Severity.WARNING,
    "Le calendrier scolaire n'est pas connu au {value} : aucune fermeture de vacances n'y est "
    "comptée.",
    "Vérifiez ces dates à la main, ou dites-les dans « absences ».",
)


Windows = tuple[tuple[int, tuple[Range, ...]], ...]
"""By number of date, when people may be received; a date that is not in it is closed."""


@dataclass(frozen=True, slots=True)
class RoundGround:
    """What a round stands on: the territory, who lacks what, what venues reach, the roads."""

    territory: Territory
    unreached: Unreached
    reach: NewReach
    roads: TravelTimes
    parameters: Parameters


@dataclass(frozen=True, slots=True, eq=False)
class GroundedRound:
    """A problem, the venue of each of its stops (side by side), what is doubtful, and how."""

    problem: RoundProblem
    venues: tuple[Venue, ...]
    findings: tuple[Finding, ...]
    how: tuple[str, ...]


def ground_round(
    ground: RoundGround, asked: AskedRound, service: ServiceKey, today: dt.date, *, high: bool
) -> GroundedRound:
    """Return the problem of four weeks for a service (None: any), under one bound of access.

    Raises ImpossibleDemand, with every contradiction, where the file speaks of what is not there:
    what the rest of it contradicts is told with it.
    """
    told, clauses = told_of_venues(asked, ground.reach.venues, ground.territory)
    promises, unkept = promised(asked, ground.reach.venues, told)
    clauses += unkept
    vehicles, dates, places = _vehicles(ground, asked, today, clauses)
    monday = first_monday(asked, today)
    must = {one.venue for one in promises} | {n for n, stop in told.items() if stop.forced}
    windows = [
        _windows(venue, told.get(n), asked, dates, ground.parameters)
        for n, venue in enumerate(ground.reach.venues)
    ]
    windows = [
        one if n in must else _wide(one, asked.session_minutes) for n, one in enumerate(windows)
    ]
    kept, findings, lost = _kept(ground, told, windows, places, must)
    stops = tuple(_stop(ground.reach.venues[n], windows[n], told.get(n), asked) for n in kept)
    wide = [_wide(stop.windows, asked.session_minutes) for stop in stops]
    fixed, unheld = fixed_sessions(promises, kept, vehicles, dates, monday)
    clauses += [*lost, *unheld]
    all_places = np.vstack([coordinates([_point(ground.reach.venues[n]) for n in kept]), places])
    bounds = ground.unreached.wanting(service)
    problem = RoundProblem(
        dates=dates,
        stops=stops,
        vehicles=_numbered(vehicles, len(stops)),
        minutes=_minutes(ground.roads, all_places),
        kilometres=_kilometres(all_places, ground.parameters),
        session_minutes=asked.session_minutes,
        setup_minutes=asked.setup_minutes,
        packing_minutes=asked.packing_minutes,
        reach=_reach(ground, kept, wide, dates, high=high),
        wanting=bounds.high if high else bounds.low,
        returns=returns_of(ground.parameters),
        fixed=fixed,
        most_sessions=asked.most_sessions,
        capacity=asked.capacity,
    )
    if clauses:
        raise ImpossibleDemand((*clauses, *contradictions(Ground(problem))))
    doubts = (*findings, *_calendar_doubts(asked, dates, ground.territory))
    venues = tuple(ground.reach.venues[n] for n in kept)
    return GroundedRound(problem, venues, doubts, _how(ground, asked))


def returns_of(parameters: Parameters) -> tuple[tuple[Frequency, float], ...]:
    """Return the share of the weekly good that each frequency does, the most frequent first."""
    return tuple((one, parameters.number(f"rounds.returns.{one.code}")) for one in Frequency)


# --- vehicles -----------------------------------------------------------------------------------


def _vehicles(
    ground: RoundGround, asked: AskedRound, today: dt.date, clauses: Sequence[str]
) -> tuple[tuple[Vehicle, ...], tuple[dt.date, ...], FloatArray]:
    """Return the vehicles (depots numbered from 0), the dates when one is out, the depots.

    Raises ImpossibleDemand, telling ``clauses`` too, where there are no vehicles to go on with.
    """
    monday = first_monday(asked, today)
    month = [monday + dt.timedelta(days=n) for n in range(DAYS)]
    where = departement(ground.territory.zones[0].code_insee)
    depots = [depot_place(vehicle.depot, ground.territory) for vehicle in asked.vehicles]
    missing = [words for point, words in depots if point is None]
    shifts = [
        shifts_of(one, month, where, out_in_holidays=asked.out_in_school_holidays)
        for one in asked.vehicles
    ]
    dates = tuple(sorted(set().union(*shifts)))
    if not dates:
        clause = tr("aucun véhicule ne sort dans les quatre semaines qui commencent le {day}")
        missing.append(clause.format(day=french_date(monday)))
    if missing:
        raise ImpossibleDemand((*missing, *clauses))
    points = sorted({point for point, _ in depots if point is not None})
    vehicles = tuple(
        Vehicle(
            id=f"vehicle-{n + 1}",
            name=one.name,
            depot=points.index(point),
            shifts=tuple((dates.index(day), hours) for day, hours in sorted(out.items())),
            break_minutes=one.break_minutes,
            break_window=one.break_window,
            break_after=one.break_after,
            longest_drive=one.longest_drive,
        )
        for n, (one, out, (point, _)) in enumerate(zip(asked.vehicles, shifts, depots, strict=True))
        if point is not None
    )
    return vehicles, dates, coordinates(tuple(points))


def _numbered(vehicles: Sequence[Vehicle], n_stops: int) -> tuple[Vehicle, ...]:
    """Return the vehicles, their depots numbered after the stops."""
    return tuple(replace(one, depot=one.depot + n_stops) for one in vehicles)


# --- stops --------------------------------------------------------------------------------------


def _windows(
    venue: Venue,
    told: AskedStop | None,
    asked: AskedRound,
    dates: Sequence[dt.date],
    parameters: Parameters,
) -> Windows:
    half_days = HalfDays.of(parameters)
    windows = []
    for n, day in enumerate(dates):
        free = less(windows_on(venue, told, day, half_days), market_on(venue, day, asked.markets))
        if free:
            windows.append((n, free))
    return tuple(windows)


def _wide(windows: Windows, minutes: int) -> Windows:
    """Return the windows that hold so many minutes."""
    wide = (
        (date, tuple(one for one in ranges if one.end - one.start >= minutes))
        for date, ranges in windows
    )
    return tuple(told for told in wide if told[1])


def _kept(
    ground: RoundGround,
    told: dict[int, AskedStop],
    windows: Sequence[Windows],
    depots: FloatArray,
    must: set[int],
) -> tuple[list[int], list[Finding], list[str]]:
    """Return the numbers of the venues where a vehicle may stop, and why others are left out.

    Last, what contradicts: the stops imposed to which no road leads.
    """
    venues = ground.reach.venues
    by_car = Trip(Mode.CAR)
    at = coordinates([_point(venue) for venue in venues])
    there = np.all(np.isfinite(ground.roads.matrix(depots, at, by_car)), axis=0)
    back = np.all(np.isfinite(ground.roads.matrix(at, depots, by_car)), axis=1)
    kept, findings, lost = [], [], []
    for n, venue in enumerate(venues):
        where, words = Where(subject=venue.id), f"{venue.name} ({venue.commune})"
        stop = told.get(n)
        forced = stop is not None and stop.forced
        if stop is not None and stop.forbidden:
            continue
        if not (there[n] and back[n]):
            findings.append(STOP_OFF_ROAD.at(where, value=words))
            clause = tr("{stop} est imposé, mais aucune route n'y mène").format(stop=words)
            lost += [clause] if forced else []
        elif not windows[n] and n not in must:
            findings.append(STOP_NEVER_OPEN.at(where, value=words))
        else:
            kept.append(n)
    return kept, findings, lost


def _stop(
    venue: Venue,
    windows: Windows,
    told: AskedStop | None,
    asked: AskedRound,
) -> RoundStop:
    chosen = None if told is None else told.frequencies
    return RoundStop(
        id=venue.id,
        name=venue.name,
        code_insee=venue.code_insee,
        commune=venue.commune,
        lon=venue.lon,
        lat=venue.lat,
        windows=windows,
        frequencies=chosen or asked.frequencies,
        forced=told is not None and told.forced,
        address=venue.address,
    )


# --- roads and people ---------------------------------------------------------------------------


def _point(venue: Venue) -> Point:
    return Point(venue.lon, venue.lat)


def _minutes(roads: TravelTimes, places: FloatArray) -> FloatArray:
    minutes = roads.matrix(places, places, Trip(Mode.CAR)).copy()
    np.fill_diagonal(minutes, 0.0)
    return minutes


def _kilometres(places: FloatArray, parameters: Parameters) -> FloatArray:
    kilometres: FloatArray = distances_km(places, places) * parameters.number("travel.car.detour")
    return kilometres


def _reach(
    ground: RoundGround,
    kept: Sequence[int],
    wide: Sequence[Windows],
    dates: Sequence[dt.date],
    *,
    high: bool,
) -> FloatArray:
    """Return (s, p): of the half-days when a stop may be held, the share on which a visit works."""
    half_days = HalfDays.of(ground.parameters)
    flags = ground.reach.reached.high if high else ground.reach.reached.low
    reach = np.zeros((len(wide), flags.shape[2]))
    for row, (venue, windows) in enumerate(zip(kept, wide, strict=True)):
        open_on = sorted(
            {
                half
                for date, ranges in windows
                for one in ranges
                for start in (one.start, one.end - 1)
                if (half := half_days.number(dates[date], start)) is not None
            }
        )
        if open_on:
            reach[row] = flags[open_on, venue].mean(axis=0)
    return reach


# --- words --------------------------------------------------------------------------------------


def _calendar_doubts(
    asked: AskedRound, dates: Sequence[dt.date], territory: Territory
) -> list[Finding]:
    where = departement(territory.zones[0].code_insee)
    depends = not asked.out_in_school_holidays or any(
        stop.closed_in_school_holidays for stop in asked.stops
    )
    unknown = [day for day in dates if in_school_holidays(day, where) is None]
    if not depends or not unknown:
        return []
    told = Where(subject=territory.name)
    return [SCHOOL_CALENDAR_UNKNOWN.at(told, value=french_date(unknown[0]))]


def _how(ground: RoundGround, asked: AskedRound) -> tuple[str, ...]:
    message = tr(
        "Chaque venue dure {minutes} minutes d'accueil, {setup} d'installation avant et {packing} "
        "de rangement après."
    )
    return (
        *ground.unreached.how,
        *ground.reach.how,
        tr(
            "Un arrêt compte, pour chaque habitant, la part des demi-journées où il peut être tenu "
            "et où la visite est possible."
        ),
        message.format(
            minutes=number(asked.session_minutes),
            setup=number(asked.setup_minutes),
            packing=number(asked.packing_minutes),
        ),
        ground.roads.describe((Mode.CAR,)),
        tr("Les kilomètres sont ceux du vol d'oiseau, allongés du détour habituel en voiture."),
    )
