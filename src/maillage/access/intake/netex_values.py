"""Times, days, durations and yes-or-no as NeTEx writes them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from maillage.access.intake.netex_xml import Element, child, text

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(Z|[+-]\d{2}:\d{2})?")
_SPAN = re.compile(
    r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?"
)  # xsd:duration, without months and years, which have no fixed length
_DAY = 86_400
_BARE = len("08:00:00")
YES, NO, NOT_TOLD = 1, 0, -1


@lru_cache(maxsize=100_000)
def seconds(told: str) -> int | None:
    """Return an xsd:time in seconds from midnight, its zone left aside; None if it is not one."""
    match = _TIME.fullmatch(told)
    if not match:
        return None
    hours, minutes, rest = int(match[1]), int(match[2]), int(match[3] or 0)
    return hours * 3600 + minutes * 60 + rest if minutes < 60 and rest < 60 else None


def has_zone(told: str) -> bool:
    """Tell whether a time is given in a zone of its own (08:00:00Z) rather than in local time."""
    match = _TIME.fullmatch(told) if len(told) > _BARE else None
    return match is not None and match[4] is not None


def offset(told: str) -> int | None:
    """Return a number of days, None where nothing or no number is told."""
    if told in {"", "0"}:  # nearly always
        return 0 if told else None
    return int(told) if re.fullmatch(r"[+-]?\d{1,3}", told) else None


def at(time: int | None, days: int) -> int | None:
    """Return a time so many days later."""
    return None if time is None else time + days * _DAY


def day(told: str) -> dt.date | None:
    """Return the day of an xsd:date or xsd:dateTime, its hour and zone left aside."""
    try:
        return dt.date.fromisoformat(told[:10])
    except ValueError:
        return None


def span(told: str) -> int | None:
    """Return an xsd:duration in seconds, None if it is not one, or of more than a week."""
    match = _SPAN.fullmatch(told)
    if not match or told in {"P", "PT"}:
        return None
    days, hours, minutes, rest = (int(group or 0) for group in match.groups())
    total = days * _DAY + hours * 3600 + minutes * 60 + rest
    return total if total <= 7 * _DAY else None


def flag(told: str, *, default: bool) -> bool:
    """Return an xsd:boolean, ``default`` where nothing is told."""
    return default if not told else told.lower() in {"true", "1"}


def step_free(element: Element) -> int:
    """Return what an element's accessibility says of wheelchairs: 1 yes, 0 no, -1 not told.

    Partial access is neither yes nor no: -1.
    """
    assessment = child(element, "AccessibilityAssessment")
    told = text(assessment, "limitations", "AccessibilityLimitation", "WheelchairAccess")
    told = told or text(assessment, "MobilityImpairedAccess")
    return {"true": YES, "1": YES, "false": NO, "0": NO}.get(told.lower(), NOT_TOLD)


def other_profile(version: str) -> frozenset[str]:
    """Return the profile that a delivery's version names, where it is not one of France.

    Versions read as ``1.09:FR-NETEX-2.1``: that of NeTEx, then the profile and its own version.

    >>> sorted(other_profile("1.08:NO-NeTEx-networktimetable:1.3"))
    ['NO-NeTEx-networktimetable:1.3']
    """
    profile = version.partition(":")[2].strip()
    is_french = not profile or profile.upper().startswith("FR")
    return frozenset() if is_french else frozenset({profile})
