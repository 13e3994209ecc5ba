"""What a new permanence would reach: what plain weeks of visits count, venue by venue."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.journeys.timetables import DAY
from tests.access.visits.journeys_week import STOPS, network_at_stops, searched_of, towns_by_bus
from tests.builders import BETHUNE, DEMARCHES, east_of

from maillage.access.timetable.model import Network
from maillage.access.unreached.model import N_HALF_DAYS, NewReach, Venue, VenueKind
from maillage.access.unreached.new_reach import new_reach
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import ReadyWeek, Searched
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.territory_visits import Presences, week_ground, weeks_without_car
from maillage.access.visits.week import Presence, VisitWeek
from maillage.kernel.geometry import coordinates
from maillage.kernel.progress import Silent

ANY = -1
POSSIBLE = 1


def venue(number: int, lon: float, lat: float) -> Venue:
    """Return a venue somewhere."""
    return Venue(f"v{number}", f"Lieu {number}", "62000", "Ici", lon, lat, VenueKind.LIEU)


VENUES = tuple(venue(n, *STOPS[n].tolist()) for n in (3, 1))


def reach_of(searched: Searched, venues: tuple[Venue, ...] = VENUES) -> NewReach:
    """Return what the venues would be reached by."""
    return new_reach(venues, ReadyWeek(searched, (), ()), Silent())


def week_at(searched: Searched, one: Venue) -> Bounds[VisitWeek]:
    """Return the plain week of visits to one venue alone."""
    opened = {"p": (OpeningOn(DAY, ((540, 720), (840, 1020)), Certainty.CERTAIN),)}
    presence = Presence("p", "l", frozenset({DEMARCHES}))
    to = Presences((presence,), {"l": np.array([one.lon, one.lat])}, opened)
    asked = replace(searched.asked, to=to, kinds=searched.asked.kinds[:1])
    missing = searched.a_bus_is_missing
    ground = week_ground(asked, searched.by)
    (week,) = weeks_without_car(asked, searched.by, ground, Silent(), a_bus_is_missing=missing)
    return week


@given(towns_by_bus, st.booleans(), st.booleans())
@settings(max_examples=15)
def test_it_reaches_what_a_plain_week_counts(
    network: Network, missing: bool, reduced: bool
) -> None:
    """Half-days and the shortest journey are those of a week whose only place is the venue."""
    searched = searched_of(network, a_bus_is_missing=missing, reduced_mobility=reduced)
    found = reach_of(searched)
    assert [one.id for one in found.venues] == ["v1", "v3"]
    for number, one in enumerate(found.venues):
        week = week_at(searched, one)
        for bound in ("low", "high"):
            told: VisitWeek = getattr(week, bound)
            reached = getattr(found.reached, bound)[:, number]
            best, kind = told.best, told.kind
            n_half_days = told.half_days[ANY, POSSIBLE]
            np.testing.assert_array_equal(reached.sum(axis=0), n_half_days)
            minutes = (best.back - best.leave)[ANY, POSSIBLE] / 60 - kind.minutes
            expected = np.where(n_half_days > 0, minutes, np.nan)
            np.testing.assert_allclose(getattr(found.minutes, bound)[number], expected)


@given(towns_by_bus, st.booleans(), st.booleans())
@settings(max_examples=15)
def test_what_is_sure_is_never_more_than_what_may_be(
    network: Network, missing: bool, reduced: bool
) -> None:
    """Low holds only where high does, in no less time; minutes are told where a visit works."""
    found = reach_of(searched_of(network, a_bus_is_missing=missing, reduced_mobility=reduced))
    assert not (found.reached.low & ~found.reached.high).any()
    works = found.reached.low.any(axis=0)
    assert (found.minutes.high[works] <= found.minutes.low[works]).all()
    for reached, minutes in (
        (found.reached.low, found.minutes.low),
        (found.reached.high, found.minutes.high),
    ):
        np.testing.assert_array_equal(reached.any(axis=0), ~np.isnan(minutes))
    if not missing and not reduced:
        np.testing.assert_array_equal(found.reached.low, found.reached.high)


def test_each_day_of_the_week_counts_for_itself() -> None:
    """On foot next door: every half-day worked, none that is not, in no time at all."""
    searched = searched_of(network_at_stops([]))
    days = tuple(DAY + dt.timedelta(days=n) for n in range(7))
    week = replace(searched, asked=replace(searched.asked, days=days))
    on_foot = replace(week, by=replace(week.by, network=None))
    found = reach_of(on_foot)
    assert found.reached.low.shape == (N_HALF_DAYS, len(VENUES), len(STOPS))
    assert np.flatnonzero(found.reached.low[:, 0, 1]).tolist() == list(range(10))
    assert found.minutes.low[0, 1] == 0
    assert not found.reached.low[:, 0, 0].any()


def test_minutes_count_both_ways() -> None:
    """One kilometre at 4 km/h with a detour of 1.3: 19.5 minutes out, as many back."""
    searched = searched_of(network_at_stops([]))
    homes = coordinates([BETHUNE])
    there = east_of(BETHUNE, 1.0)
    asked = replace(searched.asked, homes=homes)
    near = replace(searched, asked=asked, by=replace(searched.by, network=None))
    found = reach_of(near, (venue(0, there.lon, there.lat),))
    assert found.minutes.low[0, 0] == pytest.approx(39.0, abs=0.1)


def test_two_venues_of_one_id_are_refused() -> None:
    """What is reached could not be told apart."""
    with pytest.raises(ValueError, match="one id"):
        reach_of(searched_of(network_at_stops([])), (VENUES[0], VENUES[0]))


def test_what_is_supposed_is_said() -> None:
    """Hours, how many venues tell theirs, the visit, the week."""
    told = (VENUES[0], replace(VENUES[1], half_days=frozenset({0})))
    said = " ".join(reach_of(searched_of(network_at_stops([])), told).how)
    for words in ("9 h", "2 lieux candidats", "horaires connus : 1", "20 minutes", "7 septembre"):
        assert words in said.replace("\u00a0", " ").replace("\u202f", " ")
