"""The checker tells each rule that a plan breaks, and lets the rest be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.rounds.draws import RETURNS, workdays

from maillage.rounds.checks import violations
from maillage.rounds.model import (
    Break,
    FixedSession,
    Frequency,
    Range,
    RoundPlan,
    RoundProblem,
    RoundStop,
    Session,
    Vehicle,
)
from maillage.rounds.value import plan_of

DAY = Range(480, 1020)


def problem() -> RoundProblem:
    """Return two stops half an hour apart, one bus, four weeks; the second is shut on Tuesdays."""
    dates = workdays(4)
    always = tuple((date, (DAY,)) for date in range(20))
    no_tuesday = tuple(told for told in always if told[0] % 5 != 1)
    stops = (
        RoundStop("a", "Auchel", "62048", "Auchel", 2.5, 50.5, always, tuple(Frequency)),
        RoundStop("b", "Bruay", "62178", "Bruay", 2.5, 50.5, no_tuesday, tuple(Frequency)),
    )
    bus = Vehicle("v", "le bus", 2, tuple((d, DAY) for d in range(20)), 45, Range(690, 810), 360)
    roads = np.full((3, 3), 30.0) - 30 * np.eye(3)
    return RoundProblem(
        dates, stops, (bus,), roads, roads, 120, 20, 10, np.eye(2), np.ones(2), RETURNS
    )


def sessions(
    stop: int = 0, dates: tuple[int, ...] = (0, 5, 10, 15), start: int = 540
) -> tuple[Session, ...]:
    """Return sessions of two hours of the bus."""
    return tuple(Session(0, date, stop, start, start + 120) for date in dates)


def plan(
    told: tuple[Session, ...],
    frequencies: dict[int, Frequency],
    breaks: tuple[Break, ...] = (),
    of: RoundProblem | None = None,
) -> RoundPlan:
    """Return a plan of these sessions."""
    return plan_of(of or problem(), told, breaks, frequencies, (2.0, "effort", "main"))


def test_a_plan_that_holds_breaks_nothing() -> None:
    """Four Mondays at nine, with no break since the bus is out three hours and a half."""
    assert violations(problem(), plan(sessions(), {0: Frequency.WEEKLY})) == ()


BROKEN: dict[str, tuple[tuple[Session, ...], dict[int, Frequency], tuple[Break, ...], str]] = {
    "shut": (sessions(1, (1, 6, 11, 16)), {1: Frequency.WEEKLY}, (), "hors des heures du lieu"),
    "short": (
        (Session(0, 0, 0, 540, 600),),
        {0: Frequency.MONTHLY},
        (),
        "dure 60 minutes",
    ),
    "too early": (sessions(0, (0,), 500), {0: Frequency.MONTHLY}, (), "heures de l'équipe"),
    "no road": (
        (*sessions(0, (0,)), *sessions(1, (0,), 700)),
        {0: Frequency.MONTHLY, 1: Frequency.MONTHLY},
        (),
        "pas le temps d'aller d'Auchel à Bruay",
    ),
    "overlap": (
        (*sessions(0, (0,)), *sessions(1, (0,), 600)),
        {0: Frequency.MONTHLY, 1: Frequency.MONTHLY},
        (),
        "même minute",
    ),
    "no break": (
        (*sessions(0, (0,)), *sessions(1, (0,), 820)),
        {0: Frequency.MONTHLY, 1: Frequency.MONTHLY},
        (),
        "sans pause",
    ),
    "short break": (
        (*sessions(0, (0,)), *sessions(1, (0,), 820)),
        {0: Frequency.MONTHLY, 1: Frequency.MONTHLY},
        (Break(0, 0, 700, 730),),
        "pause trop courte",
    ),
    "late break": (
        (*sessions(0, (0,)), *sessions(1, (0,), 700 + 60)),
        {0: Frequency.MONTHLY, 1: Frequency.MONTHLY},
        (Break(0, 0, 890, 935),),
        "pause hors de son heure",
    ),
    "a week missing": (sessions(0, (0, 5, 10)), {0: Frequency.WEEKLY}, (), "n'est pas tenu"),
    "twice a week": (
        sessions(0, (0, 1, 5, 10, 15)),
        {0: Frequency.WEEKLY},
        (),
        "n'est pas tenu",
    ),
    "not every other week": (
        sessions(0, (0, 5)),
        {0: Frequency.FORTNIGHTLY},
        (),
        "n'est pas tenu",
    ),
    "no frequency": (sessions(0, (0,)), {}, (), "ne se répondent pas"),
    "a break for nothing": ((), {}, (Break(0, 0, 700, 745),), "aucune séance"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_each_rule_broken_is_told(name: str) -> None:
    """A plan that breaks one rule is told so in words."""
    told, frequencies, breaks, words = BROKEN[name]
    assert words in " ; ".join(violations(problem(), plan(told, frequencies, breaks)))


def test_rules_of_the_whole_month_are_told() -> None:
    """A stop imposed and not held, a commitment not kept, too many sessions, too much road."""
    asked = problem()
    forced = replace(asked, stops=(asked.stops[0], replace(asked.stops[1], forced=True)))
    fixed = replace(asked, fixed=(FixedSession(0, 2, 0, 600, 700),))
    far = replace(asked, vehicles=(replace(asked.vehicles[0], longest_drive=50),))
    weekly = plan(sessions(), {0: Frequency.WEEKLY})
    assert violations(forced, weekly) == ("Bruay : imposé, mais pas tenu",)
    assert "séance fixée, mais pas tenue" in " ".join(violations(fixed, weekly))
    assert violations(replace(asked, most_sessions=3), weekly) == ("4 séances, mais 3 permises",)
    assert "60 minutes de route" in " ".join(violations(far, weekly))


def test_people_who_cannot_be_received_are_told() -> None:
    """A plan that counts one person, where four sessions have room for a tenth each, is refused."""
    narrow = replace(problem(), capacity=0.1)
    weekly = plan(sessions(), {0: Frequency.WEEKLY}, of=narrow)
    assert weekly.people == pytest.approx(0.4)
    assert violations(narrow, weekly) == ()
    (told,) = violations(narrow, replace(weekly, people=1.0))
    assert told == "personnes comptées : 1,0, mais 0,4 peuvent être reçues"


def test_a_week_lost_is_no_violation_but_half_of_them_is() -> None:
    """A stop shut all of one week is held weekly in three; shut two weeks it is not weekly."""
    asked = problem()
    shut_once = tuple(told for told in asked.stops[0].windows if told[0] >= 5)
    shut_twice = tuple(told for told in asked.stops[0].windows if told[0] >= 10)
    for windows, dates, holds in (
        (shut_once, (5, 10, 15), True),
        (shut_twice, (10, 15), False),
    ):
        month = replace(asked, stops=(replace(asked.stops[0], windows=windows), asked.stops[1]))
        weekly = plan(sessions(0, dates), {0: Frequency.WEEKLY})
        assert (violations(month, weekly) == ()) is holds
