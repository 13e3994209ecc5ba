"""What every solver of rounds must hold. A new one is one more line in ``SOLVERS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from tests.rounds.draws import HABITS, month

from maillage.engines.highs_rounds import HighsChoice
from maillage.engines.pyvrp_rounds import PyvrpRoutes
from maillage.kernel.budget import Budget
from maillage.kernel.errors import ImpossibleDemand, TooLarge
from maillage.kernel.progress import Silent
from maillage.rounds.bounded import BoundedRounds
from maillage.rounds.checks import violations
from maillage.rounds.exhaustive import ExhaustiveRounds
from maillage.rounds.model import (
    FixedSession,
    Frequency,
    RoundPlan,
    RoundProblem,
    RoundSolver,
)
from maillage.rounds.twin import GreedyRounds
from maillage.rounds.value import people_of


class Begun(Silent):
    """Progress that keeps the steps it was told of."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def step(self, label: str, total: int | None = None) -> None:
        """Keep the step."""
        self.steps.append(label)


def greedy() -> RoundSolver:
    """Return the twin."""
    return GreedyRounds(**HABITS)


def alone() -> RoundSolver:
    """Return our solver with no engine installed."""
    return BoundedRounds(**HABITS)


def whole() -> RoundSolver:
    """Return our solver with its engines."""
    return BoundedRounds(**HABITS, choice=HighsChoice(), routes=PyvrpRoutes())


def exhaustive() -> RoundSolver:
    """Return what tries every month."""
    return ExhaustiveRounds(**HABITS)


SOLVERS: tuple[Callable[[], RoundSolver], ...] = (greedy, alone, whole)
every_solver = pytest.mark.parametrize("make", SOLVERS, ids=lambda make: make.__name__)
FEW = Budget(iterations=4)


def small(seed: int) -> RoundProblem:
    """Return a month of eight stops, with one vehicle or two; one in three tells its room."""
    return replace(month(seed, n_vehicles=1 + seed % 2), capacity=None if seed % 3 else 15.0)


def tiny(seed: int) -> RoundProblem:
    """Return two weeks of three days and three stops, whose every month can be tried."""
    drawn = month(seed, n_stops=3, n_vehicles=1 + seed % 2, weeks=2, days=3)
    most = None if seed % 3 else 3
    return replace(drawn, most_sessions=most, capacity=None if seed % 4 else 12.0)


def solved(make: Callable[[], RoundSolver], asked: RoundProblem) -> RoundPlan | None:
    """Return the plan, None where the demand is refused."""
    try:
        return make().solve(asked, FEW, Silent())
    except (ImpossibleDemand, TooLarge):
        return None


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))


def _holds(make: Callable[[], RoundSolver], seeds: range) -> int:
    """Return how many months were planned; each is checked by what shares no code with us."""
    planned = 0
    for seed in seeds:
        asked = small(seed)
        plan = solved(make, asked)
        if plan is None:
            continue
        planned += 1
        assert violations(asked, plan) == (), seed
        assert _close(plan.people, people_of(asked, plan.often)), seed
        assert plan.people <= plan.bound + 1e-9, seed
        assert plan.proved == (plan.stopped is None), seed
        twin = solved(greedy, asked)
        assert twin is not None, seed
        assert plan.people >= twin.people - 1e-9, seed
    return planned


@every_solver
def test_every_rule_is_kept_and_the_twin_is_never_better(make: Callable[[], RoundSolver]) -> None:
    """The independent checker accepts every plan; its people are told right, under its bound."""
    assert _holds(make, range(5)) > 3


@every_solver
def test_what_memory_cannot_hold_is_refused_before_beginning(
    make: Callable[[], RoundSolver],
) -> None:
    """The refusal gives the estimate, and no step of a search was begun."""
    asked = small(1)
    crowd = np.zeros(100_000)
    asked = replace(asked, reach=np.zeros((len(asked.stops), len(crowd))), wanting=crowd)
    begun = Begun()
    with pytest.raises(TooLarge, match=r"environ 0,\d Gio de mémoire, et 0,1 Gio"):
        make().solve(asked, Budget(memory_bytes=2**27), begun)
    assert begun.steps == []


@pytest.mark.full
@every_solver
def test_every_rule_is_kept_two_hundred_times(make: Callable[[], RoundSolver]) -> None:
    """The same on two hundred months drawn at random."""
    assert _holds(make, range(200)) > 150


def _as_exhaustive(seeds: range) -> int:
    proved = 0
    for seed in seeds:
        asked = tiny(seed)
        best, plan = solved(exhaustive, asked), solved(whole, asked)
        if best is None:
            continue
        assert plan is not None, seed
        assert violations(asked, best) == (), seed
        assert _close(plan.people, best.people), seed
        assert plan.proved, seed
        proved += 1
    return proved


