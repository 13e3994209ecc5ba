"""The compiled choice of the best visit: loops over profiles, no objects.

Imported inside functions only (it loads numba).
"""

from __future__ import annotations

from typing import NamedTuple

from maillage.access.timetable.model import IntArray
from maillage.engines.compiled import compiled

NEVER = 1 << 30
NO_VISIT = (NEVER, NEVER, NEVER)  # time away, minus the leaving, beginning: the least is the best

Visit = tuple[int, int, int]


class Lists(NamedTuple):
    """The profiles of the homes: rows laid end to end, each of them going up."""

    first: IntArray
    departures: IntArray
    arrivals: IntArray


class Ways(NamedTuple):
    """The ways out and back of the homes, and the seconds of going without a timetable."""

    out: Lists
    back: Lists
    direct_out: IntArray
    direct_back: IntArray


class Terms(NamedTuple):
    """Seconds: how long one is served, the earliest leaving, the latest return."""

    serve: int
    leave_after: int
    back_by: int


class Windows(NamedTuple):
    """When being served may begin, the first and the last second, and until when it may last."""

    earliest: IntArray
    latest: IntArray
    closings: IntArray


class Best(NamedTuple):
    """Where the answer is written: (n, k) each, and whether one arrives at all."""

    leave: IntArray
    start: IntArray
    back: IntArray
    spare: IntArray
    obstacle: IntArray


@compiled
def first_from(times: IntArray, low: int, high: int, time: int) -> int:
    """Return the first place from ``low`` to ``high`` whose time is no less."""
    while low < high:
        middle = (low + high) // 2
        if times[middle] < time:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def better(best: Visit, absence: int, leave: int, start: int) -> Visit:
    """Return the better of two visits: less time away, then later to leave, then served sooner."""
    if absence != best[0]:
        replaced = absence < best[0]
    elif -leave != best[1]:
        replaced = -leave < best[1]
    else:
        replaced = start < best[2]
    if replaced:
        best = int(absence), int(-leave), int(start)
    return best


@compiled
def home_at(ways: Ways, home: int, end: int) -> int:
    """Return when one is home at the earliest, the visit over at ``end``; NEVER or more = not."""
    low, high = ways.back.first[home], ways.back.first[home + 1]
    at = first_from(ways.back.departures, low, high, end)
    back: int = end + ways.direct_back[home]
    if at < high:
        back = min(back, ways.back.arrivals[at])
    return back


@compiled
def by_timetable(
    ways: Ways, home: int, window: tuple[int, int], terms: Terms
) -> tuple[bool, Visit]:
    """Return whether one arrives by timetable, and the best visit of those who do."""
    earliest, latest = window
    out = ways.out
    best, arrives = NO_VISIT, False
    high = out.first[home + 1] if earliest <= latest else out.first[home]
    at = first_from(out.departures, out.first[home], high, terms.leave_after)
    while at < high and out.arrivals[at] <= latest:
        arrives = True
        waits = at + 1 < high and out.arrivals[at + 1] <= earliest  # leaving later does as well
        if not waits:
            start = max(out.arrivals[at], earliest)
            back = home_at(ways, home, start + terms.serve)
            if back <= terms.back_by:
                leave = out.departures[at]
                best = better(best, back - leave, leave, start)
        at += 1
    return arrives, best


@compiled
def direct(ways: Ways, home: int, window: tuple[int, int], terms: Terms) -> tuple[bool, Visit]:
    """Return whether one arrives without a timetable, and the best visit of those who do.

    Leaving at any second, one begins as late as each way back allows.
    """
    walk, latest = ways.direct_out[home], window[1]
    soonest = max(window[0], terms.leave_after + walk)
    best = NO_VISIT
    if soonest > latest:
        return False, best
    start = min(latest, terms.back_by - ways.direct_back[home] - terms.serve)
    if start >= soonest:
        absence = walk + terms.serve + ways.direct_back[home]
        best = better(best, absence, start - walk, start)
    back = ways.back
    low, high = back.first[home], back.first[home + 1]
    for at in range(first_from(back.departures, low, high, soonest + terms.serve), high):
        if back.arrivals[at] > terms.back_by:
            break
        start = min(latest, back.departures[at] - terms.serve)
        leave = start - walk
        best = better(best, back.arrivals[at] - leave, leave, start)
    return True, best


@compiled
def last_way_home(ways: Ways, home: int, back_by: int) -> int:
    """Return the last second at which one can set off and be home in time."""
    low, high = ways.back.first[home], ways.back.first[home + 1]
    last: int = back_by - ways.direct_back[home]
    at = first_from(ways.back.arrivals, low, high, back_by + 1)
    if at > low:
        last = max(last, ways.back.departures[at - 1])
    return last


@compiled
def best_visits(ways: Ways, windows: Windows, terms: Terms, best: Best) -> None:
    """Write the best visit of each home in each window; ``obstacle`` is 0 = none, 1 out, 2 back.

    Where there is none the other arrays are left as they are.
    """
    for home in range(len(ways.direct_out)):
        until = last_way_home(ways, home, terms.back_by)
        for number in range(len(windows.earliest)):
            window = (windows.earliest[number], windows.latest[number])
            arrives, visit = by_timetable(ways, home, window, terms)
            walks, walked = direct(ways, home, window, terms)
            visit = better(visit, walked[0], -walked[1], walked[2])
            if visit[0] == NEVER:
                best.obstacle[home, number] = 2 if arrives or walks else 1
                continue
            best.leave[home, number] = -visit[1]
            best.start[home, number] = visit[2]
            best.back[home, number] = visit[0] - visit[1]
            end = visit[2] + terms.serve
            best.spare[home, number] = min(until, windows.closings[number]) - end
