"""The usual hours of a permanence, and which half-days told hours leave room for."""

from __future__ import annotations

import datetime as dt

import pytest

from maillage.access.unreached.permanence_hours import permanence_hours
from maillage.access.visits.model import Certainty
from maillage.kernel.errors import ParameterError
from maillage.kernel.parameters import Value, load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
HOURS = permanence_hours(PARAMETERS)
MONDAY = dt.date(2026, 9, 7)


def test_a_permanence_is_held_on_the_half_days_worked_alone() -> None:
    """Both halves of a working day, nothing on Saturday; what is supposed of it is its hours."""
    monday, saturday = HOURS.opening_on(MONDAY), HOURS.opening_on(MONDAY + dt.timedelta(days=5))
    assert monday.ranges == ((540, 720), (840, 1020))
    assert monday.certainty is Certainty.CERTAIN
    assert saturday.ranges == ()


@pytest.mark.parametrize(
    ("told", "half_days"),
    [
        (["Mo 09:00-12:00"], {0}),
        (["Mo 08:00-18:00"], {0, 1}),
        (["Mo 10:00-12:00; We 13:00-16:00"], {0, 5}),
        (["Mo 10:01-12:00"], set()),
        (["Mo 09:00-10:30", "Mo 10:30-12:00"], {0}),
        (["Sa 09:00-12:00; Fr 09:00-12:00"], {8, 10}),
        (["24/7"], set(range(12))),
    ],
)
def test_a_half_day_counts_where_the_place_is_open_long_enough(
    told: list[str], half_days: set[int]
) -> None:
    """Two hours of a permanence's half-day at least, over all hours told together."""
    assert HOURS.half_days_within(told) == frozenset(half_days)


@pytest.mark.parametrize("told", [[], ["Sa 09:00-12:00"], ["Mo-Fr unknown"], ["off"]])
def test_hours_that_tell_no_working_day_tell_nothing(told: list[str]) -> None:
    """Saturday alone is what lossy conversions leave: not closed all week, unknown."""
    assert HOURS.half_days_within(told) is None


def test_a_day_that_is_not_told_is_not_counted() -> None:
    """Of a week half told, only what is told is sure."""
    assert HOURS.half_days_within(["Mo 09:00-12:00; Tu-Fr unknown"]) == frozenset({0})


def test_what_is_supposed_is_said() -> None:
    """Hours and days stand in one French sentence, a half worked day told by its half."""
    some = permanence_hours(PARAMETERS.replaced("unreached.permanence.half_days", (0, 2, 3, 11)))
    assert HOURS.said().endswith("lundi, mardi, mercredi, jeudi et vendredi.")
    assert some.said().endswith("lundi matin, mardi et samedi après-midi.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("half_days", (12.0,)),
        ("half_days", ()),
        ("morning", (720.0, 540.0)),
        ("afternoon", (840.0,)),
        ("afternoon", (840.0, 1500.0)),
    ],
)
def test_a_parameter_that_is_no_hour_is_told_by_its_name(name: str, value: Value) -> None:
    """A range backwards, one end alone or a thirteenth half-day: the error names the parameter."""
    with pytest.raises(ParameterError, match=name):
        permanence_hours(PARAMETERS.replaced(f"unreached.permanence.{name}", value))
