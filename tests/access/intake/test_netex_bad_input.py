"""Bad NeTEx is refused in plain French, or read for what it is worth: never a crash."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.intake.netex_samples import (
    at_times,
    delivery,
    european,
    french_frame,
    run,
    sample,
    write_french,
    write_zip,
)

from maillage.access.intake import netex_xml
from maillage.access.intake.archives import Limits, open_members
from maillage.access.intake.netex import read_netex
from maillage.access.intake.timetables import timetable_format
from maillage.kernel.errors import UnusableFile


def _refused(path: Path) -> str:
    with pytest.raises(UnusableFile) as caught:
        read_netex(path)
    return caught.value.message


def _xml(folder: Path, told: str) -> Path:
    path = folder / "netex.xml"
    path.write_text(told, encoding="utf-8")
    return path


def test_stops_alone_are_no_timetable(tmp_path: Path) -> None:
    """A file of stops only says what it holds and what to ask for."""
    message = _refused(_xml(tmp_path, delivery(french_frame("ARRET", sample()["ARRET"]))))
    assert "ne contient pas d'horaires, mais seulement des arrêts (4)" in message
    assert "NETEX_HORAIRE" in message


def test_an_empty_delivery_is_no_timetable(tmp_path: Path) -> None:
    """A NeTEx file of nothing says so."""
    message = _refused(_xml(tmp_path, delivery()))
    assert "ne contient pas d'horaires : demandez" in message
    assert "profil" not in message


def test_another_xml_is_not_netex(tmp_path: Path) -> None:
    """XML of another kind names the root that was met."""
    path = _xml(tmp_path, "<ChouettePTNetwork xmlns='http://www.trident.org/schema/trident'/>")
    with pytest.raises(UnusableFile, match="ChouettePTNetwork"):
        read_netex(path)


@pytest.mark.parametrize("told", ["", "des horaires", "\x00\x01", "<"])
def test_what_is_not_xml_is_refused(tmp_path: Path, told: str) -> None:
    """A file that is no XML at all is refused."""
    assert "mal formé" in _refused(_xml(tmp_path, told))


def test_a_missing_or_empty_place_is_refused(tmp_path: Path) -> None:
    """No such file, or a folder or zip without XML, is refused."""
    assert "n'existe pas" in _refused(tmp_path / "absent.zip")
    (tmp_path / "vide").mkdir()
    assert "aucun fichier .xml" in _refused(tmp_path / "vide")
    assert "aucun fichier .xml" in _refused(write_zip({"lisez-moi.txt": "…"}, tmp_path / "a.zip"))


def test_other_files_beside_are_told_and_passed_over(tmp_path: Path) -> None:
    """An XML of another kind beside the NeTEx is told; what systems leave behind is ignored."""
    files = {
        "tout.xml": european(sample()),
        "meta.xml": "<metadata/>",
        "__MACOSX/._tout.xml": "\x00",
    }
    network, findings = read_netex(write_zip(files, tmp_path / "netex.zip"))
    assert len(network.trips.ids) == 2
    assert [(f.code, f.value) for f in findings] == [("netex-other-xml", "metadata")]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize("before", [BOMB, '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_a_document_type_is_refused(tmp_path: Path, before: str) -> None:
    """Entities are never read: neither a bomb nor a file of the machine."""
    told = european(sample()).replace('<?xml version="1.0" encoding="UTF-8"?>', before)
    assert "DOCTYPE" in _refused(_xml(tmp_path, told.replace("Quai QA", "&i;")))


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    """A zip that would swell a thousand times is refused before it is unfolded."""
    path = tmp_path / "bombe.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("offre.xml", b" " * (8 << 20))
    assert "bombe" in _refused(path)


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(member_bytes=100), "déplié"),
        (Limits(total_bytes=1000), "déplié"),
        (Limits(members=2), "au plus 2"),
    ],
)
def test_what_is_too_large_is_refused(tmp_path: Path, limits: Limits, why: str) -> None:
    """A file, a sum of files or a number of files beyond the limits is refused."""
    path = write_french(sample(), tmp_path / "netex.zip")
    with pytest.raises(UnusableFile, match=why):
        read_netex(path, limits=limits)


def test_members_come_in_order_of_names(tmp_path: Path) -> None:
    """Whatever the order of the zip, its files are given by name, a folder's alike."""
    files = {"b/2.XML": "2", "a.xml": "11", "c.txt": ""}
    members = open_members(write_zip(files, tmp_path / "a.zip"), (".xml",))
    assert [(m.name, m.short_name, m.size) for m in members] == [
        ("a.xml", "a.xml", 2), ("b/2.XML", "2.XML", 1),
    ]  # fmt: skip
    with members[1].open() as stream:
        assert stream.read() == b"2"


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    """A zip whose bytes were changed is refused, also when it shows only while reading."""
    path = write_french(sample(), tmp_path / "netex.zip")
    told = bytearray(path.read_bytes())
    told[60:90] = bytes(30)
    path.write_bytes(bytes(told))
    assert "abîmé" in _refused(path)


