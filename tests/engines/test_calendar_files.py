"""A month of rounds in the diary of a phone."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace

import icalendar
import pytest
from tests.rounds.months import small_month

from maillage.engines.calendar_files import month_calendar
from maillage.kernel.errors import MissingExtra

ON = dt.date(2026, 12, 31)


def test_each_session_is_one_event_at_its_hours() -> None:
    """Read again, the file tells every session, in the time of Paris."""
    month = small_month()
    calendar = icalendar.Calendar.from_ical(month_calendar(month, ON))
    events = list(calendar.walk("VEVENT"))
    assert len(events) == len(month.sessions)
    first = events[0]
    assert first.decoded("dtstart").isoformat() == "2027-01-05T09:30:00+01:00"
    assert first.decoded("dtend").isoformat() == "2027-01-05T11:30:00+01:00"
    assert "Lillers" in str(first["location"])
    assert "Le bus numérique reçoit à Lillers" in str(first["description"])


def test_summer_time_is_told() -> None:
    """An event of June is two hours from Greenwich: the rule of the zone goes with the file."""
    month = small_month()
    moved = replace(month.sessions[0], date=dt.date(2027, 6, 1))
    content = month_calendar(replace(month, sessions=(moved,)), ON)
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("dtstart").utcoffset() == dt.timedelta(hours=2)
    assert b"RRULE:FREQ=YEARLY" in content


def test_the_same_plan_gives_the_same_bytes_and_uids_last() -> None:
    """Stamped with the day asked, not the clock; another day changes no UID."""
    month = small_month()
    assert month_calendar(month, ON) == month_calendar(small_month(), ON)
    later = icalendar.Calendar.from_ical(month_calendar(month, ON + dt.timedelta(days=9)))
    now = icalendar.Calendar.from_ical(month_calendar(month, ON))
    uids = [[str(event["uid"]) for event in one.walk("VEVENT")] for one in (now, later)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 7


def test_without_icalendar_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The part that is missing is named."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtra, match=r"maillage\[rounds\]"):
        month_calendar(small_month(), ON)
