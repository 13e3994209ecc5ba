"""Exceptional closures told behind the hours of a place, for whoever does not come today."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from maillage.kernel import french
from maillage.kernel.language import tr

AHEAD = dt.timedelta(days=60)
"""How long before it begins a closure is told."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_CLOSED = re.compile(
    rf"(?:(?P<year>\d{{4}}) )?(?P<month>{_MONTH}) (?P<day>\d{{1,2}})"
    rf"(?: ?- ?(?:(?P<to_year>\d{{4}}) )?(?:(?P<to_month>{_MONTH}) )?(?P<to_day>\d{{1,2}}))?"
    r" (?:off|closed)\b"
)


def closures(hours: str | None, today: dt.date) -> tuple[str, ...]:
    """Return the closures of OSM hours under way or near, each in a sentence, the next one first.

    A closure told without a year is that of each year.

    >>> told = closures("Mo 09:00-12:00; 2026 Dec 24-2027 Jan 02 off", dt.date(2026, 12, 1))
    >>> [one.replace(french.FIXED, " ") for one in told]
    ['Fermé du 24 décembre 2026 au 2 janvier 2027.']
    """
    found = {span for span in _spans(hours or "", today) if span[1] >= today}
    near = sorted(span for span in found if span[0] <= today + AHEAD)
    return tuple(_words(first, last) for first, last in near)


def _spans(hours: str, today: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    for told in _CLOSED.finditer(hours):
        years = (
            (int(told["year"]),) if told["year"] else (today.year - 1, today.year, today.year + 1)
        )
        for year in years:
            try:
                first = _day(year, told["month"], told["day"])
                last = _last(told, first)
            except ValueError:
                continue  # the 31st of a month that has 30 days
            yield first, last


def _last(told: re.Match[str], first: dt.date) -> dt.date:
    if told["to_day"] is None:
        return first
    month = told["to_month"] or told["month"]
    if told["to_year"]:
        return _day(int(told["to_year"]), month, told["to_day"])
    last = _day(first.year, month, told["to_day"])
    return last if last >= first else _day(first.year + 1, month, told["to_day"])


def _day(year: int, month: str, day: str) -> dt.date:
    return dt.date(year, _MONTHS.index(month) + 1, int(day))


def _words(first: dt.date, last: dt.date) -> str:
    if first == last:
        return tr("Fermé le {day}.").format(day=french.date(first))
    sentence = tr("Fermé du {first} au {last}.")
    return sentence.format(first=french.date(first), last=french.date(last))
