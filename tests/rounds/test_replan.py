"""A month replanned changes what it says, and little else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.rounds.draws import month

from maillage.kernel.budget import Budget
from maillage.kernel.progress import Silent
from maillage.rounds.bounded import BoundedRounds
from maillage.rounds.checks import violations
from maillage.rounds.model import RoundPlan, RoundProblem
from maillage.rounds.replan import replanned, without_date, without_past, without_stop

HABITS = (20.0, 15)


def planned(seed: int) -> tuple[RoundProblem, RoundPlan]:
    """Return a month of eight stops and its plan."""
    asked = replace(month(seed, n_vehicles=1 + seed % 2), most_sessions=12)
    return asked, BoundedRounds(*HABITS).solve(asked, Budget(iterations=5), Silent())


@pytest.mark.parametrize("seed", [0, 3, 7, 11])
def test_what_is_told_is_all_that_changes(seed: int) -> None:
    """Kept and dropped are the plan of before, kept and added the new one; all rules hold."""
    asked, before = planned(seed)
    first = before.sessions[0]
    for now in (without_stop(asked, first.stop), without_date(asked, first.date)):
        for moves in (0, 1):
            new = replanned(now, before, moves, HABITS)
            assert violations(now, new.plan) == ()
            assert set(before.sessions) == {*new.kept, *new.dropped}
            assert set(new.plan.sessions) == {*new.kept, *new.added}
            assert first in new.dropped


@pytest.mark.parametrize("seed", [0, 3, 7, 11])
def test_without_moves_only_the_stop_that_falls_is_dropped(seed: int) -> None:
    """Where a stop closes and nothing may move, every session of the others stays to the minute."""
    asked, before = planned(seed)
    stop = before.sessions[0].stop
    new = replanned(without_stop(asked, stop), before, 0, HABITS)
    assert {session.stop for session in new.dropped} == {stop}
    others = [s for s in before.sessions if s.stop != stop]
    assert set(new.kept) == set(others)


def test_nothing_changes_where_nothing_falls() -> None:
    """A full month replanned for the same demand is the same month."""
    asked, before = planned(5)
    new = replanned(replace(asked, most_sessions=len(before.sessions)), before, 0, HABITS)
    assert new.plan.sessions == before.sessions
    assert new.dropped == new.added == ()


def test_moves_are_made_only_for_more_people() -> None:
    """One move allowed serves at least as many people as none."""
    for seed in (1, 3):
        asked, before = planned(seed)
        now = without_date(asked, before.sessions[0].date)
        none, one = (replanned(now, before, moves, HABITS).plan for moves in (0, 1))
        assert one.people >= none.people


@pytest.mark.parametrize("seed", [0, 3])
def test_what_is_past_is_open_to_what_was_held_alone(seed: int) -> None:
    """Replanned from its middle on, a month keeps its first half and adds nothing to it."""
    asked, before = planned(seed)
    since = len(asked.dates) // 2
    fallen = before.sessions[-1].stop
    left = without_stop(without_past(asked, before, since), fallen, since)
    new = replanned(left, before, 2, HABITS)
    past = {session for session in new.plan.sessions if session.date < since}
    assert past <= {session for session in before.sessions if session.date < since}
    assert not [s for s in new.plan.sessions if s.stop == fallen and s.date >= since]
