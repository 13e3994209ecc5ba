"""Every rule of a month, checked on its own, minute by minute. Shares no code with the solvers.

``violations`` lays each vehicle's day out on its minutes and looks at each of them. It trusts
neither the value told nor the order of the sessions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.rounds.model import DAY_MINUTES, Break, Frequency, RoundPlan, RoundProblem, Session

_WORK = "travail"
_DRIVE = "route"
_REST = "pause"


def violations(problem: RoundProblem, plan: RoundPlan) -> tuple[str, ...]:
    """Return what breaks a rule, as French sentences; empty for a plan that holds."""
    told = [
        *_of_room(problem, plan),
        *_of_sessions(problem, plan),
        *_of_stops(problem, plan),
        *_of_commitments(problem, plan),
    ]
    out = {(s.vehicle, s.date) for s in plan.sessions} | {(b.vehicle, b.date) for b in plan.breaks}
    for vehicle, date in sorted(out, key=lambda place: (place[1], place[0])):
        told += _of_day(problem, plan, vehicle, date)
    if problem.most_sessions is not None and len(plan.sessions) > problem.most_sessions:
        told.append(
            tr("{n} séances, mais {most} permises").format(
                n=len(plan.sessions), most=problem.most_sessions
            )
        )
    return tuple(told)


def _of_sessions(problem: RoundProblem, plan: RoundPlan) -> Iterator[str]:
    """Yield the sessions that last wrongly, or receive outside what the stop allows."""
    committed = {(f.vehicle, f.date, f.stop, f.start, f.end) for f in problem.fixed}
    for s in plan.sessions:
        told = (s.vehicle, s.date, s.stop, s.start, s.end)
        if s.end - s.start != problem.session_minutes and told not in committed:
            yield tr("{session} : dure {n} minutes").format(
                session=_named(problem, s), n=s.end - s.start
            )
        windows = dict(problem.stops[s.stop].windows).get(s.date, ())
        if not any(all(w.start <= m < w.end for m in range(s.start, s.end)) for w in windows):
            yield tr("{session} : hors des heures du lieu").format(session=_named(problem, s))


def _of_room(problem: RoundProblem, plan: RoundPlan) -> Iterator[str]:
    """Yield where more people are counted than the sessions can receive."""
    if problem.capacity is None:
        return
    often = dict(plan.frequencies)
    room = {
        stop: problem.capacity * sum(session.stop == stop for session in plan.sessions)
        for stop in often
    }
    come = {
        stop: sum(
            share * people * problem.good(frequency)
            for share, people in zip(problem.reach[stop], problem.wanting, strict=True)
        )
        for stop, frequency in often.items()
    }
    received = 0.0
    for point, people in enumerate(problem.wanting):
        shares = [
            problem.reach[stop, point] * problem.good(often[stop]) * min(1, room[stop] / come[stop])
            for stop in often
            if come[stop] > 0
        ]
        received += people * max(shares, default=0.0)
    if plan.people > min(received, sum(room.values())) + 1e-6 * max(1.0, received):
        yield tr("personnes comptées : {n}, mais {most} peuvent être reçues").format(
            n=french.number(plan.people, 1), most=french.number(received, 1)
        )


def _of_day(problem: RoundProblem, plan: RoundPlan, vehicle: int, date: int) -> Iterator[str]:
    """Yield what does not hold in one vehicle's day."""
    name = tr("{vehicle}, le {date}").format(
        vehicle=problem.vehicles[vehicle].name, date=french.date(problem.dates[date])
    )
    sessions = [s for s in plan.sessions if (s.vehicle, s.date) == (vehicle, date)]
    sessions.sort(key=lambda s: s.start)
    breaks = [b for b in plan.breaks if (b.vehicle, b.date) == (vehicle, date)]
    if not sessions:
        yield tr("{day} : une pause, mais aucune séance").format(day=name)
        return
    minutes: list[str | None] = [None] * DAY_MINUTES
    for start, end, what in _blocks(problem, sessions, breaks):
        if start < 0 or end > DAY_MINUTES or any(minutes[m] for m in range(start, end)):
            yield tr("{day} : deux choses à la même minute").format(day=name)
            return
        minutes[start:end] = [what] * (end - start)
    wrong = _driven(problem, sessions, minutes)
    if wrong is not None:
        yield f"{name} : {wrong}"
        return
    yield from (f"{name} : {told}" for told in _kept(problem, vehicle, date, minutes, breaks))


