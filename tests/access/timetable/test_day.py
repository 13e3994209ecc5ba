"""One day's hops: all that leaves that day and nothing else, in order."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.feeds import TABLES, clock, drawn_tables, read_changed, write_tables

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.journeys.model import DayTimetable
from maillage.access.timetable.day import day_timetable
from maillage.access.timetable.model import Network
from maillage.access.timetable.uncertain import has_uncertain

FRIDAY = dt.date(2024, 1, 19)  # school day on which the night train begins
SATURDAY = dt.date(2024, 1, 20)


def _told(network: Network, day: DayTimetable) -> list[tuple[str, str, int, str, int]]:
    ids = network.stops.ids
    return [
        (
            network.trips.ids[day.trips[day.runs[at]]],
            ids[day.origins[at]],
            int(day.departures[at]),
            ids[day.destinations[at]],
            int(day.arrivals[at]),
        )
        for at in range(len(day.runs))
    ]


def test_a_day_holds_its_trips_and_those_of_the_night_before(tmp_path: Path) -> None:
    """The night train leaves on Friday; on Saturday it is still there after midnight."""
    network, _ = read_changed(tmp_path)
    friday = day_timetable(network, FRIDAY)
    assert [trip for trip, *_ in _told(network, friday)] == ["bus-1"] * 2 + ["bus-2"] * 2 + [
        "train-1"
    ] * 2
    assert _told(network, friday)[-1][2:] == (87_120, "mairie", 87_600)
    assert friday.n_stops == 5
    saturday = day_timetable(network, SATURDAY)
    assert _told(network, saturday) == [("train-1", "gare-b", 720, "mairie", 1200)]
    assert saturday.runs.tolist() == [0]


def test_a_day_that_nothing_tells_of_is_empty(tmp_path: Path) -> None:
    """Outside of the calendar there is nothing, without an error."""
    network, _ = read_changed(tmp_path)
    day = day_timetable(network, dt.date(2031, 1, 1))
    assert (len(day.departures), len(day.trips), day.n_stops) == (0, 0, 5)
    assert day.departures.dtype == day.calls.dtype == np.int32


def test_hops_lead_back_to_their_calls(tmp_path: Path) -> None:
    """``calls`` numbers the call that a hop leaves; it arrives at the next one of the trip."""
    network, _ = read_changed(tmp_path)
    day = day_timetable(network, FRIDAY)
    assert network.calls.stops[day.calls].tolist() == day.origins.tolist()
    assert network.calls.stops[day.calls + 1].tolist() == day.destinations.tolist()


def test_a_line_may_be_taken_away(tmp_path: Path) -> None:
    """Without a line none of its trips runs; the others stay as they were."""
    network, _ = read_changed(tmp_path)
    day = day_timetable(network, FRIDAY, without_lines=frozenset({"20"}))
    assert {trip for trip, *_ in _told(network, day)} == {"train-1"}


@pytest.mark.parametrize(
    ("untold", "trips", "boards", "alights"),
    [
        (False, ["bus-1"] * 2, [False, True], [True, False]),
        (
            True,
            ["bus-1"] * 2 + ["train-1"] * 2,
            [False, True, True, False],
            [True, True, False, False],
        ),
    ],
)  # fmt: skip
def test_step_free_between_two_bounds(
    tmp_path: Path, untold: bool, trips: list[str], boards: list[bool], alights: list[bool]
) -> None:
    """Told step-free only, or all that is not told otherwise: at least and at most."""
    network, _ = read_changed(tmp_path)
    day = day_timetable(network, FRIDAY, only_step_free=True, untold_is_step_free=untold)
    assert [trip for trip, *_ in _told(network, day)] == trips
    assert (day.boards.tolist(), day.alights.tolist()) == (boards, alights)


def test_calls_where_nobody_gets_on_or_off_say_so(tmp_path: Path) -> None:
    """``boards`` is of the stop that a hop leaves, ``alights`` of the one where it arrives."""
    header, *rows = TABLES["stop_times"].splitlines()
    rules = ["0,1", "1,0", "1,1", *["0,0"] * 6]
    table = "\n".join(f"{row},{rule}" for row, rule in zip(rows, rules, strict=True))
    network, _ = read_changed(tmp_path, stop_times=f"{header},pickup_type,drop_off_type\n{table}\n")
    day = day_timetable(network, FRIDAY)
    assert day.boards.tolist()[:2] == [True, False]
    assert day.alights.tolist()[:2] == [True, False]


def _by_hand(tables: dict[str, list[str]], asked: dt.date) -> list[tuple[str, str, int, str, int]]:
    """Work a day out row by row from the tables as they were written."""
    runs = {tuple(line.split(",")[:2]) for line in tables["calendar_dates"][1:]}
    service = {line.split(",")[0]: line.split(",")[2] for line in tables["trips"][1:]}
    found = []
    for trip, of in service.items():
        calls = [line.split(",") for line in tables["stop_times"][1:]]
        mine = sorted((c for c in calls if c[0] == trip), key=lambda c: int(c[1]))
        for ago in (0, 1):
            if (of, f"{asked - dt.timedelta(days=ago):%Y%m%d}") not in runs:
                continue
            for one, two in pairwise(mine):
                left, there = _seconds(one[4]) - ago * 86_400, _seconds(two[3]) - ago * 86_400
                if left >= 0:
                    found.append((trip, one[2], left, two[2], there))
    return sorted(found)


def _seconds(text: str) -> int:
    hours, minutes, seconds = map(int, text.split(":"))
    assert clock(hours * 3600 + minutes * 60 + seconds) == text
    return hours * 3600 + minutes * 60 + seconds


@given(tables=drawn_tables(), day=st.integers(7, 23))
@settings(max_examples=60)
def test_any_day_is_as_worked_out_by_hand(tables: dict[str, list[str]], day: int) -> None:
    """The hops of any day of any feed are those worked out row by row, in the order promised."""
    asked = dt.date(2024, 1, day)
    with TemporaryDirectory() as folder:
        network, _ = read_gtfs(write_tables(Path(folder) / "one", tables), name="x")
    hops = day_timetable(network, asked)
    assert sorted(_told(network, hops)) == _by_hand(tables, asked)
    order = list(zip(hops.departures, hops.arrivals, hops.runs, hops.calls, strict=True))
    assert order == sorted(order)
    assert sorted(set(hops.runs.tolist())) == list(range(len(hops.trips)))


def _vehicles(folder: Path, blocks: str, **changes: str) -> list[int]:
    """Return the vehicle of each run on a Friday, the three trips being of these blocks."""
    header, *rows = TABLES["trips"].splitlines()
    told = zip(rows, blocks.split(","), strict=True)
    trips = "\n".join([f"{header},block_id", *(f"{row},{block}" for row, block in told)])
    network, _ = read_changed(folder, trips=trips + "\n", **changes)
    return day_timetable(network, FRIDAY).vehicles.tolist()


TURNING = TABLES["stop_times"].replace("09:00:00,09:00:00,mairie", "08:15:00,08:16:00,hopital")


def test_runs_of_one_block_are_one_vehicle_where_one_ends_as_the_other_begins(
    tmp_path: Path,
) -> None:
    """bus-1 ends at the hospital, from which bus-2 leaves a minute later: riders stay aboard."""
    one, two, other = _vehicles(tmp_path / "a", "X,X,", stop_times=TURNING)
    assert one == two != other
    assert len(set(_vehicles(tmp_path / "b", "X,Y,", stop_times=TURNING))) == 3
    assert len(set(_vehicles(tmp_path / "c", ",,", stop_times=TURNING))) == 3


def test_a_run_that_begins_elsewhere_or_too_soon_is_another_vehicle(tmp_path: Path) -> None:
    """Nobody is carried from one stop to another, nor back in time."""
    elsewhere = TURNING.replace("08:15:00,08:16:00,hopital", "08:15:00,08:16:00,gare-b")
    assert len(set(_vehicles(tmp_path / "a", "X,X,", stop_times=elsewhere))) == 3
    sooner = TURNING.replace("08:15:00,08:16:00,hopital", "08:14:00,08:14:00,hopital")
    assert len(set(_vehicles(tmp_path / "b", "X,X,", stop_times=sooner))) == 3


@pytest.mark.parametrize(("too", "allowed"), [(False, [False, True]), (True, [True, True])])
def test_uncertain_calls_count_only_where_they_are_asked_for(
    tmp_path: Path, too: bool, allowed: list[bool]
) -> None:
    """Nobody gets on where one has to book, unless what may run is counted too."""
    table = "\n".join(
        f"{row},{kind}"
        for row, kind in zip(
            TABLES["stop_times"].splitlines(), ["pickup_type", "2", *[""] * 8], strict=True
        )
    )
    network, _ = read_changed(tmp_path, stop_times=table + "\n")
    day = day_timetable(network, FRIDAY, uncertain_too=too)
    assert day.boards.tolist()[:2] == allowed
    assert has_uncertain(network)
