"""PyVRP shares a date out between vehicles; what it answers drives no more than before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.rounds.test_checks import problem

from maillage.engines.pyvrp_rounds import PyvrpRoutes
from maillage.kernel.budget import Budget
from maillage.rounds.bounded import BoundedRounds
from maillage.rounds.calendar import Calendar, Ground, Held, Rhythm
from maillage.rounds.insertion import Inserter, Worth
from maillage.rounds.model import FixedSession, Frequency, Range, RoundProblem
from maillage.rounds.routes import DayPlanner, drive_minutes
from maillage.rounds.sharing import shared_out

FEW = Budget(iterations=100)


def two_sides() -> RoundProblem:
    """Return four stops, two beside each of two depots fifty kilometres apart."""
    asked = problem()
    where = np.array([0.0, 5, 50, 55, 2, 52])
    roads = np.abs(where[:, None] - where[None, :])
    stop = asked.stops[0]
    stops = tuple(replace(stop, id=f"s{n}", frequencies=(Frequency.MONTHLY,)) for n in range(4))
    buses = tuple(replace(asked.vehicles[0], depot=depot) for depot in (4, 5))
    return replace(
        asked, stops=stops, vehicles=buses, minutes=roads, kilometres=roads,
        reach=np.eye(4), wanting=np.ones(4),
    )  # fmt: skip


def test_each_vehicle_takes_the_stops_of_its_side() -> None:
    """Of four stops each bus takes the two beside its depot."""
    ways = PyvrpRoutes().share(two_sides(), 0, (0, 1, 2, 3), FEW)
    assert ways is not None
    assert [sorted(way) for way in ways] == [[0, 1], [2, 3]]


def test_a_commitment_stays_with_its_vehicle() -> None:
    """A stop that the far bus is committed to is the far bus's."""
    asked = replace(two_sides(), fixed=(FixedSession(1, 0, 0, 600, 720),))
    ways = PyvrpRoutes().share(asked, 0, (0, 1, 2), FEW)
    assert ways is not None
    assert 0 in ways[1]


def test_what_no_day_holds_is_not_shared() -> None:
    """Stops that open at the same two hours, more than the vehicles, are shared out to nobody."""
    asked = two_sides()
    stops = tuple(replace(s, windows=((0, (Range(600, 720),)),)) for s in asked.stops)
    assert PyvrpRoutes().share(replace(asked, stops=stops), 0, (0, 1, 2), FEW) is None
    assert PyvrpRoutes().share(asked, 0, (0, 1), FEW) is not None


def test_sharing_out_drives_less_and_keeps_the_dates() -> None:
    """A date where each bus crosses over is given back: the same sessions, fewer kilometres."""
    ground = Ground(two_sides())
    crossed = {
        stop: Held(Rhythm(Frequency.MONTHLY, (0,)), ((vehicle, 0),))
        for stop, vehicle in ((0, 0), (1, 1), (2, 0), (3, 1))
    }
    calendar = Calendar(ground, crossed)
    inserter = Inserter(ground, Worth(ground.problem), 20.0)
    shared = shared_out(inserter, calendar, PyvrpRoutes(), FEW)
    assert shared.total_kilometres == pytest.approx(20)
    assert calendar.total_kilometres == pytest.approx(200)
    assert {s: h.places[0][1] for s, h in shared.held.items()} == dict.fromkeys(range(4), 0)


def test_pyvrp_is_no_shorter_than_the_exact_day_of_one_vehicle() -> None:
    """On a day of one bus without a break our search and PyVRP drive the same."""
    asked = two_sides()
    bus = replace(asked.vehicles[0], break_minutes=0, shifts=((0, Range(0, 1440)),))
    asked = replace(asked, vehicles=(bus,), session_minutes=30)
    ways = PyvrpRoutes().share(asked, 0, (0, 1, 2, 3), FEW)
    ours = DayPlanner(asked, drive_minutes(asked)).route(0, 0, frozenset(range(4)))
    assert ways is not None
    assert ours is not None
    way = [bus.depot, *ways[0], bus.depot]
    theirs = sum(asked.kilometres[a, b] for a, b in pairwise(way))
    assert ours.kilometres == pytest.approx(theirs)


def test_the_solver_names_its_engines() -> None:
    """A plan tells which engines made it, with their versions."""
    assert "PyVRP 0." in BoundedRounds(20.0, 15, routes=PyvrpRoutes()).name