def test_a_cut_file_gives_what_came_before(tmp_path: Path) -> None:
    """A file cut short is read up to the cut, and the finding names its line."""
    members = sample()
    runs = [run(f"J{n}", at_times("08:00:00", "08:10:00", "08:25:00")) + "\n" for n in range(9)]
    horaires = delivery(french_frame("HORAIRE", runs))
    others = [french_frame(kind, told) for kind, told in members.items() if kind != "HORAIRE"]
    files = {"a.xml": delivery(*others), "b.xml": horaires[: horaires.index('id="J5"')]}
    network, findings = read_netex(write_zip(files, tmp_path / "netex.zip"))
    assert network.trips.ids == ("J0", "J1", "J2", "J3", "J4")
    (finding,) = findings
    assert (finding.code, finding.where.line, finding.where.subject) == (
        "netex-broken-xml", 6, "b.xml",
    )  # fmt: skip


def test_times_without_a_calendar_are_no_timetable(tmp_path: Path) -> None:
    """Where no run has a day, the file is refused, saying that the calendars are missing."""
    members = sample()
    members["CALENDRIER"] = []
    message = _refused(write_french(members, tmp_path / "netex.zip"))
    assert "aucun calendrier ne dit les jours" in message


def test_a_period_that_is_not_described_is_told(tmp_path: Path) -> None:
    """A calendar that names a period without telling it leaves its runs without days."""
    members = sample()
    members["CALENDRIER"] = members["CALENDRIER"][:2]
    message = _refused(write_french(members, tmp_path / "netex.zip"))
    assert "(2) ne circulent aucun jour" in message
    assert "Périodes ou jours que le calendrier nomme sans les décrire" in message


def test_another_profile_is_named(tmp_path: Path) -> None:
    """A delivery of another profile than that of France says which, read or refused."""
    ours = "1.3:FR-NETEX_FRANCE-2.4"
    nordic = delivery().replace(ours, "1.08:NO-NeTEx-networktimetable:1.3")
    assert "Son profil, « NO-NeTEx-networktimetable:1.3 »" in _refused(_xml(tmp_path, nordic))
    dayless = {**sample(), "CALENDRIER": []}
    message = _refused(
        _xml(tmp_path, european(dayless).replace(ours, "1.08:NO-NeTEx-networktimetable:1.3"))
    )
    assert "NO-NeTEx" in message.partition("aucun calendrier")[0]
    read = european(sample()).replace(ours, "1.08:NO-NeTEx-networktimetable:1.3")
    (finding,) = read_netex(_xml(tmp_path, read))[1]
    assert (finding.code, finding.value) == (
        "netex-other-profile",
        "NO-NeTEx-networktimetable:1.3",
    )


@pytest.mark.parametrize("encoding", ["klingon", "Shift_JIS", "utf-7", "rot13"])
def test_an_encoding_that_is_not_read_is_refused(tmp_path: Path, encoding: str) -> None:
    """A file in an encoding that the parser cannot take says so, and what to ask for."""
    told = european(sample()).replace('encoding="UTF-8"', f'encoding="{encoding}"')
    path = _xml(tmp_path, told)
    assert timetable_format(path) == "NeTEx"
    assert "encodage qui n'est pas lu : demandez un fichier en UTF-8" in _refused(path)


