"""The rules of OSM opening hours that speak of holidays, read for one day.

The hours library knows no school holidays and takes ``SH Mo-Fr`` for "holidays and weekdays",
where OSM means "the weekdays of holidays". So the rules are rewritten for a day of which one
knows what it is: those that hold that day lose the sign of holidays, the others go.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:\s*-\s*(?:Mo|Tu|We|Th|Fr|Sa|Su))?(?:\[[^\]]*\])?"
_DAYS = re.compile(rf"\b(?:{_DAY}|PH|SH)(?:\s*,\s*(?:{_DAY}|PH|SH))*")
_QUOTED = re.compile(r'"[^"]*"')
_HOLIDAY = re.compile(r"\b[PS]H\b")
_TIME = re.compile(r"\d{1,2}:\d{2}")
_CLOSED = "off"


@lru_cache(maxsize=4096)
def speaks_of(text: str) -> frozenset[str]:
    """Return which holidays OSM hours speak of: ``PH`` (public), ``SH`` (school).

    >>> sorted(speaks_of("Mo-Fr 09:00-12:00; PH,SH off"))
    ['PH', 'SH']
    """
    return frozenset(_HOLIDAY.findall(_QUOTED.sub("", text)))


@lru_cache(maxsize=4096)
def rules_on(text: str, holidays: frozenset[str]) -> str | None:
    """Return the hours without any sign of holidays, as they hold on a day that is these.

    None where a rule speaks of holidays in a way that is not understood.

    >>> rules_on("Mo-Fr 09:00-12:00; SH Mo-Fr 10:00-11:00", frozenset({"SH"}))
    'Mo-Fr 09:00-12:00; Mo-Fr 10:00-11:00'
    """
    if not speaks_of(text):
        return text
    kept = []
    for rule in _split(text):
        told = _on(rule, holidays) if speaks_of(rule) else rule
        if told is None:
            return None
        if told:
            kept.append(told)
    return "; ".join(kept) or _CLOSED


def _split(text: str) -> list[str]:
    """Return the rules between semicolons that stand outside quotes."""
    rules = re.findall(r'(?:[^";]|"[^"]*")+', text)
    return [rule.strip() for rule in rules if rule.strip()]


def _on(rule: str, holidays: frozenset[str]) -> str | None:
    """Return a rule as it holds that day, "" where it doesn't, None where not understood."""
    groups = [m for m in _DAYS.finditer(rule) if _HOLIDAY.search(m[0])]
    if len(groups) != 1 or "||" in rule or _TIME.search(rule[: groups[0].start()]):
        return None
    before, told, after = rule[: groups[0].start()], groups[0][0], rule[groups[0].end() :]
    signs = [sign.strip() for sign in told.split(",")]
    weekdays = [sign for sign in signs if sign not in ("PH", "SH")]
    if holidays.intersection(signs):
        return _joined(before, "", after)
    return _joined(before, ",".join(weekdays), after) if weekdays else ""


def _joined(*parts: str) -> str:
    return " ".join(" ".join(parts).split())
