"""Opening hours: what people write becomes OSM, what is not understood stays unknown."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import validate

from maillage.directory.hours import (
    hours_of_days,
    hours_of_town_hall,
    parse_hours,
)
from maillage.directory.week import Week, merged, osm_of, week_of
from maillage.kernel.findings import Severity, Where

UNDERSTOOD = [
    ("du lundi au vendredi de 9h à 12h et de 14h à 17h30", "Mo-Fr 09:00-12:00,14:00-17:30"),
    ("Du lundi au vendredi, de 9h30 à 12h30.", "Mo-Fr 09:30-12:30"),
    ("Mardi, jeudi : 14H - 17H", "Tu,Th 14:00-17:00"),
    ("Lundi : 14H - 17HMardi : 9H30 - 12H", "Mo 14:00-17:00; Tu 09:30-12:00"),
    ("Du lundi au vendredi9h/12h - 14h/17h", "Mo-Fr 09:00-12:00,14:00-17:00"),
    ("9h-12h du lundi au jeudi, 9h-11h le vendredi", "Mo-Th 09:00-12:00; Fr 09:00-11:00"),
    ("<li>lundi matin: 8h30-12h / lundi après-midi: 13h30-17h</li>", "Mo 08:30-12:00,13:30-17:00"),
    ("Mo-Fr 9h-12h30,13h30-17h", "Mo-Fr 09:00-12:30,13:30-17:00"),
    ("lundi 9-12h et 14h-17", "Mo 09:00-12:00,14:00-17:00"),
    ("samedi et dimanche de midi à minuit", "Sa-Su 12:00-24:00"),
    ("du vendredi au lundi 10h-11h", "Mo,Fr-Su 10:00-11:00"),
    ("mardi 9h-12h, fermé le lundi", "Tu 09:00-12:00"),
    ("mardi 9h-12h sans rendez-vous", "Tu 09:00-12:00"),
    ("tous les jours 8h-20h", "Mo-Su 08:00-20:00"),
    ("en semaine 8h-20h et week-end 9h-12h", "Mo-Fr 08:00-20:00; Sa-Su 09:00-12:00"),
    ("Du lundi au vendredi 9h-12h. Fermé les jours fériés", "Mo-Fr 09:00-12:00; PH off"),
    ("Mardi 9h-12h sauf jours fériés", "Tu 09:00-12:00; PH off"),
    ("24h/24", "24/7"),
    ("24h/24, 7j/7", "24/7"),
    ("Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00",) * 2,
]


@pytest.mark.parametrize(("text", "hours"), UNDERSTOOD)
def test_what_people_write_becomes_osm(text: str, hours: str) -> None:
    """Hours written in French or in OSM are read without a doubt, and the result is OSM."""
    assert parse_hours(text) == (hours, ())
    assert validate(hours)


DOUBTED = [
    ("mardi et jeudi matin", "hours-without-times"),
    ("Mo-Fr", "hours-without-times"),
    ("9h-12h et 14h-17h", "hours-without-days"),
    ("sur rendez-vous", "hours-by-appointment"),
    ('"sur rendez-vous"', "hours-by-appointment"),
    ("le lundi uniquement sur RDV", "hours-by-appointment"),
    ("lundi 12h-9h", "hours-reversed"),
    ("Mo 09:00-12:00,14:00-14:00", "hours-reversed"),
    ("1er lundi du mois 9h-12h", "hours-unreadable"),
    ("lundi 9h-12h semaine paire", "hours-unreadable"),
    ("du lundi au vendredi sauf mercredi 9h-12h", "hours-unreadable"),
    ("tous les jours de 8h30 à 17h30 (vendredi 16h30)", "hours-unreadable"),
    ("Th 08:30-12:00-13:30", "hours-unreadable"),
    ("mardi 9h-12h, fermé le mardi", "hours-unreadable"),
    ("lundi 9h-12h et lundi 11h-14h", "hours-unreadable"),
    ("lundi 27h-30h", "hours-unreadable"),
    ("mardi-jeudi-samedi 14h-17h", "hours-unreadable"),
    ("x" * 3000, "hours-unreadable"),
]


@pytest.mark.parametrize(("text", "code"), DOUBTED)
def test_what_is_not_certain_stays_unknown(text: str, code: str) -> None:
    """Hours that cannot be drawn without a guess are None, with one finding showing the text."""
    hours, findings = parse_hours(text, Where(source="portrea", line=7))
    assert hours is None
    assert [(f.code, f.value, f.where.line, f.where.field) for f in findings] == [
        (code, text, 7, "horaires")
    ]


def test_only_saturday_told_is_probably_a_loss() -> None:
    """A week of which only Saturday is told is kept, with a finding that it looks incomplete."""
    hours, findings = parse_hours("Sa 09:00-12:00")
    assert hours == "Sa 09:00-12:00"
    assert [(f.code, f.severity) for f in findings] == [("hours-incomplete", Severity.INFO)]
    assert parse_hours("Fr-Sa 09:00-12:00")[1] == ()


def test_a_closed_place_is_told_closed() -> None:
    """« Fermé » is told, not unknown: the hours are off."""
    hours, findings = parse_hours("Fermé")
    assert (hours, [f.code for f in findings]) == ("off", ["hours-closed"])


def test_an_appointment_beside_hours_keeps_the_hours() -> None:
    """Hours on appointment are hours, with a finding that an appointment is needed."""
    hours, findings = parse_hours("lundi 9h-12h sur rendez-vous")
    assert (hours, [f.code for f in findings]) == ("Mo 09:00-12:00", ["hours-by-appointment"])


@pytest.mark.parametrize("text", [None, "", "   "])
def test_nothing_told_is_nothing_found(text: str | None) -> None:
    """Absent hours are None without a finding."""
    assert parse_hours(text) == (None, ())


def test_day_columns_of_france_services() -> None:
    """One text per weekday gives the week; a day without text is closed."""
    both = "09:00 - 12:00 / 13:30 - 17:00"
    days = {0: "13:30 - 17:00", 1: both, 2: both, 3: both, 4: both, 5: None}
    assert hours_of_days(days) == ("Mo 13:30-17:00; Tu-Fr 09:00-12:00,13:30-17:00", ())
    assert hours_of_days({}) == (None, ())
    assert hours_of_days(dict.fromkeys(range(7), "fermé"))[0] == "off"


def test_an_unreadable_day_is_unknown_not_closed() -> None:
    """A day column that is not understood is written unknown, the others keep their hours."""
    hours, findings = hours_of_days({0: "9h-12h", 1: "selon saison"})
    assert hours == "Mo 09:00-12:00; Tu unknown"
    assert [f.code for f in findings] == ["hours-unreadable"]
    assert hours_of_days({1: "selon saison"})[0] is None


def test_blank_and_repeated_slots_do_not_count() -> None:
    """« 00:00 - 00:00 » and a slot said twice are left out, with a finding to know."""
    hours, findings = hours_of_days(
        {0: "00:00 - 00:00 / 09:00 - 12:00", 1: "00:00 - 00:00", 2: "08:30 - 11:30 / 08:30 - 11:30"}
    )
    assert hours == "Mo 09:00-12:00; We 08:30-11:30"
    assert [(f.code, f.severity) for f in findings] == [("hours-empty-slot", Severity.INFO)] * 3


def test_town_hall_json() -> None:
    """The rules of the national list of town halls become one week."""
    rules = [
        ["mardi", "vendredi", [["08:00:00", "12:00:00"], ["13:30:00", "17:30:00"]]],
        ["samedi", "samedi", [["09:00:00", "12:00:00"]]],
    ]
    expected = "Tu-Fr 08:00-12:00,13:30-17:30; Sa 09:00-12:00"
    assert hours_of_town_hall(json.dumps(rules)) == (expected, ())
    assert parse_hours(json.dumps(rules)) == (expected, ())
    assert hours_of_town_hall("[]") == (None, ())


@pytest.mark.parametrize("text", ['[["mardi"]]', "[1]", '[["mars", "mai", []]]', "[" * 900, "[{}]"])
def test_broken_town_hall_json_is_a_finding(text: str) -> None:
    """JSON that is not the town halls' rules gives None and a finding."""
    hours, findings = hours_of_town_hall(text)
    assert (hours, [f.code for f in findings]) == (None, ["hours-unreadable"])


