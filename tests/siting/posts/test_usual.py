"""The usual post comes from dated parameters."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from maillage.kernel.parameters import load_parameters
from maillage.siting.posts.usual import usual_post


def test_a_half_day_serves_its_hours_of_the_year_by_those_one_person_needs() -> None:
    """Hours a half-day × weeks a year ÷ hours one needs; the rest as told."""
    parameters = load_parameters(dt.date(2026, 1, 1))
    for name, value in (("hours_per_half_day", 4), ("weeks_a_year", 40), ("hours_per_person", 8)):
        parameters = parameters.replaced(f"posts.{name}", value)
    post = usual_post(parameters)
    assert post.people_per_half_day == pytest.approx(20.0)
    assert post.half_days_each >= 1
    assert list(post.returns) == sorted(post.returns)
    longest = post.unreached_minutes(np.array([[np.nan, 30.0], [12.0, np.nan]]))
    assert longest == pytest.approx(30.0 * post.unreached_times)
