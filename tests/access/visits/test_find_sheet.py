"""Laws of one person's sheet: what it proposes can be done, and what it cannot say it does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.journeys.timetables import run
from tests.access.visits.journeys_week import STOPS, towns_by_bus
from tests.access.visits.persons import (
    DAYS,
    Counter,
    asked_of,
    every_day,
    means_of,
    running,
    sheet_of,
)
from tests.access.visits.towns import PARAMETERS
from tests.builders import DEMARCHES, OUTILS

from maillage.access.journeys.footpaths import footpaths
from maillage.access.journeys.legs import replay
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.model import Network, Vehicle
from maillage.access.travel import Mode
from maillage.access.visits.model import Certainty, Obstacle
from maillage.access.visits.sheet import Check, JourneySheet, SheetLeg, SheetVisit, SheetWay
from maillage.access.visits.territory_visits import Movement


def at(hour: int, minute: int = 0) -> int:
    """Return a second of the day."""
    return hour * 3600 + minute * 60


OUT = run((0, at(9, 12)), (1, at(9, 30)))
HOME = run((1, at(10, 30)), (0, at(10, 48)))
LATE_HOME = run((1, at(16, 42)), (0, at(17)))
NIGHT_HOME = run((1, at(21)), (0, at(21, 18)))
FAR, NEAR_STOP = Counter(8.4), Counter(8.2)


def visit_of(sheet: JourneySheet) -> SheetVisit:
    """Return the visit, once there is one."""
    assert sheet.no_visit is None
    assert sheet.visit is not None
    return sheet.visit


def test_the_sheet_goes_there_while_it_is_open_and_back() -> None:
    """Walk, bus, walk; served; walk, bus, walk: the times of the timetable."""
    visit = visit_of(sheet_of(asked_of([FAR]), means_of(running(OUT, HOME, LATE_HOME))))
    ride = visit.there.legs[1]
    assert (ride.depart, ride.from_name, ride.vehicle) == (at(9, 12), "Arrêt 0", Vehicle.BUS)
    assert visit.there.arrive <= visit.start == visit.end - 20 * 60
    assert visit.back.legs[1].depart == at(10, 30)
    assert [leg.mode for leg in visit.back.legs] == [Mode.WALK, None, Mode.WALK]
    walked = visit.there.legs[-1]
    assert walked.metres == pytest.approx(400 * 1.3, abs=2)
    assert visit.opening.date == DAYS[0]
    assert visit.to_check == ()


def test_the_last_way_home_is_told_by_the_vehicle_s_own_time() -> None:
    """The last bus that brings home in time, when to leave for it, and whether others follow."""
    visit = visit_of(sheet_of(asked_of([FAR]), means_of(running(OUT, HOME, LATE_HOME))))
    last = visit.last_return
    assert last.ride is not None
    assert (last.ride.depart, last.ride.from_name) == (at(16, 42), "Arrêt 1")
    assert at(16, 30) < last.leave < at(16, 42)
    assert not last.later
    more = means_of(running(OUT, HOME, LATE_HOME, NIGHT_HOME))
    assert visit_of(sheet_of(asked_of([FAR]), more)).last_return.later


@given(towns_by_bus)
@settings(max_examples=25, deadline=None)
def test_whatever_runs_the_sheet_holds(network: Network) -> None:
    """It replays against the timetable, and no return precedes the end of the service."""
    running_daily = every_day(network)
    asked = asked_of([Counter(0.0), Counter(0.0, certainty=Certainty.POSSIBLE)], days=DAYS[:1])
    places = {f"l{n}": STOPS[n + 1] for n in range(2)}
    asked = replace(asked, home=STOPS[0], to=replace(asked.to, places=places))
    sheet = sheet_of(asked, means_of(running_daily))
    assert (sheet.visit is None) != (sheet.no_visit is None)
    if sheet.visit is None:
        return
    visit, kind = sheet.visit, sheet.kind
    opens, closes = (minute * 60 for minute in visit.opening.ranges[0])
    assert kind.leave_after * 60 <= visit.there.depart
    assert max(visit.there.arrive, opens) <= visit.start
    assert visit.start <= closes - kind.last_admission_minutes * 60
    assert visit.end <= visit.back.depart
    assert visit.back.arrive <= kind.back_by * 60
    assert visit.end + visit.spare <= closes
    assert visit.end + visit.spare <= visit.last_return.leave
    away = visit.back.arrive - visit.there.depart
    assert away <= (kind.budget_minutes + kind.minutes) * 60
    by = Movement(means_of().streets, running_daily, None, PARAMETERS)
    between = footpaths(running_daily.stops, running_daily.transfers, by.streets, by.walking)
    day = day_timetable(running_daily, visit.opening.date)
    for way in (visit.there, visit.back):
        if way.journey is not None:
            assert replay(way.journey, running_daily, day, between) == ()
            assert (way.depart, way.arrive) == (way.journey.depart, way.journey.arrive)


def test_who_walks_all_the_way_is_given_time() -> None:
    """On foot nobody is sent for the last minute before closing, if it opens earlier."""
    visit = visit_of(sheet_of(asked_of([Counter(1.0)]), means_of()))
    assert [leg.mode for leg in (*visit.there.legs, *visit.back.legs)] == [Mode.WALK] * 2
    assert visit.spare == 30 * 60
    assert visit.end + visit.spare == at(12)
    assert visit.last_return.ride is None
    short = visit_of(sheet_of(asked_of([Counter(1.0, ((540, 570),))]), means_of()))
    assert (short.start, short.spare) == (at(9), 10 * 60)


@pytest.mark.parametrize("mode", [Mode.BICYCLE, Mode.CAR])
def test_by_one_mode_the_sheet_is_of_that_mode(mode: Mode) -> None:
    """Nothing else is told: no bus, no metres walked, and the sentence names the mode."""
    sheet = sheet_of(asked_of([Counter(3.0)]), means_of(mode=mode))
    visit = visit_of(sheet)
    assert [leg.mode for leg in (*visit.there.legs, *visit.back.legs)] == [mode] * 2
    assert visit.there.legs[0].metres is None
    assert len(sheet.how) == 1
    assert mode.label in sheet.how[0]


def test_known_hours_come_before_usual_ones() -> None:
    """A nearer place whose hours are supposed is not proposed; alone, it is, to be called."""
    supposed = Counter(0.5, certainty=Certainty.POSSIBLE)
    told = Counter(2.0)
    both = visit_of(sheet_of(asked_of([supposed, told]), means_of()))
    assert (both.place.name, both.to_check) == ("Lieu 1", ())
    alone = visit_of(sheet_of(asked_of([supposed]), means_of()))
    assert alone.to_check == (Check.HOURS,)


def test_unknown_hours_are_not_a_refusal() -> None:
    """Where nothing is known nor supposed of the hours one calls: it may be possible."""
    sheet = sheet_of(asked_of([Counter(0.5, certainty=None)]), means_of())
    assert sheet.no_visit is not None
    assert sheet.no_visit.obstacle is Obstacle.UNKNOWN_HOURS
    assert sheet.no_visit.is_unknown
    assert sheet.no_visit.place is not None


def test_a_missing_timetable_is_never_no_visit() -> None:
    """Where only a bus supposed would do, the timetable is unknown; else it is a refusal."""
    asked = asked_of([Counter(8.0)])
    supposing = sheet_of(asked, means_of(a_bus_is_missing=True)).no_visit
    assert supposing is not None
    assert supposing.obstacle is Obstacle.UNKNOWN_TIMETABLE
    assert supposing.is_unknown
    plain = sheet_of(asked, means_of()).no_visit
    assert plain is not None
    assert not plain.is_unknown
    beyond = sheet_of(asked_of([Counter(90.0)]), means_of(a_bus_is_missing=True)).no_visit
    assert beyond is not None
    assert not beyond.is_unknown


def test_why_not_is_that_of_the_days_asked() -> None:
    """A bus home too early, and the days after on which another place does."""
    early = run((1, at(9, 20)), (0, at(9, 38)))
    places = [FAR, Counter(1.0, days=(8, 9, 11, 14, 15))]
    sheet = sheet_of(asked_of(places, days=DAYS[:1]), means_of(running(OUT, early)))
    none = sheet.no_visit
    assert none is not None
    assert (none.obstacle, none.date) == (Obstacle.NO_WAY_BACK, DAYS[0])
    assert none.place is not None
    assert none.place.name == "Lieu 0"
    assert none.sentence.startswith("dernier bus retour à 9")
    assert [one.date for one in sheet.others] == [DAYS[8], DAYS[9], DAYS[11]]
    assert sheet.until == DAYS[-1]


def test_the_next_days_follow_the_visit() -> None:
    """Days after the one proposed, the next first, each with its times."""
    sheet = sheet_of(asked_of([Counter(1.0, days=(1, 3, 16))]), means_of())
    visit = visit_of(sheet)
    assert visit.opening.date == DAYS[1]
    assert [one.date for one in sheet.others] == [DAYS[3], DAYS[16]]
    assert all(one.leave < one.start < one.back for one in sheet.others)


def test_nobody_who_gives_the_service_is_told_at_once() -> None:
    """No place gives it: there is nothing to look for, and no place to name."""
    none = sheet_of(asked_of([Counter(0.5)], service=OUTILS), means_of()).no_visit
    assert none is not None
    assert (none.obstacle, none.place) == (Obstacle.NO_SERVICE, None)
    assert visit_of(sheet_of(asked_of([Counter(0.5)], service=DEMARCHES), means_of()))


def test_a_home_far_from_every_stop_is_told_so() -> None:
    """No stop within a walk: the reason says it beside what stands in the way."""
    away = running(OUT, HOME, kms=(30.0, 38.0))
    none = sheet_of(asked_of([Counter(38.0)]), means_of(away)).no_visit
    assert none is not None
    assert none.no_stop_near_home
    near = sheet_of(asked_of([Counter(38.0)]), means_of(running(OUT, HOME))).no_visit
    assert near is not None
    assert not near.no_stop_near_home


def test_a_public_holiday_is_named() -> None:
    """Closed on 11 November: the sheet knows why."""
    day = dt.date(2026, 11, 11)
    asked = replace(asked_of([Counter(0.5, days=())], days=DAYS[:1]), days=(day,), n_wanted=1)
    opened = {"p0": (replace(asked.to.opened["p0"][0], date=day, ranges=()),)}
    sheet = sheet_of(replace(asked, to=replace(asked.to, opened=opened)), means_of())
    assert sheet.no_visit is not None
    assert (sheet.no_visit.obstacle, sheet.no_visit.public_holiday) == (Obstacle.CLOSED, True)


def test_timetables_of_another_week_are_to_be_checked() -> None:
    """Beyond the feed's last week the nearest stands for it: the traveller is told to verify."""
    one_week = every_day(running(OUT, HOME), 7)
    first = visit_of(sheet_of(asked_of([FAR]), means_of(one_week)))
    assert first.to_check == ()
    sheet = sheet_of(asked_of([FAR], days=DAYS[7:14]), means_of(one_week))
    assert visit_of(sheet).to_check == (Check.TIMETABLE,)
    assert any("la plus proche" in sentence for sentence in sheet.how)
    walking = sheet_of(asked_of([Counter(1.0)], days=DAYS[7:14]), means_of(one_week))
    assert visit_of(walking).to_check == ()


