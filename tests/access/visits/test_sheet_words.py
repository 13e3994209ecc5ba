"""The sheet in words: short, timed, and never more certain than what it stands on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.access.journeys.timetables import run
from tests.access.visits.persons import (
    DAYS,
    Counter,
    asked_of,
    every_day,
    means_of,
    plain_spaces,
    running,
    sheet_of,
)
from tests.builders import DEMARCHES, OUTILS

from maillage.access.timetable.model import Network, Vehicle
from maillage.access.travel import Mode
from maillage.access.visits.model import Certainty
from maillage.access.visits.sheet import JourneySheet
from maillage.access.visits.sheet_words import PartKind, SheetText, Step, day_in_words, sheet_text


def at(hour: int, minute: int = 0) -> int:
    """Return a second of the day."""
    return hour * 3600 + minute * 60


OUT = run((0, at(9, 12)), (1, at(9, 30)))
HOME = run((1, at(10, 30)), (0, at(10, 48)))
NIGHT_HOME = run((1, at(21)), (0, at(21, 18)))
FAR = Counter(8.4, phone="03 21 00 00 00")
LONGEST = 110  # letters of one step: what is read aloud in one breath


def lines(text: SheetText) -> list[str]:
    """Return everything that the sheet says, with plain spaces."""
    steps = [step.sentence() for part in text.parts for step in part.steps]
    return [plain_spaces(line) for line in (text.over, text.title, text.when, *text.about, *steps)]


def part(sheet: JourneySheet, kind: PartKind) -> list[str]:
    """Return the steps of one part, with plain spaces."""
    return [
        plain_spaces(step.sentence())
        for one in sheet_text(sheet).parts
        if one.kind is kind
        for step in one.steps
    ]


def on(network: Network | None = None, *counters: Counter, **changed: object) -> JourneySheet:
    """Return a sheet."""
    return sheet_of(asked_of(list(counters) or [FAR]), means_of(network, **changed))


def test_a_journey_by_bus_is_told_step_by_step() -> None:
    """When to leave, what to take, where to get off, when one is there; then the way back."""
    sheet = on(running(OUT, HOME))
    assert part(sheet, PartKind.THERE) == [
        "9 h 12 : Partez de chez vous.",
        "9 h 12 : Prenez le bus 0 à l'arrêt « Arrêt 0 ».",
        "Direction : « Fin 0 ».",
        "9 h 30 : Descendez à l'arrêt « Arrêt 1 ».",
        "Marchez 8 minutes jusqu'à « Lieu 0 » (environ 500 mètres).",
        "9 h 38 : Vous y êtes.",
    ]
    assert part(sheet, PartKind.SERVED)[0] == "Ouvert de 9 h 00 à 12 h 00."
    assert part(sheet, PartKind.BACK)[-2:] == [
        "10 h 48 : Descendez à l'arrêt « Arrêt 0 ».",
        "10 h 48 : Vous êtes chez vous.",
    ]
    assert part(sheet, PartKind.LAST)[:2] == [
        "Dernier bus du retour : 10 h 30, à l'arrêt « Arrêt 1 » (bus 1).",
        "Quittez le lieu à 10 h 22 au plus tard.",
    ]


def test_a_last_bus_that_is_not_the_last_is_not_called_so() -> None:
    """Where others run later in the evening, the sentence says by when one would be home."""
    told = part(on(running(OUT, HOME, NIGHT_HOME)), PartKind.LAST)[0]
    assert told.startswith("Dernier bus pour être chez vous à 19 h 00 : 10 h 30,")


def test_a_change_is_told_where_it_is_made() -> None:
    """At one stop one waits for the next vehicle; between two one walks."""
    first, second = run((0, at(8, 20)), (1, at(8, 30))), run((1, at(8, 40)), (2, at(9)))
    back = run((2, at(9, 40)), (0, at(10, 10)))
    sheet = on(running(first, second, back, kms=(0.0, 8.0, 16.0)), Counter(16.0))
    assert "Changez ici : attendez le véhicule suivant." in part(sheet, PartKind.THERE)


@pytest.mark.parametrize(
    ("vehicle", "name", "told"),
    [
        (Vehicle.TRAIN, "TER Hauts-de-France", "Prenez le train « TER Hauts-de-France » à la gare"),
        (Vehicle.TRAM, "A", "Prenez le tram A à l'arrêt"),
        (Vehicle.METRO, "2", "Prenez le métro 2 à la station"),
        (Vehicle.OTHER, "", "Prenez le véhicule à l'arrêt"),
    ],
)
def test_vehicles_are_called_by_their_names(vehicle: Vehicle, name: str, told: str) -> None:
    """A train leaves from a station, a tram from a stop; what is not known has no name made up."""
    network = running(OUT, HOME)
    named = replace(network.lines[0], vehicle=vehicle, short_name=name, long_name="")
    sheet = on(replace(network, lines=(named, network.lines[1])))
    assert part(sheet, PartKind.THERE)[1].removeprefix("9 h 12 : ").startswith(told)


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        (Mode.WALK, "Marchez 39 minutes jusqu'à « Lieu 0 » (environ 2 600 mètres)."),
        (Mode.BICYCLE, "Roulez à vélo"),
        (Mode.CAR, "Roulez en voiture"),
    ],
)
def test_who_goes_alone_is_told_how_far(mode: Mode, told: str) -> None:
    """One sentence a way, and nothing of a last vehicle."""
    sheet = on(None, Counter(2.0), mode=mode)
    assert part(sheet, PartKind.THERE)[1].startswith(told)
    assert len(part(sheet, PartKind.LAST)) == 1


def test_supposed_hours_are_to_be_called_first() -> None:
    """The call comes before anything else, with the number where it is told."""
    sheet = on(None, replace(FAR, km=0.5, certainty=Certainty.POSSIBLE))
    assert sheet_text(sheet).parts[0].kind is PartKind.CHECK
    assert part(sheet, PartKind.CHECK) == [
        "Téléphonez avant : horaires non vérifiés.",
        "Appelez « Lieu 0 » : 03 21 00 00 00.",
    ]
    assert part(sheet, PartKind.SERVED)[0].startswith("Ouvert sans doute")
    assert any("Téléphonez avant." in one for one in part(sheet, PartKind.OTHERS))


def test_what_is_not_known_never_reads_as_a_refusal() -> None:
    """Unknown hours and a missing timetable ask for a call; nowhere is a visit said impossible."""
    unknown = on(None, Counter(0.5, certainty=None))
    missing = on(None, Counter(8.0), a_bus_is_missing=True)
    for sheet, told in (
        (unknown, "Les horaires ne sont pas connus."),
        (missing, "Les horaires de bus ne sont pas connus."),
    ):
        said = lines(sheet_text(sheet))
        assert told in said
        assert "Appelez avant de partir" in said
        assert any(line.startswith("Appelez « Lieu 0 »") for line in said)
        assert not [line for line in said if "ucune visite" in line or "pas d'autre jour" in line]


def test_a_refusal_has_its_reason_and_what_comes_after() -> None:
    """What came closest, and that no other day was found up to which one."""
    said = lines(sheet_text(on(None, Counter(8.0))))
    assert "Aucune visite possible" in said
    assert any("Lieu 0, lundi 7 septembre 2026" in line for line in said)
    assert said[-1] == (
        "Nous ne trouvons pas d'autre jour possible jusqu'au dimanche 27 septembre 2026."
    )


def test_what_is_asked_is_repeated() -> None:
    """The service, the kind of visit and the days, as the person would say them."""
    asked = asked_of([Counter(8.0)], service=DEMARCHES, visit="atelier")
    said = lines(sheet_text(sheet_of(asked, means_of())))
    assert "Pour : Aide aux démarches administratives, 2 heures d'atelier." in said
    assert "Du lundi 7 septembre 2026 au dimanche 13 septembre 2026" in said
    nobody = sheet_of(asked_of([FAR], service=OUTILS), means_of())
    assert "Aucun lieu ne rend ce service." in lines(sheet_text(nobody))


def test_another_week_s_timetable_is_to_be_checked() -> None:
    """Times of another week are said to be so, before the way there."""
    asked = asked_of([FAR], days=DAYS[7:14])
    sheet = sheet_of(asked, means_of(every_day(running(OUT, HOME), 7)))
    assert "Vérifiez l'heure des bus et des trains." in part(sheet, PartKind.CHECK)


def test_every_step_is_short() -> None:
    """One thing a line, a sentence that ends, no sign that cannot be read aloud."""
    for sheet in (
        on(running(OUT, HOME)),
        on(None, Counter(1.0, certainty=Certainty.POSSIBLE)),
        on(None, Counter(8.0), a_bus_is_missing=True),
        on(None, Counter(8.0)),
    ):
        for one in sheet_text(sheet).parts:
            assert one.steps
            for step in one.steps:
                assert len(step.text) <= LONGEST, step
                assert step.text[-1] in ".:", step
                assert not set(step.text) & set("→×/|_"), step


def test_a_step_is_one_line() -> None:
    """With its time where it has one."""
    assert plain_spaces(Step("9 h 12", "Partez.").sentence()) == "9 h 12 : Partez."
    assert Step(None, "Marchez.").sentence() == "Marchez."


def test_days_have_names() -> None:
    """The first of a month is told as such."""
    assert plain_spaces(day_in_words(dt.date(2026, 11, 1))) == "dimanche 1er novembre 2026"


def test_a_sheet_of_nothing_is_refused() -> None:
    """A sheet tells a visit or a reason."""
    with pytest.raises(ValueError, match="neither"):
        sheet_text(replace(on(None, Counter(8.0)), no_visit=None))
