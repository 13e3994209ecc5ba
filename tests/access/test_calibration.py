"""The straight line fitted to real times."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.access.calibration import Fitted, RealTimes, calibrate
from maillage.access.travel import Mode
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))


@given(st.floats(1.0, 2.0), st.floats(0.0, 8.0), st.integers(0, 1000))
def test_times_made_from_a_straight_line_give_it_back(
    detour: float, fixed: float, seed: int
) -> None:
    """Exact times give their own detour and fixed minutes, with no error left."""
    km = np.random.default_rng(seed).uniform(0.2, 20.0, 60)
    speed = PARAMETERS.number("travel.car.speed_kmh")
    times = RealTimes(Mode.CAR, km, km * detour / speed * 60 + fixed)
    found = calibrate(times, PARAMETERS, Fitted.DETOUR)
    assert found is not None
    assert found.detour == pytest.approx(detour, abs=1e-3)
    assert found.fixed_minutes == pytest.approx(fixed, abs=1e-2)
    assert found.p90_error < 1e-2


def test_a_few_wrong_times_do_not_pull_the_fit() -> None:
    """One time in ten gone wrong by an hour leaves the speed as it was."""
    km = np.linspace(0.5, 15.0, 100)
    minutes = km * 1.3 / 30.0 * 60 + 3.0
    minutes[::10] += 60.0
    found = calibrate(RealTimes(Mode.CAR, km, minutes), PARAMETERS, Fitted.SPEED)
    assert found is not None
    assert found.speed_kmh == pytest.approx(30.0, rel=0.01)
    assert found.median_error < 0.1


def test_no_other_line_is_nearer() -> None:
    """On noisy times, no line around the fit has a lower sum of absolute errors."""
    rng = np.random.default_rng(2)
    km = rng.uniform(0.2, 10.0, 200)
    minutes = km * 4.0 + 2.0 + rng.exponential(2.0, 200)
    found = calibrate(RealTimes(Mode.BICYCLE, km, minutes), PARAMETERS, Fitted.SPEED)
    assert found is not None

    def off(per_km: float, fixed: float) -> float:
        return float(np.abs(km * per_km + fixed - minutes).sum())

    per_km = found.detour / found.speed_kmh * 60
    best = off(per_km, found.fixed_minutes)
    for more in (-0.2, -0.02, 0.02, 0.2):
        assert off(per_km + more, found.fixed_minutes) >= best - 1e-6
        assert off(per_km, found.fixed_minutes + more) >= best - 1e-3
        assert off(per_km + more, found.fixed_minutes - more) >= best - 1e-3


def test_unreachable_pairs_teach_nothing_and_too_few_times_give_no_fit() -> None:
    """Infinite and missing times are left out and counted; under ten times there is no fit."""
    km = np.linspace(1.0, 12.0, 12)
    minutes = km * 2.0
    minutes[[0, 1]] = np.inf, np.nan
    found = calibrate(RealTimes(Mode.CAR, km, minutes), PARAMETERS, Fitted.SPEED)
    assert found is not None
    assert (found.n, found.n_left_out) == (10, 2)
    assert calibrate(RealTimes(Mode.CAR, km[:11], minutes[:11]), PARAMETERS, Fitted.SPEED) is None


def test_a_detour_is_never_shorter_than_the_straight_line() -> None:
    """Times too fast for the speed kept give a detour of 1, not less."""
    km = np.linspace(1.0, 12.0, 12)
    found = calibrate(RealTimes(Mode.WALK, km, km * 5.0), PARAMETERS, Fitted.DETOUR)
    assert found is not None
    assert found.detour == 1.0


def test_a_fit_tells_its_error_and_takes_the_place_of_the_parameters() -> None:
    """The sentence tells how many times and how far off; the parameters then hold the fit."""
    km = np.linspace(1.0, 12.0, 12)
    found = calibrate(RealTimes(Mode.CAR, km, km * 2.0 + 4.0), PARAMETERS, Fitted.SPEED)
    assert found is not None
    assert "12 temps" in found.describe()
    applied = found.applied(PARAMETERS)
    assert applied.number("travel.car.fixed_minutes") == found.fixed_minutes
    assert applied.number("travel.car.speed_kmh") == found.speed_kmh
