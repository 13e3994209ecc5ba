"""Laws of opening: told is certain, untold is at most possible, a place that moves is unknown."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import BETHUNE, Place, make_directory

from maillage.access.visits.calendar import days_of
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.opening import openings, ranges_on, usual_hours
from maillage.directory.week import ALL_DAY, week_of
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.standard import mednum

PARAMETERS = load_parameters(dt.date(2026, 11, 22))
WEEK = days_of(dt.date(2026, 11, 23))
ARMISTICE = days_of(dt.date(2026, 11, 9))
MORNING = (540, 720)


def opened(
    hours: str | None = None,
    days: tuple[dt.date, ...] = WEEK,
    place: Place | None = None,
    parameters: Parameters = PARAMETERS,
) -> list[OpeningOn]:
    """Return the openings of a place in the Pas-de-Calais, an association unless told otherwise."""
    at = place or Place(BETHUNE, horaires=hours, code_insee="62119")
    built = make_directory(at)
    return list(
        openings(built.permanences[0], built.lieux[0], built.structures[0], days, parameters)
    )


def certainties(found: list[OpeningOn]) -> set[Certainty | None]:
    """Return the certainties met."""
    return {opening.certainty for opening in found}


def test_told_hours_are_certain() -> None:
    """Each day opens as told, closed days are certainly closed."""
    found = opened("Mo-Tu 09:00-12:00; We 14:00-17:00")
    assert certainties(found) == {Certainty.CERTAIN}
    assert [opening.ranges for opening in found] == [
        *[(MORNING,)] * 2, ((840, 1020),), (), (), (), ()
    ]  # fmt: skip


def test_weeks_by_parity_and_days_of_the_month_are_told() -> None:
    """Odd weeks only; the second Monday only: 9 November 2026 is of week 46, and second."""
    odd = "week 01-53/2 Mo 09:00-12:00"
    assert [opened(odd, days)[0].ranges for days in (ARMISTICE, WEEK)] == [(), ()]
    assert opened(odd, days_of(dt.date(2026, 11, 16)))[0].ranges == (MORNING,)
    second = "Mo[2] 09:00-12:00"
    assert [opened(second, days)[0].ranges for days in (ARMISTICE, WEEK)] == [(MORNING,), ()]


def test_dates_are_told() -> None:
    """A closing between two dates is one."""
    found = opened("Mo-Fr 09:00-12:00; Nov 25-Nov 27 off")
    assert [bool(opening.ranges) for opening in found] == [True, True, *[False] * 5]


def test_untold_hours_are_possible_at_the_usual_ones() -> None:
    """Every day of an untold place is possible, open as half of its like are."""
    found = opened(None)
    assert certainties(found) == {Certainty.POSSIBLE}
    usual = week_of(str(PARAMETERS["visits.usual_hours.ASSO"].value))
    assert tuple(opening.ranges for opening in found) == usual


def test_of_several_typologies_the_one_that_opens_least_counts() -> None:
    """A town hall that is a France services too is supposed to open as a town hall."""
    both = (mednum.Typologie.RFS, mednum.Typologie.MUNI)
    hours = {order: _usual(order) for order in (both, both[::-1])}
    assert set(hours.values()) == {str(PARAMETERS["visits.usual_hours.MUNI"].value)}


def test_a_typologie_without_usual_hours_has_those_of_all_places() -> None:
    """Nothing is left without supposed hours but what moves."""
    every = str(PARAMETERS["visits.usual_hours.default"].value)
    assert _usual((mednum.Typologie.GEIQ,)) == _usual(()) == every


def _usual(typologie: tuple[mednum.Typologie, ...]) -> str | None:
    built = make_directory(Place(BETHUNE, typologie=typologie))
    return usual_hours(built.permanences[0], built.structures[0], PARAMETERS)


def test_nothing_is_supposed_of_a_place_that_moves() -> None:
    """A mobile stop without hours is unknown, neither open nor closed."""
    found = opened(place=Place(BETHUNE, itinerant=True))
    assert {(opening.ranges, opening.certainty) for opening in found} == {((), None)}


def test_a_place_that_moves_and_tells_its_hours_is_certain() -> None:
    """Told is told, whatever moves."""
    found = opened(place=Place(BETHUNE, itinerant=True, horaires="Mo 09:00-12:00"))
    assert certainties(found) == {Certainty.CERTAIN}


def test_administrations_are_closed_on_public_holidays() -> None:
    """11 November closes told and usual hours alike, each with its certainty."""
    for hours, certainty in (("Mo-Fr 09:00-12:00", Certainty.CERTAIN), (None, Certainty.POSSIBLE)):
        assert opened(hours, ARMISTICE)[2] == OpeningOn(ARMISTICE[2], (), certainty)


@pytest.mark.parametrize("hours", ["Mo-Fr 08:00-09:00; PH 09:00-12:00", "24/7"])
def test_hours_that_speak_of_public_holidays_are_believed(hours: str) -> None:
    """A place may say that it opens that day."""
    assert opened(hours, ARMISTICE)[2].ranges in ((MORNING,), (ALL_DAY,))


def test_the_closing_on_public_holidays_is_a_parameter() -> None:
    """Without it, told hours hold on 11 November."""
    variant = PARAMETERS.replaced("visits.public_holiday.closed_unless_told", 0)
    assert opened("Mo-Fr 09:00-12:00", ARMISTICE, parameters=variant)[2].ranges == (MORNING,)


def test_alsace_keeps_its_own_days() -> None:
    """The day after Christmas closes in Strasbourg, not in Béthune."""
    day = (dt.date(2025, 12, 26),)
    alsace = Place(BETHUNE, horaires="Fr 09:00-12:00", code_insee="67482")
    assert opened(days=day, place=alsace)[0].ranges == ()
    assert opened("Fr 09:00-12:00", day)[0].ranges == (MORNING,)


def test_school_holidays_change_the_hours_that_speak_of_them() -> None:
    """Closed in the autumn holidays of the place's own zone, open the week after."""
    hours = "Mo-Fr 09:00-12:00; SH off"
    assert opened(hours, (dt.date(2026, 10, 19),))[0].ranges == ()
    assert opened(hours)[0].ranges == (MORNING,)


