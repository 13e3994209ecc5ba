"""The stops of one date shared out between several vehicles, by the shortest roads."""

from __future__ import annotations

from typing import Protocol

from maillage.kernel.budget import Budget
from maillage.rounds.calendar import Calendar, Held, Place
from maillage.rounds.insertion import Inserter, is_better
from maillage.rounds.model import RoundProblem


class RouteEngine(Protocol):
    """What shares stops out between the vehicles of a date."""

    @property
    def name(self) -> str:
        """What it is, with its version."""

    def share(
        self, problem: RoundProblem, date: int, stops: tuple[int, ...], budget: Budget
    ) -> tuple[tuple[int, ...], ...] | None:
        """Return the stops of each vehicle, in the order of its day; None where none was found.

        Breaks are counted, not placed: hours are the caller's to check.
        """


def shared_out(
    inserter: Inserter, calendar: Calendar, engine: RouteEngine, budget: Budget
) -> Calendar:
    """Return the same sessions on the same dates, by the vehicles that drive the least."""
    ground = inserter.ground
    if len(ground.problem.vehicles) < 2:
        return calendar
    for date in sorted({date for (_, date), stops in calendar.days.items() if stops}):
        if budget.ended:
            break
        calendar = _bettered_date(inserter, calendar, date, engine, budget)
    return calendar


def _bettered_date(
    inserter: Inserter, calendar: Calendar, date: int, engine: RouteEngine, budget: Budget
) -> Calendar:
    ground = inserter.ground
    vehicles = range(len(ground.problem.vehicles))
    stops = {s for vehicle in vehicles for s in calendar.days.get((vehicle, date), ())}
    if len(stops) < 2:
        return calendar
    ways = engine.share(ground.problem, date, tuple(sorted(stops)), budget)
    if ways is None:
        return calendar
    at = {stop: (vehicle, date) for vehicle, way in enumerate(ways) for stop in way}
    if any(place != at[stop] for stop in stops for place in ground.commitments.get(stop, ())
           if place[1] == date):  # fmt: skip
        return calendar
    trial = _moved(calendar, at)
    days = [ground.planner.route(*place, stops) for place, stops in sorted(trial.days.items())]
    if any(day is None for day in days):
        return calendar
    return trial if is_better(inserter.score(trial), inserter.score(calendar)) else calendar


def _moved(calendar: Calendar, at: dict[int, Place]) -> Calendar:
    """Return the calendar with the sessions of one date at other vehicles."""
    date = next(iter(at.values()))[1]
    held = {
        stop: Held(
            told.rhythm, tuple(at[stop] if place[1] == date else place for place in told.places)
        )
        if stop in at
        else told
        for stop, told in calendar.held.items()
    }
    return Calendar(calendar.ground, held)
