"""The sheet of one person: the best visit on the days asked, the next ones, or why there is none.

What is told comes before what is supposed: a visit at known hours is chosen over a shorter one at
usual hours, and stops told to be step-free over those of which nothing is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.on_week import WeekOfNetwork, network_on_weeks
from maillage.access.timetable.uncertain import has_uncertain
from maillage.access.travel import Mode, Trip
from maillage.access.visits.any_time import minutes_both_ways, whole_seconds
from maillage.access.visits.find import VisitMeans, same_type_of
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn, VisitKind
from maillage.access.visits.one_home import Direct, visits_of_home
from maillage.access.visits.public_holidays import is_public_holiday
from maillage.access.visits.sheet import (
    Check,
    JourneySheet,
    NoVisit,
    OtherVisit,
    SheetPlace,
    SheetVisit,
)
from maillage.access.visits.sheet_ways import Pace, WayFinder
from maillage.access.visits.starts import starts
from maillage.access.visits.territory_visits import (
    AskedWeek,
    Movement,
    Presences,
    WeekGround,
    week_ground,
    weeks_without_car,
)
from maillage.access.visits.week import CERTAINTIES, DayVisits, VisitWeek
from maillage.access.visits.week_sums import visit_week
from maillage.access.visits.why_not import WhyNot
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress

_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True, eq=False)
class SheetAsked:
    """What is asked: from one (2,) lon/lat home, to what, on which days, what for.

    ``to`` is opened on each of ``days``, in order; the first ``n_wanted`` are those asked, the
    others those looked at if they are missed. ``places`` tells the lieux by id.
    """

    home: FloatArray
    to: Presences
    days: tuple[dt.date, ...]
    n_wanted: int
    kind: VisitKind
    service: ServiceKey
    noon: int
    places: Mapping[str, SheetPlace]


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """All visits of the home under one reading of what is told of steps."""

    asked: AskedWeek
    by: Movement
    ground: WeekGround
    visits: tuple[DayVisits, ...]

    @property
    def direct(self) -> Direct:
        """How one goes without any vehicle."""
        return self.ground.out, self.ground.back

    def week(self, days: Sequence[dt.date]) -> VisitWeek:
        """Return the week made of some of the days."""
        kept = (visit for visit in self.visits if visit.opening.date in days)
        return visit_week(kept, self.asked.to.presences, self.asked.kinds[0], days, 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Chosen:
    """The best visit of some days: in which reading and week, at which certainty."""

    reading: _Reading
    week: VisitWeek
    at: tuple[int, int, int]

    def times(self, margin: int) -> tuple[int, int, int, int]:
        """Return the seconds at which one leaves, is served and is back, and those to spare.

        Of visits as short the week keeps the last. Who needs no vehicle goes earlier instead, so
        that ``margin`` seconds are left, as far as the opening allows.
        """
        best = self.week.best
        parts = (best.leave, best.start, best.back, best.spare)
        leave, start, back, spare = (int(part[self.at]) for part in parts)
        kind, lieu = self.week.kind, self.reading.ground.lieu_ids.index(self.lieu_id)
        out, home = (int(way[0, lieu]) for way in self.reading.direct)
        if (leave + out, start + kind.minutes * 60 + home) != (start, back):
            return leave, start, back, spare
        windows = starts(self.opening, kind, self.reading.asked.noon)
        first = max(one for one in windows.earliest.tolist() if one <= start)
        first = max(first, kind.leave_after * 60 + out)
        sooner = max(0, min(margin - spare, start - first))
        return leave - sooner, start - sooner, back - sooner, spare + sooner

    @property
    def lieu_id(self) -> str:
        """The lieu gone to."""
        return self.week.presences[int(self.week.best.presence[self.at])].lieu_id

    @property
    def opening(self) -> OpeningOn:
        """When it opens on that day."""
        permanence = self.week.presences[int(self.week.best.presence[self.at])].permanence_id
        day = self.week.days[int(self.week.best.day[self.at])]
        opened = self.reading.asked.to.opened[permanence]
        return next(one for one in opened if one.date == day)


def _reading(asked: AskedWeek, by: Movement, ground: WeekGround) -> _Reading:
    direct = ground.out, ground.back
    return _Reading(asked, by, ground, tuple(visits_of_home(asked, by.searches, ground, direct)))


def find_sheet(asked: SheetAsked, means: VisitMeans, progress: Progress) -> JourneySheet:
    """Return the sheet of one home. Raises ValueError where no day is asked."""
    asked = replace(asked, to=_giving(asked.to, asked.service))
    if not asked.to.presences:
        return _nobody_gives_it(asked, means)

    # 1. the timetables of those weeks, or of the nearest of the same type
    week = None if means.network is None else timetables_of(asked.days, means)
    progress.step(tr("Trajets de la personne"))

    # 2. every visit of the home, what is told of steps first
    search = _Search(asked, means, week)
    chosen = search.best(asked.days[: asked.n_wanted])

    # 3. the visit leg by leg, or why there is none; the next days
    visit = None if chosen is None else search.visit(chosen)
    none = search.why_none(progress) if chosen is None else None
    after = asked.days[asked.n_wanted - 1] if chosen is None else chosen.opening.date
    most = int(means.parameters.number("visits.sheet.others"))
    return JourneySheet(
        kind=asked.kind,
        service=asked.service,
        mode=means.mode,
        a_bus_is_missing=search.lacks_timetables(),
        days=asked.days[: asked.n_wanted],
        until=asked.days[-1],
        visit=visit,
        no_visit=none,
        others=tuple(search.others(after, most)),
        how=search.how(),
        findings=() if week is None else week.findings,
    )


def _giving(to: Presences, service: ServiceKey) -> Presences:
    """Return the presences that give a service; for None, any."""
    kept = (p for p in to.presences if (p.services if service is None else service in p.services))
    return replace(to, presences=tuple(kept))


def _nobody_gives_it(asked: SheetAsked, means: VisitMeans) -> JourneySheet:
    nobody = Obstacle.NO_SERVICE
    days = asked.days[: asked.n_wanted]
    return JourneySheet(
        kind=asked.kind,
        service=asked.service,
        mode=means.mode,
        a_bus_is_missing=means.a_bus_is_missing,
        days=days,
        until=asked.days[-1],
        visit=None,
        no_visit=NoVisit(nobody, nobody.label, None, None),
        others=(),
        how=(),
        findings=(),
    )


class _Search:
    """The readings of one question, made as they are needed."""

    def __init__(self, asked: SheetAsked, means: VisitMeans, week: WeekOfNetwork | None) -> None:
        self._asked, self._means, self._week = asked, means, week
        self._row = SERVICE_KEYS.index(asked.service)
        self._margin = round(means.parameters.number("visits.sheet.margin_minutes") * 60)
        told = self._told()
        self._readings = [told]
        if told.ground.untold is not None:
            by = replace(told.by, untold_is_step_free=True)
            self._readings.append(_reading(told.asked, by, told.ground.untold))

    def best(self, days: Sequence[dt.date]) -> _Chosen | None:
        """Return the best visit of some days, what is told before what is supposed."""
        for column, _ in enumerate(CERTAINTIES):
            for reading in self._readings:
                week, at = reading.week(days), (self._row, column, 0)
                if week.half_days[at]:
                    return _Chosen(reading, week, at)
        return None

    def others(self, after: dt.date, most: int) -> Iterator[OtherVisit]:
        """Give the next days that work, so many at most."""
        for day in self._asked.days:
            if day <= after or most <= 0:
                continue
            chosen = self.best((day,))
            if chosen is not None:
                most -= 1
                leave, start, back, _ = chosen.times(self._margin)
                place = self._place(chosen.lieu_id)
                checks = self._checks(chosen, rides=self._week is not None)
                yield OtherVisit(day, place, leave, start, back, checks)

    def visit(self, chosen: _Chosen) -> SheetVisit:
        """Return the visit with its ways, found again leg by leg."""
        reading, kind = chosen.reading, self._asked.kind
        leave, start, home_at, spare = chosen.times(self._margin)
        end, opening = start + kind.minutes * 60, chosen.opening
        finder = WayFinder(reading.ground, reading.direct, reading.by.network, self._pace())
        lieu = reading.ground.lieu_ids.index(chosen.lieu_id)
        there = finder.there(lieu, opening.date, (leave, start))
        back = finder.back(lieu, opening.date, (end, home_at))
        return SheetVisit(
            place=self._place(chosen.lieu_id),
            opening=opening,
            there=there,
            start=start,
            end=end,
            back=back,
            spare=spare,
            last_return=finder.last(lieu, opening.date, end, kind.back_by * 60),
            to_check=self._checks(chosen, rides=bool(there.journey or back.journey)),
        )

    def why_none(self, progress: Progress) -> NoVisit:
        """Return what stands in the way on the days asked: what is not known before all else."""
        known, means = self._readings[0], self._means
        days = self._asked.days[: self._asked.n_wanted]
        asked = _on_days(known.asked, days)
        if means.mode is None:
            (bounds,) = weeks_without_car(
                asked, known.by, known.ground, progress, a_bus_is_missing=self.lacks_timetables()
            )
            week = bounds.low
        else:
            week = known.week(days)
        at = self._row, CERTAINTIES.index(Certainty.POSSIBLE), 0
        number, presence = int(week.obstacles.number[at]), int(week.obstacles.presence[at])
        obstacle = next(one for one in Obstacle if one.number == number)
        if presence < 0:
            return NoVisit(obstacle, obstacle.label, None, None)
        stops = None if known.ground.transport is None else known.ground.transport.homes.stops
        date = days[int(week.obstacles.day[at])]
        return NoVisit(
            obstacle,
            WhyNot(asked, known.by, known.ground).sentence(week, *at),
            self._place(week.presences[presence].lieu_id),
            date,
            no_stop_near_home=stops is not None and not len(stops),
            public_holiday=is_public_holiday(date, means.departement),
        )

    def lacks_timetables(self) -> bool:
        """Tell whether some network runs on the days asked of which nobody here knows what."""
        if self._means.a_bus_is_missing or self._week is None:
            return self._means.a_bus_is_missing
        mondays = {_monday(day) for day in self._asked.days[: self._asked.n_wanted]}
        weeks = tuple(one for one in self._week.weeks if one.asked in mondays)
        return replace(self._week, weeks=weeks).is_unknown

    def how(self) -> tuple[str, ...]:
        """Return on what the sheet stands, in French sentences."""
        streets = self._means.streets.describe((self._means.mode or Mode.WALK,))
        if self._means.mode is not None:
            return (streets,)
        none = (tr("Aucun horaire de transport : à pied seulement."),)
        return tuple(dict.fromkeys((streets, *(self._week.how if self._week else none))))

    def _told(self) -> _Reading:
        """Return what is told: of steps too, for who climbs none."""
        means, asked = self._means, self._asked
        by = Movement(
            means.streets,
            None if self._week is None else self._week.network,
            means.searches,
            means.parameters,
            means.reduced_mobility,
        )
        week = AskedWeek(asked.home[None, :], asked.to, asked.days, (asked.kind,), asked.noon)
        ground = week_ground(week, by)
        if means.mode in (Mode.BICYCLE, Mode.CAR):
            ways = minutes_both_ways(means.streets, week.homes, ground.places, Trip(means.mode))
            out, back = (whole_seconds(way) for way in ways)
            ground = replace(ground, out=out, back=back)
        return _reading(week, by, ground)

    def _checks(self, chosen: _Chosen, *, rides: bool) -> tuple[Check, ...]:
        monday = _monday(chosen.opening.date)
        weeks = () if self._week is None else self._week.weeks
        borrowed = any(w.asked == monday and w.used and not w.is_itself for w in weeks)
        untold = rides and chosen.reading.by.untold_is_step_free
        told = (
            (Check.HOURS, chosen.opening.certainty is not Certainty.CERTAIN),
            (Check.TIMETABLE, rides and borrowed),
            (Check.STEP_FREE, untold and self._means.reduced_mobility),
            (Check.ON_REQUEST, untold and self._may_be_booked),
        )
        return tuple(check for check, doubtful in told if doubtful)

    @property
    def _may_be_booked(self) -> bool:
        """Whether some rides are on request, or at hours that are not sure."""
        return self._week is not None and has_uncertain(self._week.network)

    def _pace(self) -> Pace:
        means, walking = self._means, self._readings[0].by.walking
        mode = means.mode or Mode.WALK
        kmh = means.parameters.number("travel.walk.speed_kmh") / walking.pace
        return Pace(mode, kmh / 3.6 if mode is Mode.WALK else None)

    def _place(self, lieu: str) -> SheetPlace:
        return self._asked.places.get(lieu, SheetPlace(lieu, lieu))


def timetables_of(days: Sequence[dt.date], means: VisitMeans) -> WeekOfNetwork:
    """Return the network on the weeks of some days in order. Raises ValueError without one."""
    if means.network is None:
        raise ValueError("no network")
    first, last = _monday(days[0]), _monday(days[-1])
    mondays = [first + n * _WEEK for n in range((last - first).days // 7 + 1)]
    same_type = same_type_of(means.departement)
    return network_on_weeks(means.network, mondays, means.parameters, same_type)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _on_days(asked: AskedWeek, days: Sequence[dt.date]) -> AskedWeek:
    """Return the week asked, on some of its days alone."""
    opened = {
        permanence: tuple(one for one in openings if one.date in days)
        for permanence, openings in asked.to.opened.items()
    }
    return replace(asked, to=replace(asked.to, opened=opened), days=tuple(days))
