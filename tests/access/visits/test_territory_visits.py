"""All visits of a week: what plain counting gives, and laws of the two bounds."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.journeys.timetables import Run, make_walks, run
from tests.access.visits.towns import (
    COMPILED,
    DAYS,
    PARAMETERS,
    STRAIGHT,
    asked_of,
    at_km,
    hours,
    kind_of,
    moving,
    network_at,
)
from tests.builders import BETHUNE, DEMARCHES, OUTILS, east_of

from maillage.access.journeys.exhaustive import ExhaustiveSearch
from maillage.access.journeys.footpaths import footpaths, walks_to_stops
from maillage.access.journeys.model import Walks, Window
from maillage.access.matrix import walks_of
from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.model import IntArray, Network
from maillage.access.travel import Mode, Trip
from maillage.access.visits.all_visits import Searches
from maillage.access.visits.any_time import whole_seconds
from maillage.access.visits.bounds import Bounds, slow_bus_minutes
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn
from maillage.access.visits.round_trips import NEVER, ExhaustiveVisits, Terms, Ways
from maillage.access.visits.starts import starts
from maillage.access.visits.territory_visits import (
    AskedWeek,
    Movement,
    week_ground,
    weeks_by_mode,
    weeks_without_car,
)
from maillage.access.visits.week import CERTAINTIES, VisitWeek
from maillage.kernel.geometry import FloatArray, coordinates
from maillage.kernel.progress import Silent

PLAIN = Searches(ExhaustiveSearch(), ExhaustiveVisits(), threads=1)
ANY_SERVICE = SERVICE_KEYS.index(None)
EIGHT = 8 * 3600

kms = st.floats(-3.0, 3.0).map(lambda km: round(km, 1))
spots = st.tuples(kms, kms).map(lambda spot: east_of(BETHUNE, *spot))
services = st.sampled_from([frozenset({DEMARCHES}), frozenset({DEMARCHES, OUTILS})])
begins = st.integers(92, 110)  # in fives of minutes: from 7:40 to 9:10, around the bus
openings = st.tuples(begins, st.sampled_from([Certainty.CERTAIN, Certainty.POSSIBLE, None])).map(
    lambda drawn: (
        hours((drawn[0] * 5, drawn[0] * 5 + 6), certainty=drawn[1])
        if drawn[1]
        else hours(certainty=None)
    )
)


@st.composite
def runs(draw: st.DrawFn, n_stops: int) -> Run:
    """Draw a run of two or three calls between 7:30 and 10:00."""
    time = draw(st.integers(450, 540))
    calls = []
    for _ in range(draw(st.integers(2, 3))):
        calls.append((draw(st.integers(0, n_stops - 1)), time * 60))
        time += draw(st.integers(2, 15))
    return run(*calls)


@dataclass(frozen=True)
class Town:
    """A town drawn: what is asked of it, and its network."""

    asked: AskedWeek
    network: Network


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Draw two homes, two lieux, up to four stops and five runs; visits of 3 minutes."""
    homes = coordinates(draw(st.lists(spots, min_size=2, max_size=2)))
    places = coordinates(draw(st.lists(spots, min_size=2, max_size=2)))
    stops = draw(st.lists(spots, min_size=2, max_size=4))
    opened = [
        [draw(openings), OpeningOn(DAYS[1], ((480, 486),), Certainty.CERTAIN)],
        [draw(openings)],
    ]
    given_services = [draw(services), draw(services)]
    kinds = [kind_of(3, draw(st.sampled_from([10, 40, 90])))]
    return Town(
        asked_of(homes, places, opened, kinds, given_services),
        network_at(coordinates(stops), draw(st.lists(runs(len(stops)), max_size=5))),
    )


def _runs_of(network: Network) -> list[Run]:
    """Return the runs that a network was made of."""
    calls, first = network.calls, network.trips.first_call.tolist()
    rows = list(
        zip(calls.stops.tolist(), calls.arrivals.tolist(), calls.departures.tolist(), strict=True)
    )
    return [run(*rows[begin:end]) for begin, end in itertools.pairwise(first)]


def _weeks(asked: AskedWeek, by: Movement, *, missing: bool = False) -> Bounds[VisitWeek]:
    ground = week_ground(asked, by)
    (found,) = weeks_without_car(asked, by, ground, Silent(), a_bus_is_missing=missing)
    return found


def _direct(asked: AskedWeek, by: Movement, *, bus: bool) -> tuple[IntArray, IntArray]:
    """Return the (homes, lieux) seconds out and back without a timetable."""
    places = np.array([asked.to.places[p.lieu_id] for p in asked.to.presences])
    found = []
    for ends in ((asked.homes, places), (places, asked.homes)):
        walk = whole_seconds(STRAIGHT.matrix(*ends, Trip(Mode.WALK)))
        walk = np.where(walk <= by.walking.all_the_way, walk, NEVER)
        ride = whole_seconds(slow_bus_minutes(STRAIGHT.matrix(*ends, Trip(Mode.CAR)), PARAMETERS))
        found.append(np.minimum(walk, ride) if bus else walk)
    return found[0].astype(np.int32), found[1].T.astype(np.int32)


