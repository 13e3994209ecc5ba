"""Reads runs, their passing times and frequencies from NeTEx records."""

from __future__ import annotations

import sys

from maillage.access.intake.netex_read_calendar import condition_of
from maillage.access.intake.netex_read_network import display_of
from maillage.access.intake.netex_told import (
    Condition,
    Faults,
    Frequency,
    JourneyTold,
    Passing,
    PatternPoint,
    Told,
)
from maillage.access.intake.netex_values import (
    at,
    flag,
    has_zone,
    offset,
    seconds,
    span,
    step_free,
)
from maillage.access.intake.netex_xml import Element, Record, child, each, local, ref, text, words

BAD_TIME = "bad-time"
ZONED_TIME = "zoned-time"
_POINTS = (
    "StopPointInJourneyPatternRef", "PointInJourneyPatternRef", "TimingPointInJourneyPatternRef",
)  # fmt: skip
_POINTS_SET = frozenset(_POINTS)
_PATTERNS = ("ServiceJourneyPatternRef", "JourneyPatternRef")
_HOUR = 3600


def read_journey(record: Record, told: Told) -> None:
    """Hold a run with its days and passing times, or the model of runs at intervals."""
    element, key = record.element, record.id
    points, passings = _calls(element, key, told.faults)
    flexible = text(element, "FlexibleServiceProperties", "FlexibleServiceType")
    journey = JourneyTold(
        pattern=ref(element, *_PATTERNS),
        line=ref(element, "LineRef", "FlexibleLineRef"),
        operator=ref(element, "OperatorRef"),
        mode=text(element, "TransportMode"),
        display=display_of(element, key, told),
        day_types=_refs(child(element, "dayTypes"), "DayTypeRef"),
        conditions=_conditions(element, key, told),
        passings=passings or _passings(element, key, told.faults),
        points=points,
        step_free=step_free(element),
        is_model=record.kind.startswith("Template"),
        frequencies=_frequencies(child(element, "frequencyGroups"), told.faults),
        on_demand=flexible not in {"", "notFlexible"},
    )
    told.journeys.put(key, record.version, journey)


def _refs(element: Element | None, name: str) -> tuple[str, ...]:
    return tuple(sorted({sys.intern(c.get("ref", "").strip()) for c in each(element, name)}))


def _conditions(element: Element, key: str, told: Told) -> tuple[str | Condition, ...]:
    listed = child(element, "validityConditions")
    found: list[str | Condition] = list(_refs(listed, "AvailabilityConditionRef"))
    for inner in each(listed, "AvailabilityCondition"):
        condition = condition_of(inner, key, told.faults)
        if condition is not None:
            found.append(condition)
    return tuple(sorted(found, key=repr))


def _passings(element: Element, key: str, faults: Faults) -> tuple[Passing, ...]:
    listed = child(element, "passingTimes")
    return tuple(_passing(c, key, faults) for c in each(listed, "TimetabledPassingTime"))


def _passing(element: Element, key: str, faults: Faults) -> Passing:
    told = words(element)
    arrival = _time(told.get("ArrivalTime", ""), key, faults)
    departure = _time(told.get("DepartureTime", ""), key, faults)
    turns = arrival is not None and departure is not None and departure < arrival
    days = [offset(told.get(name, "")) for name in ("ArrivalDayOffset", "DepartureDayOffset")]
    arrival_days, departure_days = _both(days[0], days[1], turns=turns)
    point = ref(element, *_POINTS) if not _POINTS_SET.isdisjoint(told) else ""
    return Passing(sys.intern(point), at(arrival, arrival_days), at(departure, departure_days))


def _both(arrival: int | None, departure: int | None, *, turns: bool) -> tuple[int, int]:
    """Return the days of an arrival and a departure, one standing for both where it is alone.

    ``turns``: the clock goes back between the two, so midnight stands between them.
    """
    if arrival is None and departure is None:
        return 0, 0
    if arrival is None:
        return (departure or 0) - (turns and bool(departure)), departure or 0
    return arrival, arrival + turns if departure is None else departure


def _time(told: str, key: str, faults: Faults) -> int | None:
    time = seconds(told)
    if told and time is None:
        faults.add(BAD_TIME, key, told)
    if has_zone(told):
        faults.add(ZONED_TIME, key)
    return time


def _calls(
    element: Element, key: str, faults: Faults
) -> tuple[tuple[PatternPoint, ...], tuple[Passing, ...]]:
    """Return the points and times of a run that tells both in one, as other profiles do."""
    calls = list(each(child(element, "calls"), "Call"))
    if calls and all(c.get("order", "").isdecimal() for c in calls):
        calls.sort(key=lambda c: int(c.get("order", "0")))
    points, passings = [], []
    for rank, call in enumerate(calls):
        ends = child(call, "Arrival"), child(call, "Departure")
        times = [
            at(_time(text(end, "Time"), key, faults), offset(text(end, "DayOffset")) or 0)
            for end in ends
        ]
        may = [flag(text(e, n), default=True) for e, n in zip(ends[::-1], _MAY, strict=True)]
        stop = ref(call, "ScheduledStopPointRef") or ref(
            child(call, "ScheduledStopPointView"), "ScheduledStopPointRef"
        )
        points.append(PatternPoint(str(rank), stop, *may))
        passings.append(Passing("", *times))
    return tuple(points), tuple(passings)


_MAY = ("ForBoarding", "ForAlighting")  # told within the departure, within the arrival


def _frequencies(element: Element | None, faults: Faults) -> tuple[str | Frequency, ...]:
    found: list[str | Frequency] = []
    for inner in element if element is not None else ():
        name = local(inner.tag)
        if name.endswith("Ref"):
            found.append(inner.get("ref", "").strip())
        else:
            found.append(_frequency(inner, faults))
    return tuple(sorted(found, key=repr))


def read_frequency(record: Record, told: Told) -> None:
    """Hold a group of runs at intervals (headway) or at the same minutes every hour."""
    told.frequencies.put(record.id, record.version, _frequency(record.element, told.faults))


def _frequency(element: Element, faults: Faults) -> Frequency:
    key = element.get("id", "").strip()
    hourly = local(element.tag) == "RhythmicalJourneyGroup"
    first, last = (
        _time(text(element, name), key, faults)
        for name in ("FirstDepartureTime", "LastDepartureTime")
    )
    first_days = offset(text(element, "FirstDayOffset")) or 0
    last_days = offset(text(element, "LastDayOffset")) or offset(text(element, "DayOffset")) or 0
    every = _HOUR if hourly else span(text(element, "ScheduledHeadwayInterval"))
    if child(element, "timebands") is not None:
        every = None  # hours of its own, which this reader does not know
    return Frequency(
        first=at(first, first_days),
        last=at(last, last_days),
        every=every,
        keeps_minutes=hourly,
        journeys=_refs(child(element, "journeys"), "ServiceJourneyRef")
        or _refs(child(element, "journeys"), "VehicleJourneyRef"),
    )
