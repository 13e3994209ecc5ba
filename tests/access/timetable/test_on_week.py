"""A network on the week or the day asked, and the sentence that says where it was read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.access.feeds import TABLES, codes, read_changed

from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.merge import merge_networks
from maillage.access.timetable.model import Network
from maillage.access.timetable.on_week import network_on, network_on_day
from maillage.kernel.french import FIXED

THURSDAY = dt.date(2024, 1, 18)
MONDAY = dt.date(2024, 1, 15)


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """Read the small feed: from Monday 8 January to Sunday 4 February 2024."""
    return read_changed(tmp_path_factory.mktemp("bus"))[0]


def short(folder: Path) -> Network:
    """Read the same feed, which runs from a Wednesday to the next Tuesday."""
    calendar = TABLES["calendar"].replace("20240108,20240204", "20240117,20240123")
    dates = TABLES["calendar_dates"].replace("school,20240116,2\n", "")
    return read_changed(folder, calendar=calendar, calendar_dates=dates)[0]


def n_hops(network: Network, day: dt.date) -> int:
    """Return how many hops run on a day."""
    return len(day_timetable(network, day).departures)


def test_a_week_that_the_feed_covers_is_read_as_it_is(bus: Network) -> None:
    """Nothing is borrowed, nothing doubtful; the sentence tells the validity and no other week."""
    week = network_on(bus, MONDAY)
    assert n_hops(week.network, THURSDAY) == n_hops(bus, THURSDAY) > 0
    assert week.findings == ()
    sentence = week.how[0].replace(FIXED, " ")
    assert "8 janvier 2024 au 4 février 2024" in sentence
    assert "semaine" not in sentence


def test_a_week_that_it_does_not_cover_is_read_in_the_nearest(bus: Network) -> None:
    """Two years later the last whole week stands for it, said in the sentence and in a finding."""
    later = dt.date(2026, 1, 19)
    week = network_on(bus, later)
    assert n_hops(week.network, later + dt.timedelta(days=3)) == n_hops(bus, dt.date(2024, 2, 1))
    assert codes(week.findings) == ["timetable-calendar-over"]
    assert "semaine du 29 janvier 2024, la plus proche." in week.how[0].replace(FIXED, " ")


def test_a_week_of_another_type_is_not_called_alike(bus: Network) -> None:
    """Where types are compared the sentence says whether the week read is of the same."""
    later = dt.date(2026, 1, 19)
    alike = network_on(bus, later, lambda *_days: True)
    unlike = network_on(bus, later, lambda *_days: False)
    assert "la plus proche de même type" in alike.how[0]
    assert "faute de semaine de même type (0 jours sur 7" in unlike.how[0]


def test_a_day_is_read_on_itself_though_its_week_is_not_whole(tmp_path: Path) -> None:
    """A feed that begins on a Wednesday is read on the Thursday; for the week it has none whole."""
    network = short(tmp_path)
    day = network_on_day(network, THURSDAY)
    assert n_hops(day.network, THURSDAY) == n_hops(network, THURSDAY) > 0
    assert (day.findings, "semaine" in day.how[0]) == ((), False)
    week = network_on(network, MONDAY)
    assert n_hops(week.network, THURSDAY) == 0
    assert "aucune semaine entière" in week.how[0]


def test_a_day_that_one_feed_lacks_is_borrowed_for_that_feed_alone(
    bus: Network, tmp_path: Path
) -> None:
    """Of two feeds the one that covers the day is read on it, the other in its nearest week."""
    named = [
        replace(one, feeds=tuple(replace(feed, name=name) for feed in one.feeds))
        for one, name in ((bus, "long"), (short(tmp_path), "court"))
    ]
    day = dt.date(2024, 1, 22)  # Monday: both; the whole week: the long one alone
    both = network_on_day(merge_networks(named), day)
    assert n_hops(both.network, day) == sum(n_hops(one, day) for one in named) > 0
    outside = network_on_day(merge_networks(named), dt.date(2024, 1, 25))
    assert n_hops(outside.network, dt.date(2024, 1, 25)) == n_hops(bus, dt.date(2024, 1, 25)) > 0
    assert codes(outside.findings) == ["timetable-calendar-over"]
