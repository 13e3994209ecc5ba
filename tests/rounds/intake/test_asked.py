"""The file of a round: what it may say, what is supposed where it is silent, its mistakes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.rounds.months import PARAMETERS

from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Point
from maillage.rounds.asked import AskedRound, Operator
from maillage.rounds.intake.asked import read_asked
from maillage.rounds.model import Frequency, Range

PRESENT = Operator("PIMMS Mobile", "+33321610000")
WHOLE = """\
format: 1
operateur: {nom: PIMMS Mobile, telephone: 0321615000, siret: 123 456 789 00012}
debut: 2027-01-04
vehicules:
  - nom: Bus A
    depot: {commune: Lillers}
    jours: {mardi: 9:00-17:00, jeudi: 8 h 30 – 12 h}
    absences: [2027-01-12]
    pause: {minutes: 30, commence: "11:30-14:00", apres_minutes: 300}
    conduite_au_plus: 150
  - nom: Bus B
    depot: {lon: 2.5, lat: 50.5}
seance: {minutes: 90, installation: 10, rangement: 5}
frequences: [quinzaine, chaque semaine]
vacances_scolaires: arrêt
seances_au_plus: 20
marches:
  - {commune: Béthune, jour: lundi}
  - {commune: Lillers, jour: samedi, heures: 7h-13h30, arrets: Place Salengro}
arrets:
  - {commune: Auchel, impose: oui, ouvert: {vendredi: [9:00-12:00, 14:00-16:00]}}
  - {commune: Ames, nom: Salle des fêtes, lon: 2.42, lat: 50.54, ferme_vacances: oui}
  - {commune: Amettes, interdit: oui, frequences: mensuelle}
engagements:
  - {vehicule: Bus A, date: 05/01/2027, arret: Auchel, heures: 9:30-11:00}
