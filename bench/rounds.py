"""Mobile rounds on drawn months: the days of several vehicles beside PyVRP alone, a large month.

``python -m bench.rounds [--months 60] [--seconds 20]``. The days: for every date of drawn months
with two vehicles, PyVRP alone shares the stops out and orders them; our search tries every sharing
with exact days. Told: how many days each could hold, breaks and all, and the kilometres where both
do. The large month: a hundred stops, one vehicle, twenty dates, with a time limit; every plan is
checked minute by minute.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from maillage.engines.pyvrp_rounds import PyvrpRoutes
from maillage.kernel.budget import Budget
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.rounds.checks import violations
from maillage.rounds.ground import returns_of
from maillage.rounds.model import Frequency, Range, RoundProblem, RoundStop, Vehicle
from maillage.rounds.routes import DayPlanner, drive_minutes
from maillage.rounds.twin import GreedyRounds
from maillage.wiring.round_solver import round_solver

MONDAY = dt.date(2026, 11, 2)
_SIDE_KM = 35.0
_ITERATIONS = 200


@dataclass(frozen=True, slots=True)
class Days:
    """What became of the days drawn: held by whom, kilometres where both hold them, seconds."""

    drawn: int
    ours: int
    pyvrp: int
    our_km: float
    pyvrp_km: float
    our_seconds: float
    pyvrp_seconds: float


def drawn_month(
    seed: int, *, n_stops: int, n_vehicles: int, n_points: int, reach_km: float
) -> RoundProblem:
    """Return a month drawn: halls, markets and squares in a square of 35 km, gradual reach."""
    draw, numbers = random.Random(seed), np.random.default_rng(seed)
    dates = tuple(MONDAY + dt.timedelta(days=7 * w + d) for w in range(4) for d in range(5))
    where = numbers.uniform(0, _SIDE_KM, (n_stops + n_vehicles, 2))
    km = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1)) * 1.3
    points = numbers.uniform(0, _SIDE_KM, (n_points, 2))
    far = np.hypot(*(where[:n_stops, None] - points[None]).transpose(2, 0, 1))
    shifts = tuple((date, Range(510, 1020)) for date in range(len(dates)))
    vehicles = tuple(
        Vehicle(f"v{n}", f"bus {n}", n_stops + n, shifts, 45, Range(690, 810), 360, 180)
        for n in range(n_vehicles)
    )
    return RoundProblem(
        dates=dates,
        stops=tuple(_stop(draw, number, dates) for number in range(n_stops)),
        vehicles=vehicles,
        minutes=km * 1.1,
        kilometres=km,
        session_minutes=90 if n_vehicles > 1 else 150,
        setup_minutes=20,
        packing_minutes=15,
        reach=np.clip(1 - far / reach_km, 0, 1),
        wanting=numbers.gamma(1, 3, n_points),
        returns=returns_of(load_parameters(MONDAY)),
    )


def _stop(draw: random.Random, number: int, dates: tuple[dt.date, ...]) -> RoundStop:
    kind, day = draw.choice(("hall", "market", "square")), draw.randrange(5)
    hours = {
        "hall": (Range(540, 720), Range(810, 1020)),
        "market": (Range(480, 765),),
        "square": (Range(480, 1140),),
    }[kind]
    windows = tuple(
        (n, hours) for n, date in enumerate(dates) if kind != "market" or date.weekday() == day
    )
    name = f"Arrêt {number}"
    return RoundStop(f"s{number:03}", name, "", name, 2.5, 50.5, windows, tuple(Frequency))


def shortest_sharing(planner: DayPlanner, date: int, stops: tuple[int, ...]) -> float | None:
    """Return the kilometres of the best sharing out of all, None where none holds."""
    vehicles = range(len(planner.problem.vehicles))
    best = None
    for sharing in product(vehicles, repeat=len(stops)):
        days = [
            planner.route(
                v, date, frozenset(s for s, w in zip(stops, sharing, strict=True) if w == v)
            )
            for v in vehicles
        ]
        km = sum(day.kilometres for day in days if day is not None)
        if all(day is not None for day in days) and (best is None or km < best):
            best = km
    return best


def compared_days(n_months: int) -> Days:
    """Return what PyVRP alone and our search make of days of four to six stops, two vehicles."""
    counts = {"drawn": 0, "ours": 0, "pyvrp": 0}
    km, seconds = {"ours": 0.0, "pyvrp": 0.0}, {"ours": 0.0, "pyvrp": 0.0}
    engine = PyvrpRoutes()
    for seed in range(n_months):
        month = drawn_month(seed, n_stops=12, n_vehicles=2, n_points=5, reach_km=6.0)
        draw, date = random.Random(seed), seed % 20
        held = [n for n, stop in enumerate(month.stops) if date in dict(stop.windows)]
        stops = tuple(sorted(draw.sample(held, min(len(held), draw.choice((4, 5, 6))))))
        planner = DayPlanner(month, drive_minutes(month))
        begin = time.perf_counter()
        best = shortest_sharing(planner, date, stops)
        seconds["ours"] += time.perf_counter() - begin
        begin = time.perf_counter()
        ways = engine.share(month, date, stops, Budget(iterations=_ITERATIONS))
        seconds["pyvrp"] += time.perf_counter() - begin
        days = [planner.route(v, date, frozenset(w)) for v, w in enumerate(ways or ())]
        is_held = ways is not None and all(day is not None for day in days)
        counts["drawn"] += 1
        counts["ours"] += best is not None
        counts["pyvrp"] += is_held
        if is_held and best is not None and ways is not None:
            km["ours"] += best
            km["pyvrp"] += sum(_length(month, v, way) for v, way in enumerate(ways))
    return Days(
        **counts, our_km=km["ours"], pyvrp_km=km["pyvrp"],
        our_seconds=seconds["ours"], pyvrp_seconds=seconds["pyvrp"],
    )  # fmt: skip


def _length(month: RoundProblem, vehicle: int, way: tuple[int, ...]) -> float:
    depot = month.vehicles[vehicle].depot
    whole = [depot, *way, depot]
    return float(sum(month.kilometres[a, b] for a, b in pairwise(whole)))


def large_month(seconds: float, reach_km: float) -> str:
    """Return a line on a month of a hundred stops: people, bound, gap, kilometres, seconds."""
    month = drawn_month(1, n_stops=100, n_vehicles=1, n_points=2_000, reach_km=reach_km)
    parameters = load_parameters(MONDAY)
    habits = (parameters.number("rounds.odd_day_km"), int(parameters.number("rounds.hour_step")))
    twin = GreedyRounds(*habits).solve(month, Budget(), Silent())
    begin = time.perf_counter()
    budget = Budget(
        iterations=int(parameters.number("rounds.iterations")),
        seconds_left=lambda: begin + seconds - time.perf_counter(),
    )
    plan = round_solver(parameters).solve(month, budget, Silent())
    lasted = time.perf_counter() - begin
    broken = len(violations(month, plan))
    return (
        f"reach {reach_km:g} km: {len(plan.sessions)} sessions, people {plan.people:.1f} "
        f"(greedy {twin.people:.1f}), bound {plan.bound:.1f}, gap {plan.gap:.2%}, "
        f"{plan.kilometres:.0f} km, regularity {plan.regularity:.2f}, {broken} rules broken, "
        f"{lasted:.1f} s"
    )


def main() -> None:
    """Print the days and the large months."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    days = compared_days(asked.months)
    print(
        f"{days.drawn} days of two vehicles: held by us {days.ours}, by PyVRP alone {days.pyvrp}; "
        f"where both: {days.our_km:.1f} km ({days.our_seconds:.2f} s), "
        f"{days.pyvrp_km:.1f} km ({days.pyvrp_seconds:.2f} s)"
    )
    for reach_km in (3.0, 6.0):
        print(large_month(asked.seconds, reach_km))


if __name__ == "__main__":
    main()
