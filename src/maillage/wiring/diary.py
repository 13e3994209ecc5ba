"""The engine that writes diaries."""

from __future__ import annotations

import datetime as dt

from maillage.kernel.diary import Diary


def diary_file(diary: Diary, on: dt.date) -> bytes:
    """Return an iCalendar file, stamped with ``on``.

    Raises MissingExtra where icalendar is not installed.
    """
    from maillage.engines import calendar_files

    return calendar_files.diary_file(diary, on)
