"""The passing times of NeTEx: missing, odd, after midnight, and runs at intervals."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.access.intake.netex_samples import (
    at_times,
    calls_of,
    passing,
    pattern,
    quay,
    run,
    sample,
    write_french,
)

from maillage.access.intake.netex import read_netex
from maillage.access.timetable.model import Network


def _read(folder: Path, *runs: str, stops: str = "ABC") -> tuple[Network, list[str]]:
    members = sample()
    members["STRUCTURE"][1] = pattern(stops=stops)
    members["HORAIRE"] = [run("J0", at_times(*["05:00:00"] * len(stops))), *runs]
    network, findings = read_netex(write_french(members, folder / "netex.zip"))
    return network, [f.code.removeprefix("netex-") for f in findings]


def _times(network: Network, key: str = "J1") -> list[int]:
    return [arrival // 60 for _, arrival, _ in calls_of(network, key)]


def test_a_missing_time_is_estimated_by_the_way_done(tmp_path: Path) -> None:
    """Between two told times a vehicle goes at one speed along straight lines."""
    members = sample()
    members["ARRET"] = [quay("QA", 2.0, 50.0), quay("QB", 2.0, 50.1), quay("QC", 2.0, 50.4)]
    members["HORAIRE"] = [run("J1", [passing("08:00:00", "08:00:00"), passing(),
                                     passing("08:40:00", "08:40:00")])]  # fmt: skip
    network, findings = read_netex(write_french(members, tmp_path / "netex.zip"))
    assert [f.code for f in findings] == ["netex-times-estimated"]
    told = [arrival for _, arrival, _ in calls_of(network, "J1")]
    assert told[1] == pytest.approx(8 * 3600 + 600, abs=1)


def test_stops_without_time_at_the_ends_are_not_served(tmp_path: Path) -> None:
    """A run untimed at its ends is kept for what lies between, and said."""
    network, codes = _read(tmp_path, run("J1", [passing(), *at_times("08:00:00", "08:10:00")]))
    assert codes == ["ends-untimed"]
    assert [stop for stop, *_ in calls_of(network, "J1")] == ["QB", "QC"]


def test_midnight_passed_without_saying_is_told(tmp_path: Path) -> None:
    """Times that fall by half a day and tell no day go on the next one, with a finding."""
    network, codes = _read(tmp_path, run("J1", at_times("23:40:00", "23:55:00", "00:10:00")))
    assert codes == ["midnight-guessed"]
    assert _times(network) == [1420, 1435, 1450]


@pytest.mark.parametrize(
    ("passings", "code"),
    [
        (at_times("08:00:00", "07:50:00", "08:10:00"), "times-backwards"),
        ([passing("08:05:00", "08:00:00"), *at_times("08:10:00", "08:20:00")], "times-backwards"),
        (at_times("08:00:00", "08:10:00"), "times-unmatched"),
        ([passing(), passing(), passing()], "run-without-times"),
        ([], "run-without-times"),
        ([passing(), passing("8h10", "8h10"), passing("08:25:00")], "time-unreadable"),
    ],
)
def test_a_run_that_cannot_be_is_left_out_and_told(
    tmp_path: Path, passings: list[str], code: str
) -> None:
    """Times that go back, miss or don't fit the pattern leave the run out; the others stay."""
    network, codes = _read(tmp_path, run("J1", passings))
    assert code in codes
    assert network.trips.ids == ("J0",)


def test_times_with_a_zone_are_read_as_local_and_told(tmp_path: Path) -> None:
    """A time in a zone of its own is read by its clock, with a finding."""
    network, codes = _read(tmp_path, run("J1", at_times("08:00:00Z", "08:10:00Z", "08:20:00Z")))
    assert codes == ["time-with-zone"]
    assert _times(network) == [480, 490, 500]


def _group(kind: str, told: str) -> str:
    return f'<{kind} id="F" version="any">{told}</{kind}>'


