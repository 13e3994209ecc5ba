"""Reads kinds of days, periods and the days given to them from NeTEx records."""

from __future__ import annotations

from maillage.access.intake.netex_told import Assignment, Condition, DayType, Faults, Period, Told
from maillage.access.intake.netex_values import day, flag
from maillage.access.intake.netex_xml import Element, Record, child, each, local, ref, text

BAD_DATE = "bad-date"
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = {name.lower(): {rank} for rank, name in enumerate(_WEEK)} | {
    "everyday": set(range(7)),
    "weekdays": set(range(5)),
    "weekend": {5, 6},
    "none": set(),
}
_ASKS_NOTHING = {"DaysOfWeek", "Name", "Description", "HolidayTypes"}
_ANY_HOLIDAY = {"", "everyday", "anyday"}
_PERIODS = ("OperatingPeriodRef", "UicOperatingPeriodRef")


def read_day_type(record: Record, told: Told) -> None:
    """Hold a kind of day: its weekdays, all of them where none is told."""
    properties = list(each(child(record.element, "properties"), "PropertyOfDay"))
    weekdays: set[int] = set()
    named = False
    for one in properties:
        for word in text(one, "DaysOfWeek").lower().split():
            named = True
            if word not in _DAYS:
                told.faults.add(BAD_DATE, record.id, word)
            weekdays |= _DAYS.get(word, set())
    asks_more = any(_asks_more(one) for one in properties)
    kind = DayType(frozenset(weekdays) if named else None, asks_more)
    told.day_types.put(record.id, record.version, kind)


def _asks_more(element: Element) -> bool:
    """Tell whether a property asks of a day what only its publisher knows: holiday, season…"""
    holidays = text(element, "HolidayTypes").lower()
    return holidays not in _ANY_HOLIDAY or any(local(c.tag) not in _ASKS_NOTHING for c in element)


def read_period(record: Record, told: Told) -> None:
    """Hold a period with its bits, if it tells any."""
    period = _period(record.element, record.id, told.faults)
    if period is not None:
        told.periods.put(record.id, record.version, period)


def _period(element: Element, key: str, faults: Faults) -> Period | None:
    first, last = (text(element, name) for name in ("FromDate", "ToDate"))
    begins, ends = day(first), day(last)
    bits = text(element, "ValidDayBits").replace(" ", "")
    bad = begins is None or (last and ends is None) or set(bits) - {"0", "1"}
    if begins is None or bad or (ends and ends < begins) or not (ends or bits):
        faults.add(BAD_DATE, key, f"{first} {last}".strip())
        return None
    return Period(begins, ends, bits)


def condition_of(element: Element, key: str, faults: Faults) -> Condition | None:
    """Return the days that a validity condition tells by itself, None if it tells none."""
    period = _period(element, key, faults) if text(element, "FromDate") else None
    return None if period is None else Condition(period.first, period.last, period.bits)


def read_condition(record: Record, told: Told) -> None:
    """Hold a validity condition that runs refer to."""
    condition = condition_of(record.element, record.id, told.faults)
    if condition is not None:
        told.conditions.put(record.id, record.version, condition)


def read_operating_day(record: Record, told: Told) -> None:
    """Hold the date of an operating day."""
    date = day(text(record.element, "CalendarDate"))
    if date is None:
        told.faults.add(BAD_DATE, record.id, text(record.element, "CalendarDate"))
    else:
        told.days.put(record.id, record.version, date)


def read_day_assignment(record: Record, told: Told) -> None:
    """Hold a day or a period given to a kind of day, or taken from it (isAvailable false)."""
    element = record.element
    written = text(element, "Date")
    date = day(written)
    if written and date is None:
        told.faults.add(BAD_DATE, record.id, written)
        return
    inner = child(element, "UicOperatingPeriod")
    if inner is None:
        inner = child(element, "OperatingPeriod")
    period = None if inner is None else _period(inner, record.id, told.faults)
    told.assignments.add(
        Assignment(
            day_type=ref(element, "DayTypeRef"),
            date=date,
            day=ref(element, "OperatingDayRef"),
            period=period or ref(element, *_PERIODS),
            runs=flag(text(element, "isAvailable"), default=True),
        )
    )
