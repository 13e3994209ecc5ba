"""Whatever is given as a GTFS feed: a clear refusal or clear findings, never a crash or a hang."""

from __future__ import annotations

import random
import zipfile
import zlib
from pathlib import Path

import pytest
from tests.access.feeds import TABLES, codes, read_changed, write_feed, zip_feed

from maillage.access.intake.archives import Limits
from maillage.access.intake.gtfs import read_gtfs
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Severity


@pytest.mark.parametrize("file", ["stops", "stop_times", "trips", "routes"])
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    """Without one of the files that make a timetable, one sentence names it."""
    with pytest.raises(UnusableFile, match=rf"il manque .*{file}\.txt"):
        read_changed(tmp_path, **{file: None})


def test_without_any_calendar_both_are_named(tmp_path: Path) -> None:
    """One of two files of days is needed: the sentence says so."""
    with pytest.raises(UnusableFile, match=r"calendar\.txt ou calendar_dates\.txt"):
        read_changed(tmp_path, calendar=None, calendar_dates=None)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """A table without a column it cannot do without is refused, the column named."""
    stops = TABLES["stops"].replace("stop_lat", "latitude")
    with pytest.raises(UnusableFile, match=r"stops\.txt les colonnes : stop_lat"):
        read_changed(tmp_path, stops=stops)


@pytest.mark.parametrize("file", ["stops", "stop_times", "trips", "routes"])
def test_an_empty_file_is_refused(tmp_path: Path, file: str) -> None:
    """A file of no bytes is one without its columns."""
    with pytest.raises(UnusableFile, match=file):
        read_changed(tmp_path, **{file: ""})


@pytest.mark.parametrize("file", ["agency", "transfers", "feed_info", "frequencies"])
def test_an_empty_optional_file_is_as_none(tmp_path: Path, file: str) -> None:
    """An optional file of no bytes, or of no rows, changes nothing."""
    network, findings = read_changed(tmp_path, **{file: ""})
    assert (len(network.trips.ids), findings) == (3, ())


def test_what_is_not_there_or_no_feed_is_refused(tmp_path: Path) -> None:
    """No such file, a text, an empty folder: each is one clear sentence."""
    with pytest.raises(UnusableFile, match="n'existe pas"):
        read_gtfs(tmp_path / "nowhere.zip")
    text = tmp_path / "feed.zip"
    text.write_text("<html>404</html>")
    with pytest.raises(UnusableFile, match="ni un fichier zip lisible, ni un dossier"):
        read_gtfs(text)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnusableFile, match=r"il manque stops\.txt"):
        read_gtfs(tmp_path / "empty")


def test_two_feeds_in_one_zip_are_refused(tmp_path: Path) -> None:
    """Two feeds side by side in one zip are to be given one by one."""
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for folder in ("a", "b"):
            for name, table in TABLES.items():
                archive.writestr(f"{folder}/{name}.txt", table)
    with pytest.raises(UnusableFile, match=r"plusieurs jeux GTFS \(a, b\)"):
        read_gtfs(path)


def test_a_bomb_that_tells_its_size_is_refused_unopened(tmp_path: Path) -> None:
    """A member that swells a thousandfold is refused before a byte of it is unfolded."""
    path = zip_feed(write_feed(tmp_path / "feed", stop_times=b"0" * (8 << 20)))
    with pytest.raises(UnusableFile, match="bombe zip"):
        read_gtfs(path)


def test_a_feed_too_large_is_refused(tmp_path: Path) -> None:
    """More bytes than are allowed, zipped or not, are refused, whatever they hold."""
    folder = write_feed(tmp_path / "feed")
    for path in (folder, zip_feed(folder)):
        with pytest.raises(UnusableFile, match="trop"):
            read_gtfs(path, limits=Limits(total_bytes=500))


def test_a_bomb_that_lies_about_its_size_stops_at_the_size_told(tmp_path: Path) -> None:
    """A member that holds more than it tells is not unfolded beyond, and is refused."""
    path = tmp_path / "liar.zip"
    tables = {name: table.encode() for name, table in TABLES.items()}
    true = tables["stop_times"] + b"bus-1,8:20:00,8:20:00,mairie,9\n" * 200_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in {**tables, "stop_times": true}.items():
            archive.writestr(f"{name}.txt", table)
    told = len(true).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(told, (1000).to_bytes(4, "little")))
    with pytest.raises(UnusableFile, match=r"abîmé|ne peut pas être lu"):
        read_gtfs(path)