_FROM_7_TO_8 = (
    "<FirstDepartureTime>07:00:00</FirstDepartureTime>"
    "<LastDepartureTime>08:00:00</LastDepartureTime>"
)
_EVERY_20 = "<ScheduledHeadwayInterval>PT20M</ScheduledHeadwayInterval>"


def _model(times: list[str], group: str = '<HeadwayJourneyGroupRef ref="F"/>') -> str:
    more = f"<frequencyGroups>{group}</frequencyGroups>"
    return run("M", times, "TemplateServiceJourney", more)


@pytest.mark.parametrize("inline", [True, False])
def test_runs_at_intervals_are_unfolded(tmp_path: Path, inline: bool) -> None:
    """A model and a headway give each run, from the first departure to the last, both in."""
    times = at_times("07:00:00", "07:05:00", "07:15:00")
    group = _group("HeadwayJourneyGroup", _FROM_7_TO_8 + _EVERY_20)
    told = [_model(times, group)] if inline else [_model(times), group]
    network, codes = _read(tmp_path, *told)
    assert codes == ["headways"]
    ids = ["M 07:00:00", "M 07:20:00", "M 07:40:00", "M 08:00:00"]
    assert list(network.trips.ids[1:]) == ids
    assert _times(network, ids[3]) == [480, 485, 495]


def test_hourly_runs_keep_the_minutes_of_their_model(tmp_path: Path) -> None:
    """By convention only the minutes of the model of an hourly service count."""
    more = '<RhythmicalJourneyGroupRef ref="F"/>'
    model = _model(at_times("00:10:00", "00:15:00", "00:25:00"), more)
    group = _group("RhythmicalJourneyGroup", _FROM_7_TO_8.replace("08:00", "09:00"))
    network, codes = _read(tmp_path, model, group)
    assert codes == ["headways"]
    assert network.trips.ids[1:] == ("M 07:10:00", "M 08:10:00")


def test_a_frequency_whose_runs_are_told_is_not_unfolded(tmp_path: Path) -> None:
    """A group that lists runs told one by one only sums them up."""
    listed = '<journeys><ServiceJourneyRef ref="J0"/></journeys>'
    group = _group("HeadwayJourneyGroup", _FROM_7_TO_8 + _EVERY_20 + listed)
    network, codes = _read(tmp_path, _model(at_times("07:00:00", "07:05:00", "07:15:00")), group)
    assert (network.trips.ids, codes) == (("J0",), [])


@pytest.mark.parametrize(
    "told",
    [
        _FROM_7_TO_8,
        _EVERY_20,
        _FROM_7_TO_8 + "<ScheduledHeadwayInterval>PT0S</ScheduledHeadwayInterval>",
        _FROM_7_TO_8.replace("08:00", "06:00") + _EVERY_20,
        _FROM_7_TO_8 + _EVERY_20 + '<timebands><TimebandRef ref="t"/></timebands>',
    ],
)
def test_a_frequency_that_is_not_clear_is_told(tmp_path: Path, told: str) -> None:
    """Without interval, ends or order a frequency gives no run, with a finding."""
    model = _model(at_times("07:00:00", "07:05:00", "07:15:00"))
    network, codes = _read(tmp_path, model, _group("HeadwayJourneyGroup", told))
    assert (network.trips.ids, codes) == (("J0",), ["headways-unread"])


def test_a_run_of_one_stop_is_left_out(tmp_path: Path) -> None:
    """A run that cannot carry anybody anywhere is told."""
    members = sample()
    members["ARRET"] = members["ARRET"][:1]
    members["STRUCTURE"].append(pattern("PP", "AA"))
    turns = run("J9", at_times("08:00:00", "08:10:00")).replace('ref="P"', 'ref="PP"')
    members["HORAIRE"].append(turns)
    network, findings = read_netex(write_french(members, tmp_path / "netex.zip"))
    assert network.trips.ids == ("J9",)
    assert "netex-run-too-short" in [f.code for f in findings]
