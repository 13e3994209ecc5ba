"""Which visits can be done in a week, from some homes to some places, by some means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from maillage.access.homes import Homes
from maillage.access.timetable.local_lines import local_lines_run
from maillage.access.timetable.model import Network
from maillage.access.timetable.on_week import WeekOfNetwork, network_on
from maillage.access.timetable.uncertain import has_uncertain
from maillage.access.timetable.weeks import Likeness, SameType
from maillage.access.travel import Mode, TravelTimes
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.bounds import Bounds, bus_supposed
from maillage.access.visits.kinds import noon_of, visit_kinds
from maillage.access.visits.model import VisitKind
from maillage.access.visits.public_holidays import is_public_holiday
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
from maillage.kernel.geometry import FloatArray
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
class ReadyWeek:
    """A week made ready, on what it stands (French sentences), and what is doubtful in it."""

    searched: Searched
    how: tuple[str, ...]
    findings: tuple[Finding, ...]


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
    unknown = unknown_hours(asked.to.presences, asked.to.opened)

    # by one mode: no timetable
    if means.mode is not None:
        by = Movement(means.streets, None, None, means.parameters, means.reduced_mobility)
        weeks = tuple(Bounds(w, w) for w in weeks_by_mode(asked, by, means.mode))
        streets = means.streets.describe((means.mode,))
        return VisitsFound(homes, weeks, (streets, homes.said()), (), None, names, None, unknown)

    # without a car
    ready = ready_week(asked, means, progress)
    one = ready.searched
    bounds = weeks_without_car(
        asked, one.by, one.ground, progress, a_bus_is_missing=one.a_bus_is_missing
    )
    how, why_not = (*ready.how, homes.said()), WhyNot(asked, one.by, one.ground)
    return VisitsFound(homes, bounds, how, ready.findings, why_not, names, one, unknown)


def ready_week(asked: AskedWeek, means: VisitMeans, progress: Progress) -> ReadyWeek:
    """Return all that the visits of a week without a car are searched in, nothing searched yet.

    Timetables are those of that week, or of the nearest of the same type.
    """
    week = None if means.network is None else _week(means.network, asked.days[0], means)
    movement = Movement(
        means.streets,
        None if week is None else week.network,
        means.searches,
        means.parameters,
        means.reduced_mobility,
    )
    progress.step(tr("Marche vers les arrêts"))
    missing = means.a_bus_is_missing or (week is not None and week.is_unknown)
    searched = Searched(asked, movement, week_ground(asked, movement), missing)
    how = (means.streets.describe((Mode.WALK,)), *_how(week, means))
    return ReadyWeek(searched, how, () if week is None else week.findings)


def _how(week: WeekOfNetwork | None, means: VisitMeans) -> Iterator[str]:
    """Give what is said of the timetables, and of a bus supposed for want of a week of theirs."""
    if week is None:
        yield tr("Aucun horaire de transport : à pied seulement.")
        return
    yield from week.how
    if has_uncertain(week.network):
        yield tr(
            "Borne haute : aussi les courses à la demande, à réserver, et celles qui passent sans "
            "heures sûres à de longs intervalles."
        )
    if week.is_unknown and not means.a_bus_is_missing:
        yield bus_supposed(means.parameters)


def _week(network: Network, monday: dt.date, means: VisitMeans) -> WeekOfNetwork:
    """Return the network on the week, each feed in the week that stands for it."""
    return network_on(network, monday, means.parameters, same_type_of(means.departement))


def local_network_is_missing(
    network: Network | None,
    monday: dt.date,
    zones: FloatArray,
    parameters: Parameters,
    departement: str,
) -> bool:
    """Tell whether no timetable at hand is that of the buses which run near the zones that week.

    ``zones`` (n, 2) lon/lat degrees. Trains alone, or a coach that passes, are no local network.
    """
    if network is None:
        return True
    week = network_on(network, monday, parameters, same_type_of(departement))
    days = [monday + dt.timedelta(days=n) for n in range(7)]
    return not local_lines_run(week.network, days, zones, parameters)


def same_type_of(departement: str) -> SameType:
    """Return when two days are alike: school and holiday days stand for their like alone.

    A public holiday never stands for another day. Where the département is not told ("") public
    holidays are those of the whole country, school holidays not known.
    """
    return partial(_likeness, departement)


def _likeness(departement: str, one: dt.date, other: dt.date) -> Likeness:
    off, other_off = (is_public_holiday(day, departement) for day in (one, other))
    if off != other_off:
        return Likeness.NEVER if other_off else Likeness.UNLIKE
    if off:
        return Likeness.ALIKE
    school, other_school = (in_school_holidays(day, departement) for day in (one, other))
    if school is None or other_school is None:
        return Likeness.UNTOLD
    return Likeness.ALIKE if school == other_school else Likeness.UNLIKE
