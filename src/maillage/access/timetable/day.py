"""One day of a network, cut in hops: what a search of journeys reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from maillage.access.timetable.model import (
    DAY_SECONDS,
    DayTimetable,
    FlagArray,
    IntArray,
    Network,
)
from maillage.access.timetable.select import LongArray, laid_end_to_end


@dataclass(frozen=True, slots=True, eq=False)
class _Hops:
    """Hops of some trips on one service day: (n,) numbers of calls, of runs, and the shift."""

    calls: LongArray
    runs: LongArray
    seconds: int
    trips: LongArray


def day_timetable(
    network: Network,
    day: dt.date,
    *,
    only_step_free: bool = False,
    untold_is_step_free: bool = False,
    uncertain_too: bool = False,
    without_lines: frozenset[str] = frozenset(),
) -> DayTimetable:
    """Return everything that leaves on one day, also what began on a day before.

    Hops that leave before midnight belong to the day before; those of the day that leave after 24
    h are in. ``only_step_free`` keeps the trips and the stops that tell that a wheelchair can
    board; ``untold_is_step_free`` those too that tell nothing: the two bound the truth. So do, at
    uncertain calls, getting on or off never or, ``uncertain_too``, always. The lines
    ``without_lines``, by id, do not run.
    """
    allowed = _allowed(network, without_lines)
    usable = np.ones(len(network.calls.stops), dtype=np.bool_)
    if not uncertain_too:
        usable = ~network.calls.uncertain
    if only_step_free:
        least = -1 if untold_is_step_free else 1
        allowed &= _is_step_free(network.trips.step_free, least)
        usable &= _is_step_free(network.stops.step_free, least)[network.calls.stops]
    last = int(network.calls.departures.max(initial=0))
    parts: list[_Hops] = []
    n_runs = 0
    for days_ago in range(last // DAY_SECONDS, -1, -1):
        runs_then = network.services.on(day - dt.timedelta(days=days_ago))
        chosen = np.flatnonzero(allowed & runs_then[network.trips.services])
        part = _hops(network, chosen, days_ago * DAY_SECONDS, n_runs)
        n_runs += len(part.trips)
        parts.append(part)
    return _timetable(network, parts, usable)


def _allowed(network: Network, without_lines: frozenset[str]) -> FlagArray:
    run = np.array([line.id not in without_lines for line in network.lines], dtype=np.bool_)
    allowed: FlagArray = run[network.trips.lines]
    return allowed


def _is_step_free(told: np.ndarray[tuple[int], np.dtype[np.int8]], least: int) -> FlagArray:
    free: FlagArray = (told == 1) | (told == least)
    return free


def _hops(network: Network, chosen: LongArray, seconds: int, n_runs: int) -> _Hops:
    """Return the hops of the chosen trips that leave from 0 on, once moved back by ``seconds``."""
    first = network.trips.first_call
    lengths = np.maximum(first[1:][chosen] - first[:-1][chosen] - 1, 0)
    calls = laid_end_to_end(first[:-1][chosen], lengths)
    runs = np.repeat(np.arange(len(chosen), dtype=np.int64), lengths)
    today = network.calls.departures[calls] >= seconds
    calls, runs = calls[today], runs[today]
    left, again = np.unique(runs, return_inverse=True)
    return _Hops(calls, again + n_runs, seconds, chosen[left])


def _timetable(network: Network, parts: list[_Hops], usable: FlagArray) -> DayTimetable:
    calls = np.concatenate([part.calls for part in parts])
    runs = np.concatenate([part.runs for part in parts])
    moved = np.concatenate([np.full(len(part.calls), part.seconds) for part in parts])
    told = network.calls
    departures = told.departures[calls] - moved
    arrivals = told.arrivals[calls + 1] - moved
    order = np.lexsort((calls, runs, arrivals, departures))
    calls = calls[order]
    origins, destinations = told.stops[calls], told.stops[calls + 1]
    return DayTimetable(
        len(network.stops.ids),
        origins,
        destinations,
        _int32(departures[order]),
        _int32(arrivals[order]),
        _int32(runs[order]),
        _int32(calls),
        told.boards[calls] & usable[calls],
        told.alights[calls + 1] & usable[calls + 1],
        _int32(np.concatenate([part.trips for part in parts])),
        _vehicles(network, parts),
    )


def _vehicles(network: Network, parts: list[_Hops]) -> IntArray:
    """Return the number of the vehicle of each run: one for runs that riders stay aboard through.

    Of one block on one service day, the next run where it leaves from the stop at which the one
    before ends, no sooner.
    """
    calls, trips = network.calls, network.trips
    found: list[LongArray] = []
    n_vehicles = 0
    for part in parts:
        first, last = trips.first_call[part.trips], trips.first_call[part.trips + 1] - 1
        blocks = trips.blocks[part.trips]
        order = np.lexsort((calls.departures[last - 1], calls.departures[first], blocks))
        here, then = order[:-1], order[1:]
        begins = np.ones(len(order), dtype=np.bool_)
        begins[1:] = (
            (blocks[here] != blocks[then])
            | (blocks[then] < 0)
            | (calls.stops[last[here]] != calls.stops[first[then]])
            | (calls.arrivals[last[here]] > calls.departures[first[then]])
            | (calls.departures[last[here] - 1] == calls.departures[first[then]])  # order unsure
        )
        vehicles = np.empty(len(order), dtype=np.int64)
        vehicles[order] = np.cumsum(begins) - 1 + n_vehicles
        n_vehicles += int(begins.sum())
        found.append(vehicles)
    return _int32(np.concatenate(found))


def _int32(numbers: LongArray) -> IntArray:
    return numbers.astype(np.int32)
