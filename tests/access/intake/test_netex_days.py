"""The days of NeTEx: weekdays, periods, bits, dates added and taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.access.intake.netex_samples import (
    ASSIGNED,
    PERIOD,
    WEEK,
    at_times,
    days_of,
    run,
    sample,
    write_french,
)

from maillage.access.intake.netex import read_netex
from maillage.access.timetable.model import Network
from maillage.kernel.findings import Finding

_ALL = '<DayType id="D" version="any"/>'


def _read(folder: Path, *calendar: str) -> tuple[Network, tuple[Finding, ...]]:
    members = sample()
    members["CALENDRIER"] = list(calendar)
    return read_netex(write_french(members, folder / "netex.zip"))


def _bits(bits: str, last: str = "") -> str:
    end = f"<ToDate>{last}T23:59:59</ToDate>" if last else ""
    return (
        '<UicOperatingPeriod id="W" version="any"><FromDate>2026-01-05T00:00:00+00:00</FromDate>'
        f"{end}<ValidDayBits>{bits}</ValidDayBits></UicOperatingPeriod>"
    )


def _date(day: str, runs: str = "") -> str:
    told = f"<isAvailable>{runs}</isAvailable>" if runs else ""
    return (
        f'<DayTypeAssignment id="A{day}{runs}" order="2" version="any"><Date>{day}</Date>'
        f'<DayTypeRef ref="D"/>{told}</DayTypeAssignment>'
    )


def _days(told: tuple[Network, tuple[Finding, ...]]) -> list[str]:
    return [day.removeprefix("2026-01-") for day in days_of(told[0], "J1")]


def test_dates_are_added_and_taken(tmp_path: Path) -> None:
    """A date is added to the week, or taken from it where it is said not available."""
    told = _read(
        tmp_path, WEEK, ASSIGNED, PERIOD, _date("2026-01-11"), _date("2026-01-06", "false")
    )
    assert _days(told) == ["05", "09", "11", "12", "13", "16"]
    assert told[1] == ()


def test_a_date_both_added_and_taken_is_taken(tmp_path: Path) -> None:
    """Of two words on one day the careful one stands."""
    told = _read(tmp_path, _ALL, _date("2026-01-11"), _date("2026-01-12"),
                 _date("2026-01-12", "false"))  # fmt: skip
    assert _days(told) == ["11"]


@pytest.mark.parametrize("last", ["", "2026-01-10"])
def test_bits_tell_each_day(tmp_path: Path, last: str) -> None:
    """Bits count from the first day, up to the last one told."""
    told = _read(tmp_path, _ALL, ASSIGNED, _bits("1001001", last))
    assert _days(told) == (["05", "08"] if last else ["05", "08", "11"])


def test_bits_all_lit_leave_the_week_to_tell(tmp_path: Path) -> None:
    """Bits that exclude nothing say no more than their period: weekdays then count."""
    told = _read(tmp_path, WEEK, ASSIGNED, _bits("1" * 7))
    assert _days(told) == ["05", "06", "09"]


def test_bits_against_the_week_stand_and_are_told(tmp_path: Path) -> None:
    """Where bits light a day that the week excludes the bits stand, with a finding."""
    told = _read(tmp_path, WEEK, ASSIGNED, _bits("1010000"))
    assert _days(told) == ["05", "07"]
    assert [f.code for f in told[1]] == ["netex-days-contradicted"]


def test_a_period_taken_is_taken(tmp_path: Path) -> None:
    """A period said not available takes its days from the others."""
    off = (
        '<DayTypeAssignment id="X" order="9" version="any"><UicOperatingPeriodRef ref="H"/>'
        '<DayTypeRef ref="D"/><isAvailable>false</isAvailable></DayTypeAssignment>'
        '<OperatingPeriod id="H" version="any"><FromDate>2026-01-07</FromDate>'
        "<ToDate>2026-01-31</ToDate></OperatingPeriod>"
    )
    assert _days(_read(tmp_path, _ALL, ASSIGNED, PERIOD, off)) == ["05", "06"]


def test_operating_days_are_dates(tmp_path: Path) -> None:
    """A day may be told by the id of an operating day."""
    told = _read(
        tmp_path,
        _ALL,
        '<OperatingDay id="OD" version="1"><CalendarDate>2026-01-20</CalendarDate></OperatingDay>',
        '<DayTypeAssignment id="X" order="9" version="any"><OperatingDayRef ref="OD"/>'
        '<DayTypeRef ref="D"/></DayTypeAssignment>',
    )
    assert _days(told) == ["20"]


def test_a_run_of_several_kinds_of_day_runs_on_all(tmp_path: Path) -> None:
    """The days of a run are those of any of its kinds of day."""
    members = sample()
    members["CALENDRIER"] += [
        '<DayType id="E" version="any"/>',
        _date("2026-01-25").replace('ref="D"', 'ref="E"'),
    ]
    both = '<dayTypes><DayTypeRef ref="D"/><DayTypeRef ref="E"/></dayTypes>'
    members["HORAIRE"].append(run("J3", at_times("10:00:00", "10:10:00", "10:20:00"), more=both))
    network, findings = read_netex(write_french(members, tmp_path / "netex.zip"))
    assert findings == ()
    assert set(days_of(network, "J3")) - set(days_of(network, "J1")) == {"2026-01-25"}


def test_validity_conditions_tell_days_by_themselves(tmp_path: Path) -> None:
    """A run without kinds of day may tell its days by the bits of a condition."""
    members = sample()
    condition = (
        "<dayTypes/><validityConditions><AvailabilityCondition id='c' version='1'>"
        "<FromDate>2026-02-02T00:00:00</FromDate><ToDate>2026-02-04T00:00:00</ToDate>"
        "<ValidDayBits>101</ValidDayBits></AvailabilityCondition></validityConditions>"
    )
    told = run("J3", at_times("10:00:00", "10:10:00", "10:20:00"), more=condition + "<dayTypes>")
    members["HORAIRE"].append(told.replace(condition + "<dayTypes>", condition))
    network, _ = read_netex(write_french(members, tmp_path / "netex.zip"))
    assert days_of(network, "J3") == ["2026-02-02", "2026-02-04"]


def test_days_that_only_the_publisher_knows_are_told(tmp_path: Path) -> None:
    """A kind of day that depends on holidays not dated here is read without, and said."""
    asks = WEEK.replace("</DaysOfWeek>", "</DaysOfWeek><HolidayTypes>NotHoliday</HolidayTypes>")
    told = _read(tmp_path, asks, ASSIGNED, PERIOD)
    assert [f.code for f in told[1]] == ["netex-day-type-asks-more"]
    assert len(_days(told)) == 6


def test_unreadable_dates_are_told_and_left_out(tmp_path: Path) -> None:
    """A period or a date that is no date gives no day, with a finding."""
    bad = PERIOD.replace("2026-01-05", "2026-13-45").replace('"W"', '"X"')
    told = _read(tmp_path, WEEK, ASSIGNED, PERIOD, bad, _date("demain"))
    assert [f.code for f in told[1]] == ["netex-date-unreadable"]
    assert len(_days(told)) == 6


def test_a_period_of_centuries_is_brought_back(tmp_path: Path) -> None:
    """A period without a real end is cut to years that a timetable can be of."""
    told = _read(tmp_path, WEEK, ASSIGNED, PERIOD.replace("2026-01-18", "9999-12-31"))
    assert [f.code for f in told[1]] == ["netex-day-unlikely"]
    assert told[0].services.last_day.year == 2100
