"""NeTEx as French networks publish it reads to a network, whatever its form and order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.intake.netex_samples import (
    FILES,
    LINE,
    Members,
    at_times,
    calls_of,
    days_of,
    delivery,
    european,
    french_frame,
    passing,
    pattern,
    quay,
    run,
    same,
    sample,
    write_french,
    write_zip,
)

from maillage.access.intake.netex import read_netex
from maillage.access.timetable.model import Network, Vehicle
from maillage.kernel.findings import Finding


def _read(members: Members, folder: Path) -> tuple[Network, tuple[Finding, ...]]:
    return read_netex(write_french(members, folder / "netex.zip"))


def _codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code.removeprefix("netex-") for finding in findings]


def _with(kind: str, *records: str) -> Members:
    members = sample()
    members[kind] = [*members[kind], *records]
    return members


def test_the_french_profile_reads(tmp_path: Path) -> None:
    """Stops, lines, days and passing times are those told, midnight included."""
    network, findings = _read(sample(), tmp_path)
    assert findings == ()
    assert network.stops.ids == ("G", "QA", "QB", "QC")
    assert network.stops.names == ("Gare", "Quai QA", "Quai QB", "Quai QC")
    assert network.stops.stations.tolist() == [0, 0, 0, 3]
    assert network.stops.places[1].tolist() == [2.64, 50.521]
    (line,) = network.lines
    assert (line.short_name, line.long_name, line.vehicle) == ("20", "Béthune – Bruay", Vehicle.BUS)
    assert (line.operator, line.colour) == ("Réseau d’exemple", "1AC7FF")
    assert network.trips.headsigns == ("Bruay", "Bruay")
    assert calls_of(network, "J1") == [
        ("QA", 28_800, 28_800), ("QB", 29_400, 29_400), ("QC", 30_300, 30_300),
    ]  # fmt: skip
    assert calls_of(network, "J2") == [
        ("QA", 85_800, 85_800), ("QB", 86_340, 86_460), ("QC", 87_600, 87_600),
    ]  # fmt: skip
    assert days_of(network, "J1") == [
        "2026-01-05", "2026-01-06", "2026-01-09", "2026-01-12", "2026-01-13", "2026-01-16",
    ]  # fmt: skip
    (feed,) = network.feeds
    assert (feed.kind, feed.publisher, feed.n_trips) == ("NeTEx", "Exemple", 2)


def test_the_frames_of_european_profiles_read_the_same(tmp_path: Path) -> None:
    """What counts is what is told, not which frame or list tells it."""
    french, _ = read_netex(write_french(sample(), tmp_path / "netex.zip"), name="exemple")
    alone = tmp_path / "netex.xml"
    alone.write_text(european(sample()), encoding="utf-8")
    other, findings = read_netex(alone, name="exemple")
    assert findings == ()
    assert same(french, other)


def test_a_folder_and_prefixed_tags_read_the_same(tmp_path: Path) -> None:
    """A folder stands for its zip, and tags may carry a prefix (netex:Quay)."""
    text = european(sample()).replace("xmlns=", "xmlns:n=")
    bare, n = text.replace("</", "</n:"), "n:"
    prefixed = bare.replace("<", f"<{n}").replace(f"<{n}/n:", "</n:").replace(f"<{n}?", "<?")
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "tout.xml").write_text(prefixed, encoding="utf-8")
    french, _ = read_netex(write_french(sample(), tmp_path / "netex.zip"), name="exemple")
    assert same(french, read_netex(folder, name="exemple")[0])


@st.composite
def _shuffled(draw: st.DrawFn) -> dict[str, str]:
    """Draw the same records in files and frames of any order and number."""
    told = [record for those in sample().values() for record in those]
    told += [LINE]  # told twice alike: once is enough
    cuts = sorted(draw(st.lists(st.integers(0, len(told)), max_size=4)))
    mixed = draw(st.permutations(told))
    parts = [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]
    kinds = draw(st.permutations(sorted(FILES)))
    return {
        f"{n}.xml": delivery(french_frame(kinds[n % len(kinds)], part))
        for n, part in enumerate(parts)
    }


@given(files=_shuffled())
def test_the_order_of_files_and_frames_never_matters(
    files: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """However the records are cut in files and shuffled, network and findings are the same."""
    folder = tmp_path_factory.mktemp("ordre")
    expected = read_netex(write_french(sample(), folder / "a.zip"), name="exemple")
    found = read_netex(write_zip(files, folder / "b.zip"), name="exemple")
    assert same(expected[0], found[0])
    assert expected[1] == found[1]


def test_what_may_be_done_at_each_stop_is_kept(tmp_path: Path) -> None:
    """A stop where nobody may board, or alight, says so; one that says nothing allows both."""
    members = sample()
    members["STRUCTURE"][1] = pattern(
        flags={
            "A": "<ForAlighting>false</ForAlighting>",
            "C": "<ForAlighting>true</ForAlighting><ForBoarding>false</ForBoarding>",
        }
    )
    network, _ = _read(members, tmp_path)
    assert network.calls.boards.tolist() == [True, True, False] * 2
    assert network.calls.alights.tolist() == [False, True, True] * 2


def test_wheelchair_access_is_yes_no_or_not_told(tmp_path: Path) -> None:
    """A quay tells for itself, else as its place; partial access is neither yes nor no."""

    def access(told: str) -> str:
        return (
            '<AccessibilityAssessment id="x" version="any"><limitations><AccessibilityLimitation>'
            f"<WheelchairAccess>{told}</WheelchairAccess></AccessibilityLimitation></limitations>"
            "</AccessibilityAssessment>"
        )

    members = sample()
    members["ARRET"] = [
        quay("QA", 2.64, 50.521, "G", access("true")),
        quay("QB", 2.641, 50.52, "G"),
        quay("QC", 2.55, 50.48, "", access("partial")),
        quay("G", 2.64, 50.52, "", access("false")).replace("Quay", "StopPlace"),
    ]
    members["LIGNE"] = [LINE.replace("</Line>", f"{access('true')}</Line>")]
    members["HORAIRE"].append(run("J3", at_times("09:00:00", "09:10:00", "09:20:00"),
                                  more=access("false")))  # fmt: skip
    network, _ = _read(members, tmp_path)
    assert dict(zip(network.stops.ids, network.stops.step_free.tolist(), strict=True)) == {
        "G": 0, "QA": 1, "QB": 0, "QC": -1,
    }  # fmt: skip
    assert network.trips.step_free.tolist() == [1, 1, 0]


def test_a_stop_without_a_quay_is_its_place_or_itself(tmp_path: Path) -> None:
    """A scheduled stop point is its quay, else its stop place, else where it says it is."""
    members = sample()
    assigned = '<PassengerStopAssignment id="{0}"><ScheduledStopPointRef ref="S{0}"/>{1}'
    assigned += "</PassengerStopAssignment>"
    here = "<Location><Longitude>2.5</Longitude><Latitude>50.4</Latitude></Location>"
    members["STRUCTURE"] = [
        *(r for r in members["STRUCTURE"] if 'id="PSA' not in r and '"SC"' not in r[:30]),
        assigned.format("A", '<StopPlaceRef ref="G"/>'),
        assigned.format("B", '<StopPlaceRef ref="G"/><QuayRef ref="QB"/>'),
        f'<ScheduledStopPoint id="SC" version="any"><Name>Là</Name>{here}</ScheduledStopPoint>',
    ]
    network, findings = _read(members, tmp_path)
    assert findings == ()
    assert [stop for stop, *_ in calls_of(network, "J1")] == ["G", "QB", "SC"]


def test_a_quay_belongs_to_the_place_around_it_or_listing_it(tmp_path: Path) -> None:
    """A quay told within its place, or listed by it, is of its station like one that says so."""
    members = sample()
    place = members["ARRET"].pop()
    inner = f"<quays>{quay('QA', 2.64, 50.521)}<QuayRef ref='QB'/></quays></StopPlace>"
    members["ARRET"] = [
        place.replace("</StopPlace>", f"<ParentSiteRef ref='GG'/>{inner}"),
        quay("QB", 2.641, 50.52),
        quay("QC", 2.55, 50.48, "GG"),
        '<StopPlace id="GG"><Name>Pôle sans position</Name></StopPlace>',
    ]
    network, findings = _read(members, tmp_path)
    assert findings == ()
    assert network.stops.ids == ("G", "QA", "QB", "QC")
    assert network.stops.stations.tolist() == [0, 0, 0, 0]


def test_a_stop_of_unknown_place_is_left_out_and_told(tmp_path: Path) -> None:
    """A call that cannot be put on the map is left out of its trip; the others stay."""
    members = sample()
    members["ARRET"] = [r for r in members["ARRET"] if 'id="QB"' not in r]
    network, findings = _read(members, tmp_path)
    assert _codes(findings) == ["stop-without-place"]
    assert [stop for stop, *_ in calls_of(network, "J1")] == ["QA", "QC"]


def test_walks_told_between_stops_are_changes(tmp_path: Path) -> None:
    """A site connection is a change both ways unless it says otherwise."""
    walk = (
        '<SiteConnection id="{0}" version="any"><BothWays>{1}</BothWays><From><QuayRef ref="{2}"/>'
        '</From><To><QuayRef ref="QC"/></To><WalkTransferDuration><DefaultDuration>PT2M5S'
        "</DefaultDuration></WalkTransferDuration></SiteConnection>"
    )
    members = _with("ARRET", walk.format(1, "true", "QA"), walk.format(2, "false", "QB"))
    network, _ = _read(members, tmp_path)
    told = network.transfers
    assert list(zip(told.origins, told.destinations, told.seconds, strict=True)) == [
        (1, 3, 125), (2, 3, 125), (3, 1, 125),
    ]  # fmt: skip


def test_calls_of_other_profiles_are_read(tmp_path: Path) -> None:
    """A run that tells its stops and times together needs no pattern."""
    call = (
        '<Call order="{0}"><ScheduledStopPointRef ref="S{1}"/><Arrival><Time>{2}</Time></Arrival>'
        "<Departure><Time>{2}</Time><ForBoarding>{3}</ForBoarding></Departure></Call>"
    )
    calls = call.format(2, "C", "09:10:00", "false") + call.format(1, "A", "09:00:00", "true")
    told = (
        '<ServiceJourney id="J9" version="1"><dayTypes><DayTypeRef ref="D"/></dayTypes>'
        f'<LineRef ref="L20"/><calls>{calls}</calls></ServiceJourney>'
    )
    network, findings = _read(_with("HORAIRE", told), tmp_path)
    assert findings == ()
    assert calls_of(network, "J9") == [("QA", 32_400, 32_400), ("QC", 33_000, 33_000)]
    assert network.calls.boards[-2:].tolist() == [True, False]


def test_a_line_told_elsewhere_keeps_its_runs(tmp_path: Path) -> None:
    """Without the file of lines the runs stand, their vehicle and operator those they agree on."""
    members = sample()
    members["LIGNE"] = []
    more = '<OperatorRef ref="O"/><TransportMode>coach</TransportMode>'
    members["HORAIRE"] = [run("J1", at_times("08:00:00", "08:10:00", "08:25:00"), more=more)]
    network, findings = _read(members, tmp_path)
    assert _codes(findings) == ["line-unknown"]
    (line,) = network.lines
    assert (line.id, line.vehicle, line.operator) == ("L20", Vehicle.BUS, "Réseau d’exemple")


def test_what_is_not_read_is_counted_in_one_finding(tmp_path: Path) -> None:
    """Kinds that the reader does not know are counted, and zones of local traffic told apart."""
    zone = '<RoutingConstraintZone id="z"><Name>ITL</Name></RoutingConstraintZone>'
    others = ['<Notice id="n"/>', '<Notice id="m"/>', '<Block id="b"/>']
    members = _with("STRUCTURE", *others, zone)
    _, findings = _read(members, tmp_path)
    assert _codes(findings) == ["local-traffic-zones", "elements-unread"]
    assert "3 (Notice : 2, Block : 1)" in findings[1].message


def test_two_descriptions_of_one_id_are_told(tmp_path: Path) -> None:
    """Of two versions the higher one stands, and that they differ is told."""
    newer = LINE.replace("20<", "21<").replace('"any"', '"3"')
    older = LINE.replace("20<", "19<").replace('"any"', '"2"')
    network, findings = _read(_with("LIGNE", newer, older), tmp_path)
    assert _codes(findings) == ["contradicted"]
    assert network.lines[0].short_name == "21"


def test_runs_on_demand_are_kept_and_told(tmp_path: Path) -> None:
    """A run made only if somebody books is counted like the others, and said."""
    more = (
        "<FlexibleServiceProperties id='f'><FlexibleServiceType>fixedPassingTimes"
        "</FlexibleServiceType></FlexibleServiceProperties>"
    )
    told = run("J3", at_times("10:00:00", "10:10:00", "10:20:00"), more=more)
    network, findings = _read(_with("HORAIRE", told), tmp_path)
    assert _codes(findings) == ["on-demand"]
    assert len(network.trips.ids) == 3


def test_a_point_that_only_times_the_run_is_no_call(tmp_path: Path) -> None:
    """A timing point takes its place in the times, and nobody boards there."""
    members = sample()
    timing = '<TimingPointInJourneyPattern id="T" order="2" version="any"/>'
    told = pattern().replace('order="3"', 'order="4"').replace('order="2"', 'order="3"')
    members["STRUCTURE"][1] = told.replace("<pointsInSequence>", f"<pointsInSequence>{timing}")
    times = ("08:00:00", "08:05:00", "08:10:00", "08:25:00")
    members["HORAIRE"] = [run("J1", at_times(*times))]
    network, findings = _read(members, tmp_path)
    assert findings == ()
    assert [(s, a) for s, a, _ in calls_of(network, "J1")] == [
        ("QA", 28_800), ("QB", 29_400), ("QC", 30_300),
    ]  # fmt: skip


def test_times_by_point_stand_whatever_their_order(tmp_path: Path) -> None:
    """Passings that name their point of the pattern are put there."""
    named = [
        passing(time, time).replace("<Arr", f'<StopPointInJourneyPatternRef ref="P{n}"/><Arr')
        for n, time in ((3, "08:25:00"), (1, "08:00:00"), (2, "08:10:00"))
    ]
    members = sample()
    members["HORAIRE"] = [run("J1", named)]
    network, _ = _read(members, tmp_path)
    assert [a for _, a, _ in calls_of(network, "J1")] == [28_800, 29_400, 30_300]
