"""An earlier plan as the plan to beat: what of it still holds, put beside what a search found."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.rounds.model import RoundPlan, RoundProblem, Session
from maillage.rounds.month import HeldStop
from maillage.rounds.replan import replanned
from maillage.rounds.value import plan_of

Habits = tuple[float, int]
"""``odd_day_km`` and ``hour_step``, as the solvers have them."""


def earlier_plan(problem: RoundProblem, stops: Sequence[HeldStop]) -> RoundPlan:
    """Return an earlier plan in the numbers of a problem; what is no longer there is left out.

    Stops are known by id, vehicles by name, dates by day. Whether it still holds is not looked at.
    """
    numbers = {stop.id: n for n, stop in enumerate(problem.stops)}
    dates = {day: n for n, day in enumerate(problem.dates)}
    vehicles = {vehicle.name: n for n, vehicle in enumerate(problem.vehicles)}
    sessions = [
        Session(
            vehicles[one.vehicle],
            dates[one.date],
            numbers[held.stop.id],
            one.received.start,
            one.received.end,
        )
        for held in stops
        for one in held.sessions
        if held.stop.id in numbers and one.date in dates and one.vehicle in vehicles
    ]
    there = {session.stop for session in sessions}
    often = {numbers[one.stop.id]: one.frequency for one in stops if one.stop.id in numbers}
    frequencies = {stop: often[stop] for stop in sorted(there)}
    return plan_of(problem, sessions, (), frequencies, (0.0, None, ""))


def better_of(
    problem: RoundProblem, found: RoundPlan, stops: Sequence[HeldStop], habits: Habits
) -> RoundPlan:
    """Return the better of a plan found and of what an earlier one still holds, filled.

    More people go first, then fewer kilometres; bound and engine are those of the search. Raises
    ImpossibleDemand where nothing can be planned.
    """
    before = earlier_plan(problem, stops)
    if not before.sessions:
        return found
    again = replanned(problem, before, 0, habits).plan
    if _worth(again) <= _worth(found):
        return found
    answer = (found.bound, found.stopped or "effort", found.engine)
    return plan_of(problem, again.sessions, again.breaks, dict(again.frequencies), answer)


def _worth(plan: RoundPlan) -> tuple[float, float]:
    return round(plan.people, 6), -plan.kilometres
