"""Dated meetings as an iCalendar file (RFC 5545), for the diary of any phone."""

from __future__ import annotations

import datetime as dt
from types import ModuleType
from zoneinfo import ZoneInfo

from maillage.kernel.diary import Diary, DiaryEvent
from maillage.kernel.errors import MissingExtra
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.rounds.month import HeldSession, RoundMonth
from maillage.rounds.month_words import session_words

_HERE = "Europe/Paris"
# The rule of the Union since 1996 (directive 2000/84/CE), written out: what a machine knows of time
# zones changes with its updates, and the same plan is to give the same bytes.
_TIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def month_calendar(month: RoundMonth, on: dt.date) -> bytes:
    """Return one event a session of a month of rounds; as ``diary_file``.

    An event keeps its UID as long as its stop and date are the same: a plan imported again moves
    it instead of doubling it.
    """
    events = tuple(_session(session, month) for session in month.sessions)
    return diary_file(Diary("Tournées", month.operator.name, events), on)


def diary_file(diary: Diary, on: dt.date) -> bytes:
    """Return one event a meeting, stamped at midnight UTC of ``on``: same arguments, same bytes.

    Raises MissingExtra where icalendar is not installed.
    """
    icalendar = _icalendar()
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Maillage//{diary.product}//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", diary.name)
    calendar.add_component(icalendar.Timezone.from_ical(_TIMEZONE))
    for one in diary.events:
        calendar.add_component(_event(icalendar, one, on))
    content: bytes = calendar.to_ical()
    return content


def _session(session: HeldSession, month: RoundMonth) -> DiaryEvent:
    stop = session.stop
    summary = tr("{operator} : {commune}")
    return DiaryEvent(
        uid=f"{session.id}@maillage",
        date=session.date,
        start=session.received.start,
        end=session.received.end,
        summary=summary.format(operator=month.operator.name, commune=stop.commune),
        location=f"{stop.name}, {stop.commune}",
        point=Point(stop.lon, stop.lat),
        description=session_words(session, month),
    )


def _event(icalendar: ModuleType, one: DiaryEvent, on: dt.date) -> object:
    event = icalendar.Event()
    event.add("uid", one.uid)
    event.add("dtstamp", dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC))
    event.add("dtstart", _moment(one.date, one.start))
    event.add("dtend", _moment(one.date, one.end))
    event.add("summary", one.summary)
    event.add("location", one.location)
    if one.point is not None:
        event.add("geo", (round(one.point.lat, 6), round(one.point.lon, 6)))
    event.add("description", one.description)
    event.add("transp", "TRANSPARENT")
    return event


def _moment(day: dt.date, minute: int) -> dt.datetime:
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(_HERE))
    return midnight + dt.timedelta(minutes=minute)  # by the wall clock, whatever the season


def _icalendar() -> ModuleType:
    try:
        import icalendar
    except ImportError as error:
        message = tr(
            'Le calendrier .ics demande icalendar. Installez-le : pip install "maillage[rounds]"'
        )
        raise MissingExtra(message) from error
    return icalendar
