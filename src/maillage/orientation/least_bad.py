"""What comes closest where nothing fits: another day, a phone call, a longer way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.access.timetable.model import FlagArray, IntArray
from maillage.access.visits.model import Obstacle
from maillage.orientation.model import Reason, Visit
from maillage.orientation.query import Reach, number_of, reach_of, reason_of
from maillage.orientation.ranking import Ranked, best_windows, ranked, ranked_without_way
from maillage.orientation.refusals import Judged

_NONE = -1
_LATER = "later"
_CODES = {reason.code: reason for reason in Reason}
_ON_CONDITION = (Reason.NOT_FREE, Reason.OTHER_PUBLIC)


@dataclass(frozen=True, slots=True, eq=False)
class LeastBad:
    """A permanence by its position in ``Query.near``, what is wrong with it, and its visit."""

    at: int
    reason: Reason
    visit: Visit | None
    score: float
    values: dict[str, float]


def least_bad(found: Judged) -> tuple[LeastBad, ...]:
    """Return the one that comes closest, as ``orientation.least_bad.order`` has it; or nothing."""
    order = found.query.desk.parameters["orientation.least_bad.order"].value
    for code in order if isinstance(order, tuple) else ():
        one = _later(found) if code == _LATER else _of_reason(found, _CODES[str(code)])
        if one is not None:
            return (one,)
    return ()


def _later(found: Judged) -> LeastBad | None:
    """Return the best visit on another day, or half-day, than those asked."""
    query = found.query
    free_later = np.isin(query.conditions, (_NONE, number_of(Reason.FULL)))
    some = query.comes & free_later
    reach = reach_of(query, some, only_asked=False)
    first = min(query.days)
    after = np.array([day >= first for day in query.desk.days], dtype=np.bool_)
    works = reach.visits.works & ~reach.asked & after[query.desk.windows.days[reach.rows]]
    return _best(found, reach, works)


def _of_reason(found: Judged, reason: Reason) -> LeastBad | None:
    query, reach = found.query, found.reach
    some = (found.reasons == number_of(reason)) & query.comes
    if reason in _ON_CONDITION:
        return _best(found, reach, some[reach.owners] & reach.visits.works & reach.asked)
    if reason is Reason.TOO_LONG:
        long = reach.visits.trips.obstacle == Obstacle.TOO_LONG.number
        return _best(found, reach, some[reach.owners] & long & reach.asked)
    at = np.flatnonzero(some)
    if not len(at):
        return None
    nearest = at[np.lexsort((at, query.km[at]))][:1].astype(np.int32)
    order = ranked_without_way(query, nearest, np.full(1, np.nan))
    found_one = _one(order, reason, None)
    if reason is not Reason.UNKNOWN_HOURS:  # the hours are known: they are not what is amiss
        for code in ("hours", "wait"):
            del found_one.values[code]
    return found_one


def _best(found: Judged, reach: Reach, windows: FlagArray) -> LeastBad | None:
    if not windows.any():
        return None
    order = ranked(reach, *best_windows(reach, windows))
    at = int(order.owners[0])
    return _one(order, reason_of(int(found.reasons[at])), reach.visit(int(order.windows[0])))


def _one(order: Ranked, reason: Reason, visit: Visit | None) -> LeastBad:
    owners: IntArray = order.owners
    values = {code: float(one[0]) for code, one in order.values.items()}
    return LeastBad(int(owners[0]), reason, visit, float(order.scores[0]), values)
