"""The usual hours of a new permanence: which half-days, from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.access.unreached.model import N_HALF_DAYS, half_day_number
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.directory.week import Day, Range, merged, week_of
from maillage.kernel.errors import ParameterError
from maillage.kernel.french import clock, listed, weekday
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

_MORNING = "unreached.permanence.morning"
_AFTERNOON = "unreached.permanence.afternoon"
_HALF_DAYS = "unreached.permanence.half_days"
_LEAST = "unreached.venue.least_minutes"
_WORKING_DAYS = 5
_DAYS = tuple(dt.date(2024, 1, 1 + number) for number in range(N_HALF_DAYS // 2))
"""A Monday and the five days after it, for their names."""


@dataclass(frozen=True, slots=True)
class PermanenceHours:
    """When a new permanence is supposed to be held, in minutes of the day.

    ``half_days`` are the numbers of those worked; ``least_minutes`` how long a place must be open
    within one of them to hold it.
    """

    morning: Range
    afternoon: Range
    half_days: frozenset[int]
    least_minutes: int

    def opening_on(self, day: dt.date) -> OpeningOn:
        """Return when a permanence held on every half-day worked is open on a day."""
        parts = ((False, self.morning), (True, self.afternoon))
        ranges = tuple(
            part
            for afternoon, part in parts
            if half_day_number(day.weekday(), afternoon=afternoon) in self.half_days
        )
        return OpeningOn(day, ranges, Certainty.CERTAIN)

    def half_days_within(self, told: Sequence[str]) -> frozenset[int] | None:
        """Return the half-days that some OSM hours, together, leave room for a permanence in.

        None where they do not tell a working day: nothing is known then. Of days that are not told
        among others that are, none is counted.
        """
        days = [day for hours in told for day in enumerate(week_of(hours))]
        if not any(day for number, day in days if number < _WORKING_DAYS):
            return None
        opened = [_together([d for n, d in days if n == number]) for number in range(len(_DAYS))]
        return frozenset(
            half_day_number(number, afternoon=afternoon)
            for number, ranges in enumerate(opened)
            for afternoon, part in ((False, self.morning), (True, self.afternoon))
            if _shared(ranges, part) >= self.least_minutes
        )

    def said(self) -> str:
        """Return in French when a new permanence is supposed to be held."""
        return tr(
            "Une nouvelle permanence est supposée ouverte de {am} à {noon} et de {pm} à {end}, aux "
            "demi-journées travaillées : {days}."
        ).format(
            am=clock(self.morning[0] * 60),
            noon=clock(self.morning[1] * 60),
            pm=clock(self.afternoon[0] * 60),
            end=clock(self.afternoon[1] * 60),
            days=listed(_days_said(self.half_days)),
        )


def permanence_hours(parameters: Parameters) -> PermanenceHours:
    """Return the usual hours of a new permanence.

    Raises ParameterError where a range or a half-day is none.
    """
    half_days = frozenset(int(one) for one in parameters.numbers(_HALF_DAYS))
    if not half_days or not half_days <= set(range(N_HALF_DAYS)):
        message = tr("« {name} » doit tenir entre 0 et {last}.")
        raise ParameterError(message.format(name=_HALF_DAYS, last=N_HALF_DAYS - 1))
    return PermanenceHours(
        _range(_MORNING, parameters),
        _range(_AFTERNOON, parameters),
        half_days,
        round(parameters.number(_LEAST)),
    )


def _range(name: str, parameters: Parameters) -> Range:
    told = [int(minute) for minute in parameters.numbers(name)]
    if len(told) != 2 or not 0 <= told[0] < told[1] <= 24 * 60:
        message = tr("« {name} » doit dire deux minutes du jour, le début puis la fin.")
        raise ParameterError(message.format(name=name))
    return told[0], told[1]


def _together(days: Sequence[Day]) -> tuple[Range, ...]:
    return merged(part for day in days for part in day or ())


def _shared(ranges: Sequence[Range], part: Range) -> int:
    """Return how many minutes of a part of the day the ranges cover."""
    return sum(max(0, min(end, part[1]) - max(start, part[0])) for start, end in ranges)


def _days_said(half_days: frozenset[int]) -> list[str]:
    """Return the days held, « lundi » whole or « samedi matin »."""
    said = []
    for number, day in enumerate(_DAYS):
        halves = [half_day_number(number, afternoon=a) in half_days for a in (False, True)]
        if all(halves):
            said.append(weekday(day))
        elif any(halves):
            half = tr("matin") if halves[0] else tr("après-midi")
            said.append(f"{weekday(day)} {half}")
    return said
