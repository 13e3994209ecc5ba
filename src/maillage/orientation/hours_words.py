"""Opening hours as people say them: « le mardi matin et le jeudi »."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache

from maillage.directory.week import Day, Range, week_of
from maillage.kernel import french
from maillage.kernel.language import tr

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_PARTS = {(True, True): "", (True, False): " matin", (False, True): " après-midi"}
_LEAST_RUN = 3


def day_words(day: dt.date) -> str:
    """Return a day as people say it, without its year.

    >>> day_words(dt.date(2026, 11, 24)).replace(french.FIXED, " ")
    'mardi 24 novembre'
    """
    date = french.date(day).rpartition(french.FIXED)[0]
    return f"{french.weekday(day)} {date}"


def full_words(until: dt.date, on: dt.date) -> str:
    """Return that a structure is full, and until when; the year where it is not that of ``on``.

    >>> full_words(dt.date(2026, 12, 12), dt.date(2026, 11, 24)).replace(french.FIXED, " ")
    "Complet jusqu'au 12 décembre"
    """
    date = french.date(until)
    day = date.rpartition(french.FIXED)[0] if until.year == on.year else date
    return tr("Complet jusqu'au {day}").format(day=day)


def ranges_words(ranges: Sequence[Range]) -> str:
    """Return ranges of minutes as people say them.

    >>> ranges_words(((540, 720),)).replace(french.FIXED, " ")
    'de 9 h à 12 h'
    """
    told = [
        tr("de {opens} à {closes}").format(opens=french.clock(a * 60), closes=french.clock(b * 60))
        for a, b in ranges
    ]
    return french.listed(told)


@lru_cache(maxsize=4096)
def week_words(hours: str, noon: int) -> str | None:
    """Return when OSM hours open in an ordinary week; None where they tell no such week.

    ``noon`` is the minute that cuts mornings from afternoons.

    >>> week_words("Mo-Fr 09:00-12:00; Th 09:00-12:00,14:00-17:00", 780)
    'le lundi matin, le mardi matin, le mercredi matin, le jeudi et le vendredi matin'
    """
    try:
        week = week_of(hours)
    except SyntaxError:
        return None
    parts = [_part(day, noon) for day in week]
    if not any(parts):
        return None
    return french.listed(list(_runs(parts)))


def _part(day: Day, noon: int) -> tuple[bool, bool] | None:
    """Return whether a day opens before and after noon; None = it does not, or it is not known."""
    if not day:
        return None
    return any(start < noon for start, _ in day), any(end > noon for _, end in day)


def _runs(parts: Sequence[tuple[bool, bool] | None]) -> Iterator[str]:
    day = 0
    while day < len(parts):
        end = day
        while end + 1 < len(parts) and parts[end + 1] == parts[day]:
            end += 1
        part = parts[day]
        if part is not None:
            yield from _run(day, end, tr(_PARTS[part]) if any(part) else "")
        day = end + 1


def _run(first: int, last: int, part: str) -> Iterator[str]:
    if not part and last - first + 1 >= _LEAST_RUN:
        yield tr("du {first} au {last}").format(first=_DAYS[first], last=_DAYS[last])
        return
    if last - first + 1 > _LEAST_RUN:
        article = tr("l'") if "après" in part else tr("le ")
        part = article + part.strip()
        text = tr("du {first} au {last}, {part}")
        yield text.format(first=_DAYS[first], last=_DAYS[last], part=part)
        return
    for day in range(first, last + 1):
        yield tr("le {day}{part}").format(day=_DAYS[day], part=part)
