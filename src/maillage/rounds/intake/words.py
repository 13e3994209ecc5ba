"""Weekdays, times and dates as people write them in the files of rounds."""

from __future__ import annotations

import datetime as dt
import re

from maillage.kernel.words import plain
from maillage.rounds.model import Frequency, Range

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
"""Weekdays in order: 0 is Monday."""
FREQUENCIES = {
    "chaque semaine": Frequency.WEEKLY,
    "hebdomadaire": Frequency.WEEKLY,
    "une semaine sur deux": Frequency.FORTNIGHTLY,
    "quinzaine": Frequency.FORTNIGHTLY,
    "une fois par mois": Frequency.MONTHLY,
    "mensuelle": Frequency.MONTHLY,
}
"""The words for how often a stop is held."""
_TIME = r"(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)"
_ONE = re.compile(_TIME)
_RANGE = re.compile(rf"{_TIME}\s*(?:[-–à]|a)\s*{_TIME}")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def weekday_told(text: str) -> int | None:
    """Return the number of a weekday (0 = Monday), None where the text tells none.

    >>> weekday_told("Mardi"), weekday_told("mardis"), weekday_told("demain")
    (1, 1, None)
    """
    word = plain(text).removesuffix("s")
    return WEEKDAYS.index(word) if word in WEEKDAYS else None


def frequency_told(text: str) -> Frequency | None:
    """Return how often, None where the text does not tell it.

    >>> frequency_told("Quinzaine").code
    'fortnightly'
    """
    return FREQUENCIES.get(plain(text))


def time_told(text: str) -> int | None:
    """Return the minute of the day that a time tells, None where it tells none.

    >>> time_told("9 h 30"), time_told("14:00"), time_told("9h"), time_told("25:00")
    (570, 840, 540, None)
    """
    match = _ONE.fullmatch(text.strip())
    return None if match is None else _minute(match[1], match[2])


def range_told(text: str) -> Range | None:
    """Return the minutes of the day from one time to a later one, None where it tells none.

    >>> range_told("9:30-11:30"), range_told("12 h à 9 h")
    (Range(start=570, end=690), None)
    """
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    start, end = _minute(match[1], match[2]), _minute(match[3], match[4])
    return Range(start, end) if start is not None and end is not None and start < end else None


def date_told(text: str) -> dt.date | None:
    """Return a date, year first with dashes or day first with slashes; None where it tells none.

    >>> date_told("2027-01-05") == date_told("5/1/2027")
    True
    """
    text = text.strip()
    try:
        if match := _ISO.fullmatch(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(text):
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
    return None


def _minute(hours: str, minutes: str | None) -> int | None:
    minute = int(hours) * 60 + int(minutes or 0)
    return minute if int(minutes or 0) < 60 and minute <= 24 * 60 else None
