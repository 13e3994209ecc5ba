"""``maillage access`` from the terminal: times, visits and isochrones; what bad files are told."""

from __future__ import annotations

import csv
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.access.feeds import TABLES, write_feed, zip_feed
from tests.cli.conftest import Run, Said
from tests.engines.filosofi_sample import Told, write_csv
from tests.engines.home_samples import Quarter, write_contours
from tests.engines.streets_town import SOUTH, WEST, grid_town
from tests.squares import square

from maillage.cli.main import main
from maillage.kernel.geometry import Point

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)
HOMES = """id,lon,lat,population
mairie,2.6400,50.5302,120
loin,2.6401,50.6300,10
"""
PLACES = """id,nom,lon,lat,horaires,services,typologie
ccas,CCAS,2.6500,50.5100,"Mo-Fr 09:00-12:00",Aide aux démarches administratives,CCAS
bib,Bibliothèque,2.6400,50.5310,sur rendez-vous,Aide aux démarches administratives,BIB
"""
RETURN = """retour,10:30:00,10:30:00,hopital,1
retour,10:45:00,10:45:00,mairie,2
"""
WEEK = ("--week", "2024-01-15", "--departement", "62")
THURSDAY = "2024-01-18T07:45"

Ask = Callable[..., Said]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give a way to run ``maillage access`` in a folder that holds homes, places and a feed."""
    for name in ("MAILLAGE_MIRROR", "MAILLAGE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MAILLAGE_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "homes.csv").write_text(HOMES, encoding="utf-8")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    trips = TABLES["trips"] + "20,school,retour,Mairie,1\n"
    times = TABLES["stop_times"] + RETURN
    feed = write_feed(tmp_path / "bus", trips=trips, stop_times=times)
    zip_feed(feed).rename(folder / "bus.zip")

    def launch(*words: str) -> Said:
        before = {path.name for path in folder.iterdir()}
        quiet = [] if words[0] == "calibrate" else ["--quiet"]  # it is done at once
        argv = ["maillage", "access", *words, "--on", "2026-11-22", *quiet]
        monkeypatch.setattr(sys, "argv", argv)
        with pytest.raises(SystemExit) as done:
            main()
        told = capsys.readouterr()
        code = done.value.code if isinstance(done.value.code, int) else 0
        assert "Traceback" not in told.err
        if code:
            assert {path.name for path in folder.iterdir()} == before, "half written"
            assert (told.out, told.err.count("Erreur")) == ("", 1)
        return Said(code, told.out, told.err)

    return launch


def rows(name: str) -> list[dict[str, str]]:
    """Read a CSV of the present folder."""
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answer(said: Said) -> dict[str, Any]:
    """Return a JSON answer, once it is what the schema says."""
    assert (said.code, said.err) == (0, "")
    document: dict[str, Any] = json.loads(said.out)
    jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
    return document


MATRIX = ("matrix", "--origins", "homes.csv", "--destinations", "places.csv", "--out", "t.csv")
TRANSIT = (*MATRIX, "--mode", "transit", "--gtfs", "bus.zip", "--depart", THURSDAY)
VISITS = ("visits", "--homes", "homes.csv", "--places", "places.csv", *WEEK, "--out", "v.csv")


def test_times_on_foot_without_streets(ask: Ask) -> None:
    """Straight lines give every pair a time, and the screen says what they stand on."""
    said = ask(*MATRIX)
    assert said.code == 0
    assert "vol d'oiseau" in said.out
    found = {(row["from_id"], row["to_id"]): row["minutes"] for row in rows("t.csv")}
    assert set(found) == {(h, p) for h in ("mairie", "loin") for p in ("ccas", "bib")}
    assert float(found["mairie", "bib"]) < 2.0 < float(found["mairie", "ccas"])


def test_times_by_bus(ask: Ask) -> None:
    """One waits for the 8:00 bus and is there at 8:15; the answer is what the schema says."""
    document = answer(ask(*TRANSIT, "--json"))
    found = {(row["from_id"], row["to_id"]): row["minutes"] for row in rows("t.csv")}
    assert found["mairie", "ccas"] == "30.0"
    assert document["command"] == "access matrix"
    assert (document["result"]["day"], document["result"]["n_pairs"]) == ("2024-01-18", 4)
    assert any("bus" in sentence for sentence in document["result"]["how"])


def test_over_a_window_the_wait_is_the_usual_one(ask: Ask) -> None:
    """The median of an hour is neither the luckiest nor the unluckiest departure."""
    found = []
    for words in ((), ("--window", "60")):
        assert ask(*TRANSIT, *words).code == 0
        found.append(float(rows("t.csv")[0]["minutes"]))
    assert 15.0 < found[0] < found[1] < 46.0


def test_times_are_tables_and_maps(ask: Ask) -> None:
    """The CSV has three columns and no more; GeoJSON and GeoParquet hold the same pairs."""
    for name in ("t.csv", "t.geojson", "t.parquet"):
        assert ask(*MATRIX, "--out", name).code == 0
    import pyarrow.parquet as pq

    table = rows("t.csv")
    assert list(table[0]) == ["from_id", "to_id", "minutes"]
    features = json.loads(Path("t.geojson").read_bytes())["features"]
    assert {f["geometry"]["type"] for f in features} == {"LineString"}
    lines = [(f["properties"]["from_id"], f["properties"]["minutes"]) for f in features]
    assert lines == [(row["from_id"], float(row["minutes"])) for row in table]
    assert pq.read_table("t.parquet").column("minutes").to_pylist() == [one for _, one in lines]


def test_a_day_that_no_timetable_covers_is_told(ask: Ask) -> None:
    """The nearest week is read; the sentence and a finding say it."""
    document = answer(ask(*TRANSIT, "--depart", "2026-11-24T07:45", "--json"))
    assert "timetable-calendar-over" in {one["code"] for one in document["findings"]}
    assert any("la plus proche" in sentence for sentence in document["result"]["how"])


def test_visits_by_bus_and_on_foot(ask: Ask) -> None:
    """Told hours are certain; "sur rendez-vous" is possible only, a finding, and counted untold."""
    document = answer(ask(*VISITS, "--gtfs", "bus.zip", "--json"))
    assert "hours-by-appointment" in {one["code"] for one in document["findings"]}
    result = document["result"]
    assert result["unknown_hours"] == {"n_lieux": 2, "lieux": ["bib"]}
    assert result["days"][0] == "2024-01-15"
    shares = result["without_any_visit"]
    assert set(shares) == {"comptoir", "accompagnement", "atelier"}
    assert shares["comptoir"]["possible_low"] == pytest.approx(10 / 130)
    near = next(row for row in rows("v.csv") if row["home_id"] == "mairie")
    assert 0 < int(near["half_days_certain"]) < int(near["half_days_possible"])
    far = next(row for row in rows("v.csv") if row["home_id"] == "loin")
    assert (far["half_days_possible"], far["leave"]) == ("0", "")
    assert far["why"]


def test_visits_where_a_bus_is_missing(ask: Ask) -> None:
    """A supposed bus widens the figures, and the screen tells between what and what."""
    said = ask(*VISITS, "--bus-missing", "--out", "v.geojson")
    assert said.code == 0
    assert "Borne haute" in said.out
    assert "selon ce qui n'est pas connu" in said.out
    features = json.loads(Path("v.geojson").read_bytes())["features"]
    highs = {f["properties"]["half_days_possible_high"] for f in features}
    assert max(highs) > 0
    assert all(
        f["properties"]["half_days_possible"] <= f["properties"]["half_days_possible_high"]
        for f in features
    )


@pytest.mark.parametrize("mode", ["walk", "bicycle", "car"])
def test_visits_by_one_mode(ask: Ask, mode: str) -> None:
    """By one mode nothing else counts: the sentence names it and no timetable."""
    document = answer(ask(*VISITS, "--mode", mode, "--json"))
    assert not any("Horaires «" in sentence for sentence in document["result"]["how"])
    near = next(row for row in rows("v.csv") if row["home_id"] == "mairie")
    assert int(near["half_days_possible"]) > 0


def test_people_of_polygons_and_of_tiles(ask: Ask) -> None:
    """Polygons are spread over points; INSEE's tiles are known by their columns, and cut."""
    rows = [Quarter("620000101", square(Point(2.64, 50.53), 1.0), "40")]
    write_contours(Path("iris.geojson"), rows, projected=False)
    document = answer(ask(*VISITS, "--homes", "iris.geojson", "--json"))
    assert any("répartis également" in sentence for sentence in document["result"]["how"])
    told = [float(row["people"]) for row in rows_of_any_service()]
    assert len(told) > 1
    assert sum(told) == pytest.approx(40.0, abs=0.1)
    write_csv(Path("carreaux.csv"), 2019, [Told("CRS3035RES200mN3073600E3799600", "62119")])
    document = answer(ask(*VISITS, "--homes", "carreaux.csv", "--json"))
    assert [one["code"] for one in document["findings"]].count("tiles-cut") == 1
    assert any("Filosofi" in sentence for sentence in document["result"]["how"])


