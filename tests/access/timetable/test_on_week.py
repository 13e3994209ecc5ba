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
from maillage.access.timetable.uncertain import has_uncertain
from maillage.access.timetable.weeks import Likeness
from maillage.kernel.french import FIXED
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2024, 1, 1))

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
    week = network_on(bus, MONDAY, PARAMETERS)
    assert n_hops(week.network, THURSDAY) == n_hops(bus, THURSDAY) > 0
    assert week.findings == ()
    sentence = week.how[0].replace(FIXED, " ")
    assert "8 janvier 2024 au 4 février 2024" in sentence
    assert "semaine" not in sentence


def test_a_week_that_it_does_not_cover_is_read_in_the_nearest(bus: Network) -> None:
    """Two years later the last whole week stands for it, said in the sentence and in a finding."""
    later = dt.date(2026, 1, 19)
    week = network_on(bus, later, PARAMETERS)
    assert n_hops(week.network, later + dt.timedelta(days=3)) == n_hops(bus, dt.date(2024, 2, 1))
    assert codes(week.findings) == ["timetable-calendar-over"]
    assert "semaine du 29 janvier 2024, la plus proche ; on ne sait pas" in week.how[0].replace(
        FIXED, " "
    )


def test_a_week_of_another_type_is_not_called_alike(bus: Network) -> None:
    """Where types are compared the sentence says whether the week read is of the same."""
    later = dt.date(2026, 1, 19)
    alike = network_on(bus, later, PARAMETERS, lambda *_days: Likeness.ALIKE)
    unlike = network_on(bus, later, PARAMETERS, lambda *_days: Likeness.UNLIKE)
    assert "la plus proche de même type" in alike.how[0]
    assert not unlike.is_unknown
    assert "faute de semaine de même type (0 jours sur 7" in unlike.how[0]


def test_a_day_is_read_on_itself_though_its_week_is_not_whole(tmp_path: Path) -> None:
    """A feed that begins on a Wednesday is read on the Thursday; for the week it has none whole."""
    network = short(tmp_path)
    day = network_on_day(network, THURSDAY, PARAMETERS)
    assert n_hops(day.network, THURSDAY) == n_hops(network, THURSDAY) > 0
    assert (day.findings, "semaine" in day.how[0]) == ((), False)
    week = network_on(network, MONDAY, PARAMETERS)
    assert n_hops(week.network, THURSDAY) == 0
    assert "aucune semaine ne convient" in week.how[0]
    assert week.is_unknown


def test_a_day_that_one_feed_lacks_is_borrowed_for_that_feed_alone(
    bus: Network, tmp_path: Path
) -> None:
    """Of two feeds the one that covers the day is read on it, the other in its nearest week."""
    named = [
        replace(one, feeds=tuple(replace(feed, name=name) for feed in one.feeds))
        for one, name in ((bus, "long"), (short(tmp_path), "court"))
    ]
    day = dt.date(2024, 1, 22)  # Monday: both; the whole week: the long one alone
    both = network_on_day(merge_networks(named), day, PARAMETERS)
    assert n_hops(both.network, day) == sum(n_hops(one, day) for one in named) > 0
    outside = network_on_day(merge_networks(named), dt.date(2024, 1, 25), PARAMETERS)
    assert n_hops(outside.network, dt.date(2024, 1, 25)) == n_hops(bus, dt.date(2024, 1, 25)) > 0
    assert codes(outside.findings) == ["timetable-calendar-over"]


def test_a_timetable_that_has_thinned_out_is_told(tmp_path: Path) -> None:
    """After its service ends a night train a month is left: a finding, and the sentence, say so."""
    ends = "".join(f"night,2024{month:02d}0{day},1\n" for month in (3, 4, 5) for day in (1, 2))
    network, _ = read_changed(tmp_path, calendar_dates=TABLES["calendar_dates"] + ends)
    monday = dt.date(2024, 3, 18)
    alike = network_on(network, monday, PARAMETERS, lambda *_days: Likeness.ALIKE)
    assert codes(alike.findings) == ["timetable-thinned-out"]
    assert "100\xa0% des courses ordinaires" in alike.findings[0].message
    assert "semaine du 29 janvier 2024" in alike.how[0].replace(FIXED, " ")
    assert (n_hops(alike.network, monday), alike.is_unknown) == (4, False)
    unsure = network_on(network, monday, PARAMETERS)
    assert (n_hops(unsure.network, monday), unsure.is_unknown) == (0, True)
    assert "on ne sait pas ce qui circule" in unsure.how[0]


def test_a_feed_that_has_nothing_here_makes_nothing_unknown(tmp_path: Path) -> None:
    """A feed without a week, of which no trip was kept around here, leaves figures certain."""
    network = short(tmp_path)
    elsewhere = replace(network, feeds=(replace(network.feeds[0], n_trips=0),))
    assert not network_on(elsewhere, MONDAY, PARAMETERS).is_unknown


def test_runs_at_long_headways_are_uncertain_and_short_ones_are_not(tmp_path: Path) -> None:
    """An hour between buses that hold to no hour is not to be counted on; ten minutes are."""
    header = "trip_id,start_time,end_time,headway_secs,exact_times"
    for every, exact, certain in ((3600, 0, False), (600, 0, True), (3600, 1, True)):
        table = f"{header}\nbus-1,08:00:00,09:00:00,{every},{exact}\n"
        folder = tmp_path / f"{every}-{exact}"
        network, _ = read_changed(folder, frequencies=table)
        week = network_on(network, MONDAY, PARAMETERS).network
        assert has_uncertain(week) is not certain
        hops = day_timetable(week, MONDAY)
        runs = [week.trips.ids[trip] for trip in hops.trips[hops.runs[hops.boards]]]
        assert any("bus-1@" in run for run in runs) is certain
