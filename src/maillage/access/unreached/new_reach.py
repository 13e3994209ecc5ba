"""What a new permanence would reach: every venue supposed to hold one, on every half-day worked.

The week, the journeys and the rules are those of the visits that people can make today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from maillage.access.timetable.model import FlagArray
from maillage.access.travel import Mode
from maillage.access.unreached.by_mode import direct_ground
from maillage.access.unreached.model import N_HALF_DAYS, NewReach, Venue, half_day_number
from maillage.access.unreached.permanence_hours import PermanenceHours, permanence_hours
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import ReadyWeek, Searched
from maillage.access.visits.model import Obstacle, RoundTrips, VisitKind
from maillage.access.visits.supposed_bus import SupposedBus
from maillage.access.visits.territory_visits import (
    AskedWeek,
    CountedVisit,
    Movement,
    Presences,
    WeekGround,
    bus_of_week,
    each_visit,
    ground_without_lines,
    presences_by_lieu,
    visits_at_any_time,
    week_ground,
)
from maillage.access.visits.week import DayVisits, Presence
from maillage.kernel.french import date, plural
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.standard import mednum


def new_reach(
    venues: Sequence[Venue], ready: ReadyWeek, progress: Progress, mode: Mode | None = None
) -> NewReach:
    """Return what a permanence at each venue would be reached by, in a week made ready.

    Points are the homes that the week was asked from, the visit its first kind; of its own places
    nothing counts. ``mode`` is that of a week made ready by one, whose bounds are one; None: on
    foot and by its timetables. Raises ValueError where two venues have one id.
    """
    ordered = tuple(sorted(venues, key=lambda venue: venue.id))
    if len({venue.id for venue in ordered}) != len(ordered):
        raise ValueError("two venues have one id")
    searched = ready.searched
    hours = permanence_hours(searched.by.parameters)
    asked = _asked(searched.asked, ordered, hours)
    if mode is None:
        low, high = _both_bounds(asked, searched, progress)
    else:
        low = high = _by_mode(asked, searched.by, mode, progress)
    return NewReach(
        venues=ordered,
        reached=Bounds(low.reached, high.reached),
        minutes=Bounds(low.minutes, high.minutes),
        how=tuple(_how(ordered, asked, hours)),
    )


def sure_reach(
    reach: NewReach, ready: ReadyWeek, lines: Mapping[str, frozenset[str]], progress: Progress
) -> Iterator[tuple[str, NewReach]]:
    """Give, for each name of ``lines``, what the same venues keep for sure without its lines.

    ``reach`` is that of the week made ready. Both bounds of what is given are its low one.
    """
    searched = ready.searched
    by, shape = searched.by, reach.reached.low.shape[1:]
    asked = _asked(searched.asked, reach.venues, permanence_hours(by.parameters))
    told = replace(week_ground(asked, by), untold=None)
    for name, line_ids in lines.items():
        ground = ground_without_lines(asked, by, told, line_ids)
        left = _Reach(*shape)
        for one, works, minutes in _each(asked, by, (ground, None), progress):
            left.add(one.visit, works, minutes)
        both = Bounds(left.reached, left.reached), Bounds(left.minutes, left.minutes)
        yield name, replace(reach, reached=both[0], minutes=both[1])


class _Reach:
    """What is reached, counted visit after visit."""

    def __init__(self, n_venues: int, n_points: int) -> None:
        """Begin with nothing reached."""
        self.reached: FlagArray = np.zeros((N_HALF_DAYS, n_venues, n_points), dtype=np.bool_)
        self.minutes: FloatArray = np.full((n_venues, n_points), np.nan)

    def add(self, visit: DayVisits, works: FlagArray, minutes: FloatArray) -> None:
        """Count a visit that works (n, k) from some points, of (n,) minutes at the least."""
        weekday = visit.opening.date.weekday()
        for column, half in enumerate(visit.starts.half_days.tolist()):
            number = half_day_number(weekday, afternoon=bool(half))
            self.reached[number, visit.presence] |= works[:, column]
        self.minutes[visit.presence] = np.fmin(self.minutes[visit.presence], minutes)


def _both_bounds(asked: AskedWeek, searched: Searched, progress: Progress) -> tuple[_Reach, _Reach]:
    """Return what runs for sure, and with what may run or is supposed to."""
    by, shape = searched.by, (len(asked.to.presences), len(asked.homes))
    ground = week_ground(asked, by)
    told = replace(ground, untold=None)
    low, high = _Reach(*shape), _Reach(*shape)
    bus = bus_of_week(asked, by, told) if searched.a_bus_is_missing else None
    for one, works, minutes in _each(asked, by, (told, bus), progress):
        high.add(one.visit, works, minutes)
        if not one.by_bus:
            low.add(one.visit, works, minutes)
    if ground.untold is not None:
        for one, works, minutes in _each(asked, by, (ground.untold, bus), progress):
            high.add(one.visit, works, minutes)
    return low, high


def _by_mode(asked: AskedWeek, by: Movement, mode: Mode, progress: Progress) -> _Reach:
    """Return what is reached by one mode all the way."""
    ground = direct_ground(asked, by, mode)
    lieux = presences_by_lieu(asked, ground.lieu_ids)
    found = _Reach(len(asked.to.presences), len(asked.homes))
    progress.step(tr("Visites possibles {mode}").format(mode=mode.label), len(lieux))
    for at, presences in enumerate(lieux):
        ways = ground.out[:, at], ground.back[:, at]
        for one, works, minutes in _measured(asked, visits_at_any_time(asked, presences, ways)):
            found.add(one.visit, works, minutes)
        progress.advance()
    return found


def _each(
    asked: AskedWeek, by: Movement, means: tuple[WeekGround, SupposedBus | None], progress: Progress
) -> Iterator[tuple[CountedVisit, FlagArray, FloatArray]]:
    """Give every visit of the only kind asked, where it works and in how many minutes."""
    return _measured(asked, each_visit(asked, by, means, progress))


def _measured(
    asked: AskedWeek, visits: Iterable[CountedVisit]
) -> Iterator[tuple[CountedVisit, FlagArray, FloatArray]]:
    """Give each visit, where it works and in how many minutes.

    Days that are alike come one after the other and are told once.
    """
    (kind,) = asked.kinds
    last: RoundTrips | None = None
    found: tuple[FlagArray, FloatArray] | None = None
    for one in visits:
        if one.visit.trips is None:
            continue
        if found is None or one.visit.trips is not last:
            last = one.visit.trips
            found = _journeys(last, kind)
        yield one, *found


def _journeys(trips: RoundTrips, kind: VisitKind) -> tuple[FlagArray, FloatArray]:
    """Return (n, k) whether each visit works, and (n,) the least minutes of travel and waiting."""
    minutes = (trips.back.astype(np.float64) - trips.leave) / 60.0 - kind.minutes
    works = (trips.obstacle == Obstacle.NONE.number) & (minutes <= kind.budget_minutes)
    least = np.where(works, minutes, np.inf).min(axis=1)
    return works, np.where(np.isfinite(least), least, np.nan)


def _asked(asked: AskedWeek, venues: Sequence[Venue], hours: PermanenceHours) -> AskedWeek:
    """Return the same week, with a permanence at every venue in place of all that there is."""
    every = frozenset(mednum.Service)
    opened = tuple(one for one in map(hours.opening_on, asked.days) if one.ranges)
    to = Presences(
        tuple(Presence(venue.id, venue.id, every) for venue in venues),
        {venue.id: np.array([venue.lon, venue.lat], dtype=np.float64) for venue in venues},
        {venue.id: opened for venue in venues},
    )
    return replace(asked, to=to, kinds=asked.kinds[:1])


def _how(venues: Sequence[Venue], asked: AskedWeek, hours: PermanenceHours) -> Iterator[str]:
    yield hours.said()
    n_told = sum(venue.half_days is not None for venue in venues)
    yield tr(
        "{n} ; horaires connus : {told}. Les autres sont supposés disponibles à toute demi-journée "
        "travaillée."
    ).format(n=plural(len(venues), tr("lieu candidat"), tr("lieux candidats")), told=n_told)
    yield tr(
        "Elle est à portée de qui peut y faire une visite ({kind}) et rentrer, dans la semaine du "
        "{monday} ; les minutes comptent le trajet et l'attente, aller et retour."
    ).format(kind=asked.kinds[0].label, monday=date(asked.days[0]))
