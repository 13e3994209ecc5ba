"""Laws of what is known between two bounds only."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from tests.access.visits.strategies import MONDAY
from tests.access.visits.weeks import Stand, week_of_stands
from tests.builders import DEMARCHES, OUTILS

from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.bounds import bounded, slow_bus_minutes
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn, VisitKind
from maillage.access.visits.week import VisitWeek
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 11, 22))
KIND = VisitKind("essai", "20 minutes", 20, 20, 450, 1140, 120)
OPEN = (OpeningOn(MONDAY, ((540, 720),), Certainty.CERTAIN),)
ROW, OTHER = SERVICE_KEYS.index(DEMARCHES), SERVICE_KEYS.index(OUTILS)


def by(*minutes: float, kind: VisitKind = KIND) -> VisitWeek:
    """Return the week of homes that many minutes from the only place."""
    return week_of_stands([Stand(minutes, OPEN)], kind, len(minutes))


def test_where_only_the_bus_would_help_it_is_the_bus_that_is_unknown() -> None:
    """Near on foot: known. Far, and a bus may run: unknown. Far from any bus: known again."""
    week = bounded(by(10.0, 200.0, 200.0), by(10.0, 30.0, 150.0))
    assert week.low.obstacles.number[ROW, 0].tolist() == [
        Obstacle.NONE.number,
        Obstacle.UNKNOWN_TIMETABLE.number,
        Obstacle.TOO_LONG.number,
    ]
    assert week.low.obstacles.presence[ROW, 0, 1] == 0


def test_a_service_that_nobody_gives_is_in_no_doubt() -> None:
    """A bus that may run leads nowhere."""
    week = bounded(by(200.0), by(30.0))
    assert week.low.obstacles.number[OTHER, 0, 0] == Obstacle.NO_SERVICE.number


def test_the_low_bound_is_never_above_the_high_one() -> None:
    """Bounds the wrong way round are refused, and so are two different weeks."""
    with pytest.raises(ValueError, match="above"):
        bounded(by(10.0), by(200.0))
    other = VisitKind("autre", "60 minutes", 60, 60, 450, 1140, 120)
    with pytest.raises(ValueError, match="different"):
        bounded(by(10.0), by(10.0, kind=other))


def test_a_bus_without_timetable_is_a_slow_car() -> None:
    """So many times as long as by car and a wait; out of reach stays so."""
    found = slow_bus_minutes(np.array([0.0, 20.0, np.inf]), PARAMETERS)
    factor = PARAMETERS.number("visits.unknown_bus.car_factor")
    wait = PARAMETERS.number("visits.unknown_bus.wait_minutes")
    assert found.tolist() == [wait, 20.0 * factor + wait, np.inf]
