"""A network on one week, whatever weeks its timetables cover, and what is said of that."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.timetable.checks import check_days
from maillage.access.timetable.merge import feeds_of
from maillage.access.timetable.model import Feed, Network
from maillage.access.timetable.weeks import FeedWeek, SameType, any_type, borrow_week, covers
from maillage.kernel import french
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True, eq=False)
class WeekOfNetwork:
    """The network on one week, in which week each feed was read for it, and what is doubtful.

    ``typed``: weeks were chosen by their type (school, holidays) too.
    """

    network: Network
    weeks: tuple[FeedWeek, ...]
    findings: tuple[Finding, ...]
    typed: bool

    @property
    def how(self) -> tuple[str, ...]:
        """One French sentence a feed: what it is, its validity, the week that was read."""
        feeds = {feed.name: feed for feed in self.network.feeds}
        return tuple(_told(feeds[week.feed], week, typed=self.typed) for week in self.weeks)


def network_on(network: Network, monday: dt.date, same_type: SameType = any_type) -> WeekOfNetwork:
    """Return the network on the week from a Monday, each feed in the week that stands for it."""
    days = [monday + dt.timedelta(days=n) for n in range(DAYS_A_WEEK)]
    borrowed, weeks = borrow_week(network, monday, same_type)
    doubts = check_days(network, days)
    return WeekOfNetwork(borrowed, weeks, doubts, same_type is not any_type)


def network_on_day(network: Network, day: dt.date) -> WeekOfNetwork:
    """Return the network on one day, as ``network_on`` does for its week.

    A feed that covers the day is read on it, even where it does not cover the whole week.
    """
    monday = day - dt.timedelta(days=day.weekday())
    borrowed, weeks = borrow_week(network, monday)
    covered = [covers(feed, day) for feed in network.feeds]
    days = [monday + dt.timedelta(days=n) for n in range(-1, DAYS_A_WEEK)]
    own = np.stack([network.services.on(one) for one in days], axis=1)
    rows = np.array(covered, dtype=np.bool_)[feeds_of(network, network.services.ids)]
    runs = np.where(rows[:, None], own, borrowed.services.runs)
    told = tuple(
        replace(week, used=monday) if itself else week
        for week, itself in zip(weeks, covered, strict=True)
    )
    there = replace(borrowed, services=replace(borrowed.services, runs=runs))
    return WeekOfNetwork(there, told, check_days(network, [day]), typed=False)


def _told(feed: Feed, week: FeedWeek, *, typed: bool) -> str:
    head = tr("Horaires « {name} » ({kind}, valables du {first} au {last})").format(
        name=feed.name,
        kind=feed.kind,
        first=french.date(feed.first_day),
        last=french.date(feed.last_day),
    )
    if week.used is None:
        return head + tr(" : aucune semaine entière, ils ne comptent pas.")
    if week.is_itself:
        return head + "."
    nearest = tr(" : lus dans la semaine du {used}, la plus proche.")
    alike = tr(" : lus dans la semaine du {used}, la plus proche de même type.")
    unlike = tr(
        " : lus dans la semaine du {used}, faute de semaine de même type ({n} jours sur 7 le sont)."
    )
    read = nearest if not typed else alike if week.n_same_type == DAYS_A_WEEK else unlike
    return head + read.format(used=french.date(week.used), n=week.n_same_type)
