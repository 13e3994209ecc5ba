"""A plan of four weeks as people are told of it: sessions, stops, runners-up, who is left out."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.unreached.model import Unreached
from maillage.access.visits.bounds import Bounds
from maillage.kernel.findings import Finding
from maillage.kernel.ids import make_id
from maillage.rounds.asked import Operator
from maillage.rounds.ground import GroundedRound, RoundGround
from maillage.rounds.judged import BesidePlan, added_by, held_by_plan
from maillage.rounds.model import (
    Frequency,
    Often,
    Range,
    RoundPlan,
    RoundProblem,
    RoundStop,
    Session,
)
from maillage.rounds.newly_able import newly_able
from maillage.rounds.value import people_of, served

_SHOWN_RUNNERS_UP = 5
_LEFT_OUT = 0.5  # people: fewer are nobody


@dataclass(frozen=True, slots=True)
class HeldSession:
    """One session as people are told of it; ``id`` is the same as long as stop and date are."""

    id: str
    date: dt.date
    received: Range
    stop: RoundStop
    vehicle: str


@dataclass(frozen=True, slots=True)
class Room:
    """People who would come, each counted once, were there room for all; ``places`` there are."""

    come: float
    places: float


@dataclass(frozen=True, slots=True)
class HeldStop:
    """A stop of the plan: how often, people lost without it (``brings``), its sessions by date.

    ``room``: who would come there, and the places of its sessions; None = not told.
    """

    stop: RoundStop
    frequency: Frequency
    brings: float
    sessions: tuple[HeldSession, ...]
    room: Room | None = None


class HeldMonth(Protocol):
    """What is held in four weeks, and by whom: what others need to know of a plan."""

    @property
    def operator(self) -> Operator:
        """Who holds the round."""

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The dates of the month, in order."""

    @property
    def stops(self) -> tuple[HeldStop, ...]:
        """The stops held."""


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """A stop that the plan does not hold, and the people that it would add to it."""

    stop: RoundStop
    adds: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A zone where people who lack help are not served by the plan, in whole or in part."""

    zone: str
    people: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from a month kept to, of its ``n_before`` sessions, ``n_past`` of them held.

    ``moved`` within their week, from and to. ``people_before`` is what that month was worth,
    ``people_left`` what its stops that stand whole are worth alone, ``people`` the new month,
    ``people_anew`` a month made anew, which would change ``n_anew`` of those sessions. ``moves``:
    how many stops might leave their days.
    """

    n_before: int
    n_past: int
    moved: tuple[tuple[HeldSession, HeldSession], ...]
    dropped: tuple[HeldSession, ...]
    added: tuple[HeldSession, ...]
    people_before: float
    people_left: float
    people: float
    people_anew: float
    n_anew: int
    moves: int


