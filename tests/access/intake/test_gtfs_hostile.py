"""GTFS feeds made to fill the memory, to mislead or to spoil the screen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.access.feeds import TABLES, codes, read_changed, write_feed, zip_feed

from maillage.access.intake import gtfs_calendar, gtfs_files, gtfs_frequencies
from maillage.access.intake.gtfs import read_gtfs
from maillage.kernel.errors import UnusableFile

OFF = {"calendar_dates": None}
SCHOOL = TABLES["calendar"]
_DAY = dt.timedelta(days=1)
HEADWAYS = "trip_id,start_time,end_time,headway_secs,exact_times\n"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({**OFF, "calendar": SCHOOL.replace("20240108,20240204", "08/01,04/02")}, "illisible"),
        ({"stop_times": TABLES["stop_times"].splitlines()[0]}, "moins de deux arrêts"),
        ({**OFF, "calendar": SCHOOL.replace("1,1,0,1,1", "0,0,0,0,0")}, "aucun jour"),
    ],
)
def test_a_feed_in_which_nothing_runs_says_why(
    tmp_path: Path, changes: dict[str, str | None], why: str
) -> None:
    """Unreadable days, no calls, days that are none: refused, the true reason told."""
    with pytest.raises(UnusableFile, match=why):
        read_changed(tmp_path, **changes)


@pytest.mark.parametrize("name", ["stops", "stop_times", "trips", "routes", "calendar", "agency"])
def test_a_quote_left_open_in_a_header_is_refused(tmp_path: Path, name: str) -> None:
    """A header whose quote swallows the file is one sentence, not a crash."""
    table = '"' + TABLES[name] + "x" * 200_000
    with pytest.raises(UnusableFile, match=rf"{name}\.txt est illisible : un guillemet"):
        read_changed(tmp_path, **{name: table})


@pytest.mark.parametrize(
    ("stops", "said"),
    [
        (TABLES["stops"].encode("utf-16-le"), "UTF-16 ou UTF-32"),
        (TABLES["stops"].encode("utf-32"), "UTF-16 ou UTF-32"),
        (TABLES["stops"].replace(",", ";").encode(), "des points-virgules"),
        (TABLES["stops"].replace(",", "\t").encode(), "des tabulations"),
    ],
)
def test_why_columns_are_missing_is_told(tmp_path: Path, stops: bytes, said: str) -> None:
    """Another encoding or separator is named, and no control sign reaches the screen."""
    with pytest.raises(UnusableFile) as caught:
        read_changed(tmp_path, stops=stops)
    assert said in str(caught.value)
    assert "\x00" not in str(caught.value)


def test_control_signs_of_a_feed_are_not_shown(tmp_path: Path) -> None:
    """A value that would turn a terminal about is shown without its control signs."""
    row = "bus-1,\x1b[31m10h\x07,10h,mairie,9\n"
    _, (finding,) = read_changed(tmp_path, stop_times=TABLES["stop_times"] + row)
    assert "[31m10h" in finding.message
    assert not {"\x1b", "\x07"} & set(finding.message)
    stops = TABLES["stops"].replace(",Mairie,", ",Mai\x1b\u202erie,")
    network, _ = read_changed(tmp_path / "names", stops=stops)
    assert "Mairie" in network.stops.names


@pytest.mark.parametrize("hours", ["22:00:00,06:00:00", "10:00:00,10:00:00", "00:00:00,48:00:01"])
def test_a_headway_of_impossible_hours_is_told(tmp_path: Path, hours: str) -> None:
    """A frequency that ends before it begins, or past two days, is left out and said."""
    table = f"{HEADWAYS}bus-1,{hours},600,1\nbus-2,22:00:00,30:00:00,3600,1\n"
    network, findings = read_changed(tmp_path, frequencies=table)
    assert codes(findings) == ["gtfs-headway-reversed"]
    assert sum(trip.startswith("bus-2@") for trip in network.trips.ids) == 8


def test_headways_without_end_are_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all runs would make too many calls, those of the heaviest trips are not written."""
    table = f"{HEADWAYS}bus-1,00:00:00,24:00:00,10,1\nbus-2,08:00:00,10:00:00,600,1\n"
    monkeypatch.setattr(gtfs_frequencies, "MAX_CALLS", 1000)
    network, findings = read_changed(tmp_path, frequencies=table)
    assert [(one.code, one.value) for one in findings] == [
        ("gtfs-headways-too-many-calls", "bus-1")
    ]
    assert len(network.trips.ids) == 12 + 1  # bus-2 every ten minutes, and the train


def test_files_longer_than_any_country_are_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file that is held whole has a length of its own, and a number of rows."""
    folder = write_feed(tmp_path / "feed")
    monkeypatch.setattr(gtfs_files, "MOST_ROWS", 4)
    with pytest.raises(UnusableFile, match=r"stops\.txt a plus de 4 lignes"):
        read_gtfs(folder)
    monkeypatch.setattr(gtfs_files, "MOST_BYTES", {"stops.txt": 100})
    for path in (folder, zip_feed(folder)):
        with pytest.raises(UnusableFile, match=r"stops\.txt occuperait 0 Mo"):
            read_gtfs(path)


def test_calendars_over_centuries_are_cut_around_most_beginnings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many services on too many days: the days around their beginnings are read, and said."""
    monkeypatch.setattr(gtfs_calendar, "MAX_DAYS", 1000)
    always = "".join(f"x{n},1,1,1,1,1,1,1,2024010{n + 1},20991231\n" for n in range(5))
    whole, _ = read_changed(tmp_path / "whole")
    network, findings = read_changed(
        tmp_path, calendar=TABLES["calendar"] + always + "y,1,1,1,1,1,1,1,19900101,19991231\n"
    )
    assert codes(findings) == ["gtfs-calendar-too-long"]
    assert network.services.runs.size <= 1000
    days = {f"2024-01-{day:02d}" for day in range(8, 32)}
    at = [(one, one.services.ids.index("school")) for one in (whole, network)]
    told = [
        {str(one.services.first_day + int(n) * _DAY) for n in one.services.runs[row].nonzero()[0]}
        for one, row in at
    ]
    assert told[0] & days == told[1] & days != set()
