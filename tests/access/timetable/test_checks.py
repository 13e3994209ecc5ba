"""What is doubtful in a network is told once a kind, with what to do; nothing is changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.access.feeds import TABLES, clock, codes, plain, read_changed, real_feed

from maillage.access.intake.gtfs import read_gtfs
from maillage.access.timetable.checks import check_days, check_network
from maillage.access.timetable.merge import merge_networks
from maillage.access.timetable.model import Network
from maillage.kernel import french
from maillage.kernel.findings import Finding, Severity
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2024, 1, 1))
UNTOLD = "timetable-step-free-untold"
NANTES = {
    "timetable-change-too-short",  # 60 s told over more than 117 m, twice
    "timetable-service-never-runs",
    "timetable-stop-never-called-at",
}


def _checked(folder: Path, **more: str) -> tuple[Network, dict[str, Finding]]:
    """Check the small feed with rows added to its tables; by code, what is always said aside."""
    network, _ = read_changed(folder, **{name: TABLES[name] + rows for name, rows in more.items()})
    found = check_network(network, PARAMETERS)
    assert len(set(codes(found))) == len(found)
    return network, {one.code: one for one in found if one.code != UNTOLD}


def test_a_sound_network_has_nothing_to_tell(tmp_path: Path) -> None:
    """The small feed is sound but for the accessibility that it does not tell."""
    network, found = _checked(tmp_path)
    assert found == {}
    (told,) = check_network(network, PARAMETERS)
    assert (told.code, told.where.source) == (UNTOLD, "feed")
    assert "25\xa0% des arrêts desservis et 33\xa0% des courses" in told.message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("null,Nulle part,0,0,0,,\n", "timetable-stop-at-nought"),
        ("swapped,À l'envers,2.64,50.53,0,,\n", "timetable-stop-far-away"),
    ],
)
def test_stops_where_none_can_be(tmp_path: Path, row: str, code: str) -> None:
    """A stop at 0, 0 or with its degrees swapped is told by its name; it stays in the network."""
    network, found = _checked(tmp_path, stops=row)
    assert set(found) == {code, "timetable-stop-never-called-at"}
    id_, name = row.split(",")[:2]
    assert found[code].value == f"{name} [{id_}]"
    assert id_ in network.stops.ids


def test_stops_in_the_sea_where_the_land_is_known(tmp_path: Path) -> None:
    """Where somebody knows the land, the stops off it are told; else nothing is said."""
    network, _ = read_changed(tmp_path)
    found = check_network(network, PARAMETERS, on_land=lambda places: places[:, 1] > 50.52)
    (told,) = [one for one in found if one.code == "timetable-stop-in-the-sea"]
    assert told.value == "Hôpital [hopital]"


def test_stops_that_nothing_calls_at(tmp_path: Path) -> None:
    """A stop without a call is told; a station of called stops is not."""
    _, found = _checked(tmp_path, stops="idle,Dépôt,50.52,2.64,0,,\nhall,Hall,50.52,2.64,1,,\n")
    told = found["timetable-stop-never-called-at"]
    assert told.value == "Hall [hall], Dépôt [idle]"
    assert told.severity is Severity.INFO


@pytest.mark.parametrize(
    ("minutes", "line", "said"), [(10, "20", True), (20, "20", False), (10, "T", False)]
)
def test_speeds_that_no_such_vehicle_reaches(
    tmp_path: Path, minutes: int, line: str, said: bool
) -> None:
    """25 km in 10 minutes: too fast for a bus, not for a train; in 20 minutes for neither."""
    _, found = _checked(
        tmp_path,
        stops="east,Est,50.53,2.995,0,,\n",
        trips=f"{line},school,fast,,\n",
        stop_times=f"fast,07:00:00,07:00:00,mairie,1\nfast,{clock(25200 + minutes * 60)},"
        f"{clock(25200 + minutes * 60)},east,2\n",
    )
    assert ("timetable-too-fast" in found) == said
    if said:
        assert found["timetable-too-fast"].value == "20 de Mairie à Est : 137 km/h"


def test_minutes_rounded_are_not_speeds(tmp_path: Path) -> None:
    """A short hop told in no time is what rounding to the minute does, not a doubt."""
    _, found = _checked(
        tmp_path,
        trips="20,school,round,,\n",
        stop_times="round,07:00:00,07:00:00,mairie,1\nround,07:00:00,07:00:00,gare-a,2\n",
    )
    assert found == {}


def test_trips_told_twice_on_one_day(tmp_path: Path) -> None:
    """The same way at the same hours is a repeat where both run on one day, and only there."""
    copy = "".join(
        row.replace("bus-1", "copy") + "\n"
        for row in TABLES["stop_times"].splitlines()
        if row.startswith("bus-1")
    )
    calendar = "other,0,0,0,0,0,1,0,20240108,20240204\n"
    for service, said in (("school", True), ("other", False)):
        _, found = _checked(
            tmp_path / service,
            trips=f"20,{service},copy,,\n",
            stop_times=copy,
            calendar=calendar,
        )
        assert ("timetable-trip-twice" in found) == said


def test_services_that_never_run_and_weeks_without_any(tmp_path: Path) -> None:
    """A calendar without a day, and a hole of a week or more in the feed, are told."""
    _, found = _checked(
        tmp_path,
        calendar="never,0,0,0,0,0,0,0,20240108,20240204\n",
        calendar_dates="night,20240220,1\n",
    )
    assert found["timetable-service-never-runs"].value == "never"
    told = found["timetable-calendar-hole"]
    assert told.value == french.date(dt.date(2024, 2, 3))
    assert "d'affilée : 17 " in told.message


def test_days_that_the_calendar_does_not_cover(tmp_path: Path) -> None:
    """Days before or after the calendar are told for each feed, with its last day; none inside."""
    network, _ = read_changed(tmp_path)
    inside = [dt.date(2024, 1, 8), dt.date(2024, 2, 4)]
    assert check_days(network, inside) == ()
    before, after = dt.date(2024, 1, 7), dt.date(2024, 2, 5)
    over, early = check_days(network, [*inside, before, after])
    assert (over.code, over.value) == ("timetable-calendar-over", french.date(after))
    assert f"s'arrêtent le {french.date(inside[1])}" in over.message
    assert (early.code, early.value) == ("timetable-calendar-not-begun", french.date(before))


def test_each_feed_of_a_merged_network_answers_for_itself(tmp_path: Path) -> None:
    """In a merged network a finding names its feed, and the feeds do not judge each other."""
    idle = TABLES["stops"] + "idle,Dépôt,50.52,2.64,0,,\n"
    network, _ = read_changed(tmp_path, stops=idle)
    far = "\n".join(line.replace(",50.", ",-30.") for line in TABLES["stops"].splitlines())
    read_changed(tmp_path / "x", stops=far)
    other, _ = read_gtfs(tmp_path / "x" / "feed", name="south")
    merged = merge_networks([network, other])
    before = plain(merged)
    found = [one for one in check_network(merged, PARAMETERS) if one.code != UNTOLD]
    assert [(one.code, one.where.source) for one in found] == [
        ("timetable-stop-never-called-at", "feed")
    ]
    assert plain(merged) == before


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("perigueux-2025-12", set()),
        ("ter-200072460-2025-01", set()),
        ("nantes-tan-2014", NANTES),
        ("poa_eptc", set()),
        ("poa_trensurb", set()),
        ("ter-france-2025-01", {"timetable-too-fast", "timetable-trip-twice"}),
    ],
)
def test_real_networks_have_few_doubts(mirror: Path, name: str, expected: set[str]) -> None:
    """The checks cry out for what is there, not at every real network."""
    network, _ = real_feed(mirror / "gtfs" / f"{name}.zip")
    assert set(codes(check_network(network, PARAMETERS))) == expected | {UNTOLD}


def test_changes_that_nobody_walks_so_fast(tmp_path: Path) -> None:
    """2.3 km in no time is told with its stops; the same within a station is not."""
    transfers = (
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"
        "mairie,hopital,1,\nhopital,mairie,2,3000\ngare-a,gare-b,2,0\n"
    )
    network, _ = read_changed(tmp_path, transfers=transfers)
    told = {one.code: one for one in check_network(network, PARAMETERS)}
    assert told["timetable-change-too-short"].value == "Mairie → Hôpital : 0 s pour 2,3 km"
