"""Days on which a place is closed, written behind its hours as OpenStreetMap does."""

from __future__ import annotations

import datetime as dt

from maillage.kernel.language import tr

_LONGEST = dt.timedelta(days=366)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def closed_hours(hours: str | None, first: str, last: str, today: dt.date) -> tuple[str, str]:
    """Return the hours with some days closed, and what is wrong with these days, "" if nothing.

    ``first`` and ``last`` are ISO dates, both closed; ``last`` "" = one day.

    >>> closed_hours("Mo 09:00-12:00", "2026-12-24", "2027-01-02", dt.date(2026, 12, 1))
    ('Mo 09:00-12:00; 2026 Dec 24-2027 Jan 02 off', '')
    """
    if hours is None:
        return "", tr("Écrivez d'abord les horaires : sans eux, une fermeture ne dit rien.")
    try:
        start = dt.date.fromisoformat(first)
        end = dt.date.fromisoformat(last or first)
    except ValueError:
        return "", tr("Écrivez le premier jour de fermeture, et le dernier s'il y en a plusieurs.")
    if not start <= end or end < today:
        return "", tr("Le dernier jour de fermeture doit suivre le premier, et être à venir.")
    if end - start > _LONGEST:
        return "", tr("Une fermeture exceptionnelle dure un an au plus.")
    days = _day(start) if start == end else f"{_day(start)}-{_day(end)}"
    return f"{hours}; {days} off", ""


def _day(day: dt.date) -> str:
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02d}"
