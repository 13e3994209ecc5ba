"""Which days a network's timetables cover, and which week stands for one that they don't.

Inside a timetable's validity a day without any bus is a day without buses; outside of it nothing
is known, nor where hardly anything is left of what ordinarily runs. Then the nearest week of the
same type inside the validity is used, and said.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from maillage.access.timetable.merge import feeds_of
from maillage.access.timetable.model import Feed, FlagArray, Network, Services


class Likeness(enum.Enum):
    """Whether one day's timetable can stand for another's, of the same day of the week.

    NEVER: it is sure to be another one (a public holiday for an ordinary day).
    """

    ALIKE = enum.auto()
    UNTOLD = enum.auto()
    UNLIKE = enum.auto()
    NEVER = enum.auto()


SameType = Callable[[dt.date, dt.date], Likeness]
"""Whether the second day can stand for the first: both in the school holidays, or neither…"""

_DAY = dt.timedelta(days=1)
_WEEK = 7
_SATURDAY = 5


def any_type(_day: dt.date, _other: dt.date) -> Likeness:
    """Take the types of days as not known."""
    return Likeness.UNTOLD


@dataclass(frozen=True, slots=True)
class FeedWeek:
    """The week that one feed's timetable was read in, to stand for the week asked.

    Both are told by their Monday; ``used`` is None where no week of the feed can stand for it: it
    is not known what runs. Of the 7 days ``n_same_type`` are of the type of those that they stand
    for, ``n_untold`` perhaps. ``gone`` is the share of ordinary trips that no longer run in the
    week asked, where it is too large to believe that week; 0 otherwise.
    """

    feed: str
    asked: dt.date
    used: dt.date | None
    n_same_type: int
    n_untold: int = 0
    gone: float = 0.0

    @property
    def is_itself(self) -> bool:
        """Whether the feed is read in the week asked."""
        return self.used == self.asked

    @property
    def is_unknown(self) -> bool:
        """Whether what runs that week is not known, or in small part."""
        return self.used is None or (self.is_itself and self.gone > 0)


def covers(feed: Feed, day: dt.date) -> bool:
    """Tell whether a day lies inside a feed's validity."""
    return feed.first_day <= day <= feed.last_day


def to_whole_weeks(
    first: dt.date,
    last: dt.date,
    running: FlagArray,
    told: tuple[dt.date | None, dt.date | None] = (None, None),
) -> tuple[dt.date, dt.date]:
    """Return a validity with the days beside it, back to a Monday and on to a Sunday.

    ``running`` (n,) tells of each day from first to last whether anything runs, ``told`` is the
    validity that the publisher tells. A day is taken in where this one covers it, or where nothing
    runs on its weekday, be it of a weekend or seen at least once.
    """
    weekdays = (first.weekday() + np.arange(len(running))) % _WEEK
    runs, seen = set(weekdays[running].tolist()), set(weekdays.tolist())
    idle = {day for day in range(_WEEK) if day not in runs and (day >= _SATURDAY or day in seen)}
    if not runs:
        return first, last
    while first.weekday() and (
        (first - _DAY).weekday() in idle or (told[0] is not None and told[0] < first)
    ):
        first -= _DAY
    while last.weekday() != _WEEK - 1 and (
        (last + _DAY).weekday() in idle or (told[1] is not None and told[1] > last)
    ):
        last += _DAY
    return first, last


@dataclass(frozen=True, slots=True, eq=False)
class TripsADay:
    """How many trips of one feed run on each day from ``first_day``: (n,); no other day has any."""

    first_day: dt.date
    counts: npt.NDArray[np.int64]

    def in_week(self, monday: dt.date) -> npt.NDArray[np.int64]:
        """Return the (7,) trips of the days from a Monday."""
        at = (monday - self.first_day).days + np.arange(_WEEK)
        inside = (at >= 0) & (at < len(self.counts))
        return np.where(inside, self.counts.take(at, mode="clip"), 0)