def test_tiny_months_are_solved_as_by_trying_all() -> None:
    """Where every month can be tried, none serves more people, and the bound says so."""
    assert _as_exhaustive(range(8)) > 5


@pytest.mark.full
def test_tiny_months_are_solved_as_by_trying_all_many_times() -> None:
    """The same two hundred times."""
    assert _as_exhaustive(range(200)) > 150


def test_a_session_more_never_serves_fewer() -> None:
    """With one session more allowed, what is proved best does not fall."""
    for seed in (0, 2, 5):
        asked = small(seed)
        people = [0.0]
        for most in (1, 2, 4):
            plan = solved(whole, replace(asked, most_sessions=most))
            if plan is not None and plan.proved:
                assert plan.people >= people[-1] - 1e-6, seed
                assert len(plan.sessions) <= most
                people.append(plan.people)
        assert len(people) > 2, seed


def test_more_room_never_serves_fewer() -> None:
    """What is proved best grows with what a session can receive, up to where room is not told."""
    for seed in (0, 2, 5):
        asked = small(seed)
        people = [0.0]
        for room in (2.0, 10.0, 1e9, None):
            plan = solved(whole, replace(asked, capacity=room))
            assert plan is not None
            if plan.proved:
                assert plan.people >= people[-1] - 1e-6, seed
                assert room is None or plan.people <= room * len(plan.sessions) + 1e-6, seed
                people.append(plan.people)
        assert len(people) > 3, seed
        assert _close(people[-1], people[-2]), seed


def test_the_order_of_stops_changes_no_value() -> None:
    """The same month told in another order of stops is worth the same, where it is proved."""
    for seed in range(3):
        asked = small(seed)
        n_stops = len(asked.stops)
        order = np.random.default_rng(seed).permutation(n_stops)
        places = np.concatenate((order, np.arange(n_stops, len(asked.minutes))))
        moved = replace(
            asked,
            stops=tuple(asked.stops[n] for n in order),
            minutes=asked.minutes[np.ix_(places, places)],
            kilometres=asked.kilometres[np.ix_(places, places)],
            reach=asked.reach[order],
        )
        one, other = solved(whole, asked), solved(whole, moved)
        assert one is not None
        assert other is not None
        assert one.proved
        assert other.proved
        assert _close(one.people, other.people), seed


@every_solver
def test_the_same_seed_gives_the_same_plan(make: Callable[[], RoundSolver]) -> None:
    """Nothing but the problem, the seed and the effort decides."""
    assert solved(make, small(3)) == solved(make, small(3))


@every_solver
def test_what_is_imposed_is_held(make: Callable[[], RoundSolver]) -> None:
    """A stop forced, though nobody is there, and a commitment are in every plan."""
    for seed in range(3):
        asked = small(seed)
        calm = tuple(replace(s, frequencies=tuple(Frequency)) for s in asked.stops)
        forced = (*calm[:-1], replace(calm[-1], forced=True))
        asked = replace(asked, stops=forced, most_sessions=None)
        free = solved(make, replace(asked, stops=calm))
        if free is None or not free.sessions:
            continue
        s = free.sessions[0]
        fixed = FixedSession(s.vehicle, s.date, s.stop, s.start, s.end)
        plan = solved(make, replace(asked, fixed=(fixed,)))
        if plan is not None:
            assert violations(replace(asked, fixed=(fixed,)), plan) == (), seed
            assert s in plan.sessions, seed
            assert len(calm) - 1 in dict(plan.frequencies), seed


@every_solver
def test_no_time_still_gives_a_plan_and_a_bound(make: Callable[[], RoundSolver]) -> None:
    """Where time has ended before it begins, the plan at hand is told, with a bound."""
    asked = replace(small(7), most_sessions=None)
    plan = make().solve(asked, Budget(seconds_left=lambda: 0.0), Silent())
    assert violations(asked, plan) == ()
    assert plan.people <= plan.bound
    assert plan.proved or plan.stopped is not None


def test_imposed_stops_that_no_day_holds_together_are_told() -> None:
    """Two stops imposed on the only day, too far apart for it: the answer names them."""
    asked = tiny(1)
    window = next(s for s in small(1).stops if s.windows).windows[0][1]
    alike = tuple(
        replace(s, forced=True, windows=((0, window),), frequencies=(Frequency.MONTHLY,))
        for s in asked.stops
    )
    crowded = replace(asked, stops=alike, vehicles=asked.vehicles[:1], most_sessions=None,
                      minutes=asked.minutes * 0 + 5, session_minutes=170)  # fmt: skip
    with pytest.raises(ImpossibleDemand, match="Arrêt 0, Arrêt 1, Arrêt 2"):
        whole().solve(crowded, FEW, Silent())
