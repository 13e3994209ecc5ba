"""Between what and what a coverage stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from tests.access.strategies import directories, territories
from tests.builders import BETHUNE, DEMARCHES, Place, east_of, make_directory, make_territory

from maillage.access.coverage import measure_coverage
from maillage.access.nearest import nearest_times
from maillage.access.travel import Mode, StraightLine
from maillage.diagnosis.ranges import coverage_ranges
from maillage.diagnosis.variants import Ground
from maillage.directory.model import Directory
from maillage.kernel.parameters import load_parameters
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory

ON = dt.date(2026, 9, 1)
PARAMETERS = load_parameters(ON)


def _both(territory: Territory, directory: Directory):  # noqa: ANN202 - pairs of two results
    engine = StraightLine(PARAMETERS)
    nearest = nearest_times(territory, directory, engine)
    people = FragilePeople(territory.populations, are_people=False, method="")
    coverage = measure_coverage(territory, people, nearest, (10.0, 20.0, 30.0))
    ground = Ground(territory, directory, engine, PARAMETERS, ON)
    return tuple(zip(coverage, coverage_ranges(ground, nearest, coverage), strict=True))


@given(territories, directories)
def test_the_estimate_stands_within_its_range(territory: Territory, directory: Directory) -> None:
    """Low ≤ share ≤ high, all in 0-1, for every service, mode and threshold."""
    for coverage, bounds in _both(territory, directory):
        assert (bounds.service, bounds.mode) == (coverage.service, coverage.mode)
        assert bounds.threshold_minutes == coverage.threshold_minutes
        assert 0.0 <= bounds.low_share <= coverage.share_people <= bounds.high_share <= 1.0


def test_people_spread_over_a_wide_commune_are_partly_beyond() -> None:
    """In a commune 8 km across with help at its town hall, some are beyond 30 minutes, not all."""
    half = 0.036  # degrees of latitude, about 4 km
    ring = tuple(
        (BETHUNE.lon + dx * half / 0.635, BETHUNE.lat + dy * half)
        for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    )
    territory = make_territory(1)
    wide = replace(territory.zones[0], contour=((ring,),))
    territory = replace(territory, zones=(wide,))
    (bounds,) = [
        bounds
        for coverage, bounds in _both(territory, make_directory(Place(BETHUNE)))
        if (coverage.service, coverage.mode) == (DEMARCHES, Mode.WALK)
        and coverage.threshold_minutes == 30.0
    ]
    assert bounds.low_share == 0.0
    assert 0.5 < bounds.high_share < 1.0


def test_a_zone_at_the_limit_opens_the_range() -> None:
    """One of two equal communes at 27 minutes on foot: none beyond 30, half if all is worse."""
    km = 27.0 / 60.0 * PARAMETERS.number("travel.walk.speed_kmh")
    away = east_of(BETHUNE, km / PARAMETERS.number("travel.walk.detour"))
    territory = make_territory(points=[BETHUNE, away], populations=[1000, 1000])
    directory = make_directory(Place(BETHUNE, gives=((DEMARCHES,),)))
    (found,) = [
        (coverage.share_people, bounds.low_share, bounds.high_share)
        for coverage, bounds in _both(territory, directory)
        if (coverage.service, coverage.mode) == (DEMARCHES, Mode.WALK)
        and coverage.threshold_minutes == 30.0
    ]
    assert found == (pytest.approx(0.0), pytest.approx(0.0), pytest.approx(0.5))
