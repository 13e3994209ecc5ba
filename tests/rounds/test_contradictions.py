"""What cannot be answered is refused with each reason, in French."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from tests.rounds.draws import HABITS
from tests.rounds.test_checks import problem

from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.french import FIXED
from maillage.kernel.progress import Silent
from maillage.rounds.calendar import Ground
from maillage.rounds.contradictions import contradictions
from maillage.rounds.model import FixedSession, Frequency, Range, RoundProblem
from maillage.rounds.twin import GreedyRounds

Change = Callable[[RoundProblem], RoundProblem]


def _stop(asked: RoundProblem, **changes: object) -> RoundProblem:
    return replace(asked, stops=(replace(asked.stops[0], **changes), asked.stops[1]))


def _bus(asked: RoundProblem, **changes: object) -> RoundProblem:
    return replace(asked, vehicles=(replace(asked.vehicles[0], **changes),))


def _fixed(asked: RoundProblem, *fixed: tuple[int, int, int, int]) -> RoundProblem:
    return replace(asked, fixed=tuple(FixedSession(0, *told) for told in fixed))


IMPOSSIBLE: dict[str, tuple[Change, str]] = {
    "no stop open": (
        lambda p: replace(p, stops=tuple(replace(s, windows=()) for s in p.stops)),
        "aucun arrêt n'est ouvert",
    ),
    "no vehicle out": (lambda p: _bus(p, shifts=()), "aucun véhicule ne sort"),
    "none of the sessions": (
        lambda p: replace(p, most_sessions=0),
        "0 séance demandée : il en faut au moins une",
    ),
    "forced and shut": (
        lambda p: _stop(p, forced=True, windows=()),
        "Auchel est imposé, mais fermé à toutes ces dates",
    ),
    "forced and shut when out": (
        lambda p: _bus(
            _stop(p, forced=True, windows=((0, (Range(480, 900),)),)),
            shifts=((2, Range(480, 1020)),),
        ),
        "fermé chaque fois qu'un véhicule sort",
    ),
    "forced and short": (
        lambda p: _stop(p, forced=True, windows=((0, (Range(600, 660),)),)),
        "n'ouvre jamais 120 minutes de suite",
    ),
    "forced and far": (
        lambda p: replace(_stop(p, forced=True), minutes=p.minutes * 20),
        "n'a le temps d'y aller",
    ),
    "forced and never as often": (
        lambda p: _stop(
            p, forced=True, windows=p.stops[0].windows[:5], frequencies=(Frequency.WEEKLY,)
        ),
        "à aucune des fréquences permises (chaque semaine)",
    ),
    "fixed on a day off": (
        lambda p: _fixed(_bus(p, shifts=((1, Range(480, 1020)),)), (0, 0, 540, 660)),
        "le bus ne sort pas ce jour-là",
    ),
    "fixed outside the shift": (lambda p: _fixed(p, (0, 0, 480, 600)), "hors des heures du bus"),
    "fixed where it is shut": (lambda p: _fixed(p, (1, 1, 540, 660)), "le lieu est fermé"),
    "fixed outside the window": (
        lambda p: _fixed(_stop(p, windows=((0, (Range(600, 700),)),)), (0, 0, 590, 690)),
        "hors des heures du lieu",
    ),
    "fixed twice": (lambda p: _fixed(p, (0, 0, 540, 660), (0, 1, 600, 720)), "se chevauchent"),
    "fixed with no road between": (
        lambda p: _fixed(p, (0, 0, 540, 660), (0, 1, 670, 790)),
        "pas le temps d'aller",
    ),
    "fixed with no break": (
        lambda p: _fixed(_bus(p, break_window=Range(600, 640)), (0, 0, 540, 960)),
        "ne tiennent pas avec la route et la pause",
    ),
    "fixed twice in a week": (
        lambda p: _fixed(p, (0, 0, 540, 660), (1, 0, 540, 660)),
        "Auchel a plusieurs séances fixées dans une même semaine",
    ),
    "fixed in weeks that follow no rhythm": (
        lambda p: _fixed(
            _stop(p, frequencies=(Frequency.FORTNIGHTLY,)), (0, 0, 540, 660), (5, 0, 540, 660)
        ),
        "ne suivent aucun rythme",
    ),
    "more fixed than allowed": (
        lambda p: replace(_fixed(p, (0, 0, 540, 660), (7, 0, 540, 660)), most_sessions=1),
        "2 séances fixées, mais 1 en tout",
    ),
    "more forced than allowed": (
        lambda p: replace(_stop(p, forced=True, frequencies=(Frequency.WEEKLY,)), most_sessions=3),
        "demandent 4 séances, mais 3 sont permises",
    ),
    "a session too long": (
        lambda p: replace(p, session_minutes=600),
        "une séance dure 600 minutes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(IMPOSSIBLE))
def test_each_contradiction_is_named(name: str) -> None:
    """A demand that contradicts itself is refused by what contradicts."""
    change, words = IMPOSSIBLE[name]
    asked = change(problem())
    told = contradictions(Ground(asked))
    assert words in " ; ".join(told)
    with pytest.raises(ImpossibleDemand):
        GreedyRounds(**HABITS).solve(asked, Budget(), Silent())


TOGETHER: dict[str, tuple[Change, tuple[str, ...]]] = {
    "shut, fixed at once, too many": (
        lambda p: replace(
            _fixed(_stop(p, forced=True, windows=()), (5, 1, 540, 660), (5, 1, 600, 720)),
            most_sessions=1,
        ),
        (
            "2 séances fixées, mais 1 en tout",
            "se chevauchent",
            "Auchel est imposé, mais fermé à toutes ces dates",
            "Bruay a plusieurs séances fixées dans une même semaine",
        ),
    ),
    "never as often, fixed where it is shut, fixed with no break": (
        lambda p: _fixed(
            _stop(
                _bus(p, break_window=Range(600, 640)),
                forced=True,
                windows=p.stops[0].windows[:5],
                frequencies=(Frequency.WEEKLY,),
            ),
            (6, 1, 540, 660),
            (0, 0, 540, 960),
        ),
        (
            "Bruay, le 10 novembre 2026 à 9 h : le lieu est fermé ce jour-là",
            "ne tiennent pas avec la route et la pause",
            "à aucune des fréquences permises (chaque semaine)",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TOGETHER))
def test_all_that_contradict_are_named_and_nothing_else(name: str) -> None:
    """Each contradiction is one clause; what only follows from another is none."""
    change, words = TOGETHER[name]
    told = [clause.replace(FIXED, " ") for clause in contradictions(Ground(change(problem())))]
    assert len(told) == len(words)
    for wanted in words:
        assert any(wanted in clause for clause in told), wanted


def test_what_only_follows_is_not_told() -> None:
    """Where commitments that overlap leave a day no room, a stop imposed then is not accused."""
    asked = problem()
    calonne = replace(asked.stops[0], id="c", name="Calonne", forced=True)
    roads = np.full((4, 4), 30.0) - 30 * np.eye(4)
    asked = replace(
        asked,
        stops=(*asked.stops, replace(calonne, windows=calonne.windows[:1])),
        vehicles=(replace(asked.vehicles[0], depot=3),),
        minutes=roads,
        kilometres=roads,
        reach=np.eye(3),
        wanting=np.ones(3),
    )
    assert contradictions(Ground(asked)) == ()
    (told,) = contradictions(Ground(_fixed(asked, (0, 0, 540, 660), (0, 1, 600, 720))))
    assert "se chevauchent" in told


def test_a_demand_that_can_be_answered_contradicts_nothing() -> None:
    """Nothing is told of a month that holds, with a commitment and a stop imposed."""
    asked = _fixed(_stop(problem(), forced=True), (0, 0, 540, 660))
    assert contradictions(Ground(asked)) == ()


WRONG: dict[str, Change] = {
    "minutes of another shape": lambda p: replace(p, minutes=np.ones((2, 2))),
    "kilometres below nothing": lambda p: replace(p, kilometres=p.kilometres - 1),
    "reach above one": lambda p: replace(p, reach=p.reach * 2),
    "wanting of another length": lambda p: replace(p, wanting=np.ones(3)),
    "dates out of order": lambda p: replace(p, dates=p.dates[::-1]),
    "a window of a date that is not there": lambda p: _stop(p, windows=((20, ()),)),
    "a window that ends before it begins": lambda p: _stop(p, windows=((0, (Range(700, 600),)),)),
    "a depot among the stops": lambda p: _bus(p, depot=0),
    "a fixed session nowhere": lambda p: _fixed(p, (0, 7, 540, 660)),
    "room for nobody": lambda p: replace(p, capacity=0.0),
    "sessions of no minutes": lambda p: replace(p, session_minutes=0),
    "returns that fall": lambda p: replace(
        p, returns=tuple((f, 1 / f.sessions) for f in Frequency)
    ),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_what_is_no_problem_is_refused(name: str) -> None:
    """Arrays and numbers that are not as said are a ValueError, not a plan."""
    asked = problem()
    assert asked.dates[0] == dt.date(2026, 11, 2)
    with pytest.raises(ValueError, match=r"must|is|begins|names"):
        WRONG[name](asked)
