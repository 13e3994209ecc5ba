"""What each function of XLSForm gives: those whose givens are all known before they are called."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from maillage.survey.forms.xpath.patterns import pattern_of
from maillage.survey.forms.xpath.values import (
    EPOCH,
    Value,
    day_of,
    days_of,
    number_of,
    text_of,
    truth_of,
)

_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
_LAST_DAY = 2_900_000.0  # days from 1970 to the last that a calendar of four-figure years holds


@dataclass(frozen=True, slots=True)
class Function:
    """What it does with its givens, and how many it takes."""

    gives: Callable[..., Value]
    least: int
    most: int


def _texts(given: tuple[Value, ...]) -> list[str]:
    """Return every text of the givens, instance by instance."""
    found: list[str] = []
    for value in given:
        found.extend(value if isinstance(value, tuple) else (text_of(value),))
    return found


def _numbers(given: tuple[Value, ...]) -> list[float]:
    found: list[float] = []
    for value in given:
        found.extend(map(number_of, value) if isinstance(value, tuple) else (number_of(value),))
    return found


def _chosen(value: Value) -> list[str]:
    return text_of(value).split()


def _selected_at(value: Value, index: Value) -> Value:
    chosen, at = _chosen(value), number_of(index)
    return chosen[int(at)] if 0 <= at < len(chosen) else ""


def _round(value: Value, places: Value = 0.0) -> Value:
    number, n = number_of(value), number_of(places)
    if not math.isfinite(number) or not -15 <= n <= 15:
        return number
    if n == 0:
        return float(math.floor(number + 0.5)) if abs(number) < 1e15 else number
    step = Decimal(1).scaleb(-int(n))
    return (
        float(Decimal(repr(number)).quantize(step, ROUND_HALF_UP)) if abs(number) < 1e9 else number
    )


def _whole(value: Value) -> Value:
    number = number_of(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _extreme(pick: Callable[[list[float]], float]) -> Callable[..., Value]:
    def extreme(*given: Value) -> Value:
        """Return the one picked, NaN where any is no number."""
        numbers = _numbers(given)
        return pick(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan

    return extreme


def _count(value: Value) -> Value:
    return float(len(value)) if isinstance(value, tuple) else 1.0


def _length(value: Value) -> Value:
    return float(len(text_of(value)))


def _part(value: Value, begin: Value, end: Value = math.inf) -> Value:
    text, first, last = text_of(value), number_of(begin), number_of(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[int(max(0.0, min(first, len(text)))) : int(max(0.0, min(last, len(text))))]


def _before(value: Value, part: Value) -> Value:
    text, sign = text_of(value), text_of(part)
    return text[: max(0, text.find(sign))]


def _after(value: Value, part: Value) -> Value:
    text, sign = text_of(value), text_of(part)
    return text[text.find(sign) + len(sign) :] if sign in text else ""


def _power(value: Value, exponent: Value) -> Value:
    try:
        found = math.pow(number_of(value), number_of(exponent))
    except (ValueError, OverflowError):
        return math.nan
    return found


def moment_of(value: Value) -> dt.date | None:
    """Return the day or the moment of a value: a day, its ISO text, or a number of days."""
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, float):
        text = text_of(value)
        found = day_of(text)
        if found is not None or not text:
            return found
    number = number_of(value)
    if not abs(number) < _LAST_DAY:
        return None
    try:
        return EPOCH + dt.timedelta(days=math.floor(number))
    except OverflowError:
        return None


def _date(value: Value) -> Value:
    found = moment_of(value)
    if found is None:
        return ""
    return found.date() if isinstance(found, dt.datetime) else found


def _decimal_days(value: Value) -> Value:
    found = moment_of(value)
    return math.nan if found is None else days_of(found)


def _format_date(value: Value, pattern: Value) -> Value:
    found = moment_of(value)
    if found is None:
        return ""
    midnight = dt.datetime(found.year, found.month, found.day)  # noqa: DTZ001 - a day has no zone
    moment = found if isinstance(found, dt.datetime) else midnight
    parts = {
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "b": _MONTHS[moment.month - 1],
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "a": _DAYS[moment.weekday()],
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
        "%": "%",
    }
    told, signs = "", iter(text_of(pattern))
    for sign in signs:
        told += parts.get(next(signs, "%"), "") if sign == "%" else sign
    return told


def _translate(value: Value, old: Value, new: Value) -> Value:
    olds, news = text_of(old), text_of(new)
    table: dict[int, str | None] = {}
    for at, sign in enumerate(olds):
        table.setdefault(ord(sign), news[at] if at < len(news) else None)
    return text_of(value).translate(table)


def _matches(value: Value, pattern: Value) -> Value:
    return pattern_of(text_of(pattern)).matches(text_of(value))


_MANY = 1_000
FUNCTIONS: dict[str, Function] = {
    "not": Function(lambda v: not truth_of(v), 1, 1),
    "true": Function(lambda: True, 0, 0),
    "false": Function(lambda: False, 0, 0),
    "boolean": Function(truth_of, 1, 1),
    "boolean-from-string": Function(lambda v: text_of(v) in {"true", "1"}, 1, 1),
    "selected": Function(lambda v, one: text_of(one).strip() in _chosen(v), 2, 2),
    "count-selected": Function(lambda v: float(len(_chosen(v))), 1, 1),
    "selected-at": Function(_selected_at, 2, 2),
    "string": Function(text_of, 1, 1),
    "string-length": Function(_length, 1, 1),
    "concat": Function(lambda *given: "".join(_texts(given)), 0, _MANY),
    "join": Function(lambda sign, *given: text_of(sign).join(_texts(given)), 1, _MANY),
    "contains": Function(lambda v, part: text_of(part) in text_of(v), 2, 2),
    "starts-with": Function(lambda v, part: text_of(v).startswith(text_of(part)), 2, 2),
    "ends-with": Function(lambda v, part: text_of(v).endswith(text_of(part)), 2, 2),
    "substr": Function(_part, 2, 3),
    "substring-before": Function(_before, 2, 2),
    "substring-after": Function(_after, 2, 2),
    "normalize-space": Function(lambda v: " ".join(text_of(v).split()), 1, 1),
    "translate": Function(_translate, 3, 3),
    "regex": Function(_matches, 2, 2),
    "number": Function(number_of, 1, 1),
    "int": Function(_whole, 1, 1),
    "round": Function(_round, 1, 2),
    "abs": Function(lambda v: abs(number_of(v)), 1, 1),
    "pow": Function(_power, 2, 2),
    "sum": Function(lambda *given: math.fsum(_numbers(given)), 1, _MANY),
    "min": Function(_extreme(min), 1, _MANY),
    "max": Function(_extreme(max), 1, _MANY),
    "count": Function(_count, 1, 1),
    "count-non-empty": Function(lambda v: float(sum(bool(t) for t in _texts((v,)))), 1, 1),
    "date": Function(_date, 1, 1),
    "date-time": Function(lambda v: moment_of(v) or "", 1, 1),
    "format-date": Function(_format_date, 2, 2),
    "format-date-time": Function(_format_date, 2, 2),
    "decimal-date-time": Function(_decimal_days, 1, 1),
}

UNSUPPORTED = frozenset(
    {
        "pulldata", "instance", "current", "once", "random", "uuid", "randomize", "digest", "area",
        "distance", "property", "version", "weighted-checklist", "checklist", "decimal-time",
        "enclosed-area", "extract-signed", "base64-decode", "geofence", "position-in-repeat",
        "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sqrt", "exp", "exp10", "log",
        "log10", "pi", "local-name", "id", "last", "depend",
    }
)  # fmt: skip
"""Functions that ODK or Kobo know and that we do not compute: the form runs without them."""
