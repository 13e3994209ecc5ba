"""When being served may begin: what an opening leaves for one kind of visit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from maillage.access.visits.model import OpeningOn, Starts, VisitKind
from maillage.directory.week import Range, merged

MORNING, AFTERNOON = 0, 1


def starts(opening: OpeningOn, kind: VisitKind, noon: int) -> Starts:
    """Return the windows in which the visit may begin, cut at noon, in order.

    Within each range of opening (a lunch break ends one) the visit must be over at closing and
    begin before last admission; and within the day: not before the person may leave home, over
    before they must be back. ``noon`` is a minute of the day: a visit that begins then is of the
    afternoon.
    """
    return _starts(opening.ranges, kind, noon)


@lru_cache(maxsize=4096)
def _starts(ranges: tuple[Range, ...], kind: VisitKind, noon: int) -> Starts:
    windows = [window for part in merged(ranges) for window in _cut(part, kind, noon * 60)]
    table = np.array(windows, dtype=np.int32).reshape(-1, 4)
    half_days, earliest, latest, closings = (table[:, i].copy() for i in range(4))
    return Starts(half_days, earliest, latest, closings)


def _cut(part: Range, kind: VisitKind, noon: int) -> Iterator[tuple[int, int, int, int]]:
    """Give the windows of one range of opening: half-day, earliest, latest, closing."""
    opens, closes = part
    ends = (
        closes - kind.last_admission_minutes,
        closes - kind.minutes,
        kind.back_by - kind.minutes,
    )
    first, last = max(opens, kind.leave_after) * 60, min(ends) * 60
    if first > last:
        return
    if first < noon:
        yield MORNING, first, min(last, noon - 1), closes * 60
    if last >= noon:
        yield AFTERNOON, max(first, noon), last, closes * 60
