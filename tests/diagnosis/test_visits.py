"""Visits without a car in the diagnosis: bounds, readings, what is told of the unknown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from tests.access.journeys.timetables import DAY, make_network, run
from tests.diagnosis.test_diagnose import DIRECTORY, ON, PARAMETERS, TERRITORY

from maillage.access.model import SupplyKind
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode, StraightLine
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.model import Certainty, Obstacle
from maillage.diagnosis.diagnose import Besides, diagnose
from maillage.diagnosis.visits import Journeys
from maillage.diagnosis.visits_model import VisitsWithoutCar, shortfall_of
from maillage.directory.model import Directory
from maillage.engines.connection_scan import ConnectionScan
from maillage.engines.round_trips import CompiledVisits
from maillage.kernel.progress import Silent
from maillage.territory.model import Territory

ANY = SERVICE_KEYS.index(None)


def _visits(
    directory: Directory, territory: Territory = TERRITORY, by: Journeys | None = None
) -> VisitsWithoutCar:
    """Return the visits of a small territory, on foot alone unless ``by`` says otherwise."""
    engine = StraightLine(PARAMETERS)
    made = diagnose(
        territory,
        directory,
        engine=engine,
        parameters=PARAMETERS,
        on=ON,
        besides=Besides(by or Journeys(engine, None, None, Silent())),
    )
    assert made.visits is not None
    return made.visits


@pytest.fixture(scope="module")
def found() -> VisitsWithoutCar:
    """Give the visits of a small territory that has no timetable at all."""
    return _visits(DIRECTORY)


def test_without_any_bus_timetable_figures_have_bounds(found: VisitsWithoutCar) -> None:
    """No bus calls in the territory: being reached is unknown, and both bounds are told."""
    assert found.bus_is_missing
    assert any("inconnu, pas impossible" in sentence for sentence in found.how)
    assert any("À pied seulement" in s or "à pied seulement" in s for s in found.how)


def test_the_truth_stands_between_the_readings(found: VisitsWithoutCar) -> None:
    """More hours or a bus never take a half-day away, nor add somebody without any."""
    certain_low, certain_high, possible_low, possible_high = np.moveaxis(found.half_days, 1, 0)
    for less, more in (
        (certain_low, certain_high),
        (certain_low, possible_low),
        (possible_low, possible_high),
        (certain_high, possible_high),
    ):
        assert np.all((less <= more) | np.isnan(less))
    for one in found.shortfalls:
        assert 0.0 <= one.people.least <= one.people.most <= 1.0


def test_fewer_than_two_are_at_least_those_who_have_none(found: VisitsWithoutCar) -> None:
    """Whoever has no half-day has fewer than two."""
    for key in SERVICE_KEYS:
        none, few = found.shortfall(key, 1).people, found.shortfall(key, 2).people
        assert none.certain_low <= few.certain_low
        assert none.possible_high <= few.possible_high


def test_what_stops_people_adds_up_to_those_who_are_stopped(found: VisitsWithoutCar) -> None:
    """Each person who can do no visit is stopped by one obstacle, and by one only."""
    for key in SERVICE_KEYS:
        shares = found.shortfall(key, 1).people
        for code, expected in (("certain", shares.certain_low), ("possible", shares.possible_low)):
            stopped = sum(
                b.share_people
                for b in found.bottlenecks
                if b.service is key and b.certainty.code == code
            )
            assert stopped == pytest.approx(expected)


def test_only_lieux_of_unknown_hours_are_to_be_called(found: VisitsWithoutCar) -> None:
    """The list of whom to call holds the lieux of unknown hours, each once."""
    unknown = found.unknown_hours[SERVICE_KEYS.index(None)]
    assert sorted(found.call_first) == sorted(unknown.lieu_ids)


def test_without_journeys_nothing_is_told() -> None:
    """A diagnosis made without saying by what people go tells no visit."""
    engine = StraightLine(PARAMETERS)
    made = diagnose(TERRITORY, DIRECTORY, engine=engine, parameters=PARAMETERS, on=ON)
    assert made.visits is None


def test_every_kind_of_visit_and_mode_is_told(found: VisitsWithoutCar) -> None:
    """Three kinds of visit, two other modes; longer visits never suit more people, nor no car."""
    assert [one.kind.code for one in found.kinds] == ["comptoir", "accompagnement", "atelier"]
    assert [one.mode for one in found.by_mode] == [Mode.BICYCLE, Mode.CAR]
    (own,) = (one for one in found.kinds if one.kind == found.kind)
    assert shortfall_of(own.shortfalls, None, 1) == found.shortfall(None, 1)
    bicycle, car = (shortfall_of(one.shortfalls, None, 1).people for one in found.by_mode)
    assert car.certain_low <= bicycle.certain_low <= found.shortfall(None, 1).people.certain_low


def test_the_holidays_are_the_same_without_timetable_nor_hours_of_their_own(
    found: VisitsWithoutCar,
) -> None:
    """Nothing tells both weeks apart: the same figures stand for both, and it is said why."""
    other = found.other_week
    assert other is not None
    assert (other.same_hours, other.same_timetable, other.has_timetable) == (True, True, False)
    assert other.shortfalls == found.shortfalls
    np.testing.assert_array_equal(other.half_days, found.half_days)


def test_hours_of_the_holidays_change_that_week_alone(found: VisitsWithoutCar) -> None:
    """A lieu that closes in the school holidays is lost to that week; the school week stays."""
    first = DIRECTORY.permanences[0]
    closed = replace(first, horaires="Mo-Fr 09:00-12:00; SH off")
    rest = tuple(replace(one, horaires="We 14:00-17:00") for one in DIRECTORY.permanences[1:])
    changed = _visits(replace(DIRECTORY, permanences=(closed, *rest)))
    other = changed.other_week
    assert other is not None
    assert not other.same_hours
    assert other.half_days[ANY, 0, 0] < changed.half_days[ANY, 0, 0]
    assert np.all((other.half_days <= changed.half_days) | np.isnan(other.half_days))


def test_obstacles_by_zone_are_those_of_their_people(found: VisitsWithoutCar) -> None:
    """The people stopped in all zones are those that the bottlenecks tell, at the usual hours."""
    for row, key in enumerate(SERVICE_KEYS):
        told = sum(
            b.n_people
            for b in found.bottlenecks
            if b.service is key and b.certainty is Certainty.POSSIBLE
        )
        assert found.obstacles.people[row].sum() == pytest.approx(told, abs=len(Obstacle))
    stopped = found.obstacles.people[ANY] > 0
    for zone in range(len(TERRITORY.zones)):
        assert (found.obstacles.of(None, zone) is Obstacle.NONE) == (not stopped[zone])


def test_where_nobody_lives_no_obstacle_is_told() -> None:
    """A zone without people has neither half-days nor obstacle: not known, not zero."""
    zones = (replace(TERRITORY.zones[0], population=None), *TERRITORY.zones[1:])
    empty = _visits(DIRECTORY, replace(TERRITORY, zones=zones))
    assert empty.obstacles.of(None, 0) is None
    assert np.isnan(empty.half_days[:, :, 0]).all()


def test_shares_stand_within_their_ranges(found: VisitsWithoutCar) -> None:
    """Each range holds the share as told; what moves it is told where something does."""
    told = {
        ("people", n, reading): getattr(found.shortfall(None, n).people, reading)
        for n in (1, 2)
        for reading in ("certain_low", "certain_high", "possible_low", "possible_high")
    }
    ranges = {(r.public, r.fewer_than, r.reading): r for r in found.ranges if r.public == "people"}
    assert {key: one.as_told for key, one in ranges.items()} == told
    for one in ranges.values():
        assert one.least <= one.as_told <= one.most
        assert (one.moved_most_by is None) == (one.least == one.most)


def test_without_timetable_no_line_is_told(found: VisitsWithoutCar) -> None:
    """Lines are not known, which is not that there is none."""
    assert found.lines is None


def test_hours_are_shared_certain_and_possible(found: VisitsWithoutCar) -> None:
    """The supply in hours is told of known hours, and of usual ones too, never less."""
    known, usual = (
        {one.service: one.index for one in found.hours if one.supply is kind}
        for kind in (SupplyKind.CERTAIN_HOURS, SupplyKind.POSSIBLE_HOURS)
    )
    assert set(known) == set(usual) == set(SERVICE_KEYS)
    assert all(np.all(known[key] <= usual[key] + 1e-9) for key in SERVICE_KEYS)
    assert usual[None].sum() > 0


def test_a_line_that_calls_here_is_ended() -> None:
    """Only lines that call in the territory are measured: the end of each way is felt."""
    here, far = ((zone.point.lon, zone.point.lat) for zone in TERRITORY.zones[::2])
    nine = 9 * 3600
    there = run((1, nine), (0, nine + 1800))
    back = run((0, nine + 9000), (1, nine + 10800))
    network = make_network(4, [there, back, run((2, nine), (3, nine + 60))])
    places = np.array([here, far, (5.0, 45.0), (5.1, 45.0)])
    days = np.ones((1, 90), dtype=np.bool_)
    feed = replace(network.feeds[0], last_day=DAY + dt.timedelta(days=89))
    network = replace(
        network,
        stops=replace(network.stops, places=places),
        services=replace(network.services, runs=days),
        feeds=(feed,),
    )
    open_all = tuple(replace(one, horaires="Mo-Su 09:00-12:00") for one in DIRECTORY.permanences)
    searches = Searches(ConnectionScan(), CompiledVisits(), threads=1)
    engine = StraightLine(PARAMETERS)
    by = Journeys(engine, network, searches, Silent())
    found = _visits(replace(DIRECTORY, permanences=open_all), by=by)
    assert not found.bus_is_missing
    assert found.lines is not None
    assert found.lines.n_lines == found.lines.n_measured == 2
    assert found.lines.ends
    assert all(end.loss.low.people_without > 0 for end in found.lines.ends)
