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
from maillage.kernel.french import listed, number
from maillage.kernel.geometry import FloatArray, Point, coordinates, distances_km
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.rounds.asked import AskedRound, AskedStop
from maillage.rounds.asked_stops import depot_place, found_stops, one_stop
from maillage.rounds.model import (
    FixedSession,
    Frequency,
    Range,
    RoundProblem,
    RoundStop,
    Vehicle,
)
from maillage.rounds.month_dates import (
    DAYS,
    HalfDays,
    first_monday,
    less,
    market_on,
    shifts_of,
    windows_on,
)
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

    Raises ImpossibleDemand, with every contradiction, where the file speaks of what is not there.
    """
    vehicles, dates, places = _vehicles(ground, asked, today)
    told, clauses = _told_of_venues(asked, ground.reach.venues)
    if clauses:
        raise ImpossibleDemand(tuple(clauses))
    windows = [
        _windows(venue, told.get(n), asked, dates, ground.parameters)
        for n, venue in enumerate(ground.reach.venues)
    ]
    promised = _promised(asked, ground.reach.venues)
    kept, findings = _kept(ground, told, windows, places, needed=set(promised))
    stops = tuple(_stop(ground.reach.venues[n], windows[n], told.get(n), asked) for n in kept)
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
        reach=_reach(ground, kept, stops, dates, high=high),
        wanting=bounds.high if high else bounds.low,
        returns=returns_of(ground.parameters),
        fixed=_fixed(asked, promised, kept, vehicles, dates),
        most_sessions=asked.most_sessions,
    )
    doubts = (*findings, *_calendar_doubts(asked, dates, ground.territory))
    venues = tuple(ground.reach.venues[n] for n in kept)
    return GroundedRound(problem, venues, doubts, _how(ground, asked))


def returns_of(parameters: Parameters) -> tuple[tuple[Frequency, float], ...]:
    """Return the share of the weekly good that each frequency does, the most frequent first."""
    return tuple((one, parameters.number(f"rounds.returns.{one.code}")) for one in Frequency)


# --- vehicles -----------------------------------------------------------------------------------


def _vehicles(
    ground: RoundGround, asked: AskedRound, today: dt.date
) -> tuple[tuple[Vehicle, ...], tuple[dt.date, ...], FloatArray]:
    """Return the vehicles (depots numbered from 0), the dates when one is out, the depots."""
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
        raise ImpossibleDemand(tuple(missing))
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


def _told_of_venues(
    asked: AskedRound, venues: Sequence[Venue]
) -> tuple[dict[int, AskedStop], list[str]]:
    """Return what the file tells of each venue (the most precise last), and contradictions."""
    told: dict[int, AskedStop] = {}
    clauses = []
    for stop in sorted(asked.stops, key=lambda s: s.name is not None):
        found = found_stops(stop, venues)
        words = stop.name or stop.commune
        if not found:
            message = tr("aucun lieu où s'arrêter n'est connu pour « {name} » ({commune})")
            clauses.append(message.format(name=words, commune=stop.commune))
        if stop.forced and len(found) > 1:
            names = listed(sorted(venues[n].name for n in found), tr("ou"))
            message = tr("l'arrêt imposé à {commune} peut être {names} : dites lequel")
            clauses.append(message.format(commune=stop.commune, names=names))
        told |= dict.fromkeys(found, stop)
    for promise in asked.commitments:
        number_of, clause = one_stop(promise.stop, venues)
        if number_of is None:
            day = french_date(promise.date)
            message = tr("l'engagement du {day} : {clause}")
            clauses.append(message.format(day=day, clause=clause))
    return told, clauses


def _windows(
    venue: Venue,
    told: AskedStop | None,
    asked: AskedRound,
    dates: Sequence[dt.date],
    parameters: Parameters,
) -> tuple[tuple[int, tuple[Range, ...]], ...]:
    half_days = HalfDays.of(parameters)
    windows = []
    for n, day in enumerate(dates):
        free = less(windows_on(venue, told, day, half_days), market_on(venue, day, asked.markets))
        wide = tuple(one for one in free if one.end - one.start >= asked.session_minutes)
        if wide:
            windows.append((n, wide))
    return tuple(windows)


def _promised(asked: AskedRound, venues: Sequence[Venue]) -> list[int]:
    numbers = [one_stop(promise.stop, venues)[0] for promise in asked.commitments]
    return [n for n in numbers if n is not None]


def _kept(
    ground: RoundGround,
    told: dict[int, AskedStop],
    windows: Sequence[tuple[tuple[int, tuple[Range, ...]], ...]],
    depots: FloatArray,
    needed: set[int],
) -> tuple[list[int], list[Finding]]:
    """Return the numbers of the venues where a vehicle may stop, and why others are left out."""
    venues = ground.reach.venues
    by_car = Trip(Mode.CAR)
    at = coordinates([_point(venue) for venue in venues])
    there = np.all(np.isfinite(ground.roads.matrix(depots, at, by_car)), axis=0)
    back = np.all(np.isfinite(ground.roads.matrix(at, depots, by_car)), axis=1)
    kept, findings = [], []
    for n, venue in enumerate(venues):
        where, words = Where(subject=venue.id), f"{venue.name} ({venue.commune})"
        stop = told.get(n)
        forced = n in needed or (stop is not None and stop.forced)
        if stop is not None and stop.forbidden and n not in needed:
            continue
        if not (there[n] and back[n]):
            findings.append(STOP_OFF_ROAD.at(where, value=words))
        elif not windows[n] and not forced:
            findings.append(STOP_NEVER_OPEN.at(where, value=words))
        else:
            kept.append(n)
    return kept, findings


def _stop(
    venue: Venue,
    windows: tuple[tuple[int, tuple[Range, ...]], ...],
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
    )


def _fixed(
    asked: AskedRound,
    promised: Sequence[int],
    kept: Sequence[int],
    vehicles: Sequence[Vehicle],
    dates: Sequence[dt.date],
) -> tuple[FixedSession, ...]:
    names = [vehicle.name for vehicle in vehicles]
    fixed, clauses = [], []
    for promise, venue in zip(asked.commitments, promised, strict=True):
        day = french_date(promise.date)
        if promise.date not in dates:
            message = tr("l'engagement du {day} à {stop} : aucun véhicule ne sort ce jour-là")
            clauses.append(message.format(day=day, stop=promise.stop))
        elif venue not in kept:
            message = tr("l'engagement du {day} à {stop} : aucune route n'y mène")
            clauses.append(message.format(day=day, stop=promise.stop))
        else:
            vehicle, stop = names.index(promise.vehicle), kept.index(venue)
            times = promise.received
            fixed.append(
                FixedSession(vehicle, dates.index(promise.date), stop, times.start, times.end)
            )
    if clauses:
        raise ImpossibleDemand(tuple(clauses))
    return tuple(sorted(fixed, key=lambda f: (f.date, f.vehicle, f.start, f.stop)))


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
    stops: Sequence[RoundStop],
    dates: Sequence[dt.date],
    *,
    high: bool,
) -> FloatArray:
    """Return (s, p): of the half-days when a stop may be held, the share on which a visit works."""
    half_days = HalfDays.of(ground.parameters)
    flags = ground.reach.reached.high if high else ground.reach.reached.low
    reach = np.zeros((len(stops), flags.shape[2]))
    for row, (venue, stop) in enumerate(zip(kept, stops, strict=True)):
        open_on = sorted(
            {
                half
                for date, ranges in stop.windows
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
