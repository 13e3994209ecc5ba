"""Real feeds come out with the counts that an independent reading of their tables gives."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.access.feeds import real_feed

from maillage.access.timetable.model import Network
from maillage.kernel.findings import Severity

pytestmark = pytest.mark.mirror

FEEDS = (
    "nantes-tan-2014", "perigueux-2025-12", "poa_eptc", "poa_trensurb", "ter-200072460-2025-01",
    "ter-france-2025-01",
)  # fmt: skip
Row = dict[str, str]


def _rows(path: Path, name: str) -> Iterator[Row]:
    with zipfile.ZipFile(path) as archive:
        if name in archive.namelist():
            text = io.TextIOWrapper(archive.open(name), encoding="utf-8-sig", newline="")
            yield from csv.DictReader(text)


def _date(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%Y%m%d").replace(tzinfo=dt.UTC).date()


def _days(path: Path) -> dict[str, set[dt.date]]:
    """Give the days of each service, day by day rather than by arrays."""
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    days: dict[str, set[dt.date]] = defaultdict(set)
    for row in _rows(path, "calendar.txt"):
        day = _date(row["start_date"])
        days[row["service_id"]] |= set()
        while day <= _date(row["end_date"]):
            if row[weekdays[day.weekday()]] == "1":
                days[row["service_id"]].add(day)
            day += dt.timedelta(days=1)
    for row in _rows(path, "calendar_dates.txt"):
        day, of = _date(row["date"]), days[row["service_id"]]
        if row["exception_type"] == "1":
            of.add(day)
        else:
            of.discard(day)
    return days


def _read_days(network: Network) -> dict[str, set[dt.date]]:
    first, runs = network.services.first_day, network.services.runs
    return {
        service: {first + dt.timedelta(days=int(day)) for day in runs[at].nonzero()[0]}
        for at, service in enumerate(network.services.ids)
    }


@pytest.mark.parametrize("name", FEEDS)
def test_a_real_feed_is_read_whole(mirror: Path, name: str) -> None:
    """Stops, trips, calls, hours and days are those of the tables; nothing in them is an error.

    But that most trips of Nantes have no times: the file holds the hours of a part of the day.
    """
    path = mirror / "gtfs" / f"{name}.zip"
    network, findings = real_feed(path)
    errors = [one.code for one in findings if one.severity is Severity.ERROR]
    assert errors == ["timetable-mostly-without-ride"] * (name == "nantes-tan-2014")
    assert set(network.stops.ids) == {row["stop_id"] for row in _rows(path, "stops.txt")}
    calls: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(path, "stop_times.txt"):
        calls[row["trip_id"]].append(row)
    trips = {row["trip_id"] for row in _rows(path, "trips.txt") if len(calls[row["trip_id"]]) > 1}
    assert set(network.trips.ids) == trips
    assert len(network.calls.stops) == sum(len(calls[trip]) for trip in trips)
    first = network.trips.first_call
    for at in range(0, len(network.trips.ids), 50):
        written = sorted(calls[network.trips.ids[at]], key=lambda row: int(row["stop_sequence"]))
        for row, call in zip(written, range(first[at], first[at + 1]), strict=True):
            assert network.stops.ids[network.calls.stops[call]] == row["stop_id"]
            if row["departure_time"]:
                hours, minutes, seconds = map(int, row["departure_time"].split(":"))
                told = hours * 3600 + minutes * 60 + seconds
                assert network.calls.departures[call] == told
    assert _read_days(network) == _days(path)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("nantes-tan-2014", dt.date(2014, 4, 7), dt.date(2014, 7, 11)),
        ("poa_eptc", dt.date(2019, 4, 15), dt.date(2019, 7, 15)),
        ("perigueux-2025-12", dt.date(2025, 12, 22), dt.date(2026, 3, 1)),
        ("ter-200072460-2025-01", dt.date(2025, 1, 22), dt.date(2025, 4, 22)),
    ],
)
def test_the_validity_of_a_real_feed(
    mirror: Path, name: str, first: dt.date, last: dt.date
) -> None:
    """The first and last days are those written down beside the mirror."""
    (feed,) = real_feed(mirror / "gtfs" / f"{name}.zip")[0].feeds
    assert (feed.first_day, feed.last_day) == (first, last)


def test_blank_times_of_a_real_feed_lie_between_those_told(mirror: Path) -> None:
    """Porto Alegre's buses tell few hours: those estimated go forward between them."""
    network, findings = real_feed(mirror / "gtfs" / "poa_eptc.zip")
    (told,) = [one for one in findings if one.code == "gtfs-times-estimated"]
    rows = _rows(mirror / "gtfs" / "poa_eptc.zip", "stop_times.txt")
    n_blank = sum(not row["arrival_time"] for row in rows)
    assert told.message.replace("\u202f", "").endswith(f": {n_blank}.")
    calls = network.calls
    starts = set(network.trips.first_call.tolist())
    going = [at for at in range(1, len(calls.stops)) if at not in starts]
    assert (calls.arrivals[going] >= calls.departures[[at - 1 for at in going]]).all()
