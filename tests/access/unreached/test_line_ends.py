"""What the end of a line takes away: what the same week tells of timetables without it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from tests.access.unreached.test_new_reach import VENUES, reach_of
from tests.access.visits.journeys_week import LINES, STOPS, searched_of, towns_by_bus

from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.model import Network
from maillage.access.unreached.line_ends import without_lines
from maillage.access.unreached.model import NewReach, Unreached
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import ReadyWeek, Searched
from maillage.access.visits.half_days import HalfDaySearch
from maillage.access.visits.territory_visits import week_ground
from maillage.kernel.progress import Silent

ANY = -1
POSSIBLE = 1


def unreached_of(searched: Searched) -> Unreached:
    """Return who lacks help where one person lives at each stop."""
    n = len(STOPS)
    found = HalfDaySearch(searched, Silent()).found[0]
    low, high = (one.half_days[:, POSSIBLE] == 0 for one in (found.low, found.high))
    return Unreached(
        zone_ids=("z",),
        zone_names=("Ici",),
        points=STOPS,
        zone=np.zeros(n, dtype=np.int32),
        people=np.ones(n),
        fragile=np.ones(n),
        lacks=Bounds(low, high),
        unmet=np.zeros((len(SERVICE_KEYS), n)),
    )


def ends_of(
    searched: Searched, names: tuple[str, ...] = LINES
) -> dict[str, tuple[Unreached, NewReach]]:
    """Return what is left without each line in turn."""
    found = unreached_of(searched), reach_of(searched)
    lines = {name: frozenset({name}) for name in names}
    told = without_lines(found, ReadyWeek(searched, (), ()), lines, Silent())
    return {name: (unreached, reach) for name, unreached, reach in told}


@given(towns_by_bus)
@settings(max_examples=15)
def test_the_end_of_a_line_only_takes_away(network: Network) -> None:
    """More people lack help, no venue is reached from more places nor sooner."""
    searched = searched_of(network, a_bus_is_missing=True)
    before, reach = unreached_of(searched), reach_of(searched)
    for unreached, left in ends_of(searched).values():
        assert not (before.lacks.low & ~unreached.lacks.low).any()
        assert not (left.reached.low & ~reach.reached.low).any()
        works = left.reached.low.any(axis=0)
        assert (left.minutes.low[works] >= reach.minutes.low[works]).all()
        assert unreached.lacks.high is unreached.lacks.low
        assert left.reached.high is left.reached.low


@given(towns_by_bus)
@settings(max_examples=15)
def test_what_is_left_is_what_walking_tells_once_every_line_has_ended(network: Network) -> None:
    """Without any line at all, a week is the one of who has no timetable."""
    searched = searched_of(network)
    asked, by = searched.asked, replace(searched.by, network=None)
    on_foot = Searched(asked, by, week_ground(asked, by), a_bus_is_missing=False)
    found = unreached_of(searched), reach_of(searched)
    every = {"toutes": frozenset(LINES)}
    ((_, unreached, reach),) = without_lines(found, ReadyWeek(searched, (), ()), every, Silent())
    walking = reach_of(on_foot, VENUES)
    np.testing.assert_array_equal(unreached.lacks.low, unreached_of(on_foot).lacks.low)
    np.testing.assert_array_equal(reach.reached.low, walking.reached.low)
    np.testing.assert_array_equal(reach.minutes.low, walking.minutes.low)


@given(towns_by_bus)
@settings(max_examples=15)
def test_a_line_that_does_not_run_takes_nothing(network: Network) -> None:
    """Its end leaves who lacks help, and what venues reach, as they are for sure."""
    searched = searched_of(network)
    unreached, reach = ends_of(searched, ("nulle part",))["nulle part"]
    np.testing.assert_array_equal(unreached.lacks.low, unreached_of(searched).lacks.low)
    np.testing.assert_array_equal(reach.reached.low, reach_of(searched).reached.low)
