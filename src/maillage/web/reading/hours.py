"""When a place is open, in words: today, the next opening, the ordinary week. Told hours alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from maillage.access.visits.model import Certainty
from maillage.access.visits.opening import openings_of_hours
from maillage.directory.week import Range, Week, week_of
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.orientation.hours_words import day_words, ranges_words

_UNKNOWN_WEEK: Week = (None, None, None, None, None, None, None)
_AHEAD_DAYS = 14
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Today:
    """What is told of today: open now or not (None = not known), in one or two sentences."""

    words: str
    then: str = ""
    open_now: bool | None = None


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One line of the ordinary week."""

    name: str
    words: str
    is_today: bool


@lru_cache(maxsize=16384)
def ordinary_week(hours: str) -> Week:
    """Return the ordinary week that OSM hours tell; unreadable hours tell nothing."""
    try:
        return week_of(hours)
    except SyntaxError:
        return _UNKNOWN_WEEK


def today_words(
    hours: str | None, departement: str, now: dt.datetime, parameters: Parameters
) -> Today:
    """Return whether told hours are open now, and when they next open within a fortnight."""
    if hours is None:
        return Today(tr("Horaires non communiqués."))
    days = [now.date() + dt.timedelta(days=ahead) for ahead in range(_AHEAD_DAYS)]
    told = openings_of_hours((hours, None), days, departement, parameters)
    first = told[0]
    if first.certainty is None:
        return Today(tr("Horaires d'aujourd'hui non communiqués."))
    minute = now.hour * 60 + now.minute
    sure = first.certainty is Certainty.CERTAIN
    for opens, closes in first.ranges:
        if opens <= minute < closes and sure:
            until = tr("Ouvert jusqu'à {hour}.").format(hour=_clock(closes))
            return Today(until, open_now=True)
        if minute < opens:
            words = tr("Ouvre aujourd'hui à {hour}.").format(hour=_clock(opens))
            return Today(words, open_now=False)
    closed = tr("Fermé à cette heure.") if first.ranges else tr("Fermé aujourd'hui.")
    following = next(((on.date, on.ranges[0][0]) for on in told[1:] if on.ranges), None)
    if following is None:
        return Today(closed, open_now=False)
    day, opens = following
    then = tr("Prochaine ouverture : {day} à {hour}.")
    then = then.format(day=_ahead(day, now.date()), hour=_clock(opens))
    return Today(closed, then, open_now=False)


def week_lines(hours: str, today: dt.date) -> tuple[WeekDay, ...]:
    """Return the seven lines of the ordinary week that OSM hours tell."""
    return tuple(
        WeekDay(name, _day(ranges), at == today.weekday())
        for at, (name, ranges) in enumerate(zip(_DAYS, ordinary_week(hours), strict=True))
    )


def _day(ranges: Sequence[Range] | None) -> str:
    if ranges is None:
        return tr("non communiqué")
    return ranges_words(ranges) if ranges else tr("fermé")


def _ahead(day: dt.date, today: dt.date) -> str:
    return tr("demain") if day == today + dt.timedelta(days=1) else day_words(day)


def _clock(minute: int) -> str:
    return french.clock(minute * 60)