def test_where_school_holidays_are_not_known_such_hours_are_not() -> None:
    """In Corsica, hours that change with them may be open or closed: only possible."""
    corsica = Place(BETHUNE, horaires="Mo-Fr 09:00-12:00; SH off", code_insee="2A004")
    assert opened(place=corsica)[0].certainty is Certainty.POSSIBLE
    assert opened(place=corsica)[6].certainty is Certainty.CERTAIN


@pytest.mark.parametrize(
    "hours",
    ['Mo 09:00-12:00; Tu "sur rendez-vous"', "Mo 09:00-12:00; Tu unknown", "Mo 09:00-12:00; Tu"],
)
def test_a_day_told_without_times_is_not_told(hours: str) -> None:
    """By appointment, unknown or without times, Tuesday is only possible; Monday is certain."""
    monday, tuesday, *_ = opened(hours)
    assert (monday.certainty, monday.ranges) == (Certainty.CERTAIN, (MORNING,))
    assert tuesday.certainty is Certainty.POSSIBLE


def test_times_by_appointment_are_times() -> None:
    """Who takes an appointment is received then."""
    assert opened('Mo 09:00-12:00 "sur rendez-vous"')[0].ranges == (MORNING,)


def test_a_saturday_alone_says_nothing_of_the_week() -> None:
    """A conversion that keeps only Saturdays makes no place closed from Monday to Friday."""
    found = opened("Sa 09:00-12:00")
    assert found[5] == OpeningOn(WEEK[5], (MORNING,), Certainty.CERTAIN)
    assert certainties(found[:5]) == {Certainty.POSSIBLE}


def test_a_place_that_receives_nobody_is_certainly_closed() -> None:
    """Whatever its hours."""
    nobody = {"modalites_acces": (mednum.ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC,)}
    found = opened(place=Place(BETHUNE, horaires="Mo-Fr 09:00-12:00", record=nobody))
    assert {(opening.ranges, opening.certainty) for opening in found} == {((), Certainty.CERTAIN)}


def test_hours_that_cannot_be_read_are_not_told() -> None:
    """No error: the place is one whose hours are unknown."""
    assert certainties(opened("lundi au vendredi")) == {Certainty.POSSIBLE}


def test_an_opening_over_midnight_is_of_two_days() -> None:
    """Ranges never leave their day."""
    assert [ranges_on("Mo 22:00-26:00", day, "62") for day in WEEK[:2]] == [
        ((1320, 1440),),
        ((0, 120),),
    ]


@given(
    st.sampled_from(sorted(mednum.Typologie, key=lambda one: one.name)),
    st.dates(dt.date(2022, 1, 1), dt.date(2030, 1, 1)),
)
def test_usual_hours_can_be_read_for_every_typologie(
    typologie: mednum.Typologie, day: dt.date
) -> None:
    """Whatever the day, ranges are in order, inside the day, and only possible."""
    place = Place(BETHUNE, typologie=(typologie,), code_insee="62119")
    (found,) = opened(days=(day,), place=place)
    assert found.certainty is Certainty.POSSIBLE
    flat = [minute for part in found.ranges for minute in part]
    assert flat == sorted(set(flat))


@pytest.mark.parametrize(
    "hours", ["Mo 14:00+", "Mo sunrise-sunset", "Mo 09:00-12:00,14:00+", "Mo 08:00-(sunset-01:30)"]
)
def test_an_end_that_is_not_told_is_only_possible(hours: str) -> None:
    """« From 14:00 on » and the hours of the sun tell no closing: possible, on those days alone."""
    monday, tuesday, *_ = opened(hours + "; Tu 09:00-12:00")
    assert monday.certainty is Certainty.POSSIBLE
    assert monday.ranges != ()
    assert tuesday == OpeningOn(WEEK[1], (MORNING,), Certainty.CERTAIN)


def test_an_hour_open_at_least_until_is_certain_until_then() -> None:
    """« 14:00-18:00+ » closes at 18:00 at the earliest; words in quotes tell nothing."""
    for hours in ("Mo 14:00-18:00+", 'Mo 14:00-18:00 "until sunset"'):
        assert opened(hours)[0] == OpeningOn(WEEK[0], ((840, 1080),), Certainty.CERTAIN)
