"""Who lives beyond so many minutes."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
from hypothesis import given
from tests.access.strategies import directories, territories
from tests.builders import (
    BETHUNE,
    DEMARCHES,
    OUTILS,
    Place,
    east_of,
    make_directory,
    make_people,
    make_territory,
)

from maillage.access.coverage import measure_coverage
from maillage.access.model import Coverage
from maillage.access.nearest import nearest_times
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode, StraightLine
from maillage.directory.model import Directory
from maillage.kernel.parameters import load_parameters
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory

PARAMETERS = load_parameters(dt.date(2026, 9, 1)).replaced("travel.walk.speed_kmh", 6.0)
ENGINE = StraightLine(PARAMETERS.replaced("travel.walk.detour", 1.0))
THRESHOLDS = (10.0, 20.0, 30.0)


def _coverage(
    territory: Territory, directory: Directory, people: FragilePeople
) -> dict[tuple[object, Mode, float], Coverage]:
    nearest = nearest_times(territory, directory, ENGINE)
    rows = measure_coverage(territory, people, nearest, THRESHOLDS)
    return {(row.service, row.mode, row.threshold_minutes): row for row in rows}


def test_known_answer_along_a_line() -> None:
    """At 6 km/h with no detour, communes 0.5, 1.5, 2.5, 3.5 km away take 5, 15, 25, 35 minutes."""
    territory = make_territory(
        points=[east_of(BETHUNE, km) for km in (0.5, 1.5, 2.5, 3.5)],
        populations=[100, 200, 300, 400],
    )
    people = make_people([10.0, 0.0, 30.0, 60.0])
    found = _coverage(territory, make_directory(Place(BETHUNE)), people)
    rows = [found[DEMARCHES, Mode.WALK, threshold] for threshold in THRESHOLDS]
    assert [(r.n_people, r.n_zones, r.n_fragile) for r in rows] == [
        (900, 3, 90),
        (700, 2, 90),
        (400, 1, 60),
    ]
    assert [(r.share_people, r.share_fragile) for r in rows] == [(0.9, 0.9), (0.7, 0.9), (0.4, 0.6)]
    assert found[OUTILS, Mode.WALK, 30.0].n_people == 1000


def test_weights_that_are_not_people_give_no_number() -> None:
    """Where fragile weights are no people only their share is told."""
    people = make_people([1.0, 2.0], are_people=False)
    row = _coverage(make_territory(2), make_directory(), people)[None, Mode.WALK, 10.0]
    assert (row.n_fragile, row.share_fragile) == (None, 1.0)


def test_unknown_weights_and_empty_territories_give_no_nan() -> None:
    """A zone of unknown fragility counts in the people; nobody at all is a share of 0."""
    people = make_people([math.nan, 2.0])
    empty = make_territory(populations=[None, 0], n=2)
    row = _coverage(empty, make_directory(), people)[None, Mode.WALK, 10.0]
    assert (row.share_people, row.share_fragile, row.n_people, row.n_zones) == (0.0, 1.0, 0, 2)


@given(territories, directories)
def test_shares_are_shares_and_thresholds_are_monotone(
    territory: Territory, directory: Directory
) -> None:
    """Every share lies in 0-1, and fewer people live beyond a longer time."""
    weights = FragilePeople(np.sqrt(territory.populations), are_people=True, method="racine")
    found = _coverage(territory, directory, weights)
    assert len(found) == len(SERVICE_KEYS) * len(Mode) * len(THRESHOLDS)
    for key in SERVICE_KEYS:
        for mode in Mode:
            rows = [found[key, mode, threshold] for threshold in THRESHOLDS]
            shares = [row.share_people for row in rows] + [row.share_fragile for row in rows]
            assert all(0.0 <= share <= 1.0 for share in shares)
            assert [r.n_people for r in rows] == sorted((r.n_people for r in rows), reverse=True)
            assert [r.n_zones for r in rows] == sorted((r.n_zones for r in rows), reverse=True)
            any_row = found[None, mode, THRESHOLDS[0]]
            assert any_row.n_people <= found[key, mode, THRESHOLDS[0]].n_people