def _blocks(
    problem: RoundProblem, sessions: list[Session], breaks: list[Break]
) -> Iterator[tuple[int, int, str]]:
    for s in sessions:
        yield s.start - problem.setup_minutes, s.end + problem.packing_minutes, _WORK
    for b in breaks:
        yield b.start, b.end, _REST


def _driven(
    problem: RoundProblem, sessions: list[Session], minutes: list[str | None]
) -> str | None:
    """Write each road on free minutes at a stretch; return what does not fit, None if all does."""
    depot = problem.vehicles[sessions[0].vehicle].depot
    first = next(m for m, what in enumerate(minutes) if what)
    last = max(m for m, what in enumerate(minutes) if what)
    out = _road(problem, depot, sessions[0].stop)
    home = _road(problem, sessions[-1].stop, depot)
    if out is None or home is None or first - out < 0 or last + 1 + home > DAY_MINUTES:
        return tr("pas de route entre le dépôt et les arrêts à ces heures")
    for before, after in pairwise(sessions):
        road = _road(problem, before.stop, after.stop)
        start, end = before.end + problem.packing_minutes, after.start - problem.setup_minutes
        fits = [] if road is None else _stretches(minutes, start, end, road)
        if road is None or not fits:
            return tr("pas le temps d'aller {before} à {after}").format(
                before=french.of(problem.stops[before.stop].name),
                after=problem.stops[after.stop].name,
            )
        minutes[fits[0] : fits[0] + road] = [_DRIVE] * road
    minutes[first - out : first] = [_DRIVE] * out
    minutes[last + 1 : last + 1 + home] = [_DRIVE] * home
    return None


def _stretches(minutes: list[str | None], start: int, end: int, n: int) -> list[int]:
    return [at for at in range(start, end - n + 1) if not any(minutes[at : at + n])]


def _kept(
    problem: RoundProblem, number: int, date: int, minutes: list[str | None], breaks: list[Break]
) -> Iterator[str]:
    """Yield the rules of the crew that a day's minutes break."""
    vehicle = problem.vehicles[number]
    busy = [m for m, what in enumerate(minutes) if what]
    out = busy[-1] + 1 - busy[0]
    shift = dict(vehicle.shifts).get(date)
    if shift is None:
        yield tr("le véhicule ne sort pas ce jour-là")
    elif busy[0] < shift.start or busy[-1] >= shift.end:
        yield tr("hors des heures de l'équipe")
    driven = minutes.count(_DRIVE)
    if vehicle.longest_drive is not None and driven > vehicle.longest_drive:
        yield tr("{n} minutes de route").format(n=driven)
    if len(breaks) > 1:
        yield tr("plusieurs pauses")
    if out > vehicle.break_after and vehicle.break_minutes and not breaks:
        yield tr("{n} minutes dehors sans pause").format(n=out)
    for told in breaks:
        if told.end - told.start < vehicle.break_minutes:
            yield tr("pause trop courte")
        if not vehicle.break_window.start <= told.start <= vehicle.break_window.end:
            yield tr("pause hors de son heure")


def _road(problem: RoundProblem, start: int, end: int) -> int | None:
    minutes = float(problem.minutes[start, end])
    if not math.isfinite(minutes) or not math.isfinite(problem.kilometres[start, end]):
        return None
    return math.ceil(minutes - 1e-9)


def _of_stops(problem: RoundProblem, plan: RoundPlan) -> Iterator[str]:
    """Yield the stops that are not held as often as told, or not at all though forced."""
    told = dict(plan.frequencies)
    held = {s.stop for s in plan.sessions}
    for number, stop in enumerate(problem.stops):
        if number not in told and number not in held:
            if stop.forced:
                yield tr("{stop} : imposé, mais pas tenu").format(stop=stop.name)
        elif number not in told or number not in held:
            yield tr("{stop} : fréquence et séances ne se répondent pas").format(stop=stop.name)
        elif told[number] not in stop.frequencies:
            yield tr("{stop} : fréquence non permise").format(stop=stop.name)
        elif not _keeps_rhythm(problem, plan, number, told[number]):
            yield tr("{stop} : n'est pas tenu {frequency}").format(
                stop=stop.name, frequency=told[number].label
            )