def test_runs_of_another_profile_are_said_so(tmp_path: Path) -> None:
    """Runs dated one by one, or told by running times, ask for a French export or a GTFS."""
    dated = '<DatedServiceJourney id="D1" version="1"/>'
    told = delivery(f"<TimetableFrame><vehicleJourneys>{dated}</vehicleJourneys></TimetableFrame>")
    assert "profil France" in _refused(_xml(tmp_path, told))
    members = sample()
    members["HORAIRE"] = [run("J1", [], more="<DepartureTime>08:00:00</DepartureTime>")]
    message = _refused(write_french(members, tmp_path / "netex.zip"))
    assert "D'autres profils" in message


def test_part_of_another_profile_is_an_honest_part(tmp_path: Path) -> None:
    """Where some runs can be read and others not, the first are read and the others counted."""
    members = sample()
    members["HORAIRE"] += [
        run("J3", []),
        run("J4", at_times("08:00:00", "08:10:00", "08:25:00")).replace('ref="P"', 'ref="X"'),
        '<DatedServiceJourney id="D1" version="1"/>',
        "<ServiceJourney/>",
        "<ServiceJourneyPattern/>",
    ]
    network, findings = read_netex(write_french(members, tmp_path / "netex.zip"))
    assert network.trips.ids == ("J1", "J2")
    assert sorted(f.code.removeprefix("netex-") for f in findings) == [
        "dated-runs", "run-without-pattern", "run-without-times", "without-id",
    ]  # fmt: skip


def test_elements_nested_without_end_are_harmless(tmp_path: Path) -> None:
    """A hundred thousand elements within each other are passed over."""
    deep = "<Notice id='n'>" + "<x>" * 100_000 + "</x>" * 100_000 + "</Notice>"
    told = european(sample()).replace("<TimetableFrame", f"{deep}<TimetableFrame")
    network, findings = read_netex(_xml(tmp_path, told))
    assert len(network.trips.ids) == 2
    assert [f.code for f in findings] == ["netex-elements-unread"]


def _survives(told: bytes, folder: Path) -> None:
    path = folder / "netex.xml"
    path.write_bytes(told)
    try:
        network, _ = read_netex(path)
    except UnusableFile:
        return
    calls = network.calls
    assert len(calls.stops) == network.trips.first_call[-1]
    assert (calls.departures >= calls.arrivals).all()


@given(cut=st.integers(0, 8000))
def test_a_cut_anywhere_never_crashes(cut: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Cut at any byte, a file is read in part or refused."""
    told = european(sample()).encode()
    _survives(told[: cut % len(told)], tmp_path_factory.mktemp("coupe"))


@given(data=st.data())
def test_records_that_tell_too_little_never_crash(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any records taken away and any values spoiled, a file is read in part or refused."""
    told = european(sample())
    words = ["08:10:00", "2026-01-05T00:00:00", 'ref="P"', 'ref="D"', "50.52", 'order="2"', '"SA"']
    for word in data.draw(st.lists(st.sampled_from(words), max_size=4)):
        spoiled = data.draw(st.sampled_from(["", "x", "-1", "99:99:99", '""', '"é"', "0"]))
        if word.startswith(("ref", "order", '"')) and not spoiled.startswith('"'):
            spoiled = f'"{spoiled}"'
        name = word.partition("=")[0] + "=" if "=" in word else ""
        told = told.replace(word, name + spoiled)
    _survives(told.encode(), tmp_path_factory.mktemp("abime"))


def test_a_record_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record of more elements than any run has is refused before it fills the memory."""
    monkeypatch.setattr(netex_xml, "MAX_ELEMENTS", 50)
    told = european(sample())
    assert len(read_netex(_xml(tmp_path, told))[0].trips.ids) == 2
    huge = told.replace("<TimetableFrame", f"<Notice id='n'>{'<x/>' * 60}</Notice><TimetableFrame")
    assert "démesuré" in _refused(_xml(tmp_path, huge))
