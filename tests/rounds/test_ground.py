"""A month on the ground: dates, windows, markets, holidays, roads, people, commitments."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from tests.rounds.months import (
    AUCHEL,
    BETHUNE,
    LILLERS,
    OPERATOR,
    PARAMETERS,
    TERRITORY_7,
    TODAY,
    asked,
    ground_of,
    grounded,
    town_halls,
)

from maillage.access.travel import StraightLine, Trip
from maillage.access.unreached.model import VenueKind
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.geometry import FloatArray, Point
from maillage.rounds.asked import (
    AskedCommitment,
    AskedDepot,
    AskedMarket,
    AskedStop,
    default_vehicle,
)
from maillage.rounds.asked_stops import asked_venues
from maillage.rounds.calendar import Ground
from maillage.rounds.contradictions import contradictions
from maillage.rounds.ground import GroundedRound, ground_round
from maillage.rounds.model import FixedSession, Frequency, Range


class NoRoads(StraightLine):
    """Roads that lead to no place but the depot's own."""

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return minutes between the same places alone."""
        minutes = super().matrix(origins, destinations, trip)
        apart = np.abs(origins[:, None, :] - destinations[None, :, :]).max(axis=2) > 0
        return np.where(apart, np.inf, minutes)


VEHICLE = default_vehicle(OPERATOR.name, PARAMETERS)


def windows(on: GroundedRound, code: str) -> dict[dt.date, tuple[Range, ...]]:
    """Return when the stop of a commune is open, by date."""
    (stop,) = (stop for stop in on.problem.stops if stop.code_insee == code)
    return {on.problem.dates[n]: ranges for n, ranges in stop.windows}


def test_the_month_begins_on_the_next_monday() -> None:
    """Four weeks from Monday 4 January, on the days when a vehicle is out: 16 dates."""
    dates = grounded().problem.dates
    assert (dates[0], dates[-1], len(dates)) == (dt.date(2027, 1, 5), dt.date(2027, 1, 29), 16)
    assert {day.weekday() for day in dates} == {1, 2, 3, 4}


def test_nobody_goes_out_on_a_public_holiday() -> None:
    """The month of May loses its holidays: 8 May 2027 is a Saturday, Ascension Thursday 6."""
    dates = grounded(wanted=asked(start=dt.date(2027, 5, 3))).problem.dates
    assert dt.date(2027, 5, 6) not in dates
    assert dt.date(2027, 5, 7) in dates


def test_school_holidays_stop_a_round_that_says_so() -> None:
    """From 20 February to 7 March 2027 (zone B) nobody is out, or one stop alone is closed."""
    start = dt.date(2027, 2, 22)
    stopped = grounded(wanted=asked(start=start, out_in_school_holidays=False)).problem.dates
    assert stopped[0] == dt.date(2027, 3, 9)
    closed = AskedStop(None, "Lillers", closed_in_school_holidays=True)
    on = grounded(wanted=asked(start=start, stops=(closed,)))
    assert min(windows(on, LILLERS)) == dt.date(2027, 3, 9)
    assert min(windows(on, AUCHEL)) == dt.date(2027, 2, 23)


def test_a_school_calendar_that_is_not_known_is_a_finding() -> None:
    """Where holidays should count and nobody published them, it is said, and nothing is closed."""
    far = asked(start=dt.date(2040, 1, 2), out_in_school_holidays=False)
    on = grounded(wanted=far)
    assert [f.code for f in on.findings] == ["round-school-calendar-unknown"]
    assert len(on.problem.dates) == 16


def test_the_market_takes_the_square() -> None:
    """On market mornings only what follows the market is left, in that commune alone."""
    on = grounded(wanted=asked(markets=(AskedMarket("Lillers", 1, Range(360, 840)),)))
    tuesday, friday = dt.date(2027, 1, 5), dt.date(2027, 1, 8)
    assert windows(on, LILLERS)[tuesday] == (Range(840, 1050),)
    assert windows(on, LILLERS)[friday] == windows(on, AUCHEL)[tuesday] == (Range(540, 1050),)


def test_half_days_of_a_venue_are_its_windows() -> None:
    """A venue lent on Tuesday afternoons (half-day 3) receives then, and at no other time."""
    halls = tuple(
        replace(hall, half_days=frozenset({3})) if hall.code_insee == LILLERS else hall
        for hall in town_halls()
    )
    found = windows(grounded(ground_of(halls)), LILLERS)
    assert set(found.values()) == {(Range(810, 1050),)}
    assert {day.weekday() for day in found} == {1}


def test_told_windows_stand_above_all() -> None:
    """What the file says of a stop is its hours; a stop that is never open is left out and said."""
    told = AskedStop(None, "Lillers", windows=((4, (Range(540, 720),)),))
    never = AskedStop(None, "Auchel", windows=((6, (Range(540, 720),)),))
    on = grounded(wanted=asked(stops=(told, never)))
    assert set(windows(on, LILLERS).values()) == {(Range(540, 720),)}
    assert AUCHEL not in {stop.code_insee for stop in on.problem.stops}
    assert [f.code for f in on.findings] == ["round-stop-never-open"]


def test_forbidden_stops_are_not_there_and_forced_ones_say_so() -> None:
    """A forbidden stop never appears; a forced one is marked, with its own frequencies."""
    told = (
        AskedStop(None, "Lillers", forced=True, frequencies=(Frequency.MONTHLY,)),
        AskedStop(None, "Auchel", forbidden=True),
    )
    stops = {s.code_insee: s for s in grounded(wanted=asked(stops=told)).problem.stops}
    assert AUCHEL not in stops
    assert (stops[LILLERS].forced, stops[LILLERS].frequencies) == (True, (Frequency.MONTHLY,))
    assert not stops[BETHUNE].forced


def test_the_depot_is_the_town_hall_of_the_most_peopled_commune() -> None:
    """Unless one is told: then two vehicles have two depots, after the stops."""
    on = grounded()
    (bethune,) = (n for n, stop in enumerate(on.problem.stops) if stop.code_insee == BETHUNE)
    (vehicle,) = on.problem.vehicles
    assert vehicle.depot == len(on.problem.stops)
    assert on.problem.kilometres[vehicle.depot, bethune] == 0
    other = replace(VEHICLE, name="B", depot=AskedDepot(commune="Lillers"))
    two = grounded(wanted=asked(vehicles=(VEHICLE, other))).problem
    assert {one.depot for one in two.vehicles} == {len(two.stops), len(two.stops) + 1}
    assert two.minutes.shape == (len(two.stops) + 2,) * 2


def test_people_come_by_the_bound_that_is_asked() -> None:
    """Under the high bound each stop is reached from a second commune too."""
    low, high = grounded().problem, grounded(high=True).problem
    assert (low.reach.sum(axis=1) == 1).all()
    assert (high.reach.sum(axis=1) == 2).all()
    assert low.wanting.tolist() == [100.0 + 10.0 * n for n in range(7)]


def test_reach_is_the_share_of_half_days_that_work() -> None:
    """Where visits work on Tuesday mornings alone, one half-day in eight counts."""
    on = grounded(ground_of(only_on=frozenset({2})))
    assert np.unique(on.problem.reach[on.problem.reach > 0]).tolist() == [1 / 8]


def test_a_stop_of_the_file_is_a_venue_of_its_own() -> None:
    """A stop with a point is a venue to look for the reach of, under an id that lasts."""
    told = asked(stops=(AskedStop("Salle des fêtes", "ames", Point(2.42, 50.54)),))
    (venue,) = asked_venues(told, TERRITORY_7)
    assert (venue.kind, venue.commune) == (VenueKind.STOP, "Ames")
    on = grounded(ground_of((*town_halls(), venue)), told)
    assert venue.id in {stop.id for stop in on.problem.stops}


def test_commitments_are_kept_in_mind() -> None:
    """A session already promised is fixed, by the number of its vehicle, date and stop."""
    promise = AskedCommitment(OPERATOR.name, dt.date(2027, 1, 6), "Auchel", Range(600, 700))
    on = grounded(wanted=asked(commitments=(promise,)))
    (auchel,) = (n for n, stop in enumerate(on.problem.stops) if stop.code_insee == AUCHEL)
    assert on.problem.fixed == (FixedSession(0, 1, auchel, 600, 700),)


def test_contradictions_are_told_together() -> None:
    """What is not there is named: a stop, a commune, a promised day when nobody is out."""
    lost = AskedStop("Gymnase", "Lillers")
    nowhere = AskedCommitment(OPERATOR.name, dt.date(2027, 1, 6), "Lens", Range(600, 700))
    with pytest.raises(ImpossibleDemand, match=r"Gymnase.*Lens"):
        grounded(wanted=asked(stops=(lost,), commitments=(nowhere,)))
    sunday = AskedCommitment(OPERATOR.name, dt.date(2027, 1, 10), "Auchel", Range(600, 700))
    with pytest.raises(ImpossibleDemand, match="aucun véhicule ne sort"):
        grounded(wanted=asked(commitments=(sunday,)))
    off = replace(VEHICLE, shifts=())
    with pytest.raises(ImpossibleDemand, match="quatre semaines"):
        grounded(wanted=asked(vehicles=(off,)))
    far = replace(VEHICLE, depot=AskedDepot(commune="Lens"))
    with pytest.raises(ImpossibleDemand, match="dépôt « Lens »"):
        grounded(wanted=asked(vehicles=(far,)))


def test_a_promise_shorter_than_a_session_needs_no_longer_opening() -> None:
    """A hall open for an hour holds an hour that was promised, though no session of two hours."""
    hour = ((2, (Range(600, 660),)),)
    stop = AskedStop(None, "Auchel", windows=hour)
    promise = AskedCommitment(OPERATOR.name, dt.date(2027, 1, 6), "Auchel", Range(600, 660))
    on = grounded(wanted=asked(stops=(stop,), commitments=(promise,)))
    assert len(on.problem.fixed) == 1
    assert contradictions(Ground(on.problem)) == ()
    assert AUCHEL not in {one.code_insee for one in grounded(wanted=asked(stops=(stop,))).venues}


def test_a_promise_where_no_vehicle_may_stop_contradicts() -> None:
    """A stop that is forbidden and promised is told, not chosen for one or the other."""
    promise = AskedCommitment(OPERATOR.name, dt.date(2027, 1, 6), "Auchel", Range(600, 700))
    stop = AskedStop(None, "Auchel", forbidden=True)
    with pytest.raises(ImpossibleDemand, match="« Auchel » est aussi un arrêt interdit"):
        grounded(wanted=asked(stops=(stop,), commitments=(promise,)))


def test_a_stop_imposed_off_any_road_contradicts() -> None:
    """A stop that must be held is never left out in silence because no road leads there."""
    ground = ground_of(town_halls())
    off = replace(ground, roads=NoRoads(PARAMETERS))
    stop = AskedStop(None, "Auchel", forced=True)
    with pytest.raises(ImpossibleDemand, match="aucune route n'y mène"):
        ground_round(off, asked(stops=(stop,)), None, TODAY, high=False)


def test_the_same_ground_gives_the_same_problem() -> None:
    """Nothing depends on the order in which venues are told."""
    forth, back = ground_of(town_halls()), ground_of(town_halls()[::-1])
    one = ground_round(forth, asked(), None, TODAY, high=False)
    other = ground_round(back, asked(), None, TODAY, high=False)
    assert one.problem.stops == other.problem.stops
    assert np.array_equal(one.problem.reach, other.problem.reach)