def nearest_week(
    feed: Feed,
    monday: dt.date,
    same_type: SameType = any_type,
    trips: TripsADay | None = None,
    thin_share: float = 0.0,
) -> FeedWeek:
    """Return the week of a feed that stands best for a week.

    The week itself where the feed covers it whole; else the one with the fewest days unlike those
    that they stand for, then the most of the same type; of these the nearest, of these the earlier.
    No week in which fewer ``trips`` run than ``thin_share`` of those of the ordinary days that the
    asked ones are like: of one that the feed covers, a week of seven days alike stands for it,
    itself if there is none. Raises ValueError where ``monday`` is not one.
    """
    if monday.weekday() != 0:
        message = f"not a Monday: {monday}"
        raise ValueError(message)
    days = [at * _DAY for at in range(_WEEK)]
    weeks = {one: [same_type(monday + by, one + by) for by in days] for one in _mondays(feed)}
    shares = _shares(weeks, trips)
    itself = FeedWeek(feed.name, monday, monday, _WEEK)
    if monday in weeks and shares[monday] >= thin_share:
        return itself
    gone = 1.0 - shares.get(monday, 1.0)
    able = [
        one
        for one, likeness in weeks.items()
        if Likeness.NEVER not in likeness
        and shares[one] >= thin_share
        and (monday not in weeks or set(likeness) == {Likeness.ALIKE})
    ]
    if not able and monday in weeks:
        return replace(itself, gone=gone)
    if not able:
        return FeedWeek(feed.name, monday, None, 0)
    counted = {one: [weeks[one].count(kind) for kind in Likeness] for one in able}
    best = min(able, key=lambda one: (counted[one][2], -counted[one][0], abs(one - monday), one))
    n_same_type, n_untold = counted[best][:2]
    return FeedWeek(feed.name, monday, best, n_same_type, n_untold, gone)


def _mondays(feed: Feed) -> list[dt.date]:
    """Return the Mondays of the weeks that a feed covers whole."""
    first = feed.first_day + (-feed.first_day.weekday() % _WEEK) * _DAY
    n_weeks = ((feed.last_day - first).days + 1) // _WEEK
    return [first + at * _WEEK * _DAY for at in range(n_weeks)]


def _shares(weeks: dict[dt.date, list[Likeness]], trips: TripsADay | None) -> dict[dt.date, float]:
    """Return which share of the trips of ordinary days runs in each week.

    Ordinary: the most on that day of the week, of the days that are or may be of the type asked.
    """
    if trips is None or not weeks:
        return dict.fromkeys(weeks, 1.0)
    ran = np.array([trips.in_week(one) for one in weeks])
    able = (Likeness.ALIKE, Likeness.UNTOLD)
    like = np.array([[one in able for one in likeness] for likeness in weeks.values()])
    ordinary = np.where(like, ran, 0).max(axis=0)
    told = ran[:, ordinary > 0].sum(axis=1) / max(int(ordinary.sum()), 1)
    return dict(zip(weeks, told.tolist() if ordinary.any() else [1.0] * len(weeks), strict=True))


def borrow_week(
    network: Network, monday: dt.date, same_type: SameType = any_type, thin_share: float = 0.0
) -> tuple[Network, tuple[FeedWeek, ...]]:
    """Return the network on one week, and in which week each feed's timetable was read.

    Its services are told from the Sunday before (whose runs end after midnight) to the Sunday.
    Feeds run as in the week that ``nearest_week`` gives; one that has none does not run, and its
    FeedWeek says so. Ask for the days by their own dates.
    """
    of_feed = feeds_of(network, network.services.ids)
    n_trips = np.bincount(network.trips.services, minlength=len(network.services.ids))
    runs = np.zeros((len(network.services.ids), _WEEK + 1), dtype=np.bool_)
    weeks = []
    for at, feed in enumerate(network.feeds):
        rows = of_feed == at
        used = rows & (n_trips > 0)
        counts = n_trips[used] @ network.services.runs[used].astype(np.int64)
        trips = TripsADay(network.services.first_day, counts)
        week = nearest_week(feed, monday, same_type, trips, thin_share)
        weeks.append(week)
        if week.used is not None:
            runs[rows] = _from_sunday(network.services, week.used)[rows]
    services = Services(network.services.ids, monday - _DAY, runs)
    return replace(network, services=services), tuple(weeks)


def _from_sunday(services: Services, monday: dt.date) -> FlagArray:
    days: Sequence[dt.date] = [monday + at * _DAY for at in range(-1, _WEEK)]
    return np.stack([services.on(day) for day in days], axis=1)
