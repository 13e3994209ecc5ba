"""An ordinary week of opening, and its writing in OSM ``opening_hours`` syntax."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from opening_hours import OpeningHours, State

Range = tuple[int, int]
"""From a minute of the day (0-1439) to a later one (1-1440)."""

Day = tuple[Range, ...] | None
"""The ranges of a day in order; () = closed; None = open or not, it is not known."""

Week = tuple[Day, Day, Day, Day, Day, Day, Day]
"""Monday first."""

CLOSED_WEEK: Week = ((), (), (), (), (), (), ())
ALL_DAY: Range = (0, 1440)
_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

# An ordinary week, whichever: it is fixed so that the same hours always give the same one.
_MONDAY = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - hours are told in the place's own time
_NEXT_MONDAY = _MONDAY + dt.timedelta(weeks=1)


def osm_of(week: Week, *, closed_on_holidays: bool = False) -> str:
    """Return the OSM opening_hours text of an ordinary week, days alike written together.

    >>> osm_of((((540, 720),), ((540, 720),), (), (), (), (), ()))
    'Mo-Tu 09:00-12:00'
    """
    rules = [_rule(days, day) for day, days in _alike(week) if day != ()]
    if not rules:
        return "off"
    if rules == ["Mo-Su 00:00-24:00"]:
        rules = ["24/7"]
    return "; ".join([*rules, *(["PH off"] if closed_on_holidays else [])])


def _alike(week: Week) -> list[tuple[Day, list[int]]]:
    """Return each different day with the weekdays that are so, in order of the first."""
    found: dict[Day, list[int]] = {}
    for weekday, day in enumerate(week):
        found.setdefault(day, []).append(weekday)
    return list(found.items())


def _rule(weekdays: list[int], day: Day) -> str:
    names = ",".join(_run(first, last) for first, last in _runs(weekdays))
    if day is None:
        return f"{names} unknown"
    return f"{names} " + ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in day)


def _runs(weekdays: list[int]) -> list[Range]:
    runs: list[Range] = []
    for weekday in weekdays:
        if runs and runs[-1][1] == weekday - 1:
            runs[-1] = (runs[-1][0], weekday)
        else:
            runs.append((weekday, weekday))
    return runs


def _run(first: int, last: int) -> str:
    return _NAMES[first] if first == last else f"{_NAMES[first]}-{_NAMES[last]}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return the ranges in order, those that touch or overlap made one."""
    done: list[Range] = []
    for start, end in sorted(ranges):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(done[-1][1], end))
        else:
            done.append((start, end))
    return tuple(done)


def week_of(hours: str) -> Week:
    """Return the first ordinary week that OSM hours give, public holidays set aside.

    Raises SyntaxError where the text is not OSM opening_hours.
    """
    opened: list[list[Range]] = [[] for _ in range(7)]
    unknown: set[int] = set()
    for start, end, state in _spans(hours):
        for weekday, part in _by_day(start, end):
            if state == State.OPEN:
                opened[weekday].append(part)
            elif state == State.UNKNOWN:
                unknown.add(weekday)
    days = [None if d in unknown and not opened[d] else merged(opened[d]) for d in range(7)]
    return (days[0], days[1], days[2], days[3], days[4], days[5], days[6])


def _spans(hours: str) -> list[tuple[dt.datetime, dt.datetime, State]]:
    told = OpeningHours(hours).intervals(_MONDAY, _NEXT_MONDAY)
    return [
        (start, min(end, _NEXT_MONDAY), state)
        for start, end, state, _ in told
        if start < _NEXT_MONDAY
    ]


def _by_day(start: dt.datetime, end: dt.datetime) -> Iterable[tuple[int, Range]]:
    while start < end:
        midnight = dt.datetime.combine(start.date() + dt.timedelta(days=1), dt.time())
        stop = min(end, midnight)
        first = start.hour * 60 + start.minute
        last = 1440 if stop == midnight else stop.hour * 60 + stop.minute
        yield start.weekday(), (first, last)
        start = stop