def rows_of_any_service() -> list[dict[str, str]]:
    """Return the rows of visits at the counter, for any service."""
    every = rows("v.csv")
    return [row for row in every if (row["service"], row["visit"]) == ("*", "comptoir")]


def test_formats_follow_the_name(ask: Ask) -> None:
    """GeoParquet, GeoJSON and CSV hold as many rows."""
    for name in ("v.csv", "v.geojson", "v.parquet"):
        assert ask(*VISITS, "--out", name).code == 0
    import pyarrow.parquet as pq

    n_rows = len(rows("v.csv"))
    assert n_rows == 2 * 2 * 3  # homes, services (and any of them), kinds of visit
    assert len(json.loads(Path("v.geojson").read_bytes())["features"]) == n_rows
    assert pq.read_table("v.parquet").num_rows == n_rows


def test_the_same_files_give_the_same_bytes(ask: Ask) -> None:
    """Asked twice, nothing differs."""
    made = []
    for _ in range(2):
        assert ask(*VISITS, "--gtfs", "bus.zip", "--out", "v.geojson").code == 0
        made.append(Path("v.geojson").read_bytes())
    assert made[0] == made[1]


def test_points_outside_the_streets_are_told(ask: Ask) -> None:
    """Isochrones and times along streets: a point far from any has none, and a finding says so."""
    grid_town(1).write(Path("ville.osm.pbf"))
    near, far = (WEST + 0.005, SOUTH + 0.004), (WEST + 0.02, SOUTH + 0.02)
    text = "id,lon,lat\n" + "".join(
        f"{name},{lon},{lat}\n" for name, (lon, lat) in (("ici", near), ("loin", far))
    )
    Path("points.csv").write_text(text, encoding="utf-8")
    words = ("--osm", "ville.osm.pbf", "--origins", "points.csv", "--minutes", "5")
    document = answer(ask("isochrones", *words, "--minutes", "9", "--json"))
    assert document["result"]["n_contours"] == 2
    assert [(f["code"], f["subject"]) for f in document["findings"]] == [
        ("streets-little-covered", ""),
        ("far-from-streets", "loin"),
    ]
    features = json.loads(Path("isochrones.geojson").read_bytes())["features"]
    assert [f["properties"]["minutes"] for f in features] == [5.0, 9.0]
    said = ask(*MATRIX, *words[:4], "--destinations", "points.csv", "--mode", "bicycle")
    assert (said.code, said.out.count("loin")) == (0, 1)
    assert [row["minutes"] != "" for row in rows("t.csv")] == [True, False, False, False]
    other = ask(*MATRIX, *words[:4], "--destinations", "points.csv", "--engine", "cafein")
    assert (other.code, other.out.count("loin"), "moteur cafein" in other.out) == (0, 1, True)
    assert [row["minutes"] != "" for row in rows("t.csv")] == [True, False, False, False]


