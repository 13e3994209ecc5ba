"""What an expression works on, and how one kind of value becomes another, as XForms has it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable

Nodes = tuple[str, ...]
"""The answers of every instance of a repeat, in their order."""

Value = str | float | bool | dt.date | Nodes
"""Texts (also answers), numbers, truths, days, moments, instances. "" = not answered."""

EPOCH = dt.date(1970, 1, 1)
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?")


def text_of(value: Value) -> str:
    """Return a value as text: whole numbers without decimals, days in ISO, of nodes the first.

    >>> text_of(3.0), text_of(True), text_of(dt.date(2026, 11, 23)), text_of(())
    ('3', 'true', '2026-11-23', '')
    """
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return number_text(value)
        case tuple():
            return value[0] if value else ""
        case _:
            return value.isoformat()


def number_text(value: float) -> str:
    """Return a number as XPath writes it: never in exponents.

    >>> number_text(2.50), number_text(1e-7), number_text(float("nan"))
    ('2.5', '0.0000001', 'NaN')
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else f"{value:.17f}".rstrip("0")


def number_of(value: Value) -> float:
    """Return a value as a number; what is none is NaN, a day counts from 1970-01-01.

    >>> number_of(" 2.5 "), number_of("1970-01-11"), number_of("")
    (2.5, 10.0, nan)
    """
    match value:
        case bool():
            return 1.0 if value else 0.0
        case float():
            return value
        case dt.date():
            return days_of(value)
    text = text_of(value)
    if _NUMBER.fullmatch(text):
        return float(text)
    day = day_of(text) if _DAY.fullmatch(text) else None
    return math.nan if day is None else days_of(day)


def truth_of(value: Value) -> bool:
    """Return a value as true or false: an empty text, no node, 0 and NaN are false.

    >>> truth_of("non"), truth_of(""), truth_of(0.0)
    (True, False, False)
    """
    match value:
        case bool():
            return value
        case float():
            return not (value == 0 or math.isnan(value))
        case dt.date():
            return True
        case _:
            return text_of(value) != ""


def day_of(text: str) -> dt.date | None:
    """Return the day, or the moment, that a text writes in ISO; None where it writes none."""
    try:
        if "T" not in text:
            return dt.date.fromisoformat(text)
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def days_of(day: dt.date) -> float:
    """Return the days since 1970-01-01, of a moment with its share of a day."""
    if not isinstance(day, dt.datetime):
        return float((day - EPOCH).days)
    bare = day.replace(tzinfo=None)
    return (bare - dt.datetime(1970, 1, 1)) / dt.timedelta(days=1)  # noqa: DTZ001 - days have no zone


def equal(left: Value, right: Value) -> bool:
    """Say whether two values are equal: as truths, else numbers, else texts; of nodes, any."""
    return _any_pair(left, right, _equal)


def unequal(left: Value, right: Value) -> bool:
    """Say whether two values differ; of nodes, whether any does."""
    return _any_pair(left, right, lambda a, b: not _equal(a, b))


def ordered(left: Value, right: Value, holds: Callable[[float, float], bool]) -> bool:
    """Say whether two values stand in an order, as numbers; what is no number is in none."""
    return _any_pair(left, right, lambda a, b: holds(number_of(a), number_of(b)))


def _any_pair(left: Value, right: Value, holds: Callable[[Value, Value], bool]) -> bool:
    if not isinstance(left, tuple) and not isinstance(right, tuple):
        return holds(left, right)
    lefts: tuple[Value, ...] = left if isinstance(left, tuple) else (left,)
    rights: tuple[Value, ...] = right if isinstance(right, tuple) else (right,)
    return any(holds(a, b) for a in lefts for b in rights)


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth_of(left) == truth_of(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return number_of(left) == number_of(right)
