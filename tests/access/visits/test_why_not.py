"""Why a home can make no visit: sentences with the facts of its own journeys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.access.journeys.timetables import Run, run
from tests.access.visits.towns import asked_of, at_km, hours, kind_of, moving, network_at

from maillage.access.offer import SERVICE_KEYS
from maillage.access.timetable.model import Vehicle
from maillage.access.visits.model import Obstacle, OpeningOn, VisitKind
from maillage.access.visits.territory_visits import Movement, week_ground, weeks_without_car
from maillage.access.visits.why_not import WhyNot
from maillage.kernel.french import FIXED
from maillage.kernel.progress import Silent

ROW = SERVICE_KEYS.index(None)
CERTAIN = 0


def at(hour: int, minute: int = 0) -> int:
    """Return a second of the day."""
    return hour * 3600 + minute * 60


THERE = run((0, at(13)), (1, at(13, 30)))
HOME = run((1, at(16, 42)), (0, at(17, 12)))


def said(by: Movement, opening: OpeningOn, kind: VisitKind, km: float) -> tuple[Obstacle, str]:
    """Return what stands in the way of a home so many km from the lieu, and the sentence."""
    ends = at_km(0.0, km)
    asked = asked_of(ends[:1], ends[1:], [[opening]], [kind])
    ground = week_ground(asked, by)
    (week,) = weeks_without_car(asked, by, ground, Silent(), a_bus_is_missing=False)
    number = int(week.low.obstacles.number[ROW, CERTAIN, 0])
    sentence = WhyNot(asked, by, ground).sentence(week.low, ROW, CERTAIN, 0)
    return next(o for o in Obstacle if o.number == number), sentence.replace(FIXED, " ")


def riding(*runs: Run, km: float = 8.0) -> Movement:
    """Return people who ride these runs from the home (stop 0) to the lieu (stop 1)."""
    return moving(network_at(at_km(0.0, km), runs))


AFTERNOON = hours((990, 1080))  # 16:30 to 18:00
MORNING = hours((540, 720))


@pytest.mark.parametrize(
    ("by", "opening", "kind", "obstacle", "sentence"),
    [
        (
            riding(THERE, HOME), AFTERNOON, kind_of(20), Obstacle.NO_WAY_BACK,
            "dernier bus retour à 16 h 42, le service ouvre à 16 h 30",
        ),
        (
            riding(THERE, HOME), MORNING, kind_of(20), Obstacle.NO_WAY_OUT,
            "première arrivée à 13 h 30, le service ferme à 12 h",
        ),
        (
            riding(HOME), MORNING, kind_of(20), Obstacle.NO_WAY_OUT,
            "rien ne permet d'arriver pendant l'ouverture (9 h-12 h)",
        ),
        (
            riding(THERE, HOME), hours((810, 1080)), kind_of(20, 120), Obstacle.TOO_LONG,
            "3 h 52 de trajet et d'attente, plus que 2 h 00",
        ),
        (
            riding(THERE, HOME), hours((540, 555)), kind_of(20), Obstacle.CLOSED,
            "le service n'ouvre que 9 h-9 h 15, trop peu pour 20 minutes",
        ),
    ],
)  # fmt: skip
def test_the_facts_are_those_of_the_journeys(
    by: Movement, opening: OpeningOn, kind: VisitKind, obstacle: Obstacle, sentence: str
) -> None:
    """The last way back, the first arrival, the time it takes: looked up in the timetable."""
    assert said(by, opening, kind, 8.0) == (obstacle, sentence)


def test_a_walk_home_is_not_called_a_bus() -> None:
    """Where the last way home is on foot, no bus is named."""
    by = riding(run((0, at(13)), (1, at(13, 5))), run((1, at(13, 30)), (0, at(13, 35))), km=2.0)
    obstacle, sentence = said(by, hours((1090, 1140)), kind_of(20), 2.0)
    assert obstacle is Obstacle.NO_WAY_BACK
    assert sentence == (
        "il faut repartir à 18 h 21 pour rentrer avant 19 h, le service ouvre à 18 h 10"
    )


def test_what_brings_home_is_named_whatever_else_runs() -> None:
    """The vehicle named is that of the last way home, not of those that lead there."""
    by = riding(THERE, HOME)
    assert by.network is not None
    first, second = by.network.lines
    train = replace(second, vehicle=Vehicle.TRAIN)
    mixed = replace(by, network=replace(by.network, lines=(first, train)))
    _, sentence = said(mixed, AFTERNOON, kind_of(20), 8.0)
    assert sentence.startswith("dernier train retour à 16 h 42,")


def test_of_two_that_leave_together_the_one_that_brings_home_is_named() -> None:
    """A train that leaves the other way at the same second brings nobody home."""
    ends = at_km(0.0, 8.0, 16.0)
    away = run((1, at(16, 42)), (2, at(16, 50)))
    network = network_at(ends, (THERE, HOME, away))
    lines = (*network.lines[:2], replace(network.lines[2], vehicle=Vehicle.TRAIN))
    by = moving(replace(network, lines=lines))
    _, sentence = said(by, AFTERNOON, kind_of(20), 8.0)
    assert sentence.startswith("dernier bus retour à 16 h 42,")


def test_the_vehicle_s_own_time_and_when_to_leave_are_both_told() -> None:
    """Who stands 400 m from the stop leaves before the bus does."""
    ends = at_km(0.0, 8.0)
    asked = asked_of(ends[:1], at_km(8.4), [[AFTERNOON]], [kind_of(20)])
    by = moving(network_at(ends, (THERE, HOME)))
    ground = week_ground(asked, by)
    (week,) = weeks_without_car(asked, by, ground, Silent(), a_bus_is_missing=False)
    sentence = WhyNot(asked, by, ground).sentence(week.low, ROW, CERTAIN, 0)
    assert sentence.replace(FIXED, " ") == (
        "dernier bus retour à 16 h 42 (partir à 16 h 34), le service ouvre à 16 h 30"
    )


def test_a_bus_that_comes_too_late_is_not_forgotten() -> None:
    """Where another goes after the hour at which one must be home, the sentence says by when."""
    late = run((1, at(19, 30)), (0, at(20)))
    _, sentence = said(riding(THERE, HOME, late), AFTERNOON, kind_of(20), 8.0)
    assert sentence == ("dernier bus à 16 h 42 pour rentrer avant 19 h, le service ouvre à 16 h 30")


def test_walkers_are_told_how_long_it_takes() -> None:
    """Without any timetable the facts are those of the walk."""
    found = said(moving(None), MORNING, kind_of(20, 60), 2.0)
    assert found == (Obstacle.TOO_LONG, "1 h 18 de trajet et d'attente, plus que 1 h 00")


def test_unknown_hours_are_said_to_be_unknown() -> None:
    """Of a lieu whose hours nobody knows no fact is made up."""
    found = said(moving(None), hours(certainty=None), kind_of(20), 0.5)
    assert found == (Obstacle.UNKNOWN_HOURS, Obstacle.UNKNOWN_HOURS.label)


def test_a_visit_that_can_be_done_needs_no_reason() -> None:
    """Nothing is said where a half-day works, and the bare reason where no lieu gives a service."""
    ends = at_km(0.0, 0.5)
    asked = asked_of(ends[:1], ends[1:], [[MORNING]], [kind_of(20)])
    by = moving(None)
    ground = week_ground(asked, by)
    (week,) = weeks_without_car(asked, by, ground, Silent(), a_bus_is_missing=False)
    telling = WhyNot(asked, by, ground)
    assert week.low.half_days[ROW, CERTAIN].tolist() == [1]
    assert telling.sentence(week.low, ROW, CERTAIN, 0) == ""
    nobody = int(np.argmin(week.low.half_days[:, CERTAIN, 0]))
    assert telling.sentence(week.low, nobody, CERTAIN, 0) == Obstacle.NO_SERVICE.label
