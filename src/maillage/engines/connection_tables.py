"""A day made ready for the connection scan: sorted, linked, both ways; once for all places.

What depends on the day alone (which hop follows which, which boardings a change leads to, which
boardings are within a home's walk) is worked out here once, so that a search to one place is one
pass over arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.journeys.model import DayTimetable, Walks
from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.timetable.select import laid_end_to_end
from maillage.engines import connection_kernels as kernels
from maillage.engines.connection_kernels import NEVER, Hops, Rows, Slots, Spans

HOMES_AT_ONCE = 1_000  # bounds the memory that sorting boardings takes
_HOP_BITS, _LEAVING_BITS = 30, 21
_LATEST = 1 << (_LEAVING_BITS - 1)  # twelve days, before and after midnight


@dataclass(frozen=True, slots=True)
class Direction:
    """One day in one direction, and what each hop leads to."""

    hops: Hops
    slots: Slots
    onward: Rows
    spans: Spans


def outward(day: DayTimetable, between: Walks) -> Direction:
    """Return the day as it runs, for journeys to a place."""
    return _direction(_hops(day), _rows(between), day.n_stops)


def backward(day: DayTimetable, between: Walks) -> Direction:
    """Return the day read backwards: times negated, ends swapped, footpaths turned round."""
    return _direction(_reversed(_hops(day)), _turned(between, day.n_stops), day.n_stops)


def boardings(direction: Direction, homes: Walks) -> Rows:
    """Return the boardings within the walk of each home, the latest to leave for first."""
    n_homes = len(homes.first) - 1
    counts = np.zeros(n_homes + 1, dtype=np.int64)
    parts = [(np.zeros(0, dtype=np.int32),) * 2]
    for low in range(0, n_homes, HOMES_AT_ONCE):
        numbers, hops, leaving = _within_walk(direction.slots, homes, low)
        worth = kernels.worth_boarding(direction.hops, numbers, hops)
        counts[low + 1 : low + HOMES_AT_ONCE + 1] = np.bincount(
            numbers[worth], minlength=min(HOMES_AT_ONCE, n_homes - low)
        )
        parts.append((hops[worth], leaving[worth]))
    items, seconds = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Rows(np.cumsum(counts), items, seconds)


def _within_walk(slots: Slots, homes: Walks, low: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return the boardings within the walks of some homes, from home ``low`` on.

    Homes counted from it, hops, and seconds at which to leave; in order of home, the latest
    leaving first. One sorted number holds all three: 12, 21 and 30 bits.
    """
    first = homes.first[low : low + HOMES_AT_ONCE + 1]
    row = slice(int(first[0]), int(first[-1]))
    stops, walks = homes.stops[row], homes.seconds[row]
    lengths = np.diff(slots.first)[stops] - 1
    at = laid_end_to_end(slots.first[:-1][stops], lengths)
    owners = np.repeat(np.arange(len(first) - 1), np.diff(first))
    leaving = slots.departures[at].astype(np.int64) - np.repeat(walks, lengths)
    keys = np.repeat(owners, lengths) << _LEAVING_BITS
    keys = ((keys | (_LATEST - leaving)) << _HOP_BITS) | slots.hops[at]
    keys.sort()
    ordered = _LATEST - ((keys >> _HOP_BITS) & (2 * _LATEST - 1))
    hops = keys & ((1 << _HOP_BITS) - 1)
    return whole(keys >> (_LEAVING_BITS + _HOP_BITS)), whole(hops), whole(ordered)


def whole(values: npt.ArrayLike) -> IntArray:
    """Return an array that every kernel takes: side by side in memory, int32, writable."""
    return np.array(values, dtype=np.int32, order="C")


def _rows(walks: Walks) -> Rows:
    return Rows(whole(walks.first), whole(walks.stops), whole(walks.seconds))


def _turned(between: Walks, n_stops: int) -> Rows:
    """Return the footpaths told from where they lead."""
    origins = np.repeat(np.arange(n_stops), np.diff(between.first))
    order = np.lexsort((origins, between.stops))
    counts = np.bincount(between.stops, minlength=n_stops)
    first = np.concatenate([[0], np.cumsum(counts)])
    return Rows(whole(first), whole(origins[order]), whole(between.seconds[order]))


