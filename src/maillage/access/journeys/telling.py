"""Times of a journey as they are told to the person who makes it, in French."""

from __future__ import annotations

from maillage.access.timetable.model import DAY_SECONDS
from maillage.kernel.french import FIXED
from maillage.kernel.language import tr


def clock(second: int) -> str:
    """Return a second of the day as it is said, to the minute begun.

    >>> [clock(second).replace(FIXED, " ") for second in (9 * 3600 + 299, 24 * 3600 + 600)]
    ['9 h 04', '0 h 10 (le lendemain)']
    """
    days, left = divmod(second, DAY_SECONDS)
    told = f"{left // 3600}{FIXED}h{FIXED}{left % 3600 // 60:02d}"
    beside = {-1: tr(" (la veille)"), 0: ""}
    return told + beside.get(days, tr(" (le lendemain)"))
