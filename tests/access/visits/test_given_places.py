"""Places that analysts bring: hours, services and typologie as they are told, nothing made up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.builders import DEMARCHES, OUTILS

from maillage.access.visits.calendar import days_of
from maillage.access.visits.given_places import GivenPlaces, read_places
from maillage.access.visits.model import Certainty
from maillage.kernel.errors import UnusableFile
from maillage.kernel.parameters import load_parameters
from maillage.standard import mednum

PARAMETERS = load_parameters(dt.date(2026, 9, 7))
DAYS = days_of(dt.date(2026, 9, 7))
ALL = frozenset(mednum.Service)


def read(folder: Path, text: str) -> GivenPlaces:
    """Read a file of places on the week of Monday 7 September 2026, in the Pas-de-Calais."""
    path = folder / "lieux.csv"
    path.write_text(text, encoding="utf-8")
    return read_places(path, DAYS, "62", PARAMETERS)


def codes(given: GivenPlaces) -> list[tuple[str, str]]:
    """Return the code and the subject of each finding."""
    return [(one.code, one.where.subject) for one in given.findings]


def test_told_hours_are_certain(tmp_path: Path) -> None:
    """A place is open as it says, on every day that it speaks of."""
    given = read(tmp_path, 'id,lon,lat,horaires\na,2.64,50.53,"Mo 09:00-12:00"\n')
    opened = given.presences.opened["a"]
    assert [one.date for one in opened] == list(DAYS)
    assert {one.certainty for one in opened} == {Certainty.CERTAIN}
    assert [one.ranges for one in opened] == [((540, 720),), *[()] * 6]
    assert given.presences.places["a"].tolist() == [2.64, 50.53]


@pytest.mark.parametrize("told", ["", "sur rendez-vous", "ouvert quand il fait beau"])
def test_untold_hours_are_the_usual_ones_and_only_possible(tmp_path: Path, told: str) -> None:
    """No hours, hours by appointment, hours that nobody can read: as its typologie, possible."""
    given = read(tmp_path, f"id,lon,lat,horaires,typologie\na,2.64,50.53,{told},BIB\n")
    opened = given.presences.opened["a"]
    assert {one.certainty for one in opened} == {Certainty.POSSIBLE}
    assert [bool(one.ranges) for one in opened] == [False, True, True, False, True, True, False]
    assert bool(told) == any(subject == "a" for _, subject in codes(given))


def test_places_without_a_column_of_services_give_all(tmp_path: Path) -> None:
    """Where no place tells its services each gives all, and one finding says so."""
    given = read(tmp_path, "id,lon,lat\na,2.64,50.53\nb,2.65,50.53\n")
    assert [one.services for one in given.presences.presences] == [ALL, ALL]
    assert codes(given) == [("places-without-services", "")]


def test_a_place_that_tells_no_service_among_others_gives_none(tmp_path: Path) -> None:
    """What others tell is not lent to it: its offer is not known, and a finding says so."""
    text = f"id,lon,lat,services\na,2.64,50.53,{DEMARCHES.value}|{OUTILS.value}\nb,2.65,50.53,\n"
    given = read(tmp_path, text)
    assert [one.services for one in given.presences.presences] == [
        frozenset({DEMARCHES, OUTILS}),
        frozenset(),
    ]
    assert codes(given) == [("place-services-untold", "b")]


def test_services_that_are_none_of_the_nine_are_not_made_into_all(tmp_path: Path) -> None:
    """A word that nobody knows gives no service; the finding names it."""
    given = read(tmp_path, "id,lon,lat,services\na,2.64,50.53,jardinage\n")
    assert given.presences.presences[0].services == frozenset()
    assert [(one.code, one.value) for one in given.findings] == [("word-unknown", "jardinage")]


def test_names_and_columns_are_known_under_several_names(tmp_path: Path) -> None:
    """Upper case and English headers do; a place without a name bears its id."""
    head = "ID,Longitude,Latitude,Name,Opening_hours\n"
    given = read(tmp_path, f"{head}a,2.64,50.53,CCAS,Mo 09:00-10:00\nb,2.65,50.5,,\n")
    assert dict(given.names) == {"a": "CCAS", "b": "b"}
    assert given.presences.opened["a"][0].certainty is Certainty.CERTAIN


def test_a_file_without_points_cannot_be_used(tmp_path: Path) -> None:
    """No coordinates at all: one error that names the file."""
    with pytest.raises(UnusableFile, match=r"lieux\.csv"):
        read(tmp_path, "id,horaires\na,Mo 09:00-12:00\n")
