"""Dated hours in OSM opening_hours syntax: what a plan of rounds becomes in a directory."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from maillage.rounds.model import Range

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_rule(day: dt.date) -> str:
    """Return one date.

    >>> day_rule(dt.date(2027, 1, 5))
    '2027 Jan 05'
    """
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02d}"


def times_rule(times: Range) -> str:
    """Return one range of times.

    >>> times_rule(Range(570, 690))
    '09:30-11:30'
    """
    return "-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in (times.start, times.end))


def dated_hours(sessions: Iterable[tuple[dt.date, Range]]) -> str | None:
    """Return the hours of these sessions, dates that share their times together; None: no session.

    >>> dated_hours([(dt.date(2027, 1, day), Range(570, 690)) for day in (19, 5)])
    '2027 Jan 05,2027 Jan 19 09:30-11:30'
    """
    by_day: dict[dt.date, set[tuple[int, int]]] = defaultdict(set)
    for day, times in sessions:
        by_day[day].add((times.start, times.end))
    by_times: dict[tuple[tuple[int, int], ...], list[dt.date]] = defaultdict(list)
    for day, ranges in sorted(by_day.items()):
        by_times[tuple(sorted(ranges))].append(day)
    rules = [
        f"{','.join(map(day_rule, days))} {','.join(times_rule(Range(*r)) for r in ranges)}"
        for ranges, days in sorted(by_times.items(), key=lambda item: item[1])
    ]
    return "; ".join(rules) or None
