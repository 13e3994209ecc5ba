"""A GTFS feed is read whole, whatever its shape: zip or folder, order, marks, midnight, blanks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.feeds import (
    TABLES,
    clock,
    codes,
    drawn_tables,
    plain,
    read_changed,
    write_feed,
    write_tables,
    zip_feed,
)

from maillage.access.intake.gtfs import feed_names, read_gtfs
from maillage.access.timetable.model import Network, Vehicle
from maillage.kernel.progress import Silent


def _calls(network: Network, trip: str) -> list[tuple[str, str, str]]:
    at = network.trips.ids.index(trip)
    calls = range(network.trips.first_call[at], network.trips.first_call[at + 1])
    told = network.calls
    return [
        (
            network.stops.ids[told.stops[c]],
            clock(int(told.arrivals[c])),
            clock(int(told.departures[c])),
        )
        for c in calls
    ]


def _runs(network: Network, service: str) -> list[dt.date]:
    at = network.services.ids.index(service)
    first = network.services.first_day
    return [
        first + dt.timedelta(days=day) for day, runs in enumerate(network.services.runs[at]) if runs
    ]


def test_the_small_feed_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Stops, lines, trips, calls and days come out as the tables tell them, without a doubt."""
    network, findings = read_changed(tmp_path)
    assert findings == ()
    assert network.stops.ids == ("gare", "gare-a", "gare-b", "hopital", "mairie")
    assert network.stops.stations.tolist() == [0, 0, 0, 3, 4]
    assert network.stops.places[4].tolist() == [2.64, 50.53]
    bus, train = network.lines
    assert (bus.short_name, bus.vehicle, bus.operator) == ("20", Vehicle.BUS, "Réseau d'essai")
    assert (bus.colour, train.colour, train.vehicle) == ("AA00FF", None, Vehicle.TRAIN)
    assert network.trips.ids == ("bus-1", "bus-2", "train-1")
    assert network.trips.headsigns == ("Hôpital", "Hôpital", "Mairie")
    assert _calls(network, "bus-1") == [
        ("mairie", "08:00:00", "08:00:00"),
        ("gare-a", "08:05:00", "08:06:00"),
        ("hopital", "08:15:00", "08:15:00"),
    ]
    assert _calls(network, "train-1")[1] == ("gare-b", "24:10:00", "24:12:00")
    (feed,) = network.feeds
    assert (feed.name, feed.kind, feed.publisher) == ("feed", "GTFS", "Réseau d'essai")
    assert (feed.n_trips, feed.n_stops) == (3, 5)


def test_calendar_and_exceptions_are_put_together(tmp_path: Path) -> None:
    """A day is added or taken away by calendar_dates; a service may be told there alone."""
    network, _ = read_changed(tmp_path)
    january = [8, 9, 11, 12, 15, 17, 18, 19, 22, 23, 25, 26, 29, 30]
    expected = [dt.date(2024, 1, day) for day in january]
    assert _runs(network, "school") == [*expected, dt.date(2024, 2, 1), dt.date(2024, 2, 2)]
    assert _runs(network, "night") == [dt.date(2024, 1, 19)]
    assert network.feeds[0].first_day == dt.date(2024, 1, 8)
    assert network.feeds[0].last_day == dt.date(2024, 2, 4)


@pytest.mark.parametrize(("gone", "left"), [("calendar", "night"), ("calendar_dates", "school")])
def test_either_calendar_is_enough(tmp_path: Path, gone: str, left: str) -> None:
    """A feed may have only one of the two files of days."""
    kept = [line for line in TABLES["trips"].splitlines() if left in line or "trip_id" in line]
    network, findings = read_changed(tmp_path, **{gone: None, "trips": "\n".join(kept)})
    removed = _runs(network, left)
    assert left in network.services.ids and removed
    assert codes(findings) == ["gtfs-call-of-unknown-trip"]


def test_a_calendar_that_no_trip_uses_does_not_stretch_the_validity(tmp_path: Path) -> None:
    """The days of a feed are those of the services that its trips use, not of a leftover one."""
    network, _ = read_changed(
        tmp_path, calendar_dates=TABLES["calendar_dates"] + "ghost,20391231,1\n"
    )
    assert network.feeds[0].last_day == dt.date(2024, 2, 4)


