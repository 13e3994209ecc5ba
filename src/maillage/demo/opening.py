"""Weeks of opening, and the three clothes that public files give them."""

from __future__ import annotations

import json
from itertools import groupby

Day = tuple[tuple[str, str], ...]
"""The open spans of a day, "09:00" to "12:00"; empty = closed."""
Week = tuple[Day, Day, Day, Day, Day, Day, Day]
"""Monday to Sunday."""

_OSM = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_FRENCH = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SATURDAY = 5


def week(days: str, *spans: str, saturday: str = "") -> Week:
    """Return a week: ``week("01234", "09:00-12:00", "14:00-17:00")`` opens Monday to Friday."""
    usual = tuple(_span(s) for s in spans)
    every: list[Day] = [usual if str(day) in days else () for day in range(7)]
    if saturday:
        every[SATURDAY] = tuple(_span(s) for s in saturday.split(","))
    return every[0], every[1], every[2], every[3], every[4], every[5], every[6]


def osm(opening: Week) -> str:
    """Return the week in OSM ``opening_hours`` syntax."""
    return "; ".join(
        f"{_OSM[first]}{f'-{_OSM[last]}' if last > first else ''} "
        + ",".join(f"{start}-{end}" for start, end in opening[first])
        for first, last in _runs(opening)
    )


def day_text(day: Day) -> str | None:
    """Return a day as France Services files write it, None = closed."""
    return " / ".join(f"{start} - {end}" for start, end in day) or None


def town_hall_json(opening: Week) -> str:
    """Return the week as the national file of town halls writes it."""
    told = [
        [_FRENCH[first], _FRENCH[last], [[f"{a}:00", f"{b}:00"] for a, b in opening[first]]]
        for first, last in _runs(opening)
    ]
    return json.dumps(told, separators=(",", ":"))


def _span(text: str) -> tuple[str, str]:
    start, end = text.split("-")
    return start, end


def _runs(opening: Week) -> list[tuple[int, int]]:
    """Return the runs of consecutive days that open alike, closed days left out."""
    runs = []
    for day, group in groupby(range(7), key=lambda d: opening[d]):
        days = list(group)
        if day:
            runs.append((days[0], days[-1]))
    return runs
