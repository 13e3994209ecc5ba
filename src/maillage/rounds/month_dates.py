"""The four weeks: on which dates vehicles go out, and when a stop may receive people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maillage.access.unreached.model import Venue, half_day_number
from maillage.access.visits.public_holidays import is_public_holiday
from maillage.access.visits.school_year import in_school_holidays
from maillage.kernel.parameters import Parameters
from maillage.kernel.words import commune_key, plain
from maillage.rounds.asked import AskedMarket, AskedRound, AskedStop, AskedVehicle, range_of
from maillage.rounds.model import Range
from maillage.territory.departements import departement

DAYS = 28
"""The four weeks of a plan, as its frequencies are counted."""
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class HalfDays:
    """When mornings and afternoons are, in minutes of the day."""

    morning: Range
    afternoon: Range

    @classmethod
    def of(cls, parameters: Parameters) -> HalfDays:
        """Return those of the parameters."""
        morning = range_of("window.morning", parameters)
        return cls(morning, range_of("window.afternoon", parameters))

    @property
    def whole(self) -> Range:
        """The day from the beginning of the morning to the end of the afternoon."""
        return Range(self.morning.start, self.afternoon.end)

    def number(self, day: dt.date, start: int) -> int | None:
        """Return the half-day of a week that a time is in, None on Sundays."""
        if day.weekday() == _SUNDAY:
            return None
        return half_day_number(day.weekday(), afternoon=start >= self.noon)

    @property
    def noon(self) -> int:
        """The minute that parts them: a session belongs to the half-day in which it begins."""
        return (self.morning.end + self.afternoon.start) // 2


def first_monday(asked: AskedRound, today: dt.date) -> dt.date:
    """Return the first day of the four weeks: as told, else the Monday after today."""
    return asked.start or today + dt.timedelta(days=7 - today.weekday())


def shifts_of(
    vehicle: AskedVehicle, days: Sequence[dt.date], where: str, *, out_in_holidays: bool
) -> dict[dt.date, Range]:
    """Return when a vehicle may be out, by date: neither on public holidays nor when away.

    ``where`` is the département. School holidays that are not known stop nothing.
    """
    hours = dict(vehicle.shifts)
    return {
        day: hours[day.weekday()]
        for day in days
        if day.weekday() in hours
        and day not in vehicle.away
        and not is_public_holiday(day, where)
        and (out_in_holidays or in_school_holidays(day, where) is not True)
    }


def windows_on(
    venue: Venue, told: AskedStop | None, day: dt.date, half_days: HalfDays
) -> tuple[Range, ...]:
    """Return when people may be received at a venue on a date, markets set aside."""
    where = departement(venue.code_insee)
    closes = told is not None and told.closed_in_school_holidays
    if is_public_holiday(day, where) or (closes and in_school_holidays(day, where) is True):
        return ()
    if told is not None and told.windows is not None:
        return dict(told.windows).get(day.weekday(), ())
    if venue.half_days is None:
        return (half_days.whole,)
    morning, afternoon = (
        half_days.number(day, start) in venue.half_days
        for start in (half_days.morning.start, half_days.afternoon.start)
    )
    if morning and afternoon:
        return (half_days.whole,)
    return (half_days.morning,) * morning + (half_days.afternoon,) * afternoon


def market_on(venue: Venue, day: dt.date, markets: Iterable[AskedMarket]) -> tuple[Range, ...]:
    """Return when a market takes the square of a venue on a date."""
    return tuple(
        market.taken
        for market in markets
        if market.weekday == day.weekday()
        and commune_key(market.commune) in (commune_key(venue.commune), venue.code_insee.lower())
        and (not market.stops or plain(venue.name) in map(plain, market.stops))
    )


def less(ranges: Iterable[Range], taken: Iterable[Range]) -> tuple[Range, ...]:
    """Return what is left of ranges once others are taken from them.

    >>> less([Range(540, 1050)], [Range(360, 840)])
    (Range(start=840, end=1050),)
    """
    left = list(ranges)
    for hole in taken:
        cut = [
            part
            for one in left
            for part in (
                Range(one.start, min(one.end, hole.start)),
                Range(max(one.start, hole.end), one.end),
            )
        ]
        left = [part for part in cut if part.start < part.end]
    return tuple(sorted(left, key=lambda one: (one.start, one.end)))
