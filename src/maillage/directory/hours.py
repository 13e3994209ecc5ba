"""Opening hours as sources write them, read into OSM ``opening_hours`` syntax.

Four writings are read: OSM itself, French text, one French column per day, and the JSON of the
national list of town halls. What is not understood stays None, with a finding that shows it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from opening_hours import validate

from maillage.directory.french_hours import NotUnderstood, bare_text, understand, understand_day
from maillage.directory.week import (
    CLOSED_WEEK,
    Day,
    Range,
    Week,
    merged,
    osm_of,
    week_of,
)
from maillage.kernel.findings import Finding, FindingKind, Severity, Where

_WRITE_OSM = (
    "Écrivez-les au format OpenStreetMap, par exemple « Mo-Fr 09:00-12:00,13:30-17:00; "
    "Sa 09:00-12:00 »."
)
HOURS_UNREADABLE = FindingKind(
    "hours-unreadable",
    Severity.WARNING,
    "Les horaires ne sont pas compris : « {value} ».",
    _WRITE_OSM,
)
HOURS_WITHOUT_TIMES = FindingKind(
    "hours-without-times",
    Severity.WARNING,
    "Les horaires disent des jours sans heures : « {value} ».",
    "Demandez les heures d'ouverture. " + _WRITE_OSM,
)
HOURS_WITHOUT_DAYS = FindingKind(
    "hours-without-days",
    Severity.WARNING,
    "Les horaires disent des heures sans jours : « {value} ».",
    "Demandez les jours d'ouverture. " + _WRITE_OSM,
)
HOURS_REVERSED = FindingKind(
    "hours-reversed",
    Severity.WARNING,
    "Des horaires finissent avant d'avoir commencé ou se chevauchent : « {value} ».",
    "Vérifiez les heures auprès du lieu. " + _WRITE_OSM,
)
HOURS_BY_APPOINTMENT = FindingKind(
    "hours-by-appointment",
    Severity.INFO,
    "L'accueil se fait sur rendez-vous : « {value} ».",
    "Indiquez dans la fiche comment prendre rendez-vous.",
)
HOURS_CLOSED = FindingKind(
    "hours-closed",
    Severity.INFO,
    "Le lieu est dit fermé toute la semaine : « {value} ».",
    "Vérifiez que le lieu reçoit encore du public.",
)
HOURS_INCOMPLETE = FindingKind(
    "hours-incomplete",
    Severity.INFO,
    "Horaires probablement incomplets : seul le samedi est dit (« {value} »).",
    "Demandez au lieu ses horaires de la semaine : une conversion du fichier a pu les perdre.",
)
HOURS_EMPTY_SLOT = FindingKind(
    "hours-empty-slot",
    Severity.INFO,
    "Un créneau vide ou répété n'a pas été compté : « {value} ».",
    "Rien à faire, sauf si ce créneau cachait une ouverture.",
)
_WHY = {
    NotUnderstood.WORDS: HOURS_UNREADABLE,
    NotUnderstood.NO_TIMES: HOURS_WITHOUT_TIMES,
    NotUnderstood.NO_DAYS: HOURS_WITHOUT_DAYS,
    NotUnderstood.REVERSED: HOURS_REVERSED,
    NotUnderstood.APPOINTMENT: HOURS_BY_APPOINTMENT,
}

_Read = tuple[str | None, tuple[tuple[FindingKind, str], ...]]
_LONGEST = 2000  # signs; a longer text is a page, not hours
_LATE_NIGHT = 6 * 60  # a range over midnight that ends later than this is a slip of the pen
_SATURDAY = 5
_RANGE = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
_EMPTY_SLOT = re.compile(r"00?[:h]00\s*-\s*00?[:h]00")
_TELLS_TIMES = re.compile(r"\d{1,2}:\d{2}|24/7|sunrise|sunset|dawn|dusk|\b(?:off|closed|unknown)\b")


def parse_hours(
    text: str | None, where: Where | None = None
) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the OSM opening_hours that a text tells, and what is doubtful in it.

    The text is OSM syntax (kept as it is), French, or the town halls' JSON. None where nothing
    is told or nothing certain can be drawn from it.
    """
    if text is None or not text.strip():
        return None, ()
    return _located(_read(text.strip()), where)


def hours_of_days(
    days: Mapping[int, str | None], where: Where | None = None
) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the OSM hours told by one text per weekday (0 = Monday), as France Services does.

    A day without text is a closed day, unless no day has any: then nothing is told. A day whose
    text is not understood is written "unknown", and a finding shows it.
    """
    return _located(_read_days(tuple(days.get(weekday) for weekday in range(7))), where)


def hours_of_town_hall(
    text: str | None, where: Where | None = None
) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the OSM hours of ``[["mardi", "vendredi", [["08:00:00", "12:00:00"]]], ...]``."""
    if text is None or not text.strip():
        return None, ()
    return _located(_read_json(text.strip()), where)


@lru_cache(maxsize=4096)
def tells_only_saturday(hours: str) -> bool:
    """Whether OSM hours tell Saturday alone, as a lossy conversion of whole weeks leaves them."""
    return [weekday for weekday, day in enumerate(week_of(hours)) if day != ()] == [_SATURDAY]


