"""Who lacks help by one mode, what it would reach, and who a ride brings to what is there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.unreached.test_new_reach import VENUES
from tests.access.visits.journeys_week import (
    PARAMETERS,
    STOPS,
    network_at_stops,
    searched_of,
    towns_by_bus,
)

from maillage.access.timetable.model import FlagArray, Network
from maillage.access.travel import Mode, StraightLine
from maillage.access.unreached.by_mode import carried_by_car, ready_by_mode
from maillage.access.unreached.new_reach import new_reach
from maillage.access.visits.find import ReadyWeek, VisitMeans
from maillage.access.visits.half_days import HalfDaySearch
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.territory_visits import AskedWeek, Presences, weeks_by_mode
from maillage.access.visits.week import CERTAINTIES, Presence
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Silent

ANY = -1
POSSIBLE = CERTAINTIES.index(Certainty.POSSIBLE)
WEEK = searched_of(network_at_stops([])).asked
homes_drawn = st.lists(
    st.tuples(st.floats(1.8, 2.4), st.floats(49.9, 50.2)), min_size=1, max_size=4
).map(lambda places: np.array(places, dtype=np.float64))


def ready(mode: Mode, homes: FloatArray = STOPS, parameters: Parameters = PARAMETERS) -> ReadyWeek:
    """Return a day by one mode, from some homes to the second and the third stop."""
    means = VisitMeans(StraightLine(parameters), None, None, parameters, "62")
    return ready_by_mode(replace(WEEK, homes=homes), means, mode)


def lacks(week: ReadyWeek) -> FlagArray:
    """Return who has no half-day; both bounds are one."""
    found = HalfDaySearch(week.searched, Silent()).found[0]
    np.testing.assert_array_equal(found.low.bits, found.high.bits)
    none: FlagArray = found.low.half_days[:, POSSIBLE] == 0
    return none


def at_venues() -> AskedWeek:
    """Return the same day with a permanence at each venue in place of the lieux."""
    (day,) = WEEK.days
    opened = (OpeningOn(day, ((540, 720), (840, 1020)), Certainty.CERTAIN),)
    ordered = sorted(VENUES, key=lambda one: one.id)
    services = WEEK.to.presences[0].services
    to = Presences(
        tuple(Presence(one.id, one.id, services) for one in ordered),
        {one.id: np.array([one.lon, one.lat]) for one in ordered},
        {one.id: opened for one in ordered},
    )
    return replace(WEEK, to=to)


@pytest.mark.parametrize("mode", Mode)
@given(homes=homes_drawn)
@settings(max_examples=10)
def test_who_lacks_is_who_has_no_visit_in_a_plain_week(mode: Mode, homes: FloatArray) -> None:
    """Nobody lacks who can make a visit by that mode, nobody else has help."""
    found = ready(mode, homes)
    plain = weeks_by_mode(found.searched.asked, found.searched.by, mode)[0]
    np.testing.assert_array_equal(lacks(found), plain.half_days[:, POSSIBLE] == 0)


@pytest.mark.parametrize("mode", Mode)
@given(homes=homes_drawn)
@settings(max_examples=10)
def test_a_venue_is_reached_as_a_plain_week_of_it_alone(mode: Mode, homes: FloatArray) -> None:
    """Somebody reaches some venue where a week of all venues has a visit, in its minutes."""
    found = ready(mode, homes)
    reach = new_reach(VENUES, found, Silent(), mode)
    assert reach.reached.high is reach.reached.low
    assert reach.minutes.high is reach.minutes.low
    asked = replace(at_venues(), homes=homes)
    plain = weeks_by_mode(asked, found.searched.by, mode)[0]
    np.testing.assert_array_equal(
        reach.reached.low.any(axis=1).sum(axis=0), plain.half_days[ANY, POSSIBLE]
    )
    works = reach.reached.low.any(axis=(0, 1))
    least = np.where(np.isnan(reach.minutes.low), np.inf, reach.minutes.low).min(axis=0)
    away = (plain.best.back - plain.best.leave)[ANY, POSSIBLE] / 60 - plain.kind.minutes
    np.testing.assert_allclose(least[works], away[works])


@given(towns_by_bus, st.booleans())
@settings(max_examples=15)
def test_public_transport_only_adds_to_walking(network: Network, missing: bool) -> None:
    """Who lacks with buses lacks on foot; what is reached on foot is reached with buses too."""
    with_rides = ReadyWeek(searched_of(network, a_bus_is_missing=missing), (), ())
    on_foot = ready(Mode.WALK)
    found = HalfDaySearch(with_rides.searched, Silent()).found[0]
    for bound in (found.low, found.high):
        assert not ((bound.half_days[:, POSSIBLE] == 0) & ~lacks(on_foot)).any()
    walked = new_reach(VENUES, on_foot, Silent(), Mode.WALK).reached.low
    assert not (walked & ~new_reach(VENUES, with_rides, Silent()).reached.low).any()


@pytest.mark.parametrize("mode", [Mode.BICYCLE, Mode.CAR])
@given(homes=homes_drawn, kmh=st.floats(5.0, 60.0), more=st.floats(0.0, 40.0))
@settings(max_examples=10)
def test_going_faster_never_leaves_more_people_without_help(
    mode: Mode, homes: FloatArray, kmh: float, more: float
) -> None:
    """Nobody loses help by it, no venue is reached from fewer places."""
    name = f"travel.{mode.code}.speed_kmh"
    slow, fast = (
        ready(mode, homes, PARAMETERS.replaced(name, speed)) for speed in (kmh, kmh + more)
    )
    assert not (lacks(fast) & ~lacks(slow)).any()
    before, after = (new_reach(VENUES, one, Silent(), mode).reached.low for one in (slow, fast))
    assert not (before & ~after).any()


@given(homes=homes_drawn, going=st.sampled_from(Mode))
@settings(max_examples=15)
def test_a_ride_carries_whoever_would_not_lack_by_car(homes: FloatArray, going: Mode) -> None:
    """Whatever the mode by which the week is asked."""
    carried = carried_by_car(ready(going, homes))
    np.testing.assert_array_equal(carried, ~lacks(ready(Mode.CAR, homes)))


def test_a_ride_brings_to_what_is_open_alone() -> None:
    """Where every lieu is closed all day, or its hours must be told, nobody is carried."""
    one = ready(Mode.WALK)
    assert carried_by_car(one).any()
    assert not carried_by_car(_opened(one, certain=True, ranges=())).any()
    assert carried_by_car(_opened(one, certain=False)).any()
    assert not carried_by_car(_opened(one, certain=False), Certainty.CERTAIN).any()


def _opened(
    week: ReadyWeek, *, certain: bool, ranges: tuple[tuple[int, int], ...] = ((540, 720),)
) -> ReadyWeek:
    asked = week.searched.asked
    sure = Certainty.CERTAIN if certain else Certainty.POSSIBLE
    opened = {
        one.permanence_id: tuple(OpeningOn(day, ranges, sure) for day in asked.days)
        for one in asked.to.presences
    }
    to = replace(asked.to, opened=opened)
    return replace(week, searched=replace(week.searched, asked=replace(asked, to=to)))


@pytest.mark.parametrize(
    ("mode", "words"), [(Mode.WALK, "à pied"), (Mode.BICYCLE, "à vélo"), (Mode.CAR, "en voiture")]
)
def test_who_is_supposed_to_go_so_is_said(mode: Mode, words: str) -> None:
    """The speeds of that mode alone, and that everybody is counted as going by it."""
    speeds, supposed = ready(mode).how
    assert [other.label in speeds for other in Mode] == [other is mode for other in Mode]
    assert words in supposed
    assert "Borne haute" not in speeds + supposed
