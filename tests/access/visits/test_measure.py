"""What a week of visits means for people: shares, and what stops them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.visits.strategies import MONDAY
from tests.access.visits.weeks import Stand, week_of_stands
from tests.builders import DEMARCHES, OUTILS

from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.measure import (
    half_days_per_person,
    measure_bottlenecks,
    measure_shortfalls,
)
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn, VisitKind
from maillage.access.visits.week import VisitWeek

KIND = VisitKind("essai", "20 minutes", 20, 20, 450, 1140, 120)
ALL_DAY = ((540, 720), (840, 1020))
ROW = SERVICE_KEYS.index(DEMARCHES)
minutes = st.lists(st.sampled_from([5.0, 50.0, 70.0, 300.0, float("inf")]), min_size=4, max_size=4)
weights = st.lists(st.integers(0, 50), min_size=4, max_size=4).map(
    lambda drawn: np.array(drawn, dtype=np.float64)
)


def week_by(near: list[float], certainty: Certainty = Certainty.CERTAIN) -> VisitWeek:
    """Return the week of homes so many minutes from one lieu, open one day."""
    opening = OpeningOn(MONDAY, ALL_DAY, certainty)
    return week_of_stands([Stand(tuple(near), (opening,))], KIND, len(near))


def test_shares_are_of_people() -> None:
    """Who has fewer than so many half-days, over everybody; the fragile by their own weight."""
    week = week_by([5.0, 300.0])
    found = measure_shortfalls(
        Bounds(week, week), np.array([30.0, 10.0]), np.array([0.0, 10.0]), (3, 1)
    )
    of_row = [one for one in found if one.service is DEMARCHES]
    assert [(one.fewer_than, one.people.most, one.fragile.most) for one in of_row] == [
        (1, 0.25, 1.0),
        (3, 1.0, 1.0),
    ]


@given(near=minutes, bus=minutes, people=weights)
def test_readings_go_from_the_worst_to_the_best(
    near: list[float], bus: list[float], people: np.ndarray
) -> None:
    """Told hours and known means are never better than usual hours or a bus supposed."""
    both = [min(one, other) for one, other in zip(near, bus, strict=True)]
    bounds = Bounds(
        week_by(near, Certainty.POSSIBLE),
        week_by(both, Certainty.POSSIBLE),
    )
    for one in measure_shortfalls(bounds, people, people, (1, 2)):
        shares = one.people
        assert shares.least == shares.possible_high <= shares.possible_low <= shares.certain_low
        assert shares.possible_high <= shares.certain_high <= shares.certain_low == shares.most
        assert 0.0 <= shares.least <= shares.most <= 1.0


def test_nobody_at_all_is_a_share_of_nothing() -> None:
    """Where nobody lives, or nobody is fragile, no share is made up."""
    week = week_by([300.0, 300.0])
    (found, *_) = measure_shortfalls(Bounds(week, week), np.zeros(2), np.zeros(2), (1,))
    assert (found.people.most, found.fragile.least) == (0.0, 0.0)
    assert measure_bottlenecks(week, np.zeros(2)) == ()


@given(near=minutes, people=weights)
def test_bottlenecks_are_everybody_without_a_visit(near: list[float], people: np.ndarray) -> None:
    """Over all obstacles, those stopped are those who can do no visit, the most people first."""
    week = week_by(near)
    found = measure_bottlenecks(week, people)
    for key, row in ((DEMARCHES, ROW), (OUTILS, SERVICE_KEYS.index(OUTILS))):
        for c, certainty in enumerate((Certainty.CERTAIN, Certainty.POSSIBLE)):
            mine = [b for b in found if b.service is key and b.certainty is certainty]
            assert [b.n_people for b in mine] == sorted((b.n_people for b in mine), reverse=True)
            stopped = people[week.half_days[row, c] == 0].sum()
            assert sum(b.n_people for b in mine) == stopped
            if people.sum() > 0:
                assert sum(b.share_people for b in mine) == pytest.approx(stopped / people.sum())
            assert Obstacle.NONE not in {b.obstacle for b in mine}


def test_half_days_are_counted_home_by_home() -> None:
    """A good to share: two half-days where it is near, none where it is far."""
    week = week_by([5.0, 300.0], Certainty.POSSIBLE)
    assert half_days_per_person(week, DEMARCHES, Certainty.POSSIBLE).tolist() == [2.0, 0.0]
    assert half_days_per_person(week, DEMARCHES, Certainty.CERTAIN).tolist() == [0.0, 0.0]