def _located(read: _Read, where: Where | None) -> tuple[str | None, tuple[Finding, ...]]:
    hours, doubts = read
    place = (where or Where()).on("horaires")
    return hours, tuple(kind.at(place, value=value) for kind, value in doubts)


@lru_cache(maxsize=16384)
def _read(text: str) -> _Read:
    if len(text) > _LONGEST:
        return None, ((HOURS_UNREADABLE, text),)
    if text.startswith("["):
        return _read_json(text)
    if validate(text):
        return _read_osm(text)
    told = understand(text)
    if isinstance(told, NotUnderstood):
        return None, ((_WHY[told], text),)
    doubts = [(HOURS_BY_APPOINTMENT, text)] if told.by_appointment else []
    hours = osm_of(told.week, closed_on_holidays=told.closed_on_holidays)
    return hours, (*doubts, *_doubts(told.week, text))


def _read_osm(text: str) -> _Read:
    outside_comments = re.sub(r'"[^"]*"', "", text)
    if not _TELLS_TIMES.search(outside_comments):
        appointment = re.search(r"rdv|rendez", bare_text(text))
        return None, ((HOURS_BY_APPOINTMENT if appointment else HOURS_WITHOUT_TIMES, text),)
    if any(_slips(match) for match in _RANGE.finditer(outside_comments)):
        return None, ((HOURS_REVERSED, text),)
    return text, _doubts(week_of(text), text) if "Sa" in text or "off" in text else ()


def _slips(match: re.Match[str]) -> bool:
    """Whether a range ends before it begins without being a night."""
    h1, m1, h2, m2 = (int(part) for part in match.groups())
    start, end = h1 * 60 + m1, h2 * 60 + m2
    return end <= start and end > _LATE_NIGHT


def _doubts(week: Week, text: str) -> tuple[tuple[FindingKind, str], ...]:
    if week == CLOSED_WEEK:
        return ((HOURS_CLOSED, text),)
    if tells_only_saturday(osm_of(week)):
        return ((HOURS_INCOMPLETE, text),)
    return ()


@lru_cache(maxsize=16384)
def _read_days(texts: tuple[str | None, ...]) -> _Read:
    days: list[Day] = []
    doubts: list[tuple[FindingKind, str]] = []
    for told in texts:
        text = _without_empty_slots(told or "")
        if told and text != told.strip():
            doubts.append((HOURS_EMPTY_SLOT, told))
        read = understand_day(text) if text else ()
        if isinstance(read, NotUnderstood):
            doubts.append((_WHY[read], text))
            read = None
        days.append(read)
    if not any(text and text.strip() for text in texts) or all(day is None for day in days):
        return None, tuple(doubts)
    if not any(days) and any(day is None for day in days):
        return None, tuple(doubts)
    week: Week = (days[0], days[1], days[2], days[3], days[4], days[5], days[6])
    hours = osm_of(week)
    return hours, (*doubts, *_doubts(week, hours))


def _without_empty_slots(text: str) -> str:
    """Return a day's slots without those of 00:00 to 00:00 (a form left blank) or said twice."""
    slots = dict.fromkeys(slot.strip() for slot in text.split("/"))
    kept = [slot for slot in slots if not _EMPTY_SLOT.fullmatch(slot)]
    return text.strip() if len(kept) == text.count("/") + 1 else " / ".join(kept)


_FRENCH_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@lru_cache(maxsize=4096)
def _read_json(text: str) -> _Read:
    try:
        week = _week_of_json(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None, ((HOURS_UNREADABLE, text),)
    if week is None:
        return None, ()
    if week == CLOSED_WEEK:
        return None, ((HOURS_UNREADABLE, text),)
    hours = osm_of(week)
    return hours, _doubts(week, hours)


def _week_of_json(rules: list[list[object]]) -> Week | None:
    """Return the week of the town halls' rules, None where there is no rule."""
    if not isinstance(rules, list):
        raise TypeError("not a list of rules")
    opened: list[list[Range]] = [[] for _ in range(7)]
    for first, last, spans in rules:
        span = range(_weekday(first), _weekday(last) + 1)
        if not isinstance(spans, list) or not span:
            raise ValueError("not a rule")
        for weekday in span:
            opened[weekday] += [_json_range(pair) for pair in spans]
    days = [merged(ranges) for ranges in opened]
    return (days[0], days[1], days[2], days[3], days[4], days[5], days[6]) if rules else None


def _weekday(name: object) -> int:
    return _FRENCH_DAYS.index(str(name).strip().lower())


def _json_range(pair: object) -> Range:
    if not isinstance(pair, list) or len(pair) != 2:
        raise ValueError("not a pair of times")
    read: Callable[[object], dt.time] = lambda text: dt.time.fromisoformat(str(text))  # noqa: E731
    start, end = (t.hour * 60 + t.minute for t in map(read, pair))
    if end <= start:
        raise ValueError("times go backwards")
    return start, end