def _keeps_rhythm(problem: RoundProblem, plan: RoundPlan, stop: int, frequency: Frequency) -> bool:
    """Whether the sessions of a stop fall once in each week that its frequency names."""
    first = problem.dates[0]
    monday = first.toordinal() - first.weekday()
    week_of = [(day.toordinal() - monday) // 7 for day in problem.dates]
    weeks = sorted(week_of[s.date] for s in plan.sessions if s.stop == stop)
    every = range(week_of[-1] + 1)
    asked = {
        Frequency.WEEKLY: [list(every)],
        Frequency.FORTNIGHTLY: [list(every[0::2]), list(every[1::2])],
        Frequency.MONTHLY: [[week] for week in every],
    }[frequency]
    may = _dates_alone(problem, stop)
    counting = {week_of[date] for date in may}
    for wanted in asked:
        kept = [week for week in wanted if week in counting]
        if weeks == kept and 2 * len(kept) > len(wanted):
            return True
    return False


def _dates_alone(problem: RoundProblem, stop: int) -> set[int]:
    """Return the dates when a vehicle could hold the stop and do nothing else, or is committed."""
    dates = {f.date for f in problem.fixed if f.stop == stop}
    known: dict[object, bool] = {}
    for vehicle, crew in enumerate(problem.vehicles):
        shifts = dict(crew.shifts)
        for date, windows in problem.stops[stop].windows:
            if date in shifts and date not in dates:
                alike = (vehicle, shifts[date], windows)
                if alike not in known:
                    known[alike] = _alone(problem, vehicle, stop, date)
                dates |= {date} if known[alike] else set()
    return dates


def _alone(problem: RoundProblem, vehicle: int, stop: int, date: int) -> bool:
    """Whether one session alone, at some minute, with or without a break, breaks no rule."""
    crew = problem.vehicles[vehicle]
    shift, lasting = dict(crew.shifts)[date], problem.session_minutes
    windows = dict(problem.stops[stop].windows)[date]
    starts = [m for w in windows for m in range(w.start, w.end - lasting + 1)]
    out, home = _road(problem, crew.depot, stop), _road(problem, stop, crew.depot)
    if out is None or home is None:
        return False
    before, after = problem.setup_minutes + out, lasting + problem.packing_minutes + home
    starts = [m for m in starts if shift.start + before <= m <= shift.end - after]
    starts.sort(key=lambda m: abs(2 * m + lasting - shift.start - shift.end))
    for start in starts:
        session = Session(vehicle, date, stop, start, start + lasting)
        if any(_holds(problem, session, rest) for rest in _rests(problem, session)):
            return True
    return False


def _rests(problem: RoundProblem, session: Session) -> Iterator[tuple[Break, ...]]:
    """Yield no break, then those that may lie right around a session: before it, after it."""
    yield ()
    vehicle = problem.vehicles[session.vehicle]
    window, lasting = vehicle.break_window, vehicle.break_minutes
    begin, end = session.start - problem.setup_minutes, session.end + problem.packing_minutes
    before, after = min(begin - lasting, window.end), max(end, window.start)
    yield (Break(session.vehicle, session.date, before, before + lasting),)
    yield (Break(session.vehicle, session.date, after, after + lasting),)


def _holds(problem: RoundProblem, session: Session, rest: tuple[Break, ...]) -> bool:
    alone = RoundPlan((session,), rest, (), 0.0, 0.0, 1.0, 0.0, False, None, "")  # noqa: FBT003
    return not any(_of_day(problem, alone, session.vehicle, session.date))


def _of_commitments(problem: RoundProblem, plan: RoundPlan) -> Iterator[str]:
    """Yield the commitments that are not kept."""
    kept = {(s.vehicle, s.date, s.stop, s.start, s.end) for s in plan.sessions}
    for f in problem.fixed:
        if (f.vehicle, f.date, f.stop, f.start, f.end) not in kept:
            yield tr("{stop}, le {date} : séance fixée, mais pas tenue").format(
                stop=problem.stops[f.stop].name, date=french.date(problem.dates[f.date])
            )


def _named(problem: RoundProblem, session: Session) -> str:
    return tr("{stop}, le {date} à {time}").format(
        stop=problem.stops[session.stop].name,
        date=french.date(problem.dates[session.date]),
        time=french.clock(session.start * 60),
    )
