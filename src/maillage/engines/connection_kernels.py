"""The compiled heart of the search of journeys: loops over arrays, no objects.

All is told in one direction, towards one place; journeys from a place are journeys towards it in
the timetable read backwards. Imported inside functions only (it loads numba).

*Hops* stand in order of departure, so that whatever a hop leads to comes after it. A *slot* is a
boarding at a stop: stops have theirs side by side in order of departure, then one that never
leaves. ``labels[hop]`` is the earliest arrival at the place from aboard a hop;
``slot_labels[slot]`` the earliest from a boarding there or later: what a person who waits can have.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.engines.compiled import compiled

NEVER = 1 << 30


class Hops(NamedTuple):
    """One direction's hops: (n,) each, as in DayTimetable.

    ``stays`` is the hop that the same run goes on with, n = none; ``chains`` number what one can
    stay aboard of; ``chain_order`` lists the hops of each chain together, in order.
    """

    origins: IntArray
    destinations: IntArray
    departures: IntArray
    arrivals: IntArray
    boards: FlagArray
    alights: FlagArray
    stays: IntArray
    chains: IntArray
    chain_order: IntArray


class Slots(NamedTuple):
    """The boardings of each stop: those of s are ``first[s]`` to ``first[s + 1] - 1``.

    ``departures`` and ``hops`` are (n_slots,), NEVER and n at each stop's last; ``of_hops`` (n,)
    is each hop's slot, -1 where nobody may board.
    """

    first: IntArray
    departures: IntArray
    hops: IntArray
    of_hops: IntArray


class Rows(NamedTuple):
    """Rows laid end to end: row i is ``first[i]`` to ``first[i + 1] - 1`` of both others.

    Footpaths: stops and seconds. Changes from a hop: slots (and nothing). Boardings of a home:
    hops and the second at which to leave the door, the latest first.
    """

    first: IntArray
    items: IntArray
    seconds: IntArray


class Spans(NamedTuple):
    """The hops cut in stretches: ``knots[i]`` is set where hops lead to each other in no time."""

    bounds: IntArray
    knots: FlagArray


@compiled
def first_slot(slots: Slots, stop: int, time: int) -> int:
    """Return the first slot of a stop that leaves at a time or later."""
    low: int = slots.first[stop]
    high: int = slots.first[stop + 1] - 1
    while low < high:
        middle = (low + high) // 2
        if slots.departures[middle] < time:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def change_slot(hops: Hops, slots: Slots, hop: int, stop: int, time: int) -> int:
    """Return the first slot worth changing to: not the same run, which one need not leave."""
    slot = first_slot(slots, stop, time)
    n_hops = len(hops.stays)
    while (
        slots.hops[slot] < n_hops
        and slots.hops[slot] > hop
        and hops.chains[slots.hops[slot]] == hops.chains[hop]
    ):
        slot += 1
    return slot


@compiled
def changes(hops: Hops, slots: Slots, between: Rows, first: IntArray, out: IntArray) -> None:
    """Write the slots that each hop's alighting leads to; with ``out`` empty, count them.

    Counts go to ``first[hop + 1]``. What the same run reaches as early by alighting further on is
    left out: staying aboard loses nothing.
    """
    n_hops = len(hops.stays)
    n_stops = len(slots.first) - 1
    reached = np.zeros(n_stops, np.int32)
    reached_by = np.full(n_stops, -1, np.int32)
    filling = len(out) > 0
    for at in range(n_hops - 1, -1, -1):
        hop = hops.chain_order[at]
        if not hops.alights[hop]:
            continue
        chain, n_written = hops.chains[hop], 0
        stop = hops.destinations[hop]
        for path in range(between.first[stop], between.first[stop + 1]):
            other = between.items[path]
            time = hops.arrivals[hop] + between.seconds[path]
            slot = change_slot(hops, slots, hop, other, time)
            if slots.hops[slot] == n_hops:
                continue
            if reached_by[other] == chain and reached[other] <= slot:
                continue
            reached_by[other], reached[other] = chain, slot
            if filling:
                out[first[hop] + n_written] = slot
            n_written += 1
        if not filling:
            first[hop + 1] = n_written


@compiled
def knot_groups(hops: Hops, between: Rows) -> FlagArray:
    """Return, for each hop, whether it takes no time and a change after it takes none: (n,)."""
    tied = np.zeros(len(hops.stays), np.bool_)
    for hop in range(len(hops.stays)):
        if hops.arrivals[hop] == hops.departures[hop] and hops.alights[hop]:
            stop = hops.destinations[hop]
            for path in range(between.first[stop], between.first[stop + 1]):
                if between.seconds[path] == 0:
                    tied[hop] = True
    return tied


@compiled
def worth_boarding(hops: Hops, homes: IntArray, boarded: IntArray) -> FlagArray:
    """Return which boardings are worth walking to: (n,) homes and hops, each home's in a row.

    Those of a home come the latest to leave for first. Left out: boarding a run that one could
    leave later for, at that stop or an earlier one.
    """
    n_chains = hops.chains.max() + 1 if len(hops.chains) else 0
    lowest = np.zeros(n_chains, np.int32)
    lowest_of = np.full(n_chains, -1, np.int32)
    worth = np.zeros(len(boarded), np.bool_)
    for at in range(len(boarded)):
        hop, home = boarded[at], homes[at]
        chain = hops.chains[hop]
        if lowest_of[chain] != home or lowest[chain] > hop:
            lowest_of[chain], lowest[chain] = home, hop
            worth[at] = True
    return worth


class Task(NamedTuple):
    """What one search needs: all that was made ready, and the two arrays it works in."""

    hops: Hops
    slots: Slots
    onward: Rows
    spans: Spans
    labels: IntArray
    slot_labels: IntArray


@compiled
def sweep(task: Task, low: int, high: int, walks: IntArray, latest: int) -> bool:
    """Label the hops ``low`` to ``high`` - 1, the last first; return whether a label changed."""
    hops, slots, labels, slot_labels = task.hops, task.slots, task.labels, task.slot_labels
    changed = False
    for hop in range(high - 1, low - 1, -1):
        best = labels[hops.stays[hop]]
        if hops.alights[hop]:
            arrival = hops.arrivals[hop] + walks[hops.destinations[hop]]
            if arrival <= latest:
                best = min(best, arrival)
            for at in range(task.onward.first[hop], task.onward.first[hop + 1]):
                best = min(best, slot_labels[task.onward.items[at]])
        changed |= labels[hop] != best
        labels[hop] = best
        slot = slots.of_hops[hop]
        if slot >= 0:
            slot_labels[slot] = min(best, slot_labels[slot + 1])
    return changed


@compiled
def clear(task: Task, low: int, high: int) -> None:
    """Set the labels of the hops ``low`` to ``high`` - 1 to never, before they are tied up."""
    for hop in range(high - 1, low - 1, -1):
        task.labels[hop] = NEVER
        slot = task.slots.of_hops[hop]
        if slot >= 0:
            task.slot_labels[slot] = task.slot_labels[slot + 1]


@compiled
def scan(task: Task, walks: IntArray, earliest: int, latest: int) -> None:
    """Label all hops from ``earliest`` on: walks (n_stops,) lead to the place, NEVER = too far.

    Hops that lead to each other in no time are gone over until nothing changes.
    """
    n_hops = len(task.hops.stays)
    task.labels[n_hops] = NEVER
    for stop in range(len(task.slots.first) - 1):
        task.slot_labels[task.slots.first[stop + 1] - 1] = NEVER
    begin = np.searchsorted(task.hops.departures, earliest)
    for span in range(len(task.spans.knots) - 1, -1, -1):
        low, high = task.spans.bounds[span], task.spans.bounds[span + 1]
        if high <= begin:
            break
        low = max(low, begin)
        if not task.spans.knots[span]:
            sweep(task, low, high, walks, latest)
            continue
        clear(task, low, high)
        while sweep(task, low, high, walks, latest):
            pass


class Found(NamedTuple):
    """Where profiles are written: (n_homes + 1,), and two arrays long enough for all of them."""

    first: IntArray
    departures: IntArray
    arrivals: IntArray


@compiled
def gather(task: Task, boardings: Rows, window: tuple[int, int], found: Found) -> int:
    """Write the useful journeys of each home, the latest first; return how many there are.

    ``window`` is the earliest leaving and the longest journey, seconds.
    """
    earliest, longest = window
    written = 0
    for home in range(len(boardings.first) - 1):
        begin, best = written, NEVER
        for at in range(boardings.first[home], boardings.first[home + 1]):
            leave = boardings.seconds[at]
            if leave < earliest:
                break
            arrival = task.labels[boardings.items[at]]
            if arrival >= best:
                continue
            best = arrival
            if written > begin and found.departures[written - 1] == leave:
                written -= 1  # the same departure arrives earlier by another run
            if arrival - leave <= longest:
                found.departures[written], found.arrivals[written] = leave, arrival
                written += 1
        found.first[home + 1] = written
    return written


@compiled
def turn_rows(found: Found) -> None:
    """Turn each home's row round: the earliest first."""
    for home in range(len(found.first) - 1):
        low, high = found.first[home], found.first[home + 1] - 1
        while low < high:
            for column in (found.departures, found.arrivals):
                column[low], column[high] = column[high], column[low]
            low += 1
            high -= 1
