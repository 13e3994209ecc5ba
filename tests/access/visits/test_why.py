"""Laws of the sentences that say why no visit can be done."""

from __future__ import annotations

import datetime as dt

import pytest

from maillage.access.timetable.model import Vehicle
from maillage.access.visits.model import Certainty, Obstacle, OpeningOn, VisitKind
from maillage.access.visits.why import Facts, LastRide, facts_of, why
from maillage.kernel.french import FIXED, clock

KIND = VisitKind("comptoir", "20 minutes au guichet", 20, 20, 450, 1140, 120)
AFTERNOON = ((990, 1080),)


def said(obstacle: Obstacle, **facts: object) -> str:
    """Return the sentence with plain spaces."""
    return why(obstacle, Facts(**facts), KIND).replace(FIXED, " ")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("obstacle", "facts", "sentence"),
    [
        (
            Obstacle.NO_WAY_BACK,
            {
                "ranges": AFTERNOON,
                "last_return": 59700,
                "last_ride": LastRide(60120, Vehicle.BUS),
            },
            "dernier bus retour à 16 h 42 (partir à 16 h 35), le service ouvre à 16 h 30",
        ),
        (
            Obstacle.NO_WAY_BACK,
            {
                "ranges": ((540, 1080),),
                "last_return": 60120,
                "last_ride": LastRide(60120, Vehicle.TRAM),
            },
            "dernier tram retour à 16 h 42, avant la fin de la visite",
        ),
        (
            Obstacle.NO_WAY_BACK,
            {
                "ranges": AFTERNOON,
                "last_return": 59700,
                "last_ride": LastRide(60120, Vehicle.TRAIN, later=True),
            },
            (
                "dernier train à 16 h 42 pour rentrer avant 19 h (partir à 16 h 35), "
                "le service ouvre à 16 h 30"
            ),
        ),
        (
            Obstacle.NO_WAY_BACK,
            {
                "ranges": AFTERNOON,
                "last_return": 60120,
                "last_ride": LastRide(60120, Vehicle.OTHER),
            },
            "dernier trajet retour à 16 h 42, le service ouvre à 16 h 30",
        ),
        (
            Obstacle.NO_WAY_BACK,
            {"ranges": ((540, 1080),), "last_return": 60120},
            "il faut repartir à 16 h 42 pour rentrer avant 19 h, avant la fin de la visite",
        ),
        (
            Obstacle.NO_WAY_OUT,
            {"ranges": ((540, 720),), "first_arrival": 43800},
            "première arrivée à 12 h 10, le service ferme à 12 h",
        ),
        (
            Obstacle.NO_WAY_OUT,
            {"ranges": ((540, 720),), "first_arrival": 42600},
            "première arrivée à 11 h 50, trop tard pour 20 minutes au guichet avant 12 h",
        ),
        (
            Obstacle.NO_WAY_OUT,
            {"ranges": ((540, 720), (840, 1020))},
            "rien ne permet d'arriver pendant l'ouverture (9 h-12 h et 14 h-17 h)",
        ),
        (
            Obstacle.CLOSED,
            {"ranges": ((540, 550),)},
            "le service n'ouvre que 9 h-9 h 10, trop peu pour 20 minutes au guichet",
        ),
        (
            Obstacle.TOO_LONG,
            {"away": 9300},
            "2 h 35 de trajet et d'attente, plus que 2 h 00",
        ),
    ],
)
def test_the_sentence_gives_the_facts(
    obstacle: Obstacle, facts: dict[str, object], sentence: str
) -> None:
    """Times as French writes them, and what they are compared with."""
    assert said(obstacle, **facts) == sentence


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_without_facts_the_bare_reason_is_told(obstacle: Obstacle) -> None:
    """Nothing is invented where nothing is known."""
    assert said(obstacle) == obstacle.label


def test_an_opening_tells_its_ranges() -> None:
    """What can be known without any journey."""
    opening = OpeningOn(dt.date(2026, 11, 23), AFTERNOON, Certainty.CERTAIN)
    assert facts_of(opening) == Facts(ranges=AFTERNOON)


def test_the_clock_is_rounded_down() -> None:
    """A bus that leaves at 16:42:50 is the bus of 16 h 42."""
    assert clock(60170) == f"16{FIXED}h{FIXED}42"
