"""Hours are those that people remember: the checker finds no round one that costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.rounds.draws import HABITS, month
from tests.rounds.test_checks import problem

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.progress import Silent
from maillage.rounds.checks import _of_day, violations
from maillage.rounds.model import Break, Range, RoundPlan, RoundProblem, Session
from maillage.rounds.twin import GreedyRounds

STEP = 15


def planned(asked: RoundProblem) -> RoundPlan:
    """Return the greedy month."""
    return GreedyRounds(**HABITS).solve(asked, Budget(), Silent())


def _kilometres(asked: RoundProblem, day: list[Session]) -> float:
    depot = asked.vehicles[day[0].vehicle].depot
    way = [depot, *(s.stop for s in sorted(day, key=lambda s: s.start)), depot]
    return sum(float(asked.kilometres[a, b]) for a, b in pairwise(way))


def _rests(asked: RoundProblem, day: list[Session]) -> Iterator[tuple[Break, ...]]:
    crew, (vehicle, date) = asked.vehicles[day[0].vehicle], (day[0].vehicle, day[0].date)
    yield ()
    for at in range(crew.break_window.start, crew.break_window.end + 1):
        yield (Break(vehicle, date, at, at + crew.break_minutes),)


def round_hour(asked: RoundProblem, plan: RoundPlan, session: Session) -> int | None:
    """Return a round hour to which a session could be moved for no kilometre, None: there is none.

    The other sessions of the day stay; the break goes where it must.
    """
    place = session.vehicle, session.date
    day = [s for s in plan.sessions if (s.vehicle, s.date) == place]
    lasting = session.end - session.start
    for window in dict(asked.stops[session.stop].windows)[session.date]:
        for at in range(-(-window.start // STEP) * STEP, window.end - lasting + 1, STEP):
            moved = replace(session, start=at, end=at + lasting)
            others = [moved if s == session else s for s in day]
            if _kilometres(asked, others) > _kilometres(asked, day) + 1e-9:
                continue
            for rest in _rests(asked, others):
                told = replace(plan, sessions=tuple(others), breaks=rest)
                if not list(_of_day(asked, told, *place)):
                    return at
    return None


def _off(seeds: range) -> int:
    """Return how many sessions begin off a quarter; no quarter was free for any of them."""
    n_off = 0
    for seed in seeds:
        asked = month(seed, n_vehicles=1 + seed % 2)
        try:
            plan = planned(asked)
        except ImpossibleDemand:
            continue
        assert violations(asked, plan) == (), seed
        for session in plan.sessions:
            if session.start % STEP:
                n_off += 1
                assert round_hour(asked, plan, session) is None, (seed, session)
    return n_off


def test_a_session_is_off_a_quarter_only_where_none_is_free() -> None:
    """The checker refuses each quarter that a session told at another minute could be moved to."""
    assert _off(range(30)) > 0


@pytest.mark.full
def test_a_session_is_off_a_quarter_only_where_none_is_free_many_times() -> None:
    """The same on two hundred months."""
    assert _off(range(200)) > 0


def test_a_crew_waits_for_a_round_hour() -> None:
    """Out at eight, half an hour and seven minutes away: people are received from nine on."""
    asked = problem()
    asked = replace(asked, minutes=asked.minutes * 37 / 30)
    starts = {session.start for session in planned(asked).sessions}
    assert starts
    assert {start % STEP for start in starts} == {0}


def test_what_no_round_hour_allows_is_told_to_the_minute() -> None:
    """A hall that opens from 9 h 53 for the two hours of a session is told at 9 h 53."""
    asked = problem()
    hall = tuple((date, (Range(593, 713),)) for date in range(20))
    asked = replace(asked, stops=(replace(asked.stops[0], windows=hall), asked.stops[1]))
    plan = planned(asked)
    assert {s.start for s in plan.sessions if s.stop == 0} == {593}
    assert {s.start % STEP for s in plan.sessions if s.stop == 1} == {0}