"""


def read(folder: Path, text: str) -> AskedRound:
    """Return what a file of that text asks."""
    path = folder / "tournee.yaml"
    path.write_text(text, "utf-8")
    return read_asked(path, PARAMETERS, PRESENT)


def test_all_that_may_be_asked_is_read(tmp_path: Path) -> None:
    """Each key says what it says: texts are as written, a phone is no number in base eight."""
    asked = read(tmp_path, WHOLE)
    first, second = asked.vehicles
    assert (asked.operator.name, asked.operator.telephone) == ("PIMMS Mobile", "0321615000")
    assert asked.operator.siret == "12345678900012"
    assert first.shifts == ((1, Range(540, 1020)), (3, Range(510, 720)))
    assert (first.away, first.longest_drive) == (frozenset({dt.date(2027, 1, 12)}), 150)
    assert (first.break_minutes, first.break_window, first.break_after) == (
        30,
        Range(690, 840),
        300,
    )
    assert (first.depot.commune, second.depot.point) == ("Lillers", Point(2.5, 50.5))
    assert (asked.session_minutes, asked.setup_minutes, asked.packing_minutes) == (90, 10, 5)
    assert asked.frequencies == (Frequency.WEEKLY, Frequency.FORTNIGHTLY)
    assert (asked.start, asked.out_in_school_holidays) == (dt.date(2027, 1, 4), False)
    assert asked.most_sessions == 20


def test_markets_stops_and_commitments_are_read(tmp_path: Path) -> None:
    """Markets have their own hours or the usual ones; a stop its windows, forced or forbidden."""
    asked = read(tmp_path, WHOLE)
    assert [(m.weekday, m.taken, m.stops) for m in asked.markets] == [
        (0, Range(360, 840), ()),
        (5, Range(420, 810), ("Place Salengro",)),
    ]
    auchel, ames, amettes = asked.stops
    assert auchel.forced
    assert auchel.windows == ((4, (Range(540, 720), Range(840, 960))),)
    assert (ames.name, ames.point, ames.closed_in_school_holidays) == (
        "Salle des fêtes",
        Point(2.42, 50.54),
        True,
    )
    assert (amettes.forbidden, amettes.frequencies) == (True, (Frequency.MONTHLY,))
    (promise,) = asked.commitments
    assert (promise.vehicle, promise.date) == ("Bus A", dt.date(2027, 1, 5))


def test_what_is_not_told_is_as_the_parameters_say(tmp_path: Path) -> None:
    """A name alone asks for one vehicle, Tuesday to Friday, sessions of two hours."""
    asked = read(tmp_path, "operateur: {nom: Bus}\n")
    (vehicle,) = asked.vehicles
    assert [weekday for weekday, _ in vehicle.shifts] == [1, 2, 3, 4]
    assert {hours for _, hours in vehicle.shifts} == {Range(540, 1020)}
    assert (asked.session_minutes, asked.start, asked.most_sessions) == (120, None, None)


def test_what_a_session_can_receive_is_told_by_session_or_by_hour(tmp_path: Path) -> None:
    """Three people an hour are four and a half in a session of an hour and a half."""
    hour = read(tmp_path, "seance: {minutes: 90, personnes_par_heure: 3}\n")
    assert hour.capacity == 4.5
    assert read(tmp_path, "seance: {personnes: 8}\n").capacity == 8
    assert read(tmp_path, "seance: {minutes: 90}\n").capacity is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("seances: 3\n", "« seances » : cette clé n'est pas connue"),
        ("seance: {minute: 90}\n", "vouliez-vous dire « minutes »"),
        ("seance: {minutes: deux}\n", "« seance.minutes » : écrivez un nombre entier"),
        ("seance: {minutes: 2}\n", "nombre entier de 5"),
        ("seance: {personnes: 0}\n", "nombre entier de 1"),
        ("seance: {personnes: 5, personnes_par_heure: 2}\n", "pas les deux"),
        ("debut: 2027-01-05\n", "commencent un lundi"),
        ("debut: 2027-02-30\n", "écrivez une date"),
        ("vehicules: [{depot: {commune: Lillers}}]\n", "il manque « nom »"),
        ("vehicules: [{nom: A}, {nom: A}]\n", "même nom"),
        ("vehicules: [{nom: A, jours: {mardi: 17:00-9:00}}]\n", "écrivez des heures"),
        ("vehicules: [{nom: A, jours: {demain: 9:00-17:00}}]\n", "pas un jour de la semaine"),
        ("vehicules: [{nom: A, depot: {lon: 2}}]\n", "« lon » et « lat »"),
        ("arrets: [{commune: A, impose: oui, interdit: oui}]\n", "imposé et interdit"),
        ("arrets: [{commune: A, ouvert: {lundi: [9:00-12:00, 11:00-13:00]}}]\n", "chevauchent"),
        ("engagements: [{vehicule: Z, date: 2027-01-05, arret: A, heures: 9:00-10:00}]\n", "Z"),
        ("debut: 2027-01-04\ndebut: 2027-01-11\n", "dite deux fois"),
        ("- a\n- b\n", "clé: valeur"),
        ("operateur: [\n", "pas du YAML"),
        ("", "vide"),
        ("format: 2\n", "format: 1"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_key(tmp_path: Path, text: str, said: str) -> None:
    """What cannot be read stops there, named, in French."""
    with pytest.raises(UnusableFile, match=said):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """No such file, or no text: one sentence."""
    with pytest.raises(UnusableFile, match="n'existe pas"):
        read_asked(tmp_path / "rien.yaml", PARAMETERS, PRESENT)
    (tmp_path / "image.yaml").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(UnusableFile, match="texte lisible"):
        read_asked(tmp_path / "image.yaml", PARAMETERS, PRESENT)


def test_a_file_that_tells_no_operator_leaves_the_present_one(tmp_path: Path) -> None:
    """The bus keeps its name and its phone, which are those of its vehicle by default too."""
    silent, told = read(tmp_path, "seances_au_plus: 4"), read(tmp_path, "operateur: {nom: Le van}")
    assert (silent.operator, silent.vehicles[0].name) == (PRESENT, "PIMMS Mobile")
    assert (told.operator, told.vehicles[0].name) == (Operator("Le van"), "Le van")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Each with its line, in order, wherever it stands: a key, a list, a table within a list."""
    wrong = """\
debut: 2027-01-05
seances_au_plus: beaucoup
vehicules:
  - {nom: Bus A, jours: {mardi: 17:00-9:00}}
arrets:
  - {commune: Auchel, ouvert: {dimanche matin: 9:00-12:00}}
  - {commune: Ames, impose: oui}
  - {nom: Salle}
"""
    with pytest.raises(UnusableFile) as refused:
        read(tmp_path, wrong)
    said = str(refused.value)
    assert "5 fautes à corriger" in said
    places = [said.index(f"ligne {line}, ") for line in (1, 2, 4, 6, 8)]
    assert places == sorted(places)