def test_streets_of_two_extracts_are_one(ask: Ask) -> None:
    """With --osm twice, times are those of one extract that holds the streets of both."""
    town = grid_town(1)
    town.write(Path("ville.osm.pbf"))
    town.part(1, 70).write(Path("ouest.osm.pbf"))
    town.part(50, len(town.ways)).write(Path("est.osm.pbf"))
    places = [(WEST + 0.002 * at, SOUTH + 0.001 * at) for at in range(6)]
    lines = [f"{at},{lon},{lat}\n" for at, (lon, lat) in enumerate(places)]
    Path("points.csv").write_text("id,lon,lat\n" + "".join(lines), encoding="utf-8")
    ends = ("--origins", "points.csv", "--destinations", "points.csv")
    told = []
    for osm in (("ville",), ("ouest", "est"), ("est",)):
        words = [word for name in osm for word in ("--osm", f"{name}.osm.pbf")]
        assert ask(*MATRIX, *ends, *words).code == 0
        told.append([row["minutes"] for row in rows("t.csv")])
    assert told[0] == told[1] != told[2]


def test_the_other_answers_are_what_the_schema_says(ask: Ask) -> None:
    """Losses and calibration answer programs as they are documented to."""
    files = ("--homes", "homes.csv", "--places", "places.csv", *WEEK, "--gtfs", "bus.zip")
    document = answer(ask("losses", *files, "--line", "20", "--out", "p.csv", "--json"))
    assert {one["id"] for one in document["result"]["lieux"]} == {"ccas", "bib"}
    assert len(document["result"]["lines"]) == 3  # one for each kind of visit
    assert ask(*MATRIX, "--mode", "car").code == 0
    ends = ("--origins", "homes.csv", "--destinations", "places.csv", "--mode", "car")
    document = answer(ask("calibrate", "--times", "t.csv", *ends, "--json"))
    fit = document["result"]["fit"]
    assert fit is None or fit["mode"] == "car"