def _to_stops(doors: FloatArray, stops: FloatArray, by: Movement, *, bus: bool) -> Walks:
    """Return the ways to stops, on foot or by the supposed bus, whichever is sooner."""
    walks = walks_to_stops(doors, stops, STRAIGHT, by.walking)
    if not bus:
        return walks
    there, here = (STRAIGHT.matrix(*e, Trip(Mode.CAR)) for e in ((doors, stops), (stops, doors)))
    rides = whole_seconds(slow_bus_minutes(np.minimum(there, here.T), PARAMETERS))
    rows = []
    for door, ride in enumerate(rides.tolist()):
        on_foot = dict(zip(*(part.tolist() for part in walks_of(walks, door)), strict=True))
        rows.append({stop: min(s, on_foot.get(stop, s)) for stop, s in enumerate(ride)})
    return make_walks(rows)


def _counted(town: Town, *, bus: bool) -> dict[tuple[int, int, int], list[tuple[int, int, int]]]:
    """Return (absence, day, half-day) of every visit, by service, certainty and home.

    Every journey of the whole day, every second to begin at, one home, lieu and day after another.
    """
    asked, by = town.asked, moving(town.network)
    (kind,) = asked.kinds
    stops = town.network.stops
    between = footpaths(stops, town.network.transfers, STRAIGHT, by.walking)
    homes = _to_stops(asked.homes, stops.places, by, bus=bus)
    out, back = _direct(asked, by, bus=bus)
    found: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    for number, presence in enumerate(asked.to.presences):
        place = asked.to.places[presence.lieu_id].reshape(1, 2)
        near = walks_of(_to_stops(place, stops.places, by, bus=bus), 0)
        for opening in asked.to.opened[presence.permanence_id]:
            day = day_timetable(town.network, opening.date)
            asking = day, between, homes, near, Window(0, 200_000)
            search = ExhaustiveSearch()
            ways = Ways(
                search.to_place(*asking),
                search.from_place(*asking),
                out[:, number],
                back[:, number],
            )
            begin = starts(opening, kind, asked.noon)
            trips = ExhaustiveVisits().best(ways, begin, Terms.of(kind))
            for home, window in itertools.product(*map(range, trips.leave.shape)):
                absence = int(trips.back[home, window] - trips.leave[home, window])
                done = trips.obstacle[home, window] == Obstacle.NONE.number
                if not done or absence - kind.minutes * 60 > kind.budget_minutes * 60:
                    continue
                visit = absence, DAYS.index(opening.date), int(begin.half_days[window])
                for s, key in enumerate(SERVICE_KEYS):
                    for c, certainty in enumerate(CERTAINTIES):
                        told = opening.certainty in {Certainty.CERTAIN, certainty}
                        if told and (key is None or key in presence.services):
                            found.setdefault((s, c, home), []).append(visit)
    return found


@given(town=towns())
@settings(max_examples=25)
def test_both_bounds_are_what_trying_everything_gives(town: Town) -> None:
    """Half-days, the first day and the shortest absence are those of exhaustive counting."""
    bounds = _weeks(town.asked, moving(town.network), missing=True)
    for week, bus in ((bounds.low, False), (bounds.high, True)):
        counted = _counted(town, bus=bus)
        for at in itertools.product(*map(range, week.half_days.shape)):
            visits = counted.get(at, [])
            assert week.half_days[at] == len({(day, half) for _, day, half in visits})
            assert week.earliest[at] == min((day for _, day, _ in visits), default=-1)
            assert (week.obstacles.number[at] == 0) == bool(visits)
            if visits:
                assert week.best.back[at] - week.best.leave[at] == min(visits)[0]


@given(town=towns())
@settings(max_examples=15)
def test_a_supposed_bus_takes_nothing_away(town: Town) -> None:
    """The high bound never has fewer half-days; without a missing bus both bounds are one."""
    missing = _weeks(town.asked, moving(town.network), missing=True)
    known = _weeks(town.asked, moving(town.network))
    assert np.all(missing.low.half_days <= missing.high.half_days)
    assert np.array_equal(missing.low.half_days, known.low.half_days)
    assert known.low is known.high


def test_a_known_way_out_and_a_supposed_way_back_make_one_visit() -> None:
    """What works only by a train there and a bus home is in the high bound, not in the low one."""
    stops = at_km(0.0, 30.0)
    train = network_at(stops, [run((0, EIGHT), (1, EIGHT + 600))])
    asked = asked_of(stops[:1], stops[1:], [[hours((490, 600))]], [kind_of(20, 130)])
    alone = _weeks(asked, moving(None), missing=True)
    assert alone.high.half_days[ANY_SERVICE, 0, 0] == 0
    both = _weeks(asked, moving(train), missing=True)
    assert both.low.half_days[ANY_SERVICE, 0, 0] == 0
    assert both.high.half_days[ANY_SERVICE, 0, 0] == 1
    assert both.low.obstacles.number[ANY_SERVICE, 0, 0] == Obstacle.UNKNOWN_TIMETABLE.number


