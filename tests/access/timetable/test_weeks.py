"""The day or week asked is used where it is covered; else the nearest like it, and that is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.feeds import TABLES, read_changed

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.merge import merge_networks
from maillage.access.timetable.model import Feed, Network
from maillage.access.timetable.weeks import (
    borrow_week,
    covered_day,
    nearest_week,
)

MONDAY = dt.date(2024, 1, 8)
DAY = dt.timedelta(days=1)


def _feed(first: dt.date, last: dt.date) -> Feed:
    return Feed("bus", "GTFS", "", "", first, last, 0, 0)


def _even_weeks_alike(day: dt.date, other: dt.date) -> bool:
    return day.isocalendar().week % 2 == other.isocalendar().week % 2


def _two(folder: Path) -> Network:
    early, _ = read_changed(folder)
    later = "service_id,date,exception_type\nschool,20240129,1\nnight,20240218,1\n"
    late, _ = read_changed(folder / "x", calendar=None, calendar_dates=later)
    named = replace(late, feeds=(replace(late.feeds[0], name="late"),))
    return merge_networks([early, named])


def test_a_day_that_every_feed_covers_is_itself(tmp_path: Path) -> None:
    """The day asked is read where all feeds cover it, whether anything runs or not."""
    network = _two(tmp_path)  # 8 January to 4 February, 29 January to 18 February
    assert covered_day(network, dt.date(2024, 2, 4)) == (dt.date(2024, 2, 4), True)


def test_a_feed_that_does_not_cover_never_vanishes(tmp_path: Path) -> None:
    """A day that one feed does not cover is read on the nearest same weekday that both do."""
    network = _two(tmp_path)
    assert covered_day(network, dt.date(2024, 1, 10)) == (dt.date(2024, 1, 31), False)
    assert covered_day(network, dt.date(2024, 2, 14)) == (dt.date(2024, 1, 31), False)


def test_a_day_of_the_same_type_is_preferred(tmp_path: Path) -> None:
    """Of the days that may stand for it, one of the same type goes before a nearer one."""
    network, _ = read_changed(tmp_path)
    asked = dt.date(2024, 2, 14)
    assert covered_day(network, asked) == (dt.date(2024, 1, 31), False)
    assert covered_day(network, asked, lambda _, other: other < dt.date(2024, 1, 20)) == (
        dt.date(2024, 1, 17), False,
    )  # fmt: skip


def test_feeds_that_never_meet_have_no_day_in_common(tmp_path: Path) -> None:
    """Where no day is covered by all, there is none: it is not silently one feed's."""
    network = _two(tmp_path)
    apart = (network.feeds[0], replace(network.feeds[1], first_day=dt.date(2025, 1, 1)))
    assert covered_day(replace(network, feeds=apart), MONDAY) == (None, False)


@given(offset=st.integers(-60, 60), n_days=st.integers(1, 50), first=st.integers(0, 30))
def test_the_day_found_is_covered_and_the_nearest(offset: int, n_days: int, first: int) -> None:
    """The day found is the same weekday, inside the validity, and none nearer is."""
    begin = MONDAY + first * DAY
    feed = _feed(begin, begin + (n_days - 1) * DAY)
    asked = MONDAY + offset * DAY
    inside = [begin + at * DAY for at in range(n_days)]
    same = [day for day in inside if day.weekday() == asked.weekday()]
    network = Network(*(None,) * 6, feeds=(feed,))  # type: ignore[arg-type]
    found, itself = covered_day(network, asked)
    assert (found is None) == (not same)
    assert itself == (asked in inside)
    if found is not None:
        assert abs(found - asked) == min(abs(day - asked) for day in same)
        assert found in same


def test_the_nearest_week_is_whole_and_of_the_same_type() -> None:
    """A week is taken whole inside the validity: the most days alike, the nearest, the earlier."""
    feed = _feed(MONDAY + DAY, MONDAY + 30 * DAY)
    weeks = [MONDAY + 7 * DAY, MONDAY + 14 * DAY, MONDAY + 21 * DAY]
    assert nearest_week(feed, weeks[1]) == (weeks[1], 7)
    assert nearest_week(feed, MONDAY) == (weeks[0], 7)
    assert nearest_week(feed, MONDAY + 28 * DAY) == (weeks[2], 7)
    assert nearest_week(feed, MONDAY, _even_weeks_alike) == (weeks[1], 7)
    assert nearest_week(feed, MONDAY, lambda day, _: day.weekday() == 3) == (weeks[0], 1)
    assert nearest_week(_feed(MONDAY, MONDAY + 5 * DAY), MONDAY) == (None, 0)
    with pytest.raises(ValueError, match="not a Monday"):
        nearest_week(feed, MONDAY + DAY)


def test_a_week_is_borrowed_feed_by_feed(tmp_path: Path) -> None:
    """Each feed runs as in its own nearest week, under the dates asked, and says which it was."""
    network, _ = read_changed(tmp_path)
    asked = dt.date(2030, 1, 7)
    borrowed, (week,) = borrow_week(network, asked)
    assert (week.feed, week.asked, week.used) == ("feed", asked, dt.date(2024, 1, 29))
    assert not week.is_itself
    for at in range(7):
        then = day_timetable(network, week.used + at * DAY)
        now = day_timetable(borrowed, asked + at * DAY)
        assert now.departures.tolist() == then.departures.tolist()
    itself, (week,) = borrow_week(network, dt.date(2024, 1, 15))
    assert week.is_itself
    saturday = day_timetable(itself, dt.date(2024, 1, 20))
    assert saturday.departures.tolist() == [720]


def test_what_ran_on_the_sunday_before_is_still_there_on_monday(tmp_path: Path) -> None:
    """The runs that began on the Sunday night before the week end in it."""
    dates = TABLES["calendar_dates"] + "night,20240121,1\n"
    network, _ = read_changed(tmp_path, calendar_dates=dates)
    borrowed, _ = borrow_week(network, dt.date(2024, 1, 22))
    monday = day_timetable(borrowed, dt.date(2024, 1, 22))
    assert monday.departures.tolist()[0] == 720


def test_a_feed_without_a_whole_week_does_not_run_and_says_so(tmp_path: Path) -> None:
    """What is not known does not run, and the week says that it is not known."""
    dates = "service_id,date,exception_type\nschool,20240116,1\nnight,20240117,1\n"
    network, _ = read_changed(tmp_path, calendar=None, calendar_dates=dates)
    borrowed, (week,) = borrow_week(network, dt.date(2024, 1, 15))
    assert (week.used, week.n_same_type) == (None, 0)
    assert not borrowed.services.runs.any()


def test_weeks_are_borrowed_apart_in_a_merged_network(tmp_path: Path) -> None:
    """In a merged network each feed is read in its own week: none stands still for the other."""
    early, _ = read_changed(tmp_path)
    folder = tmp_path / "x"
    shifted = TABLES["calendar"].replace("20240108,20240204", "20250106,20250202")
    read_changed(folder, calendar=shifted, calendar_dates=None)
    late, _ = read_gtfs(folder / "feed", name="late")
    borrowed, weeks = borrow_week(merge_networks([early, late]), dt.date(2024, 1, 22))
    assert [week.used for week in weeks] == [dt.date(2024, 1, 22), dt.date(2025, 1, 6)]
    day = day_timetable(borrowed, dt.date(2024, 1, 23))
    assert sorted(set(day.trips.tolist())) == [0, 1, 3, 4]
