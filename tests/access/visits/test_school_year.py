"""Laws of the school calendar shipped with the project."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from maillage.access.visits.school_year import (
    holiday_on,
    in_school_holidays,
    school_holidays,
    school_years,
    school_zone,
    year_of,
)

DAYS = st.dates(dt.date(2021, 9, 2), dt.date(2028, 7, 3))
METROPOLE = [f"{n:02d}" for n in range(1, 96) if n != 20]


def test_every_departement_of_the_mainland_has_one_zone() -> None:
    """Ninety-four départements have a zone; Corsica and the overseas have none."""
    assert {school_zone(code) for code in METROPOLE} == {"A", "B", "C"}
    assert [school_zone(code) for code in ("2A", "2B", "974", "")] == [None] * 4
    assert [school_zone(code) for code in ("62", "44", "24", "75")] == ["B", "B", "A", "C"]


def test_years_follow_one_another_and_name_their_arrete() -> None:
    """No day is lost between two school years, and each says which arrêté set it."""
    years = school_years()
    for before, after in pairwise(years):
        assert after.first_day == before.last_day + dt.timedelta(days=1)
    assert all("Arrêté du" in year.source for year in years)


def test_holidays_end_on_a_school_day() -> None:
    """One comes back between Monday and Friday, never on a day that is itself a holiday."""
    for holiday in school_holidays():
        assert holiday.first_day < holiday.back
        assert holiday.back.weekday() < 5
        assert not any(
            set(other.zones) & set(holiday.zones) and other.first_day <= holiday.back < other.back
            for other in school_holidays()
        )


def test_each_zone_has_the_same_number_of_weeks() -> None:
    """Winter and spring holidays last sixteen to eighteen days in each zone, every year."""
    for holiday in school_holidays():
        if holiday.name in ("Vacances d'hiver", "Vacances de printemps"):
            assert 16 <= (holiday.back - holiday.first_day).days <= 17
    for year in school_years():
        inside = [h for h in school_holidays() if year_of(h.first_day) == year]
        for name in ("Vacances d'hiver", "Vacances de printemps"):
            assert sorted(h.zones for h in inside if h.name == name) == ["A", "B", "C"]


def test_dates_published_for_well_known_holidays() -> None:
    """Three dates of the arrêtés, by zone."""
    assert in_school_holidays(dt.date(2026, 2, 9), "24") is True
    assert in_school_holidays(dt.date(2026, 2, 9), "62") is False
    assert in_school_holidays(dt.date(2025, 4, 21), "62") is True
    assert in_school_holidays(dt.date(2025, 4, 22), "62") is False
    found = holiday_on(dt.date(2026, 12, 25), "75")
    assert found is not None
    assert found.name == "Vacances de Noël"


@given(DAYS)
def test_what_is_common_to_all_zones_is_the_same_everywhere(day: dt.date) -> None:
    """Only winter and spring differ by zone."""
    told = {in_school_holidays(day, code) for code in ("24", "62", "75")}
    assert None not in told
    assert len(told) == 1 or day.month in (2, 3, 4, 5)


@given(st.dates(dt.date(2029, 1, 1), dt.date(2040, 1, 1)))
def test_what_is_not_published_is_not_known(day: dt.date) -> None:
    """Beyond the last arrêté nothing is said, neither school nor holidays."""
    assert in_school_holidays(day, "62") is None
    assert year_of(day) is None