_ranges = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda r: r[0] < r[1]), max_size=4
).map(merged)
_weeks = st.tuples(*[_ranges] * 7)


@given(_weeks)
def test_a_week_written_in_osm_reads_back(week: Week) -> None:
    """Week → OSM → week gives the same week, and the text is valid OSM."""
    text = osm_of(week)
    assert validate(text)
    assert week_of(text) == week


def _column(ranges: tuple[tuple[int, int], ...]) -> str | None:
    clock = [[f"{m // 60:02d}:{m % 60:02d}" for m in pair] for pair in ranges]
    return " / ".join(" - ".join(pair) for pair in clock) or None


@given(_weeks)
def test_day_columns_read_back(week: Week) -> None:
    """A week written as France Services' day columns is read as that week."""
    hours, _ = hours_of_days({d: _column(ranges or ()) for d, ranges in enumerate(week)})
    if any(week):
        assert hours is not None
        assert week_of(hours) == week
    else:
        assert hours is None


_words = st.sampled_from(
    [
        "lundi",
        "mardi",
        "samedi",
        "au",
        "à",
        "et",
        "de",
        "du",
        "9h",
        "9h30",
        "12h",
        "17:00",
        "9",
        "-",
        "/",
        ";",
        ",",
        "matin",
        "fermé",
        "rdv",
        "24h/24",
        "Mo-Fr",
        "off",
        "09:00-12:00",
        "sauf",
        "jours",
        "fériés",
        "semaine",
        "(",
        ")",
        "[",
        "]",
        '"',
        "PH",
        "2024",
        "<br>",
    ]
)


@given(st.one_of(st.text(), st.lists(_words, max_size=14).map(" ".join)))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Any text whatsoever gives valid OSM or None with a finding, never an error."""
    hours, findings = parse_hours(text)
    assert hours is None or validate(hours)
    assert hours is not None or findings or not text.strip()


@pytest.mark.mirror
def test_every_france_services_day_of_the_mirror_is_understood(mirror: Path) -> None:
    """Of the 2,845 real France Services, no day column is left not understood."""
    with (mirror / "lieux/france-services-2024-08.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    names = ("h_lundi", "h_mardi", "h_mercredi", "h_jeudi", "h_vendredi", "h_samedi")
    codes = {
        finding.code
        for row in rows
        for finding in hours_of_days({d: row[name] for d, name in enumerate(names)})[1]
    }
    assert codes <= {"hours-incomplete", "hours-reversed", "hours-empty-slot"}