@dataclass(frozen=True, slots=True, eq=False)
class RoundMonth:
    """All that is told of a plan.

    ``able`` are the people newly able at the plan's own half-days, under each bound; ``people`` of
    the plan are under the bound that ``under_high`` tells. ``left_out`` begins with the most
    people. ``beside`` None: no present round is compared. ``how`` are French sentences, ``noted``
    that on the requests recorded at desks. ``room`` None: how many people a session can receive is
    not told. ``changes`` None: no month of before is kept to. ``reached`` are the people within
    reach of its stops, each counted once, however often they are held; ``returns`` the share for
    which each frequency counts.
    """

    territory: str
    operator: Operator
    service: ServiceKey
    plan: RoundPlan
    days: tuple[dt.date, ...]
    sessions: tuple[HeldSession, ...]
    stops: tuple[HeldStop, ...]
    runners_up: tuple[RunnerUp, ...]
    wanting: float
    left_out: tuple[LeftOut, ...]
    able: Bounds[float]
    under_high: bool
    fragile_told: bool = True
    beside: BesidePlan | None = None
    findings: tuple[Finding, ...] = ()
    how: tuple[str, ...] = ()
    noted: str = ""
    room: Room | None = None
    changes: Changes | None = None
    reached: float = 0.0
    returns: tuple[tuple[Frequency, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a month is told with: operator, service, bound, the round beside it, what it changes."""

    operator: Operator
    service: ServiceKey
    high: bool
    beside: BesidePlan | None = None
    changes: Changes | None = None


def month_of(
    grounded: GroundedRound, plan: RoundPlan, ground: RoundGround, told: Told
) -> RoundMonth:
    """Return what is told of a plan."""
    problem = grounded.problem
    sessions = held_sessions(problem, plan)
    held = held_by_plan(grounded, plan, ground)
    return RoundMonth(
        territory=ground.territory.name,
        operator=told.operator,
        service=told.service,
        plan=plan,
        days=problem.dates,
        sessions=sessions,
        stops=held_stops(problem, plan, sessions),
        runners_up=runners_up(problem, plan),
        wanting=math.fsum(problem.wanting),
        left_out=_left_out(problem, plan, ground.unreached),
        able=newly_able(ground.unreached, ground.reach, told.service, held),
        under_high=told.high,
        fragile_told=ground.unreached.fragile_told,
        beside=told.beside,
        findings=(*ground.unreached.findings, *grounded.findings),
        how=grounded.how,
        noted=ground.unreached.noted,
        room=_room(problem, plan.often),
        changes=told.changes,
        reached=_reached(problem, plan),
        returns=problem.returns,
    )


def _reached(problem: RoundProblem, plan: RoundPlan) -> float:
    """Return the people within reach of the stops held, however often they are."""
    held = [stop for stop, _ in plan.frequencies]
    if not held:
        return 0.0
    return math.fsum(problem.wanting * problem.reach[held].max(axis=0))


def held_sessions(problem: RoundProblem, plan: RoundPlan) -> tuple[HeldSession, ...]:
    """Return the sessions of a plan in order of date, time and vehicle."""
    told = []
    for session in plan.sessions:
        stop, day = problem.stops[session.stop], problem.dates[session.date]
        rank = sum(
            other.stop == session.stop and other.date == session.date and _before(other, session)
            for other in plan.sessions
        )
        one_id = make_id("session", stop.id, day.isoformat(), str(rank))
        times = Range(session.start, session.end)
        told.append(HeldSession(one_id, day, times, stop, problem.vehicles[session.vehicle].name))
    return tuple(sorted(told, key=lambda s: (s.date, s.received.start, s.vehicle, s.stop.id)))


def held_stops(
    problem: RoundProblem, plan: RoundPlan, sessions: tuple[HeldSession, ...]
) -> tuple[HeldStop, ...]:
    """Return the stops of a plan in order of commune and name."""
    held = plan.often
    everyone = people_of(problem, held)
    stops = []
    for number, frequency in plan.frequencies:
        stop = problem.stops[number]
        brings = everyone - people_of(problem, _without(held, number))
        own = tuple(session for session in sessions if session.stop.id == stop.id)
        room = _room(problem, {number: held[number]})
        stops.append(HeldStop(stop, frequency, brings, own, room))
    return tuple(sorted(stops, key=lambda one: (one.stop.commune, one.stop.name, one.stop.id)))


def runners_up(problem: RoundProblem, plan: RoundPlan) -> tuple[RunnerUp, ...]:
    """Return the stops not held that would add most people, held as often as they may be."""
    held = dict(plan.frequencies)
    found = [
        RunnerUp(stop, added_by(problem, plan, number))
        for number, stop in enumerate(problem.stops)
        if number not in held
    ]
    best = sorted(found, key=lambda one: (-one.adds, one.stop.id))
    return tuple(one for one in best[:_SHOWN_RUNNERS_UP] if one.adds >= _LEFT_OUT)


def _room(problem: RoundProblem, held: Mapping[int, Often]) -> Room | None:
    """Return who would come to these stops, and their places; None where it is not told."""
    if problem.capacity is None:
        return None
    come = people_of(replace(problem, capacity=None), held)
    return Room(come, problem.capacity * sum(often.n_sessions for often in held.values()))


def _left_out(problem: RoundProblem, plan: RoundPlan, unreached: Unreached) -> tuple[LeftOut, ...]:
    share = served(problem, plan.often)
    left = np.bincount(
        unreached.zone, problem.wanting * (1 - share), minlength=len(unreached.zone_ids)
    )
    zones = zip(unreached.zone_names, unreached.zone_ids, left, strict=True)
    found = [(-float(people), name, one_id) for name, one_id, people in zones]
    return tuple(LeftOut(name, -less) for less, name, _ in sorted(found) if -less >= _LEFT_OUT)


def _without(held: Mapping[int, Often], number: int) -> dict[int, Often]:
    return {stop: often for stop, often in held.items() if stop != number}


def _before(one: Session, other: Session) -> bool:
    return (one.start, one.vehicle) < (other.start, other.vehicle)
