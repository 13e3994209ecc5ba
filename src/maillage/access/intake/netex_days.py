"""Which days each run of a NeTEx publication runs on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from maillage.access.intake import netex_doubts as doubt
from maillage.access.intake.netex_told import Assignment, Condition, JourneyTold, Period, Told
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import FlagArray, Services

_FIRST, _LAST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
ServiceKey = tuple[tuple[str, ...], tuple[str | Condition, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The days told, from ``first_day``; of each kind of day and condition which run: (d,)."""

    first_day: dt.date
    n_days: int
    day_types: dict[str, FlagArray]
    conditions: dict[str | Condition, FlagArray]

    def days(self, key: ServiceKey) -> FlagArray:
        """Return the days of a run: those of any of its kinds, within its conditions: (d,)."""
        kinds, conditions = key
        runs = self._union(self.day_types.get(kind) for kind in kinds)
        if not conditions:
            return runs
        allowed = self._union(self.conditions.get(one) for one in conditions)
        return runs & allowed if kinds else allowed

    def _union(self, rows: Iterable[FlagArray | None]) -> FlagArray:
        runs = np.zeros(self.n_days, dtype=np.bool_)
        for row in rows:
            if row is not None:
                runs |= row
        return runs


def read_calendar(told: Told, doubts: Doubts) -> Calendar:
    """Return the days that a publication tells; what it names but does not tell is a finding."""
    by_type: dict[str, list[Assignment]] = {}
    for one in sorted(told.assignments, key=repr):
        by_type.setdefault(one.day_type, []).append(one)
    conditions = _conditions(told)
    periods = [p for one in told.assignments if (p := _period(told, one)) is not None]
    periods += [Period(c.first, c.last, c.bits) for c in conditions.values()]
    dates = [d for one in told.assignments if (d := _date(told, one)) is not None]
    first, last = _extent(periods, dates, doubts)
    days = _Days(told, doubts, first, (last - first).days + 1)
    return Calendar(
        first,
        days.n,
        {kind: days.of_type(kind, given) for kind, given in sorted(by_type.items())},
        {k: days.of_period(Period(c.first, c.last, c.bits)) for k, c in conditions.items()},
    )


def _conditions(told: Told) -> dict[str | Condition, Condition]:
    found: dict[str | Condition, Condition] = dict(told.conditions.items())
    for _, journey in told.journeys.items():  # noqa: PERF102 - a table, not a dict
        found |= {one: one for one in journey.conditions if isinstance(one, Condition)}
    return found


def _period(told: Told, one: Assignment) -> Period | None:
    return told.periods.get(one.period) if isinstance(one.period, str) else one.period


def _date(told: Told, one: Assignment) -> dt.date | None:
    return one.date or told.days.get(one.day)


def _extent(periods: list[Period], dates: list[dt.date], doubts: Doubts) -> tuple[dt.date, dt.date]:
    ends = [(p.first, _last(p)) for p in periods] + [(d, d) for d in dates]
    if not ends:
        return dt.date(2000, 1, 1), dt.date(2000, 1, 1)
    for first, last in sorted(set(ends)):
        if first < _FIRST or last > _LAST:
            doubts.tell(doubt.DAY_UNLIKELY, "", f"{first} - {last}")
    clipped = [max(_FIRST, min(_LAST, one)) for pair in ends for one in pair]
    return min(clipped), max(clipped)


def _last(period: Period) -> dt.date:
    if period.last is not None:
        return period.last
    room = (dt.date.max - period.first).days
    return period.first + dt.timedelta(days=min(room, len(period.bits) - 1))


class _Days:
    """Reckons with rows of days, the first of them ``first``: (n,)."""

    def __init__(self, told: Told, doubts: Doubts, first: dt.date, n: int) -> None:
        self._told, self._doubts, self._first, self.n = told, doubts, first, n
        self._weekdays = (np.arange(n) + first.weekday()) % 7

    def of_period(self, period: Period) -> FlagArray:
        """Return the days of a period, by its bits where it tells any."""
        begin, end = (period.first - self._first).days, (_last(period) - self._first).days
        at = np.arange(self.n)
        within: FlagArray = (at >= begin) & (at <= end)
        if not period.bits:
            return within
        lit = np.frombuffer(period.bits.encode(), dtype=np.uint8) == ord("1")
        told = within & (at - begin < len(lit))
        row = np.zeros(self.n, dtype=np.bool_)
        row[told] = lit[at[told] - begin]
        return row

    def of_type(self, kind: str, given: list[Assignment]) -> FlagArray:
        """Return the days of a kind: its periods, less those taken, with its dates, less those."""
        rows = {key: np.zeros(self.n, dtype=np.bool_) for key in _KEYS}
        for one in given:
            date = _date(self._told, one)
            if date is not None:
                if 0 <= (date - self._first).days < self.n:
                    rows["date", one.runs][(date - self._first).days] = True
                continue
            row = self._of_assigned(kind, one)
            if row is not None:
                rows["period", one.runs] |= row
        days: FlagArray = rows["period", True] & ~rows["period", False] | rows["date", True]
        return days & ~rows["date", False]

    def _of_assigned(self, kind: str, one: Assignment) -> FlagArray | None:
        period = _period(self._told, one)
        if period is None:
            named = one.day or (one.period if isinstance(one.period, str) else "")
            self._doubts.tell(doubt.PERIOD_UNKNOWN, "", named or kind)
            return None
        row = self.of_period(period)
        told = self._told.day_types.get(kind)
        if told is None:
            return row
        if told.asks_more:
            self._doubts.tell(doubt.DAY_TYPE_ASKS_MORE, "", kind)
        if told.weekdays is None:
            return row
        week: FlagArray = np.isin(self._weekdays, sorted(told.weekdays))
        if "0" not in period.bits:  # all days lit, or no bits: the week alone tells which
            return row & week
        if (row & ~week).any():
            self._doubts.tell(doubt.BITS_AGAINST_WEEK, "", kind)
        return row


_KEYS = tuple((what, runs) for what in ("period", "date") for runs in (True, False))


def service_key(journey: JourneyTold) -> ServiceKey:
    """Return what tells the days of a run."""
    return journey.day_types, journey.conditions


def services_of(keys: Iterable[ServiceKey], calendar: Calendar) -> Services:
    """Return the services of these keys, in the order given."""
    rows = [calendar.days(key) for key in keys]
    runs = np.array(rows, dtype=np.bool_).reshape(-1, calendar.n_days)
    return Services(tuple(_name(key) for key in keys), calendar.first_day, runs)


def _name(key: ServiceKey) -> str:
    kinds, conditions = key
    told = [one if isinstance(one, str) else f"{one.first}/{one.bits}" for one in conditions]
    return " + ".join([*kinds, *told])
