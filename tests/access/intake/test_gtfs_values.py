"""The values of GTFS are read strictly: what is no time, number, day or vehicle is not guessed."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.feeds import clock

from maillage.access.intake.gtfs_values import (
    UNREADABLE,
    UNTOLD,
    Seconds,
    Whole,
    day,
    degrees,
    distance_along,
    vehicle,
)
from maillage.access.timetable.model import Vehicle


@given(seconds=st.integers(0, 200_000))
def test_a_time_written_is_the_time_read(seconds: int) -> None:
    """Any second of some days is written and read back, with or without the leading nought."""
    assert Seconds()[clock(seconds)] == seconds
    assert Seconds()[clock(seconds).removeprefix("0")] == seconds


@pytest.mark.parametrize("text", ["8h30", "08:60:00", "-1:00:00", "08:30:61", "240:00:00", "x"])
def test_what_is_no_time_is_not_read(text: str) -> None:
    """Anything else than hours, minutes and seconds is unreadable, not nought."""
    assert Seconds()[text] == UNREADABLE


def test_blank_is_untold_and_seconds_may_lack() -> None:
    """An empty cell tells nothing; ``8:30`` is half past eight."""
    assert (Seconds()[" "], Whole()[""]) == (UNTOLD, UNTOLD)
    assert Seconds()[" 8:30 "] == 30_600


@pytest.mark.parametrize("text", ["1.5", "-3", "٣", "1e3", "99999999999"])
def test_what_is_no_whole_number_is_not_read(text: str) -> None:
    """Only plain digits are a whole number."""
    assert Whole()[text] == UNREADABLE


@pytest.mark.parametrize("text", ["2024-01-01", "20240230", "", "2024011", "²0240101"])
def test_what_is_no_day_is_not_read(text: str) -> None:
    """Only eight digits that make a day are one."""
    assert day(text) is None
    assert day(" 20240229 ") == dt.date(2024, 2, 29)


def test_degrees_and_distances_stay_in_their_bounds() -> None:
    """A latitude of 91 degrees, an infinite or negative distance, are not told."""
    assert degrees("50.5", 90) == 50.5
    assert all(math.isnan(degrees(text, 90)) for text in ("91", "nan", "inf", "", "nord"))
    assert distance_along("12.5") == 12.5
    assert all(math.isnan(distance_along(text)) for text in ("-1", "inf", "nan", "", "x"))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (0, Vehicle.TRAM), (3, Vehicle.BUS), (7, Vehicle.FUNICULAR), (12, Vehicle.MONORAIL),
        (100, Vehicle.TRAIN), (106, Vehicle.TRAIN), (202, Vehicle.BUS), (400, Vehicle.METRO),
        (405, Vehicle.MONORAIL), (713, Vehicle.BUS), (800, Vehicle.TROLLEYBUS),
        (900, Vehicle.TRAM), (1000, Vehicle.FERRY), (1100, Vehicle.OTHER),
        (1300, Vehicle.CABLE_CAR), (1400, Vehicle.FUNICULAR), (1501, Vehicle.OTHER),
        (1700, Vehicle.OTHER), (8, None), (99, None), (1800, None), (-1, None), (-2, None),
    ],
)  # fmt: skip
def test_kinds_of_vehicle(code: int, kind: Vehicle | None) -> None:
    """Basic and extended types name their vehicle; another number names none."""
    assert vehicle(code) is kind