def test_steps_of_which_nothing_is_told_are_to_be_asked() -> None:
    """For who climbs no step: what is told step-free first, else what is untold, to be asked."""
    network = running(OUT, HOME, LATE_HOME)
    none = np.full(len(network.stops.ids), 1, dtype=np.int8)
    told = replace(
        network,
        stops=replace(network.stops, step_free=none),
        trips=replace(network.trips, step_free=np.ones(3, dtype=np.int8)),
    )
    checks = [
        visit_of(sheet_of(asked_of([NEAR_STOP]), means_of(one, reduced_mobility=True))).to_check
        for one in (told, network)
    ]
    assert checks == [(), (Check.STEP_FREE,)]


def test_a_bus_after_midnight_belongs_to_its_night() -> None:
    """What runs past midnight brings nobody home the same day, and does not break the sheet."""
    past = run((1, at(23, 50)), (0, at(24, 20)))
    visit = visit_of(sheet_of(asked_of([FAR]), means_of(running(OUT, HOME, past))))
    assert visit.last_return.ride is not None
    assert visit.last_return.ride.depart == at(10, 30)
    assert visit.last_return.later


@given(
    st.lists(st.integers(0, 900), min_size=3, max_size=3),
    st.lists(st.integers(0, 300), min_size=2, max_size=2),
    st.integers(at(8), at(9)),
)
def test_who_reckons_with_the_minutes_told_misses_nothing(
    walks: list[int], waits: list[int], board: int
) -> None:
    """Whatever the seconds: each walk's whole minutes fit before the vehicle told, no later one."""
    time = board - walks[0]
    leave, legs = time, []
    for walk, wait in zip(walks, [0, *waits], strict=True):
        legs.append(SheetLeg(time, time + walk, None, None, Mode.WALK))
        time += walk + wait
        if len(legs) < 5:
            legs.append(SheetLeg(time, time + 400, "a", "b", None, vehicle=Vehicle.BUS))
            time += 400
    way = SheetWay(tuple(legs))
    told = way.told()
    assert told[0][0] <= leave // 60
    assert told[-1][1] * 60 >= way.arrive
    for leg, (begin, end) in zip(way.legs, told, strict=True):
        if leg.mode is None:
            assert (begin, end) == (leg.depart // 60, leg.arrive // 60)
    for (_, before), (after, _) in pairwise(told):
        assert before <= after
    assert told[0][0] + -(-walks[0] // 60) <= told[1][0]


def test_what_must_be_booked_is_said_before_leaving() -> None:
    """A ride on request alone is proposed with the call that it needs; a sure one needs none."""
    network = running(OUT, HOME)
    calls = replace(network.calls, uncertain=np.ones(len(network.calls.stops), dtype=np.bool_))
    booked = visit_of(sheet_of(asked_of([FAR]), means_of(replace(network, calls=calls))))
    assert booked.to_check == (Check.ON_REQUEST,)
    assert visit_of(sheet_of(asked_of([FAR]), means_of(network))).to_check == ()
