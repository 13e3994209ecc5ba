"""What a timetable is written in is told by what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.access.intake.netex_samples import european, sample, write_french, write_zip

from maillage.access.intake.archives import Limits, open_members
from maillage.access.intake.timetables import read_timetable, timetable_format
from maillage.kernel.errors import UnusableFile

_GTFS = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\no,O,http://x,Europe/Paris\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\na,A,50.5,2.6\nb,B,50.4,2.5\n",
    "routes.txt": "route_id,route_short_name,route_long_name,route_type\nr,1,Un,3\n",
    "trips.txt": "trip_id,route_id,service_id\nt,r,s\n",
    "calendar_dates.txt": "service_id,date,exception_type\ns,20260105,1\n",
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t,08:00:00,08:00:00,a,1\nt,08:10:00,08:10:00,b,2\n"
    ),
}


def test_either_format_is_recognised_and_read(tmp_path: Path) -> None:
    """GTFS and NeTEx, zipped or in a folder, are told apart and read by their readers."""
    gtfs = write_zip(_GTFS, tmp_path / "gtfs.zip")
    netex = write_french(sample(), tmp_path / "netex.zip")
    (tmp_path / "dossier").mkdir()
    alone = tmp_path / "dossier" / "offre.xml"
    alone.write_text(european(sample()), encoding="utf-8")
    expected = {gtfs: "GTFS", netex: "NeTEx", alone: "NeTEx", alone.parent: "NeTEx"}
    for path, kind in expected.items():
        assert timetable_format(path) == kind
        network, _ = read_timetable(path, name="essai")
        assert [(feed.name, feed.kind) for feed in network.feeds] == [("essai", kind)]


def test_an_inner_folder_does_not_hide_the_format(tmp_path: Path) -> None:
    """Files zipped with their folder are recognised all the same."""
    inside = {f"jeu/{name}": told for name, told in _GTFS.items()}
    assert timetable_format(write_zip(inside, tmp_path / "a.zip")) == "GTFS"
    netex = {"2026/offre/tout.xml": european(sample()), "notes.txt": "…"}
    assert timetable_format(write_zip(netex, tmp_path / "b.zip")) == "NeTEx"


@pytest.mark.parametrize("files", [{}, {"a.csv": "x"}, {"a.xml": "<kml/>"}, {"a.txt": "stops"}])
def test_what_is_neither_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    """A zip of something else is refused, naming both formats."""
    with pytest.raises(UnusableFile, match=r"ni GTFS .* ni NeTEx"):
        timetable_format(write_zip(files, tmp_path / "a.zip"))


def test_a_netex_that_is_damaged_is_still_netex(tmp_path: Path) -> None:
    """Its reader then says what is wrong with it."""
    assert timetable_format(write_zip({"a.xml": "<Publi"}, tmp_path / "a.zip")) == "NeTEx"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a.xml": "<html><body>404</body></html>"}, "une page web"),
        ({"a.xml": '<Siri xmlns="http://www.siri.org.uk/siri"/>'}, "du SIRI"),
        ({"a.xml": "<ChouettePTNetwork/>"}, "du Neptune"),
        ({"bus.zip": "PK", "lisez-moi.txt": "x"}, r"il contient des zips \(bus\.zip\)"),
    ],
)
def test_what_is_there_instead_is_named(tmp_path: Path, files: dict[str, str], told: str) -> None:
    """A known format, or zips within the zip, are told by their names."""
    with pytest.raises(UnusableFile, match=told):
        timetable_format(write_zip(files, tmp_path / "a.zip"))


def test_a_cut_zip_is_said_to_be_cut(tmp_path: Path) -> None:
    """A zip without its end begins like one: it is to be downloaded again."""
    path = write_zip(_GTFS, tmp_path / "a.zip")
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(UnusableFile, match=r"coupé .* téléchargez-le de nouveau"):
        timetable_format(path)


def test_a_folder_of_too_many_files_is_refused_early(tmp_path: Path) -> None:
    """The walk of a folder stops at the number of files allowed, whatever they are."""
    for n in range(12):
        (tmp_path / f"{n}.jpg").write_text("")
    with pytest.raises(UnusableFile, match="plus de 10 fichiers"):
        open_members(tmp_path, (".txt",), Limits(members=10))
    assert open_members(tmp_path, (".txt",), Limits(members=13)) == ()


def test_a_thing_that_is_no_file_is_said_so() -> None:
    """A device is there, but is neither a file nor a folder."""
    with pytest.raises(UnusableFile, match="ni un fichier ni un dossier"):
        timetable_format(Path("/dev/null"))
