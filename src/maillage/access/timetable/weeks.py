"""Which days a network's timetables cover, and which week stands for one that they don't.

Inside a timetable's validity a day without any bus is a day without buses; outside of it nothing
is known. Then the nearest week of the same type inside the validity is used, and said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.timetable.merge import feeds_of
from maillage.access.timetable.model import Feed, FlagArray, Network, Services

SameType = Callable[[dt.date, dt.date], bool]
"""Whether two days are of one type: both in the school holidays, or neither…"""

_DAY = dt.timedelta(days=1)
_WEEK = 7


def any_type(_day: dt.date, _other: dt.date) -> bool:
    """Take all days as of one type."""
    return True


@dataclass(frozen=True, slots=True)
class FeedWeek:
    """The week that one feed's timetable was read in, to stand for the week asked.

    Both are told by their Monday; ``used`` is None where the feed covers no whole week: it is not
    known what runs. ``n_same_type`` of the 7 days are of the type of those that they stand for.
    """

    feed: str
    asked: dt.date
    used: dt.date | None
    n_same_type: int

    @property
    def is_itself(self) -> bool:
        """Whether the feed covers the week asked."""
        return self.used == self.asked


def covers(feed: Feed, day: dt.date) -> bool:
    """Tell whether a day lies inside a feed's validity."""
    return feed.first_day <= day <= feed.last_day


def nearest_week(
    feed: Feed, monday: dt.date, same_type: SameType = any_type
) -> tuple[dt.date | None, int]:
    """Return the Monday of the week of a feed that stands best for a week, and its days alike.

    The week itself where the feed covers it whole; else the one with the most days of the same
    type as those that they stand for; of these the nearest, of these the earlier. None where the
    feed covers no whole week.
    Raises ValueError where ``monday`` is not one.
    """
    if monday.weekday() != 0:
        message = f"not a Monday: {monday}"
        raise ValueError(message)
    first = feed.first_day + (-feed.first_day.weekday() % _WEEK) * _DAY
    n_weeks = ((feed.last_day - first).days + 1) // _WEEK
    mondays = [first + at * _WEEK * _DAY for at in range(n_weeks)]
    if monday in mondays:
        return monday, _WEEK
    if not mondays:
        return None, 0

    alike = {one: _n_same_type(monday, one, same_type) for one in mondays}
    best = min(mondays, key=lambda one: (-alike[one], abs(one - monday), one))
    return best, alike[best]


def _n_same_type(monday: dt.date, other: dt.date, same_type: SameType) -> int:
    days = (at * _DAY for at in range(_WEEK))
    return sum(same_type(monday + by, other + by) for by in days)


def borrow_week(
    network: Network, monday: dt.date, same_type: SameType = any_type
) -> tuple[Network, tuple[FeedWeek, ...]]:
    """Return the network on one week, and in which week each feed's timetable was read.

    Its services are told from the Sunday before (whose runs end after midnight) to the Sunday.
    A feed that does not cover the week runs as in its nearest week of the same type; one that has
    none does not run, and its FeedWeek says so. Ask for the days by their own dates.
    """
    of_feed = feeds_of(network, network.services.ids)
    runs = np.zeros((len(network.services.ids), _WEEK + 1), dtype=np.bool_)
    weeks = []
    for at, feed in enumerate(network.feeds):
        used, n_same_type = nearest_week(feed, monday, same_type)
        weeks.append(FeedWeek(feed.name, monday, used, n_same_type))
        if used is not None:
            rows = of_feed == at
            runs[rows] = _from_sunday(network.services, used)[rows]
    services = Services(network.services.ids, monday - _DAY, runs)
    return replace(network, services=services), tuple(weeks)


def _from_sunday(services: Services, monday: dt.date) -> FlagArray:
    days: Sequence[dt.date] = [monday + at * _DAY for at in range(-1, _WEEK)]
    return np.stack([services.on(day) for day in days], axis=1)
