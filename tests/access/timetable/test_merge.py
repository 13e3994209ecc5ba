"""Several timetables become one network in which each keeps its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from tests.access.feeds import TABLES, drawn_tables, plain, read_changed, write_tables

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.timetable.merge import feeds_of, merge_networks
from maillage.access.timetable.model import Network

LATE = "service_id,date,exception_type\nschool,20240304,1\nnight,20240305,1\n"


def _two(folder: Path) -> tuple[Network, Network]:
    one, _ = read_changed(folder)
    other, _ = read_gtfs((folder / "feed").rename(folder / "old"), name="old: stale")
    late, _ = read_changed(folder, calendar=None, calendar_dates=LATE)
    assert one.feeds[0].name == late.feeds[0].name == "feed"
    return other, late


def test_ids_stand_behind_the_name_of_their_feed(tmp_path: Path) -> None:
    """Every id of stops, lines, trips and services begins with its feed's name, once."""
    merged = merge_networks(_two(tmp_path))
    assert merged.stops.ids[0] == "old- stale:gare" and merged.stops.ids[5] == "feed:gare"
    assert merged.lines[2].id == "feed:20"
    assert merged.trips.ids[3] == "feed:bus-1"
    assert merged.services.ids[2] == "feed:night"
    assert plain(merge_networks([merged])) == plain(merged)
    assert feeds_of(merged, merged.trips.ids).tolist() == [0, 0, 0, 1, 1, 1]


def test_every_number_still_points_at_its_own(tmp_path: Path) -> None:
    """Calls, stations, lines and services of the second feed point at the second's, as before."""
    _, late = networks = _two(tmp_path)
    merged = merge_networks(networks)
    for at in range(3):
        now, then = at + 3, at
        line = merged.lines[merged.trips.lines[now]].id
        assert line == f"feed:{late.lines[late.trips.lines[then]].id}"
        assert merged.trips.services[now] == late.trips.services[then] + 2
        calls = slice(*merged.trips.first_call[now : now + 2])
        before = slice(*late.trips.first_call[then : then + 2])
        assert [merged.stops.ids[stop] for stop in merged.calls.stops[calls]] == [
            f"feed:{late.stops.ids[stop]}" for stop in late.calls.stops[before]
        ]
    assert merged.stops.stations.tolist() == [0, 0, 0, 3, 4, 5, 5, 5, 8, 9]


def test_calendars_stand_side_by_side(tmp_path: Path) -> None:
    """Each service runs on the very days on which it ran, and each feed keeps its validity."""
    early, late = _two(tmp_path)
    merged = merge_networks([early, late])
    assert merged.services.first_day == dt.date(2024, 1, 8)
    assert merged.services.last_day == dt.date(2024, 3, 5)
    for day in range(90):
        date = dt.date(2024, 1, 1) + dt.timedelta(days=day)
        told = [*early.services.on(date), *late.services.on(date)]
        assert merged.services.on(date).tolist() == told
    assert [feed.last_day for feed in merged.feeds] == [dt.date(2024, 2, 4), dt.date(2024, 3, 5)]


def test_two_feeds_of_one_name_are_refused(tmp_path: Path) -> None:
    """Two feeds of one name could not be told apart; no feed at all is no network."""
    network, _ = read_changed(tmp_path)
    with pytest.raises(ValueError, match="different names"):
        merge_networks([network, network])
    with pytest.raises(ValueError, match="different names"):
        merge_networks([])


@given(first=drawn_tables(), second=drawn_tables(), third=drawn_tables())
@settings(max_examples=15)
def test_merging_is_associative(
    first: dict[str, list[str]], second: dict[str, list[str]], third: dict[str, list[str]]
) -> None:
    """It does not matter in which steps feeds are put together."""
    with TemporaryDirectory() as folder:
        a, b, c = (
            read_gtfs(write_tables(Path(folder) / name, tables))[0]
            for name, tables in (("a", first), ("b", second), ("c", third))
        )
    whole = plain(merge_networks([a, b, c]))
    assert plain(merge_networks([merge_networks([a, b]), c])) == whole
    assert plain(merge_networks([a, merge_networks([b, c])])) == whole


def test_blocks_of_two_feeds_stay_apart(tmp_path: Path) -> None:
    """Vehicles numbered alike in two feeds are not one vehicle."""
    header, *rows = TABLES["trips"].splitlines()
    trips = "\n".join([f"{header},block_id", *(f"{row},X" for row in rows)]) + "\n"
    one, _ = read_changed(tmp_path / "one", trips=trips)
    two, _ = read_changed(tmp_path / "two", trips=trips)
    other = replace(two, feeds=(replace(two.feeds[0], name="autre"),))
    assert merge_networks([one, other]).trips.blocks.tolist() == [0, 0, 0, 1, 1, 1]