def _hops(day: DayTimetable) -> Hops:
    n_hops = len(day.departures)
    vehicles = day.vehicles[day.runs]
    order = np.lexsort((np.arange(n_hops), vehicles))
    here, then = order[:-1], order[1:]
    goes_on = vehicles[here] == vehicles[then]
    stays = np.full(n_hops, n_hops, dtype=np.int32)
    stays[here[goes_on]] = then[goes_on]
    return _linked(
        Hops(
            whole(day.origins),
            whole(day.destinations),
            whole(day.departures),
            whole(day.arrivals),
            np.array(day.boards, dtype=np.bool_),
            np.array(day.alights, dtype=np.bool_),
            stays,
            whole(vehicles),
            whole(order),
        )
    )


def _linked(hops: Hops) -> Hops:
    """Return the hops with their chains numbered, ``chain_order`` being already by chain."""
    n_hops, order = len(hops.stays), hops.chain_order
    begins = np.ones(n_hops, dtype=np.bool_)
    begins[1:] = hops.stays[order[:-1]] == n_hops
    chains = np.empty(n_hops, dtype=np.int32)
    chains[order] = np.cumsum(begins) - 1
    return hops._replace(chains=chains)


def _reversed(hops: Hops) -> Hops:
    n_hops = len(hops.stays)
    back = np.arange(n_hops)[::-1]
    order = np.lexsort((-np.arange(n_hops), hops.chains, -hops.departures, -hops.arrivals))
    now = np.full(n_hops + 1, n_hops, dtype=np.int64)
    now[order] = np.arange(n_hops)
    before = np.full(n_hops + 1, n_hops, dtype=np.int64)
    before[hops.stays] = np.arange(n_hops)
    before[n_hops] = n_hops
    return Hops(
        hops.destinations[order],
        hops.origins[order],
        -hops.arrivals[order],
        -hops.departures[order],
        hops.alights[order],
        hops.boards[order],
        whole(now[before[:-1][order]]),
        hops.chains[order],
        whole(now[hops.chain_order[back]]),
    )


def _direction(hops: Hops, between: Rows, n_stops: int) -> Direction:
    slots = _slots(hops, n_stops)
    n_hops = len(hops.stays)
    counts, none = np.zeros(n_hops + 1, dtype=np.int32), np.zeros(0, dtype=np.int32)
    kernels.changes(hops, slots, between, counts, none)
    first = np.cumsum(counts, dtype=np.int64)
    out = np.empty(int(first[-1]), dtype=np.int32)
    if len(out):
        kernels.changes(hops, slots, between, whole(first), out)
    return Direction(hops, slots, Rows(whole(first), out, none), _spans(hops, between))


def _slots(hops: Hops, n_stops: int) -> Slots:
    boarding = np.flatnonzero(hops.boards)
    n_hops, n_slots = len(hops.stays), len(boarding) + n_stops
    by_stop = boarding[np.argsort(hops.origins[boarding], kind="stable")]
    counts = np.bincount(hops.origins[boarding], minlength=n_stops) + 1
    first = np.concatenate([[0], np.cumsum(counts)])
    at = np.arange(len(by_stop)) + hops.origins[by_stop]
    departures = np.full(n_slots, NEVER, dtype=np.int32)
    departures[at] = hops.departures[by_stop]
    of_slots = np.full(n_slots, n_hops, dtype=np.int32)
    of_slots[at] = by_stop
    of_hops = np.full(n_hops, -1, dtype=np.int32)
    of_hops[by_stop] = at
    return Slots(whole(first), departures, of_slots, of_hops)


def _spans(hops: Hops, between: Rows) -> Spans:
    """Return the stretches of hops, those that are tied up at one second apart."""
    tied: FlagArray = kernels.knot_groups(hops, between)
    times = np.unique(hops.departures[tied])
    low = np.searchsorted(hops.departures, times, side="left")
    high = np.searchsorted(hops.departures, times, side="right")
    bounds = np.unique(np.concatenate([[0, len(hops.stays)], low, high]))
    return Spans(whole(bounds), np.isin(bounds[:-1], low))
