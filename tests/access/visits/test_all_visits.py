"""All visits of all places: the same as place by place, in order, and stopped when asked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from tests.access.journeys.timetables import Case, cases, make_network, make_place, make_walks, run
from tests.access.journeys.timetables import make_day as day_of

from maillage.access.journeys.exhaustive import ExhaustiveSearch
from maillage.access.visits.all_visits import (
    AskedDay,
    AskedPlace,
    Searches,
    Transport,
    all_visits,
)
from maillage.access.visits.model import Obstacle, RoundTrips, Starts
from maillage.access.visits.round_trips import NEVER, ExhaustiveVisits, Terms, Ways
from maillage.engines.connection_scan import ConnectionScan
from maillage.engines.round_trips import CompiledVisits
from maillage.kernel.progress import Silent

COMPILED = Searches(ConnectionScan(), CompiledVisits())
PLAIN = Searches(ExhaustiveSearch(), ExhaustiveVisits(), threads=1)
engines = pytest.mark.parametrize("searches", (COMPILED, PLAIN), ids=("compiled", "plain"))
FIELDS = ("leave", "start", "back", "spare", "obstacle")


def _starts(*windows: tuple[int, int]) -> Starts:
    table = np.array(windows, dtype=np.int32).reshape(-1, 2)
    return Starts(np.zeros(len(table), dtype=np.int32), table[:, 0], table[:, 1])


def _never(n_homes: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.full(n_homes, NEVER, dtype=np.int32)


def _bus_there_and_back() -> tuple[Transport, AskedPlace]:
    """Return one home joined to one place by a bus at 1000 there and at 3000 back."""
    network = make_network(2, [run((0, 1000), (1, 1500)), run((1, 3000), (0, 3500))])
    homes, between = make_walks([{0: 100}]), make_walks([{}, {}])
    days = (
        AskedDay(0, _starts((1000, 2500)), Terms(600, 0, 4000)),
        AskedDay(None, _starts((1000, 2500)), Terms(600, 0, 4000)),
        AskedDay(0, _starts(), Terms(600, 0, 4000)),
    )
    place = AskedPlace(make_place({1: 50}), _never(1), _never(1), days)
    return Transport((day_of(network),), between, homes), place


@engines
def test_each_day_of_each_place_is_answered_in_order(searches: Searches) -> None:
    """A day with a timetable, one without, one that never opens: three answers a place."""
    transport, place = _bus_there_and_back()
    found = list(all_visits(searches, transport, [place] * 7, Silent()))
    assert len(found) == 7
    for with_bus, without, closed in found:
        assert [int(getattr(with_bus, f)[0, 0]) for f in FIELDS] == [900, 1550, 3600, 800, 0]
        assert without.obstacle.tolist() == [[Obstacle.NO_WAY_OUT.number]]
        assert closed.leave.shape == (1, 0)


@given(case=cases())
@settings(max_examples=20)
def test_what_is_searched_within_windows_is_what_is_searched_in_the_whole_day(case: Case) -> None:
    """Bounding the searches by the windows asked changes no visit."""
    day, between, homes, stops, whole = case.asked()
    n_homes = len(case.homes)
    asked = (
        AskedDay(0, _starts((5, 20), (12, 40)), Terms(3, 2, 60)),
        AskedDay(0, _starts((0, 9)), Terms(9, 6, 50)),
    )
    place = AskedPlace(stops, _never(n_homes), _never(n_homes), asked)
    (found,) = all_visits(COMPILED, Transport((day,), between, homes), [place], Silent())
    wide = type(whole)(-100, 1000)
    search = ExhaustiveSearch()
    ways = Ways(
        search.to_place(day, between, homes, stops, wide),
        search.from_place(day, between, homes, stops, wide),
        _never(n_homes),
        _never(n_homes),
    )
    for one, trips in zip(asked, found, strict=True):
        _same(trips, ExhaustiveVisits().best(ways, one.starts, one.terms))


def _same(one: RoundTrips, other: RoundTrips) -> None:
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field), field)


class _Stopping(Silent):
    """Progress that asks to stop after some places."""

    def __init__(self, after: int) -> None:
        self.left = after

    def advance(self, units: int = 1) -> None:
        """Raise once enough is done."""
        self.left -= units
        if self.left < 0:
            raise KeyboardInterrupt


class _Counting(ExhaustiveVisits):
    """Visits that are counted."""

    def __init__(self) -> None:
        self.asked = 0

    def best(self, ways: Ways, starts: Starts, terms: Terms) -> RoundTrips:
        """Return the best visits and count one more."""
        self.asked += 1
        return super().best(ways, starts, terms)


@pytest.mark.parametrize("stop", ("progress", "close"))
def test_stopping_begins_no_further_place(stop: str) -> None:
    """Whoever stops early does not wait for the places that were not begun."""
    transport, place = _bus_there_and_back()
    visits = _Counting()
    searches = Searches(ExhaustiveSearch(), visits, threads=1)
    progress: Silent = _Stopping(2) if stop == "progress" else Silent()
    found = all_visits(searches, transport, [place] * 50, progress)
    taken: list[Callable[[], object]] = []
    try:
        for _ in found:
            taken.append(found.close)
            if stop == "close" and len(taken) == 2:
                found.close()
    except KeyboardInterrupt:
        assert stop == "progress"
    assert len(taken) == 2
    assert visits.asked <= 7 * len(place.days)
