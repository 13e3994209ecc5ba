"""Visits without a car in the diagnosis: bounds, readings, what is told of the unknown."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.test_diagnose import DIRECTORY, ON, PARAMETERS, TERRITORY

from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import StraightLine
from maillage.diagnosis.diagnose import diagnose
from maillage.diagnosis.model import VisitsWithoutCar
from maillage.diagnosis.visits import Journeys
from maillage.kernel.progress import Silent


@pytest.fixture(scope="module")
def found() -> VisitsWithoutCar:
    """Give the visits of a small territory that has no timetable at all."""
    engine = StraightLine(PARAMETERS)
    diagnosis = diagnose(
        TERRITORY,
        DIRECTORY,
        engine=engine,
        parameters=PARAMETERS,
        on=ON,
        journeys=Journeys(engine, None, None, Silent()),
    )
    assert diagnosis.visits is not None
    return diagnosis.visits


def test_without_any_bus_timetable_figures_have_bounds(found: VisitsWithoutCar) -> None:
    """No bus calls in the territory: being reached is unknown, and both bounds are told."""
    assert found.bus_is_missing
    assert any("inconnu, pas impossible" in sentence for sentence in found.how)
    assert any("À pied seulement" in s or "à pied seulement" in s for s in found.how)


def test_the_truth_stands_between_the_readings(found: VisitsWithoutCar) -> None:
    """More hours or a bus never take a half-day away, nor add somebody without any."""
    certain_low, certain_high, possible_low, possible_high = np.moveaxis(found.half_days, 1, 0)
    for less, more in (
        (certain_low, certain_high),
        (certain_low, possible_low),
        (possible_low, possible_high),
        (certain_high, possible_high),
    ):
        assert np.all((less <= more) | np.isnan(less))
    for one in found.shortfalls:
        assert 0.0 <= one.people.least <= one.people.most <= 1.0


def test_fewer_than_two_are_at_least_those_who_have_none(found: VisitsWithoutCar) -> None:
    """Whoever has no half-day has fewer than two."""
    for key in SERVICE_KEYS:
        none, few = found.shortfall(key, 1).people, found.shortfall(key, 2).people
        assert none.certain_low <= few.certain_low
        assert none.possible_high <= few.possible_high


def test_what_stops_people_adds_up_to_those_who_are_stopped(found: VisitsWithoutCar) -> None:
    """Each person who can do no visit is stopped by one obstacle, and by one only."""
    for key in SERVICE_KEYS:
        shares = found.shortfall(key, 1).people
        for code, expected in (("certain", shares.certain_low), ("possible", shares.possible_low)):
            stopped = sum(
                b.share_people
                for b in found.bottlenecks
                if b.service is key and b.certainty.code == code
            )
            assert stopped == pytest.approx(expected)


def test_only_lieux_of_unknown_hours_are_to_be_called(found: VisitsWithoutCar) -> None:
    """The list of whom to call holds the lieux of unknown hours, each once."""
    unknown = found.unknown_hours[SERVICE_KEYS.index(None)]
    assert sorted(found.call_first) == sorted(unknown.lieu_ids)


def test_without_journeys_nothing_is_told() -> None:
    """A diagnosis made without saying by what people go tells no visit."""
    engine = StraightLine(PARAMETERS)
    made = diagnose(TERRITORY, DIRECTORY, engine=engine, parameters=PARAMETERS, on=ON)
    assert made.visits is None
