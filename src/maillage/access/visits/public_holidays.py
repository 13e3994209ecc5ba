"""French public holidays, computed from the law (code du travail, L3133-1, L3134-13, L3422-2).

Alsace and Moselle have two days more; each overseas département one of its own. Good Friday is one,
there, in communes with a Protestant church: it is counted in all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

_FIXED = {
    (1, 1): "jour de l'An",
    (5, 1): "fête du Travail",
    (5, 8): "victoire de 1945",
    (7, 14): "fête nationale",
    (8, 15): "Assomption",
    (11, 1): "Toussaint",
    (11, 11): "armistice de 1918",
    (12, 25): "Noël",
}
_AFTER_EASTER = {1: "lundi de Pâques", 39: "Ascension", 50: "lundi de Pentecôte"}
_GOOD_FRIDAY = -2
_ALSACE_MOSELLE = ("57", "67", "68")
_ABOLITION = {
    "971": (5, 27),
    "972": (5, 22),
    "973": (6, 10),
    "974": (12, 20),
    "976": (4, 27),
    "977": (10, 9),
    "978": (5, 28),
}


def easter(year: int) -> dt.date:
    """Return Easter Sunday of a year of the Gregorian calendar (Butcher's rule).

    >>> easter(2026)
    datetime.date(2026, 4, 5)
    """
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap = (century + 8) // 25
    epact = (19 * golden + century - century // 4 - (century - leap + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


@cache
def public_holidays(year: int, departement: str | None = None) -> Mapping[dt.date, str]:
    """Return the public holidays of a year by date, with their French names.

    ``departement`` None, or one with no day of its own: those of the whole country.
    """
    sunday = easter(year)
    days = {dt.date(year, month, day): name for (month, day), name in _FIXED.items()}
    days |= {sunday + dt.timedelta(days=n): name for n, name in _AFTER_EASTER.items()}
    if departement in _ALSACE_MOSELLE:
        days[sunday + dt.timedelta(days=_GOOD_FRIDAY)] = "Vendredi saint"
        days[dt.date(year, 12, 26)] = "Saint-Étienne"
    if departement in _ABOLITION:
        month, day = _ABOLITION[departement]
        days[dt.date(year, month, day)] = "abolition de l'esclavage"
    return dict(sorted(days.items()))


def is_public_holiday(day: dt.date, departement: str | None = None) -> bool:
    """Return whether a day is a public holiday in a département (None: in the whole country)."""
    return day in public_holidays(day.year, departement)
