"""One day on the road: what the search finds is what trying every minute finds."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from tests.rounds.test_checks import problem

from maillage.rounds.checks import _of_day
from maillage.rounds.model import Break, FixedSession, Range, RoundPlan, RoundProblem, Session
from maillage.rounds.routes import DayPlanner, Hours, drive_minutes, shortest_ways

STEP = 30


def drawn(seed: int, n_stops: int) -> RoundProblem:
    """Return a day where every time is a multiple of half an hour."""
    draw = random.Random(seed)
    asked = problem()
    places = [(draw.randrange(3), draw.randrange(3)) for _ in range(n_stops + 1)]
    roads = np.array([[30.0 * (abs(a - c) + abs(b - d)) for c, d in places] for a, b in places])
    stops = []
    for number in range(n_stops):
        starts = draw.sample(range(480, 840, STEP), draw.choice((1, 2)))
        windows = tuple(Range(s, s + draw.choice((60, 120, 240))) for s in starts)
        stops.append(replace(asked.stops[0], id=f"s{number}", windows=((0, windows),)))
    bus = replace(
        asked.vehicles[0], depot=n_stops, shifts=((0, Range(480, draw.choice((780, 900)))),),
        break_minutes=draw.choice((0, 30, 60)), break_window=Range(600, draw.choice((630, 720))),
        break_after=draw.choice((150, 240, 300)), longest_drive=draw.choice((None, 120)),
    )  # fmt: skip
    return replace(
        asked, stops=tuple(stops), vehicles=(bus,), minutes=roads, kilometres=roads,
        session_minutes=draw.choice((30, 60)), setup_minutes=draw.choice((0, 30)),
        packing_minutes=0, reach=np.ones((n_stops, 1)), wanting=np.ones(1),
    )  # fmt: skip


def holds(asked: RoundProblem, sessions: tuple[Session, ...], rest: tuple[Break, ...]) -> bool:
    """Whether the checker lets a day be."""
    told = RoundPlan(sessions, rest, (), 0.0, 0.0, 1.0, 0.0, False, None, "")
    return not list(_of_day(asked, told, 0, 0))


def any_day(asked: RoundProblem) -> float | None:
    """Return the fewest kilometres of a day of all stops, every start and break tried."""
    lasting, best = asked.session_minutes, None
    starts = [
        sorted({t for w in dict(s.windows)[0] for t in range(w.start, w.end - lasting + 1, STEP)})
        for s in asked.stops
    ]
    bus = asked.vehicles[0]
    times = range(bus.break_window.start, bus.break_window.end + 1, STEP)
    rests = [(), *((Break(0, 0, t, t + bus.break_minutes),) for t in times if bus.break_minutes)]
    for told in product(*starts):
        sessions = tuple(Session(0, 0, n, at, at + lasting) for n, at in enumerate(told))
        way = [bus.depot, *(n for _, n in sorted(zip(told, range(len(told)), strict=True)))]
        km = sum(asked.kilometres[a, b] for a, b in zip(way, [*way[1:], bus.depot], strict=True))
        if (best is None or km < best) and any(holds(asked, sessions, rest) for rest in rests):
            best = float(km)
    return best


def _agrees(seed: int, n_stops: int) -> bool:
    asked = drawn(seed, n_stops)
    planner = DayPlanner(asked, drive_minutes(asked))
    route = planner.route(0, 0, frozenset(range(n_stops)))
    best = any_day(asked)
    if route is None or best is None:
        assert route is None, seed
        assert best is None, seed
        return False
    sessions = tuple(
        Session(0, 0, stop, start, start + lasting)
        for stop, start, lasting in zip(route.order, route.starts, route.lasting, strict=True)
    )
    lasting = asked.vehicles[0].break_minutes
    rest = () if route.rest is None else (Break(0, 0, route.rest, route.rest + lasting),)
    assert holds(asked, sessions, rest), seed
    assert route.kilometres == best, seed
    return True


def test_the_day_found_is_the_shortest_of_all() -> None:
    """Where trying every half hour finds a day the search finds one as short, and only there."""
    found = [_agrees(seed, n) for n in (1, 2) for seed in range(15)]
    assert 5 < sum(found) < 25


@pytest.mark.full
def test_the_day_found_is_the_shortest_of_all_many_times() -> None:
    """The same for three stops, a hundred times."""
    found = [_agrees(seed, 3) for seed in range(100)]
    assert 5 < sum(found) < 95


def test_a_stop_less_is_never_longer_nor_impossible() -> None:
    """What cannot be held without a stop cannot be held with it: cuts lean on it."""
    for seed in range(25):
        asked = drawn(seed, 3)
        planner = DayPlanner(asked, drive_minutes(asked))
        whole = planner.route(0, 0, frozenset(range(3)))
        for fewer in combinations(range(3), 2):
            part = planner.route(0, 0, frozenset(fewer))
            if whole is not None:
                assert part is not None
                assert part.kilometres <= whole.kilometres


def test_commitments_and_hours_asked_are_kept() -> None:
    """A commitment stands on its day at its minute, and a start asked for is given or refused."""
    asked = replace(problem(), fixed=(FixedSession(0, 0, 1, 800, 900),))
    planner = DayPlanner(asked, drive_minutes(asked))
    route = planner.route(0, 0, frozenset((0,)), Hours(((0, 545),)))
    assert route is not None
    assert dict(zip(route.order, route.starts, strict=True)) == {0: 545, 1: 800}
    assert route.rest is not None
    assert planner.route(0, 0, frozenset((0,)), Hours(((0, 780),))) is None


def test_roads_are_rounded_up_and_shortened_only_for_bounds() -> None:
    """A road of 10.2 minutes takes 11; passing through a third place never lengthens it."""
    asked = problem()
    roads = np.array([[0, 10.2, 90], [10, 0, 10], [90, 10, 0.0]])
    told = drive_minutes(replace(asked, minutes=roads))
    assert told == [[0, 11, 90], [10, 0, 10], [90, 10, 0]]
    assert shortest_ways(told) == [[0, 11, 21], [10, 0, 10], [20, 10, 0]]
