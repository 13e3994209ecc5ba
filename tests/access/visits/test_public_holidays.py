"""Laws of French public holidays."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from maillage.access.visits.public_holidays import easter, is_public_holiday, public_holidays

YEARS = st.integers(1990, 2060)


def test_easter_of_known_years() -> None:
    """Easter falls where almanacs say, on its earliest and latest days too."""
    told = ("2024-03-31", "2025-04-20", "2026-04-05", "2008-03-23", "2038-04-25")
    known = {dt.date.fromisoformat(text) for text in told}
    assert {easter(day.year) for day in known} == known


@pytest.mark.parametrize("year", [2022, 2024, 2026, 2027])
def test_the_hours_library_knows_the_same_days(year: int) -> None:
    """The days of the whole country are those of an independent calendar, the library's own."""
    spans = OpeningHours("PH 10:00-11:00", country="FR").intervals(
        dt.datetime(year, 1, 1),  # noqa: DTZ001 - hours are told in the place's own time
        dt.datetime(year + 1, 1, 1),  # noqa: DTZ001
    )
    theirs = [start.date() for start, _, state, _ in spans if state == State.OPEN]
    assert theirs == list(public_holidays(year))


@given(YEARS)
def test_eleven_days_and_no_name_twice(year: int) -> None:
    """The law names eleven days, each once, in order; two may share a date, never more."""
    days = public_holidays(year)
    assert len(days) in (10, 11)
    assert list(days) == sorted(days)
    assert all(day.year == year for day in days)


@given(YEARS, st.sampled_from(["57", "67", "68"]))
def test_alsace_and_moselle_have_two_days_more(year: int, departement: str) -> None:
    """Good Friday and the day after Christmas are theirs alone."""
    more = set(public_holidays(year, departement)) - set(public_holidays(year))
    assert more == {easter(year) - dt.timedelta(days=2), dt.date(year, 12, 26)}
    assert public_holidays(year, "62") == public_holidays(year)


def test_overseas_departements_have_a_day_of_their_own() -> None:
    """The abolition of slavery is kept on another day in each."""
    assert is_public_holiday(dt.date(2026, 12, 20), "974")
    assert not is_public_holiday(dt.date(2026, 12, 20), "62")