def _bomb(path: Path) -> None:
    """Write a timetable that swells a thousandfold."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("stops", "trips", "routes", "calendar"):
            archive.writestr(f"{name}.txt", "a,b\n")
        archive.writestr("stop_times.txt", bytes(64 << 20))


def _missing(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n")


def _cut(path: Path) -> None:
    whole = grid_town(1).write(path.with_name("whole.osm.pbf"))
    path.write_bytes(whole.read_bytes()[:-200])
    whole.unlink()


@pytest.mark.parametrize(
    ("name", "make", "words", "told"),
    [
        ("x.osm.pbf", lambda p: p.write_bytes(b"\x00\xffpbf" * 99), ("--osm",), "OpenStreetMap"),
        ("cut.osm.pbf", _cut, ("--osm",), "OpenStreetMap"),
        ("empty.osm.pbf", lambda p: p.write_bytes(b""), ("--osm",), "OpenStreetMap"),
        ("bomb.zip", _bomb, ("--mode", "transit", "--depart", THURSDAY, "--gtfs"), "bombe"),
        ("trous.zip", _missing, ("--mode", "transit", "--depart", THURSDAY, "--gtfs"), "trips.txt"),
        (
            "x.zip", lambda p: p.write_bytes(b"horaires"),
            ("--mode", "transit", "--depart", THURSDAY, "--gtfs"), "GTFS",
        ),
        ("noms.csv", lambda p: p.write_text("id,nom\n1,a\n"), ("--origins",), "lon"),
        ("vide.csv", lambda p: p.write_text("id,lon,lat\n1,,\n"), ("--origins",), "aucun point"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_one_sentence(
    ask: Ask, name: str, make: Callable[[Path], object], words: tuple[str, ...], told: str
) -> None:
    """Streets, timetables or points that cannot be read: exit code 3, the file and the reason."""
    make(Path(name))
    said = ask(*MATRIX, *words, name)
    assert said.code == 3
    assert len(said.err.splitlines()) == 1
    assert name in said.err
    assert told in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*MATRIX, "--mode", "transit", "--depart", THURSDAY), "--gtfs"),
        ((*MATRIX, "--mode", "transit", "--gtfs", "bus.zip"), "--depart"),
        ((*TRANSIT, "--depart", "demain"), "2024-01-16T08:30"),
        ((*TRANSIT, "--depart", "2024-02-30T08:30"), "2024-02-30"),
        ((*MATRIX, "--out", "temps.xlsx"), ".parquet"),
        ((*VISITS, "--out", "visites.shp"), ".parquet"),
        ((*VISITS, "--week", "lundi"), "n'est pas une date"),
        ((*VISITS, "--departement", "99"), "département"),
        ((*VISITS, "--mode", "car", "--bus-missing"), "--bus-missing"),
        ((*VISITS, "--mode", "car", "--reduced-mobility"), "--reduced-mobility"),
        (("isochrones", "--origins", "homes.csv"), "--osm"),
        ((*MATRIX, "--engine", "cafein"), "--osm"),
        ((*MATRIX, "--origins", "absent.csv"), "absent.csv"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_misused_command_says_what_is_wanted(ask: Ask, words: tuple[str, ...], told: str) -> None:
    """What is lacking or cannot be understood is named, in French: exit code 2."""
    said = ask(*words)
    assert said.code == 2
    assert told in said.err
    assert "Utilisation" in said.err


def test_homes_need_a_weight(ask: Ask) -> None:
    """Shares of people need people: a file without any column of weights cannot be used."""
    said = ask(*VISITS, "--homes", "places.csv")
    assert said.code == 3
    assert "population" in said.err


def test_a_place_that_cannot_be_written_is_told_before_the_work(ask: Ask) -> None:
    """A file stands where a folder is wanted: exit code 9, and no streets were read for nothing."""
    Path("occupe").write_text("x", encoding="utf-8")
    Path("faux.osm.pbf").write_bytes(b"nothing")
    said = ask(*MATRIX, "--out", "occupe/t.csv", "--osm", "faux.osm.pbf")
    assert said.code == 9
    assert "occupe" in said.err


def test_doubtful_points_are_told_and_the_others_count(ask: Ask) -> None:
    """One unreadable, one told twice, one without weight: three findings, a partial result."""
    text = HOMES + "nord,x,50.5,10\nmairie,2.65,50.53,1\nvide,2.65,50.53,beaucoup\n"
    Path("homes.csv").write_text(text, encoding="utf-8")
    document = answer(ask(*VISITS, "--json"))
    codes = [one["code"] for one in document["findings"]]
    assert {"point-unreadable", "point-twice", "weight-unreadable"} <= set(codes)
    assert len(codes) == len(set(codes))
    assert document["result"]["n_homes"] == 2


def test_help_is_quick_and_french(run: Run) -> None:
    """Each command has its help, with an example, without loading any engine."""
    for command in ("matrix", "visits", "isochrones"):
        said = run("access", command, "--help")
        assert (said.code, said.err) == (0, "")
        assert f"maillage access {command}" in said.out
        assert "Exemple" in said.out


@pytest.mark.mirror
def test_nantes_end_to_end(ask: Ask, mirror: Path) -> None:
    """Real streets, a real timetable and real places: a table, visits and isochrones."""
    osm = ("--osm", str(mirror / "osm" / "nantes_subset.osm.pbf"))
    gtfs = ("--gtfs", str(mirror / "gtfs" / "nantes-tan-2014.zip"))
    places = mirror / "osm" / "nantes-lieux-publics.csv"
    given = list(csv.reader(places.read_text(encoding="utf-8").splitlines()))
    lines = [["id", "population", *given[0]]]
    lines += [[str(n), "10", *row] for n, row in enumerate(given[1:], 1)]
    with Path("points.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    ends = ("--origins", "points.csv", "--destinations", "points.csv", "--out", "t.csv")
    found = {}
    day = ("--depart", "2014-11-18T08:30", "--window", "30")
    for mode, more in (("walk", ()), ("transit", (*gtfs, *day))):
        document = answer(ask("matrix", *osm, *more, *ends, "--mode", mode, "--json"))
        assert document["result"]["n_pairs"] > 400
        found[mode] = [float(row["minutes"] or "inf") for row in rows("t.csv")]
    pairs = list(zip(found["transit"], found["walk"], strict=True))
    farthest = 45.0  # minutes, as far as one walks all the way where there are buses
    assert all(on_foot < float("inf") for _, on_foot in pairs)
    assert all(by_bus <= on_foot + 0.1 for by_bus, on_foot in pairs if on_foot < farthest)
    assert any(by_bus < on_foot - 5.0 for by_bus, on_foot in pairs)
    visits = ("visits", "--homes", "points.csv", "--places", "points.csv", "--week", "2014-11-18")
    document = answer(ask(*visits, *osm, *gtfs, "--departement", "44", "--out", "v.csv", "--json"))
    assert document["result"]["without_any_visit"]["comptoir"]["certain_low"] == 1.0
    assert document["result"]["without_any_visit"]["comptoir"]["possible_low"] == 0.0
