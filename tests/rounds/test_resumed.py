"""An earlier plan is the plan to beat: what of it still holds is kept, what is gone is left out."""

from __future__ import annotations

from dataclasses import replace

from tests.rounds.months import asked, grounded, small_month, small_plan

from maillage.rounds.checks import violations
from maillage.rounds.resumed import better_of, earlier_plan
from maillage.rounds.value import plan_of

HABITS = (20.0, 15)


def test_a_plan_told_is_the_plan_that_was_made() -> None:
    """By ids, names and days, the sessions and frequencies are found again."""
    on = grounded()
    before, told = small_plan(on), earlier_plan(on.problem, small_month().stops)
    assert told.sessions == before.sessions
    assert told.frequencies == before.frequencies


def test_what_is_no_longer_there_is_left_out() -> None:
    """A stop that is not a candidate any more takes its sessions with it."""
    on, stops = grounded(), small_month().stops
    gone = replace(stops[0], stop=replace(stops[0].stop, id="elsewhere"))
    told = earlier_plan(on.problem, (gone, *stops[1:]))
    assert len(told.sessions) == len(small_plan(on).sessions) - len(stops[0].sessions)


def test_the_better_plan_goes_on() -> None:
    """An empty month is beaten by the earlier plan, whose answer keeps the bound of the search."""
    on = grounded(wanted=asked(most_sessions=7))
    empty = plan_of(on.problem, (), (), {}, (5_000.0, "time", "à vide"))
    best = better_of(on.problem, empty, small_month().stops, HABITS)
    assert best.people >= small_plan(on).people
    assert (best.bound, best.stopped, best.engine) == (5_000.0, "time", "à vide")
    assert violations(on.problem, best) == ()


def test_a_plan_found_that_does_more_stays() -> None:
    """Nothing of the earlier plan is taken where the search did better."""
    on = grounded()
    found = replace(small_plan(on), people=1e6, bound=1e6)
    assert better_of(on.problem, found, small_month().stops, HABITS) is found


def test_nothing_told_leaves_what_was_found() -> None:
    """An earlier plan without any stop of now changes nothing."""
    on = grounded()
    found = small_plan(on)
    assert better_of(on.problem, found, (), HABITS) is found