@pytest.mark.parametrize("inside", ["", "reseau/", "a/b/"])
def test_a_zip_reads_as_its_folder(tmp_path: Path, inside: str) -> None:
    """The same tables give the same network from a folder, a zip, a zip with a folder inside."""
    folder = write_feed(tmp_path / "feed")
    assert plain(read_gtfs(zip_feed(folder, inside))[0]) == plain(read_gtfs(folder)[0])


def _reworked(table: str, *, quoted: bool) -> str:
    """Turn the columns of a table about, with odd spaces, quotes and ends of lines."""
    rows = [list(reversed(line.split(","))) for line in table.splitlines()]
    rows[0] = [f" {name.upper()} " for name in rows[0]]
    return "\r\n".join(
        ",".join(f'"{cell}"' if quoted else f" {cell} " for cell in row) for row in rows
    )


@pytest.mark.parametrize("quoted", [True, False])
def test_columns_in_any_order_marked_quoted_or_spaced(tmp_path: Path, quoted: bool) -> None:
    """A mark, other ends of lines, quotes, spaces and the order of columns change nothing."""
    odd = {
        name: b"\xef\xbb\xbf" + _reworked(table, quoted=quoted).encode()
        for name, table in TABLES.items()
    }
    plain_feed = read_gtfs(write_feed(tmp_path / "plain"), name="one")
    assert plain(read_gtfs(write_feed(tmp_path / "odd", **odd), name="one")[0]) == plain(
        plain_feed[0]
    )


def test_other_encodings_are_read_and_told(tmp_path: Path) -> None:
    """A feed that Windows wrote keeps its accents, and a finding says how it was read."""
    stops = TABLES["stops"].encode("cp1252")
    network, findings = read_changed(tmp_path, stops=stops)
    assert "Hôpital" in network.stops.names
    assert codes(findings) == ["file-encoding-guessed"]
    network, findings = read_changed(tmp_path, stops=TABLES["stops"].encode("utf-16"))
    assert "Hôpital" in network.stops.names
    assert findings == ()


def test_the_line_told_is_the_one_an_editor_shows(tmp_path: Path) -> None:
    """Blank lines and cells on two lines do not shift the line that a finding names."""
    stops = 'stop_id,stop_name,stop_lat,stop_lon\n\nmairie,"Mairie\nannexe",50.53,2.64\nx,X,,\n'
    stops += "".join(f"{one},{one},50.52,2.64\n" for one in ("gare-a", "gare-b", "hopital"))
    _, findings = read_changed(tmp_path, stops=stops)
    told = {finding.code: finding.where.line for finding in findings}
    assert told["gtfs-stop-without-place"] == 5


def test_calls_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    """The order of stop_times rows does not matter, ranks do, and need not follow each other."""
    header, *rows = TABLES["stop_times"].replace(",2\n", ",15\n").replace(",3\n", ",40\n").split()
    odd, _ = read_changed(tmp_path, stop_times="\n".join([header, *reversed(rows)]))
    assert plain(odd) == plain(read_gtfs(write_feed(tmp_path / "x"), name="feed")[0])