def test_names_that_climb_out_of_the_zip_write_nothing(tmp_path: Path) -> None:
    """A member named ../../x is read in memory like another: no file is made anywhere."""
    inner = tmp_path / "in"
    inner.mkdir()
    path = inner / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../escaped.txt", "x")
        archive.writestr("/etc/escaped.txt", "x")
        for name, table in TABLES.items():
            archive.writestr(f"{name}.txt", table)
    before = sorted(tmp_path.rglob("*"))
    assert len(read_gtfs(path)[0].trips.ids) == 3
    assert sorted(tmp_path.rglob("*")) == before


def test_a_damaged_zip_is_refused_or_read_never_a_crash(tmp_path: Path) -> None:
    """Any byte of a zip may be wrong, or the end missing: a network comes out, or UnusableFile."""
    whole = zip_feed(write_feed(tmp_path / "feed")).read_bytes()
    draw = random.Random(4)
    damaged = tmp_path / "damaged.zip"
    refused = 0
    for _ in range(150):
        spoilt = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            spoilt[draw.randrange(len(spoilt))] = draw.randrange(256)
        end = draw.choice([len(spoilt), draw.randrange(len(spoilt))])
        damaged.write_bytes(spoilt[:end])
        try:
            read_gtfs(damaged)
        except UnusableFile as error:
            refused += 1
            assert str(damaged) in str(error)
    assert refused > 75


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    """A zip under a password is refused with a sentence, not a crash."""
    path = zip_feed(write_feed(tmp_path / "feed"))
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 1)
    path.write_bytes(raw)
    with pytest.raises(UnusableFile):
        read_gtfs(path)


def test_a_quote_left_open_is_refused(tmp_path: Path) -> None:
    """A quote that is never closed swallows the file: that is said, with the file's name."""
    stops = TABLES["stops"] + 'x,"Arrêt,50,2\n' + "y,Y,50,2\n" * 20_000
    with pytest.raises(UnusableFile, match=r"stops\.txt est illisible : un guillemet"):
        read_changed(tmp_path, stops=stops)


@pytest.mark.parametrize(
    ("table", "row", "code"),
    [
        ("stops", ",Sans nom,50,2,0,,", "gtfs-row-without-id"),
        ("stops", "mairie,Mairie bis,50,2,0,,", "gtfs-id-twice"),
        ("stops", "x,X,nord,2,0,,", "gtfs-stop-without-place"),
        ("stops", "x,X,95,2,0,,", "gtfs-stop-without-place"),
        ("stops", "x,X,nan,inf,0,,", "gtfs-stop-without-place"),
        ("stops", "x,X,50,2,9,,", "gtfs-value-unreadable"),
        ("stops", "x,X,50,2,0,nowhere,", "gtfs-station-unknown"),
        ("stops", "x,X,50,2", "gtfs-row-too-short"),
        ("routes", ",A,1,,3,", "gtfs-row-without-id"),
        ("routes", "20,A,20 bis,,3,", "gtfs-id-twice"),
        ("routes", "x,A,1,,99,", "gtfs-vehicle-unknown"),
        ("routes", "x,A,1,,bus,", "gtfs-vehicle-unknown"),
        ("routes", "x,A,1,,3,bleu", "gtfs-colour-unreadable"),
        ("trips", "20,school,,,", "gtfs-row-without-id"),
        ("trips", "20,school,bus-1,,", "gtfs-id-twice"),
        ("trips", "99,school,x,,", "gtfs-line-unknown"),
        ("trips", "20,summer,x,,", "gtfs-service-unknown"),
        ("trips", "20,school,x,,", "timetable-trip-without-ride"),
        ("stop_times", "bus-9,10:00:00,10:00:00,mairie,1", "gtfs-call-of-unknown-trip"),
        ("stop_times", "bus-1,10:00:00,10:00:00,nowhere,9", "gtfs-call-at-unknown-stop"),
        ("stop_times", "bus-1,10:00:00,10:00:00,,9", "gtfs-call-without-stop"),
        ("stop_times", "bus-1,10:00:00,10:00:00,mairie,3", "gtfs-call-twice"),
        ("stop_times", "bus-1,10:00:00,10:00:00,mairie,ninth", "gtfs-value-unreadable"),
        ("stop_times", "bus-1,10:00:00,10:00:00,mairie,", "gtfs-value-unreadable"),
        ("stop_times", "bus-1,10h,10h,mairie,9", "gtfs-value-unreadable"),
        ("stop_times", "bus-1,999:00:00,999:00:00,mairie,9", "gtfs-value-unreadable"),
        ("stop_times", "bus-1,,,mairie,9", "gtfs-trip-ends-untimed"),
        ("stop_times", "bus-1,07:00:00,07:00:00,mairie,9", "timetable-times-go-back"),
        ("stop_times", "bus-1,10:10:00,10:00:00,mairie,9", "timetable-times-go-back"),
        ("calendar", ",1,1,1,1,1,1,1,20240108,20240204", "gtfs-row-without-id"),
        ("calendar", "school,1,1,1,1,1,1,1,20240108,20240204", "gtfs-id-twice"),
        ("calendar", "x,1,1,1,1,1,1,1,08/01/2024,20240204", "gtfs-value-unreadable"),
        ("calendar", "x,1,1,1,1,1,1,1,20240230,20240304", "gtfs-value-unreadable"),
        ("calendar", "x,1,1,1,1,1,1,yes,20240108,20240204", "gtfs-value-unreadable"),
        ("calendar", "x,1,1,1,1,1,1,1,20240204,20240108", "gtfs-service-days-reversed"),
        ("calendar", "x,1,1,1,1,1,1,1,19000101,99991231", "gtfs-day-unlikely"),
        ("calendar_dates", ",20240116,1", "gtfs-row-without-id"),
        ("calendar_dates", "school,20240116,1", "gtfs-day-contradicted"),
        ("calendar_dates", "school,20240132,1", "gtfs-value-unreadable"),
        ("calendar_dates", "school,20240116,3", "gtfs-value-unreadable"),
    ],
)
def test_a_doubtful_row_is_told_and_the_rest_is_read(
    tmp_path: Path, table: str, row: str, code: str
) -> None:
    """One bad row at the end of a sound feed is one finding of that kind; other trips are there."""
    network, findings = read_changed(tmp_path, **{table: f"{TABLES[table]}{row}\n"})
    assert codes(findings) == [code]
    assert {"bus-2", "train-1"} <= set(network.trips.ids)
    assert findings[0].where.source == "feed"
    assert findings[0].advice


