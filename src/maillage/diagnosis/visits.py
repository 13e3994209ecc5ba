"""Who can visit which service without a car: half-days a week, and what stands in the way.

Homes, street times and openings are made ready once; the week of the report is searched whole, all
that is told beside it (the other week, other visits, modes, lines, suppositions) for its half-days
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from maillage.access.catchment import measure_catchments
from maillage.access.homes import Homes, KnownHomes, homes_of
from maillage.access.model import Catchment, ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.remembered import Remembered
from maillage.access.timetable.model import Network
from maillage.access.travel import Mode, TravelTimes
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.bounds import Bounds, bus_supposed
from maillage.access.visits.calendar import TypicalWeek, typical_weeks
from maillage.access.visits.equity import measure_visit_equity
from maillage.access.visits.find import (
    ReadyWeek,
    VisitMeans,
    asked_week,
    local_network_is_missing,
    ready_week,
)
from maillage.access.visits.half_days import HalfDaySearch, half_days_by_mode
from maillage.access.visits.hours_supply import hours_supply
from maillage.access.visits.kinds import visit_kind, visit_kinds
from maillage.access.visits.losses import Residents
from maillage.access.visits.measure import Shortfall, measure_bottlenecks, measure_shortfalls
from maillage.access.visits.model import Certainty, Obstacle
from maillage.access.visits.of_directory import presences_of
from maillage.access.visits.territory_visits import Presences, WeekGround, weeks_without_car
from maillage.access.visits.unknown_hours import to_call_first, unknown_hours
from maillage.access.visits.variants import (
    ShareRange,
    VariantShortfalls,
    journey_variants,
    share_ranges,
    shifted_kinds,
    variant_shortfalls,
)
from maillage.access.visits.week import CountsHalfDays, HalfDays, VisitWeek
from maillage.diagnosis.visits_by_zone import (
    felt_losses,
    half_days_by_zone,
    hidden_told,
    obstacles_by_zone,
    people_of_lieux,
)
from maillage.diagnosis.visits_lines import line_ends
from maillage.diagnosis.visits_model import (
    KindShares,
    LineEnds,
    ModeShares,
    OtherWeek,
    VisitsWithoutCar,
)
from maillage.directory.model import Directory
from maillage.kernel.errors import ParameterError
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import coordinates
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.territory.departements import departement
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory

_FEWER_THAN = (1, 2)
"""No half-day at all, and fewer than two: one alone leaves no choice."""
_OTHER_MODES = (Mode.BICYCLE, Mode.CAR)


@dataclass(frozen=True, slots=True)
class Journeys:
    """By what people without a car go: streets, the timetables at hand, engines, progress.

    ``known_homes`` are where the people of some zones are known to live, by id of zone;
    ``findings`` what is doubtful in the timetables and the homes.
    """

    streets: TravelTimes
    network: Network | None
    searches: Searches | None
    progress: Progress
    known_homes: Mapping[str, KnownHomes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Asking:
    """What every search of one diagnosis shares."""

    territory: Territory
    directory: Directory
    homes: Homes
    means: VisitMeans
    progress: Progress

    @property
    def parameters(self) -> Parameters:
        """The dated parameters."""
        return self.means.parameters

    @property
    def residents(self) -> Residents:
        """Who lives where."""
        return Residents(self.homes.people, self.homes.fragile)

    def shortfalls(
        self, week: Bounds[HalfDays], services: Sequence[ServiceKey] = SERVICE_KEYS
    ) -> tuple[Shortfall, ...]:
        """Return who falls short of some services in a week."""
        people, fragile = self.homes.people, self.homes.fragile
        every = measure_shortfalls(week, people, fragile, _FEWER_THAN)
        return tuple(one for one in every if one.service in services)

    def ready(self, week: TypicalWeek) -> tuple[Presences, ReadyWeek]:
        """Return what opens in a week, and the week made ready for the visit of the report."""
        to = presences_of(self.directory, week.days, self.parameters)
        kind = visit_kind(str(self.parameters["diagnosis.visits.kind"].value), self.parameters)
        asked = asked_week(self.homes, to, week.days, self.parameters, (kind,))
        return to, ready_week(asked, self.means, self.progress)


def visits_without_car(
    territory: Territory,
    directory: Directory,
    people: FragilePeople,
    journeys: Journeys | None,
    parameters: Parameters,
) -> tuple[VisitsWithoutCar | None, tuple[Finding, ...]]:
    """Return what people can visit in the next school and holiday weeks, and what was doubtful.

    Where no bus calls in the territory, its network's timetable is missing: figures have bounds.
    Without ``journeys`` nothing is told.
    """
    if journeys is None:
        return None, ()
    where = departement(territory.zones[0].code_insee)
    weeks, doubts = typical_weeks(parameters.on, where)
    spread = parameters.replaced(
        "quality.dependence.points_per_zone", parameters.number("visits.homes.points_per_zone")
    )
    points = coordinates(tuple(zone.point for zone in territory.zones))
    means = VisitMeans(
        streets=Remembered(journeys.streets),
        network=journeys.network,
        searches=journeys.searches,
        parameters=parameters,
        departement=where,
        a_bus_is_missing=local_network_is_missing(
            journeys.network, weeks[0].monday, points, parameters, where
        ),
    )
    homes = homes_of(territory, people, spread, journeys.known_homes)
    asking = _Asking(territory, directory, homes, means, journeys.progress)
    to, ready = asking.ready(weeks[0])
    measured, told = _measured(asking, weeks, to, ready)
    findings = (*journeys.findings, *doubts, *ready.findings, *told)
    return measured, tuple(dict.fromkeys(findings))


@dataclass(frozen=True, slots=True, eq=False)
class _Searched:
    """The week of the report, whole and by its bounds, and what its journeys told beside it.

    ``by_kind`` are the half-days of each kind of visit; ``shifted`` who falls short as told, and
    if the day or the time one bears shifts; ``search`` finds half-days again without some lines.
    """

    week: VisitWeek
    found: Bounds[HalfDays]
    by_kind: tuple[Bounds[HalfDays], ...]
    shifted: tuple[VariantShortfalls, ...]
    search: HalfDaySearch


def _measured(
    asking: _Asking, weeks: tuple[TypicalWeek, ...], to: Presences, ready: ReadyWeek
) -> tuple[VisitsWithoutCar, tuple[Finding, ...]]:
    homes, at = asking.homes, _searched(asking, ready)
    low, high = at.found.low, at.found.high
    unknown = unknown_hours(to.presences, to.opened)
    served = people_of_lieux(at.week, homes)
    other, told = _other_week(asking, weeks, (to, ready), at.found)
    measured = VisitsWithoutCar(
        week=weeks[0],
        kind=at.week.kind,
        bus_is_missing=ready.searched.a_bus_is_missing,
        shortfalls=asking.shortfalls(at.found),
        bottlenecks=measure_bottlenecks(at.week, homes.people),
        obstacles=obstacles_by_zone(at.week, homes),
        equity=Bounds(*(measure_visit_equity(one, to.presences, homes) for one in (low, high))),
        losses=felt_losses(at.week, asking.residents),
        half_days=half_days_by_zone(low, high, homes),
        unknown_hours=unknown,
        call_first=to_call_first(unknown[SERVICE_KEYS.index(None)].lieu_ids, served),
        kinds=tuple(
            KindShares(one.low.kind, asking.shortfalls(one, (None,))) for one in at.by_kind
        ),
        by_mode=tuple(_by_mode(asking, ready)),
        other_week=other,
        lines=_lines(asking, ready, at.search),
        ranges=_ranges(asking, ready, at.shifted),
        hours=tuple(_shared_hours(asking, to)),
        how=tuple(_how(asking, ready)),
    )
    return measured, told


def _searched(asking: _Asking, ready: ReadyWeek) -> _Searched:
    """Search the week: every kind of visit and of shift at once, that of the report whole."""
    searched = ready.searched
    (kind,) = searched.asked.kinds
    kinds, shifts = visit_kinds(asking.parameters), shifted_kinds((kind,), asking.parameters)
    every = dict.fromkeys((kind, *kinds, *(shifted for _, (shifted,) in shifts)))
    wanted = replace(searched, asked=replace(searched.asked, kinds=tuple(every)))
    search = HalfDaySearch(wanted, asking.progress)
    counted = dict(zip(every, search.found, strict=True))
    found = counted[kind]
    return _Searched(
        week=_whole_week(asking, ready, found.high),
        found=found,
        by_kind=tuple(counted[one] for one in kinds),
        shifted=tuple(
            variant_shortfalls(variant, (counted[one],), asking.residents, _FEWER_THAN)
            for variant, (one,) in shifts
        ),
        search=search.of_kind(kind),
    )


def _whole_week(asking: _Asking, ready: ReadyWeek, high: CountsHalfDays) -> VisitWeek:
    """Return the week of the report by what runs for sure, and what only the bounds hide."""
    searched = ready.searched
    ground = replace(searched.ground, untold=None)
    (week,) = weeks_without_car(
        searched.asked, searched.by, ground, asking.progress, a_bus_is_missing=False
    )
    unknown = Obstacle.UNKNOWN_TIMETABLE if searched.a_bus_is_missing else Obstacle.ON_REQUEST
    return hidden_told(week.low, high, unknown)


def _lines(asking: _Asking, ready: ReadyWeek, search: HalfDaySearch) -> LineEnds | None:
    at_most = round(asking.parameters.number("diagnosis.visits.lines_at_most"))
    where = asking.territory, at_most
    return line_ends(ready.searched, search, asking.residents, where, asking.progress)


def _other_week(
    asking: _Asking,
    weeks: tuple[TypicalWeek, ...],
    first: tuple[Presences, ReadyWeek],
    found: Bounds[HalfDays],
) -> tuple[OtherWeek | None, tuple[Finding, ...]]:
    """Return the second week, and what is doubtful in it; None where only one week is known."""
    if len(weeks) < 2:
        return None, ()
    to, ready = asking.ready(weeks[1])
    same_hours = _hours(to) == _hours(first[0])
    before, after = first[1].searched, ready.searched
    same_runs = _runs(before.ground) == _runs(after.ground)
    same_runs = same_runs and before.a_bus_is_missing == after.a_bus_is_missing
    half_days = found
    if not (same_hours and same_runs):
        (half_days,) = HalfDaySearch(after, asking.progress).found
    other = OtherWeek(
        week=weeks[1],
        same_hours=same_hours,
        same_timetable=same_runs,
        has_timetable=after.by.network is not None,
        bus_is_missing=after.a_bus_is_missing,
        shortfalls=asking.shortfalls(half_days),
        half_days=half_days_by_zone(half_days.low, half_days.high, asking.homes),
        how=ready.how[1:],
    )
    return other, ready.findings


def _hours(to: Presences) -> list[object]:
    """Return what opens on each day of a week, whatever its dates."""
    return [
        (one.permanence_id, [(day.ranges, day.certainty) for day in to.opened[one.permanence_id]])
        for one in to.presences
    ]


def _runs(ground: WeekGround) -> list[bytes]:
    """Return what runs on each day of a week, whatever its dates; what may run too."""
    if ground.transport is None:
        return []
    days = [ground.transport.days[number] for _, number in sorted(ground.numbers.items())]
    told = [day.calls.tobytes() + day.departures.tobytes() for day in days]
    return told if ground.untold is None else [*told, *_runs(ground.untold)]


def _by_mode(asking: _Asking, ready: ReadyWeek) -> Iterator[ModeShares]:
    for mode in _OTHER_MODES:
        (one,) = half_days_by_mode(ready.searched.asked, ready.searched.by, mode)
        shares = asking.shortfalls(Bounds(one, one))
        yield ModeShares(mode, asking.means.streets.describe((mode,)), shares)


def _ranges(
    asking: _Asking, ready: ReadyWeek, shifted: Sequence[VariantShortfalls]
) -> tuple[ShareRange, ...]:
    """Return between what the shares of any service stand, by what is supposed of people."""
    moved = journey_variants(ready.searched, asking.residents, _FEWER_THAN, asking.progress)
    return tuple(one for one in share_ranges((*shifted, *moved)) if one.service is None)


def _shared_hours(asking: _Asking, to: Presences) -> Iterator[Catchment]:
    """Give the opening hours of a week, certain and possible, shared by those who reach them."""
    by = {mode.code: mode for mode in Mode}
    told = asking.parameters["access.catchment.modes"].value
    modes = [by[str(code)] for code in (told if isinstance(told, tuple | list) else (told,))]
    if not modes:
        raise ParameterError(tr("« access.catchment.modes » ne dit aucun mode."))
    for certainty in (Certainty.CERTAIN, Certainty.POSSIBLE):
        yield from measure_catchments(
            asking.territory,
            asking.directory,
            asking.means.streets,
            asking.parameters,
            modes[0],
            hours_supply(to, certainty),
        )


def _how(asking: _Asking, ready: ReadyWeek) -> Iterator[str]:
    yield from ready.how
    yield asking.homes.said()
    if asking.means.a_bus_is_missing:
        yield tr(
            "Aucun horaire de bus du territoire n'est là : être desservi sans voiture est inconnu, "
            "pas impossible. Borne basse : à pied et par les horaires connus."
        )
        yield bus_supposed(asking.parameters)
