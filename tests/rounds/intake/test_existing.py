"""Rounds that run already: found in a directory, or given as a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import BETHUNE, Place, east_of, make_directory
from tests.directory.places import PARAMETERS, told
from tests.jobs.building import directory_of
from tests.rounds.months import TERRITORY_7

from maillage.directory.assemble import assemble
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.model import Directory
from maillage.kernel.errors import UnusableFile
from maillage.rounds.intake.existing import rounds_of_directory
from maillage.rounds.intake.given_round import read_round

MONTH = tuple(dt.date(2027, 1, 4) + dt.timedelta(days=n) for n in range(28))


def bus(
    record_id: str, commune: str, code: str, phone: str | None, **told_of: object
) -> SourcedRecord:
    """Return the record of a mobile stop on the square of a commune."""
    fields: dict[str, object] = {
        "nom": f"PIMMS Mobile {commune}",
        "adresse": "Place de la Mairie",
        "latitude": None,
    }
    fields |= {"longitude": None, "commune": commune, "code_insee": code, "telephone": phone}
    source = str(told_of.pop("source", "portrea"))
    return told(record_id, source, **{**fields, **told_of})


def assembled(*records: SourcedRecord) -> Directory:
    """Return the directory of records."""
    return assemble(records, TERRITORY_7, PARAMETERS).directory


def test_stops_of_one_bus_are_one_round() -> None:
    """Stops named alike are one operator's, whatever their phone; a place that stands is none."""
    directory = assembled(
        bus("1", "Ames", "62028", "+33321615000"),
        bus("2", "Lillers", "62516", "+33391806223"),
        told("3", nom="Mairie d'Auchel", commune="Auchel", code_insee="62048"),
    )
    (one,) = rounds_of_directory(directory)
    assert one.operator == "PIMMS Mobile"
    assert {stop.commune for stop in one.stops} == {"Ames", "Lillers"}
    assert one.stops == tuple(sorted(one.stops, key=lambda stop: stop.id))


def test_structures_that_share_a_phone_are_one_operator() -> None:
    """Two names of one number are one round; the number told most often is its own."""
    phone = "+33321615000"
    directory = assembled(
        bus("1", "Ames", "62028", phone),
        bus("2", "Lillers", "62516", phone, nom="Bus du PIMMS Lillers", source="hub"),
        bus("3", "Auchel", "62048", "+33321610001", nom="Camion Emploi Auchel"),
    )
    pimms, lorry = rounds_of_directory(directory)
    assert (len(pimms.stops), pimms.telephone, len(lorry.stops)) == (2, phone, 1)
    codes = [finding.code for finding in lorry.findings]
    assert "round-of-one-stop" in codes


def test_hours_that_nobody_publishes_are_a_finding() -> None:
    """How many stops say no hours is told once a round; a stop with hours counts its minutes."""
    directory = assembled(
        bus("1", "Ames", "62028", None, horaires="Tu 09:00-11:00"),
        bus("2", "Lillers", "62516", None),
    )
    (one,) = rounds_of_directory(directory)
    silent = [f for f in one.findings if f.code == "round-without-hours"]
    assert [f.message for f in silent] == [
        "Arrêts sans horaires publiés dans la tournée « PIMMS Mobile » : 1 sur 2."
    ]
    assert {stop.commune: stop.minutes_on(MONTH) for stop in one.stops} == {
        "Ames": 4 * 120,
        "Lillers": None,
    }
    assert len(one.venues()) == 2


def test_an_office_is_no_stop_of_the_bus() -> None:
    """Where its structure has a desk that stays, the bus is not said to stop: a finding tells it.

    A bus that is known at its office alone keeps it: better one place than none.
    """
    phone = "+33321615000"
    stops = (bus("1", "Ames", "62028", phone), bus("2", "Lillers", "62516", phone))
    for records, communes in ((stops, {"Ames"}), (stops[1:], {"Lillers"})):
        directory = assembled(*records)
        lieux = {lieu.id: lieu.commune for lieu in directory.lieux}
        (moving,) = (p for p in directory.permanences if lieux[p.lieu_id] == "Lillers")
        desk = replace(moving, id="permanence-bureaux", itinerant=False)
        (one,) = rounds_of_directory(replace(directory, permanences=(*directory.permanences, desk)))
        assert {stop.commune for stop in one.stops} == communes
        told = [f.message for f in one.findings if f.code == "round-office"]
        assert len(told) == len(records) - 1
        assert all("PIMMS Mobile Lillers" in message for message in told)


