"""PyVRP shares the stops of a date out between several vehicles, by the fewest kilometres.

PyVRP knows neither breaks nor a stop with two windows. A break is taken off the time that a vehicle
may be out; a stop is one client a window, of which one is served. What it answers is then put on
the road by ``rounds.routes``, that knows both.
"""

from __future__ import annotations

import warnings
from types import ModuleType
from typing import Any

import numpy as np

from maillage.kernel.budget import Budget
from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr
from maillage.rounds.model import RoundProblem, Vehicle
from maillage.rounds.routes import NO_ROAD, drive_minutes

_METRES = 1_000
_NO_WAY = 10**9


class PyvrpRoutes:
    """The engine for days of several vehicles. Raises MissingExtra where PyVRP is not installed."""

    def __init__(self) -> None:
        self._pyvrp = _pyvrp()

    @property
    def name(self) -> str:
        """What it is, with its version."""
        from importlib.metadata import version

        return f"PyVRP {version('pyvrp')}"

    def share(
        self, problem: RoundProblem, date: int, stops: tuple[int, ...], budget: Budget
    ) -> tuple[tuple[int, ...], ...] | None:
        """Return the stops of each vehicle, in the order of its day; None where none was found."""
        out = [n for n, vehicle in enumerate(problem.vehicles) if date in dict(vehicle.shifts)]
        clients = [(stop, begin) for stop in stops for begin in _begins(problem, stop, date)]
        if not out or {stop for stop, _ in clients} != set(stops):
            return None
        day = _Day(self._pyvrp, problem, date, out)
        data = day.data(stops, clients)

        rules = [self._pyvrp.stop.MaxIterations(budget.iterations), lambda _cost: budget.ended]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = self._pyvrp.solve(
                data,
                self._pyvrp.stop.MultipleCriteria(rules),
                seed=budget.seed,
                collect_stats=False,
                display=False,
            )
        if not result.best.is_feasible():
            return None
        ways: list[tuple[int, ...]] = [()] * len(problem.vehicles)
        for route in result.best.routes():
            way = tuple(clients[a.idx][0] for a in route if a.is_client())
            ways[out[route.vehicle_type()]] = way
        return tuple(ways)


class _Day:
    """One date in the words of PyVRP: metres, minutes, a profile of roads a vehicle."""

    def __init__(self, pyvrp: ModuleType, problem: RoundProblem, date: int, out: list[int]) -> None:
        self.pyvrp, self.problem, self.date, self.out = pyvrp, problem, date, out
        self.fixed = {f.stop: f for f in problem.fixed if f.date == date}

    def data(self, stops: tuple[int, ...], clients: list[tuple[int, tuple[int, int]]]) -> Any:  # noqa: ANN401
        """Return the problem; places are the stops, then the depots of the vehicles out."""
        vehicles = [self.problem.vehicles[number] for number in self.out]
        places = [*stops, *(vehicle.depot for vehicle in vehicles)]
        roads = [self._roads(places, stops, number) for number in self.out]
        groups = [[n for n, (other, _) in enumerate(clients) if other == stop] for stop in stops]
        several = {stop: n for n, stop in enumerate(s for s, g in zip(stops, groups, strict=True)
                                                    if len(g) > 1)}  # fmt: skip
        return self.pyvrp.ProblemData(
            locations=[self.pyvrp.Location(0, 0) for _ in places],
            clients=[self._client(stops, client, several) for client in clients],
            depots=[self.pyvrp.Depot(len(stops) + n) for n in range(len(vehicles))],
            vehicle_types=[self._vehicle(n, vehicle) for n, vehicle in enumerate(vehicles)],
            distance_matrices=[metres for metres, _ in roads],
            duration_matrices=[minutes for _, minutes in roads],
            groups=[self.pyvrp.ClientGroup(group) for group in groups if len(group) > 1],
        )

    def _client(
        self,
        stops: tuple[int, ...],
        client: tuple[int, tuple[int, int]],
        several: dict[int, int],
    ) -> Any:  # noqa: ANN401
        """Return a client: setting up, receiving and packing are its service."""
        stop, (early, late) = client
        problem, fixed = self.problem, self.fixed.get(stop)
        lasting = problem.session_minutes if fixed is None else fixed.end - fixed.start
        return self.pyvrp.Client(
            stops.index(stop),
            service_duration=problem.setup_minutes + lasting + problem.packing_minutes,
            tw_early=max(0, early - problem.setup_minutes),
            tw_late=late - problem.setup_minutes,
            required=stop not in several,
            group=several.get(stop),
        )

    def _vehicle(self, number: int, vehicle: Vehicle) -> Any:  # noqa: ANN401
        shift = dict(vehicle.shifts)[self.date]
        lasting = shift.end - shift.start
        may_work = max(min(lasting, vehicle.break_after), lasting - vehicle.break_minutes)
        return self.pyvrp.VehicleType(
            start_depot=number,
            end_depot=number,
            tw_early=shift.start,
            tw_late=shift.end,
            shift_duration=may_work,
            profile=number,
        )

    def _roads(
        self, places: list[int], stops: tuple[int, ...], vehicle: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return metres and minutes; no way leads to what another vehicle is committed to."""
        minutes = np.array(drive_minutes(self.problem))[np.ix_(places, places)]
        metres = np.where(
            minutes < NO_ROAD,
            np.nan_to_num(self.problem.kilometres[np.ix_(places, places)] * _METRES, posinf=0.0),
            _NO_WAY,
        )
        for number, stop in enumerate(stops):
            if stop in self.fixed and self.fixed[stop].vehicle != vehicle:
                minutes[:, number], metres[:, number] = NO_ROAD, _NO_WAY
        np.fill_diagonal(minutes, 0)
        np.fill_diagonal(metres, 0)
        return np.rint(metres).astype(np.int64), minutes.astype(np.int64)


def _begins(problem: RoundProblem, stop: int, date: int) -> list[tuple[int, int]]:
    """Return the first and last minute at which a session may begin, by window."""
    for fixed in problem.fixed:
        if (fixed.stop, fixed.date) == (stop, date):
            return [(fixed.start, fixed.start)]
    windows = sorted((w.start, w.end) for w in dict(problem.stops[stop].windows).get(date, ()))
    lasting = problem.session_minutes
    return [
        (start, end - lasting)
        for start, end in windows
        if end - lasting >= max(start, problem.setup_minutes)
    ]


def _pyvrp() -> ModuleType:
    try:
        import pyvrp
        import pyvrp.stop
    except ImportError as error:
        message = tr(
            'Ce calcul demande PyVRP, qui n\'est pas installé : pip install "maillage[rounds]".'
        )
        raise MissingExtra(message) from error
    module: ModuleType = pyvrp
    return module
