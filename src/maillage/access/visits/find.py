"""Which visits can be done in a week, from some homes to some places, by some means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from maillage.access.homes import Homes
from maillage.access.timetable.model import Network
from maillage.access.timetable.on_week import WeekOfNetwork, network_on
from maillage.access.timetable.weeks import any_type
from maillage.access.travel import Mode, TravelTimes
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.bounds import Bounds, bounded
from maillage.access.visits.kinds import noon_of, visit_kinds
from maillage.access.visits.model import Obstacle, VisitKind
from maillage.access.visits.school_year import in_school_holidays
from maillage.access.visits.territory_visits import (
    AskedWeek,
    Movement,
    Presences,
    WeekGround,
    week_ground,
    weeks_by_mode,
    weeks_without_car,
)
from maillage.access.visits.unknown_hours import UnknownHours, unknown_hours
from maillage.access.visits.week import VisitWeek
from maillage.access.visits.why_not import WhyNot
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress


@dataclass(frozen=True, slots=True)
class VisitMeans:
    """By what people go: streets, timetables, engines; and who goes.

    ``mode`` None: without a car, on foot and by the timetables; else by that mode alone.
    ``a_bus_is_missing``: some network that runs there has no timetable here, so that both bounds
    are given. ``departement`` tells school and public holidays.
    """

    streets: TravelTimes
    network: Network | None
    searches: Searches | None
    parameters: Parameters
    departement: str
    mode: Mode | None = None
    a_bus_is_missing: bool = False
    reduced_mobility: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """What a week without a car was searched in: kept, to be asked again with a change."""

    asked: AskedWeek
    by: Movement
    ground: WeekGround
    a_bus_is_missing: bool


@dataclass(frozen=True, slots=True, eq=False)
class VisitsFound:
    """The week of each kind of visit, from ``homes``, with on what it stands.

    ``why_not`` tells the reasons of the low bound; None by one mode, where the obstacle tells all.
    ``searched`` is None by one mode too. ``unknown_hours`` are by service, in the order of
    ``SERVICE_KEYS``.
    """

    homes: Homes
    weeks: tuple[Bounds[VisitWeek], ...]
    how: tuple[str, ...]
    findings: tuple[Finding, ...]
    why_not: WhyNot | None
    place_names: Mapping[str, str]
    searched: Searched | None
    unknown_hours: tuple[UnknownHours, ...]


def asked_week(
    homes: Homes,
    to: Presences,
    days: tuple[dt.date, ...],
    parameters: Parameters,
    kinds: tuple[VisitKind, ...] | None = None,
) -> AskedWeek:
    """Return the week asked from some homes to some places; every kind of visit, or some."""
    wanted = visit_kinds(parameters) if kinds is None else kinds
    return AskedWeek(homes.points, to, days, wanted, noon_of(parameters))


def find_visits(
    asked: AskedWeek, homes: Homes, means: VisitMeans, names: Mapping[str, str], progress: Progress
) -> VisitsFound:
    """Return which visits can be done in the week asked."""
    # 1. the timetables of that week, or of the nearest of the same type
    week = None if means.network is None else _week(means.network, asked.days[0], means.departement)
    movement = Movement(
        means.streets,
        None if week is None else week.network,
        means.searches,
        means.parameters,
        means.reduced_mobility,
    )
    findings = () if week is None else week.findings
    unknown = unknown_hours(asked.to.presences, asked.to.opened)

    # 2. the visits, by one mode or without a car
    if means.mode is not None:
        weeks = tuple(Bounds(w, w) for w in weeks_by_mode(asked, movement, means.mode))
        streets = means.streets.describe((means.mode,))
        return VisitsFound(homes, weeks, (streets, homes.said()), (), None, names, None, unknown)
    progress.step(tr("Marche vers les arrêts"))
    ground = week_ground(asked, movement)
    bounds = weeks_without_car(
        asked, movement, ground, progress, a_bus_is_missing=means.a_bus_is_missing
    )
    if means.reduced_mobility and week is not None:
        bounds = _up_to_untold_steps(bounds, asked, movement, means, progress)
    how = (
        means.streets.describe((Mode.WALK,)),
        *((tr("Aucun horaire de transport : à pied seulement."),) if week is None else week.how),
        homes.said(),
    )
    why_not = WhyNot(asked, movement, ground)
    searched = Searched(asked, movement, ground, means.a_bus_is_missing)
    return VisitsFound(homes, bounds, how, findings, why_not, names, searched, unknown)


def _up_to_untold_steps(
    told: tuple[Bounds[VisitWeek], ...],
    asked: AskedWeek,
    movement: Movement,
    means: VisitMeans,
    progress: Progress,
) -> tuple[Bounds[VisitWeek], ...]:
    """Return the bounds up to all that no publisher says has steps: most say nothing."""
    by = replace(movement, untold_is_step_free=True)
    ground = week_ground(asked, by)
    supposed = weeks_without_car(
        asked, by, ground, progress, a_bus_is_missing=means.a_bus_is_missing
    )
    return tuple(
        bounded(known.low, most.high, Obstacle.UNKNOWN_STEP_FREE)
        for known, most in zip(told, supposed, strict=True)
    )


def _week(network: Network, monday: dt.date, departement: str) -> WeekOfNetwork:
    """Return the network on the week; school and holiday days stand for their like alone."""
    same_type = partial(_same_type, departement) if departement else any_type
    return network_on(network, monday, same_type)


def _same_type(departement: str, one: dt.date, other: dt.date) -> bool:
    return in_school_holidays(one, departement) == in_school_holidays(other, departement)
