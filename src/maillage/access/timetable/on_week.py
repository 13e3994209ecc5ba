"""A network on one week, whatever weeks its timetables cover, and what is said of that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.timetable.checks import check_days, check_weeks
from maillage.access.timetable.merge import feeds_of
from maillage.access.timetable.model import Feed, Network
from maillage.access.timetable.uncertain import doubting_headways
from maillage.access.timetable.weeks import FeedWeek, SameType, any_type, borrow_week, covers
from maillage.kernel import french
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True, eq=False)
class WeekOfNetwork:
    """The network on one week, in which week each feed was read for it, and what is doubtful."""

    network: Network
    weeks: tuple[FeedWeek, ...]
    findings: tuple[Finding, ...]

    @property
    def is_unknown(self) -> bool:
        """Whether what some feed runs that week is not known: figures then have two bounds."""
        running = {feed.name for feed in self.network.feeds if feed.n_trips}
        if self.network.untold:
            return True
        return any(week.is_unknown and week.feed in running for week in self.weeks)

    @property
    def how(self) -> tuple[str, ...]:
        """One French sentence a feed: what it is, its validity, the week that was read."""
        feeds = {feed.name: feed for feed in self.network.feeds}
        untold = self.network.untold
        read = [_told(feeds[week.feed], week) for week in self.weeks if week.feed not in untold]
        nothing = tr("Horaires « {name} » : rien n'en est lu ici, on ne sait pas ce qui circule.")
        return (*read, *(nothing.format(name=name) for name in untold))


def network_on(
    network: Network, monday: dt.date, parameters: Parameters, same_type: SameType = any_type
) -> WeekOfNetwork:
    """Return the network on the week from a Monday, each feed in the week that stands for it.

    ``parameters`` are those named ``timetable.``; runs of long headways not held to are uncertain.
    """
    days = [monday + dt.timedelta(days=n) for n in range(DAYS_A_WEEK)]
    thin_share = parameters.number("timetable.thin_week_share")
    borrowed, weeks = borrow_week(network, monday, same_type, thin_share)
    doubts = (*check_days(network, days), *check_weeks(weeks))
    return WeekOfNetwork(doubting_headways(borrowed, parameters), weeks, doubts)


def network_on_weeks(
    network: Network,
    mondays: Sequence[dt.date],
    parameters: Parameters,
    same_type: SameType = any_type,
) -> WeekOfNetwork:
    """Return the network on weeks that follow each other, each as ``network_on`` does for it.

    The night before a week is then that of the week before. Raises ValueError where the Mondays
    do not follow each other.
    """
    weeks = [network_on(network, monday, parameters, same_type) for monday in mondays]
    follow = [mondays[0] + dt.timedelta(weeks=n) for n in range(len(mondays))]
    if list(mondays) != follow:
        raise ValueError(f"weeks that do not follow each other: {mondays}")
    runs = [week.network.services.runs[:, 1:] for week in weeks[1:]]
    services = weeks[0].network.services
    there = replace(services, runs=np.hstack([services.runs, *runs]))
    return WeekOfNetwork(
        replace(weeks[0].network, services=there),
        tuple(one for week in weeks for one in week.weeks),
        tuple(dict.fromkeys(finding for week in weeks for finding in week.findings)),
    )


def network_on_day(network: Network, day: dt.date, parameters: Parameters) -> WeekOfNetwork:
    """Return the network on one day, as ``network_on`` does for its week.

    A feed that covers the day is read on it, even where it does not cover the whole week.
    """
    monday = day - dt.timedelta(days=day.weekday())
    week = network_on(network, monday, parameters)
    borrowed, weeks = week.network, week.weeks
    covered = [covers(feed, day) for feed in network.feeds]
    days = [monday + dt.timedelta(days=n) for n in range(-1, DAYS_A_WEEK)]
    own = np.stack([network.services.on(one) for one in days], axis=1)
    rows = np.array(covered, dtype=np.bool_)[feeds_of(network, network.services.ids)]
    runs = np.where(rows[:, None], own, borrowed.services.runs)
    told = tuple(
        replace(one, used=monday) if itself else one
        for one, itself in zip(weeks, covered, strict=True)
    )
    there = replace(borrowed, services=replace(borrowed.services, runs=runs))
    return WeekOfNetwork(there, told, (*check_days(network, [day]), *check_weeks(weeks)))


def _told(feed: Feed, week: FeedWeek) -> str:
    head = tr("Horaires « {name} » ({kind}, valables du {first} au {last})").format(
        name=feed.name,
        kind=feed.kind,
        first=french.date(feed.first_day),
        last=french.date(feed.last_day),
    )
    if week.used is None:
        return head + tr(" : aucune semaine ne convient, on ne sait pas ce qui circule.")
    if week.is_unknown:
        few = tr(" : {n} des courses ordinaires n'y sont plus, on ne sait pas ce qui circule.")
        return head + few.format(n=french.percent(week.gone))
    if week.is_itself:
        return head + "."
    alike = tr(" : lus dans la semaine du {used}, la plus proche de même type.")
    perhaps = tr(
        " : lus dans la semaine du {used}, la plus proche ; on ne sait pas si elle est de même "
        "type (vacances scolaires non connues)."
    )
    unlike = tr(
        " : lus dans la semaine du {used}, faute de semaine de même type ({n} jours sur 7 le sont)."
    )
    n_able = week.n_same_type + week.n_untold
    read = unlike if n_able < DAYS_A_WEEK else perhaps if week.n_untold else alike
    return head + read.format(used=french.date(week.used), n=week.n_same_type)
