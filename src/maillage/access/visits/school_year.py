"""School holidays as the State published them, by zone; what is not published is not known.

``school_holidays.csv`` holds first days without school and days of return, ``school_years.csv``
the years that are known and the arrêtés that say so, ``school_zones.csv`` which départements are
of which zone. Corsica and the overseas have calendars of their own, which are not here. Both dates
were checked against two independent transcriptions of the arrêtés, not against the arrêtés.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A year whose calendar is known, from ``first_day`` to ``last_day``, and by which arrêté."""

    name: str
    first_day: dt.date
    last_day: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """Days without school in some zones (``"ABC"``), from ``first_day`` to before ``back``."""

    name: str
    zones: str
    first_day: dt.date
    back: dt.date


@cache
def school_years() -> tuple[SchoolYear, ...]:
    """Return the school years that are known, in order."""
    return tuple(
        SchoolYear(
            row["annee_scolaire"],
            dt.date.fromisoformat(row["premier_jour"]),
            dt.date.fromisoformat(row["dernier_jour"]),
            row["source"],
        )
        for row in _rows("school_years.csv")
    )


@cache
def school_holidays() -> tuple[SchoolHoliday, ...]:
    """Return all known holidays, in order of their first day."""
    return tuple(
        SchoolHoliday(
            row["nom"],
            row["zones"],
            dt.date.fromisoformat(row["premier_jour"]),
            dt.date.fromisoformat(row["reprise"]),
        )
        for row in _rows("school_holidays.csv")
    )


@cache
def _zones() -> Mapping[str, str]:
    return {
        departement: row["zone"]
        for row in _rows("school_zones.csv")
        for departement in row["departements"].split()
    }


def school_zone(departement: str) -> str | None:
    """Return the zone (A, B or C) of a département; None in Corsica and overseas.

    >>> school_zone("62"), school_zone("2A")
    ('B', None)
    """
    return _zones().get(departement)


def year_of(day: dt.date) -> SchoolYear | None:
    """Return the school year that a day is in; None where its calendar is not known."""
    return next((year for year in school_years() if year.first_day <= day <= year.last_day), None)


def holiday_on(day: dt.date, departement: str) -> SchoolHoliday | None:
    """Return the school holiday that a day is in; None where there is none, or none is known."""
    zone = school_zone(departement)
    if zone is None or year_of(day) is None:
        return None
    return next(
        (h for h in school_holidays() if zone in h.zones and h.first_day <= day < h.back), None
    )


def in_school_holidays(day: dt.date, departement: str) -> bool | None:
    """Return whether a day is in the school holidays of a département; None = not known."""
    if school_zone(departement) is None or year_of(day) is None:
        return None
    return holiday_on(day, departement) is not None


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
