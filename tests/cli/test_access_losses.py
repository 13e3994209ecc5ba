"""``maillage access losses``: a small town, its only bus, and what either's end would take."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.access.feeds import write_feed
from tests.cli.conftest import Run

STOPS = """stop_id,stop_name,stop_lat,stop_lon
mairie,Mairie,50.5300,2.6400
hopital,Hôpital,50.4300,2.6500
"""
STOP_TIMES = """trip_id,arrival_time,departure_time,stop_id,stop_sequence
bus-1,09:00:00,09:00:00,mairie,1
bus-1,09:20:00,09:20:00,hopital,2
bus-2,10:30:00,10:30:00,hopital,1
bus-2,10:50:00,10:50:00,mairie,2
"""
TRIPS = """route_id,service_id,trip_id
20,school,bus-1
20,school,bus-2
"""
ROUTES = """route_id,agency_id,route_short_name,route_long_name,route_type
20,A,20,Mairie - Hôpital,3
30,A,30,Sans course,3
"""
HOMES = """id,lon,lat,population,fragile
bourg,2.6401,50.5301,100,10
hameau,2.6501,50.4301,20,0
"""
PLACES = """id,nom,lon,lat,horaires
hopital,Hôpital,2.6500,50.4300,"Mo,We 09:00-12:00"
mairie,Mairie,2.6400,50.5300,"We 09:00-12:00"
"""
ASKED = ("--homes", "habitants.csv", "--places", "lieux.csv", "--week", "2024-01-17")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Write the town's files in the folder where commands run."""
    write_feed(
        tmp_path / "bus",
        stops=STOPS,
        stop_times=STOP_TIMES,
        trips=TRIPS,
        routes=ROUTES,
    )
    (tmp_path / "habitants.csv").write_text(HOMES, encoding="utf-8")
    (tmp_path / "lieux.csv").write_text(PLACES, encoding="utf-8")
    return tmp_path


def rows_of(town: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Return the rows of a short visit, of any service and told hours, by what would end."""
    with (town / "pertes.csv").open(encoding="utf-8") as lines:
        return {
            (row["what"], row["id"]): row
            for row in csv.DictReader(lines)
            if (row["visit"], row["service"], row["certainty"]) == ("comptoir", "*", "certain")
        }


def test_lieux_and_a_line_are_told(run: Run, town: Path) -> None:
    """The hospital takes all from the hamlet; the bus takes Monday from the town, no visit more."""
    said = run("access", "losses", "--gtfs", "bus", *ASKED, "--line", "20", "--line", "30")
    assert said.code == 0, said.err
    rows = rows_of(town)
    assert set(rows) == {
        ("lieu", "hopital"),
        ("lieu", "mairie"),
        ("line", "20"),
        ("line", "30"),
    }

    def lost(what: str, name: str) -> list[str]:
        row = rows[what, name]
        return [row[key] for key in ("people_without", "people_fewer", "half_days")]

    # the town has Monday by bus and Wednesday at home; the hamlet both at the hospital's door
    assert lost("lieu", "hopital") == ["20", "100", "140"]
    assert lost("lieu", "mairie") == ["0", "0", "0"]
    assert lost("line", "20") == ["0", "100", "100"]
    assert lost("line", "30") == ["0", "0", "0"]
    assert rows["line", "20"]["name"] == "20 Mairie - Hôpital"
    assert rows["lieu", "hopital"]["fragile_fewer"] == "10"
    assert "Si ce lieu ferme" in said.out
    assert "Hôpital" in said.out
    assert "vol d'oiseau" in said.out


def test_without_a_timetable_lieux_alone_are_told(run: Run, town: Path) -> None:
    """On foot, each place is its neighbours' alone; one JSON answer says the same as the table."""
    said = run("access", "losses", *ASKED, "--json")
    assert said.code == 0, said.err
    result = json.loads(said.out)["result"]
    short = {one["id"]: one for one in result["lieux"] if one["visit"] == "comptoir"}
    assert (short["hopital"]["people_without"], result["lines"]) == (20.0, [])
    rows = rows_of(town)
    assert set(rows) == {("lieu", "hopital"), ("lieu", "mairie")}
    assert rows["lieu", "hopital"]["people_without"] == "20"
    assert rows["lieu", "mairie"]["people_without"] == "100"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--gtfs", "bus", "--line", "99"), "La ligne « 99 » n'est pas dans ces horaires"),
        (("--line", "20"), "demande des horaires"),
    ],
)
def test_a_line_that_is_not_there_is_told(
    run: Run, town: Path, words: tuple[str, ...], told: str
) -> None:
    """A line without a timetable, or in none, is a usage error, and nothing is written."""
    said = run("access", "losses", *ASKED, *words)
    assert said.code == 2
    assert told in " ".join(said.err.replace("│", " ").split())
    assert not (town / "pertes.csv").exists()
