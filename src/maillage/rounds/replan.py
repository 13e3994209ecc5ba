"""A stop falls, a day is lost: a new month that changes as little as can be, and says what.

Sessions that still hold stay where they stand, to the minute. A stop that cannot keep all of them
has those alone put elsewhere; where that cannot be, it is held less often, or no longer. The time
freed goes to what serves most. Then at most ``moves`` stops may leave their days for others, each
move because more people are served by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.language import tr
from maillage.rounds.calendar import Calendar, Ground, Held, Place, Rhythm
from maillage.rounds.contradictions import refuse_impossible
from maillage.rounds.hours import planned
from maillage.rounds.insertion import Inserter, Worth, is_better
from maillage.rounds.model import Frequency, Range, RoundPlan, RoundProblem, Session
from maillage.rounds.routes import Hours
from maillage.rounds.twin import no_room
from maillage.rounds.value import most_people


@dataclass(frozen=True, slots=True)
class Replanned:
    """The new plan, and what differs: sessions kept as they were, dropped, and new."""

    plan: RoundPlan
    kept: tuple[Session, ...]
    dropped: tuple[Session, ...]
    added: tuple[Session, ...]


def without_stop(problem: RoundProblem, stop: int, since: int = 0) -> RoundProblem:
    """Return the problem where a stop is closed from a date on, not forced nor committed to."""
    windows = tuple(told for told in problem.stops[stop].windows if told[0] < since)
    closed = replace(problem.stops[stop], windows=windows, forced=False)
    stops = (*problem.stops[:stop], closed, *problem.stops[stop + 1 :])
    fixed = tuple(f for f in problem.fixed if f.stop != stop or f.date < since)
    return replace(problem, stops=stops, fixed=fixed)


def without_past(problem: RoundProblem, before: RoundPlan, since: int) -> RoundProblem:
    """Return the problem whose dates before one are open to what was held, and to nothing else."""
    held: dict[int, dict[int, list[Range]]] = {}
    for s in before.sessions:
        if s.date < since:
            held.setdefault(s.stop, {}).setdefault(s.date, []).append(Range(s.start, s.end))
    stops = []
    for number, stop in enumerate(problem.stops):
        past = sorted(held.get(number, {}).items())
        to_come = (told for told in stop.windows if told[0] >= since)
        windows = (*((date, tuple(ranges)) for date, ranges in past), *to_come)
        stops.append(replace(stop, windows=windows))
    return replace(problem, stops=tuple(stops))


def without_date(problem: RoundProblem, date: int) -> RoundProblem:
    """Return the problem where no vehicle goes out that date."""
    vehicles = tuple(
        replace(vehicle, shifts=tuple(told for told in vehicle.shifts if told[0] != date))
        for vehicle in problem.vehicles
    )
    fixed = tuple(f for f in problem.fixed if f.date != date)
    return replace(problem, vehicles=vehicles, fixed=fixed)


def replanned(
    problem: RoundProblem, before: RoundPlan, moves: int, habits: tuple[float, int]
) -> Replanned:
    """Return the plan changed for what the problem is now (see ``without_stop``).

    ``before`` has the same stops, vehicles and dates; ``habits``: ``odd_day_km``, ``hour_step``
    as the solvers have them. Raises ImpossibleDemand.
    """
    odd_day_km, hour_step = habits
    refuse_impossible(Ground(problem))
    ground = Ground(problem, _hours_that_hold(problem, before))
    inserter = Inserter(ground, Worth(problem), odd_day_km, staying=True)
    calendar = _kept(inserter, before)
    if not inserter.fill(calendar):
        raise ImpossibleDemand((no_room(),))
    for _ in range(moves):
        moved = _moved_once(inserter, calendar)
        if moved is None:
            break
        calendar = moved
    answer = (most_people(problem), "effort", tr("ce qui tient reste en place"))
    plan = planned(calendar, hour_step, odd_day_km, answer)
    then, now = set(before.sessions), set(plan.sessions)
    kept, dropped, added = then & now, then - now, now - then
    return Replanned(plan, _ordered(kept), _ordered(dropped), _ordered(added))


def _ordered(sessions: set[Session]) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda s: (s.date, s.vehicle, s.start, s.stop)))


def _hours_that_hold(problem: RoundProblem, before: RoundPlan) -> dict[tuple[int, int, int], int]:
    """Return the starts of the sessions that a vehicle can still hold at that hour."""
    planner = Ground(problem).planner
    hours = {}
    for s in before.sessions:
        hour = Hours(((s.stop, s.start),))
        if planner.route(s.vehicle, s.date, frozenset((s.stop,)), hour) is not None:
            hours[s.vehicle, s.date, s.stop] = s.start
    return hours


def _kept(inserter: Inserter, before: RoundPlan) -> Calendar:
    """Return the calendar of what still holds, those whole first, then those with a hole."""
    ground = inserter.ground
    calendar = Calendar(ground)
    places: dict[int, list[Place]] = {}
    for session in before.sessions:
        places.setdefault(session.stop, []).append((session.vehicle, session.date))
    must = set(ground.must)
    told = sorted(before.frequencies, key=lambda told: (told[0] not in must, told[0]))
    wholes = {stop: _whole(ground, frequency, places[stop]) for stop, frequency in told}
    for of_must in (True, False):
        group = [stop for stop, _ in told if (stop in must) == of_must]
        for stop in group:
            if _still_holds(inserter, calendar, stop, wholes[stop]):
                calendar.add(stop, wholes[stop])
        for stop in group:
            if stop not in calendar.held:
                mended = _mended(inserter, calendar, stop, wholes[stop])
                if mended is not None:
                    calendar.add(stop, mended)
    return calendar


def _whole(ground: Ground, frequency: Frequency, places: list[Place]) -> Held:
    weeks = tuple(sorted(ground.week[date] for _, date in places))
    return Held(Rhythm(frequency, weeks), tuple(sorted(places, key=lambda p: (p[1], p[0]))))


def _still_holds(inserter: Inserter, calendar: Calendar, stop: int, whole: Held) -> bool:
    """Whether a stop can be held on the very days of before."""
    ground = inserter.ground
    may = whole.rhythm in ground.rhythms[stop] and set(whole.places) <= set(ground.places[stop])
    room = inserter.may_add(calendar, stop, len(whole.places))
    return may and room and all(calendar.added(p, stop) is not None for p in whole.places)


def _mended(inserter: Inserter, calendar: Calendar, stop: int, whole: Held) -> Held | None:
    """Return the way of holding a stop that keeps the most sessions of before, None if none."""
    ground = inserter.ground
    stay = {ground.week[place[1]]: place for place in whole.places if place in ground.places[stop]}
    found = []
    for rhythm in ground.rhythms[stop]:
        held = inserter.best_held(calendar, stop, rhythm, stay)
        if held is not None:
            kept = len(set(held.places) & set(whole.places))
            good = ground.problem.good(rhythm.frequency)
            found.append((-kept, -good, rhythm.weeks, held))
    return min(found, key=lambda told: told[:3])[3] if found else None


def _moved_once(inserter: Inserter, calendar: Calendar) -> Calendar | None:
    """Return the calendar with one stop's days left to others, if that serves more people."""
    now = inserter.score(calendar)
    best: tuple[tuple[float, float], Calendar] | None = None
    for stop in sorted(set(calendar.held) - set(inserter.ground.must)):
        trial = calendar.copy()
        trial.remove(stop)
        if inserter.fill(trial):
            score = inserter.score(trial)
            if score[0] > now[0] * (1 + 1e-9) and (best is None or is_better(score, best[0])):
                best = score, trial
    return None if best is None else best[1]
