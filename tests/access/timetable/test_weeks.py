"""The day or week asked is used where it is covered; else the nearest like it, and that is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.access.feeds import TABLES, read_changed

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.merge import merge_networks
from maillage.access.timetable.model import Feed, Network
from maillage.access.timetable.weeks import (
    borrow_week,
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
