"""What every search of journeys must hold. A new engine is one more line in ``ENGINES``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from tests.access.journeys.timetables import (
    Call,
    Case,
    cases,
    journeys_of,
    make_day,
    make_network,
    make_place,
    make_walks,
    run,
)

from maillage.access.journeys.exhaustive import ExhaustiveSearch
from maillage.access.journeys.legs import JourneyFinder, replay
from maillage.access.journeys.model import DaySearch, DayTimetable, Profiles, Walks, Window
from maillage.engines.connection_scan import ConnectionScan

ENGINES: tuple[Callable[[], DaySearch], ...] = (ExhaustiveSearch, ConnectionScan)
every_engine = pytest.mark.parametrize("make", ENGINES, ids=lambda make: make.__name__)
WAYS = ("to_place", "from_place")
every_way = pytest.mark.parametrize("way", WAYS)
DAY_LONG = Window(0, 86_400)


def _found(make: Callable[[], DaySearch], way: str, case: Case) -> list[list[tuple[int, int]]]:
    profiles = getattr(make(), way)(*case.asked())
    return [journeys_of(profiles, home) for home in range(len(case.homes))]


def _mirrored(day: DayTimetable) -> DayTimetable:
    """Return the day read backwards: it ends when it began, runs go back along their calls."""
    order = np.lexsort((-day.calls, day.runs, -day.departures, -day.arrivals))
    return DayTimetable(
        day.n_stops,
        day.destinations[order],
        day.origins[order],
        -day.arrivals[order],
        -day.departures[order],
        day.runs[order],
        -day.calls[order],
        day.alights[order],
        day.boards[order],
        day.trips,
        day.vehicles,
    )


@every_engine
@every_way
@given(case=cases())
@settings(max_examples=15)
def test_profiles_are_told_for_each_home_and_go_up(
    make: Callable[[], DaySearch], way: str, case: Case
) -> None:
    """Each home has a row; departures and arrivals go up strictly and stay within the window."""
    profiles: Profiles = getattr(make(), way)(*case.asked())
    assert profiles.first[0] == 0
    assert len(profiles.first) == len(case.homes) + 1
    assert profiles.first[-1] == len(profiles.departures) == len(profiles.arrivals)
    for row in _found(make, way, case):
        assert all(one[0] < then[0] and one[1] < then[1] for one, then in pairwise(row))
        assert all(leave <= arrival for leave, arrival in row)
        assert all(leave >= case.window.earliest for leave, _ in row)
        assert all(arrival <= case.window.latest for _, arrival in row)


@every_way
@given(case=cases())
@settings(max_examples=60)
def test_the_compiled_search_finds_what_trying_all_finds(way: str, case: Case) -> None:
    """The compiled search and the exhaustive one give the same profiles."""
    assert _found(ConnectionScan, way, case) == _found(ExhaustiveSearch, way, case)


@pytest.mark.full
@every_way
@given(case=cases())
@settings(max_examples=3_000)
def test_the_compiled_search_finds_what_trying_all_finds_at_length(way: str, case: Case) -> None:
    """Three thousand drawn days give the same profiles too."""
    assert _found(ConnectionScan, way, case) == _found(ExhaustiveSearch, way, case)


@every_engine
@every_way
@given(case=cases())
@settings(max_examples=15)
def test_one_run_more_never_worsens_anything(
    make: Callable[[], DaySearch], way: str, case: Case
) -> None:
    """Whatever could be done is done as late and as early, or better, with one run more."""
    fewer = _found(make, way, replace(case, runs=case.runs[:-1]))
    for before, after in zip(fewer, _found(make, way, case), strict=True):
        for leave, arrival in before:
            assert any(then >= leave and there <= arrival for then, there in after)


@every_engine
@given(case=cases())
@settings(max_examples=15)
def test_the_way_back_is_the_way_there_in_a_mirror(
    make: Callable[[], DaySearch], case: Case
) -> None:
    """Journeys from a place are those to it in the timetable read backwards."""
    day, between, homes, place, window = case.asked()
    turned = make_walks(
        [
            {other: row[stop] for other, row in enumerate(case.between) if stop in row}
            for stop in range(case.n_stops)
        ]
    )
    there = make().to_place(
        _mirrored(day), turned, homes, place, Window(-window.latest, -window.earliest)
    )
    back = make().from_place(day, between, homes, place, window)
    for home in range(len(case.homes)):
        mirrored = [(-arrival, -leave) for leave, arrival in journeys_of(there, home)]
        assert mirrored[::-1] == journeys_of(back, home)


@every_engine
@given(case=cases())
@settings(max_examples=15)
def test_every_journey_found_can_be_taken(make: Callable[[], DaySearch], case: Case) -> None:
    """Each entry of a profile is a journey that holds leg by leg against the timetable."""
    day, between, _, place, _ = case.asked()
    network = case.network
    finder = JourneyFinder(network, day, between)
    for way in WAYS:
        for walks, row in zip(case.homes, _found(make, way, case), strict=True):
            ends = (make_place(walks), place) if way == "to_place" else (place, make_place(walks))
            for leave, arrival in row:
                journey = finder.leaving_at(*ends, leave)
                assert journey is not None
                assert (journey.depart, journey.arrive) == (leave, arrival)
                assert replay(journey, network, day, between) == ()


@every_engine
def test_staying_aboard_needs_no_time_and_changing_does(make: Callable[[], DaySearch]) -> None:
    """A run that halts a second carries on; a change takes the seconds told, and no fewer."""
    homes, place = make_walks([{0: 10}]), make_place({2: 20})
    through = make_day(make_network(3, [run((0, 100), (1, 200, 201), (2, 300))]))
    between = make_walks([{0: 60}, {1: 60}, {2: 60}])
    found = make().to_place(through, between, homes, place, DAY_LONG)
    assert journeys_of(found, 0) == [(90, 320)]
    for then, journeys in ((259, []), (260, [(90, 380)])):
        changing = make_network(3, [run((0, 100), (1, 200)), run((1, then), (2, 360))])
        found = make().to_place(make_day(changing), between, homes, place, DAY_LONG)
        assert journeys_of(found, 0) == journeys


@every_engine
def test_a_change_leads_where_footpaths_do_and_nowhere_else(make: Callable[[], DaySearch]) -> None:
    """A footpath to another stop takes its seconds; a stop whose row lacks it allows no change."""
    homes, place = make_walks([{0: 0}]), make_place({3: 0})
    day = make_day(
        make_network(4, [run((0, 100), (1, 200)), run((1, 300), (3, 400)), run((2, 300), (3, 500))])
    )
    for row, journeys in (
        ({1: 0}, [(100, 400)]),
        ({2: 100}, [(100, 500)]),
        ({2: 101}, []),
        ({}, []),
    ):
        between = make_walks([{}, row, {}, {}])
        found = make().to_place(day, between, homes, place, DAY_LONG)
        assert journeys_of(found, 0) == journeys


@every_engine
@every_way
def test_nobody_boards_or_alights_where_it_is_not_allowed(
    make: Callable[[], DaySearch], way: str
) -> None:
    """A call that lets nobody on, or off, begins, or ends, no ride."""
    for boards, alights, n_journeys in ((True, True, 1), (False, True, 0), (True, False, 0)):
        runs = [[Call(0, 100, 100, boards=boards), Call(1, 200, 200, alights=alights)]]
        near_home, near_place = ({0: 1}, {1: 1}) if way == "to_place" else ({1: 1}, {0: 1})
        found = getattr(make(), way)(
            make_day(make_network(2, runs)),
            make_walks([{0: 1}, {1: 1}]),
            make_walks([near_home]),
            make_place(near_place),
            DAY_LONG,
        )
        assert journeys_of(found, 0) == [(99, 201)] * n_journeys


@every_engine
@every_way
def test_walking_all_the_way_is_no_journey(make: Callable[[], DaySearch], way: str) -> None:
    """A home and a place at one stop have no journey where nothing runs there and back."""
    nothing = Walks(*(np.zeros(n, dtype=np.int32) for n in (2, 0, 0)))
    day = make_day(make_network(1, []))
    found = getattr(make(), way)(day, nothing, make_walks([{0: 1}]), make_place({0: 1}), DAY_LONG)
    assert journeys_of(found, 0) == []


@every_engine
@every_way
def test_one_stays_aboard_a_vehicle_that_begins_another_run(
    make: Callable[[], DaySearch], way: str
) -> None:
    """No change is needed, nor footpath, between two runs of one vehicle; nor is it, apart."""
    runs = [run((0, 100), (1, 200)), run((1, 230), (2, 300))]
    near = ({0: 0}, {2: 0}) if way == "to_place" else ({2: 0}, {0: 0})
    for blocks, journeys in (((0, 0), [(100, 300)]), ((0, 1), []), ((-1, -1), [])):
        day = make_day(make_network(3, runs, blocks))
        between = make_walks([{0: 60}, {1: 60}, {2: 60}])
        ends = make_walks([near[0]]), make_place(near[1])
        found = getattr(make(), way)(day, between, *ends, DAY_LONG)
        assert journeys_of(found, 0) == journeys