def test_a_bus_is_supposed_to_lead_to_the_station_too() -> None:
    """Bus, train, and home again: in the high bound, where the bus alone would be too slow."""
    stops = at_km(0.0, 30.0)
    trains = [run((0, EIGHT + 2100), (1, EIGHT + 3300)), run((1, EIGHT + 5400), (0, EIGHT + 6600))]
    home, desk = at_km(-2.0), at_km(30.2)
    asked = asked_of(home, desk, [[hours((535, 600))]], [kind_of(20, 120)])
    assert _weeks(asked, moving(None), missing=True).high.half_days[ANY_SERVICE, 0, 0] == 0
    found = _weeks(asked, moving(network_at(stops, trains)), missing=True)
    assert found.low.half_days[ANY_SERVICE, 0, 0] == 0
    assert found.high.half_days[ANY_SERVICE, 0, 0] == 1


@given(town=towns(), late=st.integers(0, 20))
@settings(max_examples=10)
def test_no_real_feeder_beats_the_supposed_bus(town: Town, late: int) -> None:
    """A real bus to a stop, as slow as the one supposed or slower, is within the high bound."""
    home, stops = town.asked.homes[:1], town.network.stops.places
    ride = slow_bus_minutes(STRAIGHT.matrix(home, stops[:1], Trip(Mode.CAR)), PARAMETERS)
    begin = (450 + late) * 60
    feeder = run((len(stops), begin), (0, begin + int(whole_seconds(ride)[0, 0])))
    real = network_at(np.vstack([stops, home]), [*_runs_of(town.network), feeder])
    high = _weeks(town.asked, moving(town.network), missing=True).high
    assert np.all(_weeks(town.asked, moving(real)).low.half_days <= high.half_days)


@pytest.mark.parametrize("searches", (COMPILED, PLAIN), ids=("compiled", "plain"))
def test_a_network_where_nothing_runs_is_walking(searches: Searches) -> None:
    """Stops without any run change nothing; on foot alone is by the mode of walking."""
    homes, places = at_km(0.0, 4.0), at_km(1.0, 2.2)
    opened = [[hours((540, 546))], [hours((840, 846), certainty=Certainty.POSSIBLE)]]
    asked = asked_of(homes, places, opened, [kind_of(3)])
    (walked,) = weeks_by_mode(asked, moving(None), Mode.WALK)
    for network in (None, network_at(at_km(0.0, 1.0), [])):
        found = _weeks(asked, moving(network, searches=searches)).low
        assert np.array_equal(found.half_days, walked.half_days)
        assert np.array_equal(found.best.leave, walked.best.leave)
        assert np.array_equal(found.obstacles.number, walked.obstacles.number)
    assert walked.half_days[ANY_SERVICE].tolist() == [[1, 0], [2, 1]]


def test_who_walks_slowly_gets_no_farther() -> None:
    """Reduced mobility: a slower and shorter walk, never more half-days, by that mode alone too."""
    homes: FloatArray = at_km(0.0, 0.5, 1.0, 1.5, 2.0, 2.4)
    asked = asked_of(homes, at_km(0.0), [[hours((540, 720), (840, 1020))]], [kind_of(20, 90)])
    slow = moving(None, reduced_mobility=True)
    for quick, slowly in (
        (_weeks(asked, moving(None)).low, _weeks(asked, slow).low),
        (
            weeks_by_mode(asked, moving(None), Mode.WALK)[0],
            weeks_by_mode(asked, slow, Mode.WALK)[0],
        ),
    ):
        assert np.all(slowly.half_days <= quick.half_days)
        assert quick.half_days[ANY_SERVICE, 0].tolist() == [2, 2, 2, 2, 2, 0]
        assert slowly.half_days[ANY_SERVICE, 0].tolist() == [2, 2, 0, 0, 0, 0]


def test_several_kinds_are_each_their_own() -> None:
    """Weeks of several kinds asked together are those asked one at a time, in order."""
    stops = at_km(0.0, 9.0)
    network = network_at(
        stops, [run((0, EIGHT), (1, EIGHT + 900)), run((1, EIGHT + 7200), (0, EIGHT + 8100))]
    )
    kinds = [kind_of(20, 60), kind_of(60, 80), kind_of(110, 60), kind_of(20, 200)]
    opened = [[hours((495, 700))]]
    together = asked_of(stops[:1], stops[1:], opened, kinds)
    by = moving(network)
    found = weeks_without_car(
        together, by, week_ground(together, by), Silent(), a_bus_is_missing=True
    )
    for kind, week in zip(kinds, found, strict=True):
        alone = _weeks(asked_of(stops[:1], stops[1:], opened, [kind]), by, missing=True)
        assert week.low.kind == kind
        for bound, own in ((week.low, alone.low), (week.high, alone.high)):
            assert np.array_equal(bound.half_days, own.half_days)
            assert np.array_equal(bound.best.back, own.best.back)
    assert [int(week.low.half_days[ANY_SERVICE, 0, 0]) for week in found] == [0, 1, 0, 1]
