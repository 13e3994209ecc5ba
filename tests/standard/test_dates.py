"""Laws of dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.findings import Where
from maillage.standard.dates import parse_date

ON = dt.date(2026, 9, 1)
WHERE = Where("lieux.csv", 12, "lieu-1", "date_maj")


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-07",
        "2024/05/07",
        "2024-5-7",
        "07/05/2024",
        "7/5/2024",
        "07-05-2024",
        "07.05.2024",
        "2024-05-07T10:20:30Z",
        "2024-05-07T10:20:30.123+02:00",
        "2024-05-07 10:20:30",
        "07/05/2024 14:29:42",
        "07/05/2024 14h29",
        "20240507",
        "45419",
        "45419.0",
        "45419.6",
        "7 mai 2024",
        "mardi 7 mai 2024",
        "07 MAI 2024",
    ],
)
def test_dates_are_read_however_they_are_written(text: str) -> None:
    """All usual ways of writing the 7th of May 2024 give that day, with nothing to say."""
    assert parse_date(text, WHERE, ON) == (dt.date(2024, 5, 7), ())


@pytest.mark.parametrize("text", ["1er janvier 2022", "1 janv. 2022"])
def test_french_months_are_known(text: str) -> None:
    """The first of the month and short months are read."""
    assert parse_date(text, WHERE, ON)[0] == dt.date(2022, 1, 1)


@pytest.mark.parametrize(
    "text", ["31/02/2024", "12/31/2021", "mai 2024", "2024", "hier", "07/12/21", "99", "0000-00-00"]
)
def test_an_unreadable_date_is_absent(text: str) -> None:
    """What is not a whole date is absent, with a finding that shows it."""
    date, findings = parse_date(text, WHERE, ON)
    assert date is None
    assert [(f.code, f.value, f.where.line) for f in findings] == [("date-unreadable", text, 12)]


@pytest.mark.parametrize("text", ["1970-01-01", "1969-12-31", "01/01/1900", "00001"])
def test_a_blank_turned_a_date_is_absent(text: str) -> None:
    """1970 and its like are never dates of update."""
    date, findings = parse_date(text, WHERE, ON)
    assert date is None
    assert [f.code for f in findings] == ["date-implausible"]


def test_a_future_date_is_kept_and_named() -> None:
    """A date after the day of reading is a finding; the day itself is not."""
    date, findings = parse_date("02/09/2026", WHERE, ON)
    assert date == dt.date(2026, 9, 2)
    assert [f.code for f in findings] == ["date-in-future"]
    assert parse_date("2026-09-01", WHERE, ON)[1] == ()


@given(st.dates(dt.date(1995, 1, 1), ON))
def test_every_date_survives_four_formats(date: dt.date) -> None:
    """ISO, day first, year first with slashes, and the serial number all give the date back."""
    serial = (date - dt.date(1899, 12, 30)).days
    for text in (f"{date}", f"{date:%d/%m/%Y}", f"{date:%Y/%m/%d}", str(serial)):
        assert parse_date(text, WHERE, ON) == (date, ())
