"""The day or week asked is used where it is covered; else the nearest like it, and that is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.access.feeds import TABLES, read_changed

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.merge import merge_networks
from maillage.access.timetable.model import Feed, Network
from maillage.access.timetable.weeks import (
    FeedWeek,
    Likeness,
    SameType,
    TripsADay,
    any_type,
    borrow_week,
    nearest_week,
    to_whole_weeks,
)

MONDAY = dt.date(2024, 1, 8)
DAY = dt.timedelta(days=1)


def _feed(first: dt.date, last: dt.date) -> Feed:
    return Feed("bus", "GTFS", "", "", first, last, 0, 0)


def _alike(*, when: bool) -> Likeness:
    return Likeness.ALIKE if when else Likeness.UNLIKE


def _even_weeks_alike(day: dt.date, other: dt.date) -> Likeness:
    return _alike(when=day.isocalendar().week % 2 == other.isocalendar().week % 2)


def _never_on(*holidays: dt.date) -> SameType:
    def likeness(_day: dt.date, other: dt.date) -> Likeness:
        return Likeness.NEVER if other in holidays else Likeness.ALIKE

    return likeness


def _used(week: FeedWeek) -> tuple[dt.date | None, int]:
    return week.used, week.n_same_type


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
    alike = _never_on()
    assert _used(nearest_week(feed, weeks[1])) == (weeks[1], 7)
    assert _used(nearest_week(feed, MONDAY, alike)) == (weeks[0], 7)
    assert _used(nearest_week(feed, MONDAY + 28 * DAY, alike)) == (weeks[2], 7)
    assert _used(nearest_week(feed, MONDAY, _even_weeks_alike)) == (weeks[1], 7)
    thursdays = nearest_week(feed, MONDAY, lambda day, _: _alike(when=day.weekday() == 3))
    assert _used(thursdays) == (weeks[0], 1)
    assert _used(nearest_week(_feed(MONDAY, MONDAY + 5 * DAY), MONDAY)) == (None, 0)
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


def test_types_that_are_not_known_are_not_alike() -> None:
    """Where types are not known the nearest week stands, with no day told of the same type."""
    week = nearest_week(_feed(MONDAY, MONDAY + 13 * DAY), MONDAY + 28 * DAY, any_type)
    assert (week.used, week.n_same_type, week.n_untold) == (MONDAY + 7 * DAY, 0, 7)


def test_a_week_with_a_day_that_is_sure_to_be_another_never_stands() -> None:
    """The nearest week holds a public holiday: the one before stands, and none if there is none."""
    holiday, asked = MONDAY + 9 * DAY, MONDAY + 14 * DAY
    two = _feed(MONDAY, MONDAY + 13 * DAY)
    assert nearest_week(two, asked, _never_on(holiday)).used == MONDAY
    one = nearest_week(_feed(MONDAY + 7 * DAY, MONDAY + 13 * DAY), asked, _never_on(holiday))
    assert (one.used, one.is_unknown) == (None, True)


def test_the_week_itself_keeps_its_public_holidays() -> None:
    """A week that the feed covers is read as it is, whatever its days are."""
    week = nearest_week(_feed(MONDAY, MONDAY + 13 * DAY), MONDAY, _never_on(MONDAY))
    assert (week.is_itself, week.is_unknown) == (True, False)


def _thinning(n_weeks: int, n_left: int) -> TripsADay:
    """Ten trips on each working day of so many weeks, then of one trip on Saturdays."""
    return TripsADay(MONDAY, np.array([*[10] * 5, 0, 0] * n_weeks + [*[0] * 5, 1, 0] * n_left))


def test_a_week_of_which_hardly_anything_is_left_is_not_believed() -> None:
    """A Saturday trip left behind: the nearest full week of seven days alike is read, and said."""
    feed, trips = _feed(MONDAY, MONDAY + 69 * DAY), _thinning(3, 7)
    week = nearest_week(feed, MONDAY + 49 * DAY, _never_on(), trips, 0.3)
    assert (week.used, week.gone, week.is_unknown) == (MONDAY + 14 * DAY, 50 / 51, False)
    later = nearest_week(feed, MONDAY + 700 * DAY, _never_on(), trips, 0.3)
    assert (later.used, later.gone) == (MONDAY + 14 * DAY, 0.0)
    believed = nearest_week(feed, MONDAY + 49 * DAY, _never_on(), trips, 0.01)
    assert (believed.is_itself, believed.gone) == (True, 0.0)


def test_what_is_left_runs_where_no_week_is_sure_to_be_alike() -> None:
    """Where types are not known the week is read as it is, told unknown: more may run."""
    feed, trips = _feed(MONDAY, MONDAY + 69 * DAY), _thinning(3, 7)
    week = nearest_week(feed, MONDAY + 49 * DAY, any_type, trips, 0.3)
    assert (week.is_itself, week.is_unknown, week.gone) == (True, True, 50 / 51)


def test_a_quiet_week_is_held_against_weeks_of_its_own_type() -> None:
    """Half the weeks run ten times as much: they are of another type, and say nothing of it."""
    trips = TripsADay(MONDAY, np.array([10] * 7 + [1] * 7 + [10] * 7 + [1] * 7))
    feed = _feed(MONDAY, MONDAY + 27 * DAY)
    week = nearest_week(feed, MONDAY + 7 * DAY, _even_weeks_alike, trips, 0.3)
    assert (week.is_itself, week.gone) == (True, 0.0)


MONDAY_TO_FRIDAY = np.array([True] * 5)


def test_a_validity_takes_in_the_days_on_which_nothing_would_run() -> None:
    """Monday to Friday is a week; a day of the week that runs elsewhere is not known beyond."""
    friday, sunday = MONDAY + 4 * DAY, MONDAY + 6 * DAY
    assert to_whole_weeks(MONDAY, friday, MONDAY_TO_FRIDAY) == (MONDAY, sunday)
    assert to_whole_weeks(
        friday, friday + 7 * DAY, np.array([True, *[False] * 2, *[True] * 5])
    ) == (
        friday,
        sunday + 7 * DAY,
    )


def test_a_working_day_never_seen_is_not_known_to_be_idle() -> None:
    """A feed of one Thursday says nothing of Wednesdays; one of two Thursdays does."""
    thursday = MONDAY + 3 * DAY
    assert to_whole_weeks(thursday, thursday, np.array([True])) == (thursday, thursday)
    two = np.array([True, *[False] * 6, True])
    assert to_whole_weeks(thursday, thursday + 7 * DAY, two) == (MONDAY, MONDAY + 13 * DAY)


def test_a_validity_takes_in_the_days_that_the_publisher_covers() -> None:
    """feed_info may say that the timetable holds for the rest of the week, and no further."""
    tuesday = MONDAY + DAY
    told = (MONDAY - 30 * DAY, MONDAY + 3 * DAY)
    assert to_whole_weeks(tuesday, tuesday, np.array([True]), told) == (MONDAY, MONDAY + 3 * DAY)


def test_a_feed_of_one_working_week_is_read_in_it(tmp_path: Path) -> None:
    """Dates told one by one from Monday to Friday make a week, which runs as told."""
    days = "".join(f"school,202401{day},1\n" for day in range(15, 20))
    dates = f"service_id,date,exception_type\n{days}night,20240119,1\n"
    network, _ = read_changed(tmp_path, calendar=None, calendar_dates=dates)
    assert network.feeds[0].last_day == dt.date(2024, 1, 21)
    borrowed, (week,) = borrow_week(network, dt.date(2024, 1, 15))
    assert week.is_itself
    assert len(day_timetable(borrowed, dt.date(2024, 1, 16)).departures) == 4
