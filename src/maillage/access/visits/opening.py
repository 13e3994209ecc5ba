"""When a permanence is open on given dates: as told, else as such places usually are.

Told hours are certain. Where a day is not told (no hours at all, "unknown", whole days by
appointment, a Saturday alone left by a lossy conversion), it may be open at the usual hours of its
typologie: possible. So is a day of which the told hours leave an end untold ("14:00+", "sunset").
Nothing is supposed of a place that moves. Public holidays close everything, unless the told hours
speak of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from opening_hours import OpeningHours, State, validate

from maillage.access.visits.holiday_rules import rules_on, speaks_of
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.public_holidays import is_public_holiday
from maillage.access.visits.school_year import in_school_holidays
from maillage.directory.hours import tells_only_saturday
from maillage.directory.model import Lieu, Permanence, Structure
from maillage.directory.week import ALL_DAY, Range, merged, week_of
from maillage.kernel.parameters import Parameters
from maillage.standard import mednum
from maillage.territory.departements import departement

_USUAL = "visits.usual_hours"
_SATURDAY = 5
_NOBODY_COMES = (mednum.ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC,)
_DAY = dt.timedelta(days=1)
_WHOLE_DAY = re.compile(r"24/7|00:00")
_UNTOLD_END = re.compile(r"(?<![-\d:])(\d{1,2}:\d{2})\+")
_SUN = r"\(?\b(?:{})\b(?:[+-]\d{{1,2}}:\d{{2}}\))?"
_ENDS = (
    (_UNTOLD_END, r"\1-23:59"),
    (re.compile(_SUN.format("sunrise|dawn")), "00:01"),
    (re.compile(_SUN.format("sunset|dusk")), "23:59"),
)
"""What tells no hour, and an hour far from any that could be meant."""


def openings(
    permanence: Permanence,
    lieu: Lieu,
    structure: Structure,
    days: Sequence[dt.date],
    parameters: Parameters,
) -> tuple[OpeningOn, ...]:
    """Return when a permanence is open on each of the days, in their order.

    Ranges are minutes of the day. ``certainty`` None: nothing is known, ranges are then empty. A
    place that says it receives nobody is certainly closed.
    """
    where = departement(lieu.code_insee or lieu.code_postal or "")
    if permanence.record.modalites_acces == _NOBODY_COMES:
        return tuple(OpeningOn(day, (), Certainty.CERTAIN) for day in days)
    usual = usual_hours(permanence, structure, parameters)
    return openings_of_hours((permanence.horaires, usual), days, where, parameters)


def openings_of_hours(
    hours: tuple[str | None, str | None],
    days: Sequence[dt.date],
    departement: str,
    parameters: Parameters,
) -> tuple[OpeningOn, ...]:
    """Return when a place is open on each of the days: by its told hours, else the usual ones.

    ``hours`` are those told and those usual, in OSM syntax, None = not known.
    """
    closes = parameters.number("visits.public_holiday.closed_unless_told") > 0
    told, usual = hours
    return tuple(_opening(day, told, usual, departement, closes=closes) for day in days)


def usual_hours_of_kind(code: str, parameters: Parameters) -> str | None:
    """Return the OSM hours usual to a typologie (``CCAS``); those of any place if it has none."""
    told = {one.name.removeprefix(_USUAL + "."): str(one.value) for one in parameters.under(_USUAL)}
    return told.get(code, told["default"])


def usual_hours(permanence: Permanence, structure: Structure, parameters: Parameters) -> str | None:
    """Return the OSM hours usual to such a place; None = nothing is supposed of it.

    Of several typologies the one that opens least counts. A place that moves has usual hours only
    if a parameter ``visits.usual_hours.itinerant`` tells some.
    """
    told = parameters.under(_USUAL)
    known = {one.name.removeprefix(_USUAL + "."): str(one.value) for one in told}
    if permanence.itinerant:
        return known.get("itinerant")
    usual = [known[one.name] for one in structure.typologie if one.name in known]
    return min(usual, key=lambda hours: (_minutes_a_week(hours), hours), default=known["default"])


@lru_cache(maxsize=256)
def _minutes_a_week(hours: str) -> int:
    return sum(end - start for day in week_of(hours) for start, end in day or ())


def _opening(
    day: dt.date, told: str | None, usual: str | None, where: str, *, closes: bool
) -> OpeningOn:
    closed = closes and is_public_holiday(day, where)
    for hours, certainty in ((told, Certainty.CERTAIN), (usual, Certainty.POSSIBLE)):
        if hours is None:
            continue
        off = closed and "PH" not in speaks_of(hours) and "24/7" not in hours
        ranges = () if off else ranges_on(hours, day, where)
        if ranges is not None:
            vague = ranges != () and _end_is_untold(hours, day, where)
            return OpeningOn(day, ranges, Certainty.POSSIBLE if vague else certainty)
    return OpeningOn(day, (), None)


@lru_cache(maxsize=65536)
def ranges_on(hours: str, day: dt.date, departement: str) -> tuple[Range, ...] | None:
    """Return the ranges of one day that OSM hours tell, in a département; None = not told.

    A whole day is told by its times, or by "24/7": a day without times (often "by appointment")
    is not told. Hours that change with school holidays are not told on a day of which one doesn't
    know whether it is one, unless they come to the same.
    """
    if not validate(hours) or (tells_only_saturday(hours) and day.weekday() != _SATURDAY):
        return None
    public = frozenset({"PH"} if is_public_holiday(day, departement) else ())
    school = in_school_holidays(day, departement)
    cases = (False, True) if school is None and "SH" in speaks_of(hours) else (bool(school),)
    found = {_ranges(hours, day, public | ({"SH"} if case else set())) for case in cases}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=65536)
def _end_is_untold(hours: str, day: dt.date, departement: str) -> bool:
    """Tell whether the ranges of a day hang on an end that is not told, or on the sun's hours.

    They do where they change with another end; or where none can be put in.
    """
    other = hours
    for untold, hour in _ENDS:
        other = untold.sub(hour, other)
    return other != hours and ranges_on(other, day, departement) != ranges_on(
        hours, day, departement
    )


def _ranges(hours: str, day: dt.date, holidays: frozenset[str]) -> tuple[Range, ...] | None:
    told = rules_on(hours, holidays)
    if told is None:
        return None
    opened, unknown = [], False
    for start, end, state, _ in _parsed(told).intervals(_midnight(day), _midnight(day + _DAY)):
        part = (_minute(start, day), _minute(end, day))
        if state == State.UNKNOWN or (state == State.OPEN and _without_times(part, told)):
            unknown = True
        elif state == State.OPEN:
            opened.append(part)
    return None if unknown and not opened else merged(opened)


@lru_cache(maxsize=4096)
def _parsed(hours: str) -> OpeningHours:
    return OpeningHours(hours)


def _without_times(part: Range, hours: str) -> bool:
    return part == ALL_DAY and not _WHOLE_DAY.search(hours)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _minute(moment: dt.datetime, day: dt.date) -> int:
    return min(round((moment - _midnight(day)).total_seconds() / 60), ALL_DAY[1])
