"""What kind of week a week is, and which weeks speak for all those of their kind."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maillage.access.visits.public_holidays import is_public_holiday
from maillage.access.visits.school_year import in_school_holidays, school_years, school_zone
from maillage.kernel import french
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.language import tr

WEEK = dt.timedelta(weeks=1)
_WORKING_DAYS = 5
_WEEKS_AHEAD = 53

SCHOOL_CALENDAR_UNKNOWN = FindingKind(
    "school-calendar-unknown",
    Severity.WARNING,
    "Le calendrier scolaire du département {value} n'est pas connu à partir du {since} : "
    "les semaines d'école et de vacances n'y sont pas distinguées.",
    "Donnez une date dont le calendrier scolaire est publié, ou complétez le calendrier.",
)


class WeekType(enum.Enum):
    """What a week is to schools, and so to the timetables that follow them."""

    SCHOOL = ("school", "semaine d'école")
    HOLIDAY = ("holiday", "semaine de vacances scolaires")
    MIXED = ("mixed", "semaine en partie de vacances scolaires")
    UNKNOWN = ("unknown", "semaine dont le calendrier scolaire n'est pas connu")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


@dataclass(frozen=True, slots=True)
class TypicalWeek:
    """A week that speaks for all those of its type: seven days from a Monday."""

    type: WeekType
    monday: dt.date

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The seven days, Monday first."""
        return days_of(self.monday)


def days_of(monday: dt.date) -> tuple[dt.date, ...]:
    """Return the seven days from a Monday.

    Raises ValueError where the day is not a Monday.
    """
    if monday.weekday():
        raise ValueError(f"{monday} is not a Monday")
    return tuple(monday + dt.timedelta(days=n) for n in range(7))


def week_type(monday: dt.date, departement: str) -> WeekType:
    """Return the type of the week that begins on a Monday, by its five working days.

    A public holiday is neither: the other days tell. A single day that is not known makes the
    week unknown. Raises ValueError where the day is not a Monday.
    """
    days = days_of(monday)[:_WORKING_DAYS]
    told = [in_school_holidays(d, departement) for d in days if not _closed(d, departement)]
    if not told or None in told:
        return WeekType.UNKNOWN
    if all(told):
        return WeekType.HOLIDAY
    return WeekType.MIXED if any(told) else WeekType.SCHOOL


def has_public_holiday(monday: dt.date, departement: str) -> bool:
    """Return whether one of the seven days from a Monday is a public holiday."""
    return any(_closed(day, departement) for day in days_of(monday))


def typical_weeks(
    on: dt.date, departement: str
) -> tuple[tuple[TypicalWeek, ...], tuple[Finding, ...]]:
    """Return the next school week and the next holiday week from a day, and what is in doubt.

    They begin on that day or later and hold no public holiday. Where the school calendar is not
    known, the next week without public holiday stands for both, of type UNKNOWN, with a finding.
    """
    found: dict[WeekType, dt.date] = {}
    for monday in _mondays(on, departement):
        found.setdefault(week_type(monday, departement), monday)
    known = _found(found, WeekType.SCHOOL, WeekType.HOLIDAY)
    if len(known) == 2:
        return known, ()
    doubt = SCHOOL_CALENDAR_UNKNOWN.at(
        Where(subject=departement), value=departement, since=french.date(_since(on, departement))
    )
    return known or _found(found, WeekType.UNKNOWN), (doubt,)


def _found(mondays: Mapping[WeekType, dt.date], *types: WeekType) -> tuple[TypicalWeek, ...]:
    return tuple(TypicalWeek(t, mondays[t]) for t in types if t in mondays)


def _mondays(on: dt.date, departement: str) -> Iterator[dt.date]:
    first = _monday_from(on)
    for week in range(_WEEKS_AHEAD):
        monday = first + week * WEEK
        if not has_public_holiday(monday, departement):
            yield monday


def _monday_from(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=-day.weekday() % 7)


def _closed(day: dt.date, departement: str) -> bool:
    return is_public_holiday(day, departement)


def _since(on: dt.date, departement: str) -> dt.date:
    """Return the first day, from one on, whose school calendar is not known."""
    day = on
    if school_zone(departement) is None:
        return day
    for year in school_years():
        if year.first_day <= day <= year.last_day:
            day = year.last_day + dt.timedelta(days=1)
    return day