def test_ten_thousand_bad_rows_are_one_finding(tmp_path: Path) -> None:
    """Findings of one kind and file are one, with their number and the first line."""
    many = "".join(f"ghost-{n},10:00:00,10:00:00,mairie,1\n" for n in range(10_000))
    _, findings = read_changed(tmp_path, stop_times=TABLES["stop_times"] + many)
    (told,) = findings
    assert "10\u202f000" in told.message
    assert told.where.line == len(TABLES["stop_times"].splitlines()) + 1
    assert told.value == "ghost-0, ghost-1, ghost-2"


def test_a_feed_without_a_usable_trip_says_so(tmp_path: Path) -> None:
    """When nothing is left the feed is refused, and the sentence says why."""
    with pytest.raises(UnusableFile, match=r"aucune course .* d'une ligne absente de routes\.txt"):
        read_changed(tmp_path, routes=TABLES["routes"].splitlines()[0] + "\n")


def test_random_bytes_in_any_table_never_crash(tmp_path: Path) -> None:
    """Any table may be spoilt anywhere: findings or UnusableFile, never another error."""
    draw = random.Random(7)
    names = sorted(TABLES)
    for turn in range(200):
        name = draw.choice(names)
        spoilt = bytearray(TABLES[name].encode())
        for _ in range(draw.randint(1, 12)):
            spoilt[draw.randrange(len(spoilt))] = draw.choice(b'",\n\r\x00\xff0-:9a ')
        try:
            network, _ = read_changed(tmp_path / str(turn), **{name: bytes(spoilt)})
        except UnusableFile:
            continue
        assert len(network.trips.ids) == len(network.trips.first_call) - 1


def test_crc_and_compression_errors_name_the_file(tmp_path: Path) -> None:
    """A member whose bytes are not those that were zipped is refused by its name."""
    path = zip_feed(write_feed(tmp_path / "feed"))
    crc = zlib.crc32(TABLES["stop_times"].encode()).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(crc, bytes(4)))
    with pytest.raises(UnusableFile, match=r"stop_times\.txt"):
        read_gtfs(path)


def test_a_feed_most_of_whose_trips_have_no_times_is_told_as_such(tmp_path: Path) -> None:
    """What is left of it tells nothing of what runs: an error, where a few would be a warning."""
    empty = "".join(f"20,school,x{number},,\n" for number in range(20))
    network, findings = read_changed(tmp_path, trips=f"{TABLES['trips']}{empty}")
    assert codes(findings) == ["timetable-mostly-without-ride"]
    assert findings[0].severity is Severity.ERROR
    assert {"bus-1", "bus-2", "train-1"} <= set(network.trips.ids)