def test_an_adopted_plan_is_the_round_whatever_others_still_tell() -> None:
    """Its stops alone are the round; how many others still tell of is a finding."""
    phone = "+33321615000"
    directory = assembled(
        bus("1", "Ames", "62028", phone, source="tournee-pimms"),
        bus("2", "Lillers", "62516", phone),
        bus("3", "Auchel", "62048", phone),
    )
    (one,) = rounds_of_directory(directory)
    assert {stop.commune for stop in one.stops} == {"Ames"}
    (left,) = (f.message for f in one.findings if f.code == "round-stops-left")
    assert "2\u00a0arrêts" in left


def test_a_neighbours_bus_is_not_ours() -> None:
    """A stop outside the territory is no stop of its rounds."""
    place = Place(east_of(BETHUNE, 1.0), itinerant=True, in_territory=False)
    assert rounds_of_directory(make_directory(place)) == ()


def given(folder: Path, text: str) -> Path:
    """Return the path of a table of that text."""
    path = folder / "tournee.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_table_gives_stops_and_their_hours(tmp_path: Path) -> None:
    """Lines of one stop are put together: dates, weekdays, and weeks that are even or odd."""
    path = given(
        tmp_path,
        "Arrêt;Commune;Date;Jour;Parité;Début;Fin;lon;lat\n"
        "Place;Lillers;2027-01-05;;;9:30;11:30;2.48;50.56\n"
        "Place;LILLERS;;jeudi;paire;14h;16h;2.48;50.56\n"
        "Mairie;62028;;;;;;;\n",
    )
    one = read_round(path, "Bus", TERRITORY_7)
    by_commune = {stop.commune: stop for stop in one.stops}
    lillers, ames = by_commune["Lillers"], by_commune["Ames"]
    assert lillers.horaires == "2027 Jan 05 09:30-11:30, week 02-52/2 Th 14:00-16:00"
    assert lillers.minutes_on(MONTH) == 120 + 2 * 120
    assert (ames.horaires, ames.point) == (None, TERRITORY_7.zones[0].point)
    assert [f.code for f in one.findings] == ["round-stop-without-point"]


def test_the_order_of_lines_changes_nothing(tmp_path: Path) -> None:
    """The same lines in another order are the same stops."""
    head, *lines = (
        "arret,commune,jour,debut,fin",
        "Place,Lillers,mardi,9:00,11:00",
        "Place,Lillers,jeudi,9:00,11:00",
        "Mairie,Ames,lundi,9:00,11:00",
    )
    forth = read_round(given(tmp_path, "\n".join([head, *lines])), "Bus", TERRITORY_7)
    back = read_round(given(tmp_path, "\n".join([head, *lines[::-1]])), "Bus", TERRITORY_7)
    assert forth.stops == back.stops


def test_doubtful_lines_are_findings(tmp_path: Path) -> None:
    """A commune that is not ours is left out; a time that is not understood leaves the stop."""
    path = given(
        tmp_path,
        "arret,commune,jour,debut,fin\nPlace,Lens,mardi,9:00,11:00\nPlace,Ames,mardi,11:00,9:00\n",
    )
    one = read_round(path, "Bus", TERRITORY_7)
    assert [stop.horaires for stop in one.stops] == [None]
    codes = {finding.code for finding in one.findings}
    assert {"round-stop-elsewhere", "round-time-unreadable"} <= codes


def test_a_table_without_stops_cannot_be_used(tmp_path: Path) -> None:
    """No column of communes, or no stop of the territory: one error."""
    with pytest.raises(UnusableFile, match="colonne « commune »"):
        read_round(given(tmp_path, "arret,jour\nPlace,mardi\n"), "Bus", TERRITORY_7)
    with pytest.raises(UnusableFile, match="aucun arrêt"):
        read_round(given(tmp_path, "arret,commune\nPlace,Lens\n"), "Bus", TERRITORY_7)


@pytest.mark.mirror
@pytest.mark.full
def test_the_real_mobile_pimms_is_one_round(mirror: Path) -> None:
    """In CABBALR the stops of the mobile PIMMS are one operator's, none with hours; not its office.

    The hub tells nineteen of them; France Services tells the bus at the door of its office.
    """
    first, *_ = rounds_of_directory(directory_of("200072460", mirror))
    assert first.operator.startswith("PIMMS Mobile")
    assert len(first.stops) == 19
    assert all(stop.horaires is None for stop in first.stops)
    assert "round-office" in [finding.code for finding in first.findings]