@given(tables=drawn_tables(), order=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_row_order_never_matters(tables: dict[str, list[str]], order: object) -> None:
    """Any feed reads the same with the rows of all its tables in any order."""
    shuffled = {}
    for name, (header, *rows) in tables.items():
        order.shuffle(rows)  # type: ignore[attr-defined]
        shuffled[name] = [header, *rows]
    with TemporaryDirectory() as folder:
        one, _ = read_gtfs(write_tables(Path(folder) / "one", tables), name="x")
        other, _ = read_gtfs(write_tables(Path(folder) / "other", shuffled), name="x")
    assert plain(one) == plain(other)


@given(tables=drawn_tables())
@settings(max_examples=30)
def test_every_drawn_call_comes_back(tables: dict[str, list[str]]) -> None:
    """A sound feed loses nothing: its calls come out with the very times that were written."""
    with TemporaryDirectory() as folder:
        network, findings = read_gtfs(write_tables(Path(folder) / "one", tables), name="x")
    assert "ERROR" not in {finding.severity.name for finding in findings}
    read = [
        f"{trip},{rank},{stop},{arrival},{departure}"
        for trip in network.trips.ids
        for rank, (stop, arrival, departure) in enumerate(_calls(network, trip))
    ]
    assert sorted(read) == sorted(tables["stop_times"][1:])


def test_one_of_two_times_stands_for_both(tmp_path: Path) -> None:
    """A call that tells only its departure, or only its arrival, does not wait."""
    stop_times = TABLES["stop_times"].replace("8:05:00,8:06:00", ",8:06:00")
    network, findings = read_changed(tmp_path, stop_times=stop_times)
    assert _calls(network, "bus-1")[1] == ("gare-a", "08:06:00", "08:06:00")
    assert findings == ()


def test_blank_times_are_estimated_by_the_distance_told(tmp_path: Path) -> None:
    """A quarter of the distance takes a quarter of the time between the hours that are told."""
    stop_times = """trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled
bus-1,08:00:00,08:00:00,mairie,1,0
bus-1,,,gare-a,2,1000
bus-1,08:20:00,08:20:00,hopital,3,4000
"""
    network, findings = read_changed(tmp_path, stop_times=stop_times)
    assert _calls(network, "bus-1")[1] == ("gare-a", "08:05:00", "08:05:00")
    (told,) = [one for one in findings if one.code == "gtfs-times-estimated"]
    assert told.message.endswith(": 1.")


@pytest.mark.parametrize("distances", [("", "", ""), ("0", "x", "9"), ("5", "3", "9")])
def test_blank_times_fall_back_on_straight_lines(
    tmp_path: Path, distances: tuple[str, ...]
) -> None:
    """Without usable distances, the straight lines between stops share the time out."""
    rows = ["08:00:00,08:00:00,mairie,1", ",,gare-a,2", "08:20:00,08:20:00,hopital,3"]
    lines = [f"bus-1,{row},{told}" for row, told in zip(rows, distances, strict=True)]
    header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled"
    network, _ = read_changed(tmp_path, stop_times="\n".join([header, *lines]))
    _, arrival, departure = _calls(network, "bus-1")[1]
    assert arrival == departure
    # Mairie-Gare 1.003 km, Gare-Hôpital 1.378 km: 1.003 / 2.381 of 20 minutes
    assert arrival == "08:08:25"


def test_blank_times_at_one_place_are_shared_evenly(tmp_path: Path) -> None:
    """Calls at one and the same place share the time by their number."""
    stop_times = """trip_id,arrival_time,departure_time,stop_id,stop_sequence
bus-1,08:00:00,08:00:00,mairie,1
bus-1,,,mairie,2
bus-1,,,mairie,3
bus-1,08:09:00,08:09:00,mairie,4
"""
    network, _ = read_changed(tmp_path, stop_times=stop_times)
    assert [arrival for _, arrival, _ in _calls(network, "bus-1")] == [
        "08:00:00", "08:03:00", "08:06:00", "08:09:00",
    ]  # fmt: skip


def test_frequencies_are_written_out_as_trips(tmp_path: Path) -> None:
    """A trip every ten minutes is one trip each ten minutes, the end left out; doubts are told."""
    frequencies = """trip_id,start_time,end_time,headway_secs,exact_times
bus-1,07:00:00,07:30:00,600,0
bus-1,07:20:00,07:40:00,600,0
bus-2,10:00:00,10:00:01,60,1
"""
    network, findings = read_changed(tmp_path, frequencies=frequencies)
    assert network.trips.ids == (
        "train-1", "bus-1@07:00:00", "bus-1@07:10:00", "bus-1@07:20:00", "bus-1@07:30:00",
        "bus-2@10:00:00",
    )  # fmt: skip
    assert _calls(network, "bus-1@07:10:00") == [
        ("mairie", "07:10:00", "07:10:00"),
        ("gare-a", "07:15:00", "07:16:00"),
        ("hopital", "07:25:00", "07:25:00"),
    ]
    assert codes(findings) == ["gtfs-headways-not-exact"]
    assert findings[0].value == "bus-1"


def test_doubtful_frequencies_are_left_out(tmp_path: Path) -> None:
    """A headway of nought or unreadable, or of no trip, is told; its trip does not run."""
    frequencies = """trip_id,start_time,end_time,headway_secs
bus-1,07:00:00,07:30:00,0
bus-2,07:00:00,soon,600
bus-9,07:00:00,08:00:00,600
"""
    network, findings = read_changed(tmp_path, frequencies=frequencies)
    assert network.trips.ids == ("train-1",)
    assert codes(findings) == [
        "gtfs-headway-of-unknown-trip", "gtfs-too-many-runs", "gtfs-value-unreadable",
    ]  # fmt: skip


def test_changes_of_a_station_hold_for_its_stops(tmp_path: Path) -> None:
    """A change told of a station is one of each of its stops; one told of stops is preferred."""
    transfers = """from_stop_id,to_stop_id,transfer_type,min_transfer_time
gare,mairie,2,300
gare-a,mairie,2,400
mairie,hopital,3,
hopital,mairie,1,
mairie,gare-a,0,
mairie,gare-b,4,
gare-a,nowhere,2,60
"""
    network, findings = read_changed(tmp_path, transfers=transfers)
    ids = network.stops.ids
    told = network.transfers
    changes = {
        (ids[a], ids[b]): s
        for a, b, s in zip(
            told.origins.tolist(), told.destinations.tolist(), told.seconds.tolist(), strict=True
        )
    }
    assert changes == {
        ("gare-a", "mairie"): 400,
        ("gare-b", "mairie"): 300,
        ("hopital", "mairie"): 0,
        ("mairie", "hopital"): -1,
    }
    assert codes(findings) == [
        "gtfs-change-at-unknown-stop", "gtfs-change-in-seat", "gtfs-change-untimed",
    ]  # fmt: skip


def test_where_one_may_get_on_and_off(tmp_path: Path) -> None:
    """1 forbids; 2 is to be booked, and uncertain; 3 asks for a sign, and is counted."""
    stop_times = """trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type
bus-1,08:00:00,08:00:00,mairie,1,0,1
bus-1,08:05:00,08:06:00,gare-a,2,2,3
bus-1,08:15:00,08:15:00,hopital,3,1,3
"""  # noqa: E501
    network, findings = read_changed(tmp_path, stop_times=stop_times)
    assert network.calls.boards.tolist() == [True, True, False]
    assert network.calls.alights.tolist() == [False, True, True]
    assert network.calls.uncertain.tolist() == [False, True, False]
    told = {one.code: one.message for one in findings}
    assert told["gtfs-on-request"].startswith("Passages à la demande, à réserver : 1.")
    assert "faire signe au conducteur, ou le prévenir : 1." in told["gtfs-on-sign"]


def test_step_free_is_told_by_the_stop_then_by_its_station(tmp_path: Path) -> None:
    """Yes, no and not told are kept apart; a stop that tells nothing is as its station."""
    network, _ = read_changed(tmp_path)
    told = dict(zip(network.stops.ids, network.stops.step_free.tolist(), strict=True))
    assert told == {"gare": 1, "gare-a": 1, "gare-b": 0, "hopital": -1, "mairie": 0}
    assert network.trips.step_free.tolist() == [1, 0, -1]


def test_entrances_are_no_stops_and_stations_may_be_called_at(tmp_path: Path) -> None:
    """Entrances and nodes are not read; a call told of a station is kept and told."""
    stops = TABLES["stops"] + "door,Entrée,50.52,2.64,2,gare,\nnode,Couloir,,,3,gare,\n"
    stop_times = TABLES["stop_times"].replace("gare-b", "gare")
    network, findings = read_changed(tmp_path, stops=stops, stop_times=stop_times)
    assert "door" not in network.stops.ids and "node" not in network.stops.ids
    assert _calls(network, "train-1")[1][0] == "gare"
    assert codes(findings) == ["gtfs-call-at-station"]


def test_another_clock_is_told(tmp_path: Path) -> None:
    """A feed on another clock is read as it is, and that is told."""
    agency = TABLES["agency"].replace("Europe/Paris", "Indian/Reunion")
    folder = write_feed(tmp_path / "feed", agency=agency)
    assert codes(read_gtfs(folder)[1]) == ["gtfs-other-clock"]
    assert read_gtfs(folder, timezone="Indian/Reunion")[1] == ()


def test_the_feed_says_who_published_it(tmp_path: Path) -> None:
    """feed_info tells the publisher and the version; a name given is the feed's."""
    info = "feed_publisher_name,feed_version\nTadao,2024-01\n"
    folder = write_feed(tmp_path / "feed", feed_info=info)
    (feed,) = read_gtfs(folder, name="Bus")[0].feeds
    assert (feed.name, feed.publisher, feed.version) == ("Bus", "Tadao", "2024-01")


def test_feeds_get_different_names() -> None:
    """Files named alike are told apart by their folder, then by a number."""
    paths = [Path(p) for p in ("/a/bus.zip", "/b/gtfs.zip", "/c/gtfs.zip", "/d/c/gtfs.zip")]
    assert feed_names(paths) == ("bus", "b/gtfs", "c/gtfs", "c/gtfs (2)")


def test_progress_is_told_by_the_bytes_read(tmp_path: Path) -> None:
    """Whoever watches is told of the long file's size, and of as many bytes once it is read."""

    class Watch:
        def __init__(self) -> None:
            self.steps: list[tuple[str, int | None]] = []
            self.done = 0

        def step(self, label: str, total: int | None = None) -> None:
            self.steps.append((label, total))

        def advance(self, units: int = 1) -> None:
            self.done += units

    watch = Watch()
    read_gtfs(write_feed(tmp_path / "feed"), progress=watch)
    assert watch.steps[-1] == ("Lecture des passages", len(TABLES["stop_times"].encode()))
    assert watch.done == watch.steps[-1][1]


def test_whoever_watches_may_stop_the_reading(tmp_path: Path) -> None:
    """What is raised by whoever watches comes out as it is: the reading stops there."""

    class StopError(RuntimeError):
        """Asked to stop."""

    class Impatient(Silent):
        def advance(self, units: int = 1) -> None:
            raise StopError

    with pytest.raises(StopError):
        read_gtfs(write_feed(tmp_path / "feed"), progress=Impatient())


def _seats(folder: Path, blocks: tuple[str, str, str], transfers: str) -> list[int]:
    header, *rows = TABLES["trips"].splitlines()
    told = zip(rows, blocks, strict=True)
    trips = "\n".join([f"{header},block_id", *(f"{row},{block}" for row, block in told)]) + "\n"
    names = "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\n"
    network, _ = read_changed(folder, trips=trips, transfers=names + transfers)
    return network.trips.blocks.tolist()


def test_trips_that_one_vehicle_runs_are_of_one_block(tmp_path: Path) -> None:
    """A block told by block_id, or by an in-seat change between two trips; 5 takes out of it."""
    assert _seats(tmp_path / "a", ("X", "X", ""), "") == [0, 0, -1]
    one, two, other = _seats(tmp_path / "b", ("", "", ""), "hopital,mairie,4,bus-1,bus-2\n")
    assert one == two != other == -1
    joined = _seats(tmp_path / "c", ("X", "Y", "Y"), "hopital,mairie,4,bus-1,bus-2\n")
    assert len(set(joined)) == 1
    parted = _seats(tmp_path / "d", ("X", "X", ""), "hopital,mairie,5,bus-1,bus-2\n")
    assert parted == [0, -1, -1]


def test_a_minimum_time_is_read_of_changes_of_that_type_alone(tmp_path: Path) -> None:
    """0 s told of a mere recommendation, or by mistake, is told and not believed."""
    transfers = """from_stop_id,to_stop_id,transfer_type,min_transfer_time
mairie,hopital,0,0
hopital,mairie,,30
mairie,gare-a,2,600
"""
    network, findings = read_changed(tmp_path, transfers=transfers)
    assert network.transfers.seconds.tolist() == [600]
    (told,) = findings
    assert (told.code, told.value) == ("gtfs-change-time-not-read", "0, 30")


def test_headways_that_are_not_held_to_are_kept(tmp_path: Path) -> None:
    """A trip tells the seconds between its runs, 0 where it holds to its hours."""
    frequencies = """trip_id,start_time,end_time,headway_secs,exact_times
bus-1,07:00:00,07:20:00,600,0
bus-2,10:00:00,10:00:01,60,1
"""
    network, _ = read_changed(tmp_path, frequencies=frequencies)
    told = dict(zip(network.trips.ids, network.trips.headways.tolist(), strict=True))
    assert told == {"train-1": 0, "bus-1@07:00:00": 600, "bus-1@07:10:00": 600, "bus-2@10:00:00": 0}
