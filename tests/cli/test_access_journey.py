"""``maillage access journey``: one person's sheet, on the screen and in files."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from syrupy.assertion import SnapshotAssertion
from tests.access.feeds import TABLES, write_feed
from tests.cli.conftest import Said

from maillage.cli.main import main
from maillage.kernel.french import FIXED

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)
PLACES = """id,nom,lon,lat,horaires,services,typologie,telephone,adresse
ccas,CCAS,2.6500,50.5100,"Mo-Fr 09:00-12:00",Aide aux démarches administratives,CCAS,\
03 21 00 00 00,2 rue de l'Hôpital
bib,Bibliothèque,2.6400,50.5310,sur rendez-vous,Aide aux démarches administratives,BIB,,
"""
HOMES = "id,lon,lat\nmairie,2.6400,50.5302\n"
RETURN = """retour,10:30:00,10:30:00,hopital,1
retour,10:45:00,10:45:00,mairie,2
"""
FROM = ("--from", "2.6400,50.5302", "--places", "places.csv", "--gtfs", "bus", "--on", "2024-01-12")
THURSDAY = ("--day", "2024-01-18", "--departement", "62")

Ask = Callable[..., Said]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give a way to run the command in a folder that holds places, a home and a feed."""
    monkeypatch.setenv("MAILLAGE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("MAILLAGE_DEBUG", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("places.csv").write_text(PLACES, encoding="utf-8")
    Path("homes.csv").write_text(HOMES, encoding="utf-8")
    trips = TABLES["trips"] + "20,school,retour,Mairie,1\n"
    write_feed(tmp_path / "bus", trips=trips, stop_times=TABLES["stop_times"] + RETURN)

    def launch(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["maillage", "access", "journey", *words, "--quiet"])
        with pytest.raises(SystemExit) as done:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Said(int(done.value.code or 0), told.out.replace(FIXED, " "), told.err)

    return launch


def test_the_sheet_is_told(ask: Ask, snapshot: SnapshotAssertion) -> None:
    """A bus at 8:00, the CCAS at 9:00, the bus of 10:30 back: all of it, step by step."""
    said = ask(*FROM, *THURSDAY, "--place", "ccas")
    assert (said.code, said.err) == (0, "")
    assert said.out == snapshot


def test_the_sheet_is_written_as_its_name_asks(ask: Ask) -> None:
    """Page, PDF and text; the screen says where."""
    for name, begins in (("f.html", b"<!doctype"), ("f.pdf", b"%PDF"), ("f.txt", b"Votre trajet")):
        said = ask(*FROM, *THURSDAY, "--out", name)
        assert said.code == 0
        assert name in said.out
        assert Path(name).read_bytes().startswith(begins)


def test_programs_are_answered_as_documented(ask: Ask) -> None:
    """The envelope is what the schema says; the legs are there; a point of a file does as well."""
    said = ask(*FROM, *THURSDAY, "--place", "ccas", "--json")
    document = json.loads(said.out)
    jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
    visit = document["result"]["visit"]
    assert [leg["mode"] for leg in visit["there"]] == ["walk", "transit", "walk"]
    assert visit["place"]["phone"] == "03 21 00 00 00"
    assert document["result"]["file"] is None
    of_file = ask("--homes", "homes.csv", "--id", "mairie", *FROM[2:], *THURSDAY, "--json")
    assert json.loads(of_file.out)["result"]["days"] == ["2024-01-18"]


def test_a_service_is_known_by_the_words_of_the_field(ask: Ask) -> None:
    """The national word, whatever its case; a place that does not give it is not proposed."""
    wanted = ask(*FROM, *THURSDAY, "--service", "aide aux démarches administratives", "--json")
    assert json.loads(wanted.out)["result"]["service"] == "Aide aux démarches administratives"
    nobody = ask(*FROM, *THURSDAY, "--service", "Loisirs et créations numériques")
    assert "Aucun lieu ne rend ce service." in nobody.out


def test_without_a_day_the_next_seven_are_asked(ask: Ask) -> None:
    """From the day after --on; a week leaves out its days that are past, unless all are."""
    days = {}
    for words in ((), ("--week", "2024-01-10"), ("--week", "2024-01-16"), ("--week", "2024-01-02")):
        said = ask(*FROM, *words, "--json")
        days[words] = json.loads(said.out)["result"]["days"]
    assert [(found[0], len(found)) for found in days.values()] == [
        ("2024-01-13", 7),
        ("2024-01-12", 3),
        ("2024-01-15", 7),
        ("2024-01-01", 7),
    ]


def test_a_missing_bus_is_told_to_call(ask: Ask) -> None:
    """Without the feed, and said missing: the hours are unknown, never « aucune visite »."""
    far = ("--from", "2.6400,50.6000", "--places", "places.csv", *THURSDAY, "--on", "2024-01-12")
    said = ask(*far, "--bus-missing", "--place", "ccas")
    assert "Les horaires de bus ne sont pas connus." in said.out
    assert "ucune visite" not in said.out
    assert "ucune visite" in ask(*far, "--place", "ccas").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*FROM, "--from", "ici"), "2.6402,50.5303"),
        ((*FROM, "--from", "50.5,290"), "2.6402,50.5303"),
        (FROM[2:], "--from"),
        ((*FROM, "--homes", "homes.csv", "--id", "mairie"), "--from"),
        ((*FROM[2:], "--homes", "homes.csv"), "--id"),
        ((*FROM[2:], "--homes", "homes.csv", "--id", "x"), "homes.csv"),
        ((*FROM, "--place", "x"), "places.csv"),
        ((*FROM, "--service", "coiffure"), "Loisirs"),
        ((*FROM, "--day", "2024-01-18", "--week", "2024-01-18"), "pas les deux"),
        ((*FROM, "--mode", "car", "--bus-missing"), "--bus-missing"),
        ((*FROM, "--out", "f.doc"), ".html"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_misused_command_says_what_is_wanted(ask: Ask, words: tuple[str, ...], told: str) -> None:
    """What is lacking or cannot be understood is named, in French: exit code 2."""
    said = ask(*words)
    assert said.code == 2
    assert told in said.err


@pytest.mark.mirror
def test_a_real_bus_takes_there_and_back(ask: Ask, mirror: Path) -> None:
    """In Périgueux, from near a terminus: real stops and lines, to a place given here."""
    places = 'id,nom,lon,lat,horaires\nx,Lieu d\'essai,0.7126,45.1870,"Mo-Fr 09:00-17:00"\n'
    Path("places.csv").write_text(places, encoding="utf-8")
    feed = ("--gtfs", str(mirror / "gtfs" / "perigueux-2025-12.zip"), "--departement", "24")
    said = ask(*FROM[2:4], *feed, "--from", "0.7081,45.1363", "--week", "2026-01-12", "--json")
    visit = json.loads(said.out)["result"]["visit"]
    for way in ("there", "back"):
        rides = [leg for leg in visit[way] if leg["mode"] == "transit"]
        assert rides
        assert all(leg["vehicle"] == "bus" and leg["from"] and leg["line"] for leg in rides)
        legs = visit[way]
        assert all(
            one["arrive"] <= then["depart"]
            for one, then in pairwise(legs)
            if then["mode"] == "transit"
        )
    assert visit["there"][-1]["arrive"] <= visit["start"] < visit["end"]
    assert visit["last_return"]["ride"]["depart"] >= visit["back"][1]["depart"]
