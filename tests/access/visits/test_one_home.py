"""The visits of one home, searched the other way round, are those of the whole territory's week."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.access.visits.journeys_week import DAY, STOPS, searched_of, towns_by_bus, weeks_of

from maillage.access.timetable.model import Network
from maillage.access.visits.one_home import profile_of, visits_of_home
from maillage.access.visits.round_trips import no_profiles
from maillage.access.visits.territory_visits import week_ground
from maillage.access.visits.week import VisitWeek
from maillage.access.visits.week_sums import visit_week

PARTS = ("presence", "day", "leave", "start", "back", "spare")


def alone(week: VisitWeek, home: int) -> list[list[object]]:
    """Return all that a week says of one home, as lists."""
    best = [getattr(week.best, part)[..., home].tolist() for part in PARTS]
    why = [week.obstacles.number, week.obstacles.presence, week.obstacles.day]
    return [
        week.half_days[..., home].tolist(),
        *best,
        *(one[..., home].tolist() for one in why),
    ]


@given(towns_by_bus)
@settings(max_examples=15, deadline=None)
def test_one_home_finds_what_the_territory_finds(network: Network) -> None:
    """Half-days, the best visit and the obstacle are the same, each home asked by itself."""
    searched = searched_of(network)
    territory = weeks_of(searched)[0].low
    for home in range(len(STOPS)):
        kinds = searched.asked.kinds[:1]
        asked = replace(searched.asked, homes=STOPS[home : home + 1], kinds=kinds)
        ground = week_ground(asked, searched.by)
        found = visits_of_home(asked, searched.by.searches, ground, (ground.out, ground.back))
        week = visit_week(found, asked.to.presences, kinds[0], (DAY,), 1)
        assert alone(week, 0) == alone(territory, home)


def test_the_profile_of_one_place_is_its_row() -> None:
    """Of rows laid end to end one is taken, and nothing of its neighbours."""
    rows = replace(
        no_profiles(3),
        first=np.array([0, 1, 3, 3], dtype=np.int32),
        departures=np.array([5, 6, 7], dtype=np.int32),
        arrivals=np.array([8, 9, 10], dtype=np.int32),
    )
    taken = [profile_of(rows, place).departures.tolist() for place in range(3)]
    assert taken == [[5], [6, 7], []]
    with pytest.raises(IndexError):
        profile_of(rows, 3)
