"""Dates as people and software write them → dates; an unreadable one is absent, never 1970."""

from __future__ import annotations

import datetime as dt
import re

from maillage.kernel.findings import Finding, Where
from maillage.kernel.words import plain
from maillage.standard.findings import DATE_IMPLAUSIBLE, DATE_IN_FUTURE, DATE_UNREADABLE

_TIME = r"(?:[T ]\s*\d{1,2}[:h]\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_IN_WORDS = re.compile(
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
    r"(\d{1,2})(?:er)? ([a-z]+) (\d{4})"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
_SERIAL_ORIGIN = dt.date(1899, 12, 30)  # day 0 of spreadsheets, their false 1900-02-29 included
# Not a policy but a sieve of blanks: later than every date that software writes for an empty cell
# (1899, 1900, 1904, 1970, 1980), earlier than any file of places of digital help in France.
_EARLIEST = dt.date(1995, 1, 1)


def parse_date(text: str, where: Where, on: dt.date) -> tuple[dt.date | None, tuple[Finding, ...]]:
    """Return the date told by a text, and what is doubtful about it.

    Year first or day first with ``-``, ``/`` or ``.``, a time after it or not, eight digits, a
    spreadsheet's serial number, French month names. A date after ``on`` is kept, with a finding.
    """
    date = _read(text.strip())
    if date is None:
        return None, (DATE_UNREADABLE.at(where, value=text),)
    if date < _EARLIEST:
        return None, (DATE_IMPLAUSIBLE.at(where, value=text),)
    if date > on:
        return date, (DATE_IN_FUTURE.at(where, value=text, on=f"{on:%d/%m/%Y}"),)
    return date, ()


def _read(text: str) -> dt.date | None:
    if (match := _YEAR_FIRST.fullmatch(text)) or (match := _COMPACT.fullmatch(text)):
        return _date(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _date(match[3], match[2], match[1])
    if match := _SERIAL.fullmatch(text):
        return _SERIAL_ORIGIN + dt.timedelta(days=int(match[1]))
    match = _IN_WORDS.fullmatch(plain(text))
    if match and (month := _MONTHS.get(match[2])):
        return _date(match[3], month, match[1])
    return None


def _date(year: str, month: str | int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
