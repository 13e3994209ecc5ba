"""A month kept to: what falls of it, what is past, and the new month that changes least.

The four weeks are those of the month of before while they last, then the four that follow, week for
week. What is past is neither changed nor added to.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.french import date as french_date
from maillage.kernel.french import listed
from maillage.kernel.language import tr
from maillage.kernel.words import commune_key, plain
from maillage.rounds.asked import AskedRound, Operator
from maillage.rounds.model import Frequency, Often, RoundPlan, RoundProblem, RoundStop
from maillage.rounds.month import Changes, HeldSession, HeldStop, held_sessions
from maillage.rounds.month_dates import DAYS
from maillage.rounds.replan import replanned, without_date, without_past, without_stop
from maillage.rounds.resumed import Habits, earlier_plan
from maillage.rounds.value import people_of, plan_of

_Move = tuple[HeldSession, HeldSession]


@dataclass(frozen=True, slots=True)
class KeptTo:
    """A month to keep to: whose, its days, its stops; what falls, and how many stops may move.

    ``fallen``: stops by name or commune; ``lost``: days when no vehicle goes out.
    """

    operator: Operator
    days: tuple[dt.date, ...]
    stops: tuple[HeldStop, ...]
    moves: int = 0
    fallen: tuple[str, ...] = ()
    lost: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """The month of before in the numbers of a problem, and all its sessions as they were told.

    A session of a place or a date that is no longer there is in ``sessions`` and not in ``plan``.
    """

    plan: RoundPlan
    sessions: tuple[HeldSession, ...]


def asked_again(asked: AskedRound, kept: KeptTo, today: dt.date) -> AskedRound:
    """Return what is asked, for the four weeks kept to, or those that follow once they are over.

    Where nothing tells them, as many sessions are allowed as before, at the frequencies of before.
    """
    start = asked.start
    if start is None:
        start = _monday(kept.days[0])
        while start + dt.timedelta(days=DAYS) <= today:
            start += dt.timedelta(days=DAYS)
    n_sessions = sum(len(stop.sessions) for stop in kept.stops)
    often = asked.frequencies
    if often == tuple(Frequency):
        often = tuple(one for one in often if one in {stop.frequency for stop in kept.stops})
    most = asked.most_sessions or n_sessions
    return replace(asked, start=start, most_sessions=most, frequencies=often)


def brought_to(kept: KeptTo, start: dt.date) -> KeptTo:
    """Return the month of before, put on the four weeks that begin on a Monday."""
    later = start - _monday(kept.days[0])
    days = tuple(day + later for day in kept.days)
    return replace(kept, days=days, stops=tuple(_put_off(stop, later) for stop in kept.stops))


def before_of(problem: RoundProblem, kept: KeptTo) -> Before:
    """Return the month of before in the numbers of a problem.

    A stop is known by its id, else by its name and commune (once adopted it is a lieu of the
    directory). Raises ImpossibleDemand, telling the vehicles that are no longer there.
    """
    by_name = {_key(stop): stop for stop in reversed(problem.stops)}
    ids = {stop.id for stop in problem.stops}
    vehicles = _vehicles(problem, kept)
    stops = []
    for one in kept.stops:
        stop = one.stop if one.stop.id in ids else by_name.get(_key(one.stop), one.stop)
        sessions = tuple(replace(s, stop=stop, vehicle=vehicles[s.vehicle]) for s in one.sessions)
        stops.append(replace(one, stop=stop, sessions=sessions))
    sessions = tuple(session for stop in stops for session in stop.sessions)
    return Before(earlier_plan(problem, stops), sessions)


def not_held(kept: KeptTo) -> tuple[str, ...]:
    """Return what is wrong of the stops told to fall: none, or several, bear that name."""
    clauses = []
    for name in kept.fallen:
        found = _called(name, kept)
        if not found:
            clause = tr("aucun arrêt du plan d'avant ne s'appelle « {name} » ; il tient : {names}")
        elif len(found) > 1:
            clause = tr("« {name} » peut être, dans le plan d'avant, {names} : dites lequel")
        else:
            continue
        stops = sorted((found or list(kept.stops)), key=lambda one: one.stop.commune)
        names = [f"{one.stop.name} ({one.stop.commune})" for one in stops]
        clauses.append(clause.format(name=name, names=listed(names, tr("ou") if found else "et")))
    return tuple(clauses)


def what_is_left(
    problem: RoundProblem, before: Before, kept: KeptTo, today: dt.date
) -> RoundProblem:
    """Return the problem without what falls, its past as it was held.

    Raises ImpossibleDemand, telling what falls but was not there.
    """
    clauses = (*not_held(kept), *_not_out(kept))
    if clauses:
        raise ImpossibleDemand(clauses)
    since = _since(problem, today)
    left = without_past(problem, before.plan, since)
    for number, stop in enumerate(problem.stops):
        if _falls(stop, kept):
            left = without_stop(left, number, since)
    for number, day in enumerate(problem.dates):
        if day in kept.lost:
            left = without_date(left, number)
    return left


def kept_plan(
    left: RoundProblem,
    before: Before,
    anew: RoundPlan,
    asked: tuple[int, dt.date],
    habits: Habits,
) -> tuple[RoundPlan, Changes]:
    """Return the plan that changes least of that of before, and what it changes.

    ``left`` is what is left to plan, ``anew`` what a search found for it without any regard for
    before (its bound is that of the plan too), ``asked`` how many stops may move and today. Raises
    ImpossibleDemand.
    """
    moves, today = asked
    since = _since(left, today)
    new = replanned(left, before.plan, moves, habits)
    often = dict(new.plan.frequencies)
    past = tuple(s for s in new.dropped if s.date < since and s.stop in often)
    answer = (anew.bound, None, tr("ce qui tient reste en place"))
    plan = plan_of(left, (*new.plan.sessions, *past), new.plan.breaks, often, answer)
    counts, were = (Counter(s.stop for s in told) for told in (new.kept, before.plan.sessions))
    still = {s: Often(f, were[s]) for s, f in before.plan.frequencies if counts[s] == were[s]}
    came = tuple(one for one in before.sessions if one.date < today)
    moved, dropped, added = _moved(
        [one for one in before.sessions if one.date >= today],
        [one for one in held_sessions(left, plan) if one.date >= today],
    )
    changes = Changes(
        n_before=len(before.sessions),
        n_past=len(came),
        moved=moved,
        dropped=dropped,
        added=added,
        people_before=before.plan.people,
        people_left=people_of(left, still),
        people=plan.people,
        people_anew=anew.people,
        n_anew=len(set(before.plan.sessions) - set(anew.sessions)),
        moves=moves,
    )
    return plan, changes


def _since(problem: RoundProblem, today: dt.date) -> int:
    """Return the number of the first date that is not past."""
    return sum(day < today for day in problem.dates)


def _moved(
    before: Sequence[HeldSession], now: Sequence[HeldSession]
) -> tuple[
    tuple[tuple[HeldSession, HeldSession], ...], tuple[HeldSession, ...], tuple[HeldSession, ...]
]:
    """Return the sessions that moved, within their week first, those dropped, those added."""
    stand = {_place(one) for one in before} & {_place(one) for one in now}
    left = sorted((one for one in before if _place(one) not in stand), key=_place)
    new = sorted((one for one in now if _place(one) not in stand), key=_place)
    moved: list[_Move] = []
    for alike in (_week, _stop):
        for one in tuple(left):
            other = next((other for other in new if alike(other) == alike(one)), None)
            if other is not None:
                left.remove(one)
                new.remove(other)
                moved.append((one, other))
    return tuple(sorted(moved, key=lambda pair: _place(pair[0]))), tuple(left), tuple(new)


def _place(one: HeldSession) -> tuple[dt.date, int, str, str]:
    return one.date, one.received.start, one.stop.id, one.vehicle


def _week(one: HeldSession) -> tuple[str, dt.date]:
    return one.stop.id, _monday(one.date)


def _stop(one: HeldSession) -> str:
    return one.stop.id


def _put_off(stop: HeldStop, later: dt.timedelta) -> HeldStop:
    sessions = tuple(replace(one, date=one.date + later) for one in stop.sessions)
    return replace(stop, sessions=sessions)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _key(stop: RoundStop) -> tuple[str, str]:
    return stop.code_insee, plain(stop.name)


def _vehicles(problem: RoundProblem, kept: KeptTo) -> dict[str, str]:
    """Return the vehicle that each of before is now; where there is one, it is the same."""
    before = {one.vehicle for stop in kept.stops for one in stop.sessions}
    now = {vehicle.name for vehicle in problem.vehicles}
    if len(before) == len(now) == 1:
        return dict(zip(before, now, strict=True))
    unknown = sorted(before - now)
    if unknown:
        clause = tr(
            "le plan d'avant sort avec {names}, que rien ne dit ici : redonnez le fichier demandé "
            "d'avant (--asked)"
        )
        raise ImpossibleDemand((clause.format(names=listed([f"« {name} »" for name in unknown])),))
    return {name: name for name in before}


def _falls(stop: RoundStop, kept: KeptTo) -> bool:
    """Whether a stop is one of those that fall: of that name, or the one stop of that commune."""
    return any(_key(one.stop) == _key(stop) for name in kept.fallen for one in _called(name, kept))


def _called(name: str, kept: KeptTo) -> list[HeldStop]:
    """Return the stops of before of that name, id or « name (commune) », else of that commune."""
    told = plain(name)
    named = [
        one
        for one in kept.stops
        if one.stop.id == name
        or told in (plain(one.stop.name), plain(f"{one.stop.name} ({one.stop.commune})"))
    ]
    key = commune_key(name)
    return named or [
        one
        for one in kept.stops
        if key in (commune_key(one.stop.commune), one.stop.code_insee.lower())
    ]


def _not_out(kept: KeptTo) -> Iterator[str]:
    clause = tr("aucun véhicule ne sort le {day} dans le plan d'avant : ce jour ne peut pas tomber")
    for day in kept.lost:
        if day not in kept.days:
            yield clause.format(day=french_date(day))
