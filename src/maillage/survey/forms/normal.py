"""What people type → the one way in which an answer is kept, or None where it cannot be one.

Numbers with a comma or spaces, dates as they are written in France, hours with an h are read.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable

from maillage.survey.forms.model import Question, QuestionKind
from maillage.survey.forms.xpath.values import number_text

MAX_SIGNS = 50_000
"""Signs that an answer may have: the longest letter, and no more."""

_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_WHOLE = re.compile(r"[+-]?\d{1,15}(?:[.,]0*)?")
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d{0,15})?|[.,]\d{1,15})")
_FRENCH_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"(\d{1,2})\s*[hH:]\s*(\d\d)?(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")


def normal(question: Question, text: str) -> str | None:
    """Return an answer as it is kept; "" of blanks, None of what the question cannot be answered.

    Choices are taken as names; whether they are offered is not looked at here.

    >>> from maillage.survey.forms.model import Question, QuestionKind
    >>> normal(Question("n", QuestionKind.DECIMAL), " 1 200,50 ")
    '1200.5'
    >>> normal(Question("d", QuestionKind.DATE), "3/2/2026"), normal(
    ...     Question("d", QuestionKind.DATE), "30/02/2026")
    ('2026-02-03', None)
    """
    told = text.strip()
    if told == "":
        return ""
    reads = _READS.get(question.kind)
    return told if reads is None else reads(told)


def _whole(text: str) -> str | None:
    told = _BLANKS.sub("", text)
    return str(int(re.split("[.,]", told)[0])) if _WHOLE.fullmatch(told) else None


def _number(text: str) -> str | None:
    told = _BLANKS.sub("", text)
    if not _NUMBER.fullmatch(told):
        return None
    value = float(told.replace(",", "."))
    return number_text(value) if math.isfinite(value) else None


def _day(text: str) -> str | None:
    french = _FRENCH_DAY.fullmatch(text)
    try:
        if french is not None:
            return dt.date(int(french[3]), int(french[2]), int(french[1])).isoformat()
        iso = _ISO_DAY.match(text)
        if iso is None or text[10:11] not in {"", "T", " "}:
            return None
        return dt.date.fromisoformat(iso.group()).isoformat()
    except ValueError:
        return None


def _time(text: str) -> str | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def _moment(text: str) -> str | None:
    day, _, hour = re.sub(r"\s+(?:à\s+)?|T", " ", text, count=1).partition(" ")
    kept, at = _day(day), _time(hour) if hour else "00:00"
    return None if kept is None or at is None else f"{kept}T{at}"


def _names(text: str) -> str | None:
    """Return names of choices, each once, in the order told."""
    return " ".join(dict.fromkeys(text.split()))


def _point(text: str) -> str | None:
    parts = [part.replace(",", ".") for part in re.split(r"[\s;]+|,\s+", text)]
    numbers = [_number(part) for part in parts]
    if not 2 <= len(parts) <= 4 or None in numbers:
        return None
    latitude, longitude = float(numbers[0] or 0), float(numbers[1] or 0)
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return " ".join(number or "" for number in numbers)


def _agreed(text: str) -> str | None:
    return "OK" if text.lower() in {"ok", "oui", "true", "1", "on", "yes"} else None


_READS: dict[QuestionKind, Callable[[str], str | None]] = {
    QuestionKind.INTEGER: _whole,
    QuestionKind.DECIMAL: _number,
    QuestionKind.RANGE: _number,
    QuestionKind.DATE: _day,
    QuestionKind.TODAY: _day,
    QuestionKind.TIME: _time,
    QuestionKind.DATETIME: _moment,
    QuestionKind.SELECT_MULTIPLE: _names,
    QuestionKind.RANK: _names,
    QuestionKind.GEOPOINT: _point,
    QuestionKind.ACKNOWLEDGE: _agreed,
}
