"""Laws of the types of weeks and of the weeks that speak for them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.access.visits.calendar import (
    SCHOOL_CALENDAR_UNKNOWN,
    TypicalWeek,
    WeekType,
    days_of,
    has_public_holiday,
    typical_weeks,
    week_type,
)

KNOWN = st.dates(dt.date(2021, 9, 2), dt.date(2027, 6, 1))
WANTED = TypicalWeek(WeekType.SCHOOL, dt.date(2026, 11, 23))


def test_a_week_is_of_school_of_holidays_or_of_both() -> None:
    """Five school days, five days of holidays, or some of each around the summer."""
    assert week_type(dt.date(2026, 11, 23), "62") is WeekType.SCHOOL
    assert week_type(dt.date(2026, 10, 19), "62") is WeekType.HOLIDAY
    assert week_type(dt.date(2026, 8, 31), "62") is WeekType.MIXED
    assert week_type(dt.date(2026, 11, 23), "2A") is WeekType.UNKNOWN


def test_a_public_holiday_makes_no_week_a_holiday_week() -> None:
    """The week of 11 November is a school week: its four other days are."""
    assert week_type(dt.date(2026, 11, 9), "62") is WeekType.SCHOOL


def test_a_week_begins_on_a_monday() -> None:
    """Any other day is refused."""
    with pytest.raises(ValueError, match="not a Monday"):
        days_of(dt.date(2026, 11, 24))


@given(KNOWN, st.sampled_from(["62", "44", "24", "75", "67"]))
def test_typical_weeks_come_next_without_public_holiday(on: dt.date, departement: str) -> None:
    """One of each type, on the day or later, the first of its kind that no public holiday cuts."""
    weeks, doubts = typical_weeks(on, departement)
    assert (doubts, [week.type for week in weeks]) == ((), [WeekType.SCHOOL, WeekType.HOLIDAY])
    for week in weeks:
        assert week.monday >= on
        assert week_type(week.monday, departement) is week.type
        assert not has_public_holiday(week.monday, departement)
        assert not any(
            week_type(monday, departement) is week.type
            and not has_public_holiday(monday, departement)
            for monday in _mondays_between(on, week.monday)
        )


def _mondays_between(on: dt.date, before: dt.date) -> list[dt.date]:
    days = (on + dt.timedelta(days=n) for n in range((before - on).days))
    return [day for day in days if day.weekday() == 0]


@pytest.mark.parametrize(("on", "departement"), [("2026-11-22", "2A"), ("2035-01-01", "62")])
def test_an_unknown_calendar_is_a_finding(on: str, departement: str) -> None:
    """A week is still given, and it is said that it is of no known type."""
    weeks, doubts = typical_weeks(dt.date.fromisoformat(on), departement)
    assert [week.type for week in weeks] == [WeekType.UNKNOWN]
    assert [doubt.code for doubt in doubts] == [SCHOOL_CALENDAR_UNKNOWN.code]


def test_near_the_end_of_the_calendar_the_finding_says_since_when() -> None:
    """The last known week is of school; no holiday week is known any more."""
    weeks, (doubt,) = typical_weeks(dt.date(2028, 6, 12), "62")
    assert [week.type for week in weeks] == [WeekType.SCHOOL]
    assert "4\u00a0juillet\u00a02028" in doubt.message
