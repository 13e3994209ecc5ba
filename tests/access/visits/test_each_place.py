"""All places of one home at once: what is found is what is found of each by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from tests.access.journeys.timetables import run
from tests.access.visits.journeys_week import DAY, STOPS, searched_of, towns_by_bus
from tests.access.visits.persons import DAYS, means_of, running
from tests.access.visits.towns import MONDAY, at_km

from maillage.access.timetable.model import Network
from maillage.access.travel import Mode
from maillage.access.visits.each_place import EachPlace, PlacesOpen, WindowVisits
from maillage.access.visits.find import VisitMeans
from maillage.access.visits.find_sheet import timetables_of
from maillage.access.visits.kinds import visit_kind
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn
from maillage.access.visits.one_home import HomeWays, visits_of_home
from maillage.access.visits.open_windows import open_windows
from maillage.access.visits.territory_visits import week_ground

MORNING = ((540, 720),)
NOON = 780


def opened(*days: tuple[tuple[int, int], ...] | None) -> tuple[OpeningOn, ...]:
    """Return so many openings from a Monday on; None = nothing is known of that day."""
    return tuple(
        OpeningOn(MONDAY + dt.timedelta(days=n), one or (), Certainty.CERTAIN if one else None)
        for n, one in enumerate(days)
    )


def places(means: VisitMeans, kms: tuple[float, ...], *weeks: tuple[OpeningOn, ...]) -> EachPlace:
    """Return places so many km east, each open as told."""
    kind = visit_kind("comptoir", means.parameters)
    lieux = np.arange(len(kms), dtype=np.int32)
    windows = open_windows(lieux, weeks, kind, NOON)
    days = tuple(one.date for one in weeks[0])
    return EachPlace(PlacesOpen(at_km(*kms), windows, days, kind, NOON), means)


def asked(each: EachPlace, *rows: int) -> WindowVisits:
    """Return the visits of a home at km 0 in some windows."""
    return each.visits(at_km(0.0)[0], np.array(rows, dtype=np.int32))


def test_windows_are_laid_end_to_end() -> None:
    """Each permanence has its windows in order of day, and a day that is not known has none."""
    kind = visit_kind("comptoir", means_of().parameters)
    weeks = (opened(MORNING, None), opened(((540, 720), (840, 1020)), MORNING), opened(None, None))
    found = open_windows(np.array([0, 1, -1], dtype=np.int32), weeks, kind, NOON)
    assert found.first.tolist() == [0, 1, 4, 4]
    assert found.days.tolist() == [0, 0, 0, 1]
    assert found.halves.tolist() == [0, 0, 1, 0]
    assert found.unknown.tolist() == [False, False, True]
    rows, owners = found.rows_of(np.array([1, 0], dtype=np.int32))
    assert (rows.tolist(), owners.tolist()) == ([1, 2, 3, 0], [0, 0, 0, 1])


@given(towns_by_bus)
@settings(max_examples=10, deadline=None)
def test_all_places_at_once_are_each_place_by_itself(network: Network) -> None:
    """The best visit and the obstacle of each window are those of the place searched alone."""
    searched = searched_of(network)
    kind, to = searched.asked.kinds[0], searched.asked.to
    asked_week = replace(searched.asked, homes=STOPS[:1], kinds=(kind,))
    means = means_of(network, parameters=searched.by.parameters, streets=searched.by.streets)
    means = replace(means, searches=searched.by.searches)
    ground = week_ground(
        asked_week, replace(searched.by, network=timetables_of((DAY,), means).network)
    )
    weeks = tuple(tuple(to.opened[one.permanence_id]) for one in to.presences)
    lieux = [ground.lieu_ids.index(one.lieu_id) for one in to.presences]
    windows = open_windows(np.array(lieux, dtype=np.int32), weeks, kind, searched.asked.noon)
    open_there = PlacesOpen(ground.places, windows, (DAY,), kind, searched.asked.noon)
    each = EachPlace(open_there, means)
    rows = np.arange(len(windows.days), dtype=np.int32)
    found = each.visits(STOPS[0], rows)
    alone = visits_of_home(asked_week, searched.by.searches, ground, (ground.out, ground.back))
    at = 0
    for visit in alone:
        for k in range(0 if visit.trips is None else len(visit.starts.earliest)):
            trips = visit.trips
            assert trips is not None
            away = int(trips.back[0, k] - trips.leave[0, k])
            obstacle = int(trips.obstacle[0, k])
            if not obstacle and away > (kind.minutes + kind.budget_minutes) * 60:
                obstacle = Obstacle.TOO_LONG.number
            assert int(found.trips.obstacle[at]) == obstacle
            assert int(found.trips.back[at] - found.trips.leave[at]) == away
            at += 1
    assert at == len(rows)


def test_by_car_each_window_has_its_own_way() -> None:
    """Nearer places are nearer, and who may leave at any time leaves time before closing."""
    each = places(means_of(mode=Mode.CAR), (5.0, 10.0), opened(MORNING), opened(MORNING))
    found = asked(each, 0, 1)
    away = (found.trips.back - found.trips.leave).tolist()
    assert away[0] < away[1]
    assert found.works.all()
    assert found.direct.all()
    assert found.trips.spare.tolist() == [30 * 60, 30 * 60]


def test_too_far_on_foot_is_no_way() -> None:
    """Beyond what one walks nothing leads there; the minutes there are told all the same."""
    each = places(means_of(mode=Mode.WALK), (30.0,), opened(MORNING))
    assert asked(each, 0).trips.obstacle.tolist() == [Obstacle.NO_WAY_OUT.number]
    there = each.minutes_there(at_km(0.0)[0], np.array([0], dtype=np.int32), Mode.WALK)
    assert there[0] > 300.0


def test_a_bus_there_and_none_back_is_no_way_back() -> None:
    """The last bus home leaves before the visit is over, and the facts tell when."""
    there = run((0, 30000), (1, 31200))
    back = run((1, 32000), (0, 33200))
    week = opened(((560, 720),))
    each = places(means_of(running(there, back)), (8.0,), week)
    assert asked(each, 0).trips.obstacle.tolist() == [Obstacle.NO_WAY_BACK.number]
    facts = each.facts(at_km(0.0)[0], 0, week[0])
    assert (facts.ranges, facts.first_arrival) == (((560, 720),), 31200)
    assert facts.last_return == 32000


def test_the_ways_of_a_home_are_remembered() -> None:
    """A home asked again is not searched again."""
    each = places(means_of(mode=Mode.CAR), (5.0,), opened(MORNING))
    home = at_km(0.0)[0]
    before: tuple[HomeWays, ...] = each._ways(home)
    asked(each, 0)
    assert each._ways(home.copy()) is before
    assert DAYS[0] == MONDAY
