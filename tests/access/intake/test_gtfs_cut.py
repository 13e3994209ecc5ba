"""A feed cut before it is read is, once read, the whole feed read and then cut."""

from __future__ import annotations

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.feeds import TABLES, drawn_tables, real_feed, write_feed, write_tables, zip_feed

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.intake.gtfs_cut import cut_gtfs
from maillage.access.timetable.cut import cut_network
from maillage.access.timetable.model import Network
from maillage.kernel.geometry import Box

TOWN = Box(2.63, 50.52, 2.645, 50.54)  # Mairie and Gare, not Hôpital
WORLD = Box(-180, -90, 180, 90)
NOWHERE = Box(0, 0, 1, 1)
LANDS = st.sampled_from([TOWN, WORLD, Box(2.0, 50.0, 2.645, 50.525), Box(2.64, 50.5, 3, 51)])


def ridden(network: Network) -> list[object]:
    """Give all that a traveller sees: trips in order, their calls by stop, line and days."""
    told = []
    stops = network.stops
    for at, trip in enumerate(network.trips.ids):
        calls = slice(network.trips.first_call[at], network.trips.first_call[at + 1])
        service = network.trips.services[at]
        runs = network.services.runs[service].nonzero()[0].tolist()
        days = [network.services.first_day.toordinal() + day for day in runs]
        names = [stops.ids[stop] for stop in network.calls.stops[calls]]
        stations = [stops.ids[stops.stations[stop]] for stop in network.calls.stops[calls]]
        times = network.calls.arrivals[calls].tolist(), network.calls.departures[calls].tolist()
        line = network.lines[network.trips.lines[at]]
        told.append((trip, line.id, days, names, stations, times))
    ends = zip(network.transfers.origins, network.transfers.destinations, strict=True)
    changes = sorted((stops.ids[one], stops.ids[other]) for one, other in ends)
    return [told, stops.ids, stops.places.tolist(), changes]


def both_ways(path: Path, box: Box) -> tuple[list[object] | None, list[object]]:
    """Give what is ridden in the feed cut then read (None: nothing), and read then cut."""
    whole = cut_network(read_gtfs(path)[0], box)
    content = cut_gtfs(path, box)
    if content is None:
        return None, ridden(whole)
    small = path.parent / "cut.zip"
    small.write_bytes(content)
    return ridden(cut_network(read_gtfs(small)[0], box)), ridden(whole)


@pytest.mark.parametrize("box", [TOWN, WORLD])
def test_the_small_feed_cut_is_the_small_feed(tmp_path: Path, box: Box) -> None:
    """Zipped, in a folder or inside a folder of the zip, the same trips are ridden."""
    transfers = "from_stop_id,to_stop_id,transfer_type\nmairie,gare-a,2\nhopital,mairie,2\n"
    feed = write_feed(tmp_path / "feed", transfers=transfers)
    for path in (feed, zip_feed(feed), zip_feed(feed, "inside/")):
        cut, whole = both_ways(path, box)
        assert cut == whole
        assert cut_gtfs(path, box) == cut_gtfs(feed, box)


@given(drawn_tables(), LANDS)
def test_any_feed_cut_is_the_feed(tables: dict[str, list[str]], box: Box) -> None:
    """Whatever the tables, cutting before reading loses no trip, no stop of one, no day."""
    with TemporaryDirectory() as name:
        path = write_tables(Path(name) / "feed", tables)
        try:
            cut, whole = both_ways(path, box)
        except ValueError:
            return  # quoted cells: the feed is read whole
        assert cut == whole or (cut is None and whole[0] == [])


def test_frequent_trips_stay_frequent(tmp_path: Path) -> None:
    """Departures that are told by their headway are cut with their trip."""
    rows = "trip_id,start_time,end_time,headway_secs\nbus-1,08:00:00,09:00:00,1200\n"
    cut, whole = both_ways(write_feed(tmp_path / "feed", frequencies=rows), TOWN)
    assert cut == whole


def test_a_box_without_a_trip_gives_no_feed(tmp_path: Path) -> None:
    """Where no trip calls twice there is nothing to read."""
    assert cut_gtfs(write_feed(tmp_path / "feed"), NOWHERE) is None


@pytest.mark.parametrize("table", ["stops", "stop_times", "trips"])
def test_marks_ends_of_lines_and_blank_lines_change_nothing(tmp_path: Path, table: str) -> None:
    """A byte-order mark, Windows' ends of lines, no last end of line, an empty line: the same."""
    odd = b"\xef\xbb\xbf" + TABLES[table].replace("\n", "\r\n").rstrip().encode() + b"\r\n\r\n"
    for content in (odd, odd.rstrip()):
        path = write_feed(tmp_path / "feed", **{table: content})
        cut, whole = both_ways(path, TOWN)
        assert cut == whole


def test_quoted_cells_are_left_to_the_reader(tmp_path: Path) -> None:
    """Quotes may hide commas: the feed is said not to be one that can be cut so."""
    quoted = TABLES["stop_times"].replace("bus-1,", '"bus-1",')
    with pytest.raises(ValueError, match="stop_times"):
        cut_gtfs(write_feed(tmp_path / "feed", stop_times=quoted), TOWN)
    utf_16 = TABLES["stop_times"].encode("utf-16")
    with pytest.raises(ValueError, match="stop_times"):
        cut_gtfs(write_feed(tmp_path / "feed", stop_times=utf_16), TOWN)


def test_only_what_is_read_is_kept(tmp_path: Path) -> None:
    """Shapes and fares, which no journey needs, are not copied."""
    path = write_feed(tmp_path / "feed", shapes="shape_id\n1\n", fare_rules="fare_id\n1\n")
    small = tmp_path / "cut.zip"
    small.write_bytes(cut_gtfs(path, TOWN) or b"")
    with zipfile.ZipFile(small) as archive:
        assert not {"shapes.txt", "fare_rules.txt"} & set(archive.namelist())


@pytest.mark.full
@pytest.mark.mirror
def test_the_national_trains_cut_before_and_after_reading(mirror: Path, tmp_path: Path) -> None:
    """Around Béthune, the trains of France cut then read are those read then cut."""
    path, box = mirror / "gtfs" / "ter-france-2025-01.zip", Box(2.3, 50.3, 2.9, 50.7)
    small = tmp_path / "cut.zip"
    small.write_bytes(cut_gtfs(path, box) or b"")
    cut = cut_network(read_gtfs(small)[0], box)
    assert len(cut.trips.ids) > 300
    assert ridden(cut) == ridden(cut_network(real_feed(path)[0], box))
