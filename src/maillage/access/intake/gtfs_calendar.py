"""The days on which trips run: ``calendar.txt``, ``calendar_dates.txt``, or both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.access.intake.gtfs_doubts import (
    CALENDAR_TOO_LONG,
    DAY_TOLD_TWICE,
    DAY_UNLIKELY,
    ID_TWICE,
    ROW_WITHOUT_ID,
    SERVICE_DAYS_UNREADABLE,
    UNREADABLE_VALUE,
)
from maillage.access.intake.gtfs_files import CALENDAR, DATES, FeedFiles
from maillage.access.intake.gtfs_values import day
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import FlagArray, Services

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ADDED, _REMOVED = "1", "2"
_FIRST, _LAST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class _Season:
    weekdays: tuple[bool, ...]
    begin: dt.date
    end: dt.date


DayArray = npt.NDArray[np.int64]
MAX_DAYS = 60_000_000  # of all services: twenty thousand for eight years
_FEWEST_DAYS = 60  # read even of a million services
_Exceptions = dict[tuple[str, dt.date], bool]
"""Of a service and a day: whether it was added (True) or removed."""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The services, and (n,) the number of the first and of the last day that each tells of.

    A service that tells of none ends before it begins.
    """

    services: Services
    begins: DayArray
    ends: DayArray


def read_calendar(files: FeedFiles, doubts: Doubts) -> Calendar:
    """Return the services of a feed in order of their ids, by which days they run.

    Days are told from the earliest to the latest in either file; without any, the calendar is of
    one service-less day (2000-01-01).
    """
    seasons = _seasons(files, doubts)
    exceptions = _exceptions(files, doubts)
    ids = sorted({*seasons, *(service for service, _ in exceptions)})
    told = [day for season in seasons.values() for day in (season.begin, season.end)]
    told += [day for (_, day), added in exceptions.items() if added]
    first, last = (min(told), max(told)) if told else (dt.date(2000, 1, 1),) * 2
    if len(ids) * ((last - first).days + 1) > MAX_DAYS:
        begun = [one.begin for one in seasons.values()]
        begun += [day for (_, day), added in exceptions.items() if added]
        begun = [day for day in begun if day > _FIRST] or begun  # what always ran tells no date
        first, last = _span(sorted(begun), len(ids), (first, last))
        shown = f"{first:%d/%m/%Y} au {last:%d/%m/%Y}"
        doubts.tell(CALENDAR_TOO_LONG, CALENDAR, shown, n=len(ids))
    number = {service: at for at, service in enumerate(ids)}
    runs = np.zeros((len(ids), (last - first).days + 1), dtype=np.bool_)
    for service, season in seasons.items():
        _run(runs[number[service]], season, first)
    for (service, day_), added in exceptions.items():
        if first <= day_ <= last:
            runs[number[service], (day_ - first).days] = added
    begins, ends = _extents(ids, seasons, exceptions, first)
    begins, ends = np.maximum(begins, 0), np.minimum(ends, (last - first).days)
    return Calendar(Services(tuple(ids), first, runs), begins, ends)


def _span(
    begun: list[dt.date], n_services: int, whole: tuple[dt.date, dt.date]
) -> tuple[dt.date, dt.date]:
    """Return the days that are read of too long a calendar: around the middle of its beginnings."""
    n_days = max(MAX_DAYS // n_services, _FEWEST_DAYS)
    begin = begun[len(begun) // 2] - dt.timedelta(days=n_days // 4)
    first = max(begin, whole[0])
    return first, min(first + dt.timedelta(days=n_days - 1), whole[1])


def _run(row: FlagArray, season: _Season, first: dt.date) -> None:
    begin = max((season.begin - first).days, 0)
    end = max(min((season.end - first).days, len(row) - 1), -1)
    weekday = (np.arange(begin, end + 1) + first.weekday()) % 7
    row[begin : end + 1] = np.array(season.weekdays)[weekday]


def _extents(
    ids: list[str], seasons: dict[str, _Season], exceptions: _Exceptions, first: dt.date
) -> tuple[DayArray, DayArray]:
    told: dict[str, list[dt.date]] = {service: [] for service in ids}
    for service, season in seasons.items():
        told[service] += [season.begin, season.end]
    for (service, day_), added in exceptions.items():
        told[service] += [day_] if added else []
    begins = [(min(told[service], default=first) - first).days for service in ids]
    before = first - dt.timedelta(days=1)
    ends = [(max(told[service], default=before) - first).days for service in ids]
    return np.array(begins, dtype=np.int64), np.array(ends, dtype=np.int64)


def _seasons(files: FeedFiles, doubts: Doubts) -> dict[str, _Season]:
    table = files.read(CALENDAR, ("service_id", *_WEEKDAYS, "start_date", "end_date"), doubts)
    rows = table.rows(("service_id", *_WEEKDAYS, "start_date", "end_date"))
    seasons: dict[str, _Season] = {}
    for row, line in sorted(zip(rows, table.lines, strict=True)):
        service, flags, begin, end = row[0], row[1:8], _day(row[8], doubts), _day(row[9], doubts)
        if not service:
            doubts.tell(ROW_WITHOUT_ID, CALENDAR, line=line)
        elif service in seasons:
            doubts.tell(ID_TWICE, CALENDAR, service, line=line)
        elif begin is None or end is None or not set(flags) <= {"0", "1"}:
            doubts.tell(UNREADABLE_VALUE, CALENDAR, ",".join(row[1:]), line=line)
        elif begin > end:
            doubts.tell(SERVICE_DAYS_UNREADABLE, CALENDAR, service, line=line)
        else:
            seasons[service] = _Season(tuple(flag == "1" for flag in flags), begin, end)
    return seasons


def _exceptions(files: FeedFiles, doubts: Doubts) -> _Exceptions:
    table = files.read(DATES, ("service_id", "date", "exception_type"), doubts)
    exceptions: _Exceptions = {}
    days: dict[str, dt.date | None] = {}
    rows = zip(table.rows(("service_id", "date", "exception_type")), table.lines, strict=True)
    for (service, text, kind), line in sorted(rows):
        if text not in days:
            days[text] = _day(text, doubts)
        told = days[text]
        if not service:
            doubts.tell(ROW_WITHOUT_ID, DATES, line=line)
        elif told is None or kind not in (_ADDED, _REMOVED):
            doubts.tell(UNREADABLE_VALUE, DATES, f"{text},{kind}", line=line)
        else:
            if exceptions.get((service, told), kind == _ADDED) != (kind == _ADDED):
                doubts.tell(DAY_TOLD_TWICE, DATES, f"{service} {told:%d/%m/%Y}", line=line)
            exceptions[service, told] = kind == _ADDED
    return exceptions


def _day(text: str, doubts: Doubts) -> dt.date | None:
    told = day(text)
    if told is None:
        return None
    kept = min(max(told, _FIRST), _LAST)
    if kept != told:
        doubts.tell(DAY_UNLIKELY, CALENDAR, text)
    return kept
